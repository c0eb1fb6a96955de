"""What all views share: the store, its newest picture, the templates, and addresses that differ in one value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from marchland.charts.hues import hue, style_sheet
from marchland.influence import OTHERS
from marchland.lexicon.registry import REGISTRY_ID
from marchland.lexicon.registry import registry as shipped
from marchland.model.records import KIND_OF, AnyRecord, Tie
from marchland.store import Store
from marchland.web import words
from marchland.web.snapshot import Snapshot
from marchland.web.snapshots import Snapshots
from marchland.web.writer import Writer

STATIC: Final = "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What one browser may write."""

    form: str | None  # the hidden value of its forms; None = it has not shown the token
    served: bool  # whether anybody may write here
    back: str  # the address that a form leads back to
    done: int | None  # the entry that it has just made


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One store, served."""

    store: Store
    snapshots: Snapshots
    templates: Environment
    writer: Writer | None = None  # None = nothing can be corrected from the page

    @property
    def now(self) -> Snapshot:
        """What the store holds."""
        return self.snapshots.now()

    def page(self, request: Request, template: str, *, code: int = 200, **told: Any) -> HTMLResponse:
        """A page made of a template; `told` is what it shows."""
        said = {
            "request": request,
            "path": request.url.path,
            "store_name": self._name(),
            "hand": self._hand(request),
            **told,
        }
        return HTMLResponse(self.templates.get_template(template).render(said), status_code=code)

    def _hand(self, request: Request) -> Hand:
        """What this browser may write, and where a form leads back to."""
        done = request.query_params.get("said", "")
        back = address(quote(request.scope["path"]), {k: v for k, v in told_of(request).items() if k != "said"})
        return Hand(
            form=self.writer.form if self.writer and self.writer.entered(request) else None,
            served=self.writer is not None,
            back=back,
            done=int(done) if done.isascii() and done.isdigit() and len(done) < 10 else None,
        )

    def _name(self) -> str:
        return self.store.path.name if self.store.path else "a store in memory"

    def record(self, record_id: str) -> AnyRecord | None:
        """A record of the store, or a tie of the registry; None = neither has it."""
        return self.now.record(record_id) or _registry_ties().get(record_id) or self.store.record(record_id)


@cache
def _registry_ties() -> Mapping[str, Tie]:
    return {t.id: t for t in shipped().ties}


def site_of(store: Store, writer: Writer | None = None) -> Site:
    """Serve `store`; `writer` may correct its records."""
    return Site(store=store, snapshots=Snapshots(store), templates=_templates(), writer=writer)


def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("marchland.web"),
        autoescape=True,  # whatever a document says is text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    named = (
        words.day, words.when, words.name, words.party, words.parties, words.kind, words.line, words.date_of, words.holder,
        words.quantity, words.status, words.percent, words.chance, words.published, words.said_of, hue,
    )  # fmt: skip
    made.filters |= {f.__name__: f for f in named}
    made.filters["record_kind"] = lambda record: KIND_OF[type(record)]
    made.globals |= {"address": address, "OTHERS": OTHERS, "REGISTRY_ID": REGISTRY_ID, "version": _version()}
    return made


def _version() -> str:
    """Changes with every style or script, so that a browser does not keep an old one."""
    digest = sha256(style_sheet().encode())
    for file in sorted(files("marchland.web").joinpath(STATIC).iterdir(), key=lambda f: f.name):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def address(path: str, told: Mapping[str, Any] | None = None, /, *, to: str = "", **changes: Any) -> str:
    """A path with the values of `told`, changed; empty ones are left out, and `to` is the part of the page to go to."""
    values = {**(told or {}), **changes}
    query = urlencode({k: v for k, v in values.items() if v not in (None, "", [], ())}, doseq=True)
    return path + (f"?{query}" if query else "") + (f"#{to}" if to else "")


def told_of(request: Request) -> dict[str, str | list[str]]:
    """The values of an address, as they stand there."""
    out: dict[str, str | list[str]] = {}
    for key in request.query_params:
        values = [v for v in request.query_params.getlist(key) if v]
        if values:
            out[key] = values if len(values) > 1 else values[0]
    return out
