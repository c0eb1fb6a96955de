"""Does the measure agree with FBIC, host by host? Rank correlations, held-out hosts, the economic part, Central Asia."""

from collections.abc import Callable, Sequence
from functools import partial
from math import log

import numpy as np

from marchland.evaluation.influence_tables import (
    IMPORTED,
    POWERS,
    YEARS,
    Array,
    Key,
    Tables,
    main_domain,
)
from marchland.evaluation.line import Line
from marchland.model.ontology import Domain, TieKind

CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
LAST = YEARS[-2:]
ROUNDING = 0.01  # added before logarithms: FBIC is printed in thousandths, and a logarithm of those is mostly rounding
_DRAWS = 200


def ranks(values: Sequence[float] | Array) -> Array:
    """Ranks with ties shared."""
    v = np.asarray(values, dtype=float)
    order = np.argsort(v, kind="stable")
    out = np.empty(len(v))
    out[order] = np.arange(len(v))
    _, inverse, count = np.unique(v, return_inverse=True, return_counts=True)
    return np.asarray((np.bincount(inverse, out) / count)[inverse])


def rho(a: Sequence[float] | Array, b: Sequence[float] | Array) -> float:
    """Spearman's rank correlation."""
    x, y = ranks(a), ranks(b)
    return float(np.corrcoef(x, y)[0, 1]) if x.std() > 0 and y.std() > 0 else 0.0


def keys_of(t: Tables, power: str, year: int) -> list[Key]:
    """Dyads of a power and year for which FBIC is at hand."""
    return [k for h in t.hosts if (k := (h, power, year)) in t.fbic]


def mean_rho(
    t: Tables, power: str, score: Callable[[Key], float], years: Sequence[int] = YEARS, *, economic: bool = False
) -> float:
    """Rank correlation of a score with FBIC over hosts, mean of the years."""
    truth = t.economic if economic else t.fbic
    return float(
        np.mean([rho([score(k) for k in ks], [truth[k] for k in ks]) for y in years if (ks := keys_of(t, power, y))])
    )


def by_host(t: Tables) -> list[Line]:
    """Rank correlation over hosts for each power, mean of the years; 90 % interval by resampling hosts."""
    out = []
    for power, bar in (("CHN", 0.70), ("RUS", 0.78)):
        got = mean_rho(t, power, t.level)
        low, high = _resampled(t, power)
        beside = {
            "ties alone": t.stock,
            "acts alone": t.flow,
            "plain counts": t.counted,
            "acts netted": lambda k: t.netted.get(k, 0.0),
            "acts counted whole": lambda k: t.level(k, imported=1.0),
            "log of all stock and flow together": lambda k: float(np.log1p(t.stock(k) + _part(t, k) * t.flow(k))),
        }
        told = ", ".join(f"{name} {mean_rho(t, power, f):.2f}" for name, f in beside.items())
        last = mean_rho(t, power, t.level, LAST)
        out.append(
            Line(
                check=f"rho over hosts, ties + flow, {power}",
                bar=f">= {bar:.2f}",
                met=got >= bar,
                result=f"{got:.2f} ({low:.2f} to {high:.2f}); last two years {last:.2f}",
                beside=f"one constant per power 0; {told}",
            )
        )
    return out


def _part(t: Tables, key: Key) -> float:
    """What of F counts beside S."""
    return t.weights.delta * IMPORTED * t.even[key[2]]


def _resampled(t: Tables, power: str) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    rows = [([t.level(k) for k in ks], [t.fbic[k] for k in ks]) for y in YEARS if (ks := keys_of(t, power, y))]
    drawn = []
    for _ in range(_DRAWS):
        pick = [rng.integers(len(a), size=len(a)) for a, _ in rows]
        drawn.append(np.mean([rho(np.array(a)[i], np.array(b)[i]) for (a, b), i in zip(rows, pick, strict=True)]))
    low, high = np.quantile(drawn, (0.05, 0.95))
    return float(low), float(high)


def _both(t: Tables, year: int) -> list[str]:
    return [h for h in t.hosts if all((h, p, year) in t.fbic for p in POWERS)]


def demeaned(t: Tables) -> Line:
    """Rank correlation with log FBIC once the means of powers and of hosts are taken out, within each year."""

    def one(score: Callable[[Key], float]) -> float:
        left: list[float] = []
        right: list[float] = []
        for year in YEARS:
            hosts = _both(t, year)
            for values, into in (
                ([[score((h, p, year)) for p in POWERS] for h in hosts], left),
                ([[log(t.fbic[h, p, year] + ROUNDING) for p in POWERS] for h in hosts], right),
            ):
                m = np.array(values)
                into.extend((m - m.mean(0) - m.mean(1, keepdims=True) + m.mean()).ravel().tolist())
        return rho(left, right)

    got = one(t.level)
    beside = f"acts alone {one(lambda k: float(np.log1p(t.flow(k)))):.2f}, ties alone {one(lambda k: float(np.log1p(t.stock(k)))):.2f}"
    return Line(
        check="double-demeaned rho with log FBIC", bar=">= 0.55", result=f"{got:.2f}", met=got >= 0.55, beside=beside
    )


def economic(t: Tables) -> list[Line]:
    """Does the economic part of FBIC, in which there are no pacts or arms, follow from ties of security and politics and acts?"""
    kinds = frozenset(k for k in TieKind if main_domain(t.weights, k) in (Domain.SECURITY, Domain.POLITICAL))
    out = []
    for power, bar in (("CHN", 0.60), ("RUS", 0.75)):
        got = mean_rho(t, power, lambda k: t.level(k, kinds), economic=True)
        ties = mean_rho(t, power, lambda k: t.stock(k, kinds), economic=True)
        acts = mean_rho(t, power, t.flow, economic=True)
        out.append(
            Line(
                check=f"economic FBIC from other ties + flow, {power}",
                bar=f">= {bar:.2f}",
                result=f"{got:.2f}",
                met=got >= bar,
                beside=f"those ties alone {ties:.2f}, acts alone {acts:.2f}",
            )
        )
    return out


def central_asia(t: Tables) -> Line:
    """log(China / Russia) over five states and five years, by the level of each."""
    keys = [(h, y) for h in CENTRAL_ASIA for y in YEARS]
    true = [log((t.fbic[h, "CHN", y] + ROUNDING) / (t.fbic[h, "RUS", y] + ROUNDING)) for h, y in keys]

    def told(score: Callable[[Key], float]) -> tuple[float, int]:
        ours = [score((h, "CHN", y)) - score((h, "RUS", y)) for h, y in keys]
        return rho(ours, true), sum((a > 0) == (b > 0) for a, b in zip(ours, true, strict=True))

    got, right = told(t.level)
    always = sum(b <= 0 for b in true)
    beside: dict[str, Callable[[Key], float]] = {
        "log of all stock together": lambda k: float(np.log1p(t.stock(k))),
        "public tables of ties alone, without the registry": partial(_public, t),
        "acts alone": lambda k: float(np.log1p(t.flow(k))),
    }
    others = [f"{name}: rho {r:.2f}, {n}" for name, f in beside.items() for r, n in [told(f)]]
    return Line(
        check="Central Asia, log(China / Russia)",
        bar="rho >= 0.70; leader right more often than always Russia",
        result=f"rho {got:.2f}; leader right {right} of {len(keys)}",
        met=got >= 0.7 and right > always,
        beside=f"always Russia right {always} of {len(keys)}; {'; '.join(others)}",
    )


def _public(t: Tables, key: Key) -> float:
    return float(np.log1p(t.public[key].sum())) if key in t.public else 0.0
