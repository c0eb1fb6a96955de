"""How often answers were old acquaintances so far, by relation and by subject; and what that does to the counts."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.counts import Found
from marchland.forecast.ranking.graph import Ints
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.pool import Pool, Queries

_PRIOR: Final = np.array([2.0, 3.0])  # answers that were the same act again, or a partner again, before any is counted
_WEIGHT: Final = 10.0
_BENDS: Final = (  # where the worth of one more changes
    ("rules", (-3.0, -1.5)),
    ("party, 40 d", (2.0, 4.0)),
    ("party under type, 40 d", (1.0, 2.5)),
)


class Habits:
    """Answers so far: the same act again, the same partner again, all."""

    def __init__(self, past: Past) -> None:
        self._by_relation = np.zeros((past.sizes.r, 3))
        self._by_subject = np.zeros((past.sizes.s, 3))

    def learn(self, past: Past, s: Ints, r: Ints, o: Ints) -> None:
        """Count the answers (s, r, o) of a day, on its morning."""
        acts, pairs, size = past.tallies["same act"], past.tallies["pair"], past.sizes
        act = acts.value[-1][acts.find((s * size.r + r) * size.o + o)] > 0
        pair = pairs.value[-1][pairs.find(s * size.o + o)] > 0
        told = np.stack([act, pair, np.ones(len(s))], 1)
        np.add.at(self._by_relation, r, told)
        np.add.at(self._by_subject, s, told)

    def features(self, asked: Queries, pool: Pool, found: Found) -> Found:
        """Rates of return ("query: ..."), and counts by them and with bends, so that a sum can weigh them."""
        out: Found = {}
        for name, counts, at in (("type", self._by_relation, asked.r), ("subject", self._by_subject, asked.s)):
            rate = (counts[:, :2] + _PRIOR) / (counts[:, 2:] + _WEIGHT)
            out[f"query: same act again, {name}"] = rate[at, 0][pool.query]
            out[f"query: partner again, {name}"] = rate[at, 1][pool.query]
        odds = {name: _log_odds(value) for name, value in out.items()}
        known, partner = (np.sign(found[f"{n}, ever"]) for n in ("same act", "pair"))
        again = odds["query: partner again, type"]
        out |= {
            "known act": known,
            "known partner": partner,
            "known act, by type's habit": known * odds["query: same act again, type"],
            "known act, by {s}'s habit": known * odds["query: same act again, subject"],
            "known act, by times asked": known * found["query: asked, ever"],
            "known partner, by type's habit": partner * again,
            "known partner, by {s}'s habit": partner * odds["query: partner again, subject"],
            "known partner, by {s}'s activity": partner * found["query: subject, ever"],
            "rules, by type's habit": found["rules"] * again,
            "party under type, by type's habit": found["party under type, 40 d"] * again,
            "like {s}, by type's habit": found["like {s}, under type, mean (partners)"] * again,
            "same country, where told": found["same country"] * found["query: country told"],
        }
        for name, bends in _BENDS:
            for bend in bends:
                out[f"{name}, above {bend:g}"] = np.maximum(found[name] - bend, 0)
        return out


def _log_odds(rate: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(rate / (1 - np.minimum(rate, 0.99))))
