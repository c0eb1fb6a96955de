"""How well are ties and silences read from single sentences in which nothing but one sentence tells them?

    python eval/score_sentences.py [FILE ...] [--list]

Reads `eval/ties/*_unseen.txt` unless files are named. A tie is met when its kind is read and both sides are right ("whole"), or
its kind and one side ("kind and a side", the rule of the articles); members agree when all labelled ones are read. A silence is met
when the party is read, `?` standing for anybody. The format: `eval/ties/README.md`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":  # run as a script, the repository's root is not yet on the path
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from marchland.documents import document
from marchland.model.records import Participant, Record, Silence, Tie
from marchland.pipeline import Coder

HERE = Path(__file__).resolve().parent / "ties"
UNSEEN = (HERE / "ties_unseen.txt", HERE / "silences_unseen.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One labelled tie or silence."""

    kind: str
    power: str | None = None
    host: str | None = None
    members: frozenset[str] = frozenset()
    standing: str | None = None  # ended or planned
    since: str | None = None  # year
    until: str | None = None

    @property
    def sides(self) -> set[str]:
        """Everybody named in it."""
        return {*self.members, *filter(None, (self.power, self.host))}


@dataclass(slots=True)
class Tally:
    """What was met, missed and invented."""

    met: int = 0
    missed: int = 0
    invented: int = 0
    lost: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """One line for a person."""
        precision, recall = self.met / max(1, self.met + self.invented), self.met / max(1, self.met + self.missed)
        f1 = 2 * self.met / max(1, 2 * self.met + self.missed + self.invented)
        return f"{name:26} P {precision:.2f}  R {recall:.2f}  F1 {f1:.3f}  ({self.met} met, {self.missed} missed, {self.invented} invented)"


def wanted(cell: str) -> Wanted:
    """One label: `base FRA>DJI since=1977 ended`, `alliance =USA,JPN`, `silence RUS`."""
    kind, sides, *rest = cell.split()
    marks = dict(x.split("=") for x in rest if "=" in x)
    standing = next((x for x in rest if "=" not in x), None)
    power, host, members = None, None, frozenset[str]()
    if sides.startswith("="):
        members = frozenset(sides[1:].split(","))
    else:
        power, _, host = sides.partition(">")
    return Wanted(
        kind=kind, power=power, host=host or None, members=members, standing=standing,
        since=marks.get("since"), until=marks.get("until"),
    )  # fmt: skip


def load(path: Path) -> Iterator[tuple[str, list[Wanted]]]:
    """Sentences with their labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, _, cells = line.partition(" ##")
            yield text.strip(), [wanted(c) for c in cells.split(";") if c.strip()]


def who(p: Participant | None) -> str | None:
    """Country, else organisation."""
    return (p.country or p.org) if p else None


def sides(record: Record) -> set[str]:
    """Everybody named in a read record."""
    if isinstance(record, Silence):
        return {who(record.party) or "?"}
    if isinstance(record, Tie):
        return {w for w in (who(record.power), who(record.host), *map(who, record.members)) if w}
    return set()


def kind_of(record: Record) -> str:
    """The label's word for a read record."""
    return record.kind.value if isinstance(record, Tie) else "silence"


def loose(label: Wanted, record: Record) -> bool:
    """Kind and a side."""
    return label.kind == kind_of(record) and (label.power == "?" or bool(label.sides & sides(record)))


def whole(label: Wanted, record: Record) -> bool:
    """Kind and all sides."""
    if not loose(label, record) or label.kind == "silence" or not isinstance(record, Tie):
        return loose(label, record)
    if label.members:
        return label.members <= sides(record)
    if record.members:
        return label.sides <= sides(record)
    return who(record.power) == label.power and label.host in (None, who(record.host))


def tally(rows: Sequence[tuple[str, list[Wanted], list[Record]]], *, strict: bool) -> Tally:
    """Pair greedily, the whole matches first."""
    out = Tally()
    for text, labels, records in rows:
        left, open_ = list(records), list(labels)
        for test in (whole,) if strict else (whole, loose):
            for label in list(open_):
                found = next((r for r in left if test(label, r)), None)
                if found is not None:
                    left.remove(found)
                    open_.remove(label)
                    out.met += 1
        out.missed += len(open_)
        out.invented += len(left)
        read = [f"{kind_of(r)} {'+'.join(sorted(sides(r)))} [{r.mentions[0].rule}]" for r in left]
        if open_ or left:
            told = [f"{x.kind} {'+'.join(sorted(x.sides))}" for x in open_]
            out.lost.append(f"MISSED {told}  READ {read} | {text}")
    return out


def read(texts: Sequence[str]) -> list[list[Record]]:
    """Ties and silences of each text, each read alone and through the gate."""
    docs = [document(t, doc_id=str(i), date="2025-06-30") for i, t in enumerate(texts)]
    return [[r for r in reading.records if isinstance(r, Tie | Silence)] for _, reading in Coder()(docs)]


def main() -> None:
    """Read, pair, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=UNSEEN)
    parser.add_argument("--list", action="store_true", help="print what was missed and what was invented")
    args = parser.parse_args()
    for path in args.files:
        labelled = list(load(path))
        silences = "silences" in path.name
        records = read([t for t, _ in labelled])
        rows = [
            (text, labels, [r for r in found if isinstance(r, Silence) == silences])
            for (text, labels), found in zip(labelled, records, strict=True)
        ]
        print(path.name)
        strict = tally(rows, strict=True)
        print(strict.line("  whole"))
        if not silences:
            print(tally(rows, strict=False).line("  kind and a side"))
        if args.list:
            print("\n".join(strict.lost))


if __name__ == "__main__":
    main()
