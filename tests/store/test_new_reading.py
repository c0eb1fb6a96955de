"""Fifty corrections hold after every document is read anew by another coder, and the log rebuilds what they made."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marchland.model.dates import day
from marchland.model.ontology import EventType, TieKind
from marchland.model.records import Event, Tie
from marchland.store import Store, correction_from, correction_json
from tests.store.makers import CHN, RUS, TJK, document, event, reading, tie
from tests.store.newer_coder import Corpus, reread, scripted
from tests.strategies import corpora


def corpus(chance: Random, count: int = 70) -> Corpus:
    """Dispatches in which each sentence tells one record; some tell the same drill."""
    out: Corpus = []
    for n in range(count):
        on = date(2016, 1, 1) + timedelta(days=chance.randrange(300))
        words = [f"verb{n}x{k}" for k in range(3)]
        doc = document(f"d{n:03}", " ".join(f"They {w} the {chance.choice('abc')} at the river." for w in words), on=on)
        kinds = chance.choice([TieKind.BASE, TieKind.DEBT]), chance.choice([EventType.AID, EventType.COOPERATE])
        records: list[Event | Tie] = [
            event(
                doc, words[0], event_type=kinds[1], actors=(chance.choice([CHN, RUS]),), recipients=(TJK,), when=day(on)
            ),
            tie(doc, words[1], kind=kinds[0], power=chance.choice([CHN, RUS]), since=day(on)),
        ]
        if n % 4 == 0:  # the same drill, told again and again
            records.append(event(doc, words[2], when=day(date(2016, 5, 1))))
        out.append((doc, reading(*records)))
    return out


def filled(told: Corpus) -> Store:
    store = Store.in_memory()
    for doc, read in told:
        store.add(doc, read)
    return store


def everything(store: Store) -> tuple[object, ...]:
    return store.hash(), store.events(), store.ties(), store.statements()


@pytest.mark.parametrize("seed", range(4))
def test_fifty_scripted_corrections_hold_after_a_full_new_reading(seed: int):
    chance = Random(seed)
    old = corpus(chance)
    with filled(old) as store:
        claims = scripted(chance, store, 50)
        assert [c.action for c in claims if not c.holds(store)] == []
        assert len(Counter(c.action for c in claims)) >= 6
        new = reread(chance, old)
        for doc, read in new:
            store.add(doc, read)
        assert [c.action for c in claims if not c.holds(store)] == []
        assert store.conflicts() != ()
        log = [correction_from(correction_json(c), "log") for c in store.corrections()]
        with filled(new) as fresh:
            assert fresh.replay(log) == 50
            assert everything(fresh) == everything(store)
            assert fresh.conflicts() == store.conflicts()
        for doc, read in old:  # and back again
            store.add(doc, read)
        assert [c.action for c in claims if not c.holds(store)] == []
        for c in reversed(store.corrections()):
            store.undo(c.n, by="Ann")
        with filled(old) as untouched:
            assert everything(store) == everything(untouched)


slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow
@given(corpora(max_size=4), st.data())
def test_log_over_any_documents_in_any_order_gives_the_same_state(told: Corpus, data: st.DataObject):
    chance = data.draw(st.randoms(use_true_random=False))
    with filled(told) as store:
        before = everything(store)
        for _ in range(4):
            ids = [r.id for rs in (store.events(), store.ties(), store.statements(), store.silences()) for r in rs]
            if not ids:
                break
            one, other = chance.choice(ids), chance.choice(ids)
            sorts = {(type(store.record(i)), getattr(store.record(i), "kind", None)) for i in (one, other)}
            action = chance.choice(["accept", "reject", "edit", "merge", "undo"])
            if action == "merge" and one != other and len(sorts) == 1:
                store.merge(one, other, by="Ann")
            elif action == "accept":
                store.accept(one, by="Ann", whole=chance.random() < 0.5)
            elif action == "reject":
                store.reject(one, by="Ann", whole=chance.random() < 0.5)
            elif action == "edit":
                store.edit(one, {"status": chance.choice(["denied", "planned", "asserted"])}, by="Ben")
            elif standing := [c for c in store.corrections() if c.standing]:
                store.undo(chance.choice(standing).n, by="Ben")
        log = store.corrections()
        with filled(chance.sample(told, len(told))) as fresh:
            fresh.replay(log)
            assert everything(fresh) == everything(store)
        with Store.in_memory() as later:
            later.replay(log)
            for doc, read in chance.sample(told, len(told)):
                later.add(doc, read)
            assert everything(later) == everything(store)
        for c in reversed(log):
            if next(x for x in store.corrections() if x.id == c.id).standing:
                store.undo(c.n, by="Ann")
        assert everything(store) == before
