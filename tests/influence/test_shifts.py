"""What changed in a host: exact steps of ties, statistical shifts of acts and posture, momentum beside them."""

from datetime import date, timedelta

import pytest

from marchland.influence import OTHERS, momentum, shifts
from marchland.model.dates import year
from marchland.model.ontology import EventType, TieKind
from tests.influence.makers import document, event, tie

START, END = date(2012, 1, 1), date(2015, 12, 31)


def month_days():
    return [date(2012 + m // 12, m % 12 + 1, 10) for m in range(48)]


def acts(power, numbers, *, event_type=EventType.COOPERATE, publisher="Outlet"):
    """So many acts each month, each told by a document of its own."""
    docs, events = [], []
    for day, n in zip(month_days(), numbers, strict=True):
        for i in range(n):
            on = day + timedelta(days=i)
            doc = document(f"{power}{event_type}{on}", on, publisher=publisher)
            docs.append(doc)
            events.append(event([doc], power, recipients=("TJK",), event_type=event_type, on=on))
    return docs, events


def filler():
    """Documents that keep the months evenly read."""
    return [document(f"filler{d}{i}", d, publisher="Filler") for d in month_days() for i in range(20)]


def find(events=(), ties=(), docs=(), **asked):
    return shifts(list(events), list(ties), list(docs), host="TJK", since=START, until=END, registry=False, **asked)


def test_a_tie_that_begins_and_ends_makes_two_exact_steps():
    docs = [document("d", date(2012, 2, 1))]
    base = tie(docs, "RUS", "TJK", since=date(2013, 3, 1), until=date(2014, 6, 30))
    opened, closed = find(ties=[base], docs=docs).steps
    assert (opened.day, opened.opens, opened.before, opened.after) == (date(2013, 3, 1), True, 0.0, 8.0)
    assert (closed.day, closed.opens, closed.before, closed.after) == (date(2014, 6, 30), False, 8.0, 0.0)
    assert sum(opened.domains.values()) == pytest.approx(opened.amount)


def test_a_start_told_as_a_year_keeps_its_interval():
    docs = [document("d", date(2014, 2, 1))]
    found = tie(docs, "CHN", "TJK", kind=TieKind.OUTPOST)
    vague = type(found)(**{**{f: getattr(found, f) for f in found.__slots__}, **_shared(found), "since": year(2013)})
    [step] = find(ties=[vague], docs=docs).steps
    assert (step.first, step.last) == (date(2013, 1, 1), date(2013, 12, 31))


def _shared(record):
    return {f: getattr(record, f) for f in ("id", "doc_id", "status", "mentions", "certainty", "confidence")}


def test_a_tie_first_told_without_a_start_makes_no_step():
    docs = [document("d", date(2014, 2, 1))]
    assert find(ties=[tie(docs, "CHN", "TJK")], docs=docs).steps == ()


def test_a_surge_of_acts_is_an_alarm_with_its_month_and_evidence():
    docs, events = acts("CHN", [1] * 30 + [5] * 18)
    quiet_docs, quiet = acts("RUS", [2] * 48)
    found = find([*events, *quiet], docs=[*docs, *quiet_docs, *filler()])
    whole = next(f for f in found.alarms if f.power == "CHN" and f.domain is None and f.measure == "flow")
    assert whole.month == "2014-07"
    assert whole.before < whole.after
    assert whole.probability > 0.9
    assert {w.name for w in whole.acts} <= {e.id for e in events}
    assert all(w.month >= "2014-07" for w in whole.acts)
    assert whole.outlets[0].name == "Outlet"
    assert not [f for f in found.alarms if f.power == "RUS"]


def test_a_turn_of_posture_is_told_apart_from_flow():
    kind_docs, kind = acts("RUS", [4] * 24 + [1] * 24)
    harsh_docs, harsh = acts("RUS", [0] * 24 + [3] * 24, event_type=EventType.THREATEN)
    found = find([*kind, *harsh], docs=[*kind_docs, *harsh_docs, *filler()], powers=("RUS",))
    [turn] = [f for f in found.alarms if f.measure == "posture"]
    assert turn.month == "2014-01"
    assert (turn.before, turn.after) == (pytest.approx(1.0), pytest.approx(-0.5))


def test_too_few_acts_are_counted_as_thin_and_not_tested():
    docs, events = acts("CHN", [0] * 44 + [1] * 4)
    found = find(events, docs=docs)
    assert (found.tested, found.flows) == (0, ())
    assert found.thin > 0


def test_copies_of_a_document_move_no_shift():
    docs, events = acts("CHN", [1] * 30 + [5] * 18)
    copies = [
        document(f"copy{d.doc_id}", d.published.best + timedelta(days=1), publisher="Copyist", text=d.text)
        for d in docs
    ]
    plain = find(events, docs=[*docs, *filler()])
    double = find(events, docs=[*docs, *copies, *filler()])
    assert plain.flows == double.flows


def test_momentum_says_not_enough_where_little_happened_lately():
    docs, events = acts("CHN", [1] * 48)
    rows = momentum(events, docs, host="TJK", day=END)
    assert [(r.power, r.share) for r in rows] == [("CHN", None), (OTHERS, None)]


def test_momentum_follows_the_last_weeks_and_not_the_past():
    old_docs, old = acts("RUS", [9] * 40 + [0] * 8)
    new_docs, new = acts("CHN", [0] * 45 + [9] * 3)
    rows = {r.power: r for r in momentum([*old, *new], [*old_docs, *new_docs], host="TJK", day=END)}
    assert rows["CHN"].share > 0.8
    assert rows["RUS"].share < 0.2
    assert all(r.low <= r.share <= r.high for r in rows.values())
    assert sum(r.share for r in rows.values()) == pytest.approx(1.0)
