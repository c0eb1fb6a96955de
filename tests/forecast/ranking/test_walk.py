"""Features are dated counts, and no feature knows its future."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.errors import ForecastError
from marchland.forecast.ranking.graph import EventGraph, both_sides
from marchland.forecast.ranking.kinds import kinds_from_names
from marchland.forecast.ranking.pool import queries, spans
from marchland.forecast.ranking.tally import tally
from marchland.forecast.ranking.walk import Walk
from tests.forecast.ranking.made import PARTIES, RELATIONS, graph, rows_of, world

ORIGIN = 60


def features_on(made, day, asked):
    walk = Walk(made)
    for _ in walk.go([d for d in walk.days() if d < day]):
        pass
    return walk, walk.block(day, asked)


def value(block, name, query, party):
    [row] = np.flatnonzero((block.pool.query == query) & (block.pool.party == party))
    return float(block.values[row, block.names.index(name)])


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_events_of_the_origin_and_later_change_no_feature(seed):
    made = world()
    chance = np.random.default_rng(seed)
    past = [row for row in rows_of(made) if row[3] < ORIGIN]
    noise = [
        (*chance.integers(0, len(PARTIES), 1), int(chance.integers(4)), *chance.integers(0, len(PARTIES), 1), int(day))
        for day in chance.integers(ORIGIN, 90, 200)
    ]
    asked = Walk(made).asked_on(ORIGIN)
    _, told = features_on(made, ORIGIN, asked)
    _, noisy = features_on(graph(past + noise), ORIGIN, asked)
    assert told.names == noisy.names
    assert np.array_equal(told.pool.party, noisy.pool.party)
    assert np.array_equal(told.values, noisy.values)


def test_a_count_halves_with_each_half_life():
    made = graph([(0, 0, 1, 0), (0, 0, 1, 8), (2, 0, 3, 9)])
    _, block = features_on(made, 10, queries(np.array([0]), np.array([0]), 2 * len(RELATIONS)))
    counted = 0.5 ** (10 / 10) + 0.5 ** (2 / 10)
    assert value(block, "same act, 10 d", 0, 1) == pytest.approx(np.log1p(counted), rel=1e-6)
    assert value(block, "same act, ever", 0, 1) == pytest.approx(np.log(3), rel=1e-6)
    assert value(block, "same act, age", 0, 1) == pytest.approx(-np.log(2), rel=1e-6)
    assert value(block, "same act, ever", 0, 3) == 0


def test_a_rule_that_always_held_tells_the_answer():
    made = world()
    threat = (0, 1, 2, ORIGIN - 1)
    rows = [row for row in rows_of(made) if row[3] < ORIGIN - 1] + [threat]
    _, block = features_on(graph(rows), ORIGIN, queries(np.array([2]), np.array([2]), 2 * len(RELATIONS)))
    best = block.names.index("best rule")
    [own] = np.flatnonzero(block.pool.party == 0)
    assert block.values[own, best] == block.values[:, best].max()


def test_each_event_is_told_from_both_sides():
    facts = both_sides(graph([(0, 1, 2, 5)]))
    assert sorted(zip(facts.s.tolist(), facts.r.tolist(), facts.o.tolist(), strict=True)) == [(0, 1, 2), (2, 5, 0)]


def test_names_tell_country_and_role():
    kinds, countries, roles = kinds_from_names(
        ["Citizen_(India)", "India", "Barack_Obama", "Judge_(Holy_See_(Vatican))"]
    )
    assert countries == ("Holy See (Vatican)", "India")
    assert [(k.country, roles[k.role]) for k in kinds] == [(1, "Citizen"), (1, "state"), (-1, "other"), (0, "Judge")]


def test_a_person_is_at_home_where_it_is_seen():
    made = graph([(PARTIES.index("Jane Doe"), 0, PARTIES.index("Police (Calder)"), 0), (0, 0, 1, 1)])
    walk = Walk(made)
    walk.to_morning(0)
    assert walk.past.homes.now[PARTIES.index("Jane Doe")] == walk.past.homes.nowhere
    walk.to_morning(1)
    assert made.countries[walk.past.homes.now[PARTIES.index("Jane Doe")]] == "Calder"


def test_a_party_out_of_range_is_refused():
    one = np.array([0])
    with pytest.raises(ForecastError, match=r"object 9\.\.9"):
        EventGraph(subject=one, relation=one, object=one + 9, day=one, parties=("a",), relations=("r",))


def test_a_key_that_never_occurs_counts_nothing():
    kept = tally(np.array([3, 7, 3]), 10, (None,))
    kept.add(slice(0, 3), 0)
    assert kept.value[0][kept.find(np.array([3, 7, 5]))].tolist() == [2, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_spans_are_the_runs_one_after_the_other(runs):
    starts, counts = np.array([r[0] for r in runs], np.int64), np.array([r[1] for r in runs], np.int64)
    assert spans(starts, counts).tolist() == [s + i for s, n in runs for i in range(n)]
