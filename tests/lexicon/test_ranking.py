"""The fit of a ranking: does it find what made the right candidates right?"""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training"))

from ranking import Question, best, feature_names, fitted, laid

QUESTIONS = [
    Question((("none",), ("near", "a"), ("far", "b")), frozenset({1}), "x"),
    Question((("none",), ("far", "a"), ("near", "b")), frozenset({2}), "y"),
    Question((("none",), ("far", "a"), ("far", "b")), frozenset({0}), "z"),
]


@pytest.fixture
def names() -> dict[str, int]:
    """The features that stand twice at least."""
    return feature_names(QUESTIONS, 2)


def test_rare_features_get_no_weight() -> None:
    assert feature_names(QUESTIONS, 4) == {"far": 0}


def test_the_feature_of_the_right_candidates_outweighs_the_others(names: dict[str, int]) -> None:
    weights = dict(zip(names, fitted(laid(QUESTIONS, names), 10.0), strict=True))
    assert weights["near"] > weights["none"] > weights["far"]
    assert best(laid(QUESTIONS, names), fitted(laid(QUESTIONS, names), 10.0)) == [1, 2, 0]


def test_two_right_candidates_share_the_probability(names: dict[str, int]) -> None:
    data = laid([Question((("near",), ("near",), ("far",)), frozenset({0, 1}), "x")], names)
    assert data.share.tolist() == [0.5, 0.5, 0.0]
    assert np.asarray(data.question).tolist() == [0, 0, 0]
