"""Likeness and company: who resembles whom by whom they deal with, and who was in the news with the same third party.

A party's profile is a short vector made of its counted partners (a truncated singular value decomposition). Every feature here is a
sum over dated facts, each weighted by how like its party is to the one that is asked about.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Floats, Ints
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.pool import Pool, Queries

LENGTH: Final = 48  # numbers a profile
_EVERY: Final = 7  # days after which profiles are made anew
_SLOW, _QUICK = 40.0, 5.0  # half-lives in days of the facts that are summed
_WINDOW: Final = 40  # days back that a quick sum looks
_STEPS: Final = 3  # power iterations
_TRIANGLE: Final = 7.0  # half-life in days of having been in the news with the same party on the same day
_FAINT: Final = 0.02


def profiles(matrix: Any, length: int) -> Floats:
    """A unit vector for each row of a sparse matrix of counts; zeros for an empty row. Same matrix, same vectors."""
    from scipy.sparse import diags

    rows = int(matrix.shape[0])
    if matrix.nnz < 5 * length:
        return np.zeros((rows, length), np.float32)
    spread = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weighted = matrix @ diags(np.log(1 + rows / np.maximum(spread, 1)))
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1)).ravel())
    even = (diags(1 / np.maximum(norm, 1e-9)) @ weighted).tocsr().astype(np.float32)
    turned = even.T.tocsr()
    start = np.random.default_rng(0).standard_normal((rows, length + 12)).astype(np.float32)
    basis = even @ (turned @ start)
    for _ in range(_STEPS):
        basis = even @ (turned @ _orthogonal(basis))
    found = _orthogonal(basis)
    inner = np.asarray(turned @ found, np.float64)
    values, vectors = np.linalg.eigh(inner.T @ inner)
    scale = np.sqrt(np.sqrt(np.maximum(values[::-1][:length], 0)))
    raw = (found @ vectors[:, ::-1][:, :length]) * scale
    size = np.linalg.norm(raw, axis=1, keepdims=True)
    out = np.zeros((rows, length), np.float32)
    out[:, : raw.shape[1]] = np.where(size > 1e-6, raw / np.maximum(size, 1e-6), 0)
    return out


def _orthogonal(basis: Any) -> Floats:
    """Orthonormal columns that span the same; by the Gram matrix, which is quick for tall matrices."""
    tall = np.asarray(basis, np.float64)
    values, vectors = np.linalg.eigh(tall.T @ tall)
    kept = values > values[-1] * 1e-10
    return np.asarray(tall @ (vectors[:, kept] / np.sqrt(values[kept])), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Profiles of the other side, summed over faded facts."""

    under: Floats  # by place of (r, o): the subjects of r with o
    party: Floats  # by party: all who dealt with it


class Company:
    """Profiles and triangles as of a morning."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._made: int | None = None
        self.by_partner: Floats = np.zeros((past.sizes.o, LENGTH), np.float32)
        self.by_act: Floats = self.by_partner
        self._together: Any = None
        self._seen = past.day
        n = past.sizes.r
        facts, under = past.facts, past.tallies["party under type"]
        self._place = under.place_of_fact
        turned = past.graph.inverse(np.arange(n))
        self._turned_place = under.find(turned[facts.r] * past.sizes.o + facts.s)  # (r from the other side, s)

    def refresh(self) -> None:
        """Make profiles anew where they are a week old."""
        from scipy.sparse import csr_matrix

        past = self._past
        if self._made is not None and past.day - self._made < _EVERY:
            return
        self._made, size = past.day, past.sizes.o
        pairs, acts = past.tallies["pair"], past.tallies["same act"]
        seen = pairs.value[-1][:-1] > 0
        keys = pairs.keys[seen]
        counted = np.log1p(pairs.value[-1][:-1][seen])
        self.by_partner = profiles(csr_matrix((counted, (keys // size, keys % size)), shape=(size, size)), LENGTH)
        seen = acts.value[-1][:-1] > 0
        keys = acts.keys[seen]
        wide, column = np.unique(keys % (past.sizes.r * size), return_inverse=True)
        counted = np.log1p(acts.value[-1][:-1][seen])
        row = keys // (past.sizes.r * size)
        self.by_act = profiles(csr_matrix((counted, (row, column.reshape(-1))), shape=(size, len(wide))), LENGTH)

    def liked(self, subjects: Ints) -> Floats:
        """How like the recent partners of each subject every party is: [subject, party]."""
        from scipy.sparse import csr_matrix

        pairs, size = self._past.tallies["pair"], self._past.sizes.o
        recent = pairs.value[2][:-1] > 0
        keys = pairs.keys[recent]
        weight = np.sqrt(pairs.value[2][:-1][recent]).astype(np.float32)
        links: Any = csr_matrix((weight, (keys // size, keys % size)), shape=(size, size))
        return np.asarray((links[subjects] @ self.by_partner) @ self.by_partner.T, np.float32)

    def see(self, day: int, s: Ints, o: Ints) -> None:
        """Learn who was in the news with whom on a day: s with x and x with o link s and o."""
        from scipy.sparse import csr_matrix, diags

        size = self._past.sizes.o
        key = np.unique(s * size + o)
        links: Any = csr_matrix((np.ones(len(key), np.float32), (key // size, key % size)), shape=(size, size))
        busy = np.maximum(np.asarray(links.sum(1)).ravel(), 1).astype(np.float32)
        new = links @ (diags(1 / busy) @ links)
        if self._together is None:
            kept = new
        else:
            kept = self._together * np.float32(0.5 ** ((day - self._seen) / _TRIANGLE)) + new
        self._seen = day
        kept.data[kept.data < _FAINT] = 0
        kept.eliminate_zeros()
        self._together = kept.tocsr()

    def _sums(self, profile: Floats, half_life: float, window: int | None) -> tuple[Sums, Floats]:
        """Sums of subjects' profiles, and of objects' by (r from the other side, s)."""
        from scipy.sparse import csr_matrix

        past, facts, n = self._past, self._past.facts, self._past.seen
        low = 0 if window is None else int(np.searchsorted(facts.day[:n], past.day - window))
        at = slice(low, n)
        weight = (0.5 ** ((past.day - facts.day[at]) / half_life)).astype(np.float32)
        size, places = past.sizes.o, len(past.tallies["party under type"].keys) + 1

        def total(row: Ints, party: Ints, rows: int) -> Floats:
            return np.asarray(csr_matrix((weight, (row[at], party[at])), shape=(rows, size)) @ profile)

        under, party = total(self._place, facts.s, places), total(facts.o, facts.s, size)
        return Sums(under=under, party=party), total(self._turned_place, facts.o, places)

    def features(self, asked: Queries, pool: Pool, hops: Floats) -> dict[str, NDArray[np.float64]]:
        """What likeness and company say of each party of the pool."""
        out: dict[str, NDArray[np.float64]] = {}
        s, r, o = asked.s[pool.query], asked.r[pool.query], pool.party
        under = self._past.tallies["party under type"]
        place, turned = under.find(r * self._past.sizes.o + o), self._turned(asked)
        n_under, n_party = under.value[2][place], self._counts("party", o)
        n_asked, n_subject = under.value[2][turned][pool.query], self._counts("party", asked.s)[pool.query]
        for name, profile in (("partners", self.by_partner), ("acts", self.by_act)):
            sums, theirs = self._sums(profile, _SLOW, None)
            own, other = profile[s], profile[o]
            for label, value, count in (
                ("like {s}, under type", _dot(own, sums.under[place]), n_under),
                ("like {s}", _dot(own, sums.party[o]), n_party),
                ("like those answered before", _dot(theirs[turned][pool.query], other), n_asked),
            ):
                out[f"{label} ({name})"] = _signed_log(value)
                out[f"{label}, mean ({name})"] = value / (count + 0.5)
            out[f"like partners, mean ({name})"] = _dot(sums.party[s], other) / (n_subject + 0.5)
            out[f"likeness ({name})"] = _dot(own, other)
        quick, _ = self._sums(self.by_partner, _QUICK, _WINDOW)
        own, other = self.by_partner[s], self.by_partner[o]
        out["like {s}, under type, lately"] = _signed_log(_dot(own, quick.under[place]))
        out["like {s}, lately"] = _signed_log(_dot(own, quick.party[o]))
        out["like partners, lately"] = _signed_log(_dot(quick.party[s], other))
        return out | self._links(asked, pool, hops)

    def _links(self, asked: Queries, pool: Pool, hops: Floats) -> dict[str, NDArray[np.float64]]:
        place = asked.subject_of[pool.query]
        hop = hops[place, pool.party].astype(np.float64)
        out = {
            "partners of partners": np.log1p(10 * hop),
            "partners of partners, share": hop / (hops.sum(1)[place] + 1e-6),
        }
        shape = len(asked.subjects), self._past.sizes.o
        rows = np.zeros(shape) if self._together is None else np.asarray(self._together[asked.subjects].todense())
        third = rows[place, pool.party].astype(np.float64)
        return out | {
            "same third party": np.log1p(5 * third),
            "same third party, share": third / (rows.sum(1)[place] + 0.2),
        }

    def _turned(self, asked: Queries) -> Ints:
        turned = self._past.graph.inverse(asked.r)
        return self._past.tallies["party under type"].find(turned * self._past.sizes.o + asked.s)

    def _counts(self, name: str, key: Ints) -> NDArray[np.float64]:
        kept = self._past.tallies[name]
        return np.asarray(kept.value[2][kept.find(key)])


def _dot(left: Floats, right: Floats) -> NDArray[np.float64]:
    return np.asarray(np.einsum("ij,ij->i", left, right), np.float64)


def _signed_log(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sign(value) * np.log1p(np.abs(value)))
