"""The running alarm: it rings for what lasts, keeps its stated rate, and knows nothing of what comes later."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner

from marchland.cli.shifts import shifts
from marchland.influence import alarms
from marchland.influence.alarm import level, rings
from marchland.influence.breaks import shuffles
from marchland.lexicon.shift_rules import load_shift_rules
from marchland.model.document import Document
from marchland.model.records import Event, Reading
from marchland.store import Store
from tests.influence.makers import document, event

FLOW = load_shift_rules().flow
RULES = replace(load_shift_rules().alarm, shuffles=399)
EVEN = np.ones(60)


def heard(series, at=0.01, covered=EVEN):
    return rings(series, covered[: len(series)], at, RULES, FLOW, np.random.default_rng(0))


def risen(month=36):
    series = np.random.default_rng(1).poisson(1.0, 60).astype(float)
    series[month:] += 6
    return series


def test_a_new_level_rings_within_the_year_and_names_its_first_month():
    [ring] = heard(risen())
    assert abs(ring.month - 36) <= 1
    assert 36 < ring.at < 48
    assert (ring.before, ring.after) == (pytest.approx(1, abs=0.5), pytest.approx(7, abs=1.5))


def test_a_ring_knows_nothing_of_later_months():
    [whole] = heard(risen())
    [cut] = heard(risen()[: whole.at + 1])
    assert (cut.at, cut.month, cut.p) == (whole.at, whole.month, whole.p)
    assert heard(risen()[: whole.at]) == []


def test_a_change_rings_once_and_the_way_back_rings_again():
    series = np.random.default_rng(2).poisson(1.0, 60).astype(float)
    series[24:42] += 8
    first, second = heard(series)
    assert abs(first.month - 24) <= 1
    assert abs(second.month - 42) <= 1
    assert second.after < second.before


def test_the_level_of_a_look_shares_the_rate_among_powers_and_quarters():
    assert level(6, replace(RULES, rate=0.12)) == pytest.approx(0.12 / 24)


def test_false_alarms_on_block_shuffled_bursts_keep_the_stated_rate():
    """A host of five powers with bursts of three months, shuffled by blocks: at most the stated rate, give or take chance."""
    rng = np.random.default_rng(5)
    rules = replace(RULES, rate=0.5)  # high, so that there is something to count
    at, years, false = level(5, rules), 0.0, 0
    for _ in range(12):
        for _ in range(5):
            bursts = np.repeat(rng.poisson(1.0, 20) * rng.integers(0, 6, 20), 3) + rng.poisson(0.5, 60)
            order = shuffles(60, rules.look_months, 1, rng)[0]
            false += len(rings(bursts[order].astype(float), EVEN, at, rules, FLOW, rng))
        years += 5
    assert false / years <= 0.5


def told(count, first, *, power="CHN"):
    docs = [document(f"{power}{first}{i}", date(first, i % 12 + 1, 10 + i // 12)) for i in range(count)]
    return docs, [event([d], power, recipients=("TJK",), on=d.published.best) for d in docs]


@pytest.fixture(scope="module")
def records():
    docs: list[Document] = []
    events: list[Event] = []
    for year, count in ((2012, 12), (2013, 12), (2014, 12), (2015, 84), (2016, 84)):
        more, acts = told(count, year)
        docs, events = docs + more, events + acts
        more, acts = told(60, year, power="RUS")  # so that not all that is read is China's
        docs, events = docs + more, events + acts
    return docs, events


def test_alarms_say_what_was_promised(records):
    docs, events = records
    found = alarms(events, docs, host="TJK", since=date(2012, 1, 1), until=date(2016, 12, 31), rate=0.2)
    assert sorted(found.powers) == ["CHN", "RUS"]
    assert (found.rate, found.looks) == (0.2, 17)
    assert found.level == pytest.approx(0.2 / 8)
    [china] = [a for a in found.alarms if a.power == "CHN"]
    assert china.month in ("2014-12", "2015-01", "2015-02")
    assert china.on <= "2015-12"


def test_the_command_prints_alarms_where_they_are_asked_for(records, tmp_path):
    docs, events = records
    path = tmp_path / "s.marchland"
    with Store(path) as opened:
        for doc, act in zip(docs, events, strict=True):
            opened.add(doc, Reading(records=(act,)))
    options = ["TJK", "--store", str(path), "--no-registry", "--since", "2012", "--until", "2016"]
    got = CliRunner().invoke(shifts, [*options, "--alarm", "--rate", "0.2", "--json"])
    assert got.exit_code == 0, got.output
    rows = [json.loads(line) for line in got.output.splitlines()]
    [watch] = [r for r in rows if r["record"] == "watch"]
    assert (watch["rate"], watch["looks"], sorted(watch["powers"])) == (0.2, 17, ["CHN", "RUS"])
    assert "CHN" in {r["power"] for r in rows if r["record"] == "alarm"}
    table = CliRunner().invoke(shifts, [*options, "--alarm"])
    assert "Alarms, as they would have rung at the time" in table.output
    plain = CliRunner().invoke(shifts, [*options, "--json"])
    assert not [r for r in map(json.loads, plain.output.splitlines()) if r["record"] in ("watch", "alarm")]
