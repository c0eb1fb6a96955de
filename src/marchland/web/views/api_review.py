"""Corrections as JSON: what may be read by everyone, and the write calls, which need the token."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Depends, Query, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from marchland import api_review
from marchland.answers import Json
from marchland.store import Correction, correction_json
from marchland.web.question import AskedWronglyError, code_of
from marchland.web.reviewing import said, waiting
from marchland.web.site import Site
from marchland.web.views.api import REFUSED, Limit, Offset, Problem, Rows
from marchland.web.writer import NoTokenError, Writer

_BEARER: Final = HTTPBearer(auto_error=False, description="The token that was printed at start-up.")
_WRONG: Final[dict[int | str, dict[str, Any]]] = REFUSED | {
    401: {"model": Problem, "description": "The token is missing or another one."},
    403: {"model": Problem, "description": "Another page sent this."},
    409: {"model": Problem, "description": "The correction cannot be made."},
    411: {"model": Problem, "description": "Content-Length is missing."},
    413: {"model": Problem, "description": "The correction is too long."},
    415: {"model": Problem, "description": "It is not sent as JSON."},
}
_Name = Annotated[str | None, Field(max_length=200, description="Your name; null = the one given at start-up.")]
_Note = Annotated[str, Field(max_length=2000, description="Why; kept with the correction.")]
_Id = Annotated[str, Field(min_length=1, max_length=200, description="A record's id.")]


class Said(BaseModel):
    """What every write call has."""

    model_config = ConfigDict(extra="forbid")
    by: _Name = None
    note: _Note = ""


class AboutOne(Said):
    """A word on one record."""

    id: _Id
    telling: bool = Field(default=False, description="Only the one telling with this id, not the whole record.")


class Edited(AboutOne):
    """Fields of a record that are otherwise."""

    changes: Json = Field(
        description="Field to value, as in the record's JSON or shorter: CHN,TJK for parties, 2016-10 for days."
    )


class AboutTwo(Said):
    """A word on two records."""

    left: _Id
    right: _Id


class Added(Said):
    """A record that was not read."""

    record: Json = Field(
        description="record (its kind), doc_id, start and end of the sentence in the document's text, and the record's fields."
    )


class Undone(Said):
    """An entry to take back."""

    entry: str = Field(min_length=1, max_length=40, description="Its number or id.")


class Kept(BaseModel):
    """The entry of the log that a write call made."""

    entry: Json


def routes(site: Site) -> APIRouter:
    """The addresses that everyone may read."""
    router = APIRouter(prefix="/api/v1/review", tags=["review"], responses=REFUSED)

    @router.get("/queue")
    def queue(host: Annotated[str, Query(max_length=80)] = "", offset: Offset = 0, limit: Limit = 100) -> Rows:
        """What needs a person's look? As `marchland review`; without a host, over every country of the store."""
        found = waiting(site.now, code_of(host) if host.strip() else None)
        rows = [api_review.to_review_json(t) for t in found[offset : offset + limit]]
        return Rows(count=len(found), offset=offset, limit=limit, rows=rows)

    @router.get("/log")
    def log(offset: Offset = 0, limit: Limit = 100) -> Rows:
        """All corrections, first one first. As `marchland review --log`."""
        found = site.store.corrections()
        return _rows([correction_json(c) for c in found[offset : offset + limit]], len(found), offset, limit)

    @router.get("/conflicts")
    def conflicts(offset: Offset = 0, limit: Limit = 100) -> Rows:
        """Where do corrections and the present readings differ? As `marchland review --conflicts`."""
        found = site.store.conflicts()
        return _rows([api_review.conflict_json(c) for c in found[offset : offset + limit]], len(found), offset, limit)

    @router.get("/rejected")
    def rejected(offset: Offset = 0, limit: Limit = 100) -> Rows:
        """What was rejected? As `marchland review --rejected`."""
        found = site.store.rejected()
        rows = [
            {"record": "rejected", "correction": r.correction.n, "row": api_review.record_json(r.record)}
            for r in found[offset : offset + limit]
        ]
        return _rows(rows, len(found), offset, limit)

    return router


def _rows(rows: list[Json], count: int, offset: int, limit: int) -> Rows:
    return Rows(count=count, offset=offset, limit=limit, rows=rows)


def write_routes(site: Site, writer: Writer) -> APIRouter:
    """The write calls."""

    def token(given: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]) -> None:
        if given is None or not writer.knows(given.credentials):
            raise NoTokenError(
                "a write call needs the token that was printed at start-up; send it as `Authorization: Bearer TOKEN`"
            )

    router = APIRouter(prefix="/api/v1/review", tags=["review"], responses=_WRONG, dependencies=[Depends(token)])

    def kept(body: Said, action: str, **told: Any) -> Kept:
        done: Correction = said(site, writer, action, by=body.by or writer.by, note=body.note, **_clean(told))
        return Kept(entry=correction_json(done))

    @router.post("/accept")
    def accept(body: Annotated[AboutOne, Body()]) -> Kept:
        """It is read rightly. As `marchland review accept`."""
        return kept(body, "accept", record_id=body.id, whole=not body.telling)

    @router.post("/reject")
    def reject(body: Annotated[AboutOne, Body()]) -> Kept:
        """It is no record; it counts no longer. As `marchland review reject`."""
        return kept(body, "reject", record_id=body.id, whole=not body.telling)

    @router.post("/edit")
    def edit(body: Annotated[Edited, Body()]) -> Kept:
        """These fields are otherwise. As `marchland review edit`."""
        return kept(body, "edit", record_id=body.id, changes=body.changes, whole=not body.telling)

    @router.post("/merge")
    def merge(body: Annotated[AboutTwo, Body()]) -> Kept:
        """The two are one. As `marchland review merge`."""
        return kept(body, "merge", left=body.left, right=body.right)

    @router.post("/split")
    def split(body: Annotated[AboutTwo, Body()]) -> Kept:
        """The two tellings are of two records. As `marchland review split`."""
        return kept(body, "split", left=body.left, right=body.right)

    @router.post("/add")
    def add(body: Annotated[Added, Body()]) -> Kept:
        """A document tells this too. As `marchland review add`; its id is in the entry's subject, under `after`."""
        return kept(body, "add_record", told=body.record)

    @router.post("/undo")
    def undo(body: Annotated[Undone, Body()]) -> Kept:
        """Take an entry of the log back. As `marchland review undo`."""
        return kept(body, "undo", name=body.entry)

    return router


def _clean(told: dict[str, Any]) -> dict[str, Any]:
    """The same, once it is known to be text that can be kept.

    Raises:
        AskedWronglyError: half a surrogate pair, a null character, or deeper nesting than any record has.
    """
    todo: list[tuple[Any, int]] = [(told, 0)]
    while todo:
        value, depth = todo.pop()
        if depth > _DEEPEST:
            raise AskedWronglyError(f"the body is nested deeper than {_DEEPEST} levels; no record is")
        if isinstance(value, dict):
            todo += [(v, depth + 1) for pair in value.items() for v in pair]
        elif isinstance(value, list):
            todo += [(v, depth + 1) for v in value]
        elif isinstance(value, str) and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
            raise AskedWronglyError("the body holds a null character or half a surrogate pair; send plain text")
    return told


_DEEPEST: Final = 12
