"""The map: who leads where, and where something happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from marchland.charts.hues import hues
from marchland.influence import OTHERS, leaders, totals
from marchland.lexicon.actors import countries
from marchland.lexicon.colours import OTHER, colours
from marchland.model.ontology import Domain
from marchland.web import evidence, words
from marchland.web.charts.map import Cell, draw
from marchland.web.places import WORLD, Spot, events_in, home, regions, spots
from marchland.web.question import AskedWronglyError, code_of, year_of
from marchland.web.site import Site, address, told_of
from marchland.web.snapshot import Snapshot, told_hosts
from marchland.web.standing import Post, posts

ALL = "all"
_LISTED = 24  # hosts in the table of the world


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the map is to show."""

    region: str
    year: int | None  # None = the store has no date
    power: str  # empty = whoever leads
    domain: str  # `all`, or one of the four
    hosts: tuple[str, ...]

    @property
    def place(self) -> str:
        """The region's name in a title."""
        return "the world" if self.region == WORLD else regions()[self.region][0]


def seen(found: Snapshot, region: str, year: str, power: str, domain: str) -> Seen:
    """Check what is asked, and fill in what is not.

    Raises:
        AskedWronglyError: an unknown region, year, power or domain.
    """
    chosen = region or found.kept("home", None, lambda: home(told_hosts(found)))
    if chosen != WORLD and chosen not in regions():
        raise AskedWronglyError(f'region "{chosen[:40]}": no such region; it is world or one of {", ".join(regions())}')
    if domain not in ("", ALL, *Domain):
        raise AskedWronglyError(f'domain "{domain[:40]}": no such domain; it is all, {", ".join(Domain)}')
    span = found.span
    states = tuple(c.iso3 for c in countries() if c.kind == "state")
    return Seen(
        region=chosen,
        year=year_of(year) or (span[1].year if span else None),
        power=code_of(power, what="power") if power.strip() else "",
        domain=domain or ALL,
        hosts=states if chosen == WORLD else regions()[chosen][1],
    )


def cells(found: Snapshot, what: Seen) -> list[Cell]:
    """Who leads each host in that year, or how much the chosen power holds there."""
    if what.year is None:
        return []
    year = what.year

    def find() -> list[Cell]:
        return sorted(
            (_cell(found, what, host, year) for host in what.hosts if host != what.power), key=lambda c: c.code
        )

    return found.kept("cells", what, find)


def _cell(found: Snapshot, what: Seen, host: str, year: int) -> Cell:
    rows = found.glance(host, year, (what.power,) if what.power else (), intervals=what.domain != ALL)
    if what.domain != ALL:
        own = [r for r in rows if r.domain.value == what.domain]
        if what.power:
            return Cell(code=host, power=what.power, share=next(r.share for r in own if r.power == what.power))
        [lead] = leaders(own)
        share = next((r.share for r in own if r.power == lead.power), None)
        return Cell(code=host, power=lead.power, share=share, second=lead.second, contested=lead.contested)
    best = sorted((t for t in totals(rows) if t.power != OTHERS and t.share), key=lambda t: (-(t.share or 0), t.power))
    if what.power:
        return Cell(code=host, power=what.power, share=best[0].share if best else None)
    if not best:
        return Cell(code=host, power=None, share=None)
    first, second = best[0], best[1] if len(best) > 1 else None
    contested = bool(second and (second.high or 0) >= (first.low or 0))
    return Cell(
        code=host, power=first.power, share=first.share, second=second.power if second else None, contested=contested
    )


def routes(site: Site) -> APIRouter:
    """The map's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/", response_class=HTMLResponse)
    def show_map(
        request: Request,
        region: Annotated[str, Query(max_length=60)] = "",
        year: Annotated[str, Query(max_length=8)] = "",
        power: Annotated[str, Query(max_length=60)] = "",
        domain: Annotated[str, Query(max_length=20)] = "",
        open: Annotated[str, Query(max_length=200)] = "",  # noqa: A002 - the address's word
    ) -> HTMLResponse:
        found = site.now
        what = seen(found, region, year, power, domain)
        marks = _marks(found, what)
        told = told_of(request)
        shown = cells(found, what)
        present = [p for c in shown for p in (c.power, c.second if c.contested else None) if p]
        held = _posts(found, what)
        shades = hues(sorted({*present, *(p for s in marks for p in s.powers), *(p.power for p in held)}))
        drawing = draw(
            what.region, {c.code: c for c in shown}, marks, shades,
            host=lambda code: address(f"/host/{code}"),
            opens=lambda what_is: address("/", told, open=what_is, to="evidence"), posts=held,
            label=_title(what),
        )  # fmt: skip
        return site.page(
            request, "map.html", title=_title(what), what=what, drawing=drawing, told=told, pane=_pane(site, open, marks, what),
            table=_table(found, what, shown), legend=_legend(present, shades), span=found.span, regions=regions(),
            powers=_powers(), domains=[ALL, *Domain], marks=marks, documents=len(found.documents),
            hosts=[h for h in told_hosts(found) if len(h[0]) == 3][:14],
        )  # fmt: skip

    return router


def _marks(found: Snapshot, what: Seen) -> list[Spot]:
    if what.year is None:
        return []
    year = what.year
    hosts = frozenset(what.hosts)
    return found.kept("spots", what, lambda: spots(events_in(found, year, what.power), hosts))


def _posts(found: Snapshot, what: Seen) -> list[Post]:
    """Standing ties with a place; the world has too many of them to be read."""
    if what.year is None or what.region == WORLD:
        return []
    year = what.year
    return found.kept("posts", what, lambda: posts(found, what.hosts, year, what.power))


def _title(what: Seen) -> str:
    where = "all domains" if what.domain == ALL else f"the {what.domain} domain"
    time = f", {what.year}" if what.year else ""
    if what.power:
        return f"How much does {words.name(what.power)} hold in {what.place}{time}?" + (
            "" if what.domain == ALL else f" ({where})"
        )
    return f"Who leads in {what.place}{time}?" + ("" if what.domain == ALL else f" ({where})")


def _pane(site: Site, value: str, marks: Sequence[Spot], what: Seen) -> evidence.Pane | None:
    told = evidence.opened(value)
    if told is None:
        return None
    kind, key = told
    if kind == "record":
        return evidence.of_record(site, key)
    here = [s for s in marks if s.key == key]
    if kind != "place" or not here:
        return evidence.Pane(title="Nothing there", note=f"No act of {what.year} is marked at that place.", told=())
    name = words.name(here[0].country) if here[0].point is None else here[0].name
    events = [e for s in here for e in s.events]
    closeness = (
        ""
        if here[0].precise
        else "; only the country is told"
        if here[0].point is None
        else "; an area, marked in its middle"
    )
    note = f"{len(events)} {'act' if len(events) == 1 else 'acts'}, {what.year}{closeness}"
    return evidence.of_records(name, note, events, site.now)


def _table(found: Snapshot, what: Seen, shown: Sequence[Cell]) -> list[Cell]:
    """The map in rows: every host of a region; of the world, the hosts that the store tells most of."""
    if what.region != WORLD:
        return sorted(shown, key=lambda c: words.name(c.code))
    order = [code for code, _ in told_hosts(found)]
    known = {c.code: c for c in shown}
    return [known[code] for code in order if code in known][:_LISTED]


def _legend(present: Sequence[str], shades: dict[str, str]) -> list[tuple[str, str]]:
    counted = sorted(dict.fromkeys(present), key=lambda p: (-present.count(p), p))
    return [(words.name(p), shades[p]) for p in counted[:10]]


def _powers() -> list[tuple[str, str]]:
    """Powers to choose from: those that have a hue of their own, by name."""
    known = [c for c in colours() if not c.startswith("spare") and c != OTHER]
    return sorted(((c, words.name(c)) for c in known), key=lambda p: p[1])


def map_json(found: Snapshot, what: Seen) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "region": what.region,
        "year": what.year,
        "power": what.power or None,
        "domain": what.domain,
        "hosts": [
            {"host": c.code, "power": c.power, "share": c.share, "second": c.second, "contested": c.contested}
            for c in cells(found, what)
        ],
        "marks": [
            {
                "key": s.key, "name": s.name, "country": s.country, "precise": s.precise,
                "lon": s.point[0] if s.point else None, "lat": s.point[1] if s.point else None,
                "tone": "cooperation" if s.cooperative else "conflict", "events": [e.id for e in s.events],
            }
            for s in _marks(found, what)
        ],
    }  # fmt: skip
