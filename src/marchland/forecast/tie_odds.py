"""Odds that a standing tie begins: a base, a series of exercises with a new partner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from marchland.forecast.logistic import logit
from marchland.forecast.reasons import Reason
from marchland.lexicon.registry import registry
from marchland.model.ontology import TieKind
from marchland.model.records import Tie

YEARS: Final = 10  # of starts that are counted
LEAST: Final = 5  # dated starts of a kind; with fewer there are no odds
_FIRM: Final = 2.0  # starts: how much of a power's own record outweighs that of all powers
_MOST: Final = 5
_DRAWS: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOdds:
    """One forecast of a tie."""

    power: str
    host: str
    kind: TieKind
    first: date
    until: date
    probability: float
    low: float
    high: float
    base: float
    note: str | None
    reasons: tuple[Reason, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    power: str
    host: str
    day: date
    tie: str


def tie_odds(
    ties: Iterable[Tie], host: str, kind: TieKind, *, on: date, horizons: Sequence[int], powers: Sequence[str] = ()
) -> list[TieOdds]:
    """Chance that a power without such a tie in `host` gets one within each horizon.

    The rate is that of starts in the last ten years, from the store and the registry, over the pairs that had none: of
    all powers with ties of the kind as the base, and of this power as far as it has a record. Where fewer than five
    dated starts are known there is nothing to count, and no row.
    """
    known = [t for t in (*registry().ties, *ties) if t.kind is kind and t.status.happened]
    starts = _starts(known, on)
    sides = {(p, h) for t in known for p, h in _sides(t)}
    actors, hosts = sorted({p for p, _ in sides}), sorted({h for _, h in sides} | {host})
    if len({(s.power, s.host) for s in starts}) < LEAST or not actors:
        return []
    risk = max(1, len(actors) * len(hosts) - len(sides)) * YEARS * 365.25  # pairs without one, times days
    rate = len(starts) / risk
    asked = [p for p in (powers or actors) if p != host and not _stands(known, p, host, on)]
    out = []
    for power in asked:
        own = [s for s in starts if s.power == power]
        exposed = len(hosts) * YEARS * 365.25
        shape, days = _FIRM + len(own), _FIRM / rate + exposed
        rates = _Rates(base=rate, shape=shape, days=days)
        out += [_row(power, host, kind, (on, on + timedelta(days=h - 1)), rates, own) for h in horizons]
    return sorted(out, key=lambda t: (t.until, -t.probability, t.power))[: None if powers else 8 * len(horizons)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rates:
    base: float  # starts a day, for any pair
    shape: float  # of the gamma of this power's rate
    days: float


def _row(power: str, host: str, kind: TieKind, window: tuple[date, date], rates: _Rates, own: list[_Start]) -> TieOdds:
    on, until = window
    horizon = (until - on).days + 1
    base = float(-np.expm1(-rates.base * horizon))
    p = float(1 - (rates.days / (rates.days + horizon)) ** rates.shape)
    drawn = np.random.default_rng(0).gamma(rates.shape, 1 / rates.days, size=_DRAWS)
    low, high = (float(v) for v in np.quantile(-np.expm1(-drawn * horizon), [0.05, 0.95]))
    start, final = (float(logit(np.array(v))) for v in (base, p))
    newest = sorted(own, key=lambda s: (s.day, s.tie), reverse=True)[:_MOST]
    told = f"{len(own)} {kind.value} ties that {power} began in the last {YEARS} years, beside those of other powers"
    return TieOdds(
        power=power, host=host, kind=kind, first=on, until=until, probability=p, low=min(low, p), high=max(high, p),
        base=base, note="starts that nobody dated are not counted",
        reasons=(
            Reason(family="base", text=f"base rate: starts of {kind.value} ties, over all pairs without one", log_odds=start, support=None),
            Reason(
                family="power", text=told, log_odds=final - start, support=len(own),
                days=tuple(s.day for s in newest), records=tuple(s.tie for s in newest),
            ),
        ),
        rule=f"A {kind.value} tie of {power} in {host}, told as happened, that began on a day from {on} to {until}.",
    )  # fmt: skip


def _sides(tie: Tie) -> list[tuple[str, str]]:
    power = tie.power.key if tie.power else None
    return [(power, tie.host.key)] if power and tie.host and tie.host.key else []


def _starts(ties: Iterable[Tie], on: date) -> list[_Start]:
    """Dated starts of the last ten years, the first of each pair; a start told as a span of more than two years is no date."""
    found: dict[tuple[str, str], _Start] = {}
    for tie in ties:
        told = tie.since
        if told is None or told.start is None or (told.end and (told.end - told.start).days > 731):
            continue
        for power, host in _sides(tie):
            start = _Start(power=power, host=host, day=told.start, tie=tie.id)
            if (power, host) not in found or start.day < found[power, host].day:
                found[power, host] = start
    since = on - timedelta(days=round(YEARS * 365.25))
    return [s for s in found.values() if since <= s.day < on]


def _stands(ties: Iterable[Tie], power: str, host: str, on: date) -> bool:
    """Does such a tie stand already?"""
    return any(
        (power, host) in _sides(t)
        and (t.since is None or t.since.start is None or t.since.start < on)
        and (t.until is None or t.until.end is None or t.until.end >= on)
        for t in ties
    )
