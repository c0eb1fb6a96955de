"""Score the event coder on marchland's own gold: precision, recall and F1 by level and type, with intervals and baselines.

    python eval/score.py [--part dev|test] [--by-type] [--lost] [--floors] [--curve] [--save F] [--against F]

Levels compare sets of items for each text: event types; (type, actor, recipient) and ordered (actor, recipient) between two
different states; quad classes. Intervals resample texts. Beside the coder stand the rules alone and, for pairs of states, the
first two countries named. `--lost` lists what was missed and what was made up; `--floors` fails below `floors.toml`.
`--curve` prints what each `--min-confidence` gives and how often readings of one confidence are right. `--save` keeps what was
read, `--against` prints what has been gained and lost since. The test part is for a last look only; nothing is trained or
tuned on it.
"""

import argparse
import json
import random
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "training"))

from blocks import LabelledText, Told, read_blocks  # noqa: E402  # the path above makes it importable
from marchland.annotate import Annotator, Gate  # noqa: E402
from marchland.documents import document  # noqa: E402
from marchland.lexicon.linear import binary  # noqa: E402
from marchland.model.annotated import Annotated  # noqa: E402
from marchland.model.ontology import QUAD_OF, EventType, Status  # noqa: E402
from marchland.model.records import Event  # noqa: E402
from marchland.reading import trigger_words  # noqa: E402
from marchland.reading.events import EventReader  # noqa: E402
from marchland.reading.merge import merged  # noqa: E402

_MUTUAL = frozenset({"CONSULT", "COOPERATE"})
_UNCOUNTED = frozenset({Status.DENIED, Status.HYPOTHETICAL})
_DRAWS = 500
Items = set[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Act:
    """One event as the levels see it."""

    types: tuple[
        str, ...
    ]  # accepted types, the labelled one first; a prediction has one, and its base where it is planned
    actors: tuple[str, ...]
    recipients: tuple[str, ...]

    def dyads(self) -> set[tuple[str, str]]:
        """Ordered pairs of two different states."""
        kind = self.types[0]
        sides = self.actors + self.recipients
        if (kind in _MUTUAL or not self.recipients) and len(sides) > 1:
            return {(a, b) for a in sides for b in sides if a != b}
        return {(a, b) for a in self.actors for b in self.recipients if a != b}


def gold(told: Told) -> Act:
    """A labelled event."""
    kinds = (told.event_type, *told.alternatives, *([told.base] if told.base else []))
    ordered = dict.fromkeys(kinds)
    return Act(tuple(ordered), _states(p.country for p in told.actors), _states(p.country for p in told.recipients))


def coded(event: Event) -> Act:
    """A read event; a planned act may be taken by its base."""
    kinds = [event.event_type.value, *([event.base.value] if event.base and event.status is Status.PLANNED else [])]
    return Act(tuple(kinds), _states(p.country for p in event.actors), _states(p.country for p in event.recipients))


def _states(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for c in codes if c))


@dataclass(frozen=True, slots=True)
class Pair:
    """What one text tells and what was read of it, matched type by type."""

    text: LabelledText
    told: list[tuple[str, Act]]  # with the type that counts
    read: list[tuple[str, Act]]


def pair(text: LabelledText, events: Iterable[Event]) -> Pair:
    """Read an accepted type as the labelled one; leave out what matches an optional, denied or hypothetical label."""
    counted = [e for e in text.events if not e.optional and e.status not in ("denied", "hypothetical")]
    neutral = [gold(e) for e in text.events if e not in counted]
    told = [(e.event_type, gold(e)) for e in counted]
    read = []
    for event in events:
        if event.status in _UNCOUNTED:
            continue
        act = coded(event)
        own = event.event_type.value
        taken = [kind for kind, label in told if own == kind or set(act.types) & set(label.types)]
        if own in taken or not taken:
            kind = own
        else:
            kind = taken[0]
        if not taken and any(set(act.types) & set(n.types) for n in neutral):
            continue
        read.append((kind, act))
    return Pair(text, told, read)


def _types(found: list[tuple[str, Act]]) -> Items:
    return {(kind,) for kind, _ in found}


def _dyads(found: list[tuple[str, Act]]) -> Items:
    return {d for _, act in found for d in act.dyads()}


def _typed(found: list[tuple[str, Act]]) -> Items:
    return {(kind, *d) for kind, act in found for d in act.dyads()}


def _quads(found: list[tuple[str, Act]]) -> Items:
    return {(QUAD_OF[EventType(kind)].value,) for kind, _ in found}


LEVELS: dict[str, Callable[[list[tuple[str, Act]]], Items]] = {
    "event type": _types,
    "type + actor + recipient, two states": _typed,
    "ordered dyad, two states": _dyads,
    "quad class": _quads,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall, F1 with its 95 % interval."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


def figure(counts: list[tuple[int, int, int]]) -> Figure:
    """From (right, made up, missed) for each text."""

    def f1(rows: list[tuple[int, int, int]]) -> float:
        right, extra, missed = (sum(r[i] for r in rows) for i in range(3))
        return 2 * right / (2 * right + extra + missed) if right else 0.0

    rng = random.Random(0)
    draws = sorted(f1(rng.choices(counts, k=len(counts))) for _ in range(_DRAWS))
    right, extra, missed = (sum(r[i] for r in counts) for i in range(3))
    return Figure(
        right / (right + extra) if right + extra else 0.0,
        right / (right + missed) if right + missed else 0.0,
        f1(counts),
        draws[int(0.025 * _DRAWS)],
        draws[int(0.975 * _DRAWS)],
    )


def count(pairs: list[Pair], level: Callable[[list[tuple[str, Act]]], Items]) -> list[tuple[int, int, int]]:
    """(right, made up, missed) of each text on one level."""
    out = []
    for p in pairs:
        told, read = level(p.told), level(p.read)
        out.append((len(told & read), len(read - told), len(told - read)))
    return out


def read_all(texts: list[LabelledText]) -> list[Annotated]:
    """The texts, annotated as the coder does it."""
    docs = [document(t.body, title=t.title, doc_id=t.id, date=t.date) for t in texts]
    return list(Annotator(gate=Gate(trigger_words(), binary("gate")))(docs))


def baseline(doc: Annotated) -> Items:
    """The first two countries named, in order."""
    named = list(dict.fromkeys(n.country for n in doc.names if n.country))
    return {(named[0], named[1])} if len(named) > 1 else set()


def main() -> int:
    """Score and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", choices=["dev", "test"], default="dev")
    ap.add_argument("--by-type", action="store_true")
    ap.add_argument("--lost", action="store_true", help="list what was missed and what was made up")
    ap.add_argument("--floors", action="store_true", help="fail where a figure is below floors.toml")
    ap.add_argument("--curve", action="store_true", help="precision and recall by least confidence, and calibration")
    ap.add_argument("--save", type=Path, help="keep what was read in this file")
    ap.add_argument("--against", type=Path, help="print what was gained and lost since that file")
    args = ap.parse_args()
    texts = [t for f in sorted((HERE / "events").glob(f"{args.part}_*.txt")) for t in read_blocks(f)]
    docs = read_all(texts)
    runs = {}
    for name, learned in (("marchland", True), ("rules alone", False)):
        runs[name] = [
            pair(t, merged(EventReader(doc, "eval", learned=learned).drafts()))
            for t, doc in zip(texts, docs, strict=True)
        ]
    print(f"{args.part}: {len(texts)} texts, {sum(len(p.told) for p in runs['marchland'])} events")
    found: dict[str, float] = {}
    for level, items in LEVELS.items():
        for name, pairs in runs.items():
            f = figure(count(pairs, items))
            print(
                f"  {level:<38}{name:<14} P {f.precision:.3f} R {f.recall:.3f} F1 {f.f1:.3f} ({f.low:.3f}-{f.high:.3f})"
            )
            if name == "marchland":
                found[level] = f.f1
    told = [
        (len(_dyads(p.told) & b), len(b - _dyads(p.told)), len(_dyads(p.told) - b))
        for p, b in zip(runs["marchland"], map(baseline, docs), strict=True)
    ]
    f = figure(told)
    print(
        f"  {'ordered dyad, two states':<38}{'first two':<14} P {f.precision:.3f} R {f.recall:.3f} F1 {f.f1:.3f} ({f.low:.3f}-{f.high:.3f})"
    )
    empty = [p for p in runs["marchland"] if not p.text.events]
    print(f"  texts without any event that get one: {sum(bool(p.read) for p in empty)} of {len(empty)}")
    if args.by_type:
        _by_type(runs["marchland"])
    if args.lost:
        _lost(runs["marchland"])
    if args.curve:
        _curve(texts, docs)
    if args.save:
        args.save.write_text(json.dumps(_kept(runs["marchland"])), encoding="utf-8")
    if args.against:
        _changes(json.loads(args.against.read_text(encoding="utf-8")), runs["marchland"])
    return _check_floors(args.part, found) if args.floors else 0


def _of_type(kind: EventType, found: list[tuple[str, Act]]) -> Items:
    return {k for k in _types(found) if k == (kind.value,)}


def _by_type(pairs: list[Pair]) -> None:
    for t in EventType:
        f = figure(count(pairs, partial(_of_type, t)))
        print(f"    {t.value:<10} P {f.precision:.2f} R {f.recall:.2f} F1 {f.f1:.2f}")


def _kept(pairs: list[Pair]) -> dict[str, list[str]]:
    """What was read of each text, as comparable words."""
    return {p.text.id: sorted(f"{k} {'+'.join(a.actors)} > {'+'.join(a.recipients)}" for k, a in p.read) for p in pairs}


def _changes(before: dict[str, list[str]], pairs: list[Pair]) -> None:
    for p, (name, now) in zip(pairs, _kept(pairs).items(), strict=True):
        old, told = set(before.get(name, [])), {k for k, _ in p.told}
        for sign, rows in (("gained", set(now) - old), ("lost", old - set(now))):
            for row in sorted(rows):
                print(f"    {sign} {'right' if row.split()[0] in told else 'wrong'} type: {name}: {row}")


def _curve(texts: list[LabelledText], docs: list[Annotated]) -> None:
    """What each least confidence gives, and how sure readings turn out."""
    read = [list(merged(EventReader(doc, "eval").drafts())) for doc in docs]
    print("  least confidence: precision, recall, F1 of event type")
    for tenth in range(2, 10):
        least = tenth / 10
        pairs = [pair(t, [e for e in found if e.confidence >= least]) for t, found in zip(texts, read, strict=True)]
        f = figure(count(pairs, _types))
        print(f"    {least:.1f}  P {f.precision:.3f} R {f.recall:.3f} F1 {f.f1:.3f}")
    print("  confidence of a reading, and share of readings with a right type")
    bins: dict[int, list[bool]] = {}
    for t, found in zip(texts, read, strict=True):
        types = {kind for told in t.events for kind in told.types}
        for e in found:
            if e.status not in _UNCOUNTED:
                bins.setdefault(min(int(e.confidence * 10), 9), []).append(
                    e.event_type.value in types or (e.base or "") in types
                )
    for tenth, right in sorted(bins.items()):
        print(
            f"    {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}  {sum(right)} of {len(right)} = {sum(right) / len(right):.2f}"
        )


def _lost(pairs: list[Pair]) -> None:
    for p in pairs:
        missed, extra = _types(p.told) - _types(p.read), _types(p.read) - _types(p.told)
        if missed or extra:
            print(
                f"    {p.text.id}: missed {sorted(m[0] for m in missed)}, made up {sorted(x[0] for x in extra)} | {p.text.text[:160]!r}"
            )


def _check_floors(part: str, found: dict[str, float]) -> int:
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8")).get(part, {})
    low = [
        f"{level}: {found[level]:.3f} is below {floor:.3f}" for level, floor in floors.items() if found[level] < floor
    ]
    for line in low:
        print(f"eval/floors.toml: {line}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
