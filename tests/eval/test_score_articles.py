"""When a read record meets a label, with labels and records made by hand."""

# ruff: noqa: INP001  # as a package this folder would be named eval and hide the one it tests

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eval.article_match import holder_right, inside, paired, roles_right, wholly_right
from eval.score_articles import Counts, interval
from marchland.model.dates import DateRange, day, month
from marchland.model.document import Span
from marchland.model.ontology import EventType, HolderKind, PlaceKind, Precision, Relation, Status, TieKind
from marchland.model.records import Citation, Event, Holder, Judgement, Link, Mention, Participant, Place, Tie

FIRST = "China handed Laos ten boats."
SECOND = "Laos thanked its neighbour for them."
TEXT = f"{FIRST} {SECOND}"
CHN, LAO, THA = (Participant(country=c) for c in ("CHN", "LAO", "THA"))
UNKNOWN = {"country": None, "org": None, "sector": "UNK"}


def party(code: str) -> dict[str, Any]:
    return {"country": code, "org": None, "sector": "GOV"}


def label(**more: Any) -> dict[str, Any]:
    """A Chinese gift of boats to Laos, unless told otherwise."""
    told = {
        "id": "e1", "kind": "event", "sentence": FIRST, "also": [], "optional": False, "event_type": "AID", "alt_types": [],
        "base": None, "status": "asserted", "actors": [party("CHN")], "recipients": [party("LAO")], "when": None,
        "where": None,
    }  # fmt: skip
    return told | more


def shared(sentence: str = FIRST, status: Status = Status.ASSERTED, name: str = "r1") -> dict[str, Any]:
    """What every record holds."""
    start = TEXT.index(sentence)
    mention = Mention(
        doc_id="d", start=start, end=start + len(sentence), quote=sentence, trigger=Span(start=start, end=start + 1),
        status=status, rule="r",
    )  # fmt: skip
    return {"id": name, "doc_id": "d", "status": status, "mentions": (mention,), "certainty": 0.9, "confidence": 0.9}


def event(
    kind: EventType = EventType.AID, sentence: str = FIRST, status: Status = Status.ASSERTED, **more: Any
) -> Event:
    """The same act as read."""
    return Event(**shared(sentence, status) | {"event_type": kind, "actors": (CHN,), "recipients": (LAO,)} | more)


def meets(told: dict[str, Any], read: Any) -> bool:
    return bool(paired([told], [read], TEXT).pairs)


def test_an_event_meets_by_sentence_type_and_one_party():
    assert meets(label(), event())
    assert meets(label(), event(actors=(LAO,), recipients=(THA,)))
    assert not meets(label(), event(actors=(THA,), recipients=()))
    assert not meets(label(), event(EventType.COERCE))
    assert not meets(label(), event(sentence=SECOND))


def test_a_retelling_in_another_sentence_meets_too():
    assert meets(label(also=[SECOND]), event(sentence=SECOND))


def test_accepted_types_meet_and_the_base_only_of_a_plan():
    assert meets(label(alt_types=["SUPPORT"]), event(EventType.SUPPORT))
    promised = label(event_type="AGREE", base="AID", status="planned")
    assert meets(promised, event(EventType.AID, status=Status.PLANNED))
    assert not meets(promised, event(EventType.AID))


def test_an_unknown_party_is_met_by_any_or_none():
    told = label(actors=[UNKNOWN], recipients=[])
    assert meets(told, event(actors=(THA,), recipients=()))
    assert meets(told, event(actors=(Participant(),), recipients=()))


def test_each_label_is_met_once():
    found = paired([label()], [event(), event(id="r2")], TEXT)
    assert (len(found.pairs), len(found.invented), len(found.missed)) == (1, 1, 0)


def test_the_pairing_meets_as_many_labels_as_it_can():
    wide = label(alt_types=["SUPPORT"])
    found = paired([wide, label(id="e2")], [event(), event(EventType.SUPPORT, id="r2")], TEXT)
    assert {(x["id"], r.event_type) for x, r in found.pairs} == {("e1", "SUPPORT"), ("e2", "AID")}


def test_of_equal_pairings_the_more_alike_is_taken():
    planned = label(id="e2", status="planned")
    found = paired([label(), planned], [event(status=Status.PLANNED, id="r2"), event()], TEXT)
    assert {(x["id"], r.id) for x, r in found.pairs} == {("e1", "r1"), ("e2", "r2")}


def test_an_optional_label_is_neither_rewarded_nor_punished():
    optional = label(optional=True)
    met, missed = paired([optional], [event()], TEXT), paired([optional], [], TEXT)
    assert (met.pairs, met.invented, len(met.neutral)) == ((), (), 1)
    assert (missed.pairs, missed.missed) == ((), ())
    both = paired([optional, label(id="e2")], [event()], TEXT)
    assert [x["id"] for x, _ in both.pairs] == ["e2"]


def test_a_tie_meets_by_kind_and_one_side():
    told = {
        "id": "t1", "kind": "tie", "sentence": FIRST, "also": [], "optional": False, "tie_kind": "arms_supply",
        "alt_kinds": ["training"], "power": party("CHN"), "host": party("LAO"), "members": [], "status": "asserted",
    }  # fmt: skip
    read = Tie(kind=TieKind.TRAINING, power=CHN, host=THA, **shared())
    assert meets(told, read)
    assert not meets(told, replace(read, kind=TieKind.BASE))
    assert not meets(told, replace(read, power=THA))


def test_a_link_meets_by_relation():
    told = {"id": "l1", "kind": "link", "sentence": SECOND, "also": [FIRST], "optional": False, "relation": "before"}
    read = Link(relation=Relation.BEFORE, source="a", target="b", **shared())
    assert meets(told, read)
    assert not meets(told, replace(read, relation=Relation.CAUSED_BY))


def test_a_statement_meets_by_its_sentence():
    told = {
        "id": "c1", "kind": "claim", "sentence": FIRST, "also": [], "optional": False, "polarity": 1,
        "holder": {"kind": "author", "name": None, "country": None},
    }  # fmt: skip
    assert meets(told, Judgement(holder=Holder(kind=HolderKind.AUTHOR), **shared()))


def test_a_citation_meets_by_its_place_and_kind():
    told = {"quote": "ten boats", "kind": "text", "optional": False}
    at = TEXT.index("ten")
    read = Citation(
        id="q", doc_id="d", start=at, end=at + 4, quote="ten ", publication=None, date=None, year_inferred=False
    )
    assert meets(told, read)
    assert not meets(told, replace(read, kind="credit"))


@pytest.mark.parametrize(
    ("read", "right"),
    [(day(date(2018, 3, 1)), True), (month(2018, 3), True), (day(date(2018, 4, 1)), False), (None, False)],
)
def test_a_date_is_right_inside_the_interval(read: DateRange | None, *, right: bool):
    assert inside({"start": "2018-03-01", "end": "2018-03-31"}, read) is right


def test_an_open_end_is_inside_only_an_open_end():
    read = DateRange(start=date(2018, 3, 1), end=None, precision=Precision.RANGE)
    assert inside({"start": "2018-01-01", "end": None}, read)
    assert not inside({"start": "2018-01-01", "end": "2018-12-31"}, read)


@pytest.mark.parametrize(
    ("told", "read", "right"),
    [
        (("author", None, None), Holder(kind=HolderKind.AUTHOR), True),
        (("speaker", "Ana Lindt", "AUT"), Holder(kind=HolderKind.SPEAKER, name="Lindt"), True),
        (("speaker", "Ana Lindt", "AUT"), Holder(kind=HolderKind.SPEAKER, name="Lindt", country="CHE"), False),
        (("speaker", "Ana Lindt", "AUT"), Holder(kind=HolderKind.SPEAKER, name="Mora"), False),
        (("speaker", "the minister", "AUT"), Holder(kind=HolderKind.AUTHOR), False),
    ],
)
def test_a_holder_is_right_by_kind_and_country_or_name(told: tuple[str, ...], read: Holder, *, right: bool):
    assert holder_right(dict(zip(("kind", "name", "country"), told, strict=True)), read) is right


def test_joint_acts_have_no_sides_and_others_do():
    told = label(event_type="AGREE", actors=[party("CHN"), party("LAO")], recipients=[])
    assert roles_right(told, event(EventType.AGREE))
    assert not roles_right(label(), event(actors=(LAO,), recipients=(CHN,)))
    assert not roles_right(label(), event(recipients=(LAO, THA)))


def test_the_country_that_troops_enter_may_be_left_out():
    told = label(event_type="MOBILIZE", recipients=[], where="LAO")
    assert roles_right(told, event(EventType.MOBILIZE))
    assert roles_right(told, event(EventType.MOBILIZE, recipients=()))
    assert not roles_right(told, event(EventType.MOBILIZE, recipients=(THA,)))


def test_wholly_right_asks_for_roles_status_date_and_country():
    told = label(when={"start": "2018-03-01", "end": "2018-03-31"}, where="LAO")
    laos = Place(name="Laos", place_id=None, kind=PlaceKind.COUNTRY, country="LAO")
    read = event(when=day(date(2018, 3, 9)), where=laos)
    assert wholly_right(told, read)
    assert not wholly_right(told, replace(read, when=None))
    assert not wholly_right(told, replace(read, where=None))
    assert not wholly_right(told, replace(read, status=Status.PLANNED))
    assert wholly_right(label(), event())


def test_figures_from_counts():
    counts = Counts(3, 1, 2) + Counts(1, 0, 1)
    assert (counts.precision, counts.recall) == (4 / 5, 4 / 7)
    assert counts.f1 == pytest.approx(2 / 3)
    assert interval([1.0, 1.0], lambda rows: sum(rows) / len(rows)) == (1.0, 1.0)
