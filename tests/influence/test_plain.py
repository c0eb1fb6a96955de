"""The measure, which works on columns of acts and many days at once, gives what the plain way gives."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from marchland.exchange import Flow
from marchland.influence import InfluenceRow, influence
from marchland.influence.flow import acts
from marchland.influence.imported import OBSERVATION, Imported
from marchland.influence.sources import sources
from marchland.influence.stock import probabilities, standings
from marchland.lexicon.codes import Coding
from marchland.lexicon.weights import load_weights
from marchland.model.document import Document
from marchland.model.ontology import EventType, TieKind
from marchland.model.records import Event, Tie
from tests.influence import plain
from tests.influence.makers import document, event, tie

FIRST, LAST = date(2015, 1, 1), date(2016, 8, 20)
STATES = ("CHN", "RUS", "USA", "IRN", "TUR", "UZB", "KGZ", "PAK", "IND")
WEIGHTS = replace(load_weights(), draws=10)
OPTIONAL = ("share", "share_low", "share_high", "level", "level_low", "level_high", "posture", "prior")


def world(seed: int) -> tuple[list[Event], list[Tie], list[Document]]:
    """Acts and ties of some states and a host, told by five outlets, often late and not always surely."""
    chance = random.Random(seed)

    def some_day() -> date:
        return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))

    docs = [document(f"d{i}", some_day(), publisher=f"Outlet {i % 5}", text=f"Text {i}.") for i in range(40)]
    done, held = [], []
    for _ in range(60):
        told = chance.sample(docs, chance.choice((1, 1, 2)))
        certainty, disputed = chance.choice((0.4, 0.8, 1.0, 1.0)), chance.random() < 0.2
        kind, contexts = chance.choice(tuple(EventType)), chance.choice(((), ("military",), ("economic", "legal")))
        day = chance.choice((some_day(), None))
        others = chance.sample(STATES, chance.choice((1, 1, 1, 2)))
        done.append(
            event(
                told,
                *others,
                event_type=kind,
                recipients=("TJK",),
                on=day,
                contexts=contexts,
                certainty=certainty,
                disputed=disputed,
            )
        )
    for _ in range(25):
        since = chance.choice((some_day(), None))
        until = chance.choice((some_day(), None, None)) if since is None else None
        told, power = chance.sample(docs, chance.choice((1, 2, 3))), chance.choice(STATES)
        sort, certainty = chance.choice(tuple(TieKind)), chance.choice((0.5, 0.9, 1.0))
        held.append(tie(told, power, "TJK", kind=sort, since=since, until=until, certainty=certainty))
    return done, held, docs


def flow(seed: int) -> Flow:
    """Rows of two formats over three years, from before the first day that is asked for."""
    rng, count = np.random.default_rng(seed), 3000
    kinds = [(EventType.AID, ()), (EventType.ASSAULT, ("military",)), (EventType.CONSULT, ("diplomatic", "economic"))]
    codings = [Coding(event_type=k, contexts=c) for k, c in kinds]
    return Flow(
        host="TJK",
        powers=STATES,
        kinds=(*codings, Coding(event_type=EventType.AID, contexts=("economic",)), Coding(event_type=None)),
        formats=("gdelt2", "icews"),
        power=rng.integers(0, len(STATES), count),
        kind=rng.integers(0, 5, count),
        format=rng.integers(0, 2, count),
        day=FIRST.toordinal() + rng.integers(-400, 700, count),
        n=rng.integers(1, 4, count),
        weight=rng.choice(np.array([0.5, 1.0, 2.0]), count),
        score=np.zeros(count),
    )


def numbers(row: InfluenceRow) -> dict[str, float]:
    """A row as the plain way has it."""
    out = {"stock": row.stock, "flow": row.flow, "enough": row.enough, "records": row.records, **row.doubt}
    return out | {name: value for name in OPTIONAL if (value := getattr(row, name)) is not None}


def both(
    powers: Sequence[str], *, foresight: bool = False, period: str = "month", with_rows: bool = True, seed: int = 0
) -> tuple[plain.Numbers, plain.Numbers]:
    """What the measure and the plain way find."""
    events, ties, docs = world(seed)
    further = Imported(flow=flow(seed), home=Path("none")) if with_rows else None
    rows = influence(
        events, ties, docs, host="TJK", powers=powers, since=FIRST, until=LAST, period=period, weights=WEIGHTS,
        registry=False, foresight=foresight, seed=seed, further=further,
    )  # fmt: skip
    days = sorted({r.day for r in rows})
    named = tuple(powers) or tuple(dict.fromkeys(r.power for r in rows))[:-1]
    found = sources(docs, None, known_on=LAST)
    done = acts(events, "TJK", powers, WEIGHTS, found)
    if further:
        done += plain.months(further.flow, named, WEIGHTS, OBSERVATION)
    held = standings(ties, "TJK", powers, WEIGHTS, found)
    slow = plain.measured(done, held, days, named, WEIGHTS, outlets=found.outlets, foresight=foresight, seed=seed)
    return {(days.index(r.day), r.power, r.domain): numbers(r) for r in rows}, slow


@pytest.mark.parametrize(
    "asked",
    [
        {"powers": ("RUS", "CHN", "EU")},
        {"powers": (), "period": "quarter", "seed": 1},
        {"powers": ("USA",), "period": "quarter", "foresight": True, "seed": 2},
        {"powers": ("CHN", "IRN"), "with_rows": False, "seed": 3},
    ],
)
def test_all_numbers_are_those_of_the_plain_way(asked: dict[str, object]) -> None:
    quick, slow = both(**asked)  # type: ignore[arg-type]  # the keywords above
    assert set(quick) == set(slow)
    for key, expected in slow.items():
        assert quick[key] == pytest.approx(expected, rel=1e-9, abs=1e-9), key


def test_odds_of_many_ties_and_days_are_those_of_each() -> None:
    _, ties, docs = world(4)
    held = standings(ties, "TJK", (), WEIGHTS, sources(docs, None, known_on=LAST))
    days = [FIRST + timedelta(days=13 * i) for i in range(200)]
    expected = [[s.probability(day, WEIGHTS) for s in held] for day in days]
    assert probabilities(held, days, WEIGHTS).tolist() == pytest.approx(np.array(expected), abs=1e-12)


def test_evidence_of_months_adds_up_to_the_flow() -> None:
    further = Imported(flow=flow(5), home=Path("none"))
    rows = influence(
        *world(5), host="TJK", powers=("RUS", "CHN"), since=FIRST, until=LAST, weights=WEIGHTS, further=further
    )
    for row in rows:
        assert sum(e.amount for e in row.evidence if e.kind == "flow") == pytest.approx(row.flow)
        assert sum(e.amount for e in row.evidence if e.kind == "stock") == pytest.approx(row.stock)
    ids = {e.record_id for row in rows for e in row.evidence}
    counted = plain.months(further.flow, ("RUS", "CHN"), WEIGHTS, OBSERVATION)
    assert {i for i in ids if i.startswith("rows:")} == {a.record_id for a in counted if a.day <= LAST}


def test_powers_that_are_not_named_are_the_six_with_the_most() -> None:
    events, ties, docs = world(6)
    rows = Imported(flow=flow(6), home=Path("none"))
    found = sources(docs, None, known_on=LAST)
    days = [date(2015, 12, 31), LAST]
    size = dict.fromkeys(STATES, 0.0)
    for row in rows.flow.rows():
        on = next((d for d in days if d >= row.day), None)
        if row.coding.event_type and on:
            weight = WEIGHTS.flow[row.coding.event_type]
            kept = 0.5 ** ((on - row.day).days / weight.half_life_days)
            size[row.power] += WEIGHTS.delta * OBSERVATION * row.weight * weight.score * kept
    assert rows.sizes(days, WEIGHTS) == pytest.approx(size)
    for a in acts(events, "TJK", (), WEIGHTS, found):
        on = next(d for d in days if d >= a.day)
        weight = WEIGHTS.flow[a.event_type]
        for power in a.powers:
            kept = 0.5 ** ((on - a.day).days / weight.half_life_days)
            size[power] += WEIGHTS.delta * weight.score * a.split * a.certainty * kept
    for s in standings(ties, "TJK", (), WEIGHTS, found):
        odds = sum(s.probability(d, WEIGHTS) for d in days) / 2
        size[s.power] += WEIGHTS.stock[s.kind].typical * s.magnitude * s.split * odds
    got = influence(
        events, ties, docs, host="TJK", since=FIRST, until=LAST, weights=WEIGHTS, registry=False, further=rows
    )
    assert list(dict.fromkeys(r.power for r in got))[:-1] == sorted(size, key=lambda p: -size[p])[:6]
