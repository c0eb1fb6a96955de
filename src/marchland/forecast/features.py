"""What is seen of a pair of parties on the day a forecast is made: readable counts, faded with age."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.history import Floats, History, Ints, class_of, width

ACTIVE: Final = 90  # days: a pair without an act in them, in this direction, gets no odds of its own
_SINCE: Final = 400  # days: what lies further back is as if it had never been
_MEMORY: Final = 1100  # days: older acts weigh less than a twelfth at the longest half-life, and are left out
_FLOOR: Final = 0.05  # acts: keeps the logarithm of a fading count finite
PART_OF_TIME: Final = 0.002  # acts a day: the same for a rate

FAMILIES: Final = ("own", "pair", "back", "group", "side", "volume")  # what a reason speaks of
_LIVES: Final = (3, 10, 30, 100, 300)  # half-lives, in days, of a pair's own acts
_SHORT_AND_LONG: Final = (10, 100)  # of everyone else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Features of every active pair and class: `values[pair, class, feature]`."""

    origin: int
    pairs: Ints  # sorted
    names: tuple[str, ...]
    families: tuple[str, ...]  # of each feature
    values: NDArray[np.float64]


def active(past: History, origin: int, only: Callable[[Ints, Ints], NDArray[np.bool_]] | None = None) -> Ints:
    """Ordered pairs with an act in the last 90 days; `only` chooses among them by their parties."""
    recent = past.pairs()[(past.day >= origin - ACTIVE) & (past.day < origin)]
    found = np.unique(recent)
    if only is not None and len(found):
        found = found[only(found // len(past.actors), found % len(past.actors))]
    return found


def features(whole: History, origin: int, level: str, pairs: Ints | None = None) -> Frame:
    """Features on the morning of `origin`; nothing known on that day or later is looked at."""
    past = whole.before(origin).since(origin - _MEMORY)
    found = active(past, origin) if pairs is None else pairs
    if not len(found):
        return Frame(origin=origin, pairs=found, names=(), families=(), values=np.empty((0, width(level), 0)))
    reported = _reported(past, origin)
    grouped = len(np.unique(past.group)) < len(past.actors)
    if (
        pairs is not None and not grouped
    ):  # a few pairs are asked for: acts that touch none of their parties add nothing
        touched = np.zeros(len(past.actors), bool)
        touched[pairs // len(past.actors)] = touched[pairs % len(past.actors)] = True
        past = past.part(touched[past.a] | touched[past.b])
    build = _Builder(past, origin, level, found)
    build.own()
    build.back()
    if grouped:
        build.groups()
    build.sides()
    build.recency()
    build.volume(reported)
    shape = (len(found), width(level))
    values = np.stack([np.broadcast_to(c, shape) for c in build.columns], -1)
    return Frame(origin=origin, pairs=found, names=tuple(build.names), families=tuple(build.families), values=values)


class _Builder:
    """Sums acts by party and class, one fading at a time, and keeps the columns."""

    def __init__(self, past: History, origin: int, level: str, pairs: Ints) -> None:
        self.past, self.origin, self.pairs = past, origin, pairs
        self.size = width(level)
        self.age = origin - past.day
        self.kind = class_of(past.kind, level)
        self.keys = past.pairs()
        self.a, self.b = pairs // len(past.actors), pairs % len(past.actors)
        self.names: list[str] = []
        self.families: list[str] = []
        self.columns: list[Floats] = []
        self._fades: dict[int, Floats] = {}

    def add(self, name: str, family: str, column: Floats) -> None:
        self.names.append(name)
        self.families.append(family)
        self.columns.append(column)

    def fade(self, life: int) -> Floats:
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
        for life, found in self.between(self.keys, self.pairs, _LIVES):
            self.add(f"own.{life}", "own", np.log(found[:, : self.size] + _FLOOR))
            if life in (10, 100):
                self.add(f"pair.{life}", "pair", np.log1p(found.sum(1, keepdims=True)))
            if life in (30, 100):
                self.add(f"rate.{life}", "own", np.log(found[:, : self.size] / life + PART_OF_TIME))

    def back(self) -> None:
        reverse = self.b * len(self.past.actors) + self.a
        for life, found in self.between(self.keys, reverse, _SHORT_AND_LONG):
            self.add(f"back.{life}", "back", np.log1p(found[:, : self.size]))
            self.add(f"back.all.{life}", "back", np.log1p(found.sum(1, keepdims=True)))

    def groups(self) -> None:
        group = self.past.group
        top = int(group.max()) + 1
        keys = group[self.past.a] * top + group[self.past.b]
        for life, found in self.between(keys, group[self.a] * top + group[self.b], _SHORT_AND_LONG):
            self.add(f"group.{life}", "group", np.log1p(found[:, : self.size]))
            self.add(f"group.all.{life}", "group", np.log1p(found.sum(1, keepdims=True)))

    def sides(self) -> None:
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
        at, mask, back = self.placed(self.keys, self.pairs)
        last = np.full((int(back.max()) + 1, self.size + 1), self.origin - _SINCE)
        np.maximum.at(last, (at[mask], self.kind[mask]), self.past.day[mask])
        since = np.minimum(self.origin - last[back], _SINCE)
        self.add("since", "own", np.log1p(since[:, : self.size]))
        self.add("since.any", "pair", np.log1p(since.min(1, keepdims=True)))

    def volume(self, reported: list[float]) -> None:
        """All acts of the last 7 and 30 days beside those of the last 90: how much is being reported at all."""
        for days, rate in zip((7, 30), reported, strict=False):
            value = np.log((rate + 1e-3) / (reported[2] + 1e-3))
            self.add(f"volume.{days}", "volume", np.full((1, 1), value))


def _reported(past: History, origin: int) -> list[float]:
    """Acts a day in the last 7, 30 and 90 days, of everybody."""
    return [float(past.n[past.day >= origin - d].sum()) / d for d in (7, 30, 90)]
