"""How far a second word stands from an act."""

from itertools import pairwise

from marchland.encoder.heads import step


def test_a_step_before_and_after_the_act_differ() -> None:
    assert step(-3, 0) != step(3, 0)


def test_steps_grow_with_the_distance_and_stay_within_their_side() -> None:
    after = [step(n, 0) for n in range(200)]
    before = [step(-n, 0) for n in range(1, 200)]
    assert all(a <= b for a, b in pairwise(after))
    assert all(a <= b for a, b in pairwise(before))
    assert max(before) < min(after) <= max(after) < step(0, 1)


def test_a_word_in_an_earlier_sentence_is_placed_by_its_sentence_alone() -> None:
    assert step(-50, 2) == step(-5, 2)
    assert step(0, 7) == step(0, 30) == 31
