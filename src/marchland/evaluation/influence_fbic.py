"""Does marchland's FBIC give the published one? Largest errors over published dyad-years, by step of the formula."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

from marchland.influence.fbic import bandwidth, combined, dependence

FILE = "eval_only/fbic_1000_random_dyad_years_all_columns.csv.gz"
MOST = 1e-5
WIDE = {
    "representation": "norm_lor_avg_ma",
    "bodies": "norm_igos_ma",
    "agreement": "norm_tradeagreement_ma",
    "trade": "norm_lntotaltrade_ma",
    "alliance": "norm_allianceindex_ma",
    "arms": "norm_armstotalstock_ma",
}
DEEP = {
    "aid_of_gdp": "aidabgdpb_ma",
    "aid_of_aid": "aidaballaidb_ma",
    "trade_of_gdp": "totaltradeabgdpb_ma",
    "trade_of_trade": "totaltradeaballtradeb_ma",
    "arms_of_stock": "armimportstockabmilstockb_ma",
    "arms_of_arms": "armsimportsstockaballimstockb_ma",
}
SCALED = {  # indicator of one year, its sum over the world, and the two multiplied to one mass
    "bodies": ("sharedigoweighted", "igostotal", "norm_igos"),
    "agreement": ("tradeagreementindex", "tradeagreetotal", "norm_tradeagreement"),
    "trade": ("lntotaltradeawithb", "lntotaltradetotal", "norm_lntotaltrade"),
    "alliance": ("allianceindex", "alliancetotal", "norm_allianceindex"),
    "arms": ("lnarmstotalstockab", "lnarmstocktotal", "norm_armstotalstock"),
}


def rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Published dyad-years."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def errors(row: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """The error of each step for which the row has the published value."""

    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    for step, (value, total, scaled) in SCALED.items():
        told, mass, world, given = number(value), number(total), number("lortotal"), number(scaled)
        if told is not None and mass and world and given is not None:
            yield f"scaled {step}", abs(told * world / mass - given)
    wide = {k: number(c) for k, c in WIDE.items()}
    deep = {k: number(c) for k, c in DEEP.items()}
    b, d = None, None
    if all(v is not None for v in wide.values()):
        b = bandwidth({k: v or 0.0 for k, v in wide.items()})
        yield from _against("bandwidth", b, number("bandwidth"))
    if all(v is not None for v in deep.values()):
        d = dependence({k: v or 0.0 for k, v in deep.items()})
        yield from _against("dependence", d, number("dependence"))
    if b is not None and d is not None:
        yield from _against("fbic", combined(b, d), number("fbic"))


def _against(step: str, value: float, given: float | None) -> Iterator[tuple[str, float]]:
    if given is not None:
        yield step, abs(value - given)


def steps(path: Path) -> list[tuple[str, int, float]]:
    """Each step of the formula with the rows that have it and the largest error among them."""
    worst: dict[str, float] = {}
    counts: dict[str, int] = {}
    for row in rows(path):
        for step, error in errors(row):
            worst[step] = max(worst.get(step, 0.0), error)
            counts[step] = counts.get(step, 0) + 1
    return [(step, counts[step], error) for step, error in worst.items()]
