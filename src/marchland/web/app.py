"""The application: one store behind pages, their JSON twins and a guard; no request ever leaves the machine."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from marchland.charts.hues import style_sheet
from marchland.errors import CorrectionError, MarchlandError, StoreError
from marchland.store import Store
from marchland.web.guard import Guard
from marchland.web.question import NotHereError
from marchland.web.site import STATIC, Site, site_of
from marchland.web.views import api, api_measures, api_review, brief, data, document, dyad, host, record, review, search
from marchland.web.views import map as map_view
from marchland.web.writer import ForeignError, NoTokenError, Writer

_ABOUT = "Who holds sway where, from your own documents. Answers are those of the command line. "
_READS = "Everything is read only."
_WRITES = (
    "Corrections are sent to /api/v1/review with the token that was printed at start-up; everything else is read only."
)


def make_app(store: Store, *, hosts: Iterable[str] = (), writer: Writer | None = None) -> FastAPI:
    """Serve a store that was opened for reading.

    Args:
        hosts: Names under which the page may be asked for; none = any.
        writer: Who may correct records from the page and by write calls; None = nobody, and there are no such calls.
    """
    site = site_of(store, writer)
    about = _ABOUT + (_WRITES if writer else _READS)
    app = FastAPI(title="marchland", version="1", description=about, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    for view in (map_view, host, brief, dyad, record, document, search, data, review, api, api_measures, api_review):
        app.include_router(view.routes(site))
    if writer:
        app.include_router(api_review.write_routes(site, writer))
        app.include_router(review.write_routes(site, writer))
    app.include_router(api.pages(site, app))
    _static(app)
    _errors(app, site)
    app.add_middleware(Guard, hosts=tuple(hosts), writes=writer is not None)
    return app


def _static(app: FastAPI) -> None:
    @app.get("/hues.css", include_in_schema=False)
    def hues() -> Response:
        return PlainTextResponse(style_sheet(), media_type="text/css")

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        drawn = files("marchland.web").joinpath(STATIC, "icon.svg").read_text(encoding="utf-8")
        return Response(drawn, media_type="image/svg+xml")

    app.mount("/static", StaticFiles(directory=Path(str(files("marchland.web").joinpath(STATIC)))), name="static")


def _errors(app: FastAPI, site: Site) -> None:
    """Every refusal as a page for people, or as JSON for programs, with what to do next."""

    def told(request: Request, status: int, message: str) -> Response:
        if request.url.path.startswith("/api/v1"):
            return JSONResponse({"error": message}, status_code=status)
        return site.page(
            request,
            "error.html",
            title=_TITLES.get(status, "This did not work"),
            message=message,
            code=status,
            status=status,
        )

    @app.exception_handler(MarchlandError)
    def on_known(request: Request, error: MarchlandError) -> Response:
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
        return told(request, status, str(error))

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"][1:])
        return told(request, 422, f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}; correct it in the address")

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        known = {404: f"{request.url.path[:80]}: there is no such page; begin with the map or the search"}
        return told(request, error.status_code, known.get(error.status_code, str(error.detail)))


_STATUS: Final[dict[type[MarchlandError], int]] = {
    NotHereError: 404,
    NoTokenError: 401,
    ForeignError: 403,
    CorrectionError: 409,
    StoreError: 503,
}
_TITLES = {
    401: "Not without the token",
    403: "Not from there",
    409: "The correction cannot be made",
    404: "Not found",
    400: "The question cannot be answered",
    422: "The question cannot be answered",
    503: "The store does not answer",
}
