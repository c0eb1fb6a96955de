"""Exact steps: the days on which a standing tie began or ended, and what that did to the stock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from marchland.influence.stock import Standing
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, TieKind
from marchland.model.records import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tie's start or end."""

    host: str
    power: str
    kind: TieKind
    opens: bool  # False = it ended
    day: date  # the middle of the interval told
    first: date  # the interval told, both ends included
    last: date
    amount: float  # how much it adds to the power's stock over all domains; below 0 where it ended
    before: float  # the power's whole stock the day before
    after: float
    domains: Mapping[Domain, float] = field(hash=False)  # parts of `amount`
    record_id: str
    also: tuple[str, ...]  # further records told of the same tie


def steps(
    held: Sequence[Standing],
    ties: Mapping[str, Tie],
    host: str,
    weights: Weights,
    *,
    since: date,
    until: date,
    powers: Sequence[str] = (),
) -> list[Step]:
    """The starts and ends between `since` and `until`, by day. Ties that weigh nothing make no step.

    A start that nobody tells is none: a tie that was merely told for the first time was there before.

    Args:
        ties: Records by id, for the intervals in which their dates are told.
        powers: Only these; none = all.
    """
    out = []
    for s in held:
        if powers and s.power not in powers:
            continue
        size = weights.stock[s.kind].typical * s.magnitude * s.split * s.certainty
        for opens, day in ((True, s.since), (False, s.until)):
            if day is None or not since <= day <= until or size <= 0:
                continue
            first, last = told_interval(s, ties, day, opens=opens)
            own = [h for h in held if h.power == s.power]
            before, after = (_stock(own, d, weights) for d in (day - timedelta(days=1), day))
            if not opens:  # it still stands on its last day
                before, after = after, _stock(own, day + timedelta(days=1), weights)
            sign = 1 if opens else -1
            out.append(
                Step(
                    host=host,
                    power=s.power,
                    kind=s.kind,
                    opens=opens,
                    day=day,
                    first=first,
                    last=last,
                    amount=sign * size,
                    before=before,
                    after=after,
                    domains={d: sign * size * part for d, part in s.domains.items() if part > 0},
                    record_id=s.record_id,
                    also=s.also,
                )
            )
    return sorted(out, key=lambda x: (x.day, x.power, x.kind.value, x.opens, x.record_id))


def _stock(held: Sequence[Standing], day: date, weights: Weights) -> float:
    return sum(weights.stock[h.kind].typical * h.magnitude * h.split * h.probability(day, weights) for h in held)


def told_interval(s: Standing, ties: Mapping[str, Tie], day: date, *, opens: bool) -> tuple[date, date]:
    """The narrowest interval that a record of the tie tells and that holds the day; the day itself where none does."""
    told = [ties[i] for i in (s.record_id, *s.also) if i in ties]
    ranges = [r for t in told if (r := t.since if opens else t.until)]
    found = [(r.start, r.end) for r in ranges if r.start and r.end and r.start <= day <= r.end]
    return min(found, key=lambda pair: (pair[1] - pair[0], pair[0]), default=(day, day))
