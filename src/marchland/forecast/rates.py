"""Shipped rates: how often a pair that is in the news acts, for stores too small to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from marchland.errors import LexiconError
from marchland.forecast.baseline import Prior
from marchland.forecast.history import Floats, class_names
from marchland.lexicon.tables import cell_number, rows

PATH: Final = "ontology/base_rates.csv"
COLUMNS: Final = ("level", "class", "shape", "days", "base_30", "windows", "came", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """Rates of one level, in the order of its classes."""

    prior: Prior
    month: Floats  # share of active pairs with an act within 30 days
    windows: int  # pairs and months that were counted
    source: str

    def base(self, horizon: int) -> Floats:
        """The base rate at a horizon, as if acts came evenly."""
        return np.asarray(1 - (1 - self.month) ** (horizon / 30))


@cache
def shipped() -> Mapping[str, Shipped]:
    """By level.

    Raises:
        LexiconError: the file lacks a class, or a cell holds no number.
    """
    found: dict[tuple[str, str], dict[str, float]] = {}
    sources: dict[str, str] = {}
    for where, row in rows(PATH, COLUMNS):
        numbers = {c: cell_number(row[c], where) for c in ("shape", "days", "base_30", "windows", "came")}
        if any(v is None or v < 0 for v in numbers.values()):
            raise LexiconError(f"{where}: every rate is a number of 0 or more; run tools/base_rates.py")
        found[row["level"], row["class"]] = {k: v for k, v in numbers.items() if v is not None}
        sources[row["level"]] = row["source"]
    out = {}
    for level in ("quad", "type"):
        lacking = [c for c in class_names(level) if (level, c) not in found]
        if lacking:
            raise LexiconError(f"lexicon/{PATH}: no rate for {level} {lacking[0]}; run tools/base_rates.py")
        own = [found[level, c] for c in class_names(level)]
        out[level] = Shipped(
            prior=Prior(shape=np.array([r["shape"] for r in own]), days=np.array([r["days"] for r in own])),
            month=np.array([r["base_30"] for r in own]),
            windows=int(own[0]["windows"]),
            source=sources[level],
        )
    return out
