"""A record that a person adds quotes its sentence, counts, and gives way to what the coder reads later."""

from dataclasses import replace
from datetime import date

import pytest

from marchland.errors import CodingError, StoreError
from marchland.model.dates import day
from marchland.model.ontology import EventType
from marchland.store import Store
from tests.store.makers import CHN, DRILL_DAY, TJK, event, reading
from tests.store.reviewed import GIFT, TEXT, everything, lorries


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
