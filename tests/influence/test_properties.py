"""What must hold whatever was read."""

from dataclasses import replace
from datetime import date, timedelta
from math import isclose, isnan

from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.influence import OTHERS, InfluenceRow, influence
from marchland.influence.rows import DOUBTS
from marchland.lexicon.weights import load_weights
from marchland.model.document import Document
from marchland.model.ontology import EventType, Status, TieKind
from marchland.model.records import Event, Tie
from tests.influence.makers import document, event, tie

WEIGHTS = replace(load_weights(), draws=20)
DAYS = st.dates(date(2008, 1, 1), date(2011, 12, 31))
NAMES = st.sampled_from(["CHN", "RUS", "USA", "IRN", "TJK", "?"])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Event], list[Tie], list[Document]]:
    """Documents of a few outlets, each telling an act, a tie, or both."""
    events, ties, docs = [], [], []
    for i in range(draw(st.integers(0, 8))):
        doc = document(f"d{i}", draw(DAYS), publisher=f"Outlet {draw(st.integers(0, 2))}")
        docs.append(doc)
        told = docs[-draw(st.integers(1, 2)) :]
        if draw(st.booleans()):
            events.append(
                event(
                    told,
                    draw(NAMES),
                    event_type=draw(st.sampled_from(EventType)),
                    recipients=draw(st.lists(NAMES, max_size=3)),
                    on=draw(st.none() | DAYS),
                    status=draw(st.sampled_from(Status)),
                    certainty=draw(st.floats(0.1, 1)),
                    contexts=draw(st.sampled_from([(), ("military",), ("economic", "diplomatic"), ("gender",)])),
                )
            )
        if draw(st.booleans()):
            ties.append(
                tie(
                    told,
                    draw(st.sampled_from(["CHN", "RUS", "USA"])),
                    "TJK",
                    kind=draw(st.sampled_from(TieKind)),
                    since=draw(st.none() | DAYS),
                    status=draw(st.sampled_from(Status)),
                    certainty=draw(st.floats(0.1, 1)),
                )
            )
    return events, ties, docs


def measure(
    events: list[Event], ties: list[Tie], docs: list[Document], *, registry: bool = False
) -> list[InfluenceRow]:
    """Quarterly rows over Tajikistan."""
    return influence(
        events,
        ties,
        docs,
        host="TJK",
        powers=("CHN", "RUS"),
        since=date(2009, 1, 1),
        until=date(2010, 12, 31),
        period="quarter",
        weights=WEIGHTS,
        registry=registry,
    )


@given(worlds(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_parts_add_up_to_stock_flow_and_share(world, registry):
    for row in measure(*world, registry=registry):
        stock = sum(e.amount for e in row.evidence if e.kind == "stock")
        flow = sum(e.amount for e in row.evidence if e.kind == "flow")
        assert isclose(stock, row.stock, abs_tol=1e-9)
        assert isclose(flow, row.flow, abs_tol=1e-9)
        for e in row.evidence:
            assert isclose(e.amount, e.weight * e.size * e.split * e.sure * e.fade * e.domain, abs_tol=1e-12)
        if row.posture is not None:
            signed = sum(e.sign * e.amount for e in row.evidence if e.kind == "flow")
            assert isclose(signed / row.flow, row.posture, abs_tol=1e-6)
        if row.enough:
            assert isclose(row.prior + sum(e.share for e in row.evidence), row.share, abs_tol=1e-9)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_one_with_other_outsiders(world):
    rows = measure(*world)
    for key in {(r.period, r.domain) for r in rows}:
        mine = [r for r in rows if (r.period, r.domain) == key]
        assert mine[-1].power == OTHERS
        assert len({r.enough for r in mine}) == 1
        if mine[0].enough:
            assert isclose(sum(r.share for r in mine), 1)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_intervals_hold_their_number_and_doubts_sum_to_one(world):
    for row in measure(*world):
        if row.enough:
            assert 0 <= row.share_low <= row.share <= row.share_high <= 1
            assert tuple(row.doubt) == DOUBTS
            assert isclose(sum(row.doubt.values()), 1)
            assert not any(isnan(v) for v in row.doubt.values())
            if row.power != OTHERS:
                assert 0 <= row.level_low <= row.level <= row.level_high


@given(worlds(), st.booleans(), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_doubling_an_outlets_copies_moves_nothing(world, merged, delay):
    """A second outlet prints every text of the first again, as further tellings of one record or as records of its own."""
    events, ties, docs = world
    copies = {}
    for d in docs:
        if d.publisher == "Outlet 0" and d.published and d.published.best:
            day = d.published.best + timedelta(days=delay)
            copies[d.doc_id] = document(f"a copy of {d.doc_id}", day, publisher="Copycat", text=d.text)

    def again(record):
        told = [replace(m, doc_id=copies[m.doc_id].doc_id) for m in record.mentions if m.doc_id in copies]
        if not told:
            return [record]
        if merged:
            return [replace(record, mentions=(*record.mentions, *told))]
        return [record, replace(record, id=record.id[::-1], doc_id=told[0].doc_id, mentions=tuple(told))]

    plain = measure(events, ties, docs)
    doubled = measure(
        [x for e in events for x in again(e)], [x for t in ties for x in again(t)], [*docs, *copies.values()]
    )
    assert plain == doubled


@given(worlds())
@settings(max_examples=40, deadline=None)
def test_planned_events_never_enter(world):
    events, ties, docs = world
    plan = document("plan", date(2009, 1, 1))
    planned = event([plan], "CHN", recipients=["TJK"], on=date(2009, 6, 1), status=Status.PLANNED)
    before, after = measure(events, ties, docs), measure([*events, planned], ties, [*docs, plan])
    assert [(r.stock, r.flow, r.share, r.level) for r in before] == [(r.stock, r.flow, r.share, r.level) for r in after]
    assert all(planned.id not in {e.record_id for e in r.evidence} for r in after)


@given(worlds(), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_what_was_read_does_not_matter(world, chance):
    events, ties, docs = (list(x) for x in world)
    first = measure(events, ties, docs)
    for x in (events, ties, docs):
        chance.shuffle(x)
    for a, b in zip(first, measure(events, ties, docs), strict=True):
        assert isclose(a.stock + a.flow, b.stock + b.flow, abs_tol=1e-9)
        assert a.share is b.share is None or isclose(a.share_low, b.share_low, abs_tol=1e-9)
