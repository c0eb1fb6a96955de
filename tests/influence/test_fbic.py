"""FBIC from indicators, on rows small enough to work out by hand."""

from math import log

import pytest

from marchland.influence.fbic import Indicators, bandwidth, combined, dependence, fbic


def test_bandwidth_is_the_weighted_sum_over_its_bound() -> None:
    terms = {"representation": 1.0, "bodies": 2.0, "agreement": 0.0, "trade": 3.0, "alliance": 0.0, "arms": 1.0}
    assert bandwidth(terms) == pytest.approx((0.11 + 0.38 + 1.05 + 0.08) / 3.1831572)


def test_dependence_is_of_logarithms_of_per_cents() -> None:
    terms = dict.fromkeys(("aid_of_gdp", "aid_of_aid", "trade_of_trade", "arms_of_stock", "arms_of_arms"), 0.0)
    assert dependence({**terms, "trade_of_gdp": 9.0}) == pytest.approx(0.28 * log(10) / 4.1227694)


def test_index_is_the_product_over_its_bound() -> None:
    assert combined(0.5, 0.4) == pytest.approx(0.2 / 0.58199161)


def row(a: str, year: int, **told: float) -> Indicators:
    return Indicators(a=a, b="TJK", year=year, **told)


def test_indicators_are_scaled_to_the_mass_of_representation() -> None:
    table = [row("CHN", 2010, representation=1.0, bodies=30.0), row("RUS", 2010, representation=1.0, bodies=10.0)]
    china, russia = fbic(table)
    assert china.parts["bodies"] == pytest.approx(0.19 * 30 * 2 / 40)
    assert russia.parts["bodies"] == pytest.approx(0.19 * 10 * 2 / 40)
    assert china.dependence == 0
    assert china.fbic == 0


def test_mean_of_the_last_three_years_that_are_there() -> None:
    table = [row("CHN", y, representation=r) for y, r in ((2008, 1.0), (2010, 0.0), (2011, 0.5))]
    assert [r.parts["representation"] for r in fbic(table)] == pytest.approx([0.11, 0.055, 0.0275])


def test_ratios_to_what_is_unknown_count_nothing() -> None:
    [one] = fbic([row("CHN", 2010, representation=1.0, trade=5e6, aid=1e6, gdp_b=1e8, all_trade_b=1e7)])
    assert one.parts["trade_of_gdp"] == pytest.approx(0.28 * log(1 + 5))
    assert one.parts["trade_of_trade"] == pytest.approx(0.16 * log(1 + 50))
    assert one.parts["aid_of_gdp"] == pytest.approx(0.21 * log(1 + 1))
    assert one.parts["aid_of_aid"] == 0
    assert one.fbic == pytest.approx(one.bandwidth * one.dependence / 0.58199161)


def test_part_of_the_world_is_scaled_by_the_masses_of_the_whole() -> None:
    masses = {"representation": 100.0, "bodies": 5000.0, "agreement": 1.0, "trade": 1.0, "alliance": 1.0, "arms": 1.0}
    [one] = fbic([row("CHN", 2010, bodies=50.0)], masses=masses)
    assert one.parts["bodies"] == pytest.approx(0.19)
