"""Which ties stand at a place that is known well enough to be marked?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from marchland.influence.periods import middle
from marchland.lexicon.places import places
from marchland.model.ontology import Domain, PlaceKind
from marchland.model.records import Tie
from marchland.web.snapshot import Snapshot

_POINTS = (PlaceKind.CITY, PlaceKind.SITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One place of one tie: a base, a mine, a school."""

    tie: Tie
    power: str
    name: str
    point: tuple[float, float]  # longitude, latitude

    @property
    def armed(self) -> bool:
        """Is security the larger part of it?"""
        return self.tie.kind in _ARMED or self.tie.domains.get(Domain.SECURITY, 0.0) >= 0.5


_ARMED = frozenset({"base", "outpost", "presence", "security_finance", "training", "arms_supply", "exercise_series"})


@cache
def _known() -> dict[tuple[str, str | None], tuple[float, float]]:
    out: dict[tuple[str, str | None], tuple[float, float]] = {}
    for p in places():
        if p.kind in _POINTS and p.lat is not None and p.lon is not None:
            for name in (p.name, *p.aliases):
                out.setdefault((name.casefold(), p.country), (p.lon, p.lat))
    return out


def posts(found: Snapshot, hosts: Iterable[str], year: int, power: str = "") -> list[Post]:
    """Ties of these hosts that stood in a year and name a city or site; a tie of several places has several."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    out: dict[tuple[str, str, str], Post] = {}
    for host in hosts:
        for tie in found.ties_of.get(host, ()):
            code = (tie.power.country or tie.power.org) if tie.power else None
            if code is None or tie.where is None or not tie.status.happened or (power and code != power):
                continue
            since, until = middle(tie.since), middle(tie.until)
            begin = since or middle(tie.last_confirmed)
            if (begin and begin > last) or (until and until < first):
                continue
            for name, point in _points(tie, host):
                out.setdefault((code, tie.kind, name.casefold()), Post(tie=tie, power=code, name=name, point=point))
    return list(out.values())


def _points(tie: Tie, host: str) -> Iterable[tuple[str, tuple[float, float]]]:
    where = tie.where
    assert where is not None, "only ties with a place are asked for"
    if where.lat is not None and where.lon is not None:
        if where.kind in _POINTS:
            yield where.name, (where.lon, where.lat)
        return
    for part in where.name.split(","):
        point = _known().get((part.strip().casefold(), host))
        if point:
            yield part.strip(), point
