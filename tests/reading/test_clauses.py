"""Logical arguments of verbs: passives turned round, left-out subjects found, coordinated phrases told apart."""

import pytest

from marchland.model.annotated import Annotated
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses, is_passive
from tests.annotate.parties import Annotate


def slots(doc: Annotated, verb: str) -> dict[str, list[str]]:
    """The arguments of the verb with this form, as words."""
    tree = Tree(doc.sentences[0].tokens)
    [token] = [t for t in tree.tokens if t.text == verb]
    return {slot: [t.text for t in found] for slot, found in Clauses(tree).arguments(token).items()}


@pytest.mark.parametrize(
    ("text", "verb", "subject", "objects"),
    [
        ("Soldiers attacked the village.", "attacked", ["Soldiers"], ["village"]),
        ("The village was attacked by soldiers.", "attacked", ["soldiers"], ["village"]),
        ("The village attacked by soldiers burned.", "attacked", ["soldiers"], ["village"]),
        ("Rebels and soldiers attacked the village.", "attacked", ["Rebels", "soldiers"], ["village"]),
        ("Soldiers attacked the village and the camp.", "attacked", ["Soldiers"], ["village", "camp"]),
        ("The soldiers who attacked the village fled.", "attacked", ["soldiers"], ["village"]),
        ("The village which soldiers attacked burned.", "attacked", ["soldiers"], ["village"]),
        ("The general ordered soldiers to attack the village.", "attack", ["soldiers"], ["village"]),
        ("Soldiers refused to attack the village.", "attack", ["Soldiers"], ["village"]),
        ("Soldiers seem to support the village.", "support", ["Soldiers"], ["village"]),
        ("Soldiers came and attacked the village.", "attacked", ["Soldiers"], ["village"]),
        ("Soldiers began attacking the village.", "attacking", ["Soldiers"], ["village"]),
        ("Soldiers were accused of attacking the village.", "attacking", ["Soldiers"], ["village"]),
        ("The minister accused soldiers of attacking the village.", "attacking", ["soldiers"], ["village"]),
        ("The soldiers left after burning the village.", "burning", ["soldiers"], ["village"]),
    ],
)
def test_subject_and_object_are_the_logical_ones(
    annotated: Annotate, text: str, verb: str, subject: list[str], objects: list[str]
) -> None:
    found = slots(annotated(text), verb)
    assert found.get("subject") == subject
    assert found.get("object") == objects


def test_a_passive_without_agent_has_no_subject(annotated: Annotate) -> None:
    found = slots(annotated("The village was attacked on Monday."), "attacked")
    assert "subject" not in found
    assert found["object"] == ["village"]


def test_the_one_who_is_given_something_is_the_indirect_object(annotated: Annotate) -> None:
    found = slots(annotated("The minister gave the rebels money."), "gave")
    assert (found["iobj"], found["object"]) == (["rebels"], ["money"])


@pytest.mark.parametrize(
    ("text", "verb", "slot", "words"),
    [
        ("The minister met with rebels.", "met", "with", ["rebels"]),
        ("The minister flew to Paris and London.", "flew", "to", ["Paris", "London"]),
        ("The troops withdrew from the town.", "withdrew", "from", ["town"]),
        ("The minister appealed to the rebels.", "appealed", "to", ["rebels"]),
        ("Workers protested against the law.", "protested", "against", ["law"]),
    ],
)
def test_a_preposition_is_a_slot(annotated: Annotate, text: str, verb: str, slot: str, words: list[str]) -> None:
    assert slots(annotated(text), verb)[slot] == words


def test_a_preposition_under_the_object_is_marked_as_nested(annotated: Annotate) -> None:
    found = slots(annotated("The minister signed a treaty with the rebels."), "signed")
    assert [w for slot, words in found.items() if slot.lstrip("~") == "with" for w in words] == ["rebels"]


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Soldiers attacked the village.", "attacked", False),
        ("Soldiers have attacked the village.", "attacked", False),
        ("The village was attacked.", "attacked", True),
        ("The village has been attacked.", "attacked", True),
        ("The village attacked by soldiers burned.", "attacked", True),
        ("The village was attacked and looted.", "looted", True),
    ],
)
def test_a_passive_is_known_by_its_form(annotated: Annotate, text: str, verb: str, passive: bool) -> None:  # noqa: FBT001  # a parameter
    tree = Tree(annotated(text).sentences[0].tokens)
    [token] = [t for t in tree.tokens if t.text == verb]
    assert is_passive(tree, token) is passive
