"""Tables for people. Text from documents is shown, never obeyed: control characters are written out."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from marchland.documents.unread import printable
from marchland.model.dates import DateRange
from marchland.model.document import Document
from marchland.model.ontology import Precision, Status
from marchland.model.records import Event, Participant, Quantity, Tie

_QUOTE = 90  # characters of a sentence that a table shows
_STYLES = {Status.PLANNED: "italic", Status.DENIED: "strike", Status.HYPOTHETICAL: "dim italic", Status.ALLEGED: "dim"}


def console() -> Console:
    """Standard output, at a width that keeps tables readable in files and pipes too."""
    out = Console(highlight=False)
    if not out.is_terminal:
        out = Console(highlight=False, width=160)
    return out


def shown(text: str) -> str:
    """Text from outside, safe for a terminal and for the table's own markup."""
    return escape(printable(" ".join(text.split())))


def when(value: DateRange | None) -> str:
    """A date as precisely as it was told."""
    if value is None:
        return "-"
    start, end = value.start, value.end
    if start is None or end is None:
        return f"{start or ''}..{end or ''}"
    if value.precision is Precision.DAY:
        return start.isoformat()
    if value.precision is Precision.MONTH and (start.year, start.month) == (end.year, end.month):
        return f"{start:%Y-%m}"
    if value.precision is Precision.YEAR and start.year == end.year:
        return str(start.year)
    return f"{start}..{end}"


def party(value: Participant) -> str:
    """A party in a few letters: country, organisation, sector."""
    code = "/".join(c for c in (value.country, value.org) if c) or "?"
    return f"{code} {value.sector.value}" if value.sector.value not in ("GOV", "UNK") else code


def parties(values: Sequence[Participant]) -> str:
    """Parties joined."""
    return ", ".join(party(p) for p in values) or "-"


def _amount(value: Quantity) -> str:
    return shown(" ".join(x for x in (value.text, value.of if value.of and value.of not in value.text else None) if x))


def event_table(events: Iterable[Event]) -> Table:
    """Events: when, what, who, to whom, where, on whose word."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, widest in (
        ("when", 22),
        ("event", 19),
        ("actors", 18),
        ("recipients", 18),
        ("where", 16),
        ("status", 9),
        ("told", None),
    ):
        table.add_column(name, max_width=widest, overflow="fold")
    for e in events:
        kind = e.event_type.value + (f" ({e.base.value})" if e.base else "")
        quote = shown(e.mentions[0].quote)
        extra = f" [{len(e.mentions)} mentions]" if len(e.mentions) > 1 else ""
        figures = f" {{{'; '.join(map(_amount, e.quantities))}}}" if e.quantities else ""
        table.add_row(
            when(e.when),
            kind,
            parties(e.actors),
            parties(e.recipients),
            shown(e.where.name) if e.where else "-",
            e.status.value,
            (quote if len(quote) <= _QUOTE else quote[: _QUOTE - 3] + "...") + escape(figures + extra),
            style=_STYLES.get(e.status),
        )
    return table


def tie_table(ties: Iterable[Tie]) -> Table:
    """Ties: kind, who over whom, since, until, last confirmed."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("kind", "power", "host", "since", "until", "confirmed", "status", "told"):
        table.add_column(name, overflow="fold")
    for t in ties:
        power = party(t.power) if t.power else parties(t.members)
        quote = shown(t.mentions[0].quote)
        table.add_row(
            t.kind.value,
            power,
            party(t.host) if t.host else "-",
            when(t.since),
            when(t.until),
            when(t.last_confirmed),
            t.status.value,
            quote if len(quote) <= _QUOTE else quote[: _QUOTE - 3] + "...",
            style=_STYLES.get(t.status),
        )
    return table


def document_table(documents: Iterable[Document]) -> Table:
    """Documents: when, who, what."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("published", "publisher", "title", "id"):
        table.add_column(name, overflow="fold")
    for d in documents:
        told = when(d.published.range) if d.published else "-"
        table.add_row(told, shown(d.publisher or "-"), shown(d.title or "-"), shown(d.doc_id))
    return table
