"""Additive odds: the log-odds of an act are a sum of readable parts, one weight each, fitted to resolved windows."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.features import Frame, features
from marchland.forecast.history import Floats, History, happened

RIDGE: Final = 10.0  # in units of one observation for a standardised feature
ROWS: Final = 250_000  # rows looked at in a fit; of the windows without an act a seeded sample is taken, weighted up
_BLOCK: Final = 128
_STEPS: Final = 15
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights for standardised features, an intercept for each class, and how sure they are."""

    level: str  # quad | type
    horizon: int  # days
    names: tuple[str, ...]
    families: tuple[str, ...]
    mean: Floats
    scale: Floats
    intercepts: Floats  # by class
    weights: Floats  # by feature
    covariance: Floats  # of intercepts, then weights; robust to what one origin's windows share
    base: Floats  # by class: how often it happened among active pairs in the windows that were fitted
    windows: int  # origins that were fitted
    until: int  # the last day that was seen

    def parts(self, frame: Frame) -> Floats:
        """What each feature adds to the log-odds: pairs x classes x features."""
        if frame.names != self.names:
            raise ValueError(f"features {frame.names} are not those of the fit, {self.names}")
        parts: Floats = (frame.values - self.mean) / self.scale * self.weights
        return parts

    def log_odds(self, frame: Frame) -> Floats:
        """Intercept and parts together: pairs x classes."""
        return np.asarray(self.intercepts + self.parts(frame).sum(-1))

    def spread(self, frame: Frame) -> Floats:
        """Standard error of the log-odds: pairs x classes."""
        pairs, classes, _ = frame.values.shape
        own = np.broadcast_to(np.eye(classes), (pairs, classes, classes))
        rows = np.concatenate([own, (frame.values - self.mean) / self.scale], -1)
        variance = np.einsum("pcf,fg,pcg->pc", rows, self.covariance, rows, optimize=True)
        return np.asarray(np.sqrt(np.maximum(variance, 0)))


def origins(first: int, last: int, horizon: int, step: int, warm: int) -> list[int]:
    """Days on which forecasts could have been made and are resolved by `last`, from `warm` days after the first act."""
    return list(range(last + 1 - horizon, first + warm - 1, -step))[::-1]


def fit(past: History, days: list[int], level: str, horizon: int, *, ridge: float = RIDGE, rows: int = ROWS) -> Model:
    """Fit weights to the windows that begin on `days`; each must be over, and its acts known, in `past`.

    Raises:
        ValueError: no window has an active pair.
    """
    frames = [f for f in (features(past, d, level) for d in days) if len(f.pairs)]
    if not frames:
        raise ValueError("no window has a pair that was active in the 90 days before it")
    truths = [happened(past, f.pairs, f.origin, f.origin + horizon - 1, level) for f in frames]
    total = sum(len(f.pairs) for f in frames)
    base = np.sum([t.sum(0) for t in truths], 0) / total
    chosen = _chosen(frames, truths, rows)
    raw, classes, y, w, cluster = chosen
    mean = np.average(raw, axis=0, weights=w)
    scale = np.sqrt(np.average((raw - mean) ** 2, axis=0, weights=w)) + _TINY
    scale[scale < 1e-6] = np.inf  # a feature that never varies says nothing
    x = np.concatenate([np.eye(truths[0].shape[1])[classes], (raw - mean) / scale], 1)
    penalty = np.full(x.shape[1], ridge)
    penalty[: truths[0].shape[1]] = 0.05
    beta, inverse = newton(x, y, w, penalty)
    covariance = _robust(x, y, w, beta, inverse, cluster)
    k = truths[0].shape[1]
    return Model(
        level=level, horizon=horizon, names=frames[0].names, families=frames[0].families, mean=mean, scale=scale,
        intercepts=beta[:k], weights=beta[k:], covariance=covariance, base=np.clip(base, 1 / (total + 2), 1),
        windows=len(frames), until=int(past.known[-1]),
    )  # fmt: skip


def _chosen(frames: list[Frame], truths: list[NDArray[np.bool_]], rows: int) -> tuple[Floats, Any, Floats, Floats, Any]:
    """Rows of every act and of a seeded sample of the windows without one: features, class, truth, weight, origin."""
    rng = np.random.default_rng(0)
    hits = sum(int(t.sum()) for t in truths)
    misses = sum(t.size for t in truths) - hits
    share = min(1.0, max(1, rows - hits) / max(1, misses))
    parts: list[tuple[Any, ...]] = []
    for number, (frame, truth) in enumerate(zip(frames, truths, strict=True)):
        kept = truth | (rng.random(truth.shape) < share)
        weight = np.where(truth[kept], 1.0, 1 / share)
        parts.append(
            (frame.values[kept], np.nonzero(kept)[1], truth[kept].astype(float), weight, np.full(kept.sum(), number))
        )
    x, classes, y, w, cluster = (np.concatenate(column) for column in zip(*parts, strict=True))
    return x, classes, y, w, cluster


def newton(x: Floats, y: Floats, w: Floats, penalty: Floats, offset: Floats | None = None) -> tuple[Floats, Floats]:
    """Weighted logistic regression with a ridge; the coefficients and the inverse of the penalised information."""
    beta = np.zeros(x.shape[1])
    shift = np.zeros(len(y)) if offset is None else offset
    for _ in range(_STEPS):
        p = sigmoid(_scores(x, beta) + shift)
        info = _products(x * np.sqrt(w * p * (1 - p))[:, None]) + np.diag(penalty)
        step = np.linalg.solve(info, (w * (y - p)) @ x - penalty * beta)
        beta = beta + step
        if np.abs(step).max() < 1e-7:
            break
    return beta, np.linalg.inv(info)


def _scores(x: Floats, beta: Floats) -> Floats:
    """X beta, in blocks for the same reason as `_products`."""
    return np.concatenate([x[i : i + _BLOCK * 8] @ beta for i in range(0, len(x), _BLOCK * 8)])


def _products(z: Floats) -> Floats:
    """Z'z in small blocks, which no linear algebra library spreads over threads: on a busy machine that costs more."""
    whole = len(z) // _BLOCK * _BLOCK
    blocks = z[:whole].reshape(-1, _BLOCK, z.shape[1])
    return np.asarray(np.matmul(blocks.transpose(0, 2, 1), blocks).sum(0) + z[whole:].T @ z[whole:])


def _robust(x: Floats, y: Floats, w: Floats, beta: Floats, inverse: Floats, cluster: Any) -> Floats:
    """The sandwich over origins: pairs of one week rise and fall together, so that they count as one observation."""
    residual = w * (y - sigmoid(x @ beta))
    starts = np.flatnonzero(np.diff(cluster, prepend=-1))  # rows of one origin stand together
    scores = np.add.reduceat(x * residual[:, None], starts)
    return np.asarray(inverse @ (scores.T @ scores) @ inverse + inverse)


def sigmoid(log_odds: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40, 40))))


def logit(p: Floats) -> Floats:
    """Log-odds of probabilities."""
    kept = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept) - np.log1p(-kept))
