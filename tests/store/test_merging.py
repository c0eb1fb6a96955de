"""One occurrence, one record."""

from datetime import date, timedelta

import pytest

from marchland.model.dates import day, year
from marchland.model.ontology import Bound, EventType, PlaceKind, Status, TieKind
from marchland.model.records import Participant, Place, Quantity
from marchland.store import Store
from tests.store.makers import CHN, DRILL_DAY, RUS, TJK, days, document, drill, event, reading, tie


def test_one_drill_told_by_three_outlets_is_one_event_with_three_mentions():
    with Store.in_memory() as store:
        for n in range(3):
            store.add(*drill(n))
        [found] = store.events()
        assert [m.doc_id for m in found.mentions] == ["drill-0", "drill-1", "drill-2"]
        assert found.id == drill(0)[1].records[0].id
        assert found.confidence == 0.99  # 1 - .2 ** 3 is .992, and nothing is surer than .99


def test_a_vague_telling_joins_the_exact_one_and_never_bridges_two():
    spring, autumn = document("a", "A drill was held in spring."), document("b", "A drill was held in autumn.")
    vague = document("c", "A drill was held that year.", on=date(2017, 2, 1))
    with Store.in_memory() as store:
        store.add(spring, reading(event(spring, "held", when=day(date(2016, 4, 2)))))
        store.add(autumn, reading(event(autumn, "held", when=day(date(2016, 10, 20)))))
        store.add(vague, reading(event(vague, "held", when=year(2016))))
        assert sorted(len(e.mentions) for e in store.events()) == [1, 2]


def test_what_is_done_to_the_other_side_is_another_act():
    one, other = document("a", "They shelled the post."), document("b", "They shelled the post.")
    with Store.in_memory() as store:
        store.add(
            one,
            reading(
                event(
                    one, "shelled", event_type=EventType.ASSAULT, actors=(CHN,), recipients=(TJK,), when=day(DRILL_DAY)
                )
            ),
        )
        store.add(
            other,
            reading(
                event(
                    other,
                    "shelled",
                    event_type=EventType.ASSAULT,
                    actors=(TJK,),
                    recipients=(CHN,),
                    when=day(DRILL_DAY),
                )
            ),
        )
        assert len(store.events()) == 2


def test_two_cities_on_one_day_are_two_acts():
    with Store.in_memory() as store:
        for n, city in enumerate(["Dushanbe", "Khorog"]):
            where = Place(name=city, place_id=city, kind=PlaceKind.CITY, country="TJK")
            store.add(*drill(n, where=where))
        assert len(store.events()) == 2


def test_figures_that_disagree_stand_side_by_side():
    with Store.in_memory() as store:
        for n, value in enumerate([10000.0, 8000.0]):
            figure = Quantity(value=value, low=None, high=None, bound=Bound.ABOUT, unit=None, of="troop", text="troops")
            store.add(*drill(n, quantities=(figure,)))
        [found] = store.events()
        assert [q.value for q in found.quantities] == [10000.0, 8000.0]


def test_a_denial_disputes_and_does_not_win():
    with Store.in_memory() as store:
        store.add(*drill(0, status=Status.DENIED))
        store.add(*drill(1, status=Status.REPORTED))
        [found] = store.events()
        assert (found.status, found.disputed) == (Status.REPORTED, True)


def test_a_plan_and_the_act_are_two_events_of_one_story():
    plan = document("plan", "They will hold a drill in October.", on=date(2016, 9, 1))
    with Store.in_memory() as store:
        planned = event(plan, "hold", status=Status.PLANNED, event_type=EventType.AGREE, base=EventType.COOPERATE,
                        when=days(date(2016, 10, 1), date(2016, 10, 31)))  # fmt: skip
        store.add(plan, reading(planned))
        store.add(*drill(1))
        first, second = store.events()
        assert store.stories() == {first.id: second.id, second.id: second.id}


def test_a_copy_of_one_text_makes_nothing_surer():
    words = "China and Tajikistan held a joint drill near the river on Monday and the guests left in the evening."
    with Store.in_memory() as store:
        for n, text in enumerate([words, words.upper().replace("HELD", "held")]):
            doc = document(f"d{n}", text)
            store.add(doc, reading(event(doc, "held", when=day(DRILL_DAY))))
        [found] = store.events()
        assert (len(found.mentions), found.confidence) == (2, 0.8)
        assert store.origins() == {"d0": "d0", "d1": "d0"}


def test_an_edited_copy_is_of_the_same_origin_and_a_different_text_is_not():
    words = [f"word{n}" for n in range(80)]
    with Store.in_memory() as store:
        store.add(document("long", " ".join(words)), reading())
        store.add(document("cut", " ".join(words[:76])), reading())
        store.add(document("other", " ".join(reversed(words))), reading())
        assert store.origins() == {"cut": "cut", "long": "cut", "other": "other"}


def test_one_base_told_twice_is_one_tie_with_the_earliest_start_and_any_end():
    old, new = document("a", "Russia has a base.", on=date(2004, 10, 17)), document("b", "Russia left the base.")
    with Store.in_memory() as store:
        store.add(old, reading(tie(old, "has", since=day(date(2004, 10, 16)), last_confirmed=day(date(2004, 10, 17)))))
        store.add(new, reading(tie(new, "left", until=year(2016), last_confirmed=day(date(2016, 10, 25)))))
        [found] = store.ties()
        assert found.since == day(date(2004, 10, 16))
        assert found.until == year(2016)
        assert found.last_confirmed == day(date(2016, 10, 25))
        assert len(found.mentions) == 2


def test_two_bonds_of_the_same_states_stay_two():
    states = tuple(Participant(country=c) for c in ("RUS", "KAZ", "TJK"))
    with Store.in_memory() as store:
        for doc_id, since in (("a", date(1991, 12, 21)), ("b", date(2000, 10, 10))):
            doc = document(doc_id, "They are members of it.", on=since)
            told = tie(doc, "members", kind=TieKind.MEMBERSHIP, power=None, host=None, members=states, since=day(since))
            store.add(doc, reading(told))
        assert len(store.ties()) == 2


def test_split_gives_the_two_back_as_they_were_and_unsplit_joins_them_again():
    first, second = drill(0), drill(1)
    with Store.in_memory() as store:
        store.add(*first)
        store.add(*second)
        merged = store.hash(), store.events()
        store.split(first[1].records[0].id, second[1].records[0].id)
        assert store.events() == (*sorted((first[1].events[0], second[1].events[0]), key=lambda e: e.id),)
        store.unsplit(first[1].records[0].id, second[1].records[0].id)
        assert (store.hash(), store.events()) == merged


def test_split_holds_against_a_third_telling_and_a_new_reading():
    with Store.in_memory() as store:
        for n in range(3):
            store.add(*drill(n))
        left, right = (drill(n)[1].records[0].id for n in (0, 1))
        store.split(left, right)
        assert sorted(len(e.mentions) for e in store.events()) == [1, 2]
        store.add(*drill(0, coder="2"))
        assert sorted(len(e.mentions) for e in store.events()) == [1, 2]
        assert store.record(left).id != store.record(right).id


def test_merges_say_why():
    with Store.in_memory() as store:
        store.add(*drill(0))
        store.add(*drill(1, actors=(TJK, CHN, RUS)))
        [found] = store.events()
        [why] = store.merges(found.id)
        assert {why.left, why.right} == {drill(0)[1].records[0].id, drill(1)[1].records[0].id}
        assert why.score == pytest.approx(0.9, abs=0.1)
        assert "one names 2 of the other's parties (+0.10)" in why.reasons


def test_what_a_later_document_joined_is_apart_on_an_earlier_day():
    with Store.in_memory() as store:
        store.add(*drill(0))
        store.add(*drill(1, on=date(2016, 12, 1)))
        [seen] = store.events(as_of=date(2016, 11, 1))
        assert seen == drill(0)[1].events[0]


def test_the_same_week_holds_two_drills_that_one_document_tells_apart():
    doc = document("two", "They held a drill in the north. They held the drill with tanks in the south.")
    acts = [event(doc, "held a", when=day(DRILL_DAY)), event(doc, "held the", when=day(DRILL_DAY))]
    with Store.in_memory() as store:
        store.add(doc, reading(*acts))
        assert len(store.events()) == 2


def test_undated_news_of_one_week_and_one_wording_is_one_event_and_of_two_months_is_not():
    with Store.in_memory() as store:
        for n, later in enumerate([0, 2, 60]):
            doc = document(
                f"n{n}", "The two armies held a large drill in the valley.", on=DRILL_DAY + timedelta(days=later)
            )
            store.add(doc, reading(event(doc, "held")))
        assert sorted(len(e.mentions) for e in store.events()) == [1, 2]
