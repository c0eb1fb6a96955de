"""Odds for a host's pairs: will this power act towards this host within so many days, in this way?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from marchland.errors import MarchlandError
from marchland.forecast.baseline import counts
from marchland.forecast.calibrate import Calibration, recalibrate
from marchland.forecast.features import ACTIVE, Frame, active, features
from marchland.forecast.fit import ROWS, Model, fit, origins
from marchland.forecast.history import Floats, History, Ints, class_names, happened, width
from marchland.forecast.logistic import logit, sigmoid
from marchland.forecast.past import Past
from marchland.forecast.rates import Shipped, shipped

HORIZONS: Final = (7, 30)  # days
LONGEST: Final = 366
LEVELS: Final = ("quad", "type")
REFIT: Final = 28  # days after which weights are learned anew
RECALIBRATE: Final = 7
_WINDOWS: Final = 40  # origins that are fitted, weekly
_FEWEST: Final = 14
_WARM: Final = 90
_ACTS: Final = 2000  # the least history that a fit is made from
_CAME: Final = 200  # and the least windows in which something came
_Z: Final = 1.645  # 90 %
_DRAWS: Final = 4000
_MOST: Final = 8  # powers that are shown where none are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one family of features adds to the log-odds."""

    family: str  # base, level, own, pair, back, group, side, volume
    log_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """One forecast, before its reasons are told in words."""

    power: str
    host: str
    level: str  # quad | type
    event_class: str
    first: date
    until: date  # both days included
    probability: float
    low: float  # 90 % interval: what the weights, or the rate, do not know
    high: float
    base: float  # how often it comes to any active pair
    basis: str  # fitted | quiet | shipped
    note: str | None  # why there is less than usual; None = nothing to say
    parts: tuple[Part, ...]  # they sum to the log-odds of `probability`

    @property
    def horizon(self) -> int:
        """Days."""
        return (self.until - self.first).days + 1


def odds(
    past: Past,
    host: str,
    *,
    on: date,
    horizons: Sequence[int] = HORIZONS,
    level: str = "quad",
    powers: Sequence[str] = (),
) -> list[Odds]:
    """Odds on the morning of `on` for acts of each power towards `host`: per power, class and horizon.

    Without `powers`, those that acted towards the host in the last 90 days, the busiest eight.

    Raises:
        MarchlandError: a horizon is no number of days from 1 to 366, or a level is not known.
    """
    _check(horizons, level)
    origin = on.toordinal()
    seen = past.history.before(origin)
    asked = _asked(seen, origin, host, powers)
    out = []
    recent = set(_pairs(seen, origin, host))
    frame: Frame | None = None  # the same for every horizon
    for horizon in horizons:
        model = model_for(past, origin, level, horizon)
        own = [p for p in asked if model is not None and (p, host) in recent]
        if model is not None and own:
            if frame is None:
                frame = features(seen, origin, level, pairs=_keys(seen, own, host))
            out += _fitted(past, model, frame, origin, host, _sorted_names(seen, own, host))
        rest = [p for p in asked if p not in own]
        if model is None:
            out += _by_rate(seen, origin, horizon, level, host, rest)
        else:
            out += _quiet(seen, model, origin, host, rest)
    order = {p: i for i, p in enumerate(asked)}
    names = class_names(level)
    return sorted(out, key=lambda o: (order[o.power], o.until, names.index(o.event_class)))


def _check(horizons: Sequence[int], level: str) -> None:
    wrong = next((h for h in horizons if not 1 <= h <= LONGEST), None)
    if wrong is not None or not horizons:
        raise MarchlandError(
            f"horizon {wrong}: a horizon is a number of days from 1 to {LONGEST}; give for example 7,30"
        )
    if level not in LEVELS:
        raise MarchlandError(f'level "{level}" is not known; it is one of {", ".join(LEVELS)}')


def _pairs(seen: History, origin: int, host: str) -> list[tuple[str, str]]:
    """Active pairs whose other party is the host."""
    if host not in seen.actors:
        return []
    at = seen.actors.index(host)
    found = active(seen, origin, only=lambda _, b: b == at)
    return [(seen.actors[p // len(seen.actors)], host) for p in found.tolist()]


def _asked(seen: History, origin: int, host: str, powers: Sequence[str]) -> list[str]:
    if powers:
        return list(dict.fromkeys(p for p in powers if p != host))
    found = [p for p, _ in _pairs(seen, origin, host)]
    if not found:
        return []
    acts = counts(seen, origin, "type", _keys(seen, found, host)).sum(1)
    busy = sorted(zip((-acts).tolist(), _sorted_names(seen, found, host), strict=True))
    return [p for _, p in busy[:_MOST]]


def _keys(seen: History, powers: Sequence[str], host: str) -> Ints:
    """Their pairs with the host, sorted; parties that the history does not know are left out."""
    at = {name: i for i, name in enumerate(seen.actors)}
    if host not in at:
        return np.empty(0, np.int64)
    return np.array(sorted(at[p] * len(seen.actors) + at[host] for p in powers if p in at), np.int64)


def _sorted_names(seen: History, powers: Sequence[str], host: str) -> list[str]:
    return [seen.actors[int(k) // len(seen.actors)] for k in _keys(seen, powers, host)]


# ---- learning ----


def model_for(past: Past, origin: int, level: str, horizon: int) -> Model | None:
    """The weights for a forecast on that day: kept ones where they are fresh, else new ones; None = too little history."""
    key = f"{level}.{horizon}"
    kept = past.models.get(key)
    if kept is not None and 0 < origin - kept.until <= REFIT:
        return kept
    seen = past.history.before(origin)
    if seen.first is None or float(seen.n.sum()) < _ACTS:
        return None
    days = origins(seen.first, origin - 1, horizon, 7, _WARM)[-_WINDOWS:]
    size = len(active(seen, origin)) * width(level)
    enough = max(_FEWEST, 4 * ROWS // max(1, size))  # many pairs fill the rows of a fit from fewer windows
    days = days[:: -max(1, -(-len(days) // enough))][::-1]
    if len(days) < 8 or _came(seen, days, level, horizon) < _CAME:
        return None
    past.models[key] = fit(seen, days, level, horizon)
    past.calibrations.pop(key, None)
    past.save()
    return past.models[key]


def _came(seen: History, days: list[int], level: str, horizon: int) -> int:
    """Windows with an act, over every fourth origin, as a lower bound."""
    total = 0
    for day in days[::4]:
        pairs = active(seen.before(day), day)
        if len(pairs):
            total += int(happened(seen, pairs, day, day + horizon - 1, level).sum())
    return total


def calibration_for(past: Past, model: Model, origin: int) -> Calibration:
    """The newest windows' correction: kept for a week."""
    key = f"{model.level}.{model.horizon}"
    kept = past.calibrations.get(key)
    if kept is None or not 0 < origin - kept.until <= RECALIBRATE:
        kept = past.calibrations[key] = recalibrate(model, past.history, origin)
        past.save()
    return kept


# ---- odds ----


def _fitted(past: Past, model: Model, frame: Frame, origin: int, host: str, powers: Sequence[str]) -> list[Odds]:
    """Odds of the frame's pairs, which are those of `powers` in this order."""
    calibration = calibration_for(past, model, origin)
    raw = model.log_odds(frame)
    final = calibration(raw)
    spread = np.sqrt((calibration.slope * model.spread(frame)) ** 2 + calibration.variance)
    shares = _families(model, frame, calibration.slope)
    out = []
    for i, power in enumerate(powers):
        for k, name in enumerate(class_names(model.level)):
            base = float(logit(model.base[k]))
            told = {f: float(v[i, k]) for f, v in shares.items()}
            level = float(final[i, k]) - base - sum(told.values())
            parts = [Part(family="base", log_odds=base), Part(family="level", log_odds=level)]
            low, high = (float(sigmoid(final[i, k] + s * _Z * spread[i, k])) for s in (-1, 1))
            out.append(
                Odds(
                    power=power,
                    host=host,
                    level=model.level,
                    event_class=name,
                    first=date.fromordinal(origin),
                    until=date.fromordinal(origin + model.horizon - 1),
                    probability=float(sigmoid(final[i, k])),
                    low=low,
                    high=high,
                    base=float(model.base[k]),
                    basis="fitted",
                    note=None,
                    parts=(*parts, *(Part(family=f, log_odds=v) for f, v in told.items())),
                )
            )
    return out


def _families(model: Model, frame: Frame, slope: float) -> dict[str, Floats]:
    """What each family adds beside a pair of average features: pairs x classes."""
    parts = model.parts(frame) * slope
    kinds = np.array(model.families)
    return {f: parts[..., kinds == f].sum(-1) for f in dict.fromkeys(model.families)}


_SMALL: Final = "too little history to learn from: shipped rates, and this pair's own acts"
_NOTHING: Final = "nothing is known of the past: the shipped base rate alone"
_QUIET: Final = "no act of this pair in the last 90 days: the base rate of such pairs"


def _by_rate(seen: History, origin: int, horizon: int, level: str, host: str, powers: Sequence[str]) -> list[Odds]:
    """Without a fit: the shipped gamma-Poisson rate, moved by what the pair did in the last 90 days."""
    rates = shipped()[level]
    acts = counts(seen, origin, level, _keys(seen, powers, host))
    at = {name: i for i, name in enumerate(_sorted_names(seen, powers, host))}
    none = np.zeros(len(class_names(level)))
    span = 0 if seen.first is None else min(ACTIVE, origin - seen.first)
    base = rates.base(horizon)
    shape, days = _prior(rates, base, horizon)
    out = []
    for power in powers:
        own = acts[at[power]] if power in at else none
        p = _chance(shape + own, days + span, horizon) if span else base
        low, high = _bounds(shape + own, days + span, horizon)
        row = _Row(power=power, host=host, level=level, origin=origin, horizon=horizon)
        note = _SMALL if span else _NOTHING
        out += row.odds(p, np.minimum(low, p), np.maximum(high, p), base, basis="shipped", note=note)
    return out


def _quiet(seen: History, model: Model, origin: int, host: str, powers: Sequence[str]) -> list[Odds]:
    """Pairs that have not been heard of for 90 days: how often such pairs came back in the newest resolved windows."""
    if not powers:
        return []
    size = len(class_names(model.level))
    came, total = np.full(size, 0.5), 1.0
    for start in range(origin - model.horizon, origin - 5 * model.horizon, -model.horizon):
        known = seen.before(start)
        pairs = np.setdiff1d(np.unique(known.pairs()), active(known, start))
        if len(pairs):
            came += happened(seen, pairs, start, start + model.horizon - 1, model.level).sum(0)
            total += len(pairs)
    draws = np.random.default_rng(0).beta(came, total - came, size=(_DRAWS, size))
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    base = came / total
    out = []
    for power in powers:
        row = _Row(power=power, host=host, level=model.level, origin=origin, horizon=model.horizon)
        out += row.odds(base, np.minimum(low, base), np.maximum(high, base), base, basis="quiet", note=_QUIET)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What all classes of one power and horizon share."""

    power: str
    host: str
    level: str
    origin: int
    horizon: int

    def odds(self, p: Floats, low: Floats, high: Floats, base: Floats, *, basis: str, note: str) -> list[Odds]:
        """A forecast for each class, whose log-odds are the base rate's and what the pair's own acts add."""
        start, final = logit(base), logit(p)
        return [
            Odds(
                power=self.power,
                host=self.host,
                level=self.level,
                event_class=name,
                first=date.fromordinal(self.origin),
                until=date.fromordinal(self.origin + self.horizon - 1),
                probability=float(p[k]),
                low=float(low[k]),
                high=float(high[k]),
                base=float(base[k]),
                basis=basis,
                note=note,
                parts=(
                    Part(family="base", log_odds=float(start[k])),
                    Part(family="own", log_odds=float(final[k] - start[k])),
                ),
            )
            for k, name in enumerate(class_names(self.level))
        ]


def _prior(rates: Shipped, base: Floats, horizon: int) -> tuple[Floats, Floats]:
    """A gamma whose mean is the base rate, as firm as the shipped one."""
    return -np.log1p(-np.minimum(base, 0.999)) / horizon * rates.prior.days, rates.prior.days


def _chance(shape: Floats, days: Floats, horizon: int) -> Floats:
    return np.asarray(1 - (days / (days + horizon)) ** shape)


def _bounds(shape: Floats, days: Floats, horizon: int) -> tuple[Floats, Floats]:
    """5 % and 95 % of the chance over the rate's gamma, from seeded draws."""
    rng = np.random.default_rng(0)
    rate = rng.gamma(shape, 1 / days, size=(_DRAWS, len(shape)))
    low, high = np.quantile(1 - np.exp(-rate * horizon), [0.05, 0.95], axis=0)
    return low, high
