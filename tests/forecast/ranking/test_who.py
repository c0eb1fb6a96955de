"""Who next, asked of the events of a generated store."""

from datetime import date, timedelta

import numpy as np
import pytest

from marchland.errors import ForecastError
from marchland.forecast.ranking.who import who_next
from marchland.model.ontology import EventType, Status
from tests.influence.makers import document, event

START = date(2018, 1, 1)
OTHERS = ("RUS", "USA", "IRN", "PAK", "IND", "TUR", "KAZ", "UZB")


def told(number, on, *actors, **more):
    return event([document(f"d{number}", on)], *actors, on=on, **more)


@pytest.fixture(scope="module")
def events():
    """China helps Tajikistan every few days; others meet anyone."""
    chance = np.random.default_rng(0)
    out = []
    for n in range(240):
        on = START + timedelta(days=n)
        if n % 3 == 0:
            out.append(told(f"aid{n}", on, "CHN", recipients=["TJK"], event_type=EventType.AID))
        a, b = chance.choice(OTHERS, 2, replace=False)
        out.append(told(f"meet{n}", on, str(a), str(b), event_type=EventType.CONSULT))
    return out


def test_the_usual_recipient_comes_first(events):
    found = who_next(events, actor="CHN", event_type=EventType.AID, on=date(2018, 8, 29))
    assert found.mode == "additive"
    assert found.fitted_on >= 500
    assert found.rows[0].party == "TJK"
    assert found.note is None


def test_the_usual_actor_comes_first(events):
    found = who_next(events, recipient="TJK", event_type=EventType.AID, on=date(2018, 8, 29), limit=3)
    assert [found.rows[0].party, len(found.rows), found.actor] == ["CHN", 3, None]


@pytest.mark.parametrize("boosted", [False, True])
def test_parts_sum_to_the_score_and_odds_to_one(events, boosted):
    found = who_next(events, actor="RUS", event_type=EventType.CONSULT, on=date(2018, 8, 29), boosted=boosted, limit=99)
    assert sum(row.probability for row in found.rows) == pytest.approx(1)
    for row in found.rows:
        assert sum(s.reason.part for s in row.reasons) + found.constant == pytest.approx(row.score, abs=1e-4)


def test_reasons_name_events_before_the_day(events):
    found = who_next(events, actor="CHN", event_type=EventType.AID, on=date(2018, 3, 1))
    day_of = {e.id: e.when.end for e in events}
    behind = [day_of[e] for support in found.rows[0].reasons for e in support.events]
    assert behind
    assert max(behind) < date(2018, 3, 1)


def test_later_events_change_nothing(events):
    on = date(2018, 6, 1)
    early = [e for e in events if e.when.end < on]
    noise = [
        told(f"x{n}", on + timedelta(days=n), "CHN", recipients=["USA"], event_type=EventType.AID) for n in range(60)
    ]
    told_early = who_next(early, actor="CHN", event_type=EventType.AID, on=on)
    assert told_early == who_next(early + noise, actor="CHN", event_type=EventType.AID, on=on)


def test_a_small_store_is_ranked_by_hand_set_weights_and_says_so(events):
    found = who_next(events[:30], actor="CHN", event_type=EventType.AID, on=date(2018, 2, 1))
    assert (found.mode, found.fitted_on, found.rows[0].party) == ("untrained", 0, "TJK")
    assert found.note == "too few events to fit weights (500 questions are needed): hand-set weights rank"
    assert {s.reason.feature for s in found.rows[0].reasons} <= {
        "rules",
        "party under type, 10 d",
        "home to party under type, 10 d",
        "party, 10 d",
    }


def test_only_what_happened_between_known_parties_on_a_told_day_counts():
    happened = told(1, START, "CHN", recipients=["TJK"])
    planned = told(2, START, "CHN", recipients=["USA"], status=Status.PLANNED)
    undated = told(3, None, "CHN", recipients=["IRN"])
    unknown = told(4, START, "CHN", recipients=["?"])
    found = who_next([happened, planned, undated, unknown], actor="CHN", event_type=EventType.AID, on=date(2018, 1, 9))
    assert ([row.party for row in found.rows], found.events) == (["TJK"], 1)


def test_a_joint_act_is_from_each_to_each():
    joint = told(1, START, "CHN", "TJK", event_type=EventType.COOPERATE)
    for actor, other in (("CHN", "TJK"), ("TJK", "CHN")):
        found = who_next([joint], actor=actor, event_type=EventType.COOPERATE, on=date(2018, 1, 9))
        assert [row.party for row in found.rows] == [other]


def test_a_party_that_no_event_has_is_refused(events):
    with pytest.raises(ForecastError, match='has "FJI" as a party'):
        who_next(events, actor="FJI", event_type=EventType.AID, on=date(2018, 8, 29))


def test_no_events_at_all_are_refused():
    with pytest.raises(ForecastError, match='has "CHN" as a party'):
        who_next([], actor="CHN", event_type=EventType.AID, on=date(2018, 8, 29))


@pytest.mark.parametrize("asked", [{}, {"actor": "CHN", "recipient": "TJK"}])
def test_one_side_is_asked_for(events, asked):
    with pytest.raises(ForecastError, match="exactly one"):
        who_next(events, event_type=EventType.AID, on=date(2018, 8, 29), **asked)
