"""The evidence pane: the sentences behind whatever was opened, named in the address by `open`.

`open=record:ID` is one record, `open=place:KEY` the acts marked at a place of the map, and
`open=why:DOMAIN:POWER:PERIOD` the ties and acts that add up to a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from marchland.influence import InfluenceRow
from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.document import Document
from marchland.model.records import KIND_OF, AnyRecord, Mention
from marchland.web import words
from marchland.web.question import AskedWronglyError
from marchland.web.site import Site
from marchland.web.snapshot import Snapshot

if TYPE_CHECKING:
    from marchland.forecast.ask import Foretold

MOST: Final = 30  # records that the pane lists
_TELLINGS: Final = 3  # sentences of one record
KINDS: Final = ("record", "place", "why", "odds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One sentence, cut at its trigger, and who published it."""

    before: str
    trigger: str
    after: str
    outlet: str
    published: str
    status: str
    happened: bool
    denied: bool
    holder: str
    rule: str
    hedges: tuple[str, ...]
    document: str | None  # address; None = the registry
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One record of the pane."""

    id: str
    kind: str
    line: str
    date: str
    status: str
    happened: bool
    certainty: float
    tellings: tuple[Telling, ...]
    more: int  # further sentences, on the record's own page
    note: str = ""  # what it adds to a number
    own: bool = True  # False: the registry's, which is not corrected here


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """What is open."""

    title: str
    note: str
    told: tuple[Told, ...]
    left_out: int = 0
    rest: str = ""  # a sentence on what is not listed
    reasons: tuple[str, ...] = ()  # parts of a sum


def opened(value: str) -> tuple[str, str] | None:
    """The kind and the name of what is open.

    Raises:
        AskedWronglyError: it is written in no form that is known.
    """
    if not value:
        return None
    kind, _, name = value.partition(":")
    if kind not in KINDS or not name:
        raise AskedWronglyError(
            f'open "{value[:60]}": write record:ID, place:KEY, why:DOMAIN:POWER:PERIOD or odds:POWER:CLASS:DAYS'
        )
    return kind, name


def telling(mention: Mention, document: Document | None) -> Telling:
    """A mention for a reader."""
    start, end = mention.trigger.start - mention.start, mention.trigger.end - mention.start
    if not 0 <= start <= end <= len(mention.quote) or mention.doc_id == REGISTRY_ID:
        start = end = len(mention.quote)
    registry = mention.doc_id == REGISTRY_ID
    return Telling(
        before=mention.quote[:start],
        trigger=mention.quote[start:end],
        after=mention.quote[end:],
        outlet=words.outlet(mention, document),
        published="shipped data" if registry else words.published(document),
        status=mention.status.value,
        happened=mention.status.happened,
        denied=mention.status.value == "denied",
        holder=words.holder(mention.holder),
        rule=mention.rule,
        hedges=mention.hedges,
        document=None if registry else f"/document/{mention.doc_id}#c{mention.start}",
        mention=mention,
    )


def told(record: AnyRecord, documents: Snapshot, *, most: int = _TELLINGS, note: str = "") -> Told:
    """A record with its first sentences."""
    shown = record.mentions[:most]
    return Told(
        id=record.id,
        kind=KIND_OF[type(record)],
        line=words.line(record),
        date=words.date_of(record),
        status=record.status.value,
        happened=record.status.happened,
        certainty=record.certainty,
        tellings=tuple(telling(m, documents.document_of.get(m.doc_id)) for m in shown),
        more=len(record.mentions) - len(shown),
        note=note,
        own=record.doc_id != REGISTRY_ID,
    )


def of_record(site: Site, record_id: str) -> Pane:
    """One record; an empty pane says that there is none."""
    record = site.record(record_id)
    if record is None:
        return Pane(title="Not in this store", note=f"No record has the id {record_id[:40]}.", told=())
    found = told(record, site.now, most=12)
    return Pane(title=found.line, note=found.date, told=(found,))


def of_records(title: str, note: str, records: Sequence[AnyRecord], found: Snapshot) -> Pane:
    """Several records, the first of them with their sentences."""
    listed = tuple(told(r, found, most=1) for r in records[:MOST])
    return Pane(title=title, note=note, told=listed, left_out=max(0, len(records) - MOST))


def of_number(site: Site, rows: Iterable[InfluenceRow], name: str) -> Pane:
    """What adds up to one share: the ties and acts, largest first."""
    domain, _, rest = name.partition(":")
    power, _, period = rest.rpartition(":")
    row = next((r for r in rows if (r.domain.value, r.power, r.period) == (domain, power, period)), None)
    if row is None:
        return Pane(title="No such number", note=f"Nothing is measured for {name[:60]} on this page.", told=())
    evidence = row.evidence
    listed = []
    for part in evidence[:MOST]:
        record = site.record(part.record_id)
        if record is not None:
            note = f"adds {part.amount:.2f} to {part.kind}" + (
                f", {part.share:.1%} of the share" if part.share is not None else ""
            )
            listed.append(told(record, site.now, most=1, note=note))
    rest_of_it = ""
    if evidence[MOST:]:
        rest_of_it = f"{len(evidence) - MOST} smaller ties and acts add {sum(e.amount for e in evidence[MOST:]):.2f}."
    if row.prior is not None:
        rest_of_it += f" Knowing nothing beforehand adds {row.prior:.1%} of the share."
    return Pane(
        title=f"{words.name(power)} in {words.name(row.host)}, {domain}, {period}: {words.percent(row.share)}",
        note=_number(row),
        told=tuple(listed),
        rest=rest_of_it.strip(),
    )


def of_odds(site: Site, row: "Foretold") -> Pane:
    """What adds up to one forecast: its reasons, and the dated acts behind them."""
    listed, plain = [], []
    for why in row.reasons:
        note = f"{why.log_odds:+.2f} {why.text}"
        found = [r for r in map(site.record, why.records) if r is not None]
        listed += [told(r, site.now, most=1, note=f"behind {note}" if i == 0 else "") for i, r in enumerate(found)]
        plain.append(note)
    interval = f"{words.chance(row.low)} to {words.chance(row.high)}"
    return Pane(
        title=f"{words.name(row.power)} towards {words.name(row.host)}, {row.event_class}: {words.chance(row.probability)}",
        note=(
            f"{words.day(row.first)} to {words.day(row.until)}; 90 % interval {interval}; base rate {words.chance(row.base)}. "
            f"{row.note[:1].upper() + row.note[1:] + '. ' if row.note else ''}Resolved by: {row.rule}"
        ),
        told=tuple(listed),
        reasons=tuple(plain),
        rest="Reasons are in log-odds; they add up to those of the forecast.",
    )


_DOUBTS: Final = {
    "outlets": "which outlets were read",
    "claims": "whether what is told is so",
    "weights": "the weights of kinds and types",
    "dirichlet": "how little evidence there is",
}


def _number(row: InfluenceRow) -> str:
    """A row in words: the interval, the parts it is made of, and where its doubt comes from."""
    if row.share is None or row.share_low is None or row.share_high is None:
        return f"Not enough evidence on {words.day(row.day)}: {row.records} ties and acts of all outsiders."
    out = f"On {words.day(row.day)}; 90 % interval {100 * row.share_low:.0f} to {100 * row.share_high:.0f}. "
    out += f"Stock {row.stock:.2f}, flow {row.flow:.2f}"
    if row.level is not None:
        out += f"; level {row.level:.2f}, where 1 is the reference dyad"
    worst = max(row.doubt, key=lambda name: row.doubt[name])
    return f"{out}. Most of the doubt ({row.doubt[worst]:.0%}) is {_DOUBTS[worst]}."
