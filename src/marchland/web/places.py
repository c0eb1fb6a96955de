"""Where acts are marked on the map, and how precisely: a point only where a text tells a point."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from marchland.errors import LexiconError
from marchland.lexicon.places import places
from marchland.model.ontology import PlaceKind
from marchland.model.records import Event
from marchland.web.snapshot import Snapshot
from marchland.web.words import cooperative

_POINTS: Final = (PlaceKind.SITE, PlaceKind.CITY)
WORLD: Final = "world"
_HOME: Final = 0.5  # part of all tellings that the opening region must hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The acts of one place that are of one tone."""

    key: str  # what `open=place:` names
    name: str
    point: tuple[float, float] | None  # longitude, latitude; None = a country as a whole
    country: str | None
    precise: bool  # a city or site; else an area of which only the middle is drawn
    cooperative: bool
    events: tuple[Event, ...]

    @property
    def happened(self) -> bool:
        """Does any of the acts count as happened?"""
        return any(e.status.happened for e in self.events)

    @property
    def certainty(self) -> float:
        """Of the surest act."""
        return max(e.certainty for e in self.events)

    @property
    def powers(self) -> frozenset[str]:
        """Countries at work in these acts, but for the place's own."""
        return frozenset(p.country for e in self.events for p in e.parties if p.country and p.country != self.country)


@cache
def regions() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Regions with a map of their own, by key: name and countries, as the lexicon has them."""
    text = files("marchland.web").joinpath("regions.csv").read_text(encoding="utf-8")
    names = [row["name"] for row in csv.DictReader(text.splitlines())]
    members = {p.name: p.also for p in places() if p.kind is PlaceKind.REGION and p.also}
    missing = [n for n in names if n not in members]
    if missing:
        raise LexiconError(
            f"web/regions.csv: {missing[0]} is no region with countries in lexicon/places/regions.csv; correct the name"
        )
    return {n.casefold().replace(" ", "-"): (n, members[n]) for n in sorted(names)}


def home(counts: Sequence[tuple[str, int]]) -> str:
    """The region to open with: the smallest that holds half of what the store tells of hosts; else the world.

    Args:
        counts: Countries with their number of records; the great powers reach everywhere and are not counted.
    """
    told = {code: n for code, n in counts if len(code) == 3 and code not in _REACH}
    total = sum(told.values())
    best = [
        (len(codes), -sum(told.get(c, 0) for c in codes), key)
        for key, (_, codes) in regions().items()
        if total and sum(told.get(c, 0) for c in codes) >= _HOME * total
    ]
    return min(best)[2] if best else WORLD


_REACH: Final = frozenset(
    {"USA", "CHN", "RUS"}
)  # parties of most acts anywhere: they say nothing of where a store looks


def events_in(found: Snapshot, year: int, power: str = "") -> tuple[Event, ...]:
    """Acts that may have been in a year: by their told days, else by publication."""

    def find() -> dict[int, list[Event]]:
        out: dict[int, list[Event]] = defaultdict(list)
        for e in found.events:
            for y in _years(e, found):
                out[y].append(e)
        return out

    told = found.kept("events by year", None, find).get(year, [])
    return tuple(e for e in told if not power or any(power in (p.country, p.org) for p in e.parties))


def _years(event: Event, found: Snapshot) -> Iterable[int]:
    first: date | None = event.when.start if event.when else None
    last: date | None = event.when.end if event.when else None
    if first is None and last is None:
        document = found.document_of.get(event.doc_id)
        day = document.published.best or document.published.range.end if document and document.published else None
        return (day.year,) if day else ()
    low, high = (first or last or date.min).year, (last or first or date.min).year
    return range(low, high + 1) if high - low < 2 else ()  # told too loosely to belong to a year


def spots(events: Iterable[Event], hosts: frozenset[str]) -> list[Spot]:
    """Acts by place and tone; those without a closer place stand for the hosts among their parties."""
    groups: dict[tuple[str, bool], list[Event]] = defaultdict(list)
    for event in events:
        for key in _keys(event, hosts):
            groups[key, cooperative(event.quad)].append(event)
    return [_spot(key, tone, found) for (key, tone), found in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))]


def _keys(event: Event, hosts: frozenset[str]) -> tuple[str, ...]:
    where = event.where
    if where is not None and where.kind is not PlaceKind.COUNTRY and where.lat is not None and where.lon is not None:
        return (where.place_id or where.name,)
    if where is not None and where.kind is PlaceKind.COUNTRY and where.country:
        return (f"country-{where.country}",) if where.country in hosts else ()
    parties = {p.country for p in event.parties if p.country}
    return tuple(f"country-{c}" for c in sorted(parties & hosts))


def _spot(key: str, tone: bool, events: list[Event]) -> Spot:  # noqa: FBT001 - half of the key
    where = events[0].where
    if key.startswith("country-"):
        code = key.removeprefix("country-")
        return Spot(key=key, name=code, point=None, country=code, precise=False, cooperative=tone, events=tuple(events))
    assert where is not None, "the key is a place's"
    assert where.lon is not None, "only places with a point make a key"
    assert where.lat is not None, "only places with a point make a key"
    return Spot(
        key=key,
        name=where.name,
        point=(where.lon, where.lat),
        country=where.country,
        precise=where.kind in _POINTS,
        cooperative=tone,
        events=tuple(events),
    )
