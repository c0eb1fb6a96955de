"""Leaders and totals from rows with given shares."""

from datetime import date

import pytest

from marchland.influence.leader import leaders, totals
from marchland.influence.rows import OTHERS, InfluenceRow
from marchland.model.ontology import Domain


def row(power: str, domain: Domain, share: float | None, spread: float = 0.05) -> InfluenceRow:
    """A row with nothing but a share."""
    enough = share is not None
    return InfluenceRow(
        host="TJK", power=power, domain=domain, period="2010", day=date(2010, 12, 31), share=share,
        share_low=share - spread if share is not None else None, share_high=share + spread if share is not None else None,
        level=None, level_low=None, level_high=None, stock=1.0, flow=0.0, prior=0.0 if enough else None, posture=None,
        enough=enough, records=9, read=9, level_even=None, doubt={}, find=tuple,
    )  # fmt: skip


def test_the_leader_is_the_named_power_with_the_largest_share():
    [lead] = leaders(
        [row("CHN", Domain.SECURITY, 0.2), row("RUS", Domain.SECURITY, 0.35), row(OTHERS, Domain.SECURITY, 0.45)]
    )
    assert (lead.power, lead.second, lead.contested) == ("RUS", "CHN", False)
    assert lead.margin == pytest.approx(0.15)


def test_a_lead_whose_intervals_meet_is_contested():
    [lead] = leaders([row("CHN", Domain.SECURITY, 0.4, 0.1), row("RUS", Domain.SECURITY, 0.5, 0.1)])
    assert lead.contested


def test_without_evidence_nobody_leads():
    [lead] = leaders([row("CHN", Domain.SECURITY, None), row("RUS", Domain.SECURITY, None)])
    assert (lead.power, lead.margin, lead.contested) == (None, None, False)
    [lead] = leaders([row("CHN", Domain.SECURITY, 0.5)])
    assert (lead.power, lead.second, lead.margin) == ("CHN", None, None)


def test_a_total_shows_how_far_it_hangs_on_the_weights_of_domains():
    [total] = totals(
        [row("CHN", Domain.SECURITY, 0.2), row("CHN", Domain.ECONOMIC, 0.6), row("CHN", Domain.INFORMATION, None)]
    )
    assert total.domains == (Domain.SECURITY, Domain.ECONOMIC)
    assert (total.share, total.low, total.high) == pytest.approx((0.4, 0.3, 0.5))
    [none] = totals([row("CHN", Domain.SECURITY, None)])
    assert (none.share, none.low, none.high) == (None, None, None)
