"""`marchland shifts` prints what the functions find."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

import marchland as ml
from marchland.answers import changed_json
from marchland.cli.shifts import shifts
from marchland.errors import DocumentError
from marchland.model.document import Document
from marchland.model.ontology import EventType, TieKind
from marchland.model.records import AnyRecord, Reading
from marchland.store import Store
from tests.influence.makers import document, event, tie


@pytest.fixture
def store(tmp_path):
    """A Russian base, a Chinese outpost, a Chinese drill, and a Russian outlet that says nothing of it."""
    path = tmp_path / "small.marchland"
    old, new = document("old", date(2014, 1, 1)), document("new", date(2016, 10, 25), publisher="Jade Gate Bulletin")
    seen = document("seen", date(2016, 11, 5), publisher="Volga-Ural Telegraph")
    readings: tuple[tuple[Document, list[AnyRecord]], ...] = (
        (old, [tie([old], "RUS", "TJK", since=date(2004, 10, 16))]),
        (
            new,
            [
                tie([new], "CHN", "TJK", kind=TieKind.OUTPOST, since=date(2016, 9, 1)),
                event(
                    [new], "CHN", "TJK", event_type=EventType.COOPERATE, contexts=("military",), on=date(2016, 10, 20)
                ),
            ],
        ),
        (seen, [event([seen], "RUS", recipients=("TJK",), event_type=EventType.CONSULT, on=date(2016, 11, 4))]),
    )
    with Store(path) as opened:
        for doc, records in readings:
            opened.add(doc, Reading(records=tuple(records)))
    return path


def lines(store, *options):
    got = CliRunner().invoke(shifts, ["TJK", "--store", str(store), "--no-registry", "--json", *options])
    assert got.exit_code == 0, got.output
    return [json.loads(line) for line in got.output.splitlines()]


def test_json_tells_steps_with_their_ties(store):
    steps = [r for r in lines(store) if r["record"] == "step"]
    assert [(s["power"], s["kind"], s["day"], s["opens"]) for s in steps] == [("CHN", "outpost", "2016-09-01", True)]
    assert steps[0]["before"] == 0
    assert sum(steps[0]["domains"].values()) == pytest.approx(steps[0]["amount"])


def test_json_tells_moves_and_says_where_a_rate_has_too_little(store):
    rows = lines(store, "--moves")
    moves = [r for r in rows if r["record"] == "move"]
    assert [(m["code"], m["rival"], m["outcome"], m["looked"]) for m in moves] == [
        ("outpost", "RUS", "silent", 1),
        ("COOPERATE", "RUS", "silent", 1),
    ]
    [rate] = [r for r in rows if r["record"] == "rate"]
    assert (rate["looked"], rate["rate"]["value"]) == (2, None)


def test_the_table_says_what_was_tested(store):
    got = CliRunner().invoke(shifts, ["TJK", "--store", str(store), "--no-registry", "--moves", "--all"])
    assert got.exit_code == 0, got.output
    assert "Ties that began or ended" in got.output
    assert "outpost" in got.output
    assert "too few to tell" in got.output
    assert "0 series were tested" in got.output


def test_a_period_may_be_given_for_the_registry_alone(store):
    got = CliRunner().invoke(shifts, ["TJK", "--store", str(store), "--since", "2012", "--until", "2013", "--json"])
    assert got.exit_code == 0, got.output
    assert all(json.loads(line)["day"][:4] in ("2012", "2013") for line in got.output.splitlines())


def test_why_lists_what_a_step_stands_on(store):
    got = CliRunner().invoke(shifts, ["TJK", "--store", str(store), "--no-registry", "--why"])
    assert got.exit_code == 0, got.output
    first, second, *_ = got.output.splitlines()
    assert first == "2016-09-01 CHN outpost began: stock 0.00 -> 4.00"
    assert second.startswith("  “What new tells.” (new, new 0-15) [")


def test_function_gives_what_the_command_prints(store):
    found = ml.shifts("TJK", store=store, registry=False)
    told = lines(store, "--moves", "--all")
    assert list(changed_json(found, with_moves=True, everything=True)) == told
    assert {s.record_id for s in found.shifts.steps} <= set(found.records)


def test_function_without_any_day_says_what_to_give(tmp_path):
    path = tmp_path / "empty.marchland"
    Store(path).close()
    with pytest.raises(DocumentError, match="give --since and --until"):
        ml.shifts("TJK", store=path)
