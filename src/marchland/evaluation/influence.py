"""Does the measure of influence hold against what is known outside? A table of checks with bars and baselines.

The folder of data holds `licensed/` (public tables of ties) and `eval_only/` (events by dyad and month, FBIC). Nothing of it ships.
Weights are those of the shipped lexicon, not fitted to any of this; what is fitted or chosen says on which years.
"""

from collections.abc import Iterator
from pathlib import Path

from marchland.evaluation import (
    influence_breaks,
    influence_checks,
    influence_fbic,
    influence_held_out,
    influence_robust,
)
from marchland.evaluation.influence_tables import load
from marchland.evaluation.line import Line


def lines(folder: Path) -> Iterator[Line]:
    """Every check, one after the other.

    Raises:
        DocumentError: the folder lacks a table; it is named.
    """
    t = load(folder)
    yield from formula(folder)
    yield from influence_checks.by_host(t)
    yield influence_checks.demeaned(t)
    yield from influence_held_out.lines(t)
    yield from influence_checks.economic(t)
    yield influence_checks.central_asia(t)
    if (line := influence_robust.votes(t, folder)) is not None:
        yield line
    yield influence_breaks.intervals(t)
    yield influence_breaks.known(t)
    yield influence_breaks.false_alarms(t)
    yield influence_breaks.running(t)
    yield from influence_breaks.planted(t)
    yield influence_robust.first_rank(t)
    yield influence_robust.coverage(t)
    yield influence_robust.doubling()


def formula(folder: Path) -> Iterator[Line]:
    """Is FBIC, computed anew from published indicators, the published one?"""
    path = folder / influence_fbic.FILE
    if not path.exists():
        yield Line(check="FBIC formula", bar="< 1e-5", result=f"no file {influence_fbic.FILE}", met=None)
        return
    for step, rows, worst in influence_fbic.steps(path):
        whole = step == "fbic"
        yield Line(
            check=f"FBIC formula on {rows} rows" if whole else f"FBIC formula, {step}, {rows} rows",
            bar="< 1e-5" if whole else "",
            result=f"largest error {worst:.1e}",
            met=worst < influence_fbic.MOST if whole else None,
        )
