"""Events as neutral arrays: who did what to whom on which day, as whole numbers, told from both sides."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.errors import ForecastError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NOWHERE: Final = -1  # no country, or no role, is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a party's name tells of it: indices into `EventGraph.countries` and `.roles`; `NOWHERE` = not told."""

    country: int = NOWHERE
    role: int = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGraph:
    """Facts (subject, relation, object, day) over named parties. Days are whole numbers that grow with time."""

    subject: Ints
    relation: Ints
    object: Ints
    day: Ints
    parties: tuple[str, ...]
    relations: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()  # one a party, or none at all
    countries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.subject), len(self.relation), len(self.object), len(self.day)}
        if len(lengths) > 1:
            raise ForecastError(f"an event graph has columns of {sorted(lengths)} rows; they must be equally long")
        if len(self.kinds) not in (0, len(self.parties)):
            raise ForecastError(f"{len(self.kinds)} kinds for {len(self.parties)} parties; give one each, or none")
        for name, column, size in (
            ("subject", self.subject, len(self.parties)),
            ("relation", self.relation, len(self.relations)),
            ("object", self.object, len(self.parties)),
        ):
            if len(column) and not 0 <= column.min() <= column.max() < size:
                raise ForecastError(
                    f"{name} {column.min()}..{column.max()} of an event graph; it must be 0..{size - 1}"
                )

    def __len__(self) -> int:
        return len(self.day)

    def inverse(self, relation: Ints) -> Ints:
        """The same relation from the other side: "is visited by" for "visits", and back."""
        half = len(self.relations)
        return np.where(relation < half, relation + half, relation - half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Every event twice, from its subject's and from its object's side, by day."""

    s: Ints
    r: Ints  # relations 0..R-1 as told, R..2R-1 from the other side
    o: Ints
    day: Ints
    event: Ints  # the row of the graph

    def __len__(self) -> int:
        return len(self.day)


def both_sides(graph: EventGraph) -> Facts:
    """The facts of a graph in order of days; a fact that is given twice counts twice."""
    half = len(graph.relations)
    s = np.concatenate([graph.subject, graph.object])
    r = np.concatenate([graph.relation, graph.relation + half])
    o = np.concatenate([graph.object, graph.subject])
    day, event = np.tile(graph.day, 2), np.tile(np.arange(len(graph)), 2)
    order = np.lexsort((o, r, s, day))
    return Facts(s=s[order], r=r[order], o=o[order], day=day[order], event=event[order])
