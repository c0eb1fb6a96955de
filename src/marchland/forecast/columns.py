"""Sums of acts by pair, party and class, faded with age: the columns that features are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.history import Floats, History, Ints, class_of, width

_SINCE: Final = 400  # days: what lies further back is as if it had never been
_FLOOR: Final = 0.05  # acts: keeps the logarithm of a fading count finite
PART_OF_TIME: Final = 0.002  # acts a day: the same for a rate
_LIVES: Final = (3, 10, 30, 100, 300)  # half-lives, in days, of a pair's own acts
_SHORT_AND_LONG: Final = (10, 100)  # of everyone else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much is known at all on one morning."""

    rates: tuple[float, float, float]  # acts a day in the last 7, 30 and 90 days, of everybody
    span: int  # days since the first act


class Columns:
    """Sums acts by party and class, one fading at a time, and keeps the columns."""

    def __init__(self, past: History, origin: int, level: str, pairs: Ints) -> None:
        self.past, self.origin, self.pairs = past, origin, pairs
        self.size = width(level)
        self.age = origin - past.day
        self.kind = class_of(past.kind, level)
        self.keys = past.pairs()
        self.a, self.b = pairs // len(past.actors), pairs % len(past.actors)
        at, mask, _ = self.placed(self.keys, pairs)
        self.own_rows, self.own_at = np.flatnonzero(mask), at[mask]  # acts of the pairs themselves, and of which pair
        self.names: list[str] = []
        self.families: list[str] = []
        self.columns: list[Floats] = []
        self._fades: dict[int, Floats] = {}

    def add(self, name: str, family: str, column: Floats) -> None:
        """Keep one column."""
        self.names.append(name)
        self.families.append(family)
        self.columns.append(column)

    def fade(self, life: int) -> Floats:
        """What each act still weighs at a half-life."""
        if life not in self._fades:
            by_age = 0.5 ** (np.arange(int(self.age.max(initial=0)) + 1) / life)
            self._fades[life] = self.past.n * by_age[self.age]
        return self._fades[life]

    def table(self, row: Ints, rows: int, life: int) -> Floats:
        """Fading counts, `rows` x classes and one column for acts of no class."""
        flat = np.bincount(row * (self.size + 1) + self.kind, self.fade(life), rows * (self.size + 1))
        return flat.reshape(rows, self.size + 1)

    def placed(self, keys: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_], Ints]:
        """Rows of the past whose key is wanted: their place among the distinct wanted keys, and where each wanted one is."""
        distinct, back = np.unique(wanted, return_inverse=True)
        at = np.minimum(np.searchsorted(distinct, keys), max(0, len(distinct) - 1))
        return at, distinct[at] == keys, back

    def between(self, keys: Ints, wanted: Ints, lives: tuple[int, ...]) -> Iterator[tuple[int, Floats]]:
        """Fading counts of the acts whose key is wanted, for each half-life; most acts are of other keys, and skipped."""
        at, mask, back = self.placed(keys, wanted)
        rows = np.flatnonzero(mask)
        cell, size = at[rows] * (self.size + 1) + self.kind[rows], int(back.max()) + 1
        for life in lives:
            flat = np.bincount(cell, self.fade(life)[rows], size * (self.size + 1))
            yield life, flat.reshape(size, self.size + 1)[back]

    def own(self) -> None:
        """Acts of the class, and of any, in the pair's own direction."""
        for life, found in self.between(self.keys, self.pairs, _LIVES):
            self.add(f"own.{life}", "own", np.log(found[:, : self.size] + _FLOOR))
            if life in (10, 100):
                self.add(f"pair.{life}", "pair", np.log1p(found.sum(1, keepdims=True)))
            if life in (30, 100):
                self.add(f"rate.{life}", "own", np.log(found[:, : self.size] / life + PART_OF_TIME))

    def back(self) -> None:
        """Acts the other way."""
        reverse = self.b * len(self.past.actors) + self.a
        for life, found in self.between(self.keys, reverse, _SHORT_AND_LONG):
            self.add(f"back.{life}", "back", np.log1p(found[:, : self.size]))
            self.add(f"back.all.{life}", "back", np.log1p(found.sum(1, keepdims=True)))

    def groups(self) -> None:
        """Acts between the countries that the parties belong to."""
        group = self.past.group
        top = int(group.max()) + 1
        keys = group[self.past.a] * top + group[self.past.b]
        for life, found in self.between(keys, group[self.a] * top + group[self.b], _SHORT_AND_LONG):
            self.add(f"group.{life}", "group", np.log1p(found[:, : self.size]))
            self.add(f"group.all.{life}", "group", np.log1p(found.sum(1, keepdims=True)))

    def sides(self) -> None:
        """What each side does to anyone, and anyone to it."""
        rows = len(self.past.actors)
        for life in _SHORT_AND_LONG:
            sent, got = self.table(self.past.a, rows, life), self.table(self.past.b, rows, life)
            for name, found in (
                ("out_a", sent[self.a]), ("in_a", got[self.a]), ("out_b", sent[self.b]), ("in_b", got[self.b]),
            ):  # fmt: skip
                self.add(f"{name}.{life}", "side", np.log1p(found[:, : self.size]))
                if life == 100:
                    self.add(f"{name}.all", "side", np.log1p(found.sum(1, keepdims=True)))

    def recency(self) -> None:
        """How long ago the last act was."""
        at, mask, back = self.placed(self.keys, self.pairs)
        last = np.full((int(back.max()) + 1, self.size + 1), self.origin - _SINCE)
        np.maximum.at(last, (at[mask], self.kind[mask]), self.past.day[mask])
        since = np.minimum(self.origin - last[back], _SINCE)
        self.add("since", "own", np.log1p(since[:, : self.size]))
        self.add("since.any", "pair", np.log1p(since.min(1, keepdims=True)))

    def volume(self, rates: tuple[float, ...]) -> None:
        """All acts of the last 7 and 30 days beside those of the last 90: how much is being reported at all."""
        for days, rate in zip((7, 30), rates, strict=False):
            value = np.log((rate + 1e-3) / (rates[2] + 1e-3))
            self.add(f"volume.{days}", "volume", np.full((1, 1), value))


def coverage(past: History, origin: int) -> Coverage:
    """Of everything that was known on the morning of `origin`."""
    seven, thirty, ninety = (float(past.n[past.day >= origin - d].sum()) / d for d in (7, 30, 90))
    return Coverage(rates=(seven, thirty, ninety), span=origin - int(past.day.min(initial=origin - 1)))
