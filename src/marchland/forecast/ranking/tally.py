"""Running counts of facts under a key, with half-lives, as of a day: the dated counts every feature is made of."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Ints

NEVER: Final = -10_000  # the last day of a key that was not seen
_DENSE: Final = 40_000_000  # up to this many possible keys a table of places is faster than a search


@dataclass(slots=True)
class Tally:
    """Counts of facts by key: `value[h]` halves every `half_lives[h]` days, or never where that is None.

    All keys that ever occur have their place from the start, which tells nothing of the future: their counts are zero until
    `add` is told of a fact.
    """

    keys: Ints  # distinct, sorted
    place_of_fact: Ints  # for each fact its place in `keys`
    half_lives: tuple[float | None, ...]
    value: NDArray[np.float64] = field(init=False)  # [half-life, key]
    last: Ints = field(init=False)  # the day a key was seen last
    day: int = field(init=False, default=0)  # the counts are those of the morning of this day
    _slot: NDArray[np.int32] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.value = np.zeros((len(self.half_lives), len(self.keys) + 1))  # one more, for keys that never occur
        self.last = np.full(len(self.keys) + 1, NEVER, np.int64)

    def index(self, size: int) -> None:
        """Make looking up keys of 0..size-1 direct, where a table of that size is small enough."""
        if size <= _DENSE:
            self._slot = np.full(size, len(self.keys), np.int32)
            self._slot[self.keys] = np.arange(len(self.keys), dtype=np.int32)

    def find(self, wanted: Ints) -> Ints:
        """The place of each key; one past the end for a key that never occurs, whose counts are zero."""
        if self._slot is not None:
            return self._slot[wanted].astype(np.int64)
        if not len(self.keys):
            return np.zeros(len(wanted), np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, at, len(self.keys))

    def age_to(self, day: int) -> None:
        """Let counts fade until the morning of `day`."""
        for h, half in enumerate(self.half_lives):
            if half is not None and day > self.day:
                self.value[h] *= 0.5 ** ((day - self.day) / half)
        self.day = max(self.day, day)

    def add(self, facts: slice, day: int) -> None:
        """Count the facts of `day`, which is the day the counts are of."""
        places = self.place_of_fact[facts]
        self.value += np.bincount(places, minlength=len(self.keys) + 1)
        self.last[places] = day


def tally(key_of_fact: Ints, size: int, half_lives: tuple[float | None, ...]) -> Tally:
    """An empty tally over the keys of all facts, each in 0..size-1."""
    keys, place = np.unique(key_of_fact, return_inverse=True)
    made = Tally(keys=keys, place_of_fact=place.reshape(-1), half_lives=half_lives)
    made.index(size)
    return made
