"""How often does a rival answer moves inside its sphere? Rates over comparable moves on one host, where answers were looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.influence.moves import Move
from marchland.lexicon.shift_rules import MoveRules, load_shift_rules

_DRAWS: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The rival's conduct towards moves of one sort on one host."""

    host: str
    rival: str
    sort: str
    moves: int  # all of them
    looked: int  # of these, where the rival's own outlets were read
    answered: int  # of those
    rate: float | None  # None = fewer comparable moves than the floor
    low: float | None
    high: float | None


def rates(moves: Sequence[Move], *, rules: MoveRules | None = None, seed: int = 0) -> list[Rate]:
    """A row for each host, rival and sort of move.

    Only moves whose window holds documents of the rival's own outlets enter, answered or not: an answer that somebody else
    happened to tell would make the rate too high. The rate leans on the rival's conduct towards the other sorts of move on the
    same host, by as much as `pool` moves.
    """
    rules = rules or load_shift_rules().moves
    rng = np.random.default_rng(seed)
    groups: dict[tuple[str, str, str], list[Move]] = {}
    for m in moves:
        groups.setdefault((m.host, m.rival, m.sort), []).append(m)
    out = []
    for (host, rival, sort), group in sorted(groups.items()):
        seen = [m for m in group if m.looked >= rules.least_documents]
        other = [
            m
            for m in moves
            if (m.host, m.rival) == (host, rival) and m.sort != sort and m.looked >= rules.least_documents
        ]
        yes, no = sum(m.outcome.answered for m in seen), sum(not m.outcome.answered for m in seen)
        lean = (sum(m.outcome.answered for m in other) + 0.5) / (len(other) + 1)
        a, b = yes + rules.pool * lean, no + rules.pool * (1 - lean)
        enough = len(seen) >= rules.least_moves
        tail = (1 - rules.interval) / 2
        low, high = (float(v) for v in np.quantile(rng.beta(a, b, _DRAWS), (tail, 1 - tail)))
        out.append(
            Rate(
                host=host,
                rival=rival,
                sort=sort,
                moves=len(group),
                looked=len(seen),
                answered=yes,
                rate=a / (a + b) if enough else None,
                low=low if enough else None,
                high=high if enough else None,
            )
        )
    return out
