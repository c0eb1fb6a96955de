"""A text in pieces: words and marks apart, each piece known, every offset true."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.encoder.wordpiece import UNKNOWN, pieces, vocabulary, words


def spelt(word: str) -> list[str]:
    by_row = {row: piece for piece, row in vocabulary().items()}
    return [by_row[row] for row in pieces(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("troops", ["troops"]),
        ("Moscow", ["moscow"]),
        ("Elysée", ["ely", "##see"]),
        ("Gorno", ["go", "##rno"]),
        ("—", ["—"]),
    ],
)
def test_a_word_is_cut_into_the_longest_known_pieces_without_case_or_accent(word: str, expected: list[str]) -> None:
    assert spelt(word) == expected


def test_a_word_in_a_script_without_pieces_is_unknown() -> None:
    assert pieces("ߒߞߏ") == (vocabulary()[UNKNOWN],)


def test_marks_stand_alone() -> None:
    text = "Sino-Tajik drills, 2016."
    assert [text[a:b] for a, b in words(text)] == ["Sino", "-", "Tajik", "drills", ",", "2016", "."]


def test_only_the_asked_part_is_cut() -> None:
    text = "Troops left. They came back."
    assert [text[a:b] for a, b in words(text, 13, len(text))] == ["They", "came", "back", "."]


@given(st.text(max_size=80))
def test_words_cover_everything_but_space_in_order(text: str) -> None:
    found = list(words(text))
    assert "".join(text[a:b] for a, b in found) == "".join(c for c in text if not c.isspace())
    assert all(b <= c for (_, b), (c, _) in pairwise(found))


@given(st.text(min_size=1, max_size=20))
def test_every_row_is_in_the_vocabulary(word: str) -> None:
    assert all(0 <= row < len(vocabulary()) for row in pieces(word))
