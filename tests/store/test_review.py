"""What a person says about a record counts, outlives a new reading, and can be taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from marchland.errors import CodingError, StoreError
from marchland.model.dates import day
from marchland.model.document import Document
from marchland.model.ontology import EventType, Status, TieKind
from marchland.model.records import AnyRecord, Event, Participant, Reading
from marchland.store import Correction, Store, correction_from, correction_json
from tests.store.makers import CHN, DRILL_DAY, RUS, TJK, document, drill, event, reading, tie

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def told(number: int = 0) -> str:
    return drill(number)[1].records[0].id


@pytest.fixture
def store():
    with Store.in_memory() as made:
        for n in range(3):
            made.add(*drill(n))
        yield made


def everything(store: Store) -> tuple[Any, ...]:
    return store.events(), store.ties(), store.statements(), store.silences(), store.links()


def replayed(log: tuple[Correction, ...], corpus: list[tuple[Document, Reading]], *, first: bool = False) -> Store:
    """A fresh store of the same documents with the log laid over it, by way of its JSON."""
    out = Store.in_memory()
    lines = [correction_from(correction_json(c), "log") for c in log]
    if first:
        out.replay(lines)
    for doc, read in corpus:
        out.add(doc, read)
    if not first:
        out.replay(lines)
    return out


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


def two_acts(*, kind: type = Event) -> list[tuple[Document, Reading]]:
    """Two tellings that the matcher does not join: their days are a year apart."""
    docs = [document(f"a{n}", f"In year {n} they held a drill.", on=date(2015 + n, 1, 1)) for n in range(2)]
    return [(d, reading(event(d, "held", when=day(date(2014 + n, 5, 1))))) for n, d in enumerate(docs)]


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


# ---- added by hand ----

TEXT = "The river froze. China gave Tajikistan twelve lorries. They held a drill."


def lorries() -> tuple[Document, Reading]:
    doc = document("lorries", TEXT)
    return doc, reading(event(doc, "held", when=day(DRILL_DAY)))


GIFT = {
    "record": "event",
    "doc_id": "lorries",
    "start": 17,
    "end": 54,
    "type": "AID",
    "actors": "CHN",
    "recipients": "TJK",
}


def test_a_record_added_by_hand_quotes_its_sentence_and_counts():
    with Store.in_memory() as store:
        store.add(*lorries())
        store.add_record({**GIFT, "when": "2016-10-01", "trigger": [23, 27]}, by="Ann")
        [found] = store.events(type="AID")
        [mention] = found.mentions
        assert mention.quote == "China gave Tajikistan twelve lorries."
        assert (mention.rule, mention.coder, found.confidence) == ("review", "Ann", 1.0)
        assert TEXT[mention.trigger.start : mention.trigger.end] == "gave"
        store.edit(found.id, {"recipients": "KGZ"}, by="Ann")
        assert [p.country for p in store.events(type="AID")[0].recipients] == ["KGZ"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"record": "rumour"}, "no kind of record"),
        ({"record": ["event"]}, "no kind of record"),
        ({"doc_id": "none"}, "holds no document"),
        ({"end": 500}, "lies outside"),
        ({"start": "17"}, "lies outside"),
        ({"trigger": [0, 5]}, "outside the sentence"),
        ({"type": None}, "it is one of"),
        ({"mentions": []}, "has event_type"),
        ({"record": "tie", "type": "base", "actors": None}, "has kind"),
    ],
)
def test_a_record_that_cannot_stand_is_not_added(change, said):
    with Store.in_memory() as store:
        store.add(*lorries())
        with pytest.raises((CodingError, StoreError), match=said):
            store.add_record({**GIFT, **change}, by="Ann")
        assert len(store.events()) == 1


@pytest.mark.parametrize(
    "told_",
    [
        {"record": "tie", "type": "arms_supply", "power": "CHN", "host": "TJK", "since": "2016"},
        {"record": "claim", "holder": "author", "parties": "CHN,TJK"},
        {"record": "forecast", "holder": "A. Known", "parties": "CHN", "probability": "0.2..0.4", "horizon": "2017"},
        {"record": "silence", "party": "RUS", "window": "2016-10"},
    ],
)
def test_other_kinds_are_added_and_kept_through_a_new_reading(told_):
    with Store.in_memory() as store:
        doc, read = lorries()
        store.add(doc, read)
        store.add_record({"doc_id": "lorries", "start": 17, "end": 54, **told_}, by="Ann")
        kept = everything(store)
        assert sum(map(len, kept)) == 2
        store.add(doc, replace(read, records=(event(doc, "drill", when=day(DRILL_DAY)),)))
        assert sum(map(len, everything(store))) == 2
        assert store.conflicts() == ()


def test_what_the_coder_reads_later_takes_the_place_of_what_was_added():
    doc, read = lorries()
    with Store.in_memory() as store:
        store.add(doc, read)
        store.add_record({**GIFT, "when": "2016-10-01"}, by="Ann")
        gift = event(
            doc, "gave", event_type=EventType.AID, actors=(CHN,), recipients=(TJK,), when=day(date(2016, 9, 9))
        )
        store.add(doc, reading(gift, *read.records))
        [found] = store.events(type="AID")
        assert (found.id, found.when) == (gift.id, day(date(2016, 10, 1)))
        with pytest.raises(StoreError, match="told there already"):
            store.add_record(GIFT, by="Ann")


def test_undoing_the_adding_takes_what_was_said_of_it_too():
    with Store.in_memory() as store:
        store.add(*lorries())
        before = store.hash()
        done = store.add_record(GIFT, by="Ann")
        store.edit(store.events(type="AID")[0].id, {"recipients": "KGZ"}, by="Ann")
        store.undo(done.n, by="Ann")
        assert store.events(type="AID") == ()
        assert store.hash() == before


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
