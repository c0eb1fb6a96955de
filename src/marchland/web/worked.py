"""What takes seconds on a large store, worked out once for each picture of it: changes, odds, the ledger, who next, the brief.

A page asks with `wait=False` and gets what is there already; the whole answer is fetched after it, or on a click.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from marchland import api_shifts
from marchland.api import imported
from marchland.api_shifts import Changed, Told
from marchland.errors import DocumentError
from marchland.model.ontology import EventType
from marchland.web.site import Site

if TYPE_CHECKING:
    from marchland.brief.material import Asked
    from marchland.brief.model import Brief
    from marchland.forecast.ask import Foretold
    from marchland.forecast.past import Past
    from marchland.forecast.ranking.who import WhoNext
    from marchland.forecast.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """A question about changes; it means what the options of `marchland shifts` mean."""

    host: str
    power: tuple[str, ...] = ()
    rival: str | None = None
    since: date | None = None
    until: date | None = None
    registry: bool = True
    as_known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A question about odds; it means what the options of `marchland forecast` mean."""

    host: str
    power: tuple[str, ...] = ()
    horizon: tuple[int, ...] = (7, 30)
    kind: str = "quad"
    on: date | None = None


def once[T](site: Site, group: str, key: Hashable, make: Callable[[], T], *, wait: bool = True) -> T | None:
    """A result for the present picture of the store; None = it is not worked out yet, and nobody wants to wait.

    Two that ask at once wait for the same one.
    """
    now = site.now
    if now.has(group, key):
        return now.kept(group, key, make)
    if not wait:
        return None
    with now.turn(group):
        return now.kept(group, key, make)


def changes(site: Site, asked: Changing, *, wait: bool = True) -> Changed | None:
    """What changed; None = not worked out yet.

    Raises:
        DocumentError: the store holds no dated document and no period is given.
    """
    return once(site, "changes", asked, lambda: _changed(site, asked), wait=wait)


def _changed(site: Site, asked: Changing) -> Changed:
    found = site.now
    if asked.as_known_on is None:
        told = Told(
            events=found.events_of.get(asked.host, ()), ties=found.ties, documents=found.documents,
            links=site.store.links(), silences=site.store.silences(), statements=site.store.statements(),
            origins=found.origins,
        )  # fmt: skip
    else:
        told = api_shifts.told_by(site.store, asked.host, as_known_on=asked.as_known_on)
    if site.store.path is not None:
        further, more = imported(site.store.path, asked.host)
        told = replace(told, ties=(*told.ties, *more), further=further)
    whole = api_shifts.changed(
        told, asked.host, power=asked.power, rival=asked.rival, since=asked.since, until=asked.until,
        registry=asked.registry, as_known_on=asked.as_known_on, alarm=False,
    )  # fmt: skip
    return replace(whole, records={i: whole.records[i] for i in _named(whole) if i in whole.records})


def _named(found: Changed) -> set[str]:
    """The records that an answer names: the others need not be kept with it."""
    out = {i for s in found.shifts.steps for i in (s.record_id, *s.also)}
    out |= {w.name for f in found.shifts.flows for w in f.acts}
    for m in found.moves:
        out |= {m.record_id, *m.also, *m.told, *(i for a in m.answers for i in (a.record_id, a.link_id))}
    return out


def odds(site: Site, asked: Ahead, *, wait: bool = True) -> "list[Foretold] | None":
    """Odds of acts towards a host; None = not worked out yet.

    Raises:
        MarchlandError: a horizon or a type is not known.
    """

    def make() -> "list[Foretold]":
        from marchland.forecast.ask import foretell  # slow to import

        return foretell(
            site.store, site.store.path, asked.host, on=asked.on, horizons=asked.horizon, kind=asked.kind,
            powers=asked.power, learned=_past(site),
        )  # fmt: skip

    return once(site, "odds", asked, make, wait=wait)


def _past(site: Site) -> "Past":
    def make() -> "Past":
        from marchland.forecast.past import past

        return past(site.store, site.store.path)

    return site.now.kept("past", None, make)


def ledger(site: Site, *, wait: bool = True) -> "Record | None":
    """What became of every forecast; None = not worked out yet."""

    def make() -> "Record":
        from marchland.forecast.record import record

        return record(site.store, site.store.path)

    return once(site, "ledger", None, make, wait=wait)


def who_next(
    site: Site, *, actor: str | None, recipient: str | None, event_type: EventType, on: date | None, limit: int
) -> "WhoNext":
    """Who is the other party of the next such act?

    Raises:
        DocumentError: nothing in the store has a date, and no day is given.
        ForecastError: both or neither party is given, or the events do not know it.
    """
    from marchland.api_forecast import morning
    from marchland.forecast.ranking.who import who_next as rank

    found = site.now
    day = on or morning(found.events, found.documents)
    if day is None:
        raise DocumentError("the store holds nothing dated; give `on`, the day before which events count")
    key = (actor, recipient, event_type, day, limit)
    with found.turn("next"):
        return found.kept(
            "next", key,
            lambda: rank(found.events, actor=actor, recipient=recipient, event_type=event_type, on=day, limit=limit),
        )  # fmt: skip


def brief(site: Site, asked: "Asked", *, wait: bool = True) -> "Brief | None":
    """The brief; None = not written yet.

    Raises:
        DocumentError: nothing in the store has a date, and no days are given.
    """

    def make() -> "Brief":
        from marchland.brief.compose import compose

        return compose(site.store, asked, home=site.store.path)

    return once(site, "brief", asked, make, wait=wait)
