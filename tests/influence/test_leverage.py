"""What a record moves is what leaving it out moves, and the queue puts that beside the doubt."""

from dataclasses import replace
from datetime import date

import pytest

from marchland.influence import influence, leverage, queue
from marchland.model.dates import day
from marchland.model.ontology import EventType, Status
from marchland.model.records import Event, Tie
from tests.store.makers import CHN, RUS, TJK, document, event, tie

SINCE, UNTIL = date(2014, 1, 1), date(2016, 12, 31)
DOCS = [
    document(f"d{n}", f"The act number {n} was done. A base stands.", on=date(2016, 1 + n % 12, 3)) for n in range(14)
]
ACTS: list[Event] = [
    event(
        d, "done", event_type=EventType.AID if n % 3 else EventType.ACCUSE, actors=(CHN if n % 2 else RUS,), recipients=(TJK,),
        when=day(date(2014 + n % 3, 1 + n % 12, 2)), confidence=0.5 + n / 40,
    )
    for n, d in enumerate(DOCS)
]  # fmt: skip
BASE: Tie = tie(DOCS[0], "base", since=day(date(2015, 5, 5)), last_confirmed=day(date(2016, 1, 3)))


def shares(events: list[Event], ties: list[Tie]) -> dict[tuple[str, str, str], float]:
    rows = influence(events, ties, DOCS, host="TJK", powers=("CHN", "RUS"), since=SINCE, until=UNTIL, registry=False)
    return {(r.power, r.domain.value, r.period): r.share for r in rows if r.share is not None}


def test_what_a_record_moves_is_what_leaving_it_out_moves():
    found = leverage(ACTS, [BASE], DOCS, host="TJK", powers=("CHN", "RUS"), since=SINCE, until=UNTIL, registry=False)
    whole = shares(ACTS, [BASE])
    assert set(found) == {r.id for r in (*ACTS, BASE)}
    for record in (*ACTS, BASE):
        moved = found[record.id]
        left = shares([e for e in ACTS if e is not record], [] if record is BASE else [BASE])
        key = (moved.power, moved.domain.value, moved.period)
        if key in whole and key in left:
            assert abs(whole[key] - left[key]) == pytest.approx(moved.moves)


def test_what_does_not_count_moves_nothing():
    planned = replace(ACTS[0], status=Status.PLANNED)
    assert leverage([planned], [], DOCS, host="TJK", since=SINCE, until=UNTIL, registry=False) == {}


def test_queue_puts_first_what_moves_much_and_is_unsure_and_leaves_out_what_was_looked_at():
    found = leverage(ACTS, [BASE], DOCS, host="TJK", powers=("CHN", "RUS"), since=SINCE, until=UNTIL, registry=False)
    looked = replace(ACTS[1], mentions=tuple(replace(m, rule="review") for m in ACTS[1].mentions))
    listed = queue([looked, *ACTS[2:], BASE], found)
    assert looked.id not in [t.record.id for t in listed]
    assert [t.score for t in listed] == sorted((t.score for t in listed), reverse=True)
    first = listed[0]
    assert first.score == pytest.approx(100 * found[first.record.id].moves * (1 - first.record.confidence))


def test_denied_and_disagreeing_records_are_less_sure():
    plain, denied = ACTS[0], replace(ACTS[0], disputed=True)
    mixed = replace(plain, mentions=(*plain.mentions, replace(plain.mentions[0], status=Status.PLANNED)))
    unsure = [queue([r], {})[0] for r in (plain, denied, mixed)]
    assert [t.unsure for t in unsure] == [0.5, 0.75, 0.625]
    assert unsure[1].reasons == ("read with confidence 50%", "someone denies it")
    assert unsure[2].reasons[-1] == "1 of 2 tellings have another status"
