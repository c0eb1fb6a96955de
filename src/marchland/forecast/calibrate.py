"""Recalibration: after the newest resolved windows the odds are moved and stretched a little, never much."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.forecast.features import Only, features
from marchland.forecast.fit import Model
from marchland.forecast.history import Floats, History, happened
from marchland.forecast.logistic import newton

WINDOWS: Final = 8  # the newest resolved windows that are looked at
_FADE: Final = (
    0.75  # weight of a window beside the one a week younger: a fall in what is reported shows in the newest ones
)
_SHIFT: Final = 0.25  # log-odds: how far coverage moves within a season (standard deviation of the prior)
_SLOPE: Final = 0.1  # how far the slope strays from 1
_STEP: Final = 7
_FEW: Final = 4  # windows that are enough where each holds so many odds:
_MANY: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Log-odds become `centre + shift + slope x (log-odds - centre)`."""

    shift: float = 0.0
    slope: float = 1.0
    centre: float = 0.0  # log-odds around which the slope turns
    windows: int = 0  # how many it was learned from
    until: int = 0  # the last day that was seen
    variance: float = 0.0  # of the shift

    def __call__(self, log_odds: Floats) -> Floats:
        """The recalibrated log-odds."""
        return self.centre + self.shift + self.slope * (log_odds - self.centre)


def recalibrate(model: Model, past: History, origin: int, *, only: Only | None = None) -> Calibration:
    """Learn shift and slope from the newest windows that are over before `origin`; none = nothing is moved.

    What a window's forecast sees is what was known when it began; what it is held against is known before `origin`.
    """
    seen = past.before(origin)
    scores: list[Floats] = []
    truths, weights = [], []
    for number in range(WINDOWS):
        if number >= _FEW and scores and scores[0].size > _MANY:
            break
        start = origin - model.horizon - _STEP * number
        frame = features(seen, start, model.level, only=only)
        if not len(frame.pairs):
            continue
        scores.append(model.log_odds(frame).ravel())
        truths.append(happened(seen, frame.pairs, start, start + model.horizon - 1, model.level).ravel())
        weights.append(
            np.full(scores[-1].size, _FADE**number * min(1.0, _STEP / model.horizon))
        )  # overlapping windows share their acts
    if not scores:
        return Calibration(until=origin - 1)
    return learned(
        np.concatenate(scores), np.concatenate(truths).astype(float), np.concatenate(weights), len(scores), origin
    )


def learned(score: Floats, truth: Floats, weight: Floats, windows: int, origin: int) -> Calibration:
    """Shift and slope that fit these outcomes best, held back by what is usual."""
    centre = float(np.average(score, weights=weight * (truth + 0.01)))
    x = np.stack([np.ones(len(score)), score - centre], 1)
    beta, inverse = newton(x, truth, weight, np.array([_SHIFT**-2, _SLOPE**-2]), offset=score)
    return Calibration(
        shift=float(beta[0]), slope=1 + float(beta[1]), centre=centre, windows=windows, until=origin - 1,
        variance=float(inverse[0, 0]),
    )  # fmt: skip
