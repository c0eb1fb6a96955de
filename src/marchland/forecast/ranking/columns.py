"""The columns that counts are kept by: who, what, to whom, and the homes and roles of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marchland.forecast.ranking.graph import NOWHERE, EventGraph, Facts, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many values each column can have."""

    s: int
    r: int  # from both sides
    o: int
    s_home: int  # the last one is "not known"
    o_home: int
    s_role: int
    o_role: int
    same: int = 2

    def product(self, parts: Sequence[str]) -> int:
        """How many keys these columns can make."""
        out = 1
        for part in parts:
            out *= int(getattr(self, part))
        return out


def sizes_of(graph: EventGraph) -> Sizes:
    """The sizes of a graph's columns."""
    e, c, k = len(graph.parties), len(graph.countries) + 1, len(graph.roles) + 1
    return Sizes(s=e, r=2 * len(graph.relations), o=e, s_home=c, o_home=c, s_role=k, o_role=k)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Facts, or parties that could be answers, one a row."""

    s: Ints
    r: Ints
    o: Ints
    s_home: Ints
    o_home: Ints
    s_role: Ints
    o_role: Ints
    same: Ints  # 1 = both have the same known home

    def key(self, parts: Sequence[str], sizes: Sizes) -> Ints:
        """One number for the values of several columns."""
        out = np.zeros(len(self.s), np.int64)
        for part in parts:
            out = out * getattr(sizes, part) + getattr(self, part)
        return out


def columns(s: Ints, r: Ints, o: Ints, *, homes: tuple[Ints, Ints], role: Ints, nowhere: int) -> Columns:
    """Columns of subjects, relations and objects; `homes` are those of the subjects and of the objects."""
    s_home, o_home = homes
    same = ((s_home == o_home) & (s_home != nowhere)).astype(np.int64)
    return Columns(s=s, r=r, o=o, s_home=s_home, o_home=o_home, s_role=role[s], o_role=role[o], same=same)


def told_homes(graph: EventGraph) -> Ints:
    """The country that each party's name tells; the last number is "not told"."""
    nowhere = len(graph.countries)
    return np.array(
        [nowhere if k.country == NOWHERE else k.country for k in graph.kinds] or [nowhere] * len(graph.parties),
        np.int64,
    )


def roles(graph: EventGraph) -> Ints:
    """The role that each party's name tells; the last number is "not told"."""
    none = len(graph.roles)
    return np.array(
        [none if k.role == NOWHERE else k.role for k in graph.kinds] or [none] * len(graph.parties), np.int64
    )


class Homes:
    """Where each party is at home: as its name tells, else where most of those whom it dealt with so far are."""

    def __init__(self, graph: EventGraph) -> None:
        self.told = told_homes(graph)
        self.nowhere = len(graph.countries)
        self.now = self.told.copy()
        self._with = np.zeros((len(self.told), self.nowhere + 1), np.int32)

    def see(self, s: Ints, o: Ints) -> None:
        """Learn from the facts of one day."""
        known = (self.told[o] != self.nowhere) & (self.told[s] == self.nowhere)
        np.add.at(self._with, (s[known], self.told[o[known]]), 1)
        touched = np.unique(s[known])
        self.now[touched] = self._with[touched].argmax(1)


def columns_of_facts(graph: EventGraph, facts: Facts) -> Columns:
    """The columns of all facts; homes are those of the fact's own morning, so no fact knows a later one."""
    homes, role = Homes(graph), roles(graph)
    s_home, o_home = np.empty(len(facts), np.int64), np.empty(len(facts), np.int64)
    _, starts = np.unique(facts.day, return_index=True)
    for lo, hi in zip(starts, [*starts[1:], len(facts)], strict=True):
        s, o = facts.s[lo:hi], facts.o[lo:hi]
        s_home[lo:hi], o_home[lo:hi] = homes.now[s], homes.now[o]
        homes.see(s, o)
    return columns(facts.s, facts.r, facts.o, homes=(s_home, o_home), role=role, nowhere=homes.nowhere)
