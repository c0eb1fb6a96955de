"""Fitting a ranker on days that have passed."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.forecast.ranking.additive import Additive, fit_additive, thinned
from marchland.forecast.ranking.boosted import Boosted, fit_boosted
from marchland.forecast.ranking.sample import Sample, joined, sample
from marchland.forecast.ranking.walk import Walk

QUERIES: Final = 40_000  # fitted on, with some 40 rows each; sampled evenly where there are more
_ADDITIVE: Final = 20_000
_SEED: Final = 0
LEAST: Final = 500  # queries: with fewer nothing is fitted
WARM: Final = 0.4  # share of the days at the beginning that only fill the counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankers:
    """What was fitted, and on what."""

    additive: Additive
    boosted: Boosted | None  # None = not asked for
    queries: int
    first_day: int
    last_day: int


def collect(walk: Walk, until: int, *, queries: int = QUERIES, warm: float = WARM) -> tuple[Sample | None, int]:
    """Walk all days before `until` and sample rows from those after the warm-up; also the first day sampled.

    Every day teaches the counts, the rules and the habits; features of a day know only days before it.
    """
    days = [d for d in walk.days() if d < until]
    if not days:
        return None, until
    first = days[min(int(len(days) * warm), len(days) - 1)]
    expected = sum(len(walk.asked_on(d)) for d in days if d >= first)
    share = min(1.0, queries / max(expected, 1))
    kept = []
    for block, told in walk.go(days):
        if block.day >= first:
            taken = sample(block, told, walk.past.sizes.o, share=share, chance=day_chance(block.day))
            if taken is not None:
                kept.append(taken)
    return (joined(kept) if kept else None), first


def day_chance(day: int) -> np.random.Generator:
    """The draws of one day, whatever the days before it drew: a pool that rounding moved by a party moves no other day's sample."""
    return np.random.default_rng([_SEED, day])


def fit(walk: Walk, until: int, *, boosted: bool) -> Rankers | None:
    """Fit on all days before `until`, which the walk must not have passed; None where there are too few queries."""
    rows, first = collect(walk, until)
    if rows is None or len(rows.count) < LEAST:
        return None
    additive = fit_additive(walk.names, thinned(rows, _ADDITIVE))
    return Rankers(
        additive=additive,
        boosted=fit_boosted(additive, rows) if boosted else None,
        queries=len(rows.count),
        first_day=first,
        last_day=until - 1,
    )
