"""Cells of a page of tab-separated rows, found in its bytes at once: where they lie, and what short ones hold as numbers."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.quick import BAD

_TAB, _BREAK, _ZERO = 9, 10, 48
_SHORT: Final = 8  # bytes of a cell that are compared as one number
_DIGITS: Final = 12  # of an id; a longer one is read one by one
_TENS: Final = 10 ** np.arange(_DIGITS, dtype=np.int64)
_MASKS: Final = np.array([(1 << 8 * n) - 1 for n in range(_SHORT + 1)], "<u8")


class Cells:
    """The rows of a page that have the right number of cells."""

    def __init__(self, raw: bytes, width: int) -> None:
        """Find them.

        Args:
            raw: Rows in UTF-8 with a line break between them and none inside.
            width: Cells of a row; rows with more or fewer are left out.
        """
        self._raw = raw
        self._bytes = np.frombuffer(raw + bytes(_SHORT), np.uint8)
        self._words = np.ndarray(len(raw) + 1, "<u8", self._bytes.data, strides=(1,))  # eight bytes from each place on
        marks = self._bytes[: len(raw)]
        breaks = np.flatnonzero(marks == _BREAK)
        first, last = np.concatenate([[0], breaks + 1]), np.append(breaks, len(raw))
        self._tabs = np.flatnonzero(marks == _TAB)
        before = np.searchsorted(self._tabs, first)
        self._width = width
        self.rows = np.flatnonzero(np.diff(before, append=len(self._tabs)) == width - 1)  # their places in the page
        self._first, self._last, self._before = first[self.rows], last[self.rows], before[self.rows]

    def _bounds(self, cell: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where a cell of every row begins and ends."""
        start = self._tabs[self._before + (cell - 1)] + 1 if cell else self._first
        return start, self._tabs[self._before + cell] if cell < self._width - 1 else self._last

    def text(self, row: int, cell: int) -> str:
        """One cell."""
        before = self._before[row] + cell
        start = self._tabs[before - 1] + 1 if cell else self._first[row]
        end = self._tabs[before] if cell < self._width - 1 else self._last[row]
        return self._raw[start:end].decode("utf-8", "surrogatepass")

    def short(self, cell: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """A cell of every row as a number, its bytes from the lowest up; 0 where it is too long, and which rows these are."""
        start, end = self._bounds(cell)
        size = end - start
        return self._words[start] & _MASKS[np.where(size > _SHORT, 0, size)], np.flatnonzero(size > _SHORT)

    def ids(self, cell: int) -> NDArray[np.int64]:
        """A cell of every row as a whole number of at most twelve digits; what is none is BAD."""
        start, end = self._bounds(cell)
        size, place = end - start, np.arange(_DIGITS)
        digits = self._bytes[np.maximum(end[:, None] - 1 - place, 0)].astype(np.int64) - _ZERO
        inside = place < size[:, None]
        fine = (size > 0) & (size <= _DIGITS) & (~inside | ((digits >= 0) & (digits <= 9))).all(1)
        return np.where(fine, np.where(inside, digits, 0) @ _TENS, BAD)


class Meanings:
    """What the values of a column mean, each worked out when it is met first."""

    def __init__(self, learn: Mapping[str, Any], dtype: type) -> None:
        self._learn, self._dtype = learn, dtype
        self._keys = np.empty(0, np.uint64)
        self._values: NDArray[Any] = np.empty(0, dtype)

    def all(self, cells: Cells, cell: int) -> NDArray[Any]:
        """What each row's cell means."""
        keys, long = cells.short(cell)
        at = self._at(keys)
        fresh = np.unique(keys[self._keys[at] != keys]) if len(self._keys) else np.unique(keys)
        if len(fresh):
            self._add(fresh)
            at = self._at(keys)
        out = self._values[at]
        for row in long.tolist():
            out[row] = self._learn[cells.text(row, cell)]
        return out

    def _at(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        return np.minimum(np.searchsorted(self._keys, keys), max(0, len(self._keys) - 1))

    def _add(self, fresh: NDArray[np.uint64]) -> None:
        texts = [k.to_bytes(_SHORT, "little").rstrip(b"\0").decode("utf-8", "surrogatepass") for k in fresh.tolist()]
        values: NDArray[Any] = np.array([self._learn[text] for text in texts], self._dtype)
        keys = np.concatenate([self._keys, fresh])
        order = np.argsort(keys)
        self._keys, self._values = keys[order], np.concatenate([self._values, values])[order]
