"""Rows to fit on: of each query all answers, its hardest other parties, and some of the rest, weighted by how many they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Floats, Ints
from marchland.forecast.ranking.walk import Answers, Block

HARD: Final = 20  # by the untrained score
REST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Queries with their answers and some other parties; each query's rows stand together."""

    values: Floats  # [row, feature]
    answer: NDArray[np.bool_]
    log_weight: Floats  # log of how many parties of the query a row stands for
    count: Ints  # rows of each query

    @property
    def starts(self) -> Ints:
        """The first row of each query."""
        return np.cumsum(self.count) - self.count


def answered(block: Block, told: Answers, parties: int) -> NDArray[np.bool_]:
    """For each row of the block: is its party an answer?"""
    mask = np.zeros(len(block.asked) * parties, bool)
    mask[told.query * parties + told.party] = True
    return np.asarray(mask[block.pool.query * parties + block.pool.party])


def sample(block: Block, told: Answers, parties: int, *, share: float, chance: np.random.Generator) -> Sample | None:
    """Rows of a share of the block's queries, those with an answer in the pool; None where there is none.

    Queries are drawn before rows, and as many times as there are queries: which ones are taken hangs on no size of a pool.
    """
    query, answer = block.pool.query, answered(block, told, parties)
    size = np.bincount(query, minlength=len(block.asked))
    with_answer = np.bincount(query, answer, len(block.asked)) > 0
    taken = with_answer & (chance.random(len(block.asked)) < share)
    if not taken.any():
        return None
    score = block.untrained()
    order = np.lexsort((-score, query))
    rank = np.empty(len(query), np.int64)
    rank[order] = np.arange(len(query)) - block.starts[query[order]]
    hard = answer | (rank < HARD)
    rest = np.minimum(1.0, REST / np.maximum(size - HARD, 1))[query]
    kept = np.flatnonzero(taken[query] & (hard | (chance.random(len(query)) < rest)))
    return Sample(
        values=block.values[kept],
        answer=answer[kept],
        log_weight=np.where(hard, 0.0, -np.log(rest))[kept].astype(np.float32),
        count=np.bincount(query[kept], minlength=len(block.asked))[taken],
    )


def joined(samples: Sequence[Sample]) -> Sample:
    """Several samples as one; at least one."""
    return Sample(
        values=np.concatenate([s.values for s in samples]),
        answer=np.concatenate([s.answer for s in samples]),
        log_weight=np.concatenate([s.log_weight for s in samples]),
        count=np.concatenate([s.count for s in samples]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """Loss, and its first and second derivatives by each row's score."""

    loss: float
    first: NDArray[np.float64]
    second: NDArray[np.float64]


def conditional_logit(rows: Sample, score: NDArray[np.float64]) -> Slope:
    """How surprising the answers are, when each is drawn from itself and the parties that are no answers.

    That is the filtered rank's question: other answers of the same query are set aside. Rows count by their weight.
    Source: D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974.
    """
    starts, of_query = rows.starts, np.repeat(np.arange(len(rows.count)), rows.count)
    level = score + rows.log_weight
    e = np.exp(level - np.maximum.reduceat(level, starts)[of_query])
    others = np.add.reduceat(np.where(rows.answer, 0, e), starts)[of_query]
    inverse = 1 / np.maximum(e + others, 1e-12)
    p = e * inverse
    total = np.add.reduceat(np.where(rows.answer, inverse, 0), starts)[of_query]
    squares = np.add.reduceat(np.where(rows.answer, inverse**2, 0), starts)[of_query]
    return Slope(
        loss=float(-np.log(np.maximum(p[rows.answer], 1e-12)).sum()),
        first=np.where(rows.answer, p - 1, e * total),
        second=np.where(rows.answer, p * (1 - p), e * total - e**2 * squares),
    )
