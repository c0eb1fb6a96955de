"""A silence opens to its sentences, to what went unanswered, and to what was looked at."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from marchland.cli.query_statements import silences
from marchland.influence.silence_why import silence_why
from marchland.lexicon.outlets import outlets
from marchland.model.dates import day
from marchland.model.ontology import EventType, Status
from marchland.model.records import Reading, Silence
from marchland.store import Store
from tests.influence.makers import document, event, mentions, parties

TELLS = document("tells", date(2016, 12, 1), publisher="Jade Gate Bulletin", text="Moscow said nothing of the drill.")
HOME = document("home", date(2016, 11, 5), publisher="TASS", text="A harvest festival was held.")
DRILL = event([TELLS], "CHN", recipients=("TJK",), event_type=EventType.COOPERATE, on=date(2016, 10, 20))
WINDOW = replace(day(date(2016, 10, 20)), end=date(2016, 12, 31))


def silence(**changes):
    told = Silence(
        id="aaaa000011112222", doc_id="tells", status=Status.ASSERTED, mentions=mentions([TELLS], Status.ASSERTED),
        certainty=1.0, confidence=1.0, party=parties("RUS")[0], stimulus=DRILL.id, window=WINDOW,
    )  # fmt: skip
    return replace(told, **changes)


def lines(told, documents):
    return silence_why(told, {DRILL.id: DRILL}.get, documents, outlets())


def test_it_names_the_party_the_days_the_sentence_and_the_act():
    first, told, on, _ = lines(silence(), [TELLS])
    assert first == "Russia is told to be silent from 2016-10-20 to 2016-12-31 [aaaa000011112222]"
    assert told == "  told: “Moscow said nothing of the drill.” (Jade Gate Bulletin, tells 0-33)"
    assert on.startswith("  on: “Moscow said nothing of the drill.”")
    assert on.endswith(f"[{DRILL.id}]")


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ([TELLS, HOME], "  looked for here in 1 documents of outlets of RUS from these days: TASS"),
        ([TELLS], "  not looked for here: no document of an outlet of RUS from these days is in the store"),
    ],
)
def test_it_says_whether_the_partys_own_outlets_were_read(documents, said):
    assert lines(silence(), documents)[-1] == said


def test_without_days_nothing_can_have_been_looked_for():
    assert lines(silence(window=None), [TELLS, HOME])[-1].startswith("  not looked for here: it names no country")


def test_the_command_opens_silences(tmp_path):
    path = tmp_path / "s.marchland"
    with Store(path) as opened:
        opened.add(TELLS, Reading(records=(DRILL, silence())))
        opened.add(HOME, Reading(records=()))
    got = CliRunner().invoke(silences, ["--store", str(path), "--why"])
    assert got.exit_code == 0, got.output
    assert "is told to be silent" in got.output
    assert "looked for here in 1 documents of outlets of RUS" in got.output
    [row] = map(json.loads, CliRunner().invoke(silences, ["--store", str(path), "--why", "--json"]).output.splitlines())
    assert row["record"] == "silence"
    assert row["why"][0].startswith("Russia is told to be silent")
