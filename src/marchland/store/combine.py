"""One record out of several tellings, each source kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from math import prod
from typing import Final

from marchland.model.dates import DateRange
from marchland.model.ontology import STATUS_STRENGTH, PlaceKind, Status
from marchland.model.records import AnyRecord, Event, Mention, Participant, Place, Quantity, Tie

CONFIDENCE_CAP: Final = 0.99  # however many tell it, the coder may have read them all wrongly
_PRECISE_PLACE: Final = (
    PlaceKind.SITE,
    PlaceKind.CITY,
    PlaceKind.BORDER,
    PlaceKind.ADMIN,
    PlaceKind.AIRSPACE,
    PlaceKind.SEA,
    PlaceKind.REGION,
    PlaceKind.COUNTRY,
)


def combined(tellings: Sequence[AnyRecord], origins: Mapping[str, str]) -> AnyRecord:
    """The record that these tellings make together.

    Args:
        tellings: Of one kind, first teller first; its id, document and type become the record's.
        origins: The origin of each document: copies of one text vouch once.
    """
    first = tellings[0]
    if len(tellings) == 1:
        return first
    mentions = tuple(m for t in tellings for m in t.mentions)
    first = replace(
        first,
        mentions=mentions,
        status=strongest(t.status for t in tellings),
        certainty=max(t.certainty for t in tellings),
        confidence=_confidence(tellings, origins),
    )
    if isinstance(first, Event):
        return _event(first, [t for t in tellings if isinstance(t, Event)])
    if isinstance(first, Tie):
        return _tie(first, [t for t in tellings if isinstance(t, Tie)])
    return first


def strongest(statuses: Iterable[Status]) -> Status:
    """The strongest status; a denial wins only where there is nothing else."""
    return min(statuses, key=STATUS_STRENGTH.index)


def _confidence(tellings: Sequence[AnyRecord], origins: Mapping[str, str]) -> float:
    best: dict[str, float] = {}
    for t in tellings:
        origin = origins.get(t.doc_id, t.doc_id)
        best[origin] = max(best.get(origin, 0.0), t.confidence)
    highest = max(best.values())
    if len(best) == 1:
        return highest
    return round(max(highest, min(CONFIDENCE_CAP, 1 - prod(1 - best[o] for o in sorted(best)))), 4)


def _event(first: Event, tellings: Sequence[Event]) -> Event:
    actors, recipients = reduce(
        _joined, ((t.actors, t.recipients) for t in tellings[1:]), (first.actors, first.recipients)
    )
    return replace(
        first,
        base=_first(t.base for t in tellings),
        mode=_first(t.mode for t in tellings),
        contexts=tuple(sorted({c for t in tellings for c in t.contexts})),
        actors=actors,
        recipients=recipients,
        when=_most_precise(t.when for t in tellings),
        where=_narrowest(t.where for t in tellings),
        quantities=_figures(tellings),
        disputed=any(t.disputed for t in tellings) or _denied(first.mentions),
    )


def _tie(first: Tie, tellings: Sequence[Tie]) -> Tie:
    members = first.members
    for t in tellings[1:]:
        members = _with(members, t.members, held=members)
    return replace(
        first,
        members=members,
        since=_earliest(t.since for t in tellings),
        until=_most_precise(t.until for t in tellings),
        last_confirmed=_latest(t.last_confirmed for t in tellings),
        magnitude=max(t.magnitude for t in tellings),
        where=_narrowest(t.where for t in tellings),
        quantities=_figures(tellings),
    )


def _denied(mentions: Iterable[Mention]) -> bool:
    """Does a telling deny what others tell?"""
    return any(m.status is Status.DENIED for m in mentions)


Sides = tuple[tuple[Participant, ...], tuple[Participant, ...]]


def _joined(held: Sides, more: Sides) -> Sides:
    """Both sides with the parties that only the next teller names; a known party takes the unknown one's place."""
    everyone = (*held[0], *held[1])
    actors = _with(held[0], more[0], held=everyone)
    return actors, _with(held[1], more[1], held=(*everyone, *actors))


def _with(
    side: tuple[Participant, ...], more: Iterable[Participant], *, held: tuple[Participant, ...]
) -> tuple[Participant, ...]:
    keys = {p.key for p in held if p.key}
    new = [replace(p, span=None) for p in more if p.key and p.key not in keys]  # a span counts in its own text alone
    return (*(p for p in side if p.key or p.text), *new) if new else side


def _first[T](values: Iterable[T | None]) -> T | None:
    return next((v for v in values if v is not None), None)


def _least[T](values: Iterable[T | None], key: Callable[[T], tuple[object, ...]]) -> T | None:
    told = [v for v in values if v is not None]
    return min(told, key=key) if told else None


def _most_precise(values: Iterable[DateRange | None]) -> DateRange | None:
    return _least(values, lambda r: (r.days is None, r.days or 0))


def _earliest(values: Iterable[DateRange | None]) -> DateRange | None:
    """The earliest told start; of equal ones the most precise."""
    return _least(values, lambda r: (r.start is None, str(r.start), r.days is None, r.days or 0))


def _latest(values: Iterable[DateRange | None]) -> DateRange | None:
    told = [v for v in values if v is not None]
    return max(told, key=lambda r: (str(r.end or r.start or ""), -(r.days or 0))) if told else None


def _narrowest(values: Iterable[Place | None]) -> Place | None:
    return _least(values, lambda p: (_PRECISE_PLACE.index(p.kind),))


def _figures(tellings: Iterable[Event | Tie]) -> tuple[Quantity, ...]:
    """All figures; equal ones once, differing ones side by side."""
    found: dict[tuple[object, ...], Quantity] = {}
    for t in tellings:
        for q in t.quantities:
            found.setdefault((q.value, q.low, q.high, q.bound, q.unit, q.of), q)
    return tuple(found.values())
