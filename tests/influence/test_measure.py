"""The measure on small worlds: every expected number is worked out by hand from the weights stated here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isclose, log

import pytest

from marchland.errors import MarchlandError
from marchland.influence import OTHERS, InfluenceRow, influence
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain, EventType, Status, TieKind
from marchland.model.records import Event, Tie
from tests.influence.makers import document, event, tie

D1 = document("d1", date(2010, 1, 1))
D2 = document("d2", date(2010, 1, 1), publisher="Second")
D3 = document("d3", date(2010, 1, 1), publisher="Third")


@pytest.fixture
def weights() -> Weights:
    """The shipped weights with a floor that one record passes."""
    return replace(load_weights(), floor_records=1, floor_amount=0.0, draws=40)


def measure(
    events: Sequence[Event],
    ties: Sequence[Tie],
    docs: Sequence[Document],
    weights: Weights,
    *,
    powers: Sequence[str] = ("CHN", "RUS"),
    on: date = date(2010, 12, 31),
    origins: dict[str, str] | None = None,
    known_on: date | None = None,
) -> dict[tuple[str, str], InfluenceRow]:
    """Rows of one day over Tajikistan by power and domain, the registry left out."""
    rows = influence(
        events,
        ties,
        docs,
        host="TJK",
        powers=powers,
        since=on,
        until=on,
        weights=weights,
        registry=False,
        origins=origins,
        known_on=known_on,
    )
    return {(r.power, r.domain.value): r for r in rows}


def test_a_base_weighs_eight_nine_tenths_of_it_in_security(weights):
    rows = measure([], [tie([D1], "RUS", "TJK", certainty=0.9)], [D1], weights)
    assert isclose(rows["RUS", "security"].stock, 8 * 0.9 * 0.9)
    assert isclose(rows["RUS", "political"].stock, 8 * 0.9 * 0.1)
    assert rows["RUS", "economic"].stock == 0
    assert rows["CHN", "security"].stock == 0


def test_a_share_is_the_mean_of_the_dirichlet(weights):
    rows = measure([], [tie([D1], "RUS", "TJK")], [D1], weights)
    total = 1 + 7.2  # one for knowing nothing, the base's part in security
    assert isclose(rows["RUS", "security"].share, (1 / 3 + 7.2) / total)
    assert isclose(rows["CHN", "security"].share, (1 / 3) / total)
    assert isclose(rows[OTHERS, "security"].share, (1 / 3) / total)


def test_a_level_is_one_for_what_the_reference_dyad_has(weights):
    weights = replace(weights, exposure={**weights.exposure, Domain.SECURITY: 7.2})
    rows = measure([], [tie([D1], "RUS", "TJK")], [D1], weights)
    assert isclose(rows["RUS", "security"].level, 1.0)
    assert rows["CHN", "security"].level == 0
    assert rows[OTHERS, "security"].level is None


def test_aid_of_a_year_ago_counts_half(weights):
    act = event([D1], "CHN", recipients=["TJK"], on=date(2009, 12, 31), certainty=0.8)
    rows = measure([act], [], [D1], weights)
    assert isclose(rows["CHN", "economic"].flow, 0.8 * 5 * 0.5 * 0.55)  # certainty, score, age, domain
    assert isclose(rows["CHN", "economic"].level, log(1 + 0.2 * 1.1) / log(1 + 26))


def test_an_act_of_four_parties_counts_a_third_for_each_other(weights):
    act = event([D1], "CHN", "RUS", "TJK", "KAZ", event_type=EventType.COOPERATE, on=date(2010, 12, 31))
    rows = measure([act], [], [D1], weights)
    for power in ("CHN", "RUS", OTHERS):
        assert isclose(rows[power, "security"].flow, 4 / 3 * 0.45)


def test_an_unknown_party_counts_as_one_and_is_no_power(weights):
    act = event([D1], "CHN", "?", recipients=["TJK"], on=date(2010, 12, 31))
    rows = measure([act], [], [D1], weights)
    assert isclose(rows["CHN", "economic"].flow, 5 / 2 * 0.55)
    assert rows[OTHERS, "economic"].flow == 0


def test_contexts_decide_seven_tenths_of_the_domains(weights):
    act = event([D1], "CHN", recipients=["TJK"], on=date(2010, 12, 31), contexts=("military",))
    rows = measure([act], [], [D1], weights)
    assert isclose(rows["CHN", "security"].flow, 5 * (0.7 + 0.3 * 0.35))


def test_a_coercive_act_adds_to_the_flow_and_lowers_posture(weights):
    good = event([D1], "CHN", recipients=["TJK"], on=date(2010, 12, 31))
    bad = event([D2], "CHN", recipients=["TJK"], event_type=EventType.SANCTION, on=date(2010, 12, 31))
    row = measure([good, bad], [], [D1, D2], weights)["CHN", "economic"]
    assert isclose(row.flow, 5 * 0.55 + 5 * 0.7)
    assert isclose(row.posture, (5 * 0.55 - 5 * 0.7) / row.flow)


def test_a_disputed_act_counts_half(weights):
    act = event([D1], "CHN", recipients=["TJK"], on=date(2010, 12, 31), disputed=True)
    assert isclose(measure([act], [], [D1], weights)["CHN", "economic"].flow, 5 * 0.55 * 0.5)


@pytest.mark.parametrize("status", [s for s in Status if not s.happened])
def test_what_has_not_happened_never_enters(weights, status):
    act = event([D1], "CHN", recipients=["TJK"], on=date(2010, 12, 31), status=status)
    bond = tie([D1], "RUS", "TJK", status=status)
    rows = measure([act], [bond], [D1], weights)
    assert all(r.stock == 0 and r.flow == 0 and r.evidence == () for r in rows.values())


def test_an_act_inside_one_country_never_enters(weights):
    inside = [
        event([D1], "TJK", recipients=["TJK"], on=date(2010, 12, 31)),
        event([D2], "TJK", recipients=["?"], on=date(2010, 12, 31)),
        event([D3], "CHN", recipients=["CHN"], on=date(2010, 12, 31)),
    ]
    assert all(r.flow == 0 for r in measure(inside, [], [D1, D2, D3], weights).values())


def test_a_claimed_sphere_never_enters(weights):
    claim = tie([D1], "RUS", "TJK", kind=TieKind.CLAIM_OF_SPHERE)
    assert all(r.stock == 0 for r in measure([], [claim], [D1], weights).values())


def test_later_documents_are_ignored(weights):
    later = document("later", date(2011, 1, 1))
    act = event([later], "CHN", recipients=["TJK"], on=date(2010, 6, 1))
    assert measure([act], [], [later], weights)["CHN", "economic"].flow == 0
    assert measure([act], [], [later], weights, known_on=date(2011, 12, 31))["CHN", "economic"].flow > 0


def test_with_foresight_a_period_sees_only_what_was_out(weights):
    out = document("out", date(2012, 5, 1))
    act = event([out], "CHN", recipients=["TJK"], on=date(2010, 6, 1))
    bond = tie([out], "CHN", "TJK", since=date(2010, 1, 1))
    for foresight, seen in ((False, True), (True, False)):
        rows = influence(
            [act], [bond], [out], host="TJK", powers=("CHN",), since=date(2010, 1, 1), until=date(2012, 12, 31),
            weights=weights, registry=False, foresight=foresight,
        )  # fmt: skip
        first = next(r for r in rows if r.period == "2010" and r.power == "CHN" and r.domain == Domain.SECURITY)
        last = next(r for r in rows if r.period == "2012" and r.power == "CHN" and r.domain == Domain.SECURITY)
        assert (first.stock > 0, first.flow > 0) == (seen, seen)
        assert last.stock > 0
        assert last.flow > 0
        assert sum(e.amount for e in first.evidence) == pytest.approx(first.stock + first.flow)


def test_a_tie_keeps_its_probability_through_the_grace_period_and_then_falls(weights):
    bond = tie([D1], "CHN", "TJK", kind=TieKind.PRESENCE, since=date(2005, 1, 1))
    grace, half = weights.stock[TieKind.PRESENCE].grace_days, weights.stock[TieKind.PRESENCE].half_life_days
    within = measure([], [bond], [D1], weights, on=date.fromordinal(date(2010, 1, 1).toordinal() + grace))
    after = measure([], [bond], [D1], weights, on=date.fromordinal(date(2010, 1, 1).toordinal() + grace + half))
    assert isclose(within["CHN", "security"].stock, 4 * 0.9)
    assert isclose(after["CHN", "security"].stock, 4 * 0.9 / 2)


def test_a_tie_stands_from_its_start_to_its_end(weights):
    bond = tie([D1], "USA", "TJK", since=date(2001, 12, 1), until=date(2009, 6, 3))
    stock = [
        measure([], [bond], [D1], weights, powers=("USA",), on=on, known_on=date(2010, 12, 31))["USA", "security"].stock
        for on in (date(2001, 11, 30), date(2001, 12, 1), date(2009, 6, 3), date(2009, 6, 4))
    ]
    assert stock == pytest.approx([0, 7.2, 7.2, 0])


def test_a_bond_of_four_spreads_over_the_other_three(weights):
    bond = tie([D1], None, None, kind=TieKind.MEMBERSHIP, members=["CHN", "TJK", "PAK", "AFG"])
    rows = measure([], [bond], [D1], weights)
    assert isclose(rows["CHN", "political"].stock, 2 / 3 * 0.5)
    assert isclose(rows[OTHERS, "political"].stock, 2 * 2 / 3 * 0.5)


def test_one_tie_told_as_two_records_counts_once(weights):
    twice = [tie([D1], "RUS", "TJK", since=date(1999, 4, 16)), tie([D2], "RUS", "TJK")]
    row = measure([], twice, [D1, D2], weights)["RUS", "security"]
    assert isclose(row.stock, 7.2)
    assert len(row.evidence) == 1
    assert len(row.evidence[0].also) == 1


def test_a_tie_that_the_registry_knows_counts_once():
    alone, told = (
        {
            (r.power, r.domain): r.stock
            for r in influence(
                [], ties, [D1], host="TJK", powers=("RUS",), since=date(2010, 1, 1), until=date(2010, 12, 31)
            )
        }
        for ties in ([], [tie([D1], "RUS", "TJK", since=date(2004, 10, 16), certainty=0.9)])
    )
    assert alone == told
    assert alone["RUS", Domain.SECURITY] > 20


def test_nothing_read_gives_not_enough_evidence():
    rows = influence(
        [], [], [], host="TJK", powers=("CHN",), since=date(2010, 1, 1), until=date(2012, 12, 31), registry=False
    )
    assert len(rows) == 3 * 4 * 2
    for row in rows:
        assert not row.enough
        assert (row.share, row.share_low, row.level, row.level_high, row.posture, row.prior) == (None,) * 6
        assert row.doubt == {}


def test_few_records_stay_below_the_floor(weights):
    floor = replace(weights, floor_records=3)
    two = [event([d], "CHN", recipients=["TJK"], on=date(2010, 12, 1)) for d in (D1, D2)]
    assert measure(two, [], [D1, D2], floor)["CHN", "economic"].share is None
    three = [*two, event([D3], "RUS", recipients=["TJK"], on=date(2010, 12, 2))]
    assert measure(three, [], [D1, D2, D3], floor)["CHN", "economic"].share is not None


def test_unnamed_powers_are_those_with_the_most_exposure(weights):
    ties = [tie([D1], "RUS", "TJK"), tie([D2], "CHN", "TJK", kind=TieKind.OUTPOST)]
    rows = influence(
        [],
        ties,
        [D1, D2],
        host="TJK",
        since=date(2010, 1, 1),
        until=date(2010, 12, 31),
        registry=False,
        weights=weights,
    )
    assert list(dict.fromkeys(r.power for r in rows)) == ["RUS", "CHN", OTHERS]


def test_periods_are_read_on_their_last_day(weights):
    rows = influence(
        [], [], [], host="TJK", powers=("CHN",), since=date(2010, 2, 1), until=date(2010, 8, 15), period="quarter",
        weights=weights, registry=False,
    )  # fmt: skip
    days = {r.period: r.day for r in rows}
    assert days == {"2010-Q1": date(2010, 3, 31), "2010-Q2": date(2010, 6, 30), "2010-Q3": date(2010, 8, 15)}


def test_a_host_is_no_power_of_its_own(weights):
    with pytest.raises(MarchlandError, match="TJK is the host"):
        measure([], [], [], weights, powers=("TJK",))
    with pytest.raises(MarchlandError, match="week"):
        influence([], [], [], host="TJK", since=date(2010, 1, 1), until=date(2010, 2, 1), period="week")


def test_twenty_years_by_month_with_five_thousand_records_give_a_row_for_each():
    powers = ("CHN", "RUS", "USA", "IRN", "TUR", "IND", "PAK")
    docs = [
        document(f"d{i}", date.fromordinal(date(2000, 1, 1).toordinal() + i), publisher=f"P{i % 25}")
        for i in range(4900)
    ]
    kinds = list(EventType)
    events = [
        event([d], powers[i % 7], event_type=kinds[i % 16], recipients=["TJK"], on=d.published.best, certainty=0.8)
        for i, d in enumerate(docs)
        if d.published
    ]
    ties = [tie([d], powers[i % 7], "TJK", kind=list(TieKind)[i % 26]) for i, d in enumerate(docs[::49])]
    rows = influence(events, ties, docs, host="TJK", since=date(2000, 1, 1), until=date(2019, 12, 31), period="month")
    assert len(rows) == 240 * 4 * 7
