"""Which term of office does a name mean on a day, and what is its holder?"""

from datetime import date
from functools import cache

from marchland.lexicon.actors import organisations
from marchland.lexicon.schema import Leader
from marchland.model.ontology import Sector

_SECTORS = {
    "rebel leader": Sector.REB, "opposition leader": Sector.OPP, "party leader": Sector.PTY, "senator": Sector.LEG,
    "speaker of the house": Sector.LEG, "speaker": Sector.LEG, "pope": Sector.REL, "drug cartel leader": Sector.CRM,
    "warlord": Sector.REB, "separatist leader": Sector.REB, "presidential candidate": Sector.PTY,
}  # fmt: skip


def term_meant(leaders: tuple[Leader, ...], office: str | None, day: date | None) -> Leader:
    """The term of office meant: that of the title told, else the one held on the day, else the latest before it.

    Without a day it is the latest of all.
    """
    pool = leaders
    if office is not None:
        pool = tuple(x for x in leaders if office in (x.office, x.office.split()[-1])) or leaders
    if day is None:
        return max(pool, key=_start)
    holding = [x for x in pool if _started(x, day) and not ended(x, day)]
    if holding:
        return holding[0]
    past = [x for x in pool if _started(x, day)]
    return max(past, key=_start) if past else pool[0]


def sector_of(term: Leader) -> Sector:
    """What the holder of an office is."""
    return _SECTORS.get(term.office, _body_sector(term.org) if term.org else Sector.GOV)


def ended(term: Leader, day: date) -> bool:
    """Was the office given up before the day?"""
    return term.until is not None and term.until.end is not None and term.until.end < day


def _start(term: Leader) -> date:
    return term.since.start if term.since and term.since.start else date.min


def _started(term: Leader, day: date) -> bool:
    return term.since is None or term.since.start is None or term.since.start <= day


@cache
def _body_sector(org: str) -> Sector:
    return next((o.sector for o in organisations() if o.id == org), Sector.IGO)
