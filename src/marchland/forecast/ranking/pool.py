"""Which parties could be answers: partners, partners of partners, those whom such acts fall on, those of the same country."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Floats, Ints
from marchland.forecast.ranking.past import Past

MOST: Final = 40  # from each source but partners, who all count
_POPULAR: Final = 20
_FAINT: Final = 0.02  # a faded count below this is no link to a partner's partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """(subject, relation, ?) on one morning, without doubles, in order of subject and relation."""

    s: Ints
    r: Ints
    subjects: Ints  # distinct
    subject_of: Ints  # for each query its place in `subjects`

    def __len__(self) -> int:
        return len(self.s)


def queries(s: Ints, r: Ints, relations: int) -> Queries:
    """Queries from rows; `relations` counts both sides."""
    key = np.unique(s * relations + r)
    subjects, place = np.unique(key // relations, return_inverse=True)
    return Queries(s=key // relations, r=key % relations, subjects=subjects, subject_of=place.reshape(-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Parties that could be answers, one a row, by query and party."""

    query: Ints
    party: Ints


def spans(starts: Ints, counts: Ints) -> Ints:
    """The numbers of several runs, one after the other."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)[:-1]]) if len(counts) else counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def _pair_rows(past: Past, subjects: Ints) -> tuple[Ints, Ints]:
    """Places of the pairs of each subject that were seen, and whose they are."""
    pairs, size = past.tallies["pair"], past.sizes.o
    low, high = np.searchsorted(pairs.keys, [subjects * size, (subjects + 1) * size])
    rows, owner = spans(low, high - low), np.repeat(np.arange(len(subjects)), high - low)
    seen = pairs.value[-1][rows] > 0
    return rows[seen], owner[seen]


def partners_of_partners(past: Past, subjects: Ints) -> Floats:
    """How strongly each subject is linked to every party through a recent partner: [subject, party]."""
    from scipy.sparse import csr_matrix, diags

    pairs, size = past.tallies["pair"], past.sizes.o
    recent = pairs.value[1][:-1] > _FAINT
    keys, weight = pairs.keys[recent], np.sqrt(pairs.value[1][:-1][recent]).astype(np.float32)
    links: Any = csr_matrix((weight, (keys // size, keys % size)), shape=(size, size))
    busy = np.asarray(links.sum(1)).ravel()
    evened = diags((1 / np.sqrt(np.maximum(busy, 1e-6))).astype(np.float32)) @ links
    return np.asarray((links[subjects] @ evened).todense(), np.float32)


def _best(values: Any, most: int) -> Ints:
    """Places of the greatest values, the earliest first among equals."""
    return np.argsort(-np.asarray(values), kind="stable")[:most]


def pool(past: Past, asked: Queries, hops: Floats, likeness: Floats) -> Pool:
    """The parties that could be answers to each query.

    Args:
        hops: As `partners_of_partners`.
        likeness: How like its recent partners each party is: [subject, party].
    """
    size = past.sizes.o
    found = np.zeros((len(asked.subjects), size), bool)
    rows, owner = _pair_rows(past, asked.subjects)
    found[owner, past.tallies["pair"].keys[rows] % size] = True
    for values in (hops, likeness):
        most = min(MOST, size - 1)
        top = np.argpartition(-values, most, axis=1)[:, :most]
        found[np.arange(len(found))[:, None], top] |= np.take_along_axis(values, top, 1) > 0
    popular = np.zeros(size)
    popular[past.tallies["party"].keys] = past.tallies["party"].value[2][:-1]
    _add_home(past, asked, found, popular)
    found[:, _best(popular, _POPULAR)] = True
    found[:, popular <= 0] = False
    mask: NDArray[np.bool_] = found[asked.subject_of]
    _add_usual(past, asked, mask)
    flat = np.flatnonzero(mask.ravel())
    return Pool(query=flat // size, party=flat % size)


def _add_home(past: Past, asked: Queries, found: NDArray[np.bool_], popular: NDArray[np.float64]) -> None:
    """Add parties of the subject's country, and those that the country deals with."""
    size, dealt = past.sizes.o, past.tallies["home to party"]
    home = past.homes.now[asked.subjects]
    for h in np.unique(home[home != past.homes.nowhere]):
        low, high = np.searchsorted(dealt.keys, [h * size, (h + 1) * size])
        abroad = dealt.keys[low:high][_best(dealt.value[0][low:high], MOST)] - h * size
        own = np.flatnonzero(past.homes.now == h)
        found[np.ix_(home == h, np.concatenate([abroad, own[_best(popular[own], MOST)]]))] = True


def _add_usual(past: Past, asked: Queries, mask: NDArray[np.bool_]) -> None:
    """Add parties on whom acts of the type fall, lately and ever."""
    under, size = past.tallies["party under type"], past.sizes.o
    for r in np.unique(asked.r):
        low, high = np.searchsorted(under.keys, [r * size, (r + 1) * size])
        top = np.concatenate([_best(under.value[h][low:high], MOST) for h in (1, 3)])
        top = top[under.value[3][low:high][top] > 0]
        mask[np.ix_(asked.r == r, under.keys[low:high][top] % size)] = True
