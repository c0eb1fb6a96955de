"""The same answers as JSON, described by OpenAPI at /api/openapi.json."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from marchland import api
from marchland.answers import Json, influence_json
from marchland.model import wire
from marchland.model.ontology import Domain
from marchland.web.question import (
    LIMIT,
    AskedWronglyError,
    NotHereError,
    Question,
    asked,
    check_periods,
    code_of,
    day_of,
)
from marchland.web.rows import listed, row
from marchland.web.site import Site
from marchland.web.views.map import map_json, seen

_ID: Final = Path(max_length=200)


class Problem(BaseModel):
    """What went wrong, in one sentence."""

    error: str


class Rows(BaseModel):
    """Some rows of an answer."""

    count: int = Field(description="Rows of the whole answer.")
    offset: int
    limit: int
    rows: list[Json] = Field(description="Records as `marchland VERB --json` prints them.")


class Merged(BaseModel):
    """One record, and why its tellings are one."""

    row: Json
    merges: list[Json]


class Text(BaseModel):
    """One document with its text, its citations and what it says by itself."""

    document: Json
    citations: list[Json]
    records: list[Json]


class About(BaseModel):
    """What the store holds."""

    documents: int
    events: int
    ties: int
    first: str | None = Field(description="First day told of; null = no day is told.")
    last: str | None


_TOLD: Final[dict[int | str, str]] = {
    400: "The question cannot be answered as it stands.",
    404: "Nothing of that name is here.",
    405: "This address takes another method.",
    413: "A question has no body.",
    414: "The address is too long.",
    421: "The page is served under another name.",
    422: "A value of the address is not of its form.",
    503: "The store does not answer now.",
}
REFUSED: Final[dict[int | str, dict[str, Any]]] = {c: {"model": Problem, "description": t} for c, t in _TOLD.items()}
Asking = Annotated[Question, Depends(asked)]
Offset = Annotated[int, Query(ge=0, le=100_000_000)]
Limit = Annotated[int, Query(ge=1, le=LIMIT)]


def routes(site: Site) -> APIRouter:  # noqa: C901 - one short function for each address
    """The API's addresses."""
    router = APIRouter(prefix="/api/v1", responses=REFUSED)

    def page_of(what: str, question: Question, offset: int, limit: int) -> Rows:
        found = listed(site, what, question)
        return Rows(count=len(found), offset=offset, limit=limit, rows=[row(r) for r in found[offset : offset + limit]])

    @router.get("/store", tags=["store"])
    def store() -> About:
        """What does the store hold?"""
        now = site.now
        first, last = now.span or (None, None)
        return About(
            documents=len(now.documents), events=len(now.events), ties=len(now.ties), first=_iso(first), last=_iso(last)
        )  # fmt: skip

    @router.get("/events", tags=["records"])
    def events(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which events answer the question? As `marchland events`."""
        return page_of("events", question, offset, limit)

    @router.get("/ties", tags=["records"])
    def ties(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which ties answer the question? As `marchland ties`."""
        return page_of("ties", question, offset, limit)

    @router.get("/statements", tags=["records"])
    def statements(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which claims, judgements and forecasts answer the question?"""
        return page_of("statements", question, offset, limit)

    @router.get("/silences", tags=["records"])
    def silences(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which absences that were looked for answer the question?"""
        return page_of("silences", question, offset, limit)

    @router.get("/links", tags=["records"])
    def links(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which relations between records answer the question?"""
        return page_of("links", question, offset, limit)

    @router.get("/documents", tags=["documents"])
    def documents(question: Asking, offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Which documents answer the question? As `marchland documents`."""
        return page_of("documents", question, offset, limit)

    @router.get("/record/{record_id}", tags=["records"])
    def record(record_id: Annotated[str, _ID]) -> Merged:
        """One record with all its mentions, and why they are one."""
        found = site.record(record_id)
        if found is None:
            raise NotHereError(f"record {record_id}: this store holds no such record. List them: /api/v1/events")
        merges = [
            {"left": m.left, "right": m.right, "score": m.score, "reasons": list(m.reasons)}
            for m in site.store.merges(found.id)
        ]
        return Merged(row=wire.record_json(found), merges=merges)

    @router.get("/document/{doc_id}", tags=["documents"])
    def document(doc_id: Annotated[str, _ID]) -> Text:
        """One document with what it says by itself, before any merging."""
        found = site.store.document(doc_id)
        if found is None:
            raise NotHereError(f"document {doc_id}: not in this store. List them: /api/v1/documents")
        reading = site.store.reading(doc_id)
        return Text(
            document=wire.document_json(found, with_text=True),
            citations=[wire.citation_json(c) for c in reading.citations],
            records=[wire.record_json(r) for r in reading.records],
        )

    @router.get("/search", tags=["documents"])
    def search(
        q: Annotated[str, Query(min_length=1, max_length=200)], limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> Rows:
        """Which documents hold all these words? Best first."""
        hits = site.store.search(q, limit=limit)
        rows = [{"doc_id": h.doc_id, "title": h.title, "snippet": h.snippet, "rank": h.rank} for h in hits]
        return Rows(count=len(rows), offset=0, limit=limit, rows=rows)

    @router.get("/influence/{host}", tags=["influence"])
    def influence(  # noqa: PLR0917 - FastAPI hands them over by name
        host: Annotated[str, Path(max_length=80)],
        power: Annotated[list[str] | None, Query(max_length=20)] = None,
        domain: Annotated[list[Domain] | None, Query(max_length=4)] = None,
        since: Annotated[str, Query(max_length=20)] = "",
        until: Annotated[str, Query(max_length=20)] = "",
        period: Annotated[str, Query(pattern="^(year|quarter|month)$")] = "year",
        registry: bool = True,  # noqa: FBT001, FBT002 - a value of the address
        as_known_on: Annotated[str, Query(max_length=20)] = "",
        why: bool = False,  # noqa: FBT001, FBT002 - a value of the address
    ) -> Rows:
        """Who holds how much over a host? As `marchland influence`; `why` adds the ties and events behind each number."""
        code = code_of(host)
        powers = tuple(dict.fromkeys(code_of(p, what="power") for p in power or [] if p.strip()))
        if code in powers:
            raise AskedWronglyError(f"power {code}: it is the host; choose an outside power")
        first, last = day_of(since, end=False, what="since"), day_of(until, end=True, what="until")
        span = site.now.span or (None, None)
        check_periods(first or span[0], last or span[1], period)
        measured = api.influence(
            code, store=site.store.path, power=powers, since=first,
            until=last, period=period, domains=tuple(domain or Domain), registry=registry,
            as_known_on=day_of(as_known_on, end=True, what="as_known_on"),
        )  # fmt: skip
        rows = [influence_json(r, with_evidence=why) for r in measured.rows]
        return Rows(count=len(rows), offset=0, limit=len(rows), rows=rows)

    @router.get("/map", tags=["influence"])
    def show_map(
        region: Annotated[str, Query(max_length=60)] = "",
        year: Annotated[str, Query(max_length=8)] = "",
        power: Annotated[str, Query(max_length=60)] = "",
        domain: Annotated[str, Query(max_length=20)] = "",
    ) -> Json:
        """Who leads where in a year, and where something happened: what the map shows."""
        now = site.now
        return map_json(now, seen(now, region, year, power, domain))

    return router


def pages(site: Site, app: FastAPI) -> APIRouter:
    """The description, and a page of it for people."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/openapi.json")
    def describe() -> JSONResponse:
        return JSONResponse(app.openapi())

    @router.get("/api", response_class=HTMLResponse)
    def read_description(request: Request) -> HTMLResponse:
        return site.page(request, "api.html", title="The same answers as JSON", paths=app.openapi()["paths"])

    return router


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None
