"""Many rows as narrow columns, while a file is read: who, to whom, what, when, how much."""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.told import Told
from marchland.lexicon.codes import Coding
from marchland.model.ontology import EventType

COLUMNS: Final[Mapping[str, tuple[str, str]]] = {  # name -> type while reading, type on disk
    "row": ("I", "<u4"),
    "a": ("H", "<u2"),  # acting side: index into the parties; 0 = unknown
    "b": ("H", "<u2"),  # the other side
    "day": ("i", "<i4"),  # proleptic Gregorian ordinal
    "kind": ("H", "<u2"),  # index into the codings
    "score": ("f", "<f4"),  # NaN = none
    "weight": ("f", "<f4"),  # 1 / (parties - 1)
    "key": ("q", "<i8"),
    "twin": ("q", "<i8"),
}


@dataclass(slots=True)
class Index:
    """Distinct values in the order they were met; 0 is taken by `first`."""

    values: list[Any]
    at: dict[Any, int]

    @classmethod
    def of(cls, values: list[Any]) -> "Index":
        """From the values themselves."""
        return cls(values, {v: i for i, v in enumerate(values)})

    def __call__(self, value: Any) -> int:
        """The place of a value, given one where it is new."""
        found = self.at.get(value)
        if found is None:
            found = self.at[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(slots=True)
class Columns:
    """Entries of one run of rows: one for each pair of parties of a row, or one for a row with fewer than two."""

    parties: Index  # country codes and organisation ids; 0 = unknown
    kinds: Index  # codings
    left: Counter[str] = field(default_factory=Counter)  # codes without a counterpart
    rows: int = 0  # read
    own: dict[str, "array[Any]"] = field(default_factory=dict)  # rows that were added one by one
    _paged: int = 0
    pages: list[dict[str, NDArray[Any]]] = field(default_factory=list)  # and those that came by the page

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Start a new run; the indices stay."""
        self.own = {name: array(code) for name, (code, _) in COLUMNS.items()}
        self.pages = []
        self._paged = 0

    def __len__(self) -> int:
        return len(self.own["row"]) + self._paged

    def add_page(self, values: dict[str, NDArray[Any]]) -> None:
        """Entries of many rows, one for each; every column but the weight, which is 1 for a dyad."""
        self.pages.append(values)
        self._paged += len(values["row"])

    def add(self, row: int, told: Told) -> None:
        """One row."""
        assert told.when.start is not None, "a row has a day"
        score = float("nan") if told.score is None else told.score
        rest = (told.when.start.toordinal(), self.kinds(told.coding), score)
        acting = list(dict.fromkeys(k for k in (p.key for p in told.actors) if k))
        others = list(dict.fromkeys(k for k in (p.key for p in told.recipients) if k and k not in acting))
        everyone = acting + others
        pairs = [(p, q) for i, p in enumerate(everyone) for q in everyone[i + 1 :]]
        known = len(everyone) + sum(any(p.key is None for p in side) for side in (told.actors, told.recipients))
        weight = 1 / max(1, known - 1) if len(everyone) > 2 else 1.0
        if not pairs:
            inside = bool(acting) and any(p.key in acting for p in told.recipients)
            first, second = (acting[0] if acting else None), (others[0] if others else acting[0] if inside else None)
            self._entry(row, first, second, rest, 1.0, told)
        for first, second in pairs:
            self._entry(row, first, second, rest, weight, told)

    def _entry(
        self, row: int, a: str | None, b: str | None, rest: tuple[int, int, float], weight: float, told: Told
    ) -> None:
        values = (row, self.party(a), self.party(b), *rest, weight, told.key, told.twin)
        for name, value in zip(COLUMNS, values, strict=True):
            self.own[name].append(value)

    def party(self, key: str | None) -> int:
        """The index of a party."""
        return self.parties(key) if key else 0

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The run as arrays."""
        out = {}
        for name, (_, disk) in COLUMNS.items():
            one = np.frombuffer(self.own[name].tobytes(), dtype=disk)
            if name == "weight":
                paged = [np.ones(self._paged, disk)]
            elif name == "twin":
                paged = [p[name] if name in p else np.zeros(len(p["row"]), disk) for p in self.pages]
            else:
                paged = [p[name] for p in self.pages]
            out[name] = np.concatenate([*paged, one]).astype(disk, copy=False)
        return out


def columns() -> Columns:
    """Empty ones."""
    return Columns(parties=Index.of([""]), kinds=Index.of([]))


def coding_json(value: Coding) -> list[Any]:
    """A coding as the side file keeps it."""
    kind = value.event_type.value if value.event_type else None
    return [kind, value.mode, value.base.value if value.base else None, list(value.contexts), value.joint]


def coding_from(value: list[Any]) -> Coding:
    """Undo `coding_json`."""
    kind, mode, base, contexts, joint = value
    return Coding(
        event_type=EventType(kind) if kind else None,
        mode=mode,
        base=EventType(base) if base else None,
        contexts=tuple(contexts),
        joint=joint,
    )
