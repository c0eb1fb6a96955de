"""The question "what comes next for this host?", answered from a store: rows of odds with reasons and a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from marchland.errors import MarchlandError
from marchland.forecast.history import class_names
from marchland.forecast.odds import HORIZONS, Odds, odds
from marchland.forecast.past import Past, newest, past, told_on
from marchland.forecast.reasons import Act, Reason, imported_acts, reasons, rule, told_acts
from marchland.forecast.tie_odds import TieOdds, tie_odds
from marchland.model.ontology import EventType, QuadClass, TieKind
from marchland.store.views import StoreView


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a forecast had before it when it was made."""

    documents: int
    acts: int  # of the history, each direction by itself
    last: date | None  # the newest day that anything is known of
    coder: str  # version and lexicon that read the texts; empty = none was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """One forecast as it is shown, kept and resolved."""

    power: str
    host: str
    level: str  # quad | type | tie
    event_class: str  # quad class, event type or kind of tie
    first: date
    until: date
    probability: float
    low: float
    high: float
    base: float
    basis: str  # fitted | quiet | shipped | registry
    note: str | None
    reasons: tuple[Reason, ...]  # their log-odds sum to those of `probability`
    rule: str
    seen: Seen

    @property
    def horizon(self) -> int:
        """Days."""
        return (self.until - self.first).days + 1


def foretell(
    view: StoreView, store: Path | None, host: str, *, on: date | None = None, horizons: Sequence[int] = HORIZONS,
    kind: str = "quad", powers: Sequence[str] = (), learned: Past | None = None,
) -> list[Foretold]:  # fmt: skip
    """Odds for acts of outside powers towards `host`, with reasons: the rows that the command, Python and the page show.

    Args:
        store: Where the store lies; the history is kept beside it. None = in memory.
        on: The day the forecast is made, before anything of that day is known; None = the day after the newest one known.
        kind: quad, type, one quad class, one event type, or a kind of tie.

    Raises:
        MarchlandError: a horizon or kind that is not known.
    """
    found = learned or past(view, store)
    days = told_on(view.documents())
    last = newest(found.history, days.values())
    day = on or (last + timedelta(days=1) if last is not None else None)
    if day is None:
        return []
    if kind in set(TieKind):
        ties = tie_odds(
            view.ties(as_of=day - timedelta(days=1)), host, TieKind(kind), on=day, horizons=horizons, powers=powers
        )
        seen = _seen(found, day, days, ())
        return [_of_tie(t, seen) for t in ties]
    level = level_of(kind)
    rows = odds(found, host, on=day, horizons=horizons, level=level, powers=powers)
    rows = [r for r in rows if kind in (level, r.event_class)]
    events = view.events(country=host)
    acts = told_acts(events, days, host, day)
    if store is not None:
        acts += imported_acts(store, host, day)
    seen = _seen(found, day, days, events)
    return [_of_acts(r, acts, seen) for r in rows]


def level_of(kind: str) -> str:
    """The level that a kind belongs to.

    Raises:
        MarchlandError: it is none.
    """
    if kind == "quad" or kind in set(QuadClass):
        return "quad"
    if kind == "type" or kind in set(EventType):
        return "type"
    raise MarchlandError(
        f'type "{kind}" is not known; it is quad, type, a quad class ({", ".join(class_names("quad"))}), an event type '
        "or a kind of tie. List them: marchland ref events"
    )


def _seen(found: Past, day: date, days: dict[str, date], events: Sequence[Any]) -> Seen:
    before = found.history.before(day.toordinal())
    coders = sorted({m.coder for e in events for m in e.mentions if m.coder})
    return Seen(
        documents=sum(d < day for d in days.values()),
        acts=int(before.n.sum()),
        last=date.fromordinal(before.last) if before.last is not None else None,
        coder=coders[-1] if coders else "",
    )


def _of_acts(row: Odds, acts: Sequence[Act], seen: Seen) -> Foretold:
    return Foretold(
        power=row.power, host=row.host, level=row.level, event_class=row.event_class, first=row.first, until=row.until,
        probability=row.probability, low=row.low, high=row.high, base=row.base, basis=row.basis, note=row.note,
        reasons=reasons(row, acts), rule=rule(row), seen=seen,
    )  # fmt: skip


def _of_tie(row: TieOdds, seen: Seen) -> Foretold:
    return Foretold(
        power=row.power, host=row.host, level="tie", event_class=row.kind.value, first=row.first, until=row.until,
        probability=row.probability, low=row.low, high=row.high, base=row.base, basis="registry", note=row.note,
        reasons=row.reasons, rule=row.rule, seen=seen,
    )  # fmt: skip
