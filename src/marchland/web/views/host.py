"""One host: who holds sway there, since when, in what, and on what that rests."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from marchland.charts.hues import hues
from marchland.influence import OTHERS, InfluenceRow, leaders
from marchland.influence.periods import middle
from marchland.lexicon.registry import REGISTRY_ID
from marchland.lexicon.weights import load_weights
from marchland.model.ontology import Domain
from marchland.model.records import Event, Silence, Tie
from marchland.web import evidence, words
from marchland.web.charts import bars, shares
from marchland.web.question import PERIODS, AskedWronglyError, Question, asked, check_periods, code_of
from marchland.web.site import Site, address, told_of
from marchland.web.snapshot import Snapshot, documents_of
from marchland.web.views import host_parts

PAGE = 40  # events listed at a time
_TIES = 24  # ties drawn before "all" is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A share in the table, leading to its evidence."""

    row: InfluenceRow
    link: str
    leads: bool


def routes(site: Site) -> APIRouter:
    """The host's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/host/{code}", response_class=HTMLResponse)
    def show_host(  # noqa: PLR0917 - FastAPI hands them over by name
        request: Request,
        code: str,
        question: Annotated[Question, Depends(asked)],
        period: Annotated[str, Query(max_length=12)] = "year",
        ties: Annotated[str, Query(max_length=8)] = "",
        moves: Annotated[str, Query(max_length=8)] = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        wait: Annotated[str, Query(max_length=40)] = "",
        open: Annotated[str, Query(max_length=200)] = "",  # noqa: A002 - the address's word
    ) -> HTMLResponse:
        host, found, told, waits = code_of(code), site.now, told_of(request), host_parts.wanted(wait)
        told.pop("wait", None)
        path = f"/host/{host}"
        rows = _rows(found, host, question, period or "year")
        powers = list(dict.fromkeys(r.power for r in rows))
        shades = hues(powers)

        def why(domain: str, power: str, when: str) -> str:
            return address(path, told, open=f"why:{domain}:{power}:{when}", to="evidence")

        def opens(what: str) -> str:
            return address(path, told, open=what, to="evidence")

        def record(record_id: str) -> str:
            return opens(f"record:{record_id}")

        events = _events(found, host, question)
        held = _ties(found, host, question, rows)
        span = _span(rows, found)
        shown = _ordered(held if ties == "all" else held[:_TIES], host, powers)
        scale = bars.scale_of(*span) if span else None
        documents = documents_of(found, host)
        covered = _coverage(documents)
        changed = host_parts.changes(site, host, question, rows, wait="changes" in waits, everything=moves == "all")
        marks = [
            shares.Mark(
                n=n.n, day=n.day, said=f"{n.when}: {words.name(n.power)}, {n.text}",
                link=record(n.record) if n.record else f"{path}#changes",
            )
            for n in changed["notes"]
        ]  # fmt: skip
        return site.page(
            request, "host.html", host=host, title=f"Who holds sway in {words.name(host)}?", told=told, question=question,
            rows=rows, period=period or "year", periods=list(PERIODS), shades=shades, powers=powers,
            stacked=shares.stacked(rows, shades, marks) if rows else None,
            coverage=bars.strip(covered, shares.scale_of(rows), what="documents read") if rows and documents else None,
            **changed, **host_parts.ahead(site, host, question, rows, wait="ahead" in waits, link=opens),
            later={p: host_parts.later(path, told, p) for p in host_parts.PARTS}, all_moves=address(path, told, moves="all", to="changes"),
            small=[(d, shares.domain(rows, d, shades, why)) for d in Domain] if rows else [],
            table=_table(rows, why), latest=rows[-1].period if rows else "", lead=_lead(rows), amounts=_amounts(rows),
            ties=bars.ties(shown, host, scale, {**_hues_of(shown, host), **shades}, record) if scale and shown else None,
            tie_count=len(held), tie_shown=len(shown), events=events[(page - 1) * PAGE : page * PAGE], event_count=len(events),
            page_number=page, pages=-(-len(events) // PAGE), record=record, all_ties=address(path, told, ties="all", to="ties"),
            strip=bars.strip(covered, scale, what="documents read") if scale and documents else None,
            documents=len(documents), outlets=len({d.publisher for d in documents if d.publisher}),
            silences=_silences(site, host), partners=_partners(found, host), pane=_pane(site, open, rows, host, question), path=path,
        )  # fmt: skip

    return router


def _rows(found: Snapshot, host: str, question: Question, period: str) -> tuple[InfluenceRow, ...]:
    if period not in PERIODS:
        raise AskedWronglyError(f'period "{period[:20]}": no such period; it is one of {", ".join(PERIODS)}')
    if host in question.power:
        raise AskedWronglyError(f"power {host}: it is the host of this page; choose an outside power")
    span = found.span or (None, None)
    check_periods(question.since or span[0], question.until or span[1], period)
    return found.influence(host, powers=question.power, since=question.since, until=question.until, period=period)


def _events(found: Snapshot, host: str, question: Question) -> list[Event]:
    """The host's events, latest first, as the filters want them."""
    out = []
    for e in found.events_of.get(host, ()):
        codes = {k for p in e.parties for k in (p.country, p.org) if k}
        if question.power and not codes & set(question.power):
            continue
        if (question.type and e.event_type != question.type) or (question.status and e.status != question.status):
            continue
        start, end = (e.when.start, e.when.end) if e.when else (None, None)
        if (question.since and end and end < question.since) or (question.until and start and start > question.until):
            continue
        out.append(e)
    return sorted(out, key=lambda e: (middle(e.when) or date.min, e.id), reverse=True)


def _ties(found: Snapshot, host: str, question: Question, rows: Sequence[InfluenceRow]) -> list[Tie]:
    """Ties that stand or stood in the time shown: those of the powers shown first, the weightiest first."""
    named = {r.power for r in rows} - {OTHERS}
    last = max((r.day for r in rows), default=None)
    weights = load_weights()
    out = []
    for t in found.ties_of.get(host, ()):
        codes = {k for p in (t.power, *t.members) for k in ((p.country, p.org) if p else ()) if k}
        since = middle(t.since)
        if (
            not t.status.happened
            or (question.power and not codes & set(question.power))
            or (since and last and since > last)
        ):
            continue
        weight = weights.stock[t.kind].typical * t.magnitude / max(1, len(t.members) - 1)
        out.append((not codes & named, t.doc_id == REGISTRY_ID and bool(t.members), -weight, t.id, t))
    return [t for *_, t in sorted(out, key=lambda x: x[:4])]


def _ordered(found: Sequence[Tie], host: str, powers: Sequence[str]) -> list[Tie]:
    """By power, in the order of the charts, then by start."""

    def place(tie: Tie) -> tuple[int, date, str]:
        power = bars.power_of(tie, host)
        code = (power.country or power.org) if power else None
        return powers.index(code) if code in powers else len(powers), middle(tie.since) or date.min, tie.id

    return sorted(found, key=place)


def _hues_of(found: Sequence[Tie], host: str) -> dict[str, str]:
    powers = [p for t in found if (p := bars.power_of(t, host))]
    return hues(sorted({p.country or p.org or "" for p in powers} - {""}))


def _span(rows: Sequence[InfluenceRow], found: Snapshot) -> tuple[date, date] | None:
    if rows:
        first, last = min(r.day for r in rows), max(r.day for r in rows)
        return date(first.year, 1, 1), last if last > date(first.year, 1, 1) else date(first.year, 12, 31)
    return found.span


def _table(rows: Sequence[InfluenceRow], why: Any) -> dict[Domain, list[Cell]]:
    """The last period's numbers by domain."""
    if not rows:
        return {}
    last = [r for r in rows if r.period == rows[-1].period]
    first = {lead.domain: lead.power for lead in leaders(last)}
    out: dict[Domain, list[Cell]] = {}
    for r in last:
        link = why(r.domain.value, r.power, r.period)
        out.setdefault(r.domain, []).append(Cell(row=r, link=link, leads=first[r.domain] == r.power))
    return out


def _lead(rows: Sequence[InfluenceRow]) -> list[str]:
    """The answer in sentences: who leads in which domain, and since when without a break."""
    if not rows:
        return []
    found = leaders(rows)
    out = []
    for domain in dict.fromkeys(lead.domain for lead in found):
        line = [lead for lead in found if lead.domain is domain]
        now = line[-1]
        if now.power is None:
            out.append(f"In the {domain.value} domain there is not enough evidence.")
            continue
        since = now.period
        for lead in reversed(line):
            if lead.power != now.power:
                break
            since = lead.period
        who = f"{words.name(now.power)} leads in the {domain.value} domain, since {since}"
        out.append(who + (f"; contested by {words.name(now.second)}." if now.contested and now.second else "."))
    return out


def _amounts(rows: Sequence[InfluenceRow]) -> float:
    """The largest stock or flow of the last period: the length of a full bar."""
    return max((max(r.stock, r.flow) for r in rows if r.period == rows[-1].period), default=0.0) or 1.0


def _coverage(documents: Sequence[Any]) -> Mapping[tuple[int, int], int]:
    days = [d.published.best or d.published.range.end for d in documents if d.published]
    return Counter((d.year, d.month) for d in days if d)


def _silences(site: Site, host: str) -> tuple[Silence, ...]:
    return site.now.kept("silences", host, lambda: site.store.silences(country=host))


def _partners(found: Snapshot, host: str) -> list[tuple[str, int]]:
    """The countries that meet the host most often."""
    total = Counter(
        c for e in found.events_of.get(host, ()) for c in {p.country for p in e.parties if p.country} - {host}
    )
    return sorted(total.items(), key=lambda x: (-x[1], x[0]))[:8]


def _pane(site: Site, value: str, rows: Sequence[InfluenceRow], host: str, question: Question) -> evidence.Pane | None:
    told = evidence.opened(value)
    if told is None:
        return None
    kind, name = told
    if kind == "record":
        return evidence.of_record(site, name)
    if kind == "why":
        return evidence.of_number(site, rows, name)
    if kind == "odds":
        return host_parts.odds_pane(site, host, question, rows, name)
    raise AskedWronglyError(
        f'open "{value[:60]}": places are opened on the map; here write record:ID, why:DOMAIN:POWER:PERIOD or odds:POWER:CLASS:DAYS'
    )
