"""Search: documents by their words, records by their fields."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from marchland.model.document import Document
from marchland.model.ontology import EventType, Relation, Status, TieKind
from marchland.web import words
from marchland.web.evidence import told
from marchland.web.question import AskedWronglyError, Question, asked
from marchland.web.rows import KINDS, listed
from marchland.web.site import Site, told_of

_PAGE: Final = 40
_HITS: Final = 60
_OPEN, _CLOSE = "\u2039", "\u203a"  # around found words in a snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document that holds the words."""

    doc_id: str
    title: str
    outlet: str
    published: str
    snippet: list[tuple[str, bool]]  # pieces, and whether they are the words searched for


def routes(site: Site) -> APIRouter:
    """The search's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/search", response_class=HTMLResponse)
    def show_search(
        request: Request,
        question: Annotated[Question, Depends(asked)],
        q: Annotated[str, Query(max_length=200)] = "",
        what: Annotated[str, Query(max_length=20)] = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        if what and what not in KINDS:
            raise AskedWronglyError(f'what "{what}": one of {", ".join(KINDS)}')
        hits = [_found(site, h.doc_id, h.snippet) for h in site.store.search(q, limit=_HITS)] if q.strip() else []
        records = listed(site, what, question) if what else ()
        shown = records[(page - 1) * _PAGE : page * _PAGE]
        found = site.now
        return site.page(
            request, "search.html", title="Search", q=q, what=what, kinds=KINDS, question=question, told=told_of(request), hits=hits,
            documents=[d for d in shown if isinstance(d, Document)], count=len(records), page_number=page, pages=-(-len(records) // _PAGE),
            records=[told(r, found, most=1) for r in shown if not isinstance(r, Document)], statuses=[s.value for s in Status],
            types=[("acts", [t.value for t in EventType]), ("ties", [t.value for t in TieKind]), ("links", [r.value for r in Relation])],
        )  # fmt: skip

    return router


def _found(site: Site, doc_id: str, snippet: str) -> Found:
    document = site.now.document_of.get(doc_id) or site.store.document(doc_id)
    return Found(
        doc_id=doc_id,
        title=(document.title if document else None) or doc_id,
        outlet=(document.publisher if document else None) or "publisher unknown",
        published=words.published(document),
        snippet=_marked(snippet),
    )


def _marked(snippet: str) -> list[tuple[str, bool]]:
    out = []
    for i, part in enumerate(snippet.split(_OPEN)):
        inside, _, after = part.partition(_CLOSE)
        if i == 0:
            out.append((part, False))
        else:
            out += [(inside, True), (after, False)]
    return [(text, hit) for text, hit in out if text]
