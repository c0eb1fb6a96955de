"""The rate to beat: a pair's own count with a gamma prior, and nothing else."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.features import ACTIVE, Only, active
from marchland.forecast.history import Floats, History, Ints, class_of, happened, width

_ROUNDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """How often active pairs act: rates are gamma distributed, `shape` acts in `days` days, by class."""

    shape: Floats
    days: Floats

    def chance(self, counts: Floats, horizon: int, window: int = ACTIVE) -> Floats:
        """Probability of at least one act within the horizon, after so many in the last `window` days."""
        kept = self.days + window
        return np.asarray(1 - (kept / (kept + horizon)) ** (self.shape + counts))


def counts(past: History, origin: int, level: str, pairs: Ints, window: int = ACTIVE) -> Floats:
    """Acts of each pair and class in the last `window` days."""
    seen = past.before(origin)
    recent = seen.day >= origin - window
    keys = seen.pairs()[recent]
    at = np.minimum(np.searchsorted(pairs, keys), max(0, len(pairs) - 1))
    out = np.zeros((len(pairs), width(level) + 1))
    if len(pairs):
        hit = pairs[at] == keys
        np.add.at(out, (at[hit], class_of(seen.kind[recent], level)[hit]), seen.n[recent][hit])
    return out[:, :-1]


def fit_prior(past: History, days: list[int], level: str, horizon: int, *, only: Only | None = None) -> Prior:
    """The prior under which the resolved windows of `days` are likeliest, by class."""
    found = [(active(past.before(d), d, only), d) for d in days]
    seen = np.concatenate([counts(past, d, level, p) for p, d in found])
    true = np.concatenate([happened(past, p, d, d + horizon - 1, level) for p, d in found])
    best = [likeliest(seen[:, k], true[:, k], horizon) for k in range(seen.shape[1])]
    return Prior(shape=np.array([b[0] for b in best]), days=np.array([b[1] for b in best]))


def likeliest(seen: Floats, true: NDArray[np.bool_], horizon: int) -> tuple[float, float]:
    """Coordinate search on a grid that narrows; the likelihood is smooth and has one top. Counts are grouped first."""
    values, group = np.unique(seen, return_inverse=True)
    hits = np.bincount(group, true, len(values))
    misses = np.bincount(group, ~true, len(values))

    def loss(point: Floats) -> float:
        shape, days = np.exp(point)
        none = (shape + values) * np.log((days + ACTIVE) / (days + ACTIVE + horizon))
        p = np.clip(1 - np.exp(none), 1e-12, 1)
        return float(-(hits * np.log(p) + misses * none).sum())

    at, step = np.log(np.array([0.05, 10.0])), 1.0
    value = loss(at)
    for _ in range(_ROUNDS):
        moves = [at + step * np.array(m) for m in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1))]
        moves = [m for m in moves if np.abs(m).max() < 12]
        tried = [loss(m) for m in moves]
        if min(tried) < value - 1e-9:
            value, at = min(tried), moves[int(np.argmin(tried))]
        else:
            step /= 2
    return float(np.exp(at[0])), float(np.exp(at[1]))
