"""What was known on a morning: counts of all facts before that day, kept while days go by."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from marchland.forecast.ranking.columns import Columns, Homes, columns, columns_of_facts, roles, sizes_of
from marchland.forecast.ranking.graph import EventGraph, Facts, Ints, both_sides
from marchland.forecast.ranking.tally import Tally, tally

FINE: Final = (2.0, 10.0, 40.0, None)  # half-lives in days
COARSE: Final = (10.0, None)
EVER: Final = (None,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A count that is kept: of which facts, with which half-lives, and how to say it."""

    name: str
    parts: tuple[str, ...]
    half_lives: tuple[float | None, ...]
    words: str
    aged: bool = False  # the days since it was seen last are a feature too


def _spec(name: str, parts: str, half_lives: tuple[float | None, ...], words: str, *, aged: bool = False) -> Spec:
    return Spec(name=name, parts=tuple(parts.split()), half_lives=half_lives, words=words, aged=aged)


SPECS: Final = (
    _spec("same act", "s r o", FINE, "{s} {r} {o}", aged=True),
    _spec("pair", "s o", FINE, "{s} and {o}, any event type", aged=True),
    _spec("party under type", "r o", FINE, "anyone {r} {o}", aged=True),
    _spec("party", "o", FINE, "{o} in any event", aged=True),
    _spec("home to party under type", "s_home r o", COARSE, "anyone of {s}'s country {r} {o}"),
    _spec("home to party", "s_home o", COARSE, "anyone of {s}'s country and {o}"),
    _spec("to home", "s o_home", COARSE, "{s} and anyone of {o}'s country"),
    _spec("to home under type", "s r o_home", COARSE, "{s} {r} anyone of {o}'s country"),
    _spec("homes under type", "s_home r o_home", COARSE, "anyone of {s}'s country {r} anyone of {o}'s"),
    _spec("homes", "s_home o_home", COARSE, "anyone of {s}'s country and anyone of {o}'s"),
    _spec("roles under type", "s_role r o_role same", EVER, "parties with the roles of {s} and {o}, {r}"),
    _spec("role under type", "r o_role same", EVER, "anyone {r} a party with the role of {o}"),
    _spec("roles", "s_role o_role same", EVER, "parties with the roles of {s} and {o}"),
    _spec("to role", "s o_role same", EVER, "{s} and a party with the role of {o}"),
    _spec("to role under type", "s r o_role same", EVER, "{s} {r} a party with the role of {o}"),
    _spec("home under type", "r o_home", COARSE, "anyone {r} a party of {o}'s country"),
    _spec("party under type at home", "r o same", COARSE, "anyone as near to {o} as {s} is, {r} {o}"),
    _spec("party at home", "o same", COARSE, "anyone as near to {o} as {s} is, and {o}"),
    _spec("role to party under type", "s_role r o", COARSE, "parties with the role of {s} {r} {o}"),
    _spec("role to party", "s_role o", COARSE, "parties with the role of {s} and {o}"),
    _spec("home to role under type", "s_home r o_role same", (40.0, None), "{s}'s country {r} the role of {o}"),
    _spec("home to role", "s_home o_role same", (40.0,), "{s}'s country and the role of {o}"),
)
_TOTALS: Final = (
    _spec("asked", "s r", FINE, "{s} {r} anyone"),
    _spec("subject", "s", FINE, "{s} in any event"),
    _spec("type", "r", FINE, "anyone {r} anyone"),
)


class Past:
    """All counts as of the morning of `day`. It holds later facts too, but nothing that it answers depends on them."""

    def __init__(self, graph: EventGraph) -> None:
        self.graph = graph
        self.sizes = sizes_of(graph)
        self.facts: Facts = both_sides(graph)
        self.columns = columns_of_facts(graph, self.facts)
        self.homes, self.role = Homes(graph), roles(graph)
        self.specs = {s.name: s for s in (*SPECS, *_TOTALS)}
        self.tallies: dict[str, Tally] = {
            name: tally(self.columns.key(s.parts, self.sizes), self.sizes.product(s.parts), s.half_lives)
            for name, s in self.specs.items()
        }
        self.day = int(self.facts.day[0]) if len(self.facts) else 0
        self.seen = 0  # facts before `day`
        for kept in self.tallies.values():
            kept.day = self.day

    def facts_of(self, day: int) -> slice:
        """The facts of one day."""
        lo, hi = np.searchsorted(self.facts.day, [day, day + 1])
        return slice(int(lo), int(hi))

    def advance(self, day: int) -> None:
        """Let days go by until the morning of `day`."""
        waiting = self.facts.day[self.seen : int(np.searchsorted(self.facts.day, day))]
        for one, after in pairwise([*np.unique(waiting).tolist(), day]):
            for kept in self.tallies.values():
                kept.age_to(one)
                kept.add(self.facts_of(one), one)
            at = self.facts_of(one)
            self.homes.see(self.facts.s[at], self.facts.o[at])
            self.seen = at.stop
            self.day = after
        self.day = max(self.day, day)
        for kept in self.tallies.values():
            kept.age_to(day)

    def candidates(self, s: Ints, r: Ints, o: Ints) -> Columns:
        """The columns of parties that could be answers, with homes as of this morning."""
        homes = (self.homes.now[s], self.homes.now[o])
        return columns(s, r, o, homes=homes, role=self.role, nowhere=self.homes.nowhere)
