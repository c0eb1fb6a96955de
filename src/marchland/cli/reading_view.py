"""One document for a person: its text on the left, its records in the margin, and counts by kind.

A record has the letter of its kind and a number; its mark says how it stands to fact, the same hatching that the map uses for
events and ties that are planned, alleged or only possible.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marchland.cli.tables import parties, party, shown, when
from marchland.documents.unread import printable
from marchland.model.document import Document, Span
from marchland.model.ontology import Status
from marchland.model.records import (
    KIND_OF,
    AnyRecord,
    Event,
    Forecast,
    Holder,
    Link,
    Mention,
    Reading,
    Silence,
    Statement,
    Tie,
)

_LETTERS = {"event": "E", "tie": "T", "claim": "C", "judgement": "J", "forecast": "F", "silence": "S", "link": "L"}
_HATCHING = {
    Status.ASSERTED: "solid", Status.REPORTED: "solid, reported", Status.PLANNED: "dashed, planned", Status.ALLEGED: "dotted, alleged",
    Status.HYPOTHETICAL: "hollow, possible", Status.PREDICTED: "hollow, foretold", Status.DENIED: "crossed, denied",
}  # fmt: skip
_STYLES = {
    "event": "cyan",
    "tie": "green",
    "claim": "yellow",
    "judgement": "magenta",
    "forecast": "blue",
    "silence": "red",
    "link": "white",
}
_TEXT_SHARE, _MARGIN_SHARE = 5, 6  # how the two columns divide the width


def reading_view(document: Document, reading: Reading) -> RenderableType:
    """The text with its records in the margin, then the counts."""
    labels = _labels(reading.records)
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(ratio=_TEXT_SHARE, overflow="fold")
    table.add_column(ratio=_MARGIN_SHARE, overflow="fold")
    by_sentence = _by_sentence(reading.records)
    for span in _sentences(document, by_sentence):
        told = by_sentence.get((span.start, span.end), [])
        margin = Text("\n").join(_line(r, m, labels, first=m is r.mentions[0]) for r, m in told)
        table.add_row(_marked(document.text, span, told), margin)
        table.add_row("", "")
    return Group(table, counts(reading))


def counts(reading: Reading) -> Table:
    """How many records of each kind, with the letter that stands for it."""
    found = Counter(KIND_OF[type(r)] for r in reading.records)
    out = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("", "kind", "records", "mentions"):
        out.add_column(name, justify="right" if name in ("records", "mentions") else "left")
    for kind, letter in _LETTERS.items():
        mentions = sum(len(r.mentions) for r in reading.records if KIND_OF[type(r)] == kind)
        out.add_row(Text(letter, style=_STYLES[kind]), kind, str(found[kind]), str(mentions))
    out.add_row("", "citation", str(len(reading.citations)), "")
    return out


def holder(value: Holder | None) -> str:
    """Whose word, in a few letters."""
    if value is None:
        return "publisher"
    told = shown(value.name) if value.name else ""
    return " ".join(x for x in (value.kind.value, told, f"({value.country})" if value.country else "") if x)


def odds(value: tuple[float, float] | None) -> str:
    """A range of probability in per cent."""
    return f"{100 * value[0]:.0f}-{100 * value[1]:.0f} %" if value else "odds not told"


def _labels(records: Iterable[AnyRecord]) -> dict[str, str]:
    """A letter and a number for each record, counted by kind."""
    number: Counter[str] = Counter()
    out = {}
    for r in records:
        kind = KIND_OF[type(r)]
        number[kind] += 1
        out[r.id] = f"{_LETTERS[kind]}{number[kind]}"
    return out


def _by_sentence(records: Iterable[AnyRecord]) -> dict[tuple[int, int], list[tuple[AnyRecord, Mention]]]:
    out: dict[tuple[int, int], list[tuple[AnyRecord, Mention]]] = {}
    for r in records:
        seen: set[int] = set()
        for m in r.mentions:
            if m.start not in seen:  # two words of one sentence may tell one record
                seen.add(m.start)
                out.setdefault((m.start, m.end), []).append((r, m))
    return {
        k: sorted(v, key=lambda x: (x[1].trigger.start, list(_LETTERS).index(KIND_OF[type(x[0])])))
        for k, v in out.items()
    }


def _sentences(document: Document, told: dict[tuple[int, int], list[tuple[AnyRecord, Mention]]]) -> Iterator[Span]:
    """Sentences with records, and the stretches of text between them, in order."""
    at = 0
    for start, end in sorted(told):
        if start > at and document.text[at:start].strip():
            yield Span(start=at, end=start)
        yield Span(start=start, end=end)
        at = max(at, end)
    if document.text[at:].strip():
        yield Span(start=at, end=len(document.text))


def _marked(text: str, span: Span, told: list[tuple[AnyRecord, Mention]]) -> Text:
    """A stretch of text with its triggers in the colours of their kinds."""
    out = Text(printable(text[span.start : span.end].replace("\n", " ")).strip(), style="" if told else "dim")
    if len(out.plain) == span.end - span.start:  # control characters were written out otherwise, and offsets moved
        for r, m in told:
            out.stylize(f"bold {_STYLES[KIND_OF[type(r)]]}", m.trigger.start - span.start, m.trigger.end - span.start)
    return out


def _line(record: AnyRecord, mention: Mention, labels: dict[str, str], *, first: bool) -> Text:
    """One record in the margin: letter, what it says, how it stands to fact, on whose word."""
    kind = KIND_OF[type(record)]
    out = Text(f"{labels[record.id]:<4}", style=f"bold {_STYLES[kind]}")
    out.append(_gist(record, labels) if first else "told again")
    out.append(f"  [{_HATCHING[mention.status]}]", style="dim")
    if mention.holder is not None:
        out.append(f" on the word of {_plain(holder(mention.holder))}", style="dim")
    return out


def _plain(escaped: str) -> str:
    return escaped.replace("\\[", "[")


def _gist(r: AnyRecord, labels: dict[str, str]) -> str:
    match r:
        case Event():
            base = f" ({r.base.value})" if r.base else ""
            to = f" -> {parties(r.recipients)}" if r.recipients else ""
            place = f" in {r.where.name}" if r.where else ""
            return printable(f"{r.event_type.value}{base} {parties(r.actors)}{to}{place}, {when(r.when)}")
        case Tie():
            sides = f"{party(r.power) if r.power else parties(r.members)}" + (f" -> {party(r.host)}" if r.host else "")
            return f"{r.kind.value} {sides}, {when(r.since)} to {when(r.until)}"
        case Silence():
            answers = labels.get(r.stimulus, "a record") if isinstance(r.stimulus, str) else "words of the text"
            return f"silence of {party(r.party)} on {answers}, {when(r.window)}"
        case Link():
            return f"{labels.get(r.source, r.source)} {r.relation.value.replace('_', ' ')} {labels.get(r.target, r.target)}"
        case _:
            return _statement_gist(r, labels)


def _statement_gist(r: Statement, labels: dict[str, str]) -> str:
    kind = KIND_OF[type(r)]
    sense = "not: " if r.polarity < 0 else ""
    about = [labels[i] for i in r.about if i in labels]
    told = f"{sense}{kind} on {parties(r.parties)}" + (f" about {', '.join(about)}" if about else "")
    if isinstance(r, Forecast):
        told += f", {odds(r.probability)}" + (f" by {when(r.horizon)}" if r.horizon else "")
    if r.alternative_group:
        told += " (one of two readings)"
    return told
