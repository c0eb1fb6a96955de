"""What does it cost to read an analysis whole, as a multiple of reading its events alone? Same texts, one process, in pairs.

    python eval/article_cost.py [PATH...] [--pairs N]

Whole is what `marchland code` does: annotation, events, ties, statements, silences, links. Events alone is the same annotation and
the events, merged. Without PATH the texts are the labelled articles a01 to a05; their labels are not read. In each pair the
two take turns at going first. Printed for each text and for all together: the median seconds of both, the median ratio of the pairs
by the clock, and the same by processor time, which other work on the machine disturbs less.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from marchland.annotate import Annotator, Gate
from marchland.documents import document
from marchland.lexicon.linear import available, binary
from marchland.model.annotated import Annotated
from marchland.model.document import Document
from marchland.reading import read, trigger_words
from marchland.reading.events import EventReader
from marchland.reading.merge import merged

HERE = Path(__file__).resolve().parent
ARTICLES = ("a01", "a02", "a03", "a04", "a05")
_WARM = 2  # readings before the clock counts


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reading took, in seconds."""

    clock: float
    processor: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.clock + other.clock, self.processor + other.processor)


type Pair = tuple[Cost, Cost]  # whole, events alone


def _cost(annotate: Annotator, doc: Document, read_one: Callable[[Annotated], object]) -> Cost:
    clock, processor = time.perf_counter(), time.process_time()
    for annotated in annotate([doc]):
        read_one(annotated)
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def _whole(doc: Annotated) -> object:
    return read(doc, "bench")


def _events(doc: Annotated) -> object:
    return merged(EventReader(doc, "bench").drafts())


def timed(annotate: Annotator, doc: Document, pairs: int) -> list[Pair]:
    """What reading one document whole costs, and its events alone, pair by pair."""
    for _ in range(_WARM):
        _cost(annotate, doc, _whole)
    out = []
    for turn in range(pairs):
        if turn % 2:
            alone = _cost(annotate, doc, _events)
            out.append((_cost(annotate, doc, _whole), alone))
        else:
            whole = _cost(annotate, doc, _whole)
            out.append((whole, _cost(annotate, doc, _events)))
    return out


def line(name: str, rows: Sequence[Pair]) -> str:
    """One text's figures."""
    seconds = (median(cost.clock for cost in side) for side in zip(*rows, strict=True))
    ratio = median(w.clock / e.clock for w, e in rows)
    steadier = median(w.processor / e.processor for w, e in rows)
    return f"{name:<24}{next(seconds):>9.3f} s{next(seconds):>9.3f} s{ratio:>8.2f}{steadier:>11.2f}"


def main() -> int:
    """Take turns and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="*", type=Path, help="text files; without any, the articles a01 to a05")
    ap.add_argument("--pairs", type=int, default=9)
    args = ap.parse_args()
    paths = args.paths or [HERE / "articles" / f"{name}.txt" for name in ARTICLES]
    annotate = Annotator(gate=Gate(trigger_words(), binary("gate") if available() else None))
    print(f"{'':<24}{'whole':>11}{'events':>11}{'ratio':>8}{'processor':>11}   medians of {args.pairs} pairs")
    total = [(Cost(0.0, 0.0), Cost(0.0, 0.0))] * args.pairs
    for path in paths:
        rows = timed(annotate, document(path.read_text(encoding="utf-8"), doc_id=path.stem), args.pairs)
        total = [(a + w, b + e) for (a, b), (w, e) in zip(total, rows, strict=True)]
        print(line(path.stem, rows))
    print(line("together", total))
    return 0


if __name__ == "__main__":
    sys.exit(main())
