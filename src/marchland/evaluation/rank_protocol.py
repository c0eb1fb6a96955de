"""The field's protocol for forecasts over event graphs: which rank does the true party get?

Every event (s, r, o, day) asks twice: (s, r, ?) and, from the other side, (o, r by, ?). Single step: all days before the asked one are
known. Other true answers of the same query on the same day are set aside; equal scores give the mean of their ranks. Source of the split
and the rules: Gastinger et al., "Comparing Apples and Oranges?", ECML PKDD 2023.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from marchland.errors import DocumentError
from marchland.forecast.ranking.graph import EventGraph, Floats, Ints
from marchland.forecast.ranking.kinds import kinds_from_names

SPLITS: Final = ("train", "valid", "test")
_DRAWS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """All events of a benchmark as one graph, and the first and last day of each split."""

    graph: EventGraph
    spans: Mapping[str, tuple[int, int]]


def load(folder: Path) -> Benchmark:
    """Read train.txt, valid.txt, test.txt (subject, relation, object, day), entity2id.txt and relation2id.txt.

    Days become steps of one: hour stamps 0, 24, 48 ... count as 0, 1, 2 ....

    Raises:
        DocumentError: a file is missing or does not read, or the splits do not follow each other in time.
    """
    tables = {s: _table(folder / f"{s}.txt") for s in SPLITS}
    times = np.unique(np.concatenate([t[:, 3] for t in tables.values()]))
    step = int(np.gcd.reduce(np.diff(times))) if len(times) > 1 else 1
    for table in tables.values():
        table[:, 3] = (table[:, 3] - times[0]) // step
    spans = {s: (int(t[:, 3].min()), int(t[:, 3].max())) for s, t in tables.items()}
    for early, late in (("train", "valid"), ("valid", "test")):
        if spans[early][1] >= spans[late][0]:
            raise DocumentError(
                f"{folder}: {early}.txt ends on day {spans[early][1]}, {late}.txt begins on day {spans[late][0]}; "
                "splits must follow each other in time"
            )
    parties = _names(folder / "entity2id.txt")
    kinds, countries, roles = kinds_from_names(parties)
    rows = np.concatenate(list(tables.values()))
    graph = EventGraph(
        subject=rows[:, 0],
        relation=rows[:, 1],
        object=rows[:, 2],
        day=rows[:, 3],
        parties=parties,
        relations=_names(folder / "relation2id.txt"),
        kinds=kinds,
        countries=countries,
        roles=roles,
    )
    return Benchmark(graph=graph, spans=spans)


def _table(path: Path) -> Ints:
    try:
        rows = np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file; a benchmark holds train.txt, valid.txt and test.txt") from None
    except (ValueError, IndexError) as err:
        raise DocumentError(f"{path}: {err}; each line is subject, relation, object and day as whole numbers") from None
    if not len(rows):
        raise DocumentError(f"{path}: no events; each split needs at least one")
    return rows


def _names(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        pairs = [line.rsplit("\t", 1) for line in lines if line.strip()]
        by_id = {int(number): name for name, number in pairs}
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file; it names what the numbers of the events stand for") from None
    except ValueError:
        raise DocumentError(f"{path}: a line is not a name, a tab and a number") from None
    return tuple(by_id.get(i, str(i)) for i in range(max(by_id, default=-1) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Scores for one query: parties that are not listed tie below all that are."""

    s: int
    r: int
    day: int
    party: Ints
    score: NDArray[np.float64]


def write(out: TextIO, listed: Listed) -> None:
    """One query as a line of JSON; 17 digits, so that no two scores become equal."""
    scores = {str(p): v for p, v in zip(listed.party.tolist(), listed.score.tolist(), strict=True)}
    out.write(json.dumps({"s": listed.s, "r": listed.r, "t": listed.day, "scores": scores}) + "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """The filtered rank of each asked event."""

    rank: NDArray[np.float64]
    day: Ints
    new: NDArray[np.bool_]  # such a triple was on no earlier day

    def mrr(self, which: NDArray[np.bool_] | None = None) -> float:
        """Mean reciprocal rank."""
        rank = self.rank if which is None else self.rank[which]
        return float((1 / rank).mean()) if len(rank) else float("nan")

    def hits(self, most: int, which: NDArray[np.bool_] | None = None) -> float:
        """Share of ranks up to `most`."""
        rank = self.rank if which is None else self.rank[which]
        return float((rank <= most).mean()) if len(rank) else float("nan")

    def interval(self) -> tuple[float, float]:
        """95 % interval of the mean reciprocal rank, by drawing whole days: events of one day are not independent."""
        chance = np.random.default_rng(0)
        days, place = np.unique(self.day, return_inverse=True)
        total, count = np.bincount(place, 1 / self.rank), np.bincount(place)
        drawn = chance.integers(0, len(days), (_DRAWS, len(days)))
        low, high = np.percentile(total[drawn].sum(1) / count[drawn].sum(1), [2.5, 97.5])
        return float(low), float(high)


class Judge:
    """Turns listed scores into ranks, query by query."""

    def __init__(self, benchmark: Benchmark, split: str) -> None:
        graph = benchmark.graph
        self.parties, self.relations = len(graph.parties), len(graph.relations)
        first, last = benchmark.spans[split]
        both = [
            (np.concatenate([graph.subject, graph.object]), np.concatenate([graph.object, graph.subject])),
            (np.concatenate([graph.relation, graph.relation + self.relations]), np.tile(graph.day, 2)),
        ]
        (s, o), (r, day) = both
        triple = (s * 2 * self.relations + r) * self.parties + o
        known, place = np.unique(triple, return_inverse=True)
        began = np.full(len(known), np.iinfo(np.int64).max)
        np.minimum.at(began, place.reshape(-1), day)
        asked = (day >= first) & (day <= last)
        self._new = (began[place.reshape(-1)] >= day)[asked]
        s, r, o, self._day = s[asked], r[asked], o[asked], day[asked]
        self._rank = np.full(len(s), np.nan)
        self._object = o
        self._rows: dict[tuple[int, int, int], list[int]] = {}
        for i, key in enumerate(zip(s.tolist(), r.tolist(), self._day.tolist(), strict=True)):
            self._rows.setdefault(key, []).append(i)

    def queries(self) -> Iterator[tuple[int, int, int]]:
        """Every (subject, relation, day) that is asked."""
        yield from self._rows

    def take(self, listed: Listed) -> None:
        """Rank the true parties of one query."""
        rows = self._rows.get((listed.s, listed.r, listed.day), [])
        true = np.unique(self._object[rows])
        score_of = dict(zip(listed.party.tolist(), listed.score.tolist(), strict=True))
        others = np.sort(listed.score[~np.isin(listed.party, true)])
        unlisted = self.parties - len(listed.party) - sum(1 for t in true.tolist() if t not in score_of)
        for i in rows:
            mine = score_of.get(int(self._object[i]))
            if mine is None:
                self._rank[i] = 1 + len(others) + unlisted / 2
                continue
            below_or_equal = int(np.searchsorted(others, mine, "right"))
            equal = below_or_equal - int(np.searchsorted(others, mine, "left"))
            self._rank[i] = 1 + len(others) - below_or_equal + equal / 2

    def ranks(self) -> Ranks:
        """All ranks; a query that was not answered has all parties tied."""
        rank = np.where(np.isnan(self._rank), (self.parties + 1) / 2, self._rank)
        return Ranks(rank=rank, day=self._day, new=self._new)


def as_listed(s: int, r: int, day: int, party: Ints, score: Floats | NDArray[np.float64]) -> Listed:
    """Listed scores from arrays."""
    return Listed(s=s, r=r, day=day, party=party, score=np.asarray(score, np.float64))
