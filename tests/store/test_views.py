"""What the queries mean."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from marchland.errors import CodingError, StoreError
from marchland.model.dates import day
from marchland.model.document import Span
from marchland.model.ontology import EventType, HolderKind, Relation, Status
from marchland.model.records import Claim, Holder, Link, Reading, Silence
from marchland.store import Added, Store
from tests.store.makers import CHN, RUS, TJK, document, drill, event, mention, reading, tie


@pytest.fixture
def store():
    with Store.in_memory() as made:
        yield made


def test_the_same_reading_changes_nothing_and_a_new_coder_replaces(store):
    assert store.add(*drill(0)) == Added(new=1)
    before = store.hash()
    assert store.add(*drill(0)) == Added(unchanged=1)
    assert store.hash() == before
    assert store.add(*drill(0, coder="2")) == Added(replaced=1)
    [found] = store.events()
    assert [m.coder for m in found.mentions] == ["2"]
    assert Added(new=1) + Added(unchanged=2) == Added(new=1, unchanged=2)


def test_country_is_any_party_and_power_is_an_actor_or_recipient(store):
    store.add(*drill(0))
    assert len(store.events(country="TJK")) == 1
    assert len(store.events(country="TJK", power=("RUS", "CHN"))) == 1
    assert store.events(country="TJK", power=("RUS",)) == ()
    assert len(store.events(power=("CHN",))) == 1
    assert store.events(country="KGZ") == ()


def test_of_a_tie_the_host_is_no_power(store):
    doc = document("a", "Russia has a base.")
    store.add(doc, reading(tie(doc, "has")))
    assert len(store.ties(country="TJK", power=("RUS",), type="base")) == 1
    assert store.ties(power=("TJK",)) == ()


def test_since_and_until_compare_with_told_days_else_with_the_publication(store):
    undated = document("u", "They met.", on=date(2016, 3, 3))
    store.add(undated, reading(event(undated, "met", event_type=EventType.CONSULT)))
    store.add(*drill(0))
    assert [e.event_type for e in store.events(since=date(2016, 10, 24), until=date(2016, 10, 24))] == ["COOPERATE"]
    assert [e.event_type for e in store.events(until=date(2016, 3, 3))] == ["CONSULT"]
    assert store.events(since=date(2016, 10, 25)) == ()


def test_a_tie_without_an_end_still_stands(store):
    doc = document("a", "Russia has a base.")
    store.add(doc, reading(tie(doc, "has", since=day(date(2004, 10, 16)))))
    assert len(store.ties(since=date(2030, 1, 1))) == 1
    assert store.ties(until=date(2004, 10, 15)) == ()


def test_type_and_status(store):
    store.add(*drill(0, status=Status.PLANNED, event_type=EventType.AGREE))
    assert len(store.events(type="AGREE", status="planned")) == 1
    assert store.events(type="COOPERATE") == ()
    assert store.events(status="asserted") == ()


def test_as_known_on_sees_what_had_been_taken_in_by_the_end_of_that_day(store):
    store.add(*drill(0), now=datetime(2020, 1, 5, 23, 59, tzinfo=UTC))
    store.add(*drill(1), now=datetime(2020, 1, 6, tzinfo=UTC))
    store.add(*drill(2))
    assert store.events(as_known_on=date(2020, 1, 4)) == ()
    assert store.mentions(store.events(as_known_on=date(2020, 1, 5))[0].id, as_known_on=date(2020, 1, 5)) == (
        drill(0)[1].records[0].mentions
    )
    assert len(store.events(as_known_on=date(2020, 1, 6))[0].mentions) == 2
    assert [d.doc_id for d in store.documents(as_known_on=date(2020, 1, 5))] == ["drill-0"]


def test_the_time_of_taking_in_is_the_first_and_not_in_the_hash(store):
    store.add(*drill(0), now=datetime(2020, 1, 5, tzinfo=UTC))
    before = store.hash()
    store.add(*drill(0, coder="2"), now=datetime(2021, 1, 5, tzinfo=UTC))
    store.add(*drill(0), now=datetime(2022, 1, 5, tzinfo=UTC))
    assert store.hash() == before
    assert len(store.events(as_known_on=date(2020, 1, 5))) == 1


def test_an_undated_document_was_out_when_it_was_taken_in(store):
    doc = document("a", "They met.", on=None)
    store.add(doc, reading(event(doc, "met")), now=datetime(2020, 1, 5, tzinfo=UTC))
    assert store.events(as_of=date(2020, 1, 4)) == ()
    assert len(store.events(as_of=date(2020, 1, 5))) == 1


def test_statements_silences_and_links_point_at_merged_records(store):
    store.add(*drill(0))
    doc = document("z", "A joint drill was held. It was the first. Moscow was silent.", on=date(2016, 11, 1))
    act = event(doc, "held", when=day(date(2016, 10, 24)))
    shared: dict[str, Any] = {"doc_id": "z", "status": Status.ASSERTED, "certainty": 0.9, "confidence": 0.9}
    claim = Claim(
        id="c", mentions=(mention(doc, "first"),), holder=Holder(kind=HolderKind.AUTHOR), about=(act.id,), **shared
    )
    silence = Silence(id="s", mentions=(mention(doc, "silent"),), party=RUS, stimulus=act.id, **shared)
    link = Link(
        id="l", mentions=(mention(doc, "silent"),), relation=Relation.RESPONDS_TO, source="s", target=act.id, **shared
    )
    store.add(doc, Reading(records=(act, claim, silence, link)))
    [merged] = store.events()
    assert len(merged.mentions) == 2
    assert merged.id != act.id
    assert store.record(act.id) == merged
    assert [s.about for s in store.statements(country="TJK")] == [(merged.id,)]
    assert [s.stimulus for s in store.silences(country="RUS")] == [merged.id]
    assert [(x.source, x.target) for x in store.links(country="CHN", type="responds_to")] == [("s", merged.id)]
    assert store.statements(type="forecast") == ()


def test_a_stimulus_that_is_only_words_is_kept(store):
    doc = document("z", "Moscow was silent.")
    told = Silence(id="s", doc_id="z", status=Status.ASSERTED, certainty=1.0, confidence=1.0,
                   mentions=(mention(doc, "silent"),), party=RUS, stimulus=Span(start=0, end=6))  # fmt: skip
    store.add(doc, reading(told))
    assert store.silences() == (told,)


def test_search_finds_words_phrases_and_survives_syntax(store):
    store.add(document("a", "The troops drilled near the river."), reading())
    store.add(document("b", "A river of words."), reading())
    assert [h.doc_id for h in store.search("RIVER troops")] == ["a"]
    assert [h.doc_id for h in store.search('"near the river"')] == ["a"]
    assert store.search('"the near river"') == ()
    assert len(store.search("river", limit=1)) == 1
    assert "\u2039river\u203a" in store.search("river words")[0].snippet
    for odd in ("", '"', "AND", "river NEAR(", "title:x", "river*", "-river", "^a OR (", "'; DROP"):
        store.search(odd)


def test_documents_are_asked_for_by_party_and_day(store):
    store.add(*drill(0))
    store.add(document("empty", "Nothing.", on=date(2016, 1, 1)), reading())
    assert [d.doc_id for d in store.documents()] == ["empty", "drill-0"]
    assert [d.doc_id for d in store.documents(country="TJK")] == ["drill-0"]
    assert [d.doc_id for d in store.documents(until=date(2016, 2, 1))] == ["empty"]


def test_a_mention_that_does_not_quote_the_document_is_refused(store):
    _, told = drill(0)
    with pytest.raises(CodingError, match="is not in its text"):
        store.add(document("other", "Another text."), told)
    assert store.documents() == ()


def test_two_documents_cannot_claim_one_record_id(store):
    one, other = document("a", "They met."), document("b", "They met again.")
    claim: dict[str, Any] = {
        "holder": Holder(kind=HolderKind.AUTHOR),
        "status": Status.ASSERTED,
        "certainty": 1.0,
        "confidence": 1.0,
    }
    store.add(one, reading(Claim(id="same", doc_id="a", mentions=(mention(one, "met"),), **claim)))
    with pytest.raises(StoreError, match="the id is in the store already"):
        store.add(other, reading(Claim(id="same", doc_id="b", mentions=(mention(other, "met"),), **claim)))
    assert [d.doc_id for d in store.documents()] == ["a"]


def test_split_of_the_unknown_says_what_to_do(store):
    with pytest.raises(StoreError, match="holds no record x"):
        store.split("x", "y")


def test_parties_of_a_merged_event_are_those_of_all_tellings(store):
    store.add(*drill(0))
    store.add(*drill(1, actors=(TJK, RUS, CHN)))
    [found] = store.events()
    assert [p.country for p in found.actors] == ["CHN", "TJK", "RUS"]
    assert store.events(country="RUS") == (found,)
