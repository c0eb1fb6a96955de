"""One document: its text with what was read in it, its citations, and why it is dated as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.document import Document
from marchland.model.records import KIND_OF, AnyRecord, Citation, Reading
from marchland.web import words
from marchland.web.question import NotHereError
from marchland.web.site import Site

LONGEST = 400_000  # characters of a text shown; the rest is in the export


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text over which nothing changes."""

    text: str
    start: int
    records: tuple[str, ...] = ()  # ids of the records whose sentence this is
    trigger: str = ""  # id of the record whose trigger this is
    citation: str = ""
    opens: bool = False  # the first piece of a sentence that tells a record


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A record in the margin."""

    id: str
    kind: str
    line: str
    date: str
    status: str
    happened: bool
    at: int  # character of its trigger


def routes(site: Site) -> APIRouter:
    """The document's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/document/{doc_id:path}", response_class=HTMLResponse)
    def show_document(request: Request, doc_id: str) -> HTMLResponse:
        document = site.store.document(doc_id)
        if document is None:
            hint = "the registry of standing ties is shipped data, and its rows are read on the pages of hosts"
            other = "it may come from another store; look for its words with the search"
            raise NotHereError(f"document {doc_id[:60]}: not in this store; {hint if doc_id == REGISTRY_ID else other}")
        reading = site.store.reading(doc_id)
        title = document.title or "Document without a title"
        return site.page(
            request, "document.html", title=title, document=document, pieces=pieces(document, reading), notes=notes(reading.records),
            citations=reading.citations, published=words.published(document), cut=len(document.text) > LONGEST,
        )  # fmt: skip

    return router


def notes(records: Sequence[AnyRecord]) -> list[Note]:
    """The margin, in the order of the text."""
    out = [
        Note(
            id=r.id,
            kind=KIND_OF[type(r)],
            line=words.line(r),
            date=words.date_of(r),
            status=r.status.value,
            happened=r.status.happened,
            at=r.mentions[0].trigger.start,
        )
        for r in records
    ]
    return sorted(out, key=lambda n: (n.at, n.id))


def pieces(document: Document, reading: Reading) -> list[Piece]:
    """The text cut wherever a sentence, a trigger or a citation begins or ends; joined again it is the text."""
    text = document.text[:LONGEST]
    mentions = [
        (m, r.id) for r in reading.records for m in r.mentions if m.doc_id == document.doc_id and m.end <= len(text)
    ]
    sources: list[Citation] = [c for c in reading.citations if c.end <= len(text)]
    cuts = {0, len(text)}
    for m, _ in mentions:
        cuts |= {m.start, m.end, m.trigger.start, m.trigger.end}
    for c in sources:
        cuts |= {c.start, c.end}
    places = sorted(c for c in cuts if 0 <= c <= len(text))
    opened: set[int] = set()
    mentions.sort(key=lambda x: (x[0].start, x[1]))
    out = []
    active: list[tuple[int, int, str, int, int]] = []
    upcoming = [(m.start, m.end, i, m.trigger.start, m.trigger.end) for m, i in mentions]
    for start, end in pairwise(places):
        while upcoming and upcoming[0][0] <= start:
            active.append(upcoming.pop(0))
        active = [a for a in active if a[1] > start]
        trigger = next((i for _, _, i, s, e in active if s <= start and end <= e), "")
        source = next((c.id for c in sources if c.start <= start and end <= c.end), "")
        ids = tuple(dict.fromkeys(i for _, _, i, _, _ in active))
        opens = any(a[0] == start for a in active) and start not in opened
        opened.add(start)
        out.append(Piece(text=text[start:end], start=start, records=ids, trigger=trigger, citation=source, opens=opens))
    return out
