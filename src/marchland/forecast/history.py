"""The past as columns: who acted towards whom, on which day, in which way, and since when that is known."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.model.ontology import QUAD_OF, EventType, QuadClass

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TYPES: Final = tuple(EventType)
QUADS: Final = tuple(QuadClass)
OTHER: Final = len(TYPES)  # an act without an event type, as CAMEO's plain statements: contact, but no class
QUAD_OF_TYPE: Final = np.array([QUADS.index(QUAD_OF[t]) for t in TYPES] + [len(QUADS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Acts in the order in which they became known; one row for each acting party, other party, day and type.

    A joint act stands in both directions. Days are proleptic Gregorian ordinals.
    """

    actors: tuple[str, ...]
    group: Ints  # by actor: the country it belongs to, as any number that its members share; itself where it has none
    a: Ints  # acting party, an index into `actors`
    b: Ints  # the other party
    day: Ints  # of the act
    known: Ints  # of the first report, never before `day`
    kind: Ints  # index into TYPES, or OTHER
    n: Floats  # acts

    def __len__(self) -> int:
        return len(self.a)

    @property
    def last(self) -> int | None:
        """The last day that anything is known of; None = nothing is."""
        return int(self.known[-1]) if len(self) else None

    @property
    def first(self) -> int | None:
        """The day of the earliest act."""
        return int(self.day.min()) if len(self) else None

    def before(self, origin: int) -> "History":
        """What was known when the day `origin` began: the only part of a history that features may see."""
        return self.part(slice(0, int(np.searchsorted(self.known, origin))))

    def since(self, day: int) -> "History":
        """What became known on that day or later."""
        return self.part(slice(int(np.searchsorted(self.known, day)), None))

    def part(self, rows: slice | NDArray[np.bool_]) -> "History":
        """Some of the rows, in their order."""
        return History(
            actors=self.actors, group=self.group, a=self.a[rows], b=self.b[rows], day=self.day[rows],
            known=self.known[rows], kind=self.kind[rows], n=self.n[rows],
        )  # fmt: skip

    def pairs(self) -> Ints:
        """One number for each row's ordered pair: acting party times actors, plus the other."""
        return self.a * len(self.actors) + self.b


def history(
    actors: tuple[str, ...],
    group: Ints,
    *,
    a: Ints,
    b: Ints,
    day: Ints,
    kind: Ints,
    known: Ints | None = None,
    n: Floats | None = None,
) -> History:
    """A history from columns in any order; rows that are alike are counted together, and acts towards oneself are out."""
    known = day if known is None else np.maximum(day, known)
    n = np.ones(len(a)) if n is None else n
    keep = a != b
    columns = [c[keep] for c in (known, day, a, b, kind)]
    if not keep.any():
        none = np.empty(0, np.int64)
        return History(actors=actors, group=group, a=none, b=none, day=none, known=none, kind=none, n=np.empty(0))
    order = np.lexsort(columns[::-1])
    columns = [c[order].astype(np.int64) for c in columns]
    new = np.ones(len(order), bool)
    new[1:] = np.any([c[1:] != c[:-1] for c in columns], axis=0)
    at = np.flatnonzero(new)
    known, day, a, b, kind = (c[at] for c in columns)
    total = np.add.reduceat(n[keep][order], at)
    return History(actors=actors, group=group, a=a, b=b, day=day, known=known, kind=kind, n=total)


def happened(past: History, pairs: Ints, first: int, until: int, level: str) -> NDArray[np.bool_]:
    """For each pair and class: is there an act with a day from `first` to `until`, whenever it became known?"""
    within = (past.day >= first) & (past.day <= until)
    at = np.searchsorted(pairs, past.pairs()[within])
    at = np.minimum(at, len(pairs) - 1)
    classes = class_of(past.kind[within], level)
    size = width(level)
    out = np.zeros((len(pairs), size + 1), bool)
    hit = pairs[at] == past.pairs()[within]
    out[at[hit], classes[hit]] = True
    return out[:, :size]


def class_of(kind: Ints, level: str) -> Ints:
    """Index of the class at a level; the number of classes where an act belongs to none."""
    return QUAD_OF_TYPE[kind] if level == "quad" else kind


def width(level: str) -> int:
    """How many classes a level has."""
    return len(QUADS) if level == "quad" else len(TYPES)


def class_names(level: str) -> tuple[str, ...]:
    """Their names, in order."""
    return tuple(q.value for q in QUADS) if level == "quad" else tuple(t.value for t in TYPES)
