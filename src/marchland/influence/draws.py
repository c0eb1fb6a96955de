"""Random factors behind the intervals: which outlets are heard, which claims hold, what each type and kind weighs.

Every draw is one element of the last axis of one array: the first is the reading itself, then follow the draws of everything
together, then those in which one thing alone varies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.influence.stock import Standing
from marchland.influence.weighed import Luck
from marchland.lexicon.weights import Weights
from marchland.model.ontology import EventType, TieKind

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Factors fixed over time, so that periods are comparable: what shares its luck, or ties, by draws."""

    acts: Array  # outlets x claims x weights, certainty included; a row for each luck
    ties: Array  # outlets x weights
    chance: Array  # uniform; where claims are drawn, a tie stands where it lies under its probability
    everything: slice
    outlets: slice
    claims: slice
    weights: slice

    @property
    def alone(self) -> tuple[slice, slice, slice]:
        """The draws in which one thing varies."""
        return self.outlets, self.claims, self.weights


def draw(
    lucks: Sequence[Luck], held: Sequence[Standing], weights: Weights, outlets: int, rng: np.random.Generator
) -> Draws:
    """Draw everything that a reading hangs on, save the Dirichlet's own chance."""
    n, alone = weights.draws, max(2, weights.draws // 2)
    everything, *single = (slice(1, n + 1), *(slice(n + 1 + i * alone, n + 1 + (i + 1) * alone) for i in range(3)))
    by_outlet, by_claim, by_weight = single
    size = n + 1 + 3 * alone
    certainty = np.array([a.certainty for a in lucks])
    acts, ties = np.tile(certainty, (size, 1)), np.ones((size, len(held)))
    loads = rng.standard_exponential((size, outlets))
    heard_acts, heard_ties = _heard([a.outlets for a in lucks], loads), _heard([s.outlets for s in held], loads)
    lean_acts = _lean([a.event_type for a in lucks], list(EventType), weights.sigma, size, rng)
    lean_ties = _lean([s.kind for s in held], list(TieKind), weights.sigma, size, rng)
    true = rng.random((size, len(lucks))) < certainty
    chance = rng.random((size, len(held)))
    for block in (everything, by_claim):
        acts[block] = true[block]
    for block in (everything, by_outlet):
        acts[block] *= heard_acts[block]
        ties[block] *= heard_ties[block]
    for block in (everything, by_weight):
        acts[block] *= lean_acts[block]
        ties[block] *= lean_ties[block]
    return Draws(
        acts=np.ascontiguousarray(acts.T),
        ties=np.ascontiguousarray(ties.T),
        chance=np.ascontiguousarray(chance.T),
        everything=everything,
        outlets=by_outlet,
        claims=by_claim,
        weights=by_weight,
    )


def _heard(who: Sequence[tuple[int, ...]], loads: Array) -> Array:
    """The mean load of a record's outlets; 1 where it has none."""
    sums = np.zeros((loads.shape[1], len(who)))
    for i, outlets in enumerate(who):
        for outlet in outlets:
            sums[outlet, i] = 1 / len(outlets)
    none = np.array([not outlets for outlets in who], dtype=float)
    return np.asarray(loads @ sums + none)


def _lean(
    codes: Sequence[EventType] | Sequence[TieKind],
    names: Sequence[EventType] | Sequence[TieKind],
    sigma: float,
    size: int,
    rng: np.random.Generator,
) -> Array:
    """One log-normal factor for each type or kind and draw."""
    factors = np.exp(sigma * rng.standard_normal((size, len(names))))
    place = {name: i for i, name in enumerate(names)}
    return np.asarray(factors[:, [place[c] for c in codes]])
