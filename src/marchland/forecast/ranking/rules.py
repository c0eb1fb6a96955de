"""Pair rules: when s did r' to o some days ago, how often is o the answer to (s, r, ?)? Learned while days go by."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Ints
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.pool import Pool, Queries, spans

AGES: Final = np.array([2, 4, 8, 15, 31, 91])  # the last act was 1, 2-3, 4-7, 8-14, 15-30, 31-90 or more days ago
_BINS: Final = len(AGES) + 1
_WEIGHT: Final = 8.0  # how many cases the rate over all r' counts as beside a rule's own
_WEIGHT_ALL: Final = 20.0
_FADE: Final = 20.0  # days in which the excess of a rule over the usual rate halves


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """Every past act of a query's subject as a body of a rule: one row for each (query, r', o)."""

    query: Ints
    party: Ints
    body: Ints  # r'
    cell: Ints  # place in the table
    odds: NDArray[np.float64]  # how often such a party is the answer
    usual: NDArray[np.float64]  # the same over all r'
    age: Ints  # days since the last such act


class RuleTable:
    """How often each rule fired and was right, by r', r and age."""

    def __init__(self, relations: int) -> None:
        self.relations = relations
        self._fired = np.zeros(relations * relations * _BINS, np.float32)
        self._right = np.zeros_like(self._fired)

    def fire(self, past: Past, asked: Queries) -> Fired:
        """Apply every rule to every query."""
        acts, size, n = past.tallies["same act"], past.sizes.o, self.relations
        low, high = np.searchsorted(acts.keys, [asked.subjects * n * size, (asked.subjects + 1) * n * size])
        rows, owner = spans(low, high - low), np.repeat(np.arange(len(low)), high - low)
        seen = acts.value[-1][rows] > 0
        rows, owner = rows[seen], owner[seen]
        count = np.bincount(owner, minlength=len(low))
        first = np.cumsum(count) - count
        own = count[asked.subject_of]
        act = rows[spans(first[asked.subject_of], own)]
        query = np.repeat(np.arange(len(asked)), own)
        age = past.day - acts.last[act]
        bin_ = np.searchsorted(AGES, age, side="right")
        body, relation = acts.keys[act] // size % n, asked.r[query]
        cell = (body * n + relation) * _BINS + bin_
        usual = self._usual()[relation, bin_]
        odds = (self._right[cell] + _WEIGHT * usual) / (self._fired[cell] + _WEIGHT)
        party = acts.keys[act] % size
        return Fired(query=query, party=party, body=body, cell=cell, odds=np.minimum(odds, 0.95), usual=usual, age=age)

    def _usual(self) -> NDArray[np.float64]:
        shape = self.relations, self.relations, _BINS
        right, fired = (x.reshape(shape).sum(0, dtype=np.float64) for x in (self._right, self._fired))
        overall = (right.sum(0) + 0.01) / (fired.sum(0) + 1)
        return np.asarray((right + _WEIGHT_ALL * overall) / (fired + _WEIGHT_ALL))

    def learn(self, fired: Fired, answered: NDArray[np.bool_]) -> None:
        """Count the rules that fired on a day; `answered` says for each row whether its party was an answer."""
        self._fired += np.bincount(fired.cell, minlength=len(self._fired)).astype(np.float32)
        self._right += np.bincount(fired.cell, answered, len(self._right)).astype(np.float32)


def rule_features(fired: Fired, pool: Pool, asked: int, parties: int) -> dict[str, NDArray[np.float64]]:
    """What the rules together say of each party of the pool.

    Args:
        asked: How many queries.
        parties: How many parties.
    """
    place, size = fired.query * parties + fired.party, asked * parties
    at = pool.query * parties + pool.party
    either = np.bincount(place, -np.log1p(-fired.odds), size)[at]  # -log of the odds that no rule is right
    lift = np.log(fired.odds / fired.usual)
    return {
        "rules": np.log(either + 1e-4),
        "rules, share": either / (np.bincount(pool.query, either, asked)[pool.query] + 0.05),
        "best rule": np.log(_greatest(place, fired.odds, size, 0.0)[at] + 1e-4),
        "best rule over usual": _greatest(place, lift, size, -3.0)[at],
        "rules over usual": np.bincount(place, np.maximum(lift, 0) * 0.5 ** (fired.age / _FADE), size)[at],
    }


def _greatest(place: Ints, value: NDArray[np.float64], size: int, least: float) -> NDArray[np.float64]:
    out = np.full(size, least)
    np.maximum.at(out, place, value)
    return out
