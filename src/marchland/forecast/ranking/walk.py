"""Walking the days once: each morning the features of that day's queries, each evening what the day taught."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.company import Company
from marchland.forecast.ranking.counts import count_features
from marchland.forecast.ranking.graph import EventGraph, Floats, Ints
from marchland.forecast.ranking.habits import Habits
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.pool import Pool, Queries, partners_of_partners, pool, queries
from marchland.forecast.ranking.rules import Fired, RuleTable, rule_features

# What a store too small to fit is ranked by, and what training samples hard cases by: set by hand, fitted to nothing.
UNTRAINED: Final = {
    "rules": 1.0,
    "party under type, 10 d": 0.5,
    "home to party under type, 10 d": 0.3,
    "party, 10 d": 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The queries of one morning, the parties that could be answers, and a row of features for each."""

    day: int
    asked: Queries
    pool: Pool
    names: tuple[str, ...]  # of the features; "query: ..." are the same for all parties of a query
    values: Floats  # [row, feature]
    fired: Fired

    @property
    def starts(self) -> Ints:
        """The first row of each query; every query has one, since the busiest parties are always in the pool."""
        return np.searchsorted(self.pool.query, np.arange(len(self.asked)))

    def untrained(self) -> NDArray[np.float64]:
        """Scores by the hand-set weights."""
        places = [self.names.index(n) for n in UNTRAINED]
        return np.asarray(self.values[:, places] @ np.array(list(UNTRAINED.values())), np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What happened on a day: rows (query, party) without doubles."""

    query: Ints
    party: Ints


class Walk:
    """All that is kept from day to day. Days are taken in order; nothing of a day is known on its morning."""

    def __init__(self, graph: EventGraph) -> None:
        self.past = Past(graph)
        self.rules = RuleTable(self.past.sizes.r)
        self.company = Company(self.past)
        self.habits = Habits(self.past)
        self.names: tuple[str, ...] = ()  # of the features; known after the first block
        self._seen = 0

    def days(self) -> list[int]:
        """The days with events."""
        return [int(d) for d in np.unique(self.past.facts.day)]

    def asked_on(self, day: int) -> Queries:
        """The queries that the events of a day are answers to, from both sides."""
        at = self.past.facts_of(day)
        return queries(self.past.facts.s[at], self.past.facts.r[at], self.past.sizes.r)

    def answers(self, block: Block) -> Answers:
        """The parties that the events of the block's day tell for its queries."""
        facts, at, size = self.past.facts, self.past.facts_of(block.day), self.past.sizes
        asked = block.asked.s * size.r + block.asked.r
        told = facts.s[at] * size.r + facts.r[at]
        place = np.minimum(np.searchsorted(asked, told), len(asked) - 1)
        key = np.unique((place * size.o + facts.o[at])[asked[place] == told])
        return Answers(query=key // size.o, party=key % size.o)

    def to_morning(self, day: int) -> None:
        """Take in all days before `day`."""
        facts = self.past.facts
        waiting = np.unique(facts.day[self._seen : int(np.searchsorted(facts.day, day))])
        for one in waiting.tolist():
            at = self.past.facts_of(one)
            self.past.advance(one)
            self.company.see(one, facts.s[at], facts.o[at])
            self._seen = at.stop
        self.past.advance(day)

    def block(self, day: int, asked: Queries) -> Block:
        """The features of `asked` on the morning of `day`, which is not before the last one."""
        self.to_morning(day)
        self.company.refresh()
        hops = partners_of_partners(self.past, asked.subjects)
        found = pool(self.past, asked, hops, self.company.liked(asked.subjects))
        fired = self.rules.fire(self.past, asked)
        named = count_features(self.past, asked, found)
        named |= rule_features(fired, found, len(asked), self.past.sizes.o)
        named |= self.company.features(asked, found, hops)
        named |= self.habits.features(asked, found, named)
        values = np.empty((len(found.party), len(named)), np.float32)
        for i, value in enumerate(named.values()):
            values[:, i] = value
        self.names = tuple(named)
        return Block(day=day, asked=asked, pool=found, names=self.names, values=values, fired=fired)

    def learn(self, block: Block, told: Answers) -> None:
        """Learn from a day's answers which rules were right, and habits."""
        size = self.past.sizes
        answered = np.zeros(len(block.asked) * size.o, bool)
        answered[told.query * size.o + told.party] = True
        self.rules.learn(block.fired, answered[block.fired.query * size.o + block.fired.party])
        self.habits.learn(self.past, block.asked.s[told.query], block.asked.r[told.query], told.party)

    def go(self, days: list[int]) -> Iterator[tuple[Block, Answers]]:
        """Each day's block and answers; what a day teaches is learnt after it was handed out."""
        for day in days:
            block = self.block(day, self.asked_on(day))
            told = self.answers(block)
            yield block, told
            self.learn(block, told)
