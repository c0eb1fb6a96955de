"""Negated telling is a silence by its grammar; refusals, negated acts and open questions are not."""

import pytest

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.silence_unsaid import unsaid


def rules(text: str) -> set[str]:
    [doc] = Annotator()([document(text)])
    tree = Tree(doc.sentences[0].tokens)
    return {m.entry.id for m in unsaid(tree, Clauses(tree))}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Djibouti has not disclosed what it pays.", "silence.did-not"),
        ("Nairobi has never explained why the ship was let go.", "silence.did-not"),
        ("Neither Paris nor Niamey has published the text.", "silence.did-not"),
        ("Nobody in Minsk has admitted that the missiles are there.", "silence.did-not"),
        ("Tehran has yet to say what it makes of the corridor.", "silence.not-yet"),
        ("The ministry in Rabat let the deadline pass without an answer.", "silence.no-response"),
        ("No explanation has come from Hanoi for the recall.", "silence.no-response"),
    ],
)
def test_negated_telling_is_found(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oslo declined to comment and has not answered the note.",  # a refusal is an act
        "Brazil did not win a match against Chile.",
        "Ghana does not export uranium to China.",
        "Saudi Arabia cannot explain its losses in Yemen.",
        "Moscow will not answer the note.",
        "Kenya replied within a day to the Somali complaint.",
    ],
)
def test_refusals_other_negations_and_what_may_be_are_no_silence(text: str) -> None:
    assert rules(text) == set()
