"""The brief on a host as a page: prose whose notes lead to the records behind them, and the same as files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from marchland.brief.html import html, templates, told
from marchland.brief.markdown import markdown
from marchland.brief.material import Asked
from marchland.brief.model import Brief, Quote
from marchland.brief.pdf import pdf
from marchland.errors import DocumentError
from marchland.web import words, worked
from marchland.web.question import AskedWronglyError, Question, asked, code_of
from marchland.web.site import Site, address, told_of

_FILES = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf"}


def routes(site: Site) -> APIRouter:
    """The brief's address; `?as=pdf` gives a file."""
    router = APIRouter(include_in_schema=False)

    @router.get("/brief/{code}", response_class=HTMLResponse)
    def show_brief(
        request: Request,
        code: str,
        question: Annotated[Question, Depends(asked)],
        file: Annotated[str, Query(alias="as", max_length=8)] = "",
        wait: Annotated[bool, Query()] = False,  # noqa: FBT002 - a value of the address
    ) -> Response:
        host, path = code_of(code), f"/brief/{code_of(code)}"
        if host in question.power:
            raise AskedWronglyError(f"power {host}: it is the host of this brief; choose an outside power")
        if file and file not in _FILES:
            raise AskedWronglyError(f'as "{file}": no such format; it is one of {", ".join(_FILES)}')
        waited = wait or bool(file) or site.now.span is None  # nothing dated: no store is read sooner
        try:
            made = worked.brief(site, _asked(host, question), wait=waited)
        except DocumentError:
            made = None
        if file and made:
            return _file(made, file)
        body = Markup(templates().get_template("body.html").render(**told(made, _link))) if made else None  # noqa: S704 - escaped by its own template
        given = told_of(request)
        given.pop("wait", None)
        later = None if made or waited else address(path, given, wait="true")
        return site.page(
            request, "brief.html", host=host, title=f"Who holds sway in {words.name(host)}?", told=given, question=question,
            path=path, body=body, later=later, line=told(made)["line"] if made else "",
            dropped=made.dropped if made else (), sections=[(s.key, s.title) for s in made.sections] if made else [],
            files=[(name, address(path, given, **{"as": name})) for name in _FILES],
        )  # fmt: skip

    return router


def _asked(host: str, question: Question) -> Asked:
    return Asked(
        host=host, since=question.since, until=question.until, power=question.power, as_of=question.as_of,
        as_known_on=question.as_known_on,
    )  # fmt: skip


def _link(quote: Quote) -> str:
    return f"/record/{quote.record_id}"


def _file(made: Brief, form: str) -> Response:
    body = {"md": markdown, "html": html, "pdf": pdf}[form](made)
    named = f'attachment; filename="brief-{made.host}.{form}"'
    return Response(body, media_type=_FILES[form], headers={"Content-Disposition": named})
