"""The odds protocol: weekly forecasts of a held-out season, scored beside the base rate and a gamma-Poisson rate.

The folder holds `train.txt`, `valid.txt` and `test.txt` (subject, relation, object and day, as numbers, one act a line, parted by
tabs), `entity2id.txt`, and `relation2root.txt` (relation, CAMEO root, name). For every ordered pair that was active in
the 90 days before an origin, and each quad class: will there be at least one act within the horizon?
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.errors import DocumentError
from marchland.evaluation.line import Line
from marchland.forecast.baseline import Prior, counts, fit_prior
from marchland.forecast.calibrate import recalibrate
from marchland.forecast.features import Only, features
from marchland.forecast.fit import Model, fit
from marchland.forecast.history import OTHER, TYPES, Floats, History, Ints, happened, history
from marchland.forecast.logistic import sigmoid
from marchland.forecast.scores import calibration_error, interval_of, skill
from marchland.lexicon.codes import cameo, country_of

PARTS: Final = ("train", "valid", "test")
LEVEL: Final = "quad"
_WARM: Final = 60  # days of history before the first window that is fitted
_STEP: Final = {"countries": 3, "entities": 7}  # days between fitted windows; weekly where there are many pairs
BARS: Final = {"log": 0.27, "brier": 0.20, "ece": 0.004, "high": 0.03}


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """One data set: acts of all three parts, and where each part begins and ends."""

    past: History
    first: dict[str, int]  # by part
    last: dict[str, int]
    only: Only | None = None  # the pairs that are forecast; None = all. Acts of others are evidence all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was forecast for the windows of one part, and what came."""

    truth: NDArray[np.bool_]
    odds: Floats
    gamma: Floats
    base: Floats
    block: Ints  # the window each row belongs to
    windows: int


def lines(data: Path, *, part: str = "test") -> Iterator[Line]:
    """Every check of the protocol; `part` is valid while something is still being chosen, and test once.

    Raises:
        DocumentError: a file is missing or broken.
    """
    for unit in ("entities", "countries"):
        season = read(data, unit)
        for horizon in (7, 30):
            found = outcome(season, part, horizon, _STEP[unit])
            if found is not None:
                yield from _checks(found, f"{unit}, {horizon} days, {part}", horizon)


def read(data: Path, unit: str) -> Season:
    """Acts between entities as named, or between the countries that their names tell and parties that have none.

    Among countries only their own pairs are forecast; what they do to others, and others to them, is evidence, as in a store.
    """
    names = _entities(data / "entity2id.txt")
    own = [_country(n) for n in names]
    codes = sorted({c for c in own if c})
    keys = [n if c is None else c for n, c in zip(names, own, strict=True)] if unit == "countries" else names
    parties = list(dict.fromkeys([*codes, *keys])) if unit == "countries" else names
    at = {p: i for i, p in enumerate(parties)}
    party = np.array([at[k] for k in keys], np.int64)
    kinds = _kinds(data / "relation2root.txt")
    rows = {p: _rows(data / f"{p}.txt") for p in PARTS}
    every = np.concatenate(list(rows.values()))
    country = {c: i for i, c in enumerate(codes)}
    group = np.array([country.get(c or "", len(codes) + i) for i, c in enumerate(own)], np.int64)
    return Season(
        past=history(
            tuple(parties),
            group if unit == "entities" else np.arange(len(parties)),
            a=party[every[:, 0]],
            b=party[every[:, 2]],
            day=every[:, 3],
            kind=kinds[every[:, 1]],
        ),
        only=(lambda a, b: (a < len(codes)) & (b < len(codes))) if unit == "countries" else None,
        first={p: int(r[:, 3].min()) for p, r in rows.items()},
        last={p: int(r[:, 3].max()) for p, r in rows.items()},
    )


def outcome(season: Season, part: str, horizon: int, step: int) -> Outcome | None:
    """Fit on what is resolved before the part begins, then go through its weeks; None = no window fits into the part."""
    start, end = season.first[part], season.last[part]
    days = list(range(start, end + 2 - horizon, 7))
    fitted = list(range(start - horizon, season.first["train"] + _WARM - 1, -step))[::-1]
    if not days or len(fitted) < 2:
        return None
    seen = season.past.before(start)
    model = fit(seen, fitted, LEVEL, horizon, only=season.only)
    prior = fit_prior(seen, fitted, LEVEL, horizon, only=season.only)
    found = [_window(season, model, prior, day) for day in days]
    truth, odds, gamma = (np.concatenate([f[i] for f in found]) for i in range(3))
    return Outcome(
        truth=truth.astype(bool),
        odds=odds,
        gamma=gamma,
        base=np.broadcast_to(model.base, truth.shape),
        block=np.concatenate([np.full(len(f[0]), i) for i, f in enumerate(found)]),
        windows=len(days),
    )


def _window(season: Season, model: Model, prior: Prior, day: int) -> tuple[Floats, Floats, Floats]:
    """Truth, odds and gamma-Poisson rate of every active pair on one morning."""
    past = season.past
    frame = features(past, day, LEVEL, only=season.only)
    p = sigmoid(recalibrate(model, past, day, only=season.only)(model.log_odds(frame)))
    truth = happened(past, frame.pairs, day, day + model.horizon - 1, LEVEL)
    return truth.astype(float), p, prior.chance(counts(past, day, LEVEL, frame.pairs), model.horizon)


def _checks(o: Outcome, name: str, horizon: int) -> Iterator[Line]:
    rate = f"{o.truth.size:,} odds from {o.windows} origins; {100 * o.truth.mean():.2f} % came, {100 * o.odds.mean():.2f} % expected"
    for kind, bar in (("log", BARS["log"]), ("brier", BARS["brier"])):
        own, beside = (skill(o.truth, p, o.base, kind) for p in (o.odds, o.gamma))
        low, high = interval_of(o.truth, o.odds, o.base, o.block, kind)
        result = f"{own:.3f} ({low:.3f} to {high:.3f})" if o.windows > 1 else f"{own:.3f} (one origin: no interval)"
        told = f"gamma-Poisson {beside:.3f}; {rate}"
        if horizon == 7:
            yield Line(
                check=f"{kind} skill over the base rate, {name}", bar=f">= {bar:.2f}",
                result=result, met=own >= bar, beside=told,
            )  # fmt: skip
        else:
            yield Line(
                check=f"{kind} skill over the base rate, {name}", bar="above gamma-Poisson",
                result=result, met=own > beside, beside=told,
            )  # fmt: skip
    errors = [calibration_error(o.truth, o.odds, equal_mass=m) for m in (True, False)]
    high_ones = calibration_error(o.truth, o.odds, equal_mass=False, above=0.1)
    tested = horizon == 7
    yield Line(
        check=f"expected calibration error, {name}", bar=f"<= {BARS['ece']:.3f}" if tested else "-",
        result=f"{errors[0]:.4f}", met=(errors[0] is not None and errors[0] <= BARS["ece"]) if tested else None,
        beside=f"ten bins of equal mass; of equal width {errors[1]:.4f}; gamma-Poisson {calibration_error(o.truth, o.gamma):.4f}",
    )  # fmt: skip
    yield Line(
        check=f"the same over forecasts above .1, {name}", bar=f"<= {BARS['high']:.2f}" if tested else "-",
        result="none" if high_ones is None else f"{high_ones:.4f}",
        met=(high_ones is not None and high_ones <= BARS["high"]) if tested else None,
        beside=f"bins of width .1; {int((o.odds > 0.1).sum()):,} forecasts",
    )  # fmt: skip


# ---- reading the files ----


def _entities(path: Path) -> list[str]:
    told = [line.rpartition("\t") for line in _text(path).splitlines() if line.strip()]
    try:
        found = {int(number): name.replace("_", " ") for name, _, number in told}
        return [found[i] for i in range(len(found))]
    except (ValueError, KeyError):
        raise DocumentError(f"{path}: each line is a name, a tab and a number from 0 upward; check the file") from None


@cache
def _country(name: str) -> str | None:
    """`Police (Australia)` is Australia's; a plain country is itself; whoever else has none."""
    if name.endswith(")") and " (" in name:
        return country_of(name.rpartition(" (")[2][:-1])
    return country_of(name)


def _kinds(path: Path) -> Ints:
    """The event type of each relation, by its CAMEO root."""
    kinds: dict[int, int] = {}
    for line in _text(path).splitlines():
        cells = line.split("\t")
        coding = cameo().get(cells[1]) if len(cells) > 1 else None
        if coding is None or not cells[0].isdecimal():
            raise DocumentError(f"{path}: {line!r} is no relation, CAMEO root and name, parted by tabs; check the file")
        kinds[int(cells[0])] = TYPES.index(coding.event_type) if coding.event_type else OTHER
    out = np.full(max(kinds, default=-1) + 1, OTHER)
    out[list(kinds)] = list(kinds.values())
    return out


def _rows(path: Path) -> Ints:
    try:
        return np.loadtxt(_text(path).splitlines(), dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
    except ValueError as err:
        raise DocumentError(f"{path}: {err}; each line is subject, relation, object and day, as numbers") from err


def _text(path: Path) -> str:
    if not path.is_file():
        raise DocumentError(
            f"{path}: there is no such file; the folder holds the files named in marchland eval forecast -h"
        )
    return path.read_text(encoding="utf-8")
