"""What a person has said outlives a new reading, and its log rebuilds the corrected state."""

from dataclasses import replace
from datetime import date

import pytest

from marchland.errors import CodingError, StoreError
from marchland.model.dates import day
from marchland.model.ontology import EventType, Status
from marchland.model.records import AnyRecord, Participant
from marchland.store import Store, correction_from, correction_json
from tests.store.makers import CHN, DRILL_DAY, RUS, document, drill, event, reading, tie
from tests.store.reviewed import GIFT, NOW, everything, lorries, replayed, told, two_acts

# ---- a newer coder ----


def test_correction_holds_against_a_new_reading_and_the_difference_is_listed():
    doc, _ = drill(0)
    with Store.in_memory() as store:
        store.add(*drill(0))
        store.edit(told(), {"type": "CONSULT"}, by="Ann")
        store.add(*drill(0, coder="2", event_type=EventType.MOBILIZE, certainty=0.4))
        [found] = store.events()
        assert (found.event_type, found.certainty) == (EventType.CONSULT, 0.4)
        [conflict] = store.conflicts()
        assert (conflict.kind, conflict.field) == ("read otherwise", "event_type")
        assert (conflict.read_then, conflict.read_now, conflict.stands) == ("COOPERATE", "MOBILIZE", "CONSULT")
        store.add(*drill(0, coder="3", event_type=EventType.CONSULT))
        assert store.conflicts() == ()  # the coder has come round
        assert store.document(doc.doc_id) == doc


def test_rejection_holds_where_the_new_reading_cuts_the_trigger_otherwise():
    doc, read = drill(0)
    with Store.in_memory() as store:
        store.add(doc, read)
        store.reject(told(), by="Ann")
        store.add(doc, reading(event(doc, "held a joint", when=day(DRILL_DAY))))
        assert store.events() == ()
        store.add(doc, reading(event(doc, "says", when=day(DRILL_DAY))))
        assert len(store.events()) == 1  # another act of the same sentence
        assert [c.kind for c in store.conflicts()] == ["dormant"]


def test_what_a_person_vouched_for_stays_where_the_new_reading_lacks_it():
    doc, read = drill(0)
    with Store.in_memory() as store:
        store.add(doc, read)
        store.accept(told(), by="Ann")
        kept = store.events()
        store.add(doc, reading())
        assert store.events() == kept
        assert [c.kind for c in store.conflicts()] == ["no longer read"]
        store.edit(told(), {"status": "denied"}, by="Ann")
        assert store.events()[0].status is Status.DENIED
        store.add(doc, read)
        assert store.events()[0].status is Status.DENIED
        assert store.conflicts() == ()


def test_one_trigger_that_tells_two_ties_is_corrected_for_the_one_that_was_meant():
    doc = document("two", "Russia and China have bases there.")
    bases = [replace(tie(doc, "bases", power=p), id=f"{p.country}") for p in (RUS, CHN)]
    with Store.in_memory() as store:
        store.add(doc, reading(*bases))
        store.reject("CHN", by="Ann")
        assert [t.id for t in store.ties()] == ["RUS"]
        store.add(doc, reading(*(replace(b, certainty=0.5) for b in reversed(bases))))
        assert [t.id for t in store.ties()] == ["RUS"]
        store.add(doc, reading(bases[0]))
        assert [t.id for t in store.ties()] == ["RUS"]


def test_a_changed_text_is_another_text():
    doc, read = drill(0)
    with Store.in_memory() as store:
        store.add(doc, read)
        store.reject(told(), by="Ann")
        longer = document("drill-0", f"{doc.text} It was a parade.", on=doc.published.best)
        store.add(longer, reading(event(longer, "held", when=day(DRILL_DAY))))
        assert len(store.events()) == 1
        assert [c.kind for c in store.conflicts()] == ["text changed"]


# ---- the log ----


def test_log_rebuilds_the_corrected_state_in_a_fresh_store_whichever_comes_first(store):
    corpus = [drill(n) for n in range(3)] + two_acts() + [lorries()]
    for doc, read in corpus[3:]:
        store.add(doc, read)
    store.reject(told(), by="Ann", whole=False, at=NOW)
    store.edit(told(1), {"when": "2016-10-23", "where": "Khorog"}, by="Ben", note="see the map", at=NOW)
    left, right = (r.records[0].id for _, r in two_acts())
    store.merge(left, right, by="Ann")
    store.accept(left, by="Ann")
    added = store.add_record(GIFT, by="Ben")
    store.undo(store.reject(added.subjects[0].after["id"], by="Ann").n, by="Ben")
    for first in (False, True):
        with replayed(store.corrections(), corpus, first=first) as other:
            assert (other.hash(), everything(other)) == (store.hash(), everything(store))
            assert [replace(c, n=0) for c in other.corrections()] == [replace(c, n=0) for c in store.corrections()]
            assert other.replay(store.corrections()) == 0


def test_log_is_in_json_what_it_was(store):
    store.edit(told(), {"when": "2016"}, by="Ann", note="n", at=NOW)
    [c] = store.corrections()
    line = correction_json(c)
    assert (line["who"], line["at"], line["note"]) == ("Ann", "2024-05-01T12:00:00Z", "n")
    first = line["subjects"][0]
    assert first["before"]["when"]["start"] == "2016-10-24"
    assert first["after"]["when"]["start"] == "2016-01-01"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda e: e.pop("who"), "no entry of a log"),
        (lambda e: e.update(action="forget"), "no entry of a log"),
        (lambda e: e.update(takes_back="x"), "no entry of a log"),
        (lambda e: e.update(subjects=[{}]), "no entry of a log"),
        (lambda e: e["subjects"][0]["after"].pop("status"), "no entry of a log"),
        (lambda e: e["subjects"][0].update(doc_id=7), "no entry of a log"),
        (lambda e: e.update(action="undo", takes_back="missing", subjects=[]), "which is missing"),
        (lambda e: e["subjects"][0]["changes"].update(event_type="PARADE"), "PARADE"),
        (lambda e: e.update(who=""), "needs the name"),
    ],
)
def test_a_log_that_was_spoiled_on_its_way_changes_nothing(store, spoil, said):
    store.edit(told(), {"type": "AID"}, by="Ann")
    line = correction_json(store.corrections()[0])
    spoil(line)
    with Store.in_memory() as other:
        for n in range(3):
            other.add(*drill(n))
        before = other.hash()
        with pytest.raises((StoreError, CodingError), match=said):
            other.replay([correction_from(line, "log, line 1")])
        assert other.hash() == before


def test_a_record_of_a_spoiled_log_that_quotes_nothing_is_left_out(store):
    store.accept(told(), by="Ann", whole=False)
    line = correction_json(store.corrections()[0])
    for m in line["subjects"][0]["after"]["mentions"]:
        m["quote"] = "x" * len(m["quote"])
    with Store.in_memory() as other:
        other.add(drill(0)[0], reading())
        other.replay([correction_from(line, "log, line 1")])
        assert other.events() == ()


def test_history_of_a_record_tells_who_did_what(store):
    store.edit(told(1), {"type": "AID"}, by="Ann")
    done = store.reject(told(), by="Ben")
    store.undo(done.n, by="Ann")
    assert [(c.action, c.who) for c in store.history(told(1))] == [("edit", "Ann"), ("reject", "Ben"), ("undo", "Ann")]
    assert store.history("0123") == ()


def test_failed_merge_leaves_no_trace_in_what_is_seen(store):
    far = document("far", "A drill was held by the river in another year.", on=date(2019, 1, 1))
    store.add(far, reading(event(far, "held", when=day(date(2018, 1, 1)))))
    other: AnyRecord = store.reading("far").records[0]
    store.split(told(0), told(1), by="Ann")
    store.merge(told(0), other.id, by="Ann")
    before = store.hash(), store.events()
    with pytest.raises(StoreError):
        store.merge(told(1), other.id, by="Ann")
    assert (store.hash(), store.events()) == before


def test_parties_of_whom_nothing_is_known_are_told_as_such(store):
    store.edit(told(), {"actors": ""}, by="Ann")
    assert store.events()[0].actors == (Participant(),)
