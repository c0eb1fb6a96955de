"""The command line: data on standard output, talk on standard error, 1 for failure, 2 for bad usage."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marchland.cli import main
from marchland.store.open import VARIABLE

Rows = list[dict[str, Any]]

ROWS: tuple[dict[str, str], ...] = (
    {
        "id": "a",
        "title": "Sweden expels Iranian diplomats",
        "text": "Sweden expelled three Iranian diplomats on Friday. Russia has a military base in Tajikistan.",
        "date": "2019-07-24",
        "publisher": "Tidende",
    },
    {
        "id": "b",
        "text": "China lent Tajikistan 200 million dollars for a road in May 2018.",
        "date": "2018-06-01",
    },
)
MENTION_KEYS = {"doc_id", "start", "end", "quote", "trigger", "status", "holder", "citation", "hedges", "rule"}
EVENT_KEYS = {
    "record", "id", "doc_id", "event_type", "base", "mode", "contexts", "actors", "recipients", "status", "certainty",
    "confidence", "when", "where", "quantities", "mentions",
}  # fmt: skip
TIE_KEYS = {
    "record", "id", "doc_id", "kind", "power", "host", "members", "since", "until", "last_confirmed", "domains",
    "magnitude", "status", "mentions",
}  # fmt: skip
DOCUMENT_KEYS = {"record", "doc_id", "title", "publisher", "url", "sha256", "published"}


def run(*words: str | Path, stdin: str | None = None) -> Result:
    """Run `marchland WORDS`."""
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin)


def records(result: Result) -> list[dict[str, Any]]:
    """The JSON lines of standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def corpus(rows: Sequence[dict[str, str]] = ROWS) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(r) + "\n" for r in rows)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `code --json` prints of the two rows."""
    path = tmp_path_factory.mktemp("coded") / "news.jsonl"
    path.write_text(corpus(), encoding="utf-8")
    result = run("code", path, "--json")
    assert result.exit_code == 0
    return records(result)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the two rows."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "news.jsonl").write_text(corpus(), encoding="utf-8")
    path = folder / "news.marchland"
    assert run("code", folder / "news.jsonl", "--store", path).exit_code == 0
    return path


# ---- code ----


def test_code_prints_each_document_before_its_records(coded: Rows) -> None:
    assert [r["doc_id"] for r in coded if r["record"] == "document"] == ["a", "b"]
    assert coded[0]["record"] == "document"
    owners = [r["doc_id"] for r in coded]
    assert owners == sorted(owners)


def test_a_document_line_has_the_keys_of_the_contract(coded: Rows) -> None:
    first = coded[0]
    assert first.keys() >= DOCUMENT_KEYS
    assert first["published"].keys() >= {"start", "end", "best", "reasons"}
    assert (first["title"], first["publisher"], first["published"]["best"]) == (
        "Sweden expels Iranian diplomats",
        "Tidende",
        "2019-07-24",
    )
    assert "text" not in first  # only where it was extracted from a page or a PDF


def test_an_event_line_has_the_keys_of_the_contract(coded: Rows) -> None:
    event = next(r for r in coded if r["record"] == "event")
    assert event.keys() >= EVENT_KEYS
    assert event["actors"][0].keys() >= {"country", "org", "sector", "text", "name"}
    assert event["when"].keys() >= {"start", "end", "precision", "text"}
    assert event["mentions"][0].keys() >= MENTION_KEYS
    assert (event["event_type"], event["status"]) == ("SANCTION", "asserted")
    assert [(p["country"], p["sector"]) for p in event["actors"]] == [("SWE", "GOV")]
    assert [p["country"] for p in event["recipients"]] == ["IRN"]
    assert (event["when"]["start"], event["when"]["precision"]) == ("2019-07-19", "day")


def test_a_tie_line_has_the_keys_of_the_contract(coded: Rows) -> None:
    tie = next(r for r in coded if r["record"] == "tie")
    assert tie.keys() >= TIE_KEYS
    assert (tie["kind"], tie["power"]["country"], tie["host"]["country"]) == ("base", "RUS", "TJK")
    assert tie["mentions"][0].keys() >= MENTION_KEYS


def test_offsets_count_in_title_line_break_and_text(coded: Rows) -> None:
    texts = {r["id"]: (r["title"] + "\n" if "title" in r else "") + r["text"] for r in ROWS}
    for record in coded:
        for m in record.get("mentions", []):
            assert texts[m["doc_id"]][m["start"] : m["end"]] == m["quote"]
            first, last = m["trigger"]
            assert m["start"] <= first < last <= m["end"]


def test_records_of_a_document_come_by_offset(coded: Rows) -> None:
    for doc_id in ("a", "b"):
        starts = [r["mentions"][0]["start"] for r in coded if r["doc_id"] == doc_id and r.get("mentions")]
        assert starts == sorted(starts)


def test_a_dash_reads_json_lines_from_standard_input(coded: Rows) -> None:
    result = run("code", "-", "--json", stdin=corpus())
    assert records(result) == coded


def test_without_json_people_get_tables() -> None:
    result = run("code", "-", stdin=corpus())
    assert result.exit_code == 0
    assert "SANCTION" in result.stdout
    assert "SWE" in result.stdout
    assert "2 documents" in result.stderr


def test_data_and_talk_are_kept_apart() -> None:
    result = run("code", "-", "--json", stdin=corpus())
    assert all(line.startswith("{") for line in result.stdout.splitlines())
    assert result.stderr.startswith("marchland: ")


def test_records_the_coder_doubts_can_be_left_out() -> None:
    result = run("code", "-", "--json", "--min-confidence", "1", stdin=corpus())
    assert [r["record"] for r in records(result) if r["record"] in ("event", "tie")] == []


def test_a_text_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Sweden expelled three Iranian diplomats on Friday.", encoding="utf-8")
    result = run("code", path, "--json")
    assert [r["record"] for r in records(result)] == ["document", "event"]


def test_unknown_keys_of_a_row_are_ignored_with_one_warning() -> None:
    rows = [{**row, "colour": "red"} for row in ROWS]
    result = run("code", "-", "--json", stdin=corpus(rows))
    assert result.exit_code == 0
    assert result.stderr.count("unknown keys are ignored") == 1


# ---- what cannot be read ----


def test_a_missing_file_is_one_line_and_1(tmp_path: Path) -> None:
    result = run("code", tmp_path / "absent.txt")
    assert result.exit_code == 1
    assert f"not read: {tmp_path / 'absent.txt'}: there is no such file" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_empty_file_is_one_line_and_1(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    result = run("code", path)
    assert result.exit_code == 1
    assert f"not read: {path}: the file is empty" in result.stderr


def test_a_broken_row_is_named_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(corpus(ROWS[:1]) + "{oops\n" + corpus(ROWS[1:]), encoding="utf-8")
    result = run("code", path, "--json")
    assert result.exit_code == 1
    assert f"{path}, line 2: the line is not JSON" in result.stderr
    assert [r["doc_id"] for r in records(result) if r["record"] == "document"] == ["a", "b"]


def test_a_row_without_text_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"title": "Only a title"}\n', encoding="utf-8")
    result = run("code", path)
    assert result.exit_code == 1
    assert f'{path}, line 1: there is no "text"' in result.stderr


# ---- questions to a store ----


def test_events_of_a_store_are_those_it_was_given(store: Path) -> None:
    found = records(run("events", "--store", store, "--json"))
    assert sorted((r["event_type"], r["actors"][0]["country"]) for r in found) == [("AID", "CHN"), ("SANCTION", "SWE")]
    assert all(r.keys() >= EVENT_KEYS for r in found)


@pytest.mark.parametrize(
    ("question", "types"),
    [
        (("--country", "TJK"), ["AID"]),
        (("--country", "Tajikistan"), ["AID"]),
        (("--power", "SWE"), ["SANCTION"]),
        (("--power", "SWE", "--power", "CHN"), ["AID", "SANCTION"]),
        (("--type", "AID"), ["AID"]),
        (("--since", "2019"), ["SANCTION"]),
        (("--until", "2018-12"), ["AID"]),
        (("--status", "asserted"), ["AID", "SANCTION"]),
        (("--status", "denied"), []),
        (("--as-of", "2018-12-31"), ["AID"]),
        (("--as-known-on", "2001-01-01"), []),
    ],
)
def test_events_answer_a_question(store: Path, question: tuple[str, ...], types: list[str]) -> None:
    found = records(run("events", "--store", store, "--json", *question))
    assert sorted(r["event_type"] for r in found) == types


def test_ties_of_a_store_have_power_and_host(store: Path) -> None:
    found = records(run("ties", "--store", store, "--json", "--type", "base"))
    assert [(r["power"]["country"], r["host"]["country"]) for r in found] == [("RUS", "TJK")]
    assert found[0].keys() >= TIE_KEYS


def test_documents_of_a_store_are_listed(store: Path) -> None:
    found = records(run("documents", "--store", store, "--json"))
    assert sorted(r["doc_id"] for r in found) == ["a", "b"]
    assert all(r.keys() >= DOCUMENT_KEYS for r in found)


def test_a_table_of_events_shows_the_sentence(store: Path) -> None:
    result = run("events", "--store", store)
    assert result.exit_code == 0
    assert "China lent Tajikistan" in result.stdout


def test_coding_the_same_rows_again_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "again.marchland"
    for _ in range(2):
        assert run("code", "-", "--store", path, stdin=corpus()).exit_code == 0
    assert len(records(run("events", "--store", path, "--json"))) == 2
    assert len(records(run("documents", "--store", path, "--json"))) == 2


def test_the_store_may_be_named_in_the_environment(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(store))
    assert len(records(run("documents", "--json"))) == 2


@pytest.mark.parametrize("verb", ["events", "ties", "documents"])
def test_a_missing_store_is_one_line_and_1(tmp_path: Path, verb: str) -> None:
    path = tmp_path / "absent.marchland"
    result = run(verb, "--store", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"marchland: store {path}: there is no such file")
    assert not path.exists()


def test_a_file_that_is_no_store_is_one_line_and_1(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, this is a letter and no store at all." * 20, encoding="utf-8")
    result = run("events", "--store", path)
    assert result.exit_code == 1
    assert f"store {path}: the file is no marchland store" in result.stderr


def test_a_newer_store_is_one_line_and_1(tmp_path: Path) -> None:
    path = tmp_path / "newer.marchland"
    assert run("code", "-", "--store", path, stdin=corpus()).exit_code == 0
    con = sqlite3.connect(path)
    con.execute("PRAGMA user_version = 999")
    con.close()
    result = run("events", "--store", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"marchland: store {path}: schema 999;")
    assert "Install the newer marchland" in result.stderr


# ---- influence ----


def test_influence_gives_a_row_for_each_power_domain_and_period(store: Path) -> None:
    found = records(run("influence", "TJK", "--store", store, "--json", "--power", "CHN", "--power", "RUS"))
    assert {r["record"] for r in found} == {"influence"}
    assert {r["host"] for r in found} == {"TJK"}
    assert {r["domain"] for r in found} == {"security", "economic", "political", "information"}
    assert {"CHN", "RUS"} <= {r["power"] for r in found}
    assert all(set(r["share"]) == {"value", "low", "high"} for r in found)


def test_shares_of_a_domain_and_period_sum_to_one(store: Path) -> None:
    rows = records(run("influence", "TJK", "--store", store, "--json", "--domain", "security"))
    for period in {r["period"] for r in rows}:
        total = sum(r["share"]["value"] for r in rows if r["period"] == period)
        assert total == pytest.approx(1.0)


def test_influence_says_why_in_sentences(store: Path) -> None:
    result = run("influence", "TJK", "--store", store, "--no-registry", "--why", "--power", "CHN")
    assert result.exit_code == 0
    assert "China lent Tajikistan 200 million dollars" in result.stdout


def test_influence_writes_a_plot(store: Path, tmp_path: Path) -> None:
    picture = tmp_path / "host.svg"
    result = run("influence", "TJK", "--store", store, "--plot", picture)
    assert result.exit_code == 0
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<")
    assert str(picture) in result.stderr


def test_influence_of_a_missing_store_is_one_line_and_1(tmp_path: Path) -> None:
    result = run("influence", "TJK", "--store", tmp_path / "absent.marchland")
    assert result.exit_code == 1
    assert "there is no such file" in result.stderr


# ---- ref and demo ----


@pytest.mark.parametrize(
    ("what", "line", "count"),
    [
        ("events", "CONSULT\tverbal cooperation", 16),
        ("statuses", "planned\tdoes not count as happened", 7),
        ("ties", "claim_of_sphere", 26),
        ("links", "in_return_for", 8),
        ("domains", "security", 4),
        ("sectors", "GOV", 26),
    ],
)
def test_ref_lists_the_codes(what: str, line: str, count: int) -> None:
    result = run("ref", what)
    assert result.exit_code == 0
    assert line in result.stdout.splitlines()
    assert len(result.stdout.splitlines()) == count


def test_ref_lists_countries_by_code() -> None:
    assert "TJK\tTajikistan" in run("ref", "countries").stdout.splitlines()


def test_demo_does_the_main_job_offline(tmp_path: Path) -> None:
    result = run("demo", "--folder", tmp_path / "demo")
    assert result.exit_code == 0
    assert "read 152 documents" in result.stdout
    assert (tmp_path / "demo" / "demo.marchland").is_file()
    assert (tmp_path / "demo" / "tajikistan.svg").read_text(encoding="utf-8").lstrip().startswith("<")
    assert "other outsiders" in result.stdout
    assert len(records(run("documents", "--store", tmp_path / "demo" / "demo.marchland", "--json"))) == 152


# ---- bad usage ----


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("code",), "Missing argument"),
        (("code", "a.txt", "--min-confidence", "2"), "--min-confidence"),
        (("events", "--country", "Atlantis"), '"Atlantis" is no country'),
        (("events", "--since", "2019-13"), '"2019-13" is no date'),
        (("events", "--status", "perhaps"), "--status"),
        (("events", "--colour", "red"), "--colour"),
        (("influence",), "Missing argument"),
        (("influence", "TJK", "--period", "week"), "--period"),
        (("ref", "colours"), "'colours' is not one of"),
        (("conquer",), "No such command 'conquer'"),
    ],
)
def test_bad_usage_is_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("verb", ["code", "demo", "documents", "events", "influence", "ref", "ties"])
def test_every_verb_has_help(verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {verb}")


def test_help_lists_the_verbs() -> None:
    listed = run("--help").stdout
    assert all(f"  {verb} " in listed for verb in ("code", "demo", "documents", "events", "influence", "ref", "ties"))
