"""Train the judge of ties and of their sides from the texts in `training/ties/` and the lexicon's own examples.

    python training/train_ties.py [--check]

Writes `src/marchland/lexicon/models/ties.tsv` and `tie_sides.tsv`. `--check` cross-validates by text instead and prints precision and
recall of sentence and kind by threshold, and how often power, host and members are told apart. Same texts, same tables.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from blocks import read_blocks
from marchland.annotate import Annotator
from marchland.documents import document
from marchland.lexicon.tie_words import tie_entries
from marchland.model.annotated import Sentence
from marchland.reading.tie_features import judge_features
from marchland.reading.tie_side_features import side_features
from marchland.reading.ties import TieReader
from train import Rows, matrix, write

HERE = Path(__file__).parent / "ties"
STRENGTH = {"ties": 0.15, "tie_sides": 0.3}
_PASSING = frozenset(
    "CONSULT REQUEST ACCUSE REJECT THREATEN PROTEST COERCE ASSAULT CONCEDE".split()
)  # acts after which nothing stands
EXAMPLE_WEIGHT = 1.5  # of a sentence of the lexicon, which is plain where analysis is crowded
_EVERY = 4
_ROLES = ("none", "power", "host", "member")


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled tie of a sentence."""

    kind: str
    power: str | None
    host: str | None
    members: frozenset[str]
    optional: bool


@dataclass(slots=True)
class Text:
    """A text with the ties of each of its sentences, and the weight of its rows."""

    sentences: list[tuple[str, list[Label]]] = field(default_factory=list)
    weight: float = 1.0
    only: str | None = None  # the one kind that is labelled; None = all
    passing: bool = False  # taken to tell no tie, unless a rule reads one

    @property
    def body(self) -> str:
        """The text as a coder reads it."""
        return " ".join(s for s, _ in self.sentences)


def label(cell: str) -> Label:
    """`base FRA>DJI`, `alliance =USA,JPN`; a `?` behind the kind marks a borderline one."""
    kind, sides, *_ = cell.split()
    members = frozenset(sides[1:].split(",")) if sides.startswith("=") else frozenset[str]()
    power, _, host = ("", "", "") if members else sides.partition(">")
    return Label(
        kind.rstrip("?"), power.strip("?") or None, host.strip("?") or None, members, optional=kind.endswith("?")
    )


def texts() -> Iterator[Text]:
    """Paragraphs, single sentences and the lexicon's examples."""
    current = Text()
    for line in [*(HERE / "paragraphs.txt").read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if current.sentences:
                yield current
            current = Text()
            continue
        current.sentences.append(_labelled(line))
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Text([_labelled(line)])
    yield from untold()
    for e in tie_entries():
        told = Label(e.kind.value, e.fires.power, e.fires.host, e.fires.members, optional=False)
        yield Text([(e.fires.text, [told])], EXAMPLE_WEIGHT, e.kind.value)
        yield Text([(e.near_miss, [])], EXAMPLE_WEIGHT, e.kind.value)


def untold() -> Iterator[Text]:
    """News of single acts, business and sport: texts of `training/` that are taken to tell no tie, where no rule reads one."""
    texts_ = [t for f in sorted(HERE.parent.glob("[abcn]?.txt")) for t in read_blocks(f)]
    acts = [t for t in texts_ if all(e.event_type in _PASSING for e in t.events)]
    for t in acts[::_EVERY]:
        yield Text([(t.body, [])], 1.0, passing=True)


def _labelled(line: str) -> tuple[str, list[Label]]:
    text, _, cells = line.partition(" ##")
    return text.strip(), [label(c) for c in cells.split(";") if c.strip()]


def told_in(text: Text, sentence: Sentence) -> list[Label] | None:
    """The labels of the labelled sentence that a read one lies in; None where it spans several."""
    at, found = 0, None
    for words, labels in text.sentences:
        start, end = at, at + len(words)
        at = end + 1
        if sentence.span.start < end and start < sentence.span.end:
            if found is not None:
                return [*found, *labels]
            found = labels
    return found


@dataclass(slots=True)
class Material:
    """Rows of both models, and for each row of the first its sentence and kind."""

    judge: Rows
    sides: Rows
    cells: list[tuple[int, int, str]]  # text, sentence, kind
    wanted: set[tuple[int, int, str]]  # labelled, firm
    open: set[tuple[int, int, str]]  # borderline


def collect() -> Material:
    """Read every text and make rows."""
    material = Material(Rows([], [], [], []), Rows([], [], [], []), [], set(), set())
    all_ = list(texts())
    docs = [document(t.body, doc_id=str(i)) for i, t in enumerate(all_)]
    for group, (text, doc) in enumerate(zip(all_, Annotator(encoder=False)(docs), strict=True)):
        reader = TieReader(doc, "train")
        for sentence in doc.sentences:
            labels = told_in(text, sentence) or []
            for x in labels:
                if x.kind != "silence":
                    (material.open if x.optional else material.wanted).add((group, sentence.index, x.kind))
            if sentence.tokens:
                _rows(material, reader, sentence, labels, group, text)
    return material


def _rows(
    material: Material, reader: TieReader, sentence: Sentence, labels: list[Label], group: int, text: Text
) -> None:
    scene = reader.scene(sentence)
    ground = scene.ground
    outside = reader.outside(scene)
    if text.passing and ground.ruled:
        return
    for cue in ground.cues:
        kind = cue.kind.value
        if text.only not in (None, kind):
            continue
        mine = [x for x in labels if x.kind == kind]
        if mine and all(x.optional for x in mine):
            continue
        material.judge.add(judge_features(ground, cue), int(bool(mine)), group, text.weight)
        material.cells.append((group, sentence.index, kind))
        if not mine:
            continue
        powers = {x.power for x in mine if x.power}
        hosts = {x.host for x in mine if x.host}
        members = {m for x in mine for m in x.members}
        everybody = [*ground.sides, *outside]
        inside = {s.key for s in ground.sides}
        for s in everybody:
            if s.index is None and (powers | hosts | members) <= inside:
                continue
            role = 1 if s.key in powers else 2 if s.key in hosts else 3 if s.key in members else 0
            material.sides.add(side_features(ground, cue, s, everybody), role, group, text.weight)


def check(material: Material) -> None:
    """Cross-validate both by text."""
    for strength in (0.05, 0.15, 0.4, 1.0):
        rows = material.judge
        x, _ = matrix(rows)
        y, w = np.array(rows.labels), np.array(rows.weights)
        p: np.ndarray = np.zeros(len(y))
        for train, test in GroupKFold(5).split(x, y, rows.groups):
            model = LogisticRegression(C=strength, max_iter=3000).fit(x[train], y[train], sample_weight=w[train])
            p[test] = model.predict_proba(x[test])[:, 1]
        best: dict[tuple[int, int, str], float] = {}
        for cell, q in zip(material.cells, p, strict=True):
            best[cell] = max(best.get(cell, 0.0), q)
        groups = {g for g, v in zip(rows.groups, rows.weights, strict=True) if v == 1.0}
        wanted = {c for c in material.wanted if c[0] in groups}
        for t in (0.2, 0.3, 0.4, 0.5, 0.6):
            read = {c for c, q in best.items() if q >= t and c[0] in groups}
            hit = len(read & wanted)
            precision, recall = hit / max(1, len(read)), hit / len(wanted)
            print(
                f"C={strength} from {t}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall + 1e-9):.3f}"
            )
        proposed = len(set(best) & wanted) / len(wanted)
    print(f"proposed by cues: {proposed:.3f} of {len(wanted)}")
    rows = material.sides
    x, _ = matrix(rows)
    y, w = np.array(rows.labels), np.array(rows.weights)
    for strength in (0.1, 0.3, 1.0):
        shares: np.ndarray = np.zeros((len(y), 4))
        for train, test in GroupKFold(5).split(x, y, rows.groups):
            shares[test] = (
                LogisticRegression(C=strength, max_iter=3000)
                .fit(x[train], y[train], sample_weight=w[train])
                .predict_proba(x[test])
            )
        right = shares.argmax(1) == y
        print(
            f"sides C={strength}: {right.mean():.3f}; "
            + ", ".join(f"{r} {right[y == i].mean():.3f}" for i, r in enumerate(_ROLES))
        )


def main() -> int:
    """Train, or check."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true", help="cross-validate and print, write nothing")
    args = ap.parse_args()
    material = collect()
    print(
        f"{len(material.judge.labels)} cues, {sum(material.judge.labels)} tell; {len(material.sides.labels)} parties",
        file=sys.stderr,
    )
    if args.check:
        check(material)
    else:
        write("ties", material.judge, ("told",), STRENGTH["ties"])
        write("tie_sides", material.sides, _ROLES, STRENGTH["tie_sides"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
