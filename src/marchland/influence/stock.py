"""Stock: what stands between a host and outside powers on a day, S."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from marchland.influence.flow import outsider
from marchland.influence.periods import middle
from marchland.influence.sources import Sources, once
from marchland.lexicon.registry import REGISTRY_ID
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, TieKind
from marchland.model.records import Participant, Tie

# Kinds of which two countries may well have several at a time, even where no place tells them apart.
_SEVERAL: Final = frozenset(
    {TieKind.INFRASTRUCTURE, TieKind.CONCESSION, TieKind.CREDIT, TieKind.EDUCATION, TieKind.MEMBERSHIP}
)
_SLACK: Final = timedelta(days=366)  # starts told further apart are starts of two ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one power holds in the host, told by one or several ties."""

    record_id: str
    also: tuple[str, ...] = ()
    kind: TieKind
    power: str
    magnitude: float
    split: float  # 1 / (members - 1) for a bond of many
    certainty: float
    domains: Mapping[Domain, float]
    since: date | None  # None = nobody says; it stands from its first telling
    until: date | None
    confirmed: tuple[date, ...]  # days on which it was told as standing, in order
    known: date | None  # first telling; None = the registry
    place: str | None
    outlets: tuple[int, ...]
    registry: bool

    @property
    def start(self) -> date | None:
        """The first day it is known to stand; None = always."""
        return self.since or (self.confirmed[0] if self.confirmed and not self.registry else None)

    def probability(self, day: date, weights: Weights) -> float:
        """How likely it stands on `day`: its certainty, falling once the grace period after the last confirmation is over.

        A later confirmation shows that it stood all the while.
        """
        start = self.start
        if (start and day < start) or (self.until and day > self.until):
            return 0.0
        at = bisect_right(self.confirmed, day)
        if at < len(self.confirmed) or self.until:
            return self.certainty
        last = self.confirmed[at - 1] if at else start
        if last is None:
            return self.certainty
        weight = weights.stock[self.kind]
        over = max(0, (day - last).days - weight.grace_days)
        return float(self.certainty * 0.5 ** (over / weight.half_life_days))


def probabilities(held: Sequence[Standing], days: Sequence[date], weights: Weights) -> NDArray[np.float64]:
    """`Standing.probability` of many at once, days x standings."""
    on = np.array([d.toordinal() for d in days], dtype=float)[:, None]

    def column(told: Iterable[float | None], unknown: float) -> NDArray[np.float64]:
        return np.array([unknown if value is None else value for value in told], dtype=float)

    start = column((_number(s.start) for s in held), -np.inf)
    until = column((_number(s.until) for s in held), np.inf)
    last = column((None if s.until else _number(s.confirmed[-1] if s.confirmed else s.start) for s in held), np.inf)
    grace = column((weights.stock[s.kind].grace_days for s in held), 0.0)
    half = column((weights.stock[s.kind].half_life_days for s in held), 1.0)
    fallen = 0.5 ** (np.maximum(0.0, on - last - grace) / half)
    return np.where((on >= start) & (on <= until), column((s.certainty for s in held), 0.0) * fallen, 0.0)


def _number(day: date | None) -> float | None:
    return float(day.toordinal()) if day else None


def standings(
    ties: Sequence[Tie], host: str, asked: Collection[str], weights: Weights, found: Sources
) -> list[Standing]:
    """What stands or stood in `host`, each thing once, the registry's word before the documents'."""
    loose: list[Standing] = []
    for record, telling in once([t for t in ties if touches(t, host)], found):
        tie = cast(Tie, record)
        confirmed = set(telling.days)
        if told := middle(tie.last_confirmed):
            confirmed.add(told)
        since, until = middle(tie.since), middle(tie.until)
        if until and tie.doc_id != REGISTRY_ID:
            confirmed = {d for d in confirmed if d <= until}  # the telling of the end does not confirm
        for power, split in _powers(tie, host, asked):
            loose.append(
                Standing(
                    record_id=tie.id,
                    kind=tie.kind,
                    power=power,
                    magnitude=tie.magnitude,
                    split=split,
                    certainty=tie.certainty,
                    domains=tie.domains or weights.stock[tie.kind].domains,
                    since=since or (until if until and not confirmed else None),
                    until=until,
                    confirmed=tuple(sorted(confirmed)),
                    known=telling.days[0] if telling.days else None,
                    place=tie.where.name.casefold() if tie.where else None,
                    outlets=telling.outlets,
                    registry=tie.doc_id == REGISTRY_ID,
                )
            )
    return _merged(loose)


def touches(tie: Tie, host: str) -> bool:
    """Is `host` the country reached for, or one of a bond's members?"""
    return tie.status.happened and any(p.country == host for p in (tie.host, *tie.members) if p)


def _powers(tie: Tie, host: str, asked: Collection[str]) -> Iterable[tuple[str, float]]:
    """Who holds the tie over the host, and which part of it each has."""
    if tie.power is not None:
        power = outsider(tie.power, asked)
        return [(power, 1.0)] if power and power != host else []
    parties: tuple[Participant, ...] = tie.members + ((tie.host,) if tie.host else ())
    keys = {p.country or p.org for p in parties}
    powers = {o for p in parties if (o := outsider(p, asked)) and o != host}
    return [(p, 1 / (len(keys) - 1)) for p in sorted(powers)]


def _merged(loose: list[Standing]) -> list[Standing]:
    """Join what is the same thing told twice: one kind, one power, no difference in place or time."""
    groups: dict[tuple[TieKind, str], list[Standing]] = {}
    for new in sorted(loose, key=lambda s: (not s.registry, s.start or date.max, s.record_id)):
        group = groups.setdefault((new.kind, new.power), [])
        same = [] if new.registry else [i for i, old in enumerate(group) if _same(old, new)]
        if same:
            best = min(same, key=lambda i: _distance(group[i], new))
            group[best] = _join(group[best], new)
        else:
            group.append(new)
    return [s for key in sorted(groups) for s in groups[key]]


def _same(old: Standing, new: Standing) -> bool:
    if old.place and new.place and old.place not in new.place and new.place not in old.place:
        return False
    last = new.confirmed[-1] if new.confirmed else new.since
    if old.until and new.start and new.start > old.until:
        return False
    if old.start and (new.until or last) and (new.until or last or date.max - _SLACK) + _SLACK < old.start:
        return False
    if old.since and new.since:
        if new.since < old.since - _SLACK:
            return False
        return old.kind not in _SEVERAL or abs(new.since - old.since) <= _SLACK
    return True


def _distance(old: Standing, new: Standing) -> tuple[bool, int, str]:
    named = bool(old.place and new.place)
    apart = abs((old.since - new.since).days) if old.since and new.since else 0
    return not named, apart, old.record_id


def _join(old: Standing, new: Standing) -> Standing:
    """The first telling's word on what it is; the second adds confirmations, and an end that nobody contradicts."""
    confirmed = tuple(sorted({*old.confirmed, *new.confirmed}))
    until = old.until or new.until
    if until and not old.until and any(d > until for d in new.confirmed + (() if old.registry else old.confirmed)):
        until = None
    known = [d for d in (old.known, new.known) if d]
    return replace(
        old,
        also=(*old.also, new.record_id),
        certainty=max(old.certainty, new.certainty),
        magnitude=old.magnitude if old.registry else max(old.magnitude, new.magnitude),
        since=old.since or (None if old.registry else new.since),
        until=until,
        confirmed=tuple(d for d in confirmed if not until or d <= until),
        known=None if old.registry else min(known, default=None),
        place=old.place or new.place,
        outlets=() if old.registry else tuple(sorted({*old.outlets, *new.outlets})),
    )
