"""Two countries: what passed between them, and what stands between them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from marchland.charts.hues import hues
from marchland.influence.periods import middle
from marchland.model.records import Event, Tie
from marchland.web import evidence, words
from marchland.web.charts import bars, between
from marchland.web.question import AskedWronglyError, Question, asked, code_of
from marchland.web.site import Site, address, told_of
from marchland.web.snapshot import Snapshot
from marchland.web.views.host import PAGE


def routes(site: Site) -> APIRouter:
    """The dyad's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dyad/{one}/{other}", response_class=HTMLResponse)
    def show_dyad(
        request: Request,
        one: str,
        other: str,
        question: Annotated[Question, Depends(asked)],
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        open: Annotated[str, Query(max_length=200)] = "",  # noqa: A002 - the address's word
    ) -> HTMLResponse:
        first, second = code_of(one), code_of(other)
        if first == second:
            raise AskedWronglyError(
                f"{first} and {second}: a dyad is two different countries; change one of them in the address"
            )
        found, told, path = site.now, told_of(request), f"/dyad/{first}/{second}"
        events = _events(found, first, second, question)
        held = _ties(found, first, second)

        def record(record_id: str) -> str:
            return address(path, told, open=f"record:{record_id}", to="evidence")

        span = _span(events, question, found)
        shades = hues([first, second])
        scale = bars.scale_of(*span) if span else None
        opened = evidence.opened(open)
        return site.page(
            request, "dyad.html", title=f"What passed between {words.name(first)} and {words.name(second)}?", one=first, other=second,
            told=told, question=question, path=path, shades=shades, record=record,
            timeline=between.timeline(events, first, second, span, shades, record) if span and events else None,
            counts=between.counts(events, first, second), undated=sum(middle(e.when) is None for e in events),
            ties=bars.ties(held, second, scale, shades, record) if scale and held else None, tie_count=len(held),
            events=events[::-1][(page - 1) * PAGE : page * PAGE], event_count=len(events), page_number=page,
            pages=-(-len(events) // PAGE), pane=evidence.of_record(site, opened[1]) if opened else None,
        )  # fmt: skip

    return router


def _events(found: Snapshot, one: str, other: str, question: Question) -> list[Event]:
    """Acts in which both take part, by day."""
    mine = found.kept(
        "dyad",
        (one, other),
        lambda: [e for e in found.events_of.get(one, ()) if between.lane_of(e, one, other) is not None],
    )
    out = []
    for e in mine:
        start, end = (e.when.start, e.when.end) if e.when else (None, None)
        if (question.type and e.event_type != question.type) or (question.status and e.status != question.status):
            continue
        if (question.since and end and end < question.since) or (question.until and start and start > question.until):
            continue
        out.append(e)
    return sorted(out, key=lambda e: (middle(e.when) or date.min, e.id))


def _ties(found: Snapshot, one: str, other: str) -> list[Tie]:
    """What stands or stood between the two, by start; bonds of many are left to the host's page."""
    out = []
    for t in {t.id: t for code in (one, other) for t in found.ties_of.get(code, ())}.values():
        codes = {
            k
            for p in (t.power, t.host, *(t.members if len(t.members) == 2 else ()))
            if p
            for k in (p.country, p.org)
            if k
        }
        if t.status.happened and {one, other} <= codes:
            out.append(t)
    return sorted(out, key=lambda t: (middle(t.since) or date.min, t.id))


def _span(events: list[Event], question: Question, found: Snapshot) -> tuple[date, date] | None:
    days = [d for e in events if (d := middle(e.when))]
    whole = found.span
    first = question.since or (min(days) if days else whole[0] if whole else None)
    last = question.until or (max(days) if days else whole[1] if whole else None)
    if first is None or last is None:
        return None
    return date(first.year, 1, 1), max(last, date(last.year, 12, 31))
