"""What the encoder says of an act, laid beside the words' own weights."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.reading.sensed import Sensed, log_shares

scores = st.lists(st.floats(min_value=-20, max_value=20), min_size=3, max_size=3)


@dataclass
class Seen:
    """Stands for the passages of a document."""

    odds: dict[str, float]
    sides: tuple[float, float, float] | None = None

    def acts(self, _spot: object) -> dict[str, float]:
        return self.odds

    def roles(self, _act: object, _kind: str, parties: list[object]) -> list[Any]:
        return [self.sides for _ in parties]


def sensed(seen: Seen | None) -> Sensed:
    scene: Any = SimpleNamespace(passages=seen, spot=lambda index: index)
    return Sensed(scene)


TRIGGER: Any = SimpleNamespace(entry=SimpleNamespace(event_type=SimpleNamespace(value="AID")), head=1, tokens=(1, 2))
NAME: Any = SimpleNamespace(head=4)


def test_without_an_encoder_everything_stays_as_the_words_say() -> None:
    alone = sensed(None)
    assert alone.act(TRIGGER, 0.7) == 0.7
    assert alone.sides(TRIGGER, [NAME], [(0.2, 0.7, 0.1)]) == [(0.2, 0.7, 0.1)]


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_an_act_is_between_what_both_say(by_words: float, seen: float) -> None:
    joined = sensed(Seen({"AID": seen})).act(TRIGGER, by_words)
    assert min(by_words, seen) - 1e-9 <= joined <= max(by_words, seen) + 1e-9


def test_the_surest_word_of_a_phrase_counts() -> None:
    class ByWord(Seen):
        def acts(self, spot: object) -> dict[str, float]:
            return {"AID": 2.0 if spot == 2 else -3.0}

    assert sensed(ByWord({})).odds(TRIGGER) == 2.0


@given(scores)
def test_a_party_keeps_probabilities_that_sum_to_one(found: list[float]) -> None:
    seen = Seen({}, (found[0], found[1], found[2]))
    (joined,) = sensed(seen).sides(TRIGGER, [NAME], [(0.2, 0.7, 0.1)])
    assert sum(joined) == pytest.approx(1)


def test_a_party_that_the_encoder_takes_for_the_recipient_becomes_likelier_to_be_it() -> None:
    (joined,) = sensed(Seen({}, (0.0, 0.0, 4.0))).sides(TRIGGER, [NAME], [(0.2, 0.5, 0.3)])
    assert joined[2] > 0.3


def test_a_party_outside_the_passage_is_judged_by_the_words_alone() -> None:
    assert sensed(Seen({}, None)).sides(TRIGGER, [NAME], [(0.2, 0.7, 0.1)]) == [(0.2, 0.7, 0.1)]


@given(scores)
def test_log_shares_are_log_probabilities(found: list[float]) -> None:
    from math import exp

    assert sum(exp(x) for x in log_shares(found)) == pytest.approx(1)
