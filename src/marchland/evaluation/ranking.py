"""Does "who next" find the true party? The field's benchmark, with the recurrence baseline beside it.

DIR holds train.txt, valid.txt, test.txt, entity2id.txt and relation2id.txt. Nothing of it ships, and no weight fitted on it does.
Rankers are fitted on the days before the split that is measured; half-lives, sizes and settings were chosen on the valid days of ICEWS14.
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from marchland.errors import ForecastError
from marchland.evaluation.line import Line
from marchland.evaluation.rank_protocol import Benchmark, Judge, Ranks, as_listed, load, write
from marchland.forecast.ranking.additive import Additive
from marchland.forecast.ranking.boosted import Boosted
from marchland.forecast.ranking.fit import LEAST, Rankers, fit
from marchland.forecast.ranking.listing import listing
from marchland.forecast.ranking.tally import tally
from marchland.forecast.ranking.walk import Walk

BARS: Final = {
    "additive": (45.5, 65.0),
    "boosted": (47.5, 66.0),
}  # MRR and Hits@10 in percent, on the test days of ICEWS14
NEW: Final = (19.5, 37.0)  # the same over triples that were never seen before
MINUTES, GIGABYTES = 8.0, 4.0
_DECAY: Final = 25.0  # half-life in days of the baseline: 2^(-0.04 a day)
_USUAL: Final = 1e-5  # weight of how often the relation has such an object, beside recurrence
PUBLISHED: Final = "on ICEWS14: recurrence 37.4/52.1, TiRGN 44.0/63.8, CountTRuCoLa 45.0/62.0, ECHO 47.4/66.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took."""

    wall: float  # seconds
    cpu: float  # seconds of all threads
    peak: float  # gigabytes of the process


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Ranks by model, and what they took."""

    ranks: dict[str, Ranks]
    rankers: Rankers
    cost: Cost


def lines(data: Path, *, split: str = "test", predictions: Path | None = None) -> Iterator[Line]:
    """The benchmark's rows, each with its bar and what stands beside it.

    Args:
        split: "test", or "valid" to choose settings on.
        predictions: A folder that gets `additive.jsonl` and `boosted.jsonl`, one query a line.

    Raises:
        DocumentError: a file of the benchmark is missing or does not read.
        ForecastError: the days before the split are too few to fit on.
    """
    benchmark = load(data)
    yield _line(f"recurrence, {split}", recurrence(benchmark, split), None, PUBLISHED)
    with ExitStack() as files:
        outs: dict[str, TextIO] = {}
        if predictions is not None:
            predictions.mkdir(parents=True, exist_ok=True)
            outs = {n: files.enter_context((predictions / f"{n}.jsonl").open("w", encoding="utf-8")) for n in BARS}
        run = measure(benchmark, split, outs)
    fitted = f"fitted on {run.rankers.queries} queries of days {run.rankers.first_day} to {run.rankers.last_day}"
    for name, ranks in run.ranks.items():
        yield _line(f"who next, {name}, {split}", ranks, BARS[name], fitted)
    for name, ranks in run.ranks.items():
        yield _new(name, split, ranks)
    cost = run.cost
    yield Line(
        check="features, fit and ranking",
        bar=f"<= {MINUTES:.0f} min, < {GIGABYTES:.0f} GB",
        result=f"{cost.wall / 60:.1f} min, {cost.peak:.1f} GB",
        met=cost.wall <= MINUTES * 60 and cost.peak < GIGABYTES,
        beside=f"{cost.cpu:.0f} s of processor time",
    )


def measure(benchmark: Benchmark, split: str, outs: dict[str, TextIO]) -> Run:
    """Fit on the days before the split, then rank its days one after the other."""
    wall, cpu = time.perf_counter(), time.process_time()
    first, last = benchmark.spans[split]
    walk = Walk(benchmark.graph)
    rankers = fit(walk, first, boosted=True)
    if rankers is None or rankers.boosted is None:
        raise ForecastError(f"the days before {first} hold fewer than {LEAST} questions; nothing can be fitted on them")
    models: dict[str, Additive | Boosted] = {"additive": rankers.additive, "boosted": rankers.boosted}
    judges = {name: Judge(benchmark, split) for name in models}
    for block, _ in walk.go([d for d in walk.days() if first <= d <= last]):
        for name, model in models.items():
            for ranked in listing(walk.past, block, model.score(block.values)):
                s, r = int(block.asked.s[ranked.query]), int(block.asked.r[ranked.query])
                listed = as_listed(s, r, block.day, ranked.party, ranked.score)
                judges[name].take(listed)
                if name in outs:
                    write(outs[name], listed)
    cost = Cost(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu, peak=_peak())
    return Run(ranks={name: judge.ranks() for name, judge in judges.items()}, rankers=rankers, cost=cost)


def _peak() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1e9 if sys.platform == "darwin" else 1e6)


def recurrence(benchmark: Benchmark, split: str) -> Ranks:
    """The baseline: who was the answer lately, halved every 25 days; among others, who usually is under the relation.

    Source: Gastinger et al., "History repeats itself: A baseline for temporal knowledge graph forecasting", IJCAI 2024, with its default
    decay for all relations, not tuned.
    """
    walk = Walk(benchmark.graph)
    facts, size = walk.past.facts, walk.past.sizes
    acts = tally((facts.s * size.r + facts.r) * size.o + facts.o, size.s * size.r * size.o, (_DECAY,))
    usual = tally(facts.r * size.o + facts.o, size.r * size.o, (None,))
    judge = Judge(benchmark, split)
    first, last = benchmark.spans[split]
    for day in walk.days():
        for kept in (acts, usual):
            kept.age_to(day)
        if first <= day <= last:
            asked = walk.asked_on(day)
            for s, r in zip(asked.s.tolist(), asked.r.tolist(), strict=True):
                low, high = np.searchsorted(usual.keys, [r * size.o, (r + 1) * size.o])
                party, often = usual.keys[low:high] % size.o, usual.value[0][low:high]
                party, often = party[often > 0], often[often > 0]
                lately = acts.value[0][acts.find((s * size.r + r) * size.o + party)]
                score = lately + _USUAL * often / max(often.sum(), 1)
                judge.take(as_listed(s, r, day, party, score))
        for kept in (acts, usual):
            kept.add(walk.past.facts_of(day), day)
    return judge.ranks()


def _line(check: str, ranks: Ranks, bar: tuple[float, float] | None, beside: str) -> Line:
    mrr, hits = 100 * ranks.mrr(), 100 * ranks.hits(10)
    low, high = (100 * x for x in ranks.interval())
    return Line(
        check=check,
        bar=f"MRR >= {bar[0]}, Hits@10 >= {bar[1]}" if bar else "",
        result=f"MRR {mrr:.2f} ({low:.2f} to {high:.2f}), Hits@1 {100 * ranks.hits(1):.2f}, Hits@10 {hits:.2f}",
        met=(mrr >= bar[0] and hits >= bar[1]) if bar else None,
        beside=beside,
    )


def _new(name: str, split: str, ranks: Ranks) -> Line:
    mrr, hits = 100 * ranks.mrr(ranks.new), 100 * ranks.hits(10, ranks.new)
    if not ranks.new.any():
        return Line(check=f"new triples only, {name}, {split}", bar="", result="no triple is new", met=None)
    old = 100 * ranks.mrr(~ranks.new), 100 * ranks.hits(10, ~ranks.new)
    return Line(
        check=f"new triples only, {name}, {split}",
        bar=f"MRR >= {NEW[0]}, Hits@10 >= {NEW[1]}",
        result=f"MRR {mrr:.2f}, Hits@10 {hits:.2f}",
        met=mrr >= NEW[0] and hits >= NEW[1],
        beside=f"{100 * ranks.new.mean():.0f} % of what is asked; triples seen before: {old[0]:.2f}, {old[1]:.2f}",
    )
