"""The candidates for a side that a clause leaves unsaid, and how a judge's word is taken."""

from dataclasses import replace

from marchland.model.annotated import Annotated
from marchland.model.ontology import Sector
from marchland.model.records import Event
from marchland.reading.events import EventReader
from marchland.reading.unsaid import Asked, Key, participant
from tests.annotate.parties import Annotate
from tests.reading.lines import Code

TEXT = "Nepal and Bhutan signed a treaty with India in May. Fiji then condemned the text."


def asked(doc: Annotated) -> list[Asked]:
    """The questions that a text raises, each answered by nobody."""
    out: list[Asked] = []

    def judge(question: Asked) -> Key | None:
        out.append(question)
        return None

    reader = EventReader(doc, "test")
    reader.setting.judge = judge
    list(reader.drafts())
    return out


def events(doc: Annotated, answer: Key | None) -> list[Event]:
    """The events of a text in which every unsaid side is the same."""
    reader = EventReader(doc, "test")
    reader.setting.judge = lambda _question: answer
    return [d.event for d in reader.drafts()]


def test_an_act_with_one_side_asks_for_the_other_among_those_told_before(annotated: Annotate) -> None:
    [question] = [q for q in asked(annotated(TEXT)) if q.gap.kind == "ACCUSE"]
    assert question.gap.side == "other"
    assert question.keys[0] is None
    assert set(question.keys[1:-1]) == {("NPL", None), ("BTN", None), ("IND", None)}


def test_the_known_side_is_a_candidate_only_as_its_own_people(annotated: Annotate) -> None:
    [question] = [q for q in asked(annotated(TEXT)) if q.gap.kind == "ACCUSE"]
    assert question.keys[-1] == ("FJI", None)
    assert question.rows[-1][0].startswith("own,")
    assert sum(k == ("FJI", None) for k in question.keys) == 1


def test_an_act_whose_sides_are_told_asks_nothing(annotated: Annotate) -> None:
    assert asked(annotated("Fiji condemned Nepal.")) == []


def test_the_answer_is_a_party_that_says_how_it_was_found(annotated: Annotate) -> None:
    [accuse] = [e for e in events(annotated(TEXT), ("IND", None)) if e.event_type == "ACCUSE"]
    [side] = accuse.recipients
    assert (side.country, side.text, side.resolved) == ("IND", None, "setting")


def test_nobody_leaves_the_side_empty(annotated: Annotate) -> None:
    [accuse] = [e for e in events(annotated(TEXT), None) if e.event_type == "ACCUSE"]
    assert accuse.recipients == ()


def test_a_state_and_its_own_people(annotated: Annotate) -> None:
    [question] = [q for q in asked(annotated(TEXT)) if q.gap.kind == "ACCUSE"]
    coerced = replace(question.gap, kind="COERCE")
    assert participant(("FJI", None), [], coerced).sector is Sector.CVL
    assert participant(("NPL", None), [], coerced).sector is Sector.GOV
    rebels = replace(coerced.known[0], sector=Sector.REB)
    assert participant(("FJI", None), [], replace(coerced, known=(rebels,))).sector is Sector.GOV


def test_who_was_asked_is_told_before(coder: Code) -> None:
    found = coder(
        "Tajikistan has two creditors. China lent Dushanbe 300 million dollars in 2006. In 2019 Beijing wrote off half of the debt."
    )
    sides = [[p.country for p in e.recipients] for e in found if e.mentions[0].quote.startswith("In 2019")]
    assert sides == [["TJK"]]
