"""B-cubed, with numbers worked out by hand."""

import pytest

from marchland.store import bcubed


def test_a_perfect_grouping_scores_one_whatever_the_names():
    assert bcubed({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "y"}) == (1.0, 1.0, 1.0)


def test_one_heap_is_complete_and_half_pure():
    assert bcubed({"a": "1", "b": "2"}, {"a": "x", "b": "x"}) == pytest.approx((0.5, 1.0, 2 / 3))


def test_all_alone_is_pure_and_half_complete():
    assert bcubed({"a": "1", "b": "1"}, {"a": "x", "b": "y"}) == pytest.approx((1.0, 0.5, 2 / 3))


def test_nothing_to_compare_is_perfect():
    assert bcubed({"a": "1"}, {"b": "1"}) == (1.0, 1.0, 1.0)
