"""What is seen on the day of a forecast, and what is not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.forecast.calibrate import recalibrate
from marchland.forecast.features import ACTIVE, active, features
from marchland.forecast.fit import fit, origins
from marchland.forecast.history import OTHER, TYPES, History, happened, history
from marchland.model.ontology import EventType
from tests.forecast.makers import FIRST, made


def noisy(past: History, origin: int, seed: int) -> History:
    """The same until the origin; from it on everything is replaced by noise."""
    rng = np.random.default_rng(seed)
    kept = past.before(origin)
    n = len(past) - len(kept) + 50
    columns = {
        "a": rng.integers(len(past.actors), size=n), "b": rng.integers(len(past.actors), size=n),
        "day": rng.integers(origin - 300, origin + 200, size=n), "kind": rng.integers(17, size=n),
    }  # fmt: skip
    known = np.maximum(columns["day"], origin + rng.integers(50, size=n))  # late news of old acts is noise too
    merged = {c: np.concatenate([getattr(kept, c), v]) for c, v in columns.items()}
    return history(
        past.actors, past.group, **merged, known=np.concatenate([kept.known, known]),
        n=np.concatenate([kept.n, np.ones(n)]),
    )  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(st.integers(120, 390), st.integers(0, 99), st.sampled_from(["quad", "type"]))
def test_noise_from_the_origin_on_changes_no_feature(offset, seed, level):
    past, origin = made(), FIRST + offset
    seen, same = features(past, origin, level), features(noisy(past, origin, seed), origin, level)
    assert np.array_equal(seen.pairs, same.pairs)
    assert np.array_equal(seen.values, same.values)


def test_noise_from_the_origin_on_changes_neither_weights_nor_recalibration():
    past, origin = made(), FIRST + 350
    other = noisy(past, origin, 1)
    days = origins(FIRST, origin - 1, 7, 14, 90)
    one, two = (fit(p.before(origin), days, "quad", 7) for p in (past, other))
    assert np.array_equal(one.weights, two.weights)
    assert recalibrate(one, past, origin) == recalibrate(two, other, origin)


def test_late_news_of_an_early_act_is_not_seen_before_it_came():
    past = history(
        ("A", "B"), np.arange(2), a=np.array([0, 0]), b=np.array([1, 1]), day=np.array([100, 150]),
        kind=np.array([0, 0]), known=np.array([200, 150]),
    )  # fmt: skip
    assert len(past.before(200)) == 1
    assert len(past.before(201)) == 2


def test_a_pair_alone_has_the_features_it_has_among_all():
    past, origin = made(), FIRST + 300
    everyone = features(past, origin, "type")
    few = features(past, origin, "type", pairs=everyone.pairs[3:6])
    np.testing.assert_allclose(few.values, everyone.values[3:6], rtol=0, atol=1e-12)  # sums in another order


def test_windows_never_reach_the_day_they_must_be_resolved_by():
    found = origins(0, 364, 30, 7, 90)
    assert max(found) + 30 - 1 == 364
    assert min(found) >= 90


def test_a_pair_is_active_for_ninety_days_in_its_own_direction():
    past = history(
        ("A", "B"), np.arange(2), a=np.array([0]), b=np.array([1]), day=np.array([100]),
        kind=np.array([TYPES.index(EventType.AID)]),
    )  # fmt: skip
    assert active(past, 100 + ACTIVE).tolist() == [1]  # A towards B
    assert active(past, 101 + ACTIVE).tolist() == []


def test_an_act_of_no_class_is_contact_but_resolves_nothing():
    past = history(
        ("A", "B"), np.arange(2), a=np.array([0]), b=np.array([1]), day=np.array([100]), kind=np.array([OTHER])
    )
    assert active(past, 101).tolist() == [1]
    assert not happened(past, np.array([1]), 100, 100, "quad").any()


def test_rows_that_are_alike_are_counted_and_acts_towards_oneself_are_out():
    past = history(
        ("A", "B"), np.arange(2), a=np.array([0, 0, 1]), b=np.array([1, 1, 1]), day=np.array([5, 5, 5]),
        kind=np.array([2, 2, 2]),
    )  # fmt: skip
    assert (past.a.tolist(), past.b.tolist(), past.n.tolist()) == ([0], [1], [2.0])


def test_a_model_refuses_features_it_was_not_made_from():
    past = made()
    model = fit(past, origins(FIRST, FIRST + 399, 7, 21, 90), "quad", 7)
    frame = features(past, FIRST + 300, "quad")
    with pytest.raises(ValueError, match="are not those of the fit"):
        model.log_odds(replace(frame, names=frame.names[::-1]))
