"""Rankers find what was planted, and their parts sum to the score."""

from dataclasses import replace

import numpy as np
import pytest

from marchland.forecast.ranking import fit as fitting
from marchland.forecast.ranking.additive import thinned
from marchland.forecast.ranking.listing import listing
from marchland.forecast.ranking.reasons import reasons
from marchland.forecast.ranking.sample import Sample, conditional_logit, sample
from marchland.forecast.ranking.walk import Walk
from tests.forecast.ranking.made import PARTIES, world


@pytest.fixture(scope="module")
def fitted():
    """A ranker fitted on two months, and the first morning after."""
    walk = Walk(world())
    rankers = fitting.fit(walk, 70, boosted=True)
    return walk, rankers, walk.block(70, walk.asked_on(70))


def first_places(walk, block, score):
    told = walk.answers(block)
    wanted = set(zip(told.query.tolist(), told.party.tolist(), strict=True))
    ranked = {r.query: int(r.party[0]) for r in listing(walk.past, block, score)}
    return np.mean([(q, p) in wanted for q, p in ranked.items()])


def test_planted_habits_are_found(fitted):
    walk, rankers, block = fitted
    by_chance = 1 / len(PARTIES)
    assert first_places(walk, block, rankers.additive.score(block.values)) > 5 * by_chance
    assert first_places(walk, block, rankers.boosted.score(block.values)) > 5 * by_chance


@pytest.mark.parametrize("mode", ["additive", "boosted"])
def test_parts_sum_to_the_score(fitted, mode):
    _, rankers, block = fitted
    model = getattr(rankers, mode)
    parts = model.parts(block.values)
    assert parts.by_feature.sum(1) + parts.constant == pytest.approx(model.score(block.values), abs=1e-4)


def test_reasons_open_to_events_before_the_day(fitted):
    walk, rankers, block = fitted
    found = reasons(walk.past, block, 0, rankers.additive.parts(block.values))
    assert sum(r.part for r in found) == pytest.approx(rankers.additive.score(block.values)[0], abs=1e-4)
    told = [e for r in found for e in r.events]
    assert told
    assert walk.past.graph.day[told].max() < 70


def test_every_party_below_the_pool_scores_less_than_any_in_it(fitted):
    walk, rankers, block = fitted
    score = rankers.additive.score(block.values)
    for ranked in listing(walk.past, block, score):
        assert (np.diff(ranked.score[: np.sum(block.pool.query == ranked.query)]) <= 0).all()
        inside = int(np.sum(block.pool.query == ranked.query))
        assert (ranked.score[inside:] < ranked.score[:inside].min()).all()
        assert len(set(ranked.party.tolist())) == len(ranked.party)


def test_too_few_queries_are_not_fitted():
    walk = Walk(world(days=8))
    assert fitting.fit(walk, 8, boosted=False) is None


def test_the_slope_is_that_of_the_loss():
    chance = np.random.default_rng(0)
    rows = Sample(
        values=np.zeros((7, 1), np.float32),
        answer=np.array([True, False, False, True, True, False, False]),
        log_weight=np.log([1, 1, 4, 1, 1, 1, 2]).astype(np.float32),
        count=np.array([3, 4]),
    )
    score = chance.standard_normal(7)
    slope = conditional_logit(rows, score)
    for i in range(7):
        step = np.zeros(7)
        step[i] = 1e-5
        up, down = (conditional_logit(rows, score + sign * step) for sign in (1, -1))
        assert slope.first[i] == pytest.approx((up.loss - down.loss) / 2e-5, abs=1e-5)
        assert slope.second[i] == pytest.approx((up.first[i] - down.first[i]) / 2e-5, abs=1e-5)


def test_thinning_keeps_queries_whole():
    rows = Sample(
        values=np.arange(10, dtype=np.float32)[:, None],
        answer=np.zeros(10, bool),
        log_weight=np.zeros(10, np.float32),
        count=np.array([2, 3, 5]),
    )
    kept = thinned(rows, 2)
    assert kept.count.tolist() == [2, 5]
    assert kept.values[:, 0].tolist() == [0, 1, 5, 6, 7, 8, 9]
    assert thinned(replace(rows), 3) is not None


def test_what_a_day_draws_hangs_on_no_other_day():
    whole = Walk(world())
    rows, first = fitting.collect(whole, 70, queries=100)
    days = [d for d in whole.days() if d < 70]
    share = 100 / sum(len(whole.asked_on(d)) for d in days if d >= first)
    alone = Walk(world())
    *_, (block, told) = alone.go(days)  # the days before are walked, and nothing of them is drawn
    last = sample(block, told, len(PARTIES), share=share, chance=fitting.day_chance(block.day))
    assert 0 < len(last.count) < len(block.asked)
    assert rows.count[-len(last.count) :].tolist() == last.count.tolist()
    assert np.array_equal(rows.values[-len(last.values) :], last.values)
