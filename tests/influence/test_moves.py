"""Moves in a rival's sphere, linked answers, and silences that are only claimed where somebody looked."""

from datetime import date, timedelta

import pytest

from marchland.influence import Outcome, moves, rates
from marchland.lexicon.outlets import outlets
from marchland.model.dates import day
from marchland.model.ontology import EventType, HolderKind, Relation, Sector, Status, TieKind
from marchland.model.records import Claim, Holder, Link, Participant, Silence
from tests.influence.makers import document, event, mentions, tie

SINCE, UNTIL = date(2015, 1, 1), date(2019, 12, 31)
MOVE = date(2016, 10, 20)


def sphere():
    doc = document("old", date(2014, 1, 1))
    return [doc], [tie([doc], "RUS", "TJK", since=date(2004, 10, 16))]


def drill(on=MOVE, name="drill"):
    doc = document(name, on, publisher="Jade Gate Bulletin")
    return doc, event([doc], "CHN", "TJK", event_type=EventType.COOPERATE, contexts=("military",), on=on)


def russian(on, name="russian", *, about=True):
    """A document of a Russian outlet that tells something of the host, or nothing."""
    doc = document(name, on, publisher="TASS")
    return doc, [event([doc], "RUS", recipients=("TJK",), event_type=EventType.CONSULT, on=on)] if about else []


def link(source, target, relation=Relation.RESPONDS_TO):
    doc = document("link", MOVE)
    return Link(
        id=f"link-{source.id}", doc_id="link", status=Status.ASSERTED, mentions=mentions([doc], Status.ASSERTED), certainty=0.9,
        confidence=0.9, relation=relation, source=source.id, target=target.id,
    )  # fmt: skip


def look(events, docs, **asked):
    old_docs, base = sphere()
    return moves(events, base, [*old_docs, *docs], host="TJK", since=SINCE, until=UNTIL, registry=False, **asked)


def test_a_drill_in_the_patrons_sphere_is_a_move_that_nobody_looked_into():
    doc, act = drill()
    [move] = look([act], [doc])
    assert (move.power, move.rival, move.sort, move.day) == ("CHN", "RUS", "military", MOVE)
    assert (move.outcome, move.looked) == (Outcome.NOT_LOOKED, 0)


def test_the_rivals_own_outlets_make_it_a_silence():
    doc, act = drill()
    seen, told = russian(MOVE + timedelta(days=30))
    [move] = [m for m in look([act, *told], [doc, seen]) if m.power == "CHN"]
    assert (move.outcome, move.looked) == (Outcome.SILENT, 1)


@pytest.mark.parametrize(("days", "about"), [(200, True), (30, False)])
def test_reading_them_too_late_or_on_other_things_is_no_looking(days, about):
    doc, act = drill()
    seen, told = russian(MOVE + timedelta(days=days), about=about)
    [move] = [m for m in look([act, *told], [doc, seen]) if m.power == "CHN"]
    assert move.outcome is Outcome.NOT_LOOKED


def test_a_move_known_only_by_its_year_is_not_looked_into():
    doc = document("report", date(2018, 1, 1))
    outpost = tie([doc], "CHN", "TJK", kind=TieKind.OUTPOST, since=MOVE)
    vague = {
        f: getattr(outpost, f)
        for f in ("id", "doc_id", "status", "mentions", "certainty", "confidence", "kind", "power", "host")
    }
    from marchland.model.dates import year
    from marchland.model.records import Tie

    seen, told = russian(date(2016, 8, 1))
    old_docs, base = sphere()
    found = moves(
        told,
        [*base, Tie(**vague, since=year(2016))],
        [*old_docs, doc, seen],
        host="TJK",
        since=SINCE,
        until=UNTIL,
        registry=False,
    )
    [move] = [m for m in found if m.power == "CHN"]
    assert (move.outcome, move.since, move.until) == (Outcome.NOT_LOOKED, move.day, move.day)


@pytest.mark.parametrize(
    ("event_type", "relation", "outcome"),
    [
        (EventType.ACCUSE, Relation.RESPONDS_TO, Outcome.CONTEST),
        (EventType.MOBILIZE, Relation.CAUSED_BY, Outcome.CONTEST),
        (EventType.CONSULT, Relation.RESPONDS_TO, Outcome.BARGAIN),
        (EventType.SUPPORT, Relation.RESPONDS_TO, Outcome.ENDORSE),
        (EventType.SUPPORT, Relation.IN_RETURN_FOR, Outcome.BARGAIN),
    ],
)
def test_only_a_linked_act_of_the_rival_is_an_answer(event_type, relation, outcome):
    doc, act = drill()
    reply_doc = document("reply", MOVE + timedelta(days=10))
    reply = event([reply_doc], "RUS", recipients=("TJK",), event_type=event_type, on=MOVE + timedelta(days=10))
    unlinked = [m for m in look([act, reply], [doc, reply_doc]) if m.record_id == act.id]
    linked = [
        m for m in look([act, reply], [doc, reply_doc], links=[link(reply, act, relation)]) if m.record_id == act.id
    ]
    assert [m.outcome for m in unlinked] == [Outcome.NOT_LOOKED]
    assert [m.outcome for m in linked] == [outcome]
    assert linked[0].answers[0].record_id == reply.id


def test_a_linked_act_of_somebody_else_is_no_answer():
    doc, act = drill()
    other = event([doc], "USA", recipients=("TJK",), event_type=EventType.ACCUSE, on=MOVE)
    [move] = [m for m in look([act, other], [doc], links=[link(other, act)]) if m.record_id == act.id]
    assert move.outcome is Outcome.NOT_LOOKED


def test_a_planned_answer_is_none_yet():
    doc, act = drill()
    plan = event([doc], "RUS", recipients=("TJK",), event_type=EventType.ACCUSE, on=MOVE, status=Status.PLANNED)
    [move] = [m for m in look([act, plan], [doc], links=[link(plan, act)]) if m.record_id == act.id]
    assert move.answers == ()


def test_the_rivals_word_is_an_answer_too():
    doc, act = drill()
    said = Claim(
        id="said", doc_id=doc.doc_id, status=Status.ASSERTED, mentions=mentions([doc], Status.ASSERTED), certainty=0.9, confidence=0.9,
        holder=Holder(kind=HolderKind.SPEAKER, country="RUS"), polarity=-1,
    )  # fmt: skip
    [move] = look([act], [doc], links=[link(said, act)], statements=[said])
    assert move.outcome is Outcome.CONTEST


def test_a_told_silence_stays_the_texts_word():
    doc, act = drill()
    told = Silence(
        id="hush", doc_id=doc.doc_id, status=Status.ASSERTED, mentions=mentions([doc], Status.ASSERTED), certainty=0.9, confidence=0.9,
        party=Participant(country="RUS", sector=Sector.GOV), stimulus=act.id, window=day(MOVE),
    )  # fmt: skip
    [move] = look([act], [doc], silences=[told])
    assert (move.outcome, move.told) == (Outcome.TOLD_SILENT, ("hush",))


def test_a_drill_with_the_patron_is_no_move_against_it():
    doc = document("joint", MOVE)
    act = event([doc], "CHN", "RUS", "TJK", event_type=EventType.COOPERATE, contexts=("military",), on=MOVE)
    assert look([act], [doc]) == []


def test_no_rate_under_eight_comparable_moves():
    docs, events = [], []
    for i in range(8):
        on = date(2015, 2, 1) + timedelta(days=200 * i)
        doc, act = drill(on, f"drill{i}")
        seen, told = russian(on + timedelta(days=5), f"russian{i}")
        docs += [doc, seen]
        events += [act, *told]
    few = [m for m in look(events, docs) if m.power == "CHN"]
    [eight] = rates(few)
    [seven] = rates(few[:7])
    assert (eight.looked, eight.answered) == (8, 0)
    assert 0 < eight.rate < 0.25
    assert eight.low < eight.rate < eight.high
    assert (seven.looked, seven.rate) == (7, None)


def test_moves_nobody_looked_into_enter_no_rate():
    doc, act = drill()
    [rate] = rates(look([act], [doc]))
    assert (rate.moves, rate.looked, rate.rate) == (1, 0, None)


@pytest.mark.parametrize(
    ("publisher", "url", "home"),
    [
        ("Volga-Ural Telegraph", None, "RUS"),
        ("Jade Gate Bulletin", None, "CHN"),
        ("the New York Times", None, "USA"),
        ("XINHUA", None, "CHN"),
        (None, "https://www.asiaplustj.info/en/news", "TJK"),
        ("Unheard Gazette", "https://example.org/", None),
        (None, None, None),
    ],
)
def test_an_outlets_home_is_found_by_name_or_address(publisher, url, home):
    from dataclasses import replace

    assert outlets().home(replace(document("d", None), publisher=publisher, url=url)) == home
