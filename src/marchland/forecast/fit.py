"""Additive odds: the log-odds of an act are a sum of readable parts, one weight each, fitted to resolved windows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.features import Frame, Only, active, features
from marchland.forecast.history import Floats, History, Ints, happened
from marchland.forecast.logistic import Shared, quads_of

RIDGE: Final = 30.0  # in units of one observation for a standardised feature: pull of what all classes share
_APART: Final = 300.0  # the same for what one quad class has of its own: ten times as strong
_MORNING: Final = (
    1e4  # the same for volume, which all pairs of one morning share: few mornings are seen, though many pairs
)
ROWS: Final = 250_000  # rows looked at in a fit; of the windows without an act a seeded sample is taken, weighted up
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
    weights: Floats  # by quad class and feature
    covariance: Floats  # by quad class: of intercepts, then its weights; robust to what one origin's windows share
    base: Floats  # by class: how often it happened among active pairs in the windows that were fitted
    windows: int  # origins that were fitted
    until: int  # the last day that was seen

    def parts(self, frame: Frame) -> Floats:
        """What each feature adds to the log-odds: pairs x classes x features."""
        if frame.names != self.names:
            raise ValueError(f"features {frame.names} are not those of the fit, {self.names}")
        quads = quads_of(frame.values.shape[1])
        parts: Floats = (frame.values - self.mean) / self.scale * self.weights[quads]
        return parts

    def log_odds(self, frame: Frame) -> Floats:
        """Intercept and parts together: pairs x classes."""
        return np.asarray(self.intercepts + self.parts(frame).sum(-1))

    def spread(self, frame: Frame) -> Floats:
        """Standard error of the log-odds: pairs x classes."""
        pairs, classes, _ = frame.values.shape
        even = (frame.values - self.mean) / self.scale
        out = np.empty((pairs, classes))
        for k, quad in enumerate(quads_of(classes)):
            rows = np.concatenate([np.broadcast_to(np.eye(classes)[k], (pairs, classes)), even[:, k]], -1)
            out[:, k] = np.einsum("pf,fg,pg->p", rows, self.covariance[quad], rows, optimize=True)
        return np.asarray(np.sqrt(np.maximum(out, 0)))


def origins(first: int, last: int, horizon: int, step: int, warm: int) -> list[int]:
    """Days on which forecasts could have been made and are resolved by `last`, from `warm` days after the first act."""
    return list(range(last + 1 - horizon, first + warm - 1, -step))[::-1]


def fit(
    past: History, days: list[int], level: str, horizon: int, *, rows: int = ROWS, only: Only | None = None
) -> Model:
    """Fit weights to the windows that begin on `days`; each must be over, and its acts known, in `past`.

    Args:
        only: Pairs that are fitted; others count as evidence alone.

    Raises:
        ValueError: no window has an active pair.
    """
    windows = [(d, p) for d in days if len(p := active(past.before(d), d, only))]
    if not windows:
        raise ValueError("no window has a pair that was active in the 90 days before it")
    truths = [happened(past, p, d, d + horizon - 1, level) for d, p in windows]
    total = sum(len(p) for _, p in windows)
    base = np.sum([t.sum(0) for t in truths], 0) / total
    chosen = _chosen(truths, rows)
    frames = (features(past, day, level, only=only) for day, _ in windows)
    told = [(f.names, f.families, f.values[k]) for f, k in zip(frames, chosen.kept, strict=True)]
    names, families = told[0][:2]
    raw = np.concatenate([values for _, _, values in told])
    y, w, classes, cluster = chosen.y, chosen.w, chosen.classes, chosen.cluster
    mean = np.average(raw, axis=0, weights=w)
    scale = np.sqrt(np.average((raw - mean) ** 2, axis=0, weights=w)) + _TINY
    scale[scale < 1e-6] = np.inf  # a feature that never varies says nothing
    shared = np.array([f == "volume" for f in families])
    sums = Shared(
        x=(raw - mean) / scale, classes=classes, y=y, w=w, size=len(base), ridge=np.where(shared, _MORNING, RIDGE),
        apart=np.where(shared, _MORNING, _APART),
    )  # fmt: skip
    beta, inverse = sums.newton()
    covariance = sums.robust(beta, inverse, cluster)
    return Model(
        level=level, horizon=horizon, names=names, families=families, mean=mean, scale=scale,
        intercepts=beta[: len(base)], weights=np.stack([sums.of(q, beta)[len(base) :] for q in sums.groups]),
        covariance=covariance, base=np.clip(base, 1 / (total + 2), 1), windows=len(windows), until=int(past.known[-1]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """Rows of a fit: every act, and a seeded sample of the windows without one."""

    kept: list[NDArray[np.bool_]]  # by window: pairs x classes
    y: Floats
    w: Floats
    classes: Ints
    cluster: Ints  # the window


def _chosen(truths: list[NDArray[np.bool_]], rows: int) -> _Chosen:
    rng = np.random.default_rng(0)
    hits = sum(int(t.sum()) for t in truths)
    misses = sum(t.size for t in truths) - hits
    share = min(1.0, max(1, rows - hits) / max(1, misses))
    kept = [t | (rng.random(t.shape) < share) for t in truths]
    y = np.concatenate([t[k] for t, k in zip(truths, kept, strict=True)]).astype(float)
    return _Chosen(
        kept=kept,
        y=y,
        w=np.where(y > 0, 1.0, 1 / share),
        classes=np.concatenate([np.nonzero(k)[1] for k in kept]),
        cluster=np.concatenate([np.full(int(k.sum()), i) for i, k in enumerate(kept)]),
    )
