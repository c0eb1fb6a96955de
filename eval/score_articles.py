"""Read the labelled analysis articles whole and score events, ties, statements, silences, links and citations.

    python eval/score_articles.py [--articles NAME,NAME] [--final] [--lost [KIND]]

For each kind: labels that count, records read (what meets an optional label left out), those that met, precision, recall and F1
with a 95 % interval. Below: what is right of the records that met. Intervals resample articles; with five of them they are
wide and coarse. `--final` reads the two articles kept for the last look; nothing is mended on those. `--lost` lists what was missed
and what was invented. Matching: `eval/articles/README.md`.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run as a script, the repository's root is not yet on the path
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from eval.article_lost import lost
from eval.article_match import (
    STATEMENTS,
    Judge,
    Label,
    Pairing,
    country_right,
    date_right,
    holder_right,
    inside,
    paired,
    roles_right,
    same_party,
    status_alike,
    wholly_right,
)
from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.annotated import Annotated
from marchland.model.document import Document
from marchland.model.records import KIND_OF, Link, Reading, Silence, Statement
from marchland.pipeline import Coder
from marchland.reading import read
from marchland.reading.links import links
from marchland.reading.silences import SilenceReader
from marchland.reading.statements import StatementReader
from marchland.reading.told_at import Layout

HERE = Path(__file__).resolve().parent
ARTICLES = (*(f"a{n:02}" for n in range(1, 8)), *(f"b{n:02}" for n in range(1, 11)))
FINAL = tuple(f"c{n:02}" for n in range(1, 7))
KINDS = ("event", "tie", "statement", *STATEMENTS, "silence", "link", "citation")
_DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text, its labels by kind, and what was read of it."""

    name: str
    text: str
    labels: dict[str, list[Label]]
    reading: Reading

    def reads(self, kind: str) -> list[Any]:
        """The records of one kind; `statement` pools claims, judgements and forecasts."""
        if kind == "citation":
            return list(self.reading.citations)
        wanted = STATEMENTS if kind == "statement" else (kind,)
        return [r for r in self.reading.records if KIND_OF[type(r)] in wanted]

    def paired(self, kind: str) -> Pairing:
        """Labels and records of one kind."""
        return paired(self.labels[kind], self.reads(kind), self.text)


# ---- reading ----


def read_whole(docs: Sequence[Document]) -> list[Reading]:
    """All that the coder reads; the readers of statements, silences and links are called here while the coder does not."""
    coded = [reading for _, reading in Coder()(docs)]
    if any(isinstance(r, Statement | Silence | Link) for reading in coded for r in reading.records):
        return coded
    return [_completed(annotated) for annotated in Annotator()(docs)]


def _completed(doc: Annotated) -> Reading:
    layout, reading = Layout(doc), read(doc, "eval")
    statements = StatementReader(doc, "eval", layout).statements(reading.records)
    silences = SilenceReader(doc, "eval", layout).silences(reading.records)
    told = [*reading.records, *statements, *silences]
    return Reading(citations=reading.citations, records=(*told, *links(doc, told, "eval", layout)))


def load(names: Sequence[str], folder: Path = HERE / "articles") -> list[Article]:
    """The named articles, read; nothing but the text is given to the coder."""
    texts = {n: (folder / f"{n}.txt").read_text(encoding="utf-8") for n in names}
    readings = read_whole([document(text, doc_id=n) for n, text in texts.items()])
    out = []
    for (name, text), reading in zip(texts.items(), readings, strict=True):
        told = json.loads((folder / f"{name}.labels.json").read_text(encoding="utf-8"))
        labels = {kind: [r for r in told["records"] if r["kind"] == kind] for kind in KINDS}
        labels["statement"] = [r for r in told["records"] if r["kind"] in STATEMENTS]
        labels["citation"] = told["citations"]
        out.append(Article(name=name, text=text, labels=labels, reading=reading))
    return out


# ---- figures ----


@dataclass(frozen=True, slots=True)
class Counts:
    """Labels met, records invented, labels missed."""

    met: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.met + other.met, self.invented + other.invented, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was read."""
        return self.met / max(1, self.met + self.invented)

    @property
    def recall(self) -> float:
        """Share of what is labelled."""
        return self.met / max(1, self.met + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.met / max(1, 2 * self.met + self.invented + self.missed)


def interval[T](rows: Sequence[T], figure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """The middle 95 % of a figure over articles drawn with replacement."""
    rng = random.Random(0)
    draws = sorted(figure(rng.choices(rows, k=len(rows))) for _ in range(_DRAWS))
    return draws[int(0.025 * _DRAWS)], draws[int(0.975 * _DRAWS)]


def kind_line(kind: str, pairings: Sequence[Pairing]) -> str:
    """One line of the table of kinds."""
    rows = [Counts(len(p.pairs), len(p.invented), len(p.missed)) for p in pairings]
    all_ = sum(rows, Counts())
    low, high = interval(rows, lambda drawn: sum(drawn, Counts()).f1)
    return (
        f"{'  ' if kind in STATEMENTS else ''}{kind:<{10 if kind in STATEMENTS else 12}}"
        f"{all_.met + all_.missed:>7}{all_.met + all_.invented:>6}{all_.met:>7}"
        f"{all_.precision:>8.2f}{all_.recall:>8.2f}{all_.f1:>8.3f}   ({low:.2f}-{high:.2f})"
    )


def share_line(name: str, rows: Sequence[tuple[int, int]]) -> str:
    """One line of the table of shares; a row is (right, of) in one article."""

    def share(drawn: Sequence[tuple[int, int]]) -> float:
        return sum(r for r, _ in drawn) / max(1, sum(of for _, of in drawn))

    low, high = interval(rows, share)
    right, of = (sum(r[i] for r in rows) for i in range(2))
    return f"{name:<64}{right:>4} of {of:<4}{share(rows):>6.2f}   ({low:.2f}-{high:.2f})"


def judged(
    pairings: Sequence[Pairing], right: Judge, asked: Judge = lambda _label, _read: True
) -> list[tuple[int, int]]:
    """In each article, of the met records that are asked about, how many are right?"""
    rows = [[right(x, r) for x, r in p.pairs if asked(x, r)] for p in pairings]
    return [(sum(row), len(row)) for row in rows]


def shares(articles: Sequence[Article], found: dict[str, list[Pairing]]) -> Iterator[str]:
    """What of the met records is right."""
    events, ties, statements = found["event"], found["tie"], found["statement"]
    yield share_line("event: status", judged(events, lambda x, e: x["status"] == e.status))
    yield share_line("event: status, asserted and reported taken as one", judged(events, status_alike))
    yield share_line(
        "event: plans marked as plans",
        judged(events, lambda _, e: e.status == "planned", lambda x, _: x["status"] == "planned"),
    )
    yield share_line(
        "event: date inside the interval, where both tell one",
        judged(events, date_right, lambda x, e: x["when"] is not None and e.when is not None),
    )
    yield share_line(
        "event: date inside the interval, an unread one being wrong",
        judged(events, date_right, lambda x, _: x["when"] is not None),
    )
    yield share_line("event: country", judged(events, country_right, lambda x, _: x["where"] is not None))
    yield share_line("event: roles", judged(events, roles_right))
    whole = judged(events, wholly_right)
    yield share_line("event: type, roles, status, date, country together, of met", whole)
    labelled = [(right, of + len(p.missed)) for (right, of), p in zip(whole, events, strict=True)]
    yield share_line("event: the same, of all labels", labelled)
    yield share_line("tie: status", judged(ties, lambda x, t: x["status"] == t.status))
    yield share_line("tie: since and until inside, where both tell one", _tie_dates(ties))
    yield share_line("statement: holder", judged(statements, lambda x, s: holder_right(x["holder"], s.holder)))
    yield share_line(
        "statement: holder, of those not the author's",
        judged(
            statements, lambda x, s: holder_right(x["holder"], s.holder), lambda x, _: x["holder"]["kind"] != "author"
        ),
    )
    yield share_line("statement: kind", judged(statements, lambda x, s: x["kind"] == KIND_OF[type(s)]))
    yield share_line("statement: polarity", judged(statements, lambda x, s: x["polarity"] == s.polarity))
    yield share_line(
        "forecast: horizon inside, where both tell one",
        judged(
            found["forecast"], lambda x, f: inside(x["horizon"], f.horizon), lambda x, f: x["horizon"] and f.horizon
        ),
    )
    yield share_line(
        "silence: party",
        judged(found["silence"], lambda x, s: any(same_party(p, s.party) for p in x["party"])),
    )
    yield share_line("link: both ends", _ends(articles, found))
    yield share_line("citation: publication", judged(found["citation"], lambda x, c: x["publication"] == c.publication))
    yield share_line(
        "citation: date",
        judged(
            found["citation"],
            lambda x, c: (x["date"] is None and c.date is None) or (x["date"] and inside(x["date"], c.date)),
        ),
    )


def _tie_dates(pairings: Sequence[Pairing]) -> list[tuple[int, int]]:
    out = []
    for p in pairings:
        told = [(x[name], getattr(tie, name)) for x, tie in p.pairs for name in ("since", "until")]
        both = [inside(x, date) for x, date in told if x is not None and date is not None]
        out.append((sum(both), len(both)))
    return out


def _ends(articles: Sequence[Article], found: dict[str, list[Pairing]]) -> list[tuple[int, int]]:
    """Of the met links, how many join the records that met the labelled ends?"""
    out = []
    for i, _ in enumerate(articles):
        met = {
            x["id"]: r.id
            for kind in ("event", "tie", "statement", "silence")
            for x, r in (*found[kind][i].pairs, *found[kind][i].neutral)
        }
        pairs = found["link"][i].pairs
        right = [met.get(x["from"]) == link.source and met.get(x["to"]) == link.target for x, link in pairs]
        out.append((sum(right), len(pairs)))
    return out


def main() -> None:
    """Read, pair, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--articles", help="read these, by name and comma, as in a01,b02")
    which.add_argument("--final", action="store_true", help="read the articles kept for the last look")
    parser.add_argument(
        "--lost", nargs="?", const="all", choices=["all", *KINDS], help="list what was missed or invented"
    )
    args = parser.parse_args()
    named = tuple(args.articles.split(",")) if args.articles else ARTICLES
    articles = load(FINAL if args.final else named)
    found = {kind: [a.paired(kind) for a in articles] for kind in KINDS}
    print(f"{' '.join(a.name for a in articles)}\n{'':<12} labels  read  right    prec     rec      F1   95 %")
    for kind in KINDS:
        print(kind_line(kind, found[kind]))
    for line in shares(articles, found):
        print(line)
    if args.lost:
        whole = [k for k in KINDS if k not in STATEMENTS] if args.lost == "all" else [args.lost]
        for kind in whole:
            for article, pairing in zip(articles, found[kind], strict=True):
                for line in lost(article.name, article.text, article.reads(kind), pairing):
                    print(line)


if __name__ == "__main__":
    main()
