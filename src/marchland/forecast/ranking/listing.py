"""Ranked lists: the scored pool of each query, and below it the likeliest of the parties that are not in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Ints
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.walk import Block

BEYOND: Final = 200  # parties listed below the pool
_UNDER_TYPE, _HOME = 2.0, 1.0  # their worth beside log(1 + count) of the party in any event; set by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The parties of one query, best first within the pool."""

    query: int
    party: Ints
    score: NDArray[np.float64]


def listing(past: Past, block: Block, score: NDArray[np.float64], *, beyond: int = BEYOND) -> Iterator[Ranked]:
    """Each query's parties with scores, on the block's morning."""
    ends = np.append(block.starts[1:], len(block.pool.party))
    rest = _beyond(past, block, beyond) if beyond else None
    for query, (low, high) in enumerate(zip(block.starts.tolist(), ends.tolist(), strict=True)):
        order = low + np.argsort(-score[low:high], kind="stable")
        party, own = block.pool.party[order], score[order]
        if rest is not None:
            more, worth = rest[0][query], rest[1][query]
            kept = worth > -np.inf
            party = np.concatenate([party, more[kept]])
            own = np.concatenate([own, own[-1] - 2 + worth[kept] / (1 + worth[kept])])  # below the pool, in order
        yield Ranked(query=query, party=party, score=own)


def _beyond(past: Past, block: Block, most: int) -> tuple[Ints, NDArray[np.float64]]:
    """For each query the likeliest parties that are not in its pool, and their worth; -inf for one that is."""
    size, asked = past.sizes.o, block.asked
    party, under = past.tallies["party"], past.tallies["party under type"]
    general = np.zeros(size)
    general[party.keys] = np.log1p(party.value[2][:-1])
    worth = np.broadcast_to(general, (len(asked), size)).copy()
    home = past.homes.now
    worth += _HOME * ((home[asked.s][:, None] == home[None, :]) & (home != past.homes.nowhere)[None, :])
    for r in np.unique(asked.r):
        low, high = np.searchsorted(under.keys, [r * size, (r + 1) * size])
        own = np.zeros(size)
        own[under.keys[low:high] % size] = np.log1p(under.value[3][low:high])
        worth[asked.r == r] += _UNDER_TYPE * own
    worth[block.pool.query, block.pool.party] = -np.inf
    most = min(most, size)
    top = np.argpartition(-worth, most - 1, axis=1)[:, :most]
    return top, np.take_along_axis(worth, top, 1)
