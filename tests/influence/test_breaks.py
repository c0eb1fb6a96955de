"""Changes of monthly series: found where they are planted, not where months are shuffled."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.influence.breaks import breaks, drop, false_discoveries, gains, shuffles
from marchland.lexicon.shift_rules import load_shift_rules

RULES = replace(load_shift_rules().flow, shuffles=199)
EVEN = np.ones(48)


def steady(level, *, seed=0):
    return np.random.default_rng(seed).poisson(level, 48).astype(float)


def found(series, covered=EVEN, family="rate"):
    return breaks(series, covered, family, RULES, np.random.default_rng(0))


def test_a_new_level_is_found_in_its_month_with_its_sizes():
    series = steady(1.0)
    series[30:] += 6
    [strongest] = [b for b in found(series) if b.p <= 0.01]
    assert abs(strongest.month - 30) <= 1
    assert strongest.low <= 30 <= strongest.high + 1
    assert strongest.before == pytest.approx(1.0, abs=0.5)
    assert strongest.after == pytest.approx(7.0, abs=1.0)
    assert strongest.probability > 0.99


def test_a_burst_of_three_months_is_no_new_level():
    series = steady(1.0)
    series[20:23] += 30
    assert not [b for b in found(series) if b.p <= 0.01 and b.probability >= RULES.probability]


def test_more_reading_is_no_shift():
    covered = np.concatenate([np.full(24, 10.0), np.full(24, 80.0)])
    series = np.random.default_rng(3).poisson(covered / 10).astype(float)
    assert not [b for b in found(series, covered) if b.p <= 0.01]


def test_a_thin_series_is_not_tested():
    series = np.zeros(48)
    series[40:47] = 1.0
    assert found(series) == []


def test_two_steps_upwards_are_both_found():
    series = np.concatenate([np.full(18, 1.0), np.full(12, 9.0), np.full(18, 60.0)])
    months = [b.month for b in found(series + steady(0.5, seed=4)) if b.p <= 0.05]
    assert 18 in months
    assert 30 in months


def test_a_turn_to_coercion_is_found_whatever_the_number_of_acts():
    whole = np.concatenate([np.full(24, 8.0), np.full(24, 4.0)])
    coercive = np.concatenate([np.full(24, 1.0), np.full(24, 3.0)])
    first = max(found(coercive, whole, "part"), key=lambda b: b.probability)
    assert first.month == 24
    assert (first.before, first.after) == (pytest.approx(1 / 8), pytest.approx(3 / 4))


def test_false_alarms_on_shuffled_bursts_stay_rare():
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(40):
        bursts = rng.poisson(1.5, 48) * (rng.random(48) < 0.3) * rng.integers(1, 8, 48)
        alarms += sum(b.p <= 0.02 and b.probability >= RULES.probability for b in found(bursts.astype(float)))
    assert alarms <= 4


def test_shuffles_keep_blocks_of_neighbours_together():
    [order] = shuffles(10, 3, 1, np.random.default_rng(0))
    assert sorted(order.tolist()) == list(range(10))
    for first in (0, 3, 6):
        at = order.tolist().index(first)
        assert order[at : at + 3].tolist() == [first, first + 1, first + 2]


def test_taking_the_new_acts_away_weakens_the_change():
    series = np.array([1.0] * 24 + [5.0] * 24)
    strongest = max(found(series + steady(0.3, seed=6)), key=lambda b: b.probability)
    after, before = np.zeros(48), np.zeros(48)
    after[30], before[10] = 4.0, 1.0
    assert drop(series, EVEN, after, strongest, "rate", RULES) > 0
    assert drop(series, EVEN, before, strongest, "rate", RULES) < 0


@given(st.lists(st.floats(min_value=0.001, max_value=1.0), min_size=1, max_size=30))
def test_false_discovery_rates_keep_the_order_and_never_fall_below_p(p):
    q = false_discoveries(p)
    assert all(a >= b - 1e-12 for a, b in zip(q, p, strict=True))
    order = sorted(range(len(p)), key=lambda i: p[i])
    assert all(q[i] <= q[j] + 1e-12 for i, j in itertools.pairwise(order))


def test_false_discovery_rates_are_those_of_benjamini_and_hochberg():
    assert false_discoveries([0.01, 0.04, 0.03, 0.2]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.2])


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=12, max_size=40))
def test_no_change_loses_likelihood(counts):
    series = np.array(counts, dtype=float)
    gain = gains(series, np.ones(len(series)), "rate", RULES)
    assert (gain[np.isfinite(gain)] >= -1e-9).all()
    assert not np.isfinite(gain[: RULES.least_months]).any()
