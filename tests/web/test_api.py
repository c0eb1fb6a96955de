"""The JSON answers are those of Python and the command line."""

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner

from marchland import api
from marchland.cli import main
from marchland.cli.influence import influence as influence_command
from marchland.cli.query import events as events_command
from marchland.model import wire
from tests.web.makers import Served


def test_events_equal_those_of_python(page: Served):
    rows = page.get("/api/v1/events?country=TJK&power=RUS").json["rows"]
    assert rows == [wire.record_json(e) for e in api.events(page.path, country="TJK", power="RUS")]
    assert len(rows) == 2


def test_events_equal_those_of_the_command_line(page: Served):
    rows = page.get("/api/v1/events?since=2016-04&until=2016-12&status=asserted").json["rows"]
    told = CliRunner().invoke(
        events_command,
        ["--store", str(page.path), "--since", "2016-04", "--until", "2016-12", "--status", "asserted", "--json"],
    )
    assert rows == [json.loads(line) for line in told.stdout.splitlines()]
    assert len(rows) == 2


def test_ties_and_documents_equal_those_of_python(page: Served):
    assert page.get("/api/v1/ties").json["rows"] == [wire.record_json(t) for t in api.ties(page.path)]
    told = [wire.document_json(d, with_text=False) for d in api.documents(page.path)]
    assert page.get("/api/v1/documents").json["rows"] == told


def test_influence_equals_that_of_the_command_line(page: Served):
    rows = page.get("/api/v1/influence/TJK?power=RUS&power=CHN&since=2012&until=2016&why=true").json["rows"]
    arguments = [
        "TJK",
        "--store",
        str(page.path),
        "--power",
        "RUS",
        "--power",
        "CHN",
        "--since",
        "2012",
        "--until",
        "2016",
    ]
    told = CliRunner().invoke(influence_command, [*arguments, "--why", "--json"])
    assert rows == [json.loads(line) for line in told.stdout.splitlines()]
    assert {r["power"] for r in rows} == {"RUS", "CHN", "other outsiders"}


def lines(*arguments: str) -> list[dict[str, Any]]:
    """What the command line prints with `--json`."""
    told = CliRunner().invoke(main, [*arguments, "--json"], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("/shifts/TJK?since=2004", ["shifts", "TJK", "--since", "2004"]),
        ("/shifts/TJK?moves=true&all=true", ["shifts", "TJK", "--moves", "--all"]),
        (
            "/shifts/TJK?power=RUS&since=2004&registry=false",
            ["shifts", "TJK", "--power", "RUS", "--since", "2004", "--no-registry"],
        ),
        ("/shifts/TJK?moves=true&as_known_on=2099", ["shifts", "TJK", "--moves", "--as-known-on", "2099"]),
        ("/forecast/TJK?power=CHN&on=2016-11-01", ["forecast", "TJK", "--power", "CHN", "--on", "2016-11-01"]),
        ("/forecast/TJK?horizon=14&type=type", ["forecast", "TJK", "--horizon", "14", "--type", "type"]),
        ("/ledger", ["forecast", "--record"]),
        ("/next?actor=CHN&type=COOPERATE", ["forecast", "--next", "CHN COOPERATE ?"]),
        ("/next?recipient=TJK&type=AID&on=2016-12-01", ["forecast", "--next", "? AID TJK", "--on", "2016-12-01"]),
        ("/review/queue?host=TJK", ["review", "TJK", "--limit", "100"]),
    ],
)
def test_measured_answers_equal_those_of_the_command_line(page: Served, path: str, arguments: list[str]):
    answer = page.get(f"/api/v1{path}")
    assert answer.status == 200
    assert answer.json["rows"] == lines(*arguments, "--store", str(page.path))
    assert answer.json["rows"] or path == "/ledger"


def test_brief_equals_that_of_the_command_line(page: Served):
    [told] = lines("brief", "TJK", "--since", "2012", "--store", str(page.path))
    assert page.get("/api/v1/brief/TJK?since=2012").json == told
    numbers = {n["n"] for n in told["evidence"]}
    for section in told["sections"]:
        for sentence in (s for p in section["paragraphs"] for s in p):
            assert sentence["notes"]
            assert set(sentence["notes"]) <= numbers


def test_who_next_names_the_event_behind_a_reason(page: Served):
    first = page.get("/api/v1/next?actor=CHN&type=COOPERATE&on=2016-12-01").json["rows"][0]
    assert (first["rank"], first["party"], first["of"]["mode"]) == (1, "TJK", "untrained")
    assert page.ids["drill"] in {e for r in first["reasons"] for e in r["events"]}


def test_data_of_the_page_equals_the_api(page: Served):
    lines = page.get("/data/influence.jsonl?country=TJK&since=2012&until=2016").text.splitlines()
    assert [json.loads(line) for line in lines] == page.get("/api/v1/influence/TJK?since=2012&until=2016").json["rows"]
    lines = page.get("/data/events.jsonl?country=TJK").text.splitlines()
    assert [json.loads(line) for line in lines] == page.get("/api/v1/events?country=TJK").json["rows"]


def test_csv_has_a_row_for_each_event_and_no_formula(page: Served):
    answer = page.get("/data/events.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == page.get("/api/v1/events").json["count"] == 5
    assert {r["event_type"] for r in rows} == {"COOPERATE", "AID", "AGREE", "ACCUSE"}
    documents = list(csv.DictReader(io.StringIO(page.get("/data/documents.csv").text)))
    assert "'=1+1" in " ".join(r["publisher"] for r in documents)
    assert not [v for r in documents for v in r.values() if v.startswith("=")]


def test_rows_come_in_parts(page: Served):
    first = page.get("/api/v1/events?limit=2").json
    then = page.get("/api/v1/events?limit=2&offset=2").json
    every = page.get("/api/v1/events").json["rows"]
    assert first["rows"] + then["rows"] == every[:4]
    assert first["count"] == 5


def test_record_tells_its_merges(page: Served):
    told = page.get(f"/api/v1/record/{page.ids['drill']}").json
    assert len(told["row"]["mentions"]) == 3
    assert len(told["merges"]) == 2
    assert all(m["reasons"] for m in told["merges"])


def test_document_tells_its_text_and_records(page: Served):
    told = page.get("/api/v1/document/mixed").json
    assert told["document"]["text"].startswith("Russia has a base")
    assert len(told["records"]) == 4
    for record in told["records"]:
        for m in record["mentions"]:
            assert told["document"]["text"][m["start"] : m["end"]] == m["quote"]


def test_map_tells_hosts_and_marks(page: Served):
    told = page.get("/api/v1/map?region=central-asia&year=2016").json
    assert {h["host"] for h in told["hosts"]} == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}
    marks = {m["name"]: m for m in told["marks"]}
    assert marks["Pamir"]["precise"] is False
    assert marks["Dushanbe"]["precise"] is True


def test_search_finds_words_in_documents(page: Served):
    assert {r["doc_id"] for r in page.get("/api/v1/search?q=helicopters").json["rows"]} == {"mixed"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/events?country=Atlantis", 400),
        ("/api/v1/events?limit=100000", 422),
        ("/api/v1/events?offset=-1", 422),
        ("/api/v1/influence/TJK?period=day", 422),
        ("/api/v1/influence/TJK?power=TJK", 400),
        ("/api/v1/influence/TJK?since=0001&until=9999&period=month", 400),
        ("/api/v1/influence/TJK?since=2016&until=2010", 400),
        ("/api/v1/record/none", 404),
        ("/api/v1/shifts/TJK?since=2016&until=2010", 400),
        ("/api/v1/shifts/TJK?rival=Atlantis", 400),
        ("/api/v1/shifts/TJK?moves=perhaps", 422),
        ("/api/v1/forecast/TJK?horizon=0", 422),
        ("/api/v1/forecast/TJK?type=nonsense", 400),
        ("/api/v1/forecast/TJK?power=TJK", 400),
        ("/api/v1/next?type=COOPERATE", 400),
        ("/api/v1/next?type=nonsense&actor=CHN", 422),
        ("/api/v1/next?type=AID&actor=FJI", 400),
        ("/api/v1/brief/TJK?since=2016&until=2010", 400),
        ("/api/v1/document/none", 404),
        ("/api/v1/none", 404),
    ],
)
def test_refusal_is_json_with_one_sentence(page: Served, path: str, status: int):
    answer = page.get(path)
    assert answer.status == status
    assert set(answer.json) == {"error"}


def test_api_of_an_empty_store_answers(empty: Served):
    assert empty.get("/api/v1/store").json == {"documents": 0, "events": 0, "ties": 0, "first": None, "last": None}
    assert empty.get("/api/v1/events").json["rows"] == []
    assert empty.get("/api/v1/influence/TJK").status == 400
    assert empty.get("/api/v1/influence/TJK?since=2016&until=2016").status == 200


def test_description_names_every_address(page: Served):
    told = page.get("/api/openapi.json").json
    assert told["openapi"].startswith("3.")
    assert {"/api/v1/events", "/api/v1/influence/{host}", "/api/v1/record/{record_id}", "/api/v1/map"} <= set(
        told["paths"]
    )
    text = page.get("/api").text
    assert all(f"<code>{path}</code>" in text for path in told["paths"])
