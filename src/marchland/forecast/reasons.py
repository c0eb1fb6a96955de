"""Why these odds: what each part of the log-odds stands for, with days and the records that a reader can open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from marchland.exchange.keep import Keep, side_file
from marchland.forecast.features import ACTIVE
from marchland.forecast.history import TYPES, class_names, class_of
from marchland.forecast.odds import Odds
from marchland.forecast.past import kinds_of, rows_of
from marchland.model.records import Event

_MOST: Final = 5  # records a reason names
_FILE_ID: Final = 16  # letters of a file's fingerprint that ids of imported rows begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One dated act that a reason can point to."""

    power: str
    other: str
    day: date
    kind: int  # index into TYPES, or OTHER
    record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One term of a sum: all reasons of a forecast add up to its log-odds."""

    family: str
    text: str
    log_odds: float
    support: int | None  # acts of the last 90 days behind it; None = it rests on no single acts
    days: tuple[date, ...] = ()  # of the latest, newest first
    records: tuple[str, ...] = ()  # their ids, in the same order


def told_acts(events: Iterable[Event], days: Mapping[str, date], host: str, on: date) -> list[Act]:
    """Acts of a store with the host as one party, known before `on` and not older than 90 days."""
    out = []
    first = (on - timedelta(days=ACTIVE)).toordinal()
    for event in events:
        for a, b, day, known, kind in rows_of(event, days):
            if host in (a, b) and first <= day and known < on.toordinal():
                out.append(Act(power=a, other=b, day=date.fromordinal(day), kind=kind, record_id=event.id))
    return out


def imported_acts(store: Path, host: str, on: date) -> list[Act]:
    """The same from event data imported beside a store; only the columns of the last 90 days are read."""
    if not side_file(store).is_file():
        return []
    out = []
    first, last = on.toordinal() - ACTIVE, on.toordinal() - 1
    with Keep(store) as kept:
        for file in kept.files():
            if host not in file.parties:
                continue
            here = file.parties.index(host)
            kinds, mutual = kinds_of(file)
            for arrays in kept.segments(file.n, ("row", "a", "b", "day", "kind"), (first, last)):
                a, b, day = arrays["a"], arrays["b"], arrays["day"]
                good = ((a == here) | (b == here)) & (a != 0) & (b != 0) & (day >= first) & (day <= last)
                for i in np.flatnonzero(good & (kinds[arrays["kind"]] >= 0)).tolist():
                    kind = int(arrays["kind"][i])
                    sides = (file.parties[int(a[i])], file.parties[int(b[i])])
                    for one, other in (sides, sides[::-1])[: 1 + bool(mutual[kind])]:
                        out.append(
                            Act(
                                power=one,
                                other=other,
                                day=date.fromordinal(int(day[i])),
                                kind=int(kinds[kind]),
                                record_id=f"{file.sha[:_FILE_ID]}-{int(arrays['row'][i])}",
                            )
                        )
    return out


def reasons(found: Odds, acts: Sequence[Act]) -> tuple[Reason, ...]:
    """The parts of one forecast in words, largest first after the base rate; they sum to its log-odds.

    Args:
        acts: Of the host, of the last 90 days.
    """
    out = []
    for part in found.parts:
        behind = _behind(found, part.family, acts)
        newest = sorted(behind or (), key=lambda a: (a.day, a.record_id), reverse=True)
        distinct = list({a.record_id: a for a in newest}.values())
        out.append(
            Reason(
                family=part.family,
                text=_text(found, part.family, len(distinct)),
                log_odds=part.log_odds,
                support=None if behind is None else len(distinct),
                days=tuple(a.day for a in distinct[:_MOST]),
                records=tuple(a.record_id for a in distinct[:_MOST]),
            )
        )
    return (out[0], *sorted(out[1:], key=lambda r: -abs(r.log_odds)))


def _behind(found: Odds, family: str, acts: Sequence[Act]) -> list[Act] | None:
    pair, back = (found.power, found.host), (found.host, found.power)
    if family == "own":
        return [a for a in acts if (a.power, a.other) == pair and _of_class(found, a)]
    if family in ("pair", "back"):
        return [a for a in acts if (a.power, a.other) == (pair if family == "pair" else back)]
    return None


def _of_class(found: Odds, act: Act) -> bool:
    if act.kind >= len(TYPES):
        return False
    place = int(class_of(np.array([act.kind]), found.level)[0])
    return class_names(found.level)[place] == found.event_class


def _text(found: Odds, family: str, n: int) -> str:
    """One line; everything said here is about the 90 days before the forecast unless it says otherwise."""
    many = f"{n} act{'' if n == 1 else 's'}"
    sort = "quiet" if found.basis == "quiet" else "active"
    told = {
        "base": f"base rate: of all {sort} pairs {100 * found.base:.2g} % see {found.event_class} in {found.horizon} days",
        "level": "what an average pair's features and the newest resolved windows add to the base rate",
        "own": f"{many} of {found.event_class} by {found.power} towards {found.host} in 90 days, and how long ago",
        "pair": f"{many} of any kind by {found.power} towards {found.host} in 90 days, and how long ago",
        "back": f"{many} by {found.host} towards {found.power} in 90 days",
        "group": "acts between the two countries that the parties belong to",
        "side": f"what {found.power} and {found.host} do to others, and others to them",
        "volume": "how much is reported at all: the last week and month beside the last 90 days",
    }
    return told[family]


def rule(found: Odds) -> str:
    """When the forecast counts as having come true."""
    return (
        f"At least one {found.event_class} act with {found.power} acting and {found.host} as another party, told as happened, "
        f"with a day from {found.first} to {found.until}, both included."
    )
