"""Odds, their parts and what they rest on."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.errors import MarchlandError
from marchland.forecast.baseline import Prior, fit_prior
from marchland.forecast.calibrate import learned
from marchland.forecast.fit import fit, origins
from marchland.forecast.history import History, class_names, class_of, history
from marchland.forecast.logistic import logit, sigmoid
from marchland.forecast.odds import odds
from marchland.forecast.past import Past
from marchland.forecast.rates import shipped
from marchland.forecast.scores import calibration_error, skill
from tests.forecast.makers import FIRST, made

DAY = date.fromordinal(FIRST + 400)


@pytest.fixture(scope="module")
def past():
    return Past(history=made(), state="")


@pytest.mark.parametrize("level", ["quad", "type"])
def test_parts_sum_to_the_log_odds(past, level):
    found = odds(past, "A00", on=DAY, horizons=(7, 30, 11), level=level)
    assert {o.basis for o in found} == {"fitted"}
    assert {o.horizon for o in found} == {7, 11, 30}
    for o in found:
        assert sum(p.log_odds for p in o.parts) == pytest.approx(float(logit(np.array(o.probability))), abs=1e-6)
        assert o.parts[0].log_odds == pytest.approx(float(logit(np.array(o.base))), abs=1e-9)
        assert o.low <= o.probability <= o.high


def test_learned_odds_beat_the_base_rate_on_days_they_have_not_seen():
    whole = made(days=500, acts=12000)
    seen = Past(history=whole.before(FIRST + 400), state="")
    rows = [o for host in whole.actors[:8] for o in odds(seen, host, on=DAY, horizons=(14,))]
    truth = np.array([_came(whole, o) for o in rows])
    p, base = np.array([o.probability for o in rows]), np.array([o.base for o in rows])
    assert skill(truth, p, base, "log") > 0.1


def _came(whole: History, o) -> bool:
    mine = (whole.a == whole.actors.index(o.power)) & (whole.b == whole.actors.index(o.host))
    mine &= (whole.day >= o.first.toordinal()) & (whole.day <= o.until.toordinal())
    return bool(np.any(class_of(whole.kind[mine], "quad") == class_names("quad").index(o.event_class)))


def test_a_small_history_gets_shipped_rates_and_says_so():
    past = history(
        ("CHN", "TJK"), np.arange(2), a=np.array([0, 0]), b=np.array([1, 1]), day=np.array([FIRST, FIRST + 80]),
        kind=np.array([4, 4]),
    )  # fmt: skip
    found = odds(Past(history=past, state=""), "TJK", on=date.fromordinal(FIRST + 90), horizons=(30,))
    by_class = {o.event_class: o for o in found}
    assert {o.basis for o in found} == {"shipped"}
    assert by_class["material cooperation"].note.startswith("too little history")
    assert by_class["material cooperation"].probability > by_class["material cooperation"].base
    assert by_class["material cooperation"].base == pytest.approx(shipped()["quad"].month[1])


def test_without_any_history_the_base_rate_stands_alone():
    none = np.empty(0, np.int64)
    empty = history(("TJK",), np.arange(1), a=none, b=none, day=none, kind=none)
    found = odds(Past(history=empty, state=""), "TJK", on=DAY, horizons=(30,), powers=("CHN",))
    assert [o.probability for o in found] == [o.base for o in found]
    assert found[0].note.startswith("nothing is known of the past")


def test_a_pair_not_heard_of_for_ninety_days_gets_the_rate_of_such_pairs(past):
    found = odds(past, "A00", on=DAY, horizons=(7,), powers=("nobody",))
    assert {(o.basis, o.probability == o.base) for o in found} == {("quiet", True)}
    assert "no act of this pair in the last 90 days" in found[0].note


def test_a_longer_horizon_is_never_less_likely_under_a_rate():
    prior = Prior(shape=np.array([0.3]), days=np.array([40.0]))
    chances = [float(prior.chance(np.array([2.0]), h)[0]) for h in (1, 7, 30, 200)]
    assert chances == sorted(chances)


def test_the_likeliest_prior_finds_the_rate_it_was_made_with():
    rng = np.random.default_rng(0)
    n = 4000
    rate = rng.gamma(0.5, 1 / 30, size=n)
    counts = rng.poisson(rate * 300)
    pair = np.repeat(np.arange(n), counts)
    names = tuple(map(str, range(n + 1)))
    past = history(
        names, np.arange(n + 1), a=pair, b=np.full(len(pair), n), day=1 + rng.integers(300, size=len(pair)),
        kind=np.zeros(len(pair), np.int64),
    )  # fmt: skip
    prior = fit_prior(past, list(range(120, 290, 20)), "quad", 7)
    seen = np.array([0.0, 3.0, 9.0])
    got = np.array([prior.chance(np.array([c] * 4), 7)[0] for c in seen])
    want = 1 - ((30 + 90) / (30 + 90 + 7)) ** (0.5 + seen)
    assert got == pytest.approx(want, rel=0.35)


def test_recalibration_moves_odds_towards_what_came():
    score = np.full(5000, -1.0)
    truth = np.zeros(5000)
    truth[:500] = 1  # a tenth, where 27 % were expected
    found = learned(score, truth, np.ones(5000), 8, 100)
    assert 0.10 < float(sigmoid(found(np.array([-1.0])))[0]) < 0.15


@given(st.floats(1e-6, 1 - 1e-6))
def test_log_odds_and_probabilities_go_back_and_forth(p):
    assert float(sigmoid(logit(np.array(p)))) == pytest.approx(p, rel=1e-9)


def test_calibration_error_of_a_known_case():
    truth, p = np.array([True, False, False, False]), np.array([0.5, 0.5, 0.1, 0.1])
    assert calibration_error(truth, p, equal_mass=False) == pytest.approx(0.05)
    assert calibration_error(truth, p, equal_mass=False, above=0.2) == pytest.approx(0.0)
    assert calibration_error(truth, p, above=0.9) is None


def test_the_fit_is_the_same_each_time():
    days = origins(FIRST, FIRST + 399, 7, 21, 90)
    one, two = (fit(made(), days, "quad", 7, rows=3000) for _ in range(2))
    assert np.array_equal(one.weights, two.weights)


@pytest.mark.parametrize(("horizons", "level", "said"), [((0,), "quad", "horizon 0"), ((7,), "deed", 'level "deed"')])
def test_a_question_that_makes_no_sense_is_refused(past, horizons, level, said):
    with pytest.raises(MarchlandError, match=said):
        odds(past, "A00", on=DAY, horizons=horizons, level=level)
