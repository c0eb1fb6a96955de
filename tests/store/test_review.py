"""What a person says about a record counts, and can be taken back; two records are one, or two, by their word."""

from datetime import date

import pytest

from marchland.errors import CodingError, StoreError
from marchland.model.dates import day
from marchland.model.ontology import EventType, Status, TieKind
from marchland.store import Store
from tests.store.makers import DRILL_DAY, document, drill, event, reading, tie
from tests.store.reviewed import NOW, everything, told, two_acts


def test_what_is_rejected_counts_no_longer_and_comes_back_with_undo(store):
    before = store.hash(), everything(store)
    done = store.reject(told(), by="Ann", note="a parade", at=NOW)
    assert store.events() == ()
    assert [r.record.doc_id for r in store.rejected()] == ["drill-0", "drill-1", "drill-2"]
    assert {r.correction.note for r in store.rejected()} == {"a parade"}
    store.undo(done.n, by="Ann", at=NOW)
    assert (store.hash(), everything(store)) == before
    assert store.rejected() == ()


def test_one_telling_can_be_rejected_alone(store):
    store.reject(told(1), by="Ann", whole=False)
    [found] = store.events()
    assert [m.doc_id for m in found.mentions] == ["drill-0", "drill-2"]


def test_undo_of_undo_restores_and_only_what_stands_can_be_undone(store):
    done = store.reject(told(), by="Ann")
    back = store.undo(done.n, by="Ben")
    with pytest.raises(StoreError, match="taken back already"):
        store.undo(done.id, by="Ben")
    store.undo(back.n, by="Ann")
    assert store.events() == ()
    assert [c.standing for c in store.corrections()] == [True, False, True]
    with pytest.raises(StoreError, match="no such entry"):
        store.undo(99, by="Ann")


def test_accepted_record_is_sure_and_bears_the_persons_name(store):
    store.accept(told(), by="Ann", at=NOW)
    [found] = store.events()
    assert found.confidence == 1.0
    assert {m.rule for m in found.mentions} == {"review"}
    assert {m.coder for m in found.mentions} == {"Ann; r 1"}


def test_edited_fields_count_in_every_question(store):
    store.edit(told(), {"type": "AID", "actors": "RUS MIL", "recipients": ["TJK"], "when": "2017-02"}, by="Ann")
    assert store.events(type="COOPERATE") == ()
    assert store.events(power=("CHN",)) == ()
    assert store.events(until=date(2016, 12, 31)) == ()
    [found] = store.events(country="TJK", power=("RUS",), since=date(2017, 2, 28))
    assert (found.event_type, found.actors[0].sector, len(found.mentions)) == (EventType.AID, "MIL", 3)
    assert found.id == told()


def test_edited_status_is_that_of_the_tellings_too(store):
    store.edit(told(), {"status": "alleged"}, by="Ann")
    [found] = store.events(status="alleged")
    assert {m.status for m in found.mentions} == {Status.ALLEGED}


def test_a_new_type_leaves_the_mode_of_the_old_one_behind():
    with Store.in_memory() as store:
        store.add(*drill(0, event_type=EventType.MOBILIZE, mode="troops"))
        store.edit(told(), {"event_type": "AID"}, by="Ann")
        assert store.events()[0].mode is None


def test_place_is_found_by_its_name(store):
    store.edit(told(), {"where": "Khorog"}, by="Ann")
    [found] = store.events()
    assert (found.where.name, found.where.country, found.where.kind) == ("Khorog", "TJK", "city")
    store.edit(told(), {"where": ""}, by="Ann")
    assert store.events()[0].where is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "no field is given"),
        ({"colour": "red"}, "has event_type, base"),
        ({"type": "PARADE"}, "it is one of AGREE"),
        ({"status": "certain"}, "it is one of asserted"),
        ({"actors": "Atlantis"}, "no such country"),
        ({"actors": [{"country": "XXX"}]}, "no such code"),
        ({"actors": [{"country": "CHN", "colour": "red"}]}, "a party has"),
        ({"actors": [{"sector": ["MIL"]}]}, "it is text"),
        ({"actors": [{"sector": "NAVY"}]}, "it is one of GOV"),
        ({"when": "2016-13"}, "no date"),
        ({"when": "2017..2016"}, "must not follow"),
        ({"where": "Nowhere-upon-Sea"}, "no such place"),
        ({"where": {"name": "X", "kind": "city", "lat": 91, "lon": 0}}, "between -90 and 90"),
        ({"where": {"name": "X", "kind": "city", "lat": 10}}, "both lat and lon"),
        ({"certainty": 2}, "from 0 to 1"),
        ({"certainty": "nan"}, "ordinary size"),
        ({"type": "AID", "mode": "troops"}, "has no modes"),
        ({"quantities": [{"value": None}]}, "a value or a bound"),
    ],
)
def test_a_value_that_no_record_can_have_is_refused_and_nothing_is_kept(store, changes, said):
    before = store.hash()
    with pytest.raises(CodingError, match=said):
        store.edit(told(), changes, by="Ann")
    assert store.hash() == before
    assert store.corrections() == ()


def test_a_correction_needs_a_name_and_a_record(store):
    with pytest.raises(StoreError, match="needs the name"):
        store.reject(told(), by="  ")
    with pytest.raises(StoreError, match="holds no record"):
        store.reject("0123", by="Ann")
    store.reject(told(), by="Ann")
    with pytest.raises(StoreError, match="a person rejected it"):
        store.accept(told(), by="Ann")


def test_a_row_of_the_registry_is_not_the_stores_to_correct(store):
    from marchland.lexicon.registry import registry

    with pytest.raises(StoreError, match="shipped registry"):
        store.reject(registry().ties[0].id, by="Ann")


def test_two_records_are_one_by_a_persons_word_and_two_again_with_undo():
    corpus = two_acts()
    left, right = (r.records[0].id for _, r in corpus)
    with Store.in_memory() as store:
        for doc, read in corpus:
            store.add(doc, read)
        before = store.hash(), store.events()
        done = store.merge(left, right, by="Ann")
        [found] = store.events()
        assert [m.doc_id for m in found.mentions] == ["a0", "a1"]
        assert "joined by Ann" in [r for m in store.merges(found.id) for r in m.reasons]
        assert store.events(as_of=date(2015, 6, 1))[0].mentions[0].doc_id == "a0"
        with pytest.raises(StoreError, match="one record already"):
            store.merge(left, right, by="Ann")
        store.undo(done.n, by="Ann")
        assert (store.hash(), store.events()) == before


def test_whole_records_are_joined_and_not_just_their_tellings(store):
    far = document("far", "A drill was held by the river in another year.", on=date(2019, 1, 1))
    store.add(far, reading(event(far, "held", when=day(date(2018, 1, 1)))))
    store.merge(told(2), store.reading("far").records[0].id, by="Ann")
    [found] = store.events()
    assert [m.doc_id for m in found.mentions] == ["drill-0", "drill-1", "drill-2", "far"]


def test_kinds_are_not_mixed():
    doc = document("d", "Russia has a base. They held a drill. They run a school.")
    records = event(doc, "held", when=day(DRILL_DAY)), tie(doc, "base"), tie(doc, "school", kind=TieKind.EDUCATION)
    with Store.in_memory() as store:
        store.add(doc, reading(*records))
        for left, right in ((0, 1), (1, 2)):
            with pytest.raises(StoreError, match="only records of one kind"):
                store.merge(records[left].id, records[right].id, by="Ann")


def test_the_last_word_on_a_pair_counts(store):
    store.split(told(0), told(1), by="Ann")
    assert len(store.events()) == 2
    store.merge(told(0), told(1), by="Ben")
    assert len(store.events()) == 1
    store.split(told(0), told(1), by="Ann")
    assert store.record(told(0)).id != store.record(told(1)).id


def test_what_a_person_took_apart_is_not_joined_by_way_of_a_third(store):
    far = document("far", "A drill was held by the river in another year.", on=date(2019, 1, 1))
    store.add(far, reading(event(far, "held", when=day(date(2018, 1, 1)))))
    other = store.reading("far").records[0].id
    store.split(told(0), told(1), by="Ann")
    store.merge(told(0), other, by="Ann")
    with pytest.raises(StoreError, match="took tellings of them apart"):
        store.merge(told(1), other, by="Ann")
    assert store.record(told(0)).id != store.record(told(1)).id
    assert [c.action for c in store.corrections()] == ["split", "merge"]
