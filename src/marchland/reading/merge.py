"""Inside one document, which tellings are of one occurrence? Each record keeps all its mentions."""

from collections.abc import Iterable
from dataclasses import replace

from marchland.model.dates import DateRange
from marchland.model.ontology import STATUS_STRENGTH, EventType, Precision, Status
from marchland.model.records import UNKNOWN_PARTY, Event, Participant, Place, Quantity
from marchland.reading.draft import Draft

_MANY_MODES = frozenset(
    {EventType.ASSAULT, EventType.CONSULT}
)  # a bomb and a killing, a visit and a meeting may be one
_CLOSE = 2  # sentences between two tellings in different words
_FINENESS = {
    p: i
    for i, p in enumerate(
        (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.RANGE)
    )
}


def merged(drafts: Iterable[Draft]) -> tuple[Event, ...]:
    """Join tellings of one act, in order of the first; an act without a known party joins the one it repeats."""
    out: list[tuple[Event, tuple[Draft, ...]]] = []
    for draft in drafts:
        for i, (known, tellings) in enumerate(out):
            alike = same_act(known, draft.event) and not any(_apart(t, draft) for t in tellings)
            if alike and any(_near(t, draft) for t in tellings):
                out[i] = (join(known, draft.event), (*tellings, draft))
                break
        else:
            out.append((draft.event, (draft,)))
    return tuple(event for event, _ in out)


def _near(a: Draft, b: Draft) -> bool:
    """Could the second be a retelling: the same words for it, or a headline, or a sentence close by?"""
    return a.trigger.entry.id == b.trigger.entry.id or a.title or b.title or abs(a.sentence - b.sentence) <= _CLOSE


def _apart(a: Draft, b: Draft) -> bool:
    """Two acts that a sentence joins ("released nine in exchange for the release of two") are two; so are a drill and a licence."""
    if a.sentence == b.sentence:
        return a.joined != b.joined
    fields = set(a.trigger.entry.contexts), set(b.trigger.entry.contexts)
    return a.event.event_type is EventType.COOPERATE and all(fields) and not fields[0] & fields[1]


def same_act(a: Event, b: Event) -> bool:
    """Could both tell one occurrence: type, standing, parties, time, place and figures agree as far as told?"""
    if a.event_type is not b.event_type or (a.base and b.base and a.base is not b.base):
        return False
    if a.status.happened != b.status.happened and Status.DENIED not in (a.status, b.status):
        if {a.status, b.status} & {Status.PLANNED} and a.event_type not in (EventType.AGREE, EventType.CONCEDE):
            return False
    if a.mode and b.mode and a.mode != b.mode and a.event_type not in _MANY_MODES:
        return False  # to expel and to seize are two acts
    return _parties_agree(a, b) and _times_agree(a.when, b.when) and _places_agree(a.where, b.where)


def _keys(parties: tuple[Participant, ...]) -> set[str]:
    return {p.key for p in parties if p.key}


def _parties_agree(a: Event, b: Event) -> bool:
    actors_a, actors_b = _keys(a.actors), _keys(b.actors)
    others_a, others_b = _keys(a.recipients), _keys(b.recipients)
    all_a, all_b = actors_a | others_a, actors_b | others_b
    if not all_a or not all_b:
        return not all_a and not all_b and a.where == b.where
    if len(actors_a) > 1 or len(actors_b) > 1:
        alike = (
            all_a == all_b or a.mentions[-1].rule == b.mentions[-1].rule or a.mentions[-1].start == b.mentions[-1].start
        )
        return alike and (all_a <= all_b or all_b <= all_a)
    actors = not actors_a or not actors_b or actors_a == actors_b
    others = not others_a or not others_b or bool(others_a & others_b)
    shared = (actors_a & actors_b) or (others_a & others_b)
    return actors and others and bool(shared)


def _times_agree(a: DateRange | None, b: DateRange | None) -> bool:
    return a is None or b is None or a.overlaps(b)


def _places_agree(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.place_id == b.place_id:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    return not (a.lat is not None and b.lat is not None and a.kind == b.kind)


def join(a: Event, b: Event) -> Event:
    """One record of two tellings: every mention kept, the strongest status, the fullest parties, the finest date."""
    strongest = min(
        (s for s in (a.status, b.status) if s is not Status.DENIED), key=STATUS_STRENGTH.index, default=Status.DENIED
    )
    actors, recipients = _sides(a, b)
    return replace(
        a,
        status=strongest,
        mentions=a.mentions + b.mentions,
        certainty=max(a.certainty, b.certainty),
        confidence=max(a.confidence, b.confidence),
        base=a.base or b.base,
        mode=a.mode or b.mode,
        contexts=tuple(sorted({*a.contexts, *b.contexts})),
        actors=actors,
        recipients=recipients,
        when=_finer(a.when, b.when),
        where=_narrower(a.where, b.where),
        quantities=_figures(a.quantities, b.quantities),
        disputed=a.disputed or b.disputed or Status.DENIED in (a.status, b.status),
    )


def _sides(a: Event, b: Event) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Who took part: as the first telling says it where that is joint and knows every party, else what both say together."""
    if len(_keys(a.actors)) > 1 and _keys(b.parties) <= _keys(a.parties):
        return a.actors, a.recipients
    return _union(a.actors, b.actors) or (UNKNOWN_PARTY,), _union(a.recipients, b.recipients)


def _union(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> tuple[Participant, ...]:
    out = [p for p in a if p.key]
    known = {p.key for p in out}
    out += [p for p in b if p.key and p.key not in known]
    return tuple(out) or a or b


def _finer(a: DateRange | None, b: DateRange | None) -> DateRange | None:
    told = [d for d in (a, b) if d]
    return min(told, key=lambda d: _FINENESS[d.precision], default=None)


def _narrower(a: Place | None, b: Place | None) -> Place | None:
    told = [p for p in (a, b) if p]
    return min(told, key=lambda p: (p.kind.value in ("country", "region"), p.lat is None), default=None)


def _figures(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    known = {(q.value, q.low, q.high, q.unit, q.of) for q in a}
    return a + tuple(q for q in b if (q.value, q.low, q.high, q.unit, q.of) not in known)
