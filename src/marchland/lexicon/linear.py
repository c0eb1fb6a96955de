"""Linear models over string features: a weight per feature and class, kept as a plain table.

The tables are made by `training/train.py`, which is all that needs a learning library.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from marchland.errors import LexiconError
from marchland.lexicon.tables import folder


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of one model."""

    classes: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> tuple[float, ...]:
        """The probability of each class."""
        totals = [0.0] * len(self.classes)
        get = self.weights.get
        for f in features:
            found = get(f)
            if found is not None:
                for i, w in enumerate(found):
                    totals[i] += w
        top = max(totals)
        exps = [math.exp(t - top) for t in totals]
        scale = sum(exps)
        return tuple(e / scale for e in exps)


@cache
def model(name: str) -> Linear:
    """A shipped model: `gate`, `triggers` or `roles`.

    Raises:
        LexiconError: the table is missing or broken; run `make train`.
    """
    file = folder("models").joinpath(f"{name}.tsv")
    if not file.is_file():
        raise LexiconError(f"lexicon/models/{name}.tsv is missing; make it with: make train")
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    classes = tuple(header.split("\t")[1:])
    weights = {}
    for line in lines:
        feature, *values = line.split("\t")
        weights[feature] = tuple(float(v) for v in values)
    return Linear(classes, weights)


@cache
def available() -> bool:
    """Are the learned parts there? Without them the rules read alone."""
    return all(folder("models").joinpath(f"{n}.tsv").is_file() for n in ("gate", "triggers", "roles"))
