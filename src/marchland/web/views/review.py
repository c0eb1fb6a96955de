"""Review: what needs a look, what was corrected, and the forms by which a browser corrects it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from marchland.influence import ToReview
from marchland.store import Conflict
from marchland.store.corrected import CONFLICTS
from marchland.web import words
from marchland.web.evidence import Told, told
from marchland.web.question import AskedWronglyError, code_of
from marchland.web.reviewing import said, waiting
from marchland.web.site import Site, told_of
from marchland.web.snapshot import told_hosts
from marchland.web.writer import COOKIE, ENTER, NoTokenError, Writer

_PAGE: Final = 20
_TABS: Final = (("queue", "To look at"), ("log", "Corrections"), ("conflicts", "Conflicts"), ("rejected", "Rejected"))
_MOST_FIELDS: Final = 60  # of a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """One record of the queue."""

    item: ToReview
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """One conflict for a reader."""

    title: str
    meaning: str
    n: int
    action: str
    who: str
    field: str | None
    then: str
    today: str
    stands: str
    quote: str
    now: str | None


def routes(site: Site) -> APIRouter:
    """The lists."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review", response_class=HTMLResponse)
    def show_review(
        request: Request,
        host: Annotated[str, Query(max_length=80)] = "",
        show: Annotated[str, Query(max_length=20)] = "queue",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        if show and show not in [t for t, _ in _TABS]:
            raise AskedWronglyError(f'show "{show}": one of {", ".join(t for t, _ in _TABS)}')
        found = site.now
        hosts = [code for code, _ in told_hosts(found) if len(code) == 3]
        chosen = code_of(host) if host.strip() else (hosts[0] if hosts else "")
        rows: Any  # of the list that is shown
        match show:
            case "log":
                rows = site.store.corrections()[::-1]
            case "conflicts":
                rows = sorted(site.store.conflicts(), key=lambda c: c.kind == "dormant")
            case "rejected":
                rows = site.store.rejected()
            case _:
                show, rows = "queue", waiting(found, chosen) if chosen else ()
        part = rows[(page - 1) * _PAGE : page * _PAGE]
        return site.page(
            request, "review.html", title="What needs a look?", show=show, tabs=_TABS, host=chosen,
            hosts=sorted({*hosts, chosen} - {""}, key=words.name), count=len(rows), page_number=page, pages=-(-len(rows) // _PAGE),
            told={k: v for k, v in told_of(request).items() if k != "said"},
            waiting=[Waits(item=t, told=told(t.record, found, most=2)) for t in part] if show == "queue" else [],
            log=part, conflicts=[_differs(c) for c in part] if show == "conflicts" else [], rejected=part,
        )  # fmt: skip

    return router


def _differs(value: Conflict) -> Differs:
    told_ = value.subject.after or value.subject.before or value.subject.read
    cells = [words.field_value(v) for v in (value.read_then, value.read_now, value.stands)]
    return Differs(
        title=f"{told_['record'] if told_ else 'a record'} in {value.subject.doc_id}",
        meaning=CONFLICTS[value.kind],
        n=value.correction.n,
        action=value.correction.action.value,
        who=value.correction.who,
        field=value.field,
        then=cells[0],
        today=cells[1],
        stands=cells[2],
        quote=told_["mentions"][0]["quote"] if told_ else "",
        now=value.now,
    )


# ---- writing ----


def write_routes(site: Site, writer: Writer) -> APIRouter:
    """The forms' addresses, and the one at which a browser shows the token."""
    router = APIRouter(include_in_schema=False)

    @router.get(ENTER)
    def enter(token: Annotated[str, Query(max_length=200)] = "") -> Response:
        return _let_in(writer, token)

    @router.post(ENTER)
    async def enter_by_form(request: Request) -> Response:
        return _let_in(writer, (await _form(request)).get("token", ""))

    @router.post("/review/say")
    async def say(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        told_ = await _form(request)
        writer.check_form(request, told_.get("form", ""))
        action, arguments = _arguments(told_)
        shared = {"by": told_.get("by", "").strip() or writer.by, "note": told_.get("note", "")}
        done = await run_in_threadpool(said, site, writer, action, **shared, **arguments)
        back = _back(told_.get("back", ""))
        return RedirectResponse(f"{back}{'&' if '?' in back else '?'}said={done.n}", status_code=303)

    return router


def _let_in(writer: Writer, token: str) -> Response:
    if not writer.knows(token):
        raise NoTokenError("this is not the token that was printed at start-up; copy it from there")
    answer = RedirectResponse("/review", status_code=303)
    answer.set_cookie(COOKIE, writer.session, httponly=True, samesite="strict", path="/")
    return answer


async def _form(request: Request) -> Mapping[str, str]:
    """The fields of a form; the guard has looked at its size and kind."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        told_ = parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise AskedWronglyError(f"the form has more than {_MOST_FIELDS} fields; send the one of the page") from None
    return {k: v.replace("\0", "") for k, v in told_}


def _arguments(form: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The method of the store that is meant, and what it is told."""
    action, name, other = form.get("action", ""), form.get("id", ""), form.get("other", "").strip()
    match action:
        case "accept" | "reject":
            return action, {"record_id": name}
        case "edit":
            return action, {"record_id": name, "changes": _changes(form)}
        case "merge" | "split":
            return action, {"left": name, "right": other}
        case "undo":
            return action, {"name": name}
    raise AskedWronglyError(f'action "{action[:20]}": one of accept, reject, edit, merge, split, undo')


def _changes(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that the form shows otherwise than the page did."""
    names = [k.removeprefix("to-") for k in form if k.startswith("to-")]
    changes = {n: form[f"to-{n}"] for n in names if form[f"to-{n}"].strip() != form.get(f"was-{n}", "").strip()}
    if not changes:
        raise AskedWronglyError("no field was changed; change one, or accept the record as it stands")
    return changes


def _back(told_: str) -> str:
    """Where to go on: an address of this page, whatever the form says."""
    plain = told_.isprintable() and told_.isascii() and "\\" not in told_ and "#" not in told_
    return told_ if plain and told_.startswith("/") and not told_.startswith("//") and len(told_) <= 3000 else "/review"
