"""F of every draw, carried from day to day: acts that share their luck fade together, and so do acts with one half-life."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from marchland.influence.draws import Draws
from marchland.influence.weighed import Weighed, ordinals

Array = NDArray[np.float64]


class Carried:
    """Flow on days that run forward; cells are columns x domains."""

    def __init__(self, acts: Weighed, draws: Draws, days: Sequence[date], columns: int) -> None:
        """Sort the entries by the day that first sees them, faded to it."""
        self._on = ordinals(days)
        self._at = 0  # days that were read
        self._factors = draws.acts
        wide = acts.parts.shape[1]
        self._cells = columns * wide

        # Of each entry: what is left of it on the day that first sees it, where that goes, and how it fades from then on.
        first = np.searchsorted(self._on, acts.enters)
        self._bounds = np.searchsorted(first[acts.act], np.arange(len(days) + 1))  # of the entries of each day
        seen = acts.act < np.searchsorted(first, len(days))
        act = acts.act[seen]
        kept = 0.5 ** ((self._on[first[act]] - acts.at[act]) / acts.half[act])
        self._parts = acts.parts[seen] * kept[:, None]
        self._cell = acts.power[seen, None] * wide + np.arange(wide)
        self._luck = acts.luck[act]
        self._signed = self._parts * (acts.sign[act] * self._factors[self._luck, 0])[:, None]
        self._halves, self._half = np.unique(acts.half[act], return_inverse=True)
        many = np.bincount(acts.luck, minlength=len(acts.lucks)) > 1
        self._alone = ~many[self._luck]
        self._row = np.cumsum(many)[self._luck] - 1  # among the lucks of several acts

        # What is carried: by luck and undrawn, by half-life and drawn, and by half-life with its sign.
        half_of = np.ones(len(acts.lucks))
        half_of[acts.luck] = acts.half
        self._fade = half_of[many]
        self._shared = self._factors[many]
        self._together = np.zeros((len(self._shared), self._cells))
        alone = set(self._half[self._alone].tolist())
        self._state = {h: np.zeros((self._cells, self._factors.shape[1])) for h in alone}
        self._tone = np.zeros((len(self._halves), self._cells))

    def next(self, count: int) -> tuple[Array, Array]:
        """F (days x cells x draws) of the next days, and the signed sums of the reading (days x cells)."""
        flow = np.empty((count, self._cells, self._factors.shape[1]))
        signed = np.empty((count, self._cells))
        for i in range(count):
            self._step()
            np.matmul(self._together.T, self._shared, out=flow[i])  # one by one: stacks of transposed ones are slow
            signed[i] = self._tone.sum(0)
            for state in self._state.values():
                flow[i] += state
        return flow, signed

    def _step(self) -> None:
        since = self._on[self._at] - self._on[self._at - 1] if self._at else 0.0
        new = slice(*self._bounds[self._at : self._at + 2].tolist())
        self._at += 1
        self._together *= (0.5 ** (since / self._fade))[:, None]
        self._tone *= (0.5 ** (since / self._halves))[:, None]
        for h in self._state:
            self._state[h] *= 0.5 ** (since / self._halves[h])
        alone = self._alone[new]
        _add(self._tone, self._half[new], self._cell[new], self._signed[new])
        _add(self._together, self._row[new][~alone], self._cell[new][~alone], self._parts[new][~alone])
        for h in set(self._half[new][alone].tolist()):
            mine = alone & (self._half[new] == h)
            own = np.zeros((int(mine.sum()), self._cells))
            np.put_along_axis(own, self._cell[new][mine], self._parts[new][mine], axis=1)
            self._state[h] += own.T @ self._factors[self._luck[new][mine]]


def _add(to: Array, row: NDArray[np.int64], cell: NDArray[np.int64], parts: Array) -> None:
    """Add each entry's parts to the cells of its row."""
    np.add.at(to.reshape(-1), (row[:, None] * to.shape[1] + cell).ravel(), parts.ravel())
