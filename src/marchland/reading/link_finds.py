"""Which records of a document contradict each other, or may be one, though no word says so?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from marchland.lexicon.verbs import entries
from marchland.model.annotated import Annotated
from marchland.model.dates import DateRange
from marchland.model.ontology import EventType, HolderKind, Relation, Status
from marchland.model.records import AnyRecord, Claim, Event, Forecast, Judgement, Mention, Quantity, Tie

_FIRST = "claim.first"
_JOINT = frozenset({EventType.COOPERATE, EventType.CONSULT, EventType.AGREE, EventType.SUPPORT})
_POINTING = ("the ", "these ", "this ", "those ", "both ")
_CONTRAST = (" while ", " whereas ", " although ", " though ", "; ", " but ")
_TOLD = frozenset({Status.ASSERTED, Status.REPORTED, Status.PLANNED})
_LOOK = 24  # characters before a trigger in which a pointing word may stand


@dataclass(frozen=True, slots=True)
class Found:
    """A link that follows from what two records say."""

    relation: Relation
    source: AnyRecord
    target: AnyRecord
    mention: Mention  # of the source: where a reader sees it
    rule: str
    confidence: float


def contradictions(records: Sequence[AnyRecord]) -> Iterator[Found]:
    """A "first" told of what was done before; two figures for one count; an act told and denied."""
    events = [r for r in records if isinstance(r, Event)]
    for claim in records:
        if isinstance(claim, Claim) and claim.polarity == 1 and any(m.rule == _FIRST for m in claim.mentions):
            yield from _not_first(claim, events)
    yield from _figures(events, [r for r in records if isinstance(r, Tie)])
    for denied in events:
        for told in events:
            if (
                denied.status is Status.DENIED
                and told.status.happened
                and _kind(denied) is _kind(told)
                and _shared(denied, told)
            ):
                yield Found(Relation.CONTRADICTS, denied, told, denied.mentions[0], "contradicts.denied", 0.6)


def _not_first(claim: Claim, events: Sequence[Event]) -> Iterator[Found]:
    """Acts of the same type and parties, told as done before the one that is said to be the first."""
    about = [e for e in events if e.id in claim.about and (e.status.happened or e.status is Status.PLANNED)]
    for first in about:
        day = first.when.start if first.when else None
        for e in events:
            earlier = e.when.end if e.when else None
            if (
                e.id != first.id
                and e.status.happened
                and day
                and earlier
                and earlier < day
                and _kind(e) is _kind(first)
                and _fields(e) & _fields(first)
                and _covers(e, first)
            ):
                yield Found(Relation.CONTRADICTS, claim, e, claim.mentions[0], "contradicts.not-first", 0.75)


def contrasts(doc: Annotated, records: Sequence[AnyRecord]) -> Iterator[Found]:
    """Two holders of one sentence set against each other: "A insisted that it was legal, while B called it theft"."""
    text = doc.document.text
    held = [
        r for r in records if isinstance(r, Claim | Judgement | Forecast) and r.holder.kind is not HolderKind.AUTHOR
    ]
    for a, b in pairwise(held):
        m, n = a.mentions[0], b.mentions[0]
        if m.start == n.start and a.holder != b.holder:
            between = text[m.trigger.end : n.trigger.start].replace("\n", " ")
            if any(word in between for word in _CONTRAST):
                yield Found(Relation.CONTRADICTS, b, a, n, "contradicts.contrast", 0.55)


def _figures(events: Sequence[Event], ties: Sequence[Tie]) -> Iterator[Found]:
    """Two records of one occurrence or tie whose figures for the same thing cannot both be true."""
    for i, a in enumerate(events):
        for b in events[i + 1 :]:
            if (
                _kind(a) is _kind(b)
                and a.status.happened
                and b.status.happened
                and _same_parties(a, b)
                and a.when
                and b.when
                and _same_time(a.when, b.when)
            ):
                if _apart(a.quantities, b.quantities):
                    yield Found(Relation.CONTRADICTS, b, a, b.mentions[0], "contradicts.figures", 0.55)
    for i, t in enumerate(ties):
        for u in ties[i + 1 :]:
            same = t.kind is u.kind and _key(t) == _key(u) and None not in _key(t)
            if (
                same
                and t.status.happened
                and u.status.happened
                and t.since == u.since
                and _apart(t.quantities, u.quantities)
            ):
                yield Found(Relation.CONTRADICTS, u, t, u.mentions[0], "contradicts.figures", 0.5)


def doubtful_twins(doc: Annotated, records: Sequence[AnyRecord]) -> Iterator[Found]:
    """Two acts that may be one: "the exercise" told with other words, where the merger kept them apart."""
    events = [r for r in records if isinstance(r, Event)]
    text = doc.document.text
    for n, later in enumerate(events):
        if not _points_back(later, text):
            continue
        for earlier in reversed(events[:n]):
            if any(m.start == later.mentions[0].start for m in earlier.mentions):
                continue  # two acts of one sentence are two
            fits = (
                _kind(later) is _kind(earlier)
                and _shared(later, earlier)
                and not _apart(later.quantities, earlier.quantities)
            )
            standing = later.status.happened == earlier.status.happened or Status.PLANNED in (
                later.status,
                earlier.status,
            )
            if fits and standing and (later.when is None or earlier.when is None or later.when.overlaps(earlier.when)):
                yield Found(Relation.SAME_AS, later, earlier, later.mentions[0], "same.pointed", 0.5)
                break


def _points_back(event: Event, text: str) -> bool:
    """Does a definite noun tell the act?"""
    m = event.mentions[0]
    before = text[max(m.start, m.trigger.start - _LOOK) : m.trigger.start].lower()
    words = before.split()
    return any(f"{w} " in _POINTING for w in words[-2:])


def _kind(e: Event) -> EventType:
    return e.base or e.event_type


def _keys(e: Event) -> set[str]:
    return {p.key for p in e.parties if p.key}


def _shared(a: Event, b: Event) -> bool:
    both = _keys(a) & _keys(b)
    return len(both) >= min(2, len(_keys(a)), len(_keys(b))) and bool(both)


def _fields(e: Event) -> set[str]:
    """The fields of the entries that told it, else the entries: an investment is no earlier exercise."""
    known = _entry_fields()
    return {field for m in e.mentions for field in known.get(m.rule, (m.rule,))}


@cache
def _entry_fields() -> dict[str, tuple[str, ...]]:
    return {e.id: tuple(e.contexts) or (e.id,) for e in entries()}


def _covers(e: Event, first: Event) -> bool:
    """Do the parties of the one that is said to be the first take part in the other?"""
    mine = _keys(first)
    return len(mine) > 1 and mine <= _keys(e) if _kind(first) in _JOINT else bool(mine) and mine == _keys(e)


def _same_parties(a: Event, b: Event) -> bool:
    return bool(_keys(a)) and _keys(a) == _keys(b)


def _same_time(a: DateRange, b: DateRange) -> bool:
    return a.start == b.start and a.end == b.end


def _key(t: Tie) -> tuple[str | None, str | None]:
    return (t.power.key if t.power else None, t.host.key if t.host else None)


def _apart(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Are there two figures of one thing whose ranges do not meet?"""
    for x in a:
        for y in b:
            if (x.unit, x.of) == (y.unit, y.of) and (x.unit or x.of):
                low_x, high_x, low_y, high_y = *_range(x), *_range(y)
                if high_x < low_y or high_y < low_x:
                    return True
    return False


def _range(q: Quantity) -> tuple[float, float]:
    low = q.low if q.low is not None else q.value
    high = q.high if q.high is not None else q.value
    if q.bound == "up_to":
        low = 0.0 if q.low is None else q.low
    if q.bound == "at_least":
        high = float("inf") if q.high is None else q.high
    slack = 0.1 if q.bound == "about" else 0.0
    low, high = (low if low is not None else 0.0), (high if high is not None else float("inf"))
    return low * (1 - slack), high * (1 + slack)
