"""Headlines come to the parser in the case of running text; offsets do not move."""

import pytest

from marchland.model.annotated import Annotated
from tests.annotate.parties import Annotate


def shown(doc: Annotated) -> list[tuple[str, str]]:
    """Tag and words of the title's tokens."""
    return [(t.text, t.tag) for t in doc.sentences[0].tokens]


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("Iran Rejects Offer Of Talks With Israel", "Rejects"),
        ("TURKISH TROOPS ENTER NORTHERN SYRIA", "ENTER"),
        ("Turkish Troops Enter Northern Syria", "Enter"),
        ("Sweden expels Iranian diplomats", "expels"),
    ],
)
def test_the_verb_of_a_headline_is_seen_as_a_verb(annotated: Annotate, title: str, verb: str) -> None:
    doc = annotated("The rest of the story follows.", title=title)
    assert dict(shown(doc))[verb].startswith("VB")


def test_names_in_a_headline_stay_names(annotated: Annotate) -> None:
    doc = annotated("The rest of the story follows.", title="Iran Rejects Offer Of Talks With Israel")
    assert [n.country for n in doc.names] == ["IRN", "ISR"]


def test_offsets_of_a_headline_are_those_of_the_text(annotated: Annotate) -> None:
    doc = annotated("The rest follows.", title="POLICE ARREST TEN IN KAMPALA")
    assert all(doc.document.text[t.start : t.end] == t.text for s in doc.sentences for t in s.tokens)


def test_an_abbreviation_in_capitals_stays(annotated: Annotate) -> None:
    doc = annotated("The rest follows.", title="UN ENVOY LEAVES KABUL")
    assert {n.org for n in doc.names if n.org} == {"UN"}


def test_a_headline_in_running_case_is_left_alone(annotated: Annotate) -> None:
    doc = annotated("The rest follows.", title="Sweden expels two Iranian diplomats over threats")
    assert [n.country for n in doc.names] == ["SWE", "IRN"]
