"""Fitting a conditional logit: of the candidates of each question, which is the one?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_STEPS = 300

type Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """Candidates with their features, and those that are right (one, or several that are equally so)."""

    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    group: str  # questions of one text are kept together in cross-validation
    ruled: int = 0  # what the rules would take


@dataclass(frozen=True, slots=True)
class Laid:
    """Questions as one sparse matrix: a row for each candidate."""

    x: csr_matrix
    question: NDArray[np.int64]  # of each row
    share: Vector  # what of its question's probability a row ought to have


def feature_names(questions: Sequence[Question], fewest: int) -> dict[str, int]:
    """Features seen often enough, numbered."""
    counts = Counter(f for q in questions for row in q.rows for f in set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= fewest))}


def laid(questions: Sequence[Question], names: dict[str, int]) -> Laid:
    """The matrix of some questions."""
    starts, indices, question, share = [0], [], [], []
    for number, q in enumerate(questions):
        for i, row in enumerate(q.rows):
            indices += sorted({names[f] for f in row if f in names})
            starts.append(len(indices))
            question.append(number)
            share.append(1 / len(q.right) if i in q.right else 0.0)
    x = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(question), len(names)))
    return Laid(x, np.array(question), np.array(share))


def fitted(data: Laid, strength: float) -> Vector:
    """Weights that make the right candidates likely; `strength` is the inverse of the L2 penalty."""
    start = np.searchsorted(data.question, np.arange(data.question[-1] + 1))

    def loss(weights: Vector) -> tuple[float, Vector]:
        score = data.x @ weights
        score = score - np.maximum.reduceat(score, start)[data.question]
        total = np.add.reduceat(np.exp(score), start)[data.question]
        gradient = data.x.T @ (np.exp(score) / total - data.share) + weights / strength
        return float(-(data.share * (score - np.log(total))).sum() + weights @ weights / (2 * strength)), gradient

    done: Any = minimize(loss, np.zeros(data.x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return np.asarray(done.x)


def best(data: Laid, weights: Vector) -> list[int]:
    """The likeliest candidate of each question, as its place in the question."""
    score = data.x @ weights
    out: list[int] = []
    for number in range(int(data.question[-1]) + 1):
        first, last = np.searchsorted(data.question, [number, number + 1])
        out.append(int(np.argmax(score[first:last])))
    return out
