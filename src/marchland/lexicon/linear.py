"""Linear models over string features: a weight per feature and class, kept as a plain table.

The tables are made by `training/train.py`, which is all that needs a learning library.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from marchland.errors import LexiconError
from marchland.lexicon.tables import folder


def logistic(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-log_odds))


@dataclass(frozen=True, slots=True)
class Binary:
    """A yes-or-no model: one weight for each feature."""

    weights: dict[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Log-odds of yes."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """Probability of yes."""
        return logistic(self.score(features))


@dataclass(frozen=True, slots=True)
class Linear:
    """A model of several classes: a weight for each feature and class."""

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
def binary(name: str) -> Binary:
    """A shipped yes-or-no model: `gate` or `triggers`.

    Raises:
        LexiconError: the table is missing; run `make train`.
    """
    _, rows = _table(name)
    return Binary({feature: weight for feature, (weight,) in rows})


@cache
def classes(name: str) -> Linear:
    """A shipped model of several classes: `roles`.

    Raises:
        LexiconError: the table is missing; run `make train`.
    """
    names, rows = _table(name)
    return Linear(names, dict(rows))


def _table(name: str) -> tuple[tuple[str, ...], list[tuple[str, tuple[float, ...]]]]:
    file = folder("models").joinpath(f"{name}.tsv")
    if not file.is_file():
        raise LexiconError(f"lexicon/models/{name}.tsv is missing; make it with: make train")
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines:
        feature, *values = line.split("\t")
        rows.append((feature, tuple(float(v) for v in values)))
    return tuple(header.split("\t")[1:]), rows


@cache
def available(names: tuple[str, ...] = ("gate", "triggers", "roles")) -> bool:
    """Are the learned parts there? Without them the rules read alone."""
    return all(folder("models").joinpath(f"{n}.tsv").is_file() for n in names)
