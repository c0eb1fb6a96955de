"""How well are standing ties read? Precision, recall and F1 on labelled texts, and what was missed or invented.

Usage: python eval/score_ties.py [LABELS] [CORPUS] [--list]

A read tie matches a label when the kind is the same, the sides agree (power and host, or a shared member; either list
may stand for the other where a label leaves power and host open), and a mention's sentence holds the labelled words.
Each is used once.
Labels marked optional are neither rewarded nor punished.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.document import Document
from marchland.model.records import Participant, Tie
from marchland.reading.events import EventReader
from marchland.reading.ties import TieReader

HERE = Path(__file__).resolve().parent
Label = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one pass."""

    hit: int = 0
    missed: int = 0
    invented: int = 0
    status_right: int = 0
    dated: int = 0
    date_right: int = 0

    def line(self, name: str) -> str:
        """One line for a person."""
        precision = self.hit / max(1, self.hit + self.invented)
        recall = self.hit / max(1, self.hit + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        counts = f"({self.hit} read, {self.missed} missed, {self.invented} invented)"
        return f"{name:18} P {precision:.2f}  R {recall:.2f}  F1 {f1:.3f}  {counts}"


def who(p: Participant | None) -> str | None:
    """The country of a side, else its organisation."""
    return (p.country or p.org) if p else None


def told_at(label: Label, tie: Tie, text: str) -> bool:
    """Does a mention of the tie stand in the sentence of the labelled words?"""
    words = label["words"]
    starts = [i for i in range(len(text)) if text.startswith(words, i)]
    return any(m.start < i + len(words) and i < m.end for i in starts for m in tie.mentions)


def sides_agree(label: Label, tie: Tie) -> bool:
    """Are the sides the same, as far as both tell them?"""
    power, host = who(tie.power), who(tie.host)
    members = {who(m) for m in tie.members} - {None}
    if label["members"]:
        return bool(set(label["members"]) & (members | {power, host}))
    if power is None and host is None:
        return {label["power"], label["host"]} <= members
    return power == label["power"] and (host == label["host"] or label["host"] is None)


def same_kind(label: Label, tie: Tie) -> bool:
    """Is the kind the same?"""
    return str(label["kind"]) == tie.kind.value


def match(labels: list[Label], ties: list[Tie], text: str) -> tuple[list[tuple[Label, Tie]], list[Label], list[Tie]]:
    """Pairs, labels left over, ties left over."""
    pairs, left = [], list(ties)
    rest = []
    for label in labels:
        found = next(
            (t for t in left if same_kind(label, t) and sides_agree(label, t) and told_at(label, t, text)), None
        )
        if found is None:
            rest.append(label)
        else:
            left.remove(found)
            pairs.append((label, found))
    return pairs, rest, left


def inside(told: dict[str, str] | None, read: Any) -> bool:
    """Does the read interval overlap the labelled one?"""
    if told is None or read is None:
        return told is None
    return (read.start is None or read.start.isoformat() <= told["end"]) and (
        read.end is None or read.end.isoformat() >= told["start"]
    )


def load(corpus: Path) -> dict[str, Document]:
    """Documents by id."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {
        r["id"]: document(
            r["text"],
            title=r.get("title"),
            doc_id=r["id"],
            publisher=r.get("publisher"),
            url=r.get("url"),
            date=r.get("date"),
        )
        for r in rows
    }


def main() -> None:
    """Read, match, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", nargs="?", type=Path, default=HERE / "demo" / "labels.jsonl")
    parser.add_argument(
        "corpus", nargs="?", type=Path, default=HERE.parent / "src" / "marchland" / "demo" / "corpus.jsonl"
    )
    parser.add_argument("--list", action="store_true", help="print what was missed and what was invented")
    args = parser.parse_args()
    documents = load(args.corpus)
    wanted = {}
    for line in args.labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted[row["doc_id"]] = row["ties"]
    total = Score()
    kinds: dict[str, Score] = {}
    misses: Counter[str] = Counter()
    docs = [documents[i] for i in wanted]
    for annotated in Annotator()(docs):
        doc = annotated.document
        labels = wanted[doc.doc_id]
        ties = TieReader(annotated, "eval").ties([d.event for d in EventReader(annotated, "eval").drafts()])
        firm = [x for x in labels if not x.get("optional")]
        pairs, missed, invented = match(firm, ties, doc.text)
        _, _, invented = match([x for x in labels if x.get("optional")], invented, doc.text)
        for label, tie in pairs:
            for score in (total, kinds.setdefault(label["kind"], Score())):
                score.hit += 1
                score.status_right += tie.status.value == label["status"] or {tie.status.value, label["status"]} == {
                    "asserted",
                    "reported",
                }
                for name, read in (("since", tie.since), ("until", tie.until)):
                    score.dated += label[name] is not None
                    score.date_right += label[name] is not None and inside(label[name], read)
        for label in missed:
            misses[label["kind"]] += 1
            total.missed += 1
            kinds.setdefault(label["kind"], Score()).missed += 1
            if args.list:
                print(
                    f"MISSED   {doc.doc_id} {label['kind']} {label['power']}>{label['host']} {label['members']} "
                    f"{label['status']} | {label['words']}"
                )
        for tie in invented:
            total.invented += 1
            kinds.setdefault(tie.kind.value, Score()).invented += 1
            if args.list:
                m = tie.mentions[0]
                sides = f"{who(tie.power)}>{who(tie.host)} {[who(p) for p in tie.members]}"
                print(f"INVENTED {doc.doc_id} {tie.kind} {sides} {tie.status} {m.rule} | {m.quote}")
    for kind in sorted(kinds):
        print(kinds[kind].line(kind))
    print(total.line("all"))
    print(
        f"status right on {total.status_right} of {total.hit}; "
        f"dates right on {total.date_right} of {total.dated} labelled dates"
    )


if __name__ == "__main__":
    main()
