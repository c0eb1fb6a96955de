"""What must hold for any documents."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marchland.store import Store
from tests.store.makers import crowd
from tests.strategies import FIRST_DAY, LAST_DAY, corpora

slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def filled(corpus):
    store = Store.in_memory()
    for document, reading in corpus:
        store.add(document, reading)
    return store


def everything(store):
    return store.events(), store.ties(), store.statements(), store.silences(), store.links()


@slow
@given(corpora(max_size=1))
def test_store_returns_what_it_was_given(corpus):
    [(document, reading)] = corpus
    with filled(corpus) as store:
        assert store.document(document.doc_id) == document
        assert store.reading(document.doc_id) == reading
        kept = {e.id: e for e in store.events()}
        assert kept == {e.id: e for e in reading.events if e.id in kept}
        assert {m for e in reading.events for m in e.mentions} == {m for e in store.events() for m in e.mentions}


@slow
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_adding_changes_nothing(corpus, random):
    shuffled = random.sample(corpus, len(corpus))
    with filled(corpus) as one, filled(shuffled) as other:
        assert one.hash() == other.hash()
        assert everything(one) == everything(other)


@slow
@given(corpora())
def test_no_source_is_lost_by_merging(corpus):
    with filled(corpus) as store:
        kept = [m for records in everything(store) for r in records for m in r.mentions]
        given_ = [m for _, reading in corpus for r in reading.records for m in r.mentions]
        assert sorted(map(repr, kept)) == sorted(map(repr, given_))


@slow
@given(corpora(), st.data())
def test_split_restores_the_earlier_state_and_unsplit_the_later(corpus, data):
    with filled(corpus) as store:
        before = store.hash(), everything(store)
        joined = [store.tellings(r.id) for rs in everything(store) for r in rs]
        joined = [told for told in joined if told[0].doc_id != told[-1].doc_id]
        if not joined:
            return
        told = data.draw(st.sampled_from(joined))
        left, right = told[0], told[-1]
        store.split(left.id, right.id)
        assert store.record(left.id).id != store.record(right.id).id
        if len(told) == 2:
            assert {store.record(left.id).id, store.record(right.id).id} == {left.id, right.id}
            assert store.record(left.id).mentions == left.mentions
        store.unsplit(left.id, right.id)
        assert (store.hash(), everything(store)) == before


@slow
@given(corpora(), st.dates(FIRST_DAY, LAST_DAY))
def test_a_day_sees_what_a_store_without_the_future_holds(corpus, day):
    known = [(d, r) for d, r in corpus if d.published and d.published.best and d.published.best <= day]
    with filled(corpus) as store, filled(known) as past:
        assert store.events(as_of=day) == past.events()
        assert store.ties(as_of=day) == past.ties()
        assert store.links(as_of=day) == past.links()
        assert store.origins(as_of=day) == past.origins()


@slow
@given(corpora(), st.data())
def test_a_new_reading_leaves_no_trace_of_the_old(corpus, data):
    replaced = data.draw(corpora(max_size=len(corpus)))
    final = {d.doc_id: (d, r) for d, r in [*corpus, *replaced]}
    with filled([*corpus, *replaced]) as store, filled(final.values()) as fresh:
        assert store.hash() == fresh.hash()
        assert everything(store) == everything(fresh)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_query_is_a_syntax_error(text):
    with Store.in_memory() as store:
        assert store.search(text) == ()


def test_an_empty_store_answers_everything_with_nothing():
    with Store.in_memory() as store:
        assert everything(store) == ((), (), (), (), ())
        assert store.events(as_of=date(2020, 1, 1), country="TJK", power=("CHN",)) == ()
        assert (store.record("x"), store.document("x"), store.mentions("x")) == (None, None, ())


@pytest.mark.parametrize("seed", range(25))
def test_a_crowd_of_tellings_of_one_fortnight_merges_the_same_in_any_order_and_on_any_day(seed):
    chance = random.Random(seed)
    corpus = crowd(chance)
    with filled(corpus) as store, filled(chance.sample(corpus, len(corpus))) as other:
        assert (store.hash(), store.events()) == (other.hash(), other.events())
        seen_on = date(2016, 10, 1) + timedelta(days=chance.randrange(15))
        with filled([(d, r) for d, r in corpus if d.published.best <= seen_on]) as past:
            assert store.events(as_of=seen_on) == past.events()


@pytest.mark.parametrize("seed", range(25))
def test_what_is_split_in_a_crowd_stays_split_whatever_comes_later_and_can_be_joined_again(seed):
    chance = random.Random(seed)
    corpus = crowd(chance)
    with filled(corpus) as store:
        before = store.hash(), store.events()
        joined = [store.tellings(e.id) for e in store.events()]
        joined = [told for told in joined if told[0].doc_id != told[-1].doc_id]
        if not joined:
            return
        told = chance.choice(joined)
        left, right = told[0], told[-1]
        store.split(left.id, right.id)
        assert store.record(left.id).id != store.record(right.id).id
        with filled([(d, r) for d, r in corpus if d.doc_id in (left.doc_id, right.doc_id)]) as early:
            early.split(right.id, left.id)
            for document, reading in corpus:
                early.add(document, reading)
            assert (early.hash(), early.events()) == (store.hash(), store.events())
        store.unsplit(right.id, left.id)
        assert (store.hash(), store.events()) == before
