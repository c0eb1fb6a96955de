"""Does the measure of influence hold against what is known outside? A table of checks with bars and baselines.

Usage: python eval/influence.py --data DIR [--json]

DIR holds `licensed/` (public tables of ties) and `eval_only/` (events by dyad and month, FBIC). Nothing of it ships.
Weights are those of the shipped lexicon, not fitted to any of this; what is fitted or chosen says on which years.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

if __name__ == "__main__":  # run as a script, the repository's root is not yet on the path
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from eval import influence_breaks, influence_checks, influence_fbic
from eval.influence_checks import Line
from eval.influence_tables import Tables, load


def lines(t: Tables, folder: Path) -> Iterator[Line]:
    """Every check, one after the other."""
    yield formula(folder)
    yield from influence_checks.by_host(t)
    yield influence_checks.demeaned(t)
    yield from influence_checks.held_out(t)
    yield from influence_checks.economic(t)
    yield influence_checks.central_asia(t)
    yield influence_breaks.intervals(t)
    yield influence_breaks.known(t)
    yield influence_breaks.false_alarms(t)
    yield from influence_breaks.planted(t)
    yield influence_checks.first_rank(t)
    yield influence_checks.coverage(t)
    yield influence_checks.doubling()


def formula(folder: Path) -> Line:
    """Is FBIC, computed anew from published indicators, the published one? More in eval/influence_fbic.py."""
    path = folder / influence_fbic.FILE
    if not path.exists():
        return Line(check="FBIC formula", bar="< 1e-5", result=f"no file {influence_fbic.FILE}", met=None)
    found = [error for row in influence_fbic.rows(path) for step, error in influence_fbic.errors(row) if step == "fbic"]
    worst = max(found)
    return Line(
        check=f"FBIC formula on {len(found)} rows",
        bar="< 1e-5",
        result=f"largest error {worst:.1e}",
        met=worst < influence_fbic.MOST,
    )


def markdown(found: Line) -> str:
    """A row of the table."""
    verdict = {True: "met", False: "**missed**", None: "-"}[found.met]
    return f"| {found.check} | {found.bar} | {found.result} | {verdict} | {found.beside} |"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder that holds licensed/ and eval_only/"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per check")
    told = parser.parse_args(arguments)
    if not told.json:
        print("| check | bar | result | | beside it |\n|---|---|---|---|---|")
    missed = False
    for line in lines(load(told.data), told.data):
        missed = missed or line.met is False
        print(json.dumps(asdict(line)) if told.json else markdown(line), flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
