"""Logistic regression with a ridge, by Newton's method: plain, and with weights that classes share in part."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.forecast.history import QUAD_OF_TYPE, QUADS, Floats, Ints

_BLOCK: Final = 128
_STEPS: Final = 15
_NEAR: Final = 1e-6  # a step smaller than this is the last
_FREE: Final = 0.05  # ridge of intercepts


def quads_of(classes: int) -> Ints:
    """The quad class that each class of a level belongs to, by how many classes the level has."""
    return np.arange(len(QUADS)) if classes == len(QUADS) else QUAD_OF_TYPE[:classes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A regression in which a quad class's weights are those of all classes plus some of its own.

    Coefficients stand in one row: intercepts by class, weights that all share, then what each quad class adds to them. Each row of
    features belongs to one quad class, so that the information is made of one small block for each.
    """

    x: Floats  # rows x features, standardised
    classes: Ints
    y: Floats
    w: Floats
    size: int  # classes
    ridge: Floats  # by feature, of the weights that are shared
    apart: Floats  # by feature, of what a quad class has of its own

    @property
    def groups(self) -> range:
        """Quad classes."""
        return range(len(QUADS))

    def of(self, quad: int, beta: Floats) -> Floats:
        """Intercepts and weights of one quad class."""
        return np.asarray(self._sums(quad) @ beta)

    def newton(self) -> tuple[Floats, Floats]:
        """The coefficients, and the inverse of the penalised information."""
        penalty = np.concatenate([np.full(self.size, _FREE), self.ridge, np.tile(self.apart, len(self.groups))])
        beta = np.zeros(len(penalty))
        rows = [(q, at, self._with_class(at)) for q, at in enumerate(self._rows())]
        for _ in range(_STEPS):
            info, slope = np.diag(penalty), -penalty * beta
            for quad, at, x in rows:
                to = self._sums(quad)
                p = sigmoid(_scores(x, to @ beta))
                info += to.T @ _products(x * np.sqrt(self.w[at] * p * (1 - p))[:, None]) @ to
                slope += to.T @ ((self.w[at] * (self.y[at] - p)) @ x)
            step = np.linalg.solve(info, slope)
            beta = beta + step
            if np.abs(step).max() < _NEAR:
                break
        return beta, np.linalg.inv(info)

    def robust(self, beta: Floats, inverse: Floats, cluster: Ints) -> Floats:
        """Covariance of each quad class's intercepts and weights, by the sandwich over origins.

        Pairs of one week rise and fall together, so that they count as one observation. Rows of one origin stand together.
        """
        scores = np.zeros((int(cluster[-1]) + 1, len(beta)))
        for quad, at in enumerate(self._rows()):
            if not len(at):
                continue
            x, to = self._with_class(at), self._sums(quad)
            residual = self.w[at] * (self.y[at] - sigmoid(_scores(x, to @ beta)))
            starts = np.flatnonzero(np.diff(cluster[at], prepend=-1))
            scores[cluster[at][starts]] += np.add.reduceat(x * residual[:, None], starts) @ to
        whole = inverse @ (scores.T @ scores) @ inverse + inverse
        return np.stack([self._sums(q) @ whole @ self._sums(q).T for q in self.groups])

    def _rows(self) -> list[Ints]:
        """By quad class, in their order."""
        quad = quads_of(self.size)[self.classes]
        return [np.flatnonzero(quad == q) for q in self.groups]

    def _with_class(self, at: Ints) -> Floats:
        return np.concatenate([np.eye(self.size)[self.classes[at]], self.x[at]], 1)

    def _sums(self, quad: int) -> Floats:
        """Which coefficients are added up to an intercept or weight of this quad class."""
        features = self.x.shape[1]
        own = self.size + features * (1 + quad)
        out = np.zeros((self.size + features, self.size + features * (1 + len(self.groups))))
        out[: self.size, : self.size] = np.eye(self.size)
        out[self.size :, self.size : self.size + features] = np.eye(features)
        out[self.size :, own : own + features] = np.eye(features)
        return out


def newton(x: Floats, y: Floats, w: Floats, penalty: Floats, offset: Floats | None = None) -> tuple[Floats, Floats]:
    """Weighted logistic regression with a ridge; the coefficients and the inverse of the penalised information."""
    beta = np.zeros(x.shape[1])
    shift = np.zeros(len(y)) if offset is None else offset
    for _ in range(_STEPS):
        p = sigmoid(_scores(x, beta) + shift)
        info = _products(x * np.sqrt(w * p * (1 - p))[:, None]) + np.diag(penalty)
        step = np.linalg.solve(info, (w * (y - p)) @ x - penalty * beta)
        beta = beta + step
        if np.abs(step).max() < _NEAR:
            break
    return beta, np.linalg.inv(info)


def _scores(x: Floats, beta: Floats) -> Floats:
    """X beta, in blocks for the same reason as `_products`."""
    if not len(x):
        return np.empty(0)
    return np.concatenate([x[i : i + _BLOCK * 8] @ beta for i in range(0, len(x), _BLOCK * 8)])


def _products(z: Floats) -> Floats:
    """Z'z in small blocks, which no linear algebra library spreads over threads: on a busy machine that costs more."""
    whole = len(z) // _BLOCK * _BLOCK
    blocks = z[:whole].reshape(-1, _BLOCK, z.shape[1])
    return np.asarray(np.matmul(blocks.transpose(0, 2, 1), blocks).sum(0) + z[whole:].T @ z[whole:])


def sigmoid(log_odds: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40, 40))))


def logit(p: Floats) -> Floats:
    """Log-odds of probabilities."""
    kept = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept) - np.log1p(-kept))
