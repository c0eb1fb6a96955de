"""How good odds were: skill over a baseline, calibration, and how sure that is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.history import Floats, Ints

_LEAST: Final = 1e-6  # no forecast is surer than this, so that one surprise is not infinitely bad
_DRAWS: Final = 400


def log_loss(truth: NDArray[np.bool_], odds: Floats) -> Floats:
    """Of each forecast, in nats: 0 is best."""
    p = np.clip(odds, _LEAST, 1 - _LEAST)
    return np.asarray(-np.where(truth, np.log(p), np.log1p(-p)))


def brier(truth: NDArray[np.bool_], odds: Floats) -> Floats:
    """Of each forecast: squared distance from what came, 0 to 1."""
    return np.asarray((odds - truth) ** 2)


_LOSS: Final = {"log": log_loss, "brier": brier}


def skill(truth: NDArray[np.bool_], odds: Floats, base: Floats, kind: str) -> float:
    """1 - loss / loss of the baseline: 1 is perfect, 0 no better, below 0 worse. `kind` is log or brier."""
    return 1 - float(_LOSS[kind](truth, odds).mean() / _LOSS[kind](truth, base).mean())


def interval_of(
    truth: NDArray[np.bool_], odds: Floats, base: Floats, block: Ints, kind: str, *, level: float = 0.9
) -> tuple[float, float]:
    """Of the skill, drawing whole blocks of days with replacement: forecasts of one window are no independent witnesses."""
    rows = [np.bincount(block, _LOSS[kind](truth, p).reshape(len(block), -1).sum(1)) for p in (odds, base)]
    rng = np.random.default_rng(0)
    drawn = rng.integers(len(rows[0]), size=(_DRAWS, len(rows[0])))
    found = 1 - rows[0][drawn].sum(1) / rows[1][drawn].sum(1)
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def calibration_error(
    truth: NDArray[np.bool_], odds: Floats, *, equal_mass: bool = True, above: float = 0.0, bins: int = 10
) -> float | None:
    """Mean distance of what was forecast from what came, over bins, each by its share of forecasts; None = no forecasts.

    Args:
        equal_mass: Bins of equal numbers of forecasts; else of equal width.
        above: Only forecasts above this probability.
    """
    keep = odds.ravel() > above
    p, came = odds.ravel()[keep], truth.ravel()[keep].astype(float)
    if not len(p):
        return None
    if equal_mass:
        order = np.argsort(p, kind="stable")
        bin_of = np.empty(len(p), np.int64)
        bin_of[order] = np.arange(len(p)) * bins // len(p)
    else:
        bin_of = np.minimum((p * bins).astype(np.int64), bins - 1)
    gap = np.bincount(bin_of, p - came, bins)
    return float(np.abs(gap).sum() / len(p))
