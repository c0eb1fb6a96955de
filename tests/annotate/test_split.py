"""Where sentences begin and end."""

import pytest

from marchland.annotate.split import sentences
from marchland.documents import document


def cut(text: str, title: str | None = None) -> list[str]:
    doc = document(text, title=title)
    return [doc.text[s.span.start : s.span.end] for s in sentences(doc)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Abdul Malik left Kabul.",
        "The U.S. Senate voted on Monday.",
        "The rebels hold approx. 300 men.",
        "Lt. Col. J. R. Smith spoke to reporters.",
        "The treaty was signed on Jan. 5 in Accra.",
        "Prices rose by 3.5 percent in March.",
        "Mr. and Mrs. Ito left the St. Petersburg forum.",
        "The firm Kraft Inc. Europe sold its plant.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Troops left. They returned.", ["Troops left.", "They returned."]),
        ("Is it over? No! It goes on.", ["Is it over?", "No!", "It goes on."]),
        ('He said: "We will go." The army left.', ['He said: "We will go."', "The army left."]),
        ("He moved to the U.S. The army stayed.", ["He moved to the U.S.", "The army stayed."]),
        ("It began in 1994. 20 men died.", ["It began in 1994.", "20 men died."]),
        ("They waited... Then shots fell.", ["They waited...", "Then shots fell."]),
        ("They met (in Oslo.) The talks failed.", ["They met (in Oslo.)", "The talks failed."]),
    ],
)
def test_a_full_stop_before_a_capital_ends_a_sentence(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_title_is_one_sentence() -> None:
    assert cut("The army left.", title="War over. Troops home") == ["War over. Troops home", "The army left."]


def test_paragraphs_are_cut_apart() -> None:
    assert cut("The army left the town.\n\nRebels came in.") == ["The army left the town.", "Rebels came in."]


def test_no_character_but_white_space_is_lost() -> None:
    text = 'Gen. Malik left. "Why?" she asked. Prices rose 3.5 percent; nobody knew. End'
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_an_empty_text_has_no_sentence() -> None:
    assert cut("   \n\n  ") == []
