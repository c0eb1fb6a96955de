"""Which texts are worth parsing."""

import pytest

from marchland.annotate import Annotator, Gate
from marchland.annotate.gate import gate_features
from marchland.annotate.gazetteer import gazetteer, words
from marchland.documents import document
from marchland.lexicon.linear import binary
from marchland.model.annotated import Annotated
from marchland.reading import trigger_words


@pytest.fixture(scope="module")
def gated() -> Annotator:
    return Annotator(gate=Gate(trigger_words(), binary("gate")))


def parsed(annotator: Annotator, text: str, title: str | None = None) -> list[bool]:
    """Of each sentence: was it parsed?"""
    found: Annotated = next(annotator([document(text, title=title)]))
    return [bool(s.tokens) for s in found.sentences]


POLITICAL = (
    "Ethiopian soldiers killed twelve rebels in the Tigray region on Monday, the government said.",
    "Iran's foreign minister rejected a United Nations resolution on its nuclear programme on Thursday.",
    "Police in Kampala arrested the opposition leader on Tuesday and fired tear gas at his supporters.",
    "Russia and China began joint naval exercises in the Sea of Japan, the defence ministry in Moscow said.",
    "The European Union imposed sanctions on Belarusian officials over a crackdown on protesters.",
    "Taliban militants released two South Korean hostages to the Red Cross in Ghazni province.",
)
OTHER = (
    "The striker scored twice as Ghana beat Mali 3-0 in the second half of the cup tie.",
    "Shares in Tokyo climbed on Monday as the yen fell and exporters reported higher profits.",
    "Astronomers in Chile saw water vapour around a planet with a telescope built last year.",
    "A French film about a baker won the main prize at the festival in Venice on Saturday.",
    "Biologists found a tiny frog in the forests of Ecuador and described it in a journal.",
)


def probability(text: str) -> float:
    """How political the weights take a paragraph to be."""
    found = list(words(text, 0, len(text)))
    return binary("gate").probability(
        gate_features(frozenset(w.text.lower() for w in found), list(gazetteer().find(found)))
    )


@pytest.mark.parametrize("text", POLITICAL)
def test_a_political_text_is_parsed(gated: Annotator, text: str) -> None:
    assert parsed(gated, text) == [True]


def test_every_political_text_is_more_so_than_any_other_news() -> None:
    assert min(map(probability, POLITICAL)) > max(map(probability, OTHER))


@pytest.mark.parametrize("text", ["It was dark and it was cold.", "The soup was served with bread and butter."])
def test_a_text_without_names_is_not_parsed(gated: Annotator, text: str) -> None:
    assert parsed(gated, text) == [False]


def test_a_sentence_without_an_act_or_a_party_is_not_parsed(gated: Annotator) -> None:
    text = (
        "Ethiopian soldiers killed twelve rebels in the Tigray region on Monday, the government said. "
        "It was dark and it was cold. Rain fell."
    )
    assert parsed(gated, text) == [True, False, False]


def test_without_weights_every_paragraph_is_political() -> None:
    gate = Gate(frozenset({"attacked"}))
    assert gate.political(frozenset({"tea"}), [])


def test_a_gate_opens_for_a_trigger_word_and_a_name() -> None:
    gate = Gate(frozenset({"attacked"}))
    marks = list(gazetteer().find(list(words("Kenya", 0, 5))))
    assert gate.opens(frozenset({"kenya", "attacked"}), marks)
    assert not gate.opens(frozenset({"kenya", "slept"}), marks)
    assert not gate.opens(frozenset({"attacked"}), [])


def test_features_count_names_by_kind() -> None:
    text = "Kenya Uganda police"
    marks = list(gazetteer().find(list(words(text, 0, len(text)))))
    found = gate_features(frozenset({"kenya", "uganda", "police"}), marks)
    assert {"country=2", "agent=1", "politicalagents=1", "word=police"} <= set(found)
