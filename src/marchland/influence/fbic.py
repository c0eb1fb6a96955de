"""FBIC, the best-known index of influence, computed anew from its indicators: an independent check, no part of our measure.

The Formal Bilateral Influence Capacity of A over B in a year is bandwidth (how much the two have to do with each other)
times dependence (how much of what B has comes from A), each a weighted sum of six indicators.

Source: Moyer et al., Power and Influence in a Globalized World (2018), for the idea and the indicators. Weights, bounds
and the order of the steps were recovered from published rows; `marchland eval influence` checks them against such rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

# Of each part the six terms, in order, with their weights and the largest sum that occurs.
BANDWIDTH: Final[Mapping[str, float]] = {
    "representation": 0.11,
    "bodies": 0.19,
    "agreement": 0.14,
    "trade": 0.35,
    "alliance": 0.13,
    "arms": 0.08,
}
DEPENDENCE: Final[Mapping[str, float]] = {
    "aid_of_gdp": 0.21,
    "aid_of_aid": 0.12,
    "trade_of_gdp": 0.28,
    "trade_of_trade": 0.16,
    "arms_of_stock": 0.10,
    "arms_of_arms": 0.13,
}
_MOST_BANDWIDTH, _MOST_DEPENDENCE, _MOST = 3.1831572, 4.1227694, 0.58199161
_YEARS: Final = 3  # of the trailing mean
_MILLION: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """What is known of A and B in one year; money in one currency's constant units."""

    a: str
    b: str
    year: int
    representation: float = 0.0  # level of embassies between the two, 0 to 1
    bodies: float = 0.0  # joint international bodies, weighted
    agreement: float = 0.0  # index of trade agreements
    trade: float = 0.0  # imports and exports, in dollars
    alliance: float = 0.0  # index of alliances
    arms: float = 0.0  # stock of arms that went either way
    aid: float = 0.0  # from A to B
    arms_from_a: float = 0.0  # stock of B's arms that came from A
    gdp_b: float | None = None  # None or 0 = the ratio counts as 0, as in the index
    all_aid_b: float | None = None
    all_trade_b: float | None = None
    military_stock_b: float | None = None
    all_arms_b: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fbic:
    """One dyad-year of the index."""

    a: str
    b: str
    year: int
    bandwidth: float  # 0..1
    dependence: float  # 0..1
    fbic: float  # 0..1
    parts: Mapping[str, float]  # weighted terms: the six of bandwidth and the six of dependence, before their bounds


def bandwidth(terms: Mapping[str, float]) -> float:
    """From the six indicators, scaled to equal mass and averaged over three years."""
    return sum(weight * terms[name] for name, weight in BANDWIDTH.items()) / _MOST_BANDWIDTH


def dependence(terms: Mapping[str, float]) -> float:
    """From the six ratios in per cent, averaged over three years."""
    return sum(weight * log1p(terms[name]) for name, weight in DEPENDENCE.items()) / _MOST_DEPENDENCE


def combined(wide: float, deep: float) -> float:
    """The index from bandwidth and dependence."""
    return wide * deep / _MOST


def fbic(table: Iterable[Indicators], *, masses: Mapping[str, float] | None = None) -> list[Fbic]:
    """The index of every dyad-year of a table, by dyad and year.

    Args:
        masses: The sum of each indicator of bandwidth (trade and arms as logarithms) over the whole world, where the
            table is only a part of it; None = the table is the world. Indicators are scaled to the mass of
            `representation`, so that none outweighs another by its unit.
    """
    rows = list(table)
    raw = [_raw(r) for r in rows]
    mass = masses or {name: sum(r[name] for r in raw) for name in BANDWIDTH}
    scale = {name: mass["representation"] / mass[name] if mass[name] else 0.0 for name in BANDWIDTH}
    dyads: dict[tuple[str, str], dict[int, dict[str, float]]] = defaultdict(dict)
    for row, values in zip(rows, raw, strict=True):
        dyads[row.a, row.b][row.year] = {n: v * scale.get(n, 1.0) for n, v in values.items()}
    out = []
    for (a, b), by_year in sorted(dyads.items()):
        for year in sorted(by_year):
            seen = [by_year[y] for y in range(year - _YEARS + 1, year + 1) if y in by_year]
            out.append(_row(a, b, year, _mean(seen)))
    return out


def _raw(row: Indicators) -> dict[str, float]:
    return {
        "representation": row.representation,
        "bodies": row.bodies,
        "agreement": row.agreement,
        "trade": log1p(row.trade / _MILLION),
        "alliance": row.alliance,
        "arms": log1p(row.arms),
        "aid_of_gdp": _per_cent(row.aid, row.gdp_b),
        "aid_of_aid": _per_cent(row.aid, row.all_aid_b),
        "trade_of_gdp": _per_cent(row.trade, row.gdp_b),
        "trade_of_trade": _per_cent(row.trade, row.all_trade_b),
        "arms_of_stock": _per_cent(row.arms_from_a, row.military_stock_b),
        "arms_of_arms": _per_cent(row.arms_from_a, row.all_arms_b),
    }


def _per_cent(part: float, whole: float | None) -> float:
    return 100 * part / whole if whole else 0.0


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: sum(r[name] for r in rows) / len(rows) for name in rows[0]}


def _row(a: str, b: str, year: int, terms: Mapping[str, float]) -> Fbic:
    wide, deep = bandwidth(terms), dependence(terms)
    parts = {n: w * terms[n] for n, w in BANDWIDTH.items()} | {n: w * log1p(terms[n]) for n, w in DEPENDENCE.items()}
    return Fbic(a=a, b=b, year=year, bandwidth=wide, dependence=deep, fbic=combined(wide, deep), parts=parts)
