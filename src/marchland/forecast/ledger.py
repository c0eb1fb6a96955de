"""What enters the ledger: marchland's own forecasts when they are issued, and authors' as their texts tell them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from marchland.forecast.ask import Foretold
from marchland.model.ontology import EventType
from marchland.model.records import AnyRecord, Event, Forecast
from marchland.store.ledger import Issued

OWN: Final = "marchland"


def to_issue(rows: Iterable[Foretold], now: datetime | None) -> list[Issued]:
    """Forecasts as the ledger keeps them."""
    return [
        Issued(
            first=r.first,
            until=r.until,
            power=r.power,
            host=r.host,
            level=r.level,
            event_class=r.event_class,
            probability=r.probability,
            low=r.low,
            high=r.high,
            base=r.base,
            basis=r.basis,
            rule=r.rule,
            seen={k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(r.seen).items()},
            reasons=[
                {
                    "family": why.family,
                    "text": why.text,
                    "log_odds": why.log_odds,
                    "support": why.support,
                    "days": [d.isoformat() for d in why.days],
                    "records": list(why.records),
                }
                for why in r.reasons
            ],
            issued=now.isoformat(timespec="seconds") if now else None,
        )
        for r in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A forecast that a text makes, as far as later events can decide it."""

    holder: str  # the author's, speaker's or publisher's name
    record: str  # id of the forecast
    doc_id: str
    quote: str
    made: date | None  # publication
    until: date | None  # None = the text gives no end
    parties: tuple[str, ...]
    event_type: EventType | None  # None = it is about no act
    polarity: int  # -1: it says that the act will not come
    low: float | None  # of what is said, from the hedge words; None = the words tell no odds
    high: float | None


def said(
    forecasts: Iterable[Forecast],
    *,
    days: Mapping[str, date],
    publishers: Mapping[str, str | None],
    record: Callable[[str], AnyRecord | None],
) -> list[Said]:
    """Authors' forecasts under their own names.

    Args:
        record: Finds a record by its id: an act that a forecast is about gives its type and parties.
    """
    out = []
    for f in forecasts:
        acts = [r for i in f.about if isinstance(r := record(i), Event)]
        ahead = [a for a in acts if not a.status.happened]
        act = next(iter(ahead or acts), None)
        parties = [p.country or p.org for p in (act.parties if act is not None and len(act.parties) > 1 else f.parties)]
        out.append(
            Said(
                holder=f.holder.name or publishers.get(f.doc_id) or f"author of {f.doc_id}",
                record=f.id,
                doc_id=f.doc_id,
                quote=f.mentions[0].quote,
                made=days.get(f.doc_id),
                until=(f.horizon.end or f.horizon.start) if f.horizon else None,
                parties=tuple(sorted({p for p in parties if p})),
                event_type=(act.base or act.event_type) if act is not None else None,
                polarity=f.polarity,
                low=f.probability[0] if f.probability else None,
                high=f.probability[1] if f.probability else None,
            )
        )
    return out
