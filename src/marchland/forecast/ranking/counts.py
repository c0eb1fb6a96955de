"""Features that are plain counts: how often, how lately, and which share of all."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.past import SPECS, Past
from marchland.forecast.ranking.pool import Pool, Queries

Found = dict[str, NDArray[np.float64]]
_LONGEST: Final = 400  # days: an act further back, or none, is this old
_SHARES: Final = (  # of which total, and with which half-lives, by their places in FINE
    ("same act", "asked", (1, 3)),
    ("pair", "subject", (1, 3)),
    ("party under type", "type", (1, 3)),
    ("to home", "subject", (3,)),
    ("to home under type", "asked", (3,)),
)


def half_life_words(half_life: float | None) -> str:
    """A half-life as features are called by it."""
    return "ever" if half_life is None else f"{half_life:g} d"


def count_features(past: Past, asked: Queries, pool: Pool) -> Found:
    """Every kept count, as log(1 + count), with ages and shares; and what is known of the query alone ("query: ...")."""
    rows = past.candidates(asked.s[pool.query], asked.r[pool.query], pool.party)
    out: Found = {}
    value: Found = {}
    for spec in SPECS:
        kept = past.tallies[spec.name]
        place = kept.find(rows.key(spec.parts, past.sizes))
        value[spec.name] = kept.value[:, place]
        for half_life, counts in zip(spec.half_lives, value[spec.name], strict=True):
            out[f"{spec.name}, {half_life_words(half_life)}"] = np.log1p(counts)
        if spec.aged:
            out[f"{spec.name}, age"] = -np.log(np.clip(past.day - kept.last[place], 1, _LONGEST))
    totals = {
        "asked": _of(past, "asked", asked.s * past.sizes.r + asked.r),
        "subject": _of(past, "subject", asked.s),
        "type": _of(past, "type", asked.r),
    }
    for name, total, places in _SHARES:
        for h in places:
            part = value[name][h if len(value[name]) > h else -1]
            out[f"{name}, share {half_life_words((2.0, 10.0, 40.0, None)[h])}"] = part / (
                totals[total][h][pool.query] + 0.5
            )
    between = past.tallies["roles"]
    both = between.value[-1][between.find(rows.key(past.specs["roles"].parts, past.sizes))]
    out["roles under type, share"] = out["roles under type, ever"] - np.log1p(both)
    home, told = past.homes.now[pool.party], past.homes.told
    out["same country"] = rows.same.astype(np.float64)
    out["country known"] = (home != past.homes.nowhere).astype(np.float64)
    out["country told"] = (told[pool.party] != past.homes.nowhere).astype(np.float64)
    out["itself"] = (rows.s == rows.o).astype(np.float64)
    for name, h in (("subject", 0), ("subject", 3), ("asked", 0), ("asked", 3), ("type", 3)):
        out[f"query: {name}, {half_life_words((2.0, 10.0, 40.0, None)[h])}"] = np.log1p(totals[name][h])[pool.query]
    out["query: from the other side"] = (rows.r >= past.sizes.r // 2).astype(np.float64)
    out["query: country told"] = (told[rows.s] != past.homes.nowhere).astype(np.float64)
    return out


def _of(past: Past, name: str, key: NDArray[np.int64]) -> NDArray[np.float64]:
    kept = past.tallies[name]
    return np.asarray(kept.value[:, kept.find(key)])
