"""Datelines and agencies are no sentences; the dateline's place is kept."""

import pytest

from tests.annotate.parties import Annotate


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("BAGHDAD, Iraq (Reuters) - Police arrested ten men.", "IRQ"),
        ("KAMPALA (AFP) - Police arrested ten men.", "UGA"),
        ("LIMA, June 3 (Reuters) - Police arrested ten men.", "PER"),
        ("NAIROBI - Police arrested ten men.", "KEN"),
        ("ISLAMABAD: Police arrested ten men.", "PAK"),
        ("TBILISI, Georgia (AP) \u2014 Police arrested ten men.", "GEO"),
        ("Dushanbe (Interfax) - Police arrested ten men.", "TJK"),
        ("ADDIS ABABA, Ethiopia (AP) -- Police arrested ten men.", "ETH"),
    ],
)
def test_the_place_of_a_dateline_is_kept(annotated: Annotate, text: str, country: str) -> None:
    doc = annotated(text)
    assert doc.dateline is not None
    assert doc.dateline.country == country
    assert doc.sentences[0].tokens[0].text == "Police"


@pytest.mark.parametrize("text", ["AFP - Police arrested ten men.", "Reuters - Police arrested ten men."])
def test_an_agency_alone_gives_no_place(annotated: Annotate, text: str) -> None:
    doc = annotated(text)
    assert doc.dateline is None
    assert doc.sentences[0].tokens[0].text == "Police"


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested ten men in Kampala.",
        "The minister: police arrested ten men.",
    ],
)
def test_running_text_is_no_dateline(annotated: Annotate, text: str) -> None:
    doc = annotated(text)
    assert doc.dateline is None
    assert doc.sentences[0].tokens[0].text == text.split(maxsplit=1)[0].rstrip(":")


def test_the_agency_at_the_end_of_a_headline_is_hidden(annotated: Annotate) -> None:
    doc = annotated("Police arrested ten men.", title="Uganda arrests ten (Reuters)")
    assert [t.text for t in doc.sentences[0].tokens] == ["Uganda", "arrests", "ten"]


def test_only_the_first_sentence_has_a_dateline(annotated: Annotate) -> None:
    doc = annotated("KAMPALA (AFP) - Police arrested ten men. NAIROBI - Police arrested one.")
    assert doc.dateline is not None
    assert doc.dateline.country == "UGA"
