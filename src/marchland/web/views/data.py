"""Data: what is on screen, to take away as JSON lines or CSV."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from marchland.answers import influence_json
from marchland.web.question import AskedWronglyError, Question, asked, check_periods
from marchland.web.rows import KINDS, csv_lines, flat_row, json_lines, listed, row
from marchland.web.site import Site, address, told_of
from marchland.web.words import name

_TABLES: Final = (*KINDS, "influence")
_SHOWN: Final = 25
_FORMATS: Final = {"jsonl": ("application/x-ndjson", json_lines), "csv": ("text/csv; charset=utf-8", csv_lines)}


def routes(site: Site) -> APIRouter:
    """The addresses of the data page and of its files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/data", response_class=HTMLResponse)
    def show_data(
        request: Request,
        question: Annotated[Question, Depends(asked)],
        what: Annotated[str, Query(max_length=20)] = "events",
    ) -> HTMLResponse:
        told = {k: v for k, v in told_of(request).items() if k in question.told}
        count, rows = _rows(site, what, question)
        shown = [flat_row(r) for r in islice(rows, _SHOWN)]
        return site.page(
            request, "data.html", title="Data", what=what, tables=_TABLES, question=question, told=told, count=count, shown=shown,
            columns=list(shown[0]) if shown else [],
            files=[(f, address(f"/data/{what}.{f}", told)) for f in _FORMATS],
            twin=_twin(what, question, told),
        )  # fmt: skip

    @router.get("/data/{file}")
    def give_data(file: str, question: Annotated[Question, Depends(asked)]) -> StreamingResponse:
        what, _, form = file.partition(".")
        if form not in _FORMATS:
            raise AskedWronglyError(f'file "{file[:60]}": no such form; ask for {what[:20]}.jsonl or {what[:20]}.csv')
        _, rows = _rows(site, what, question)
        kind, lines = _FORMATS[form]
        return StreamingResponse(
            lines(rows), media_type=kind, headers={"Content-Disposition": f'attachment; filename="{what}.{form}"'}
        )

    return router


def _rows(site: Site, what: str, question: Question) -> tuple[int, Iterable[dict[str, Any]]]:
    if what == "influence":
        if question.country is None:
            return 0, ()
        if question.country in question.power:
            raise AskedWronglyError(f"power {name(question.country)}: it is the host; choose an outside power")
        span = site.now.span or (None, None)
        check_periods(question.since or span[0], question.until or span[1], "year")
        numbers = site.now.influence(
            question.country, powers=question.power, since=question.since, until=question.until
        )
        return len(numbers), (influence_json(r, with_evidence=False) for r in numbers)
    if what not in KINDS:
        raise AskedWronglyError(f'table "{what[:20]}": no such table; it is one of {", ".join(_TABLES)}')
    found = listed(site, what, question)
    return len(found), (row(r) for r in found)


def _twin(what: str, question: Question, told: dict[str, Any]) -> str:
    """The address of the same answer in the API."""
    if what != "influence":
        return address(f"/api/v1/{what}", told)
    left = {k: v for k, v in told.items() if k in ("power", "since", "until")}
    return address(f"/api/v1/influence/{question.country}", left) if question.country else "/api"
