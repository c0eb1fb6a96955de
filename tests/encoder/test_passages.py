"""A document as passages: what is asked of a word, and what comes before it."""

import pytest

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.encoder import Passages, Spot, encoder_available
from marchland.model.annotated import Annotated

pytestmark = pytest.mark.skipif(
    not encoder_available(), reason="the encoder's weights are not there; see training/README.md"
)

SENTENCES = (
    "Riyadh opened a consulate in Aden in March 2009.",
    "Two years later it closed the mission.",
    "Its soldiers left the port in June 2011.",
    "The weather had been mild.",
)


def passages_of(doc: Annotated) -> Passages:
    return Passages(doc.document.text, doc.sentences)


def annotated(text: str) -> Annotated:
    return next(iter(Annotator()([document(text)])))


def spot(doc: Annotated, words: str, occurrence: int = 0) -> Spot:
    start = -1
    for _ in range(occurrence + 1):
        start = doc.document.text.index(words, start + 1)
    return Spot(start, next(s.index for s in doc.sentences if s.span.start <= start < s.span.end))


def test_a_word_has_odds_for_every_type() -> None:
    doc = annotated(" ".join(SENTENCES))
    assert len(passages_of(doc).acts(spot(doc, "closed"))) == 16


def test_a_withdrawal_is_likelier_told_by_left_than_by_weather() -> None:
    doc = annotated(" ".join(SENTENCES))
    passages = passages_of(doc)
    assert passages.acts(spot(doc, "left"))["RETREAT"] > passages.acts(spot(doc, "weather"))["RETREAT"] + 2


def test_the_same_word_is_another_thing_in_another_passage() -> None:
    told = annotated(
        "The ministers met in Doha. Egypt left the talks in anger and recalled its envoy. It was May. It rained."
    )
    other = annotated(
        "The painter moved to Cairo. The fire left a mark on the wall of the old house. It was May. It rained."
    )
    here = passages_of(told).acts(spot(told, "left"))
    there = passages_of(other).acts(spot(other, "left"))
    assert max(here.values()) > max(there.values()) + 2


def test_a_date_is_told_by_its_own_sentence_sooner_than_by_another() -> None:
    doc = annotated(" ".join(SENTENCES))
    none, far, near = passages_of(doc).days(
        spot(doc, "left"), "RETREAT", [spot(doc, "March 2009"), spot(doc, "June 2011")]
    ) or (0.0, 0.0, 0.0)
    assert near > far
    assert near > none


def test_long_texts_are_read_in_passages_that_overlap_and_ask_each_sentence_once() -> None:
    doc = annotated(" ".join(SENTENCES * 30))
    plan = passages_of(doc)._plan
    asked = [i for _, start, end in plan for i in range(start, end)]
    assert asked == list(range(len(doc.sentences)))
    assert len(plan) > 2
    assert all(first < start for first, start, _ in plan[1:])


def test_a_party_before_the_passage_is_not_judged() -> None:
    doc = annotated(" ".join(SENTENCES * 30))
    act, party = spot(doc, "left", 29), spot(doc, "Riyadh")
    assert passages_of(doc).roles(act, "RETREAT", [party]) == [None]


def test_the_same_text_gives_the_same_numbers() -> None:
    doc = annotated(" ".join(SENTENCES))
    assert passages_of(doc).acts(spot(doc, "closed")) == passages_of(doc).acts(spot(doc, "closed"))
