"""`marchland review`: the queue, a person's word, the log, and taking it back."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import marchland as ml
from marchland.cli import main
from marchland.store import Store
from tests.web.makers import fill


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "s.marchland"
    with Store(path) as made:
        ids = fill(made)
    monkeypatch.setenv("MARCHLAND_STORE", str(path))
    monkeypatch.setenv("MARCHLAND_REVIEWER", "Ann")
    return path, ids


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["review", *arguments])


def lines(*arguments: str) -> list[dict[str, Any]]:
    told = run(*arguments, "--json")
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_queue_is_what_is_listed_without_a_command(store):
    assert run("TJK").stdout == run("queue", "TJK").stdout
    rows = lines("TJK", "--limit", "3")
    assert len(rows) == 3
    assert [r["id"] for r in rows] == [t.record.id for t in ml.review("TJK")[:3]]


def test_queue_of_all_countries_needs_no_host(store):
    assert {r["id"] for r in lines()} >= {r["id"] for r in lines("TJK")}


def test_word_of_a_person_counts_is_logged_and_taken_back(store):
    _, ids = store
    told = run("reject", ids["drill"], "--note", "a parade")
    assert told.stdout == f"1 reject {ids['drill']} (in 3 tellings)\n"
    assert "review undo 1" in told.stderr
    assert ids["drill"] not in [e.id for e in ml.events()]
    [entry] = lines("--log")
    assert (entry["who"], entry["note"], entry["standing"]) == ("Ann", "a parade", True)
    assert entry["at"].endswith("Z")
    assert len(lines("--rejected")) == 3
    assert "a parade" in run("--log").stdout
    run("undo", "--by", "Ben")
    assert ids["drill"] in [e.id for e in ml.events()]
    assert [(c["action"], c["who"], c["standing"]) for c in lines("--log")] == [
        ("reject", "Ann", False),
        ("undo", "Ben", True),
    ]
    assert run("undo").exit_code == 1


def test_several_records_are_accepted_at_once(store):
    _, ids = store
    assert run("accept", ids["drill"], ids["base"]).exit_code == 0
    assert not {ids["drill"], ids["base"]} & {r["id"] for r in lines()}


def test_fields_are_set_by_name(store):
    _, ids = store
    done = run(
        "edit",
        ids["accused"],
        "--set",
        "type=CONSULT",
        "--set",
        'actors=[{"country":"RUS","sector":"LEG"}]',
        "--set",
        "when=",
    )
    assert done.exit_code == 0, done.output
    [found] = ml.events(type="CONSULT")
    assert (found.actors[0].sector.value, found.when) == ("LEG", None)


def test_records_are_joined_parted_and_added(store):
    _, ids = store
    quote = "Russia accused Tajikistan of delay."
    told = ("--document", "mixed", "--kind", "event", "--quote", quote)
    done = run(
        "add",
        *told,
        "--trigger",
        "delay",
        "--set",
        "type=REQUEST",
        "--set",
        "actors=RUS",
        "--set",
        "recipients=TJK",
        "--json",
    )
    added = json.loads(done.stdout)["subjects"][0]["after"]
    assert (added["mentions"][0]["quote"], added["event_type"]) == (quote, "REQUEST")
    assert run("merge", added["id"], ids["accused"]).exit_code == 0
    assert len(next(e for e in ml.events() if e.id in (added["id"], ids["accused"])).mentions) == 2
    assert run("split", added["id"], ids["accused"]).exit_code == 0
    assert {added["id"], ids["accused"]} <= {e.id for e in ml.events()}


def test_log_is_taken_over_into_another_store(store, tmp_path):
    _, ids = store
    run("reject", ids["drill"])
    run("edit", ids["base"], "--set", "power=CHN")
    run("undo", "1")
    log = tmp_path / "log.jsonl"
    log.write_text(run("--log", "--json").stdout, encoding="utf-8")
    other = tmp_path / "other.marchland"
    with Store(other) as made:
        fill(made)
    assert "3 corrections taken over" in run("--replay", str(log), "--store", str(other)).stderr
    assert "0 corrections taken over" in run("--replay", str(log), "--store", str(other)).stderr
    with Store(store[0]) as one, Store(other) as two:
        assert one.hash() == two.hash()
        assert one.ties() == two.ties()
    log.write_text('{"record": "event"}\n', encoding="utf-8")
    assert "log.jsonl, line 1: no entry of a log" in run("--replay", str(log)).stderr


def test_conflicts_are_listed(store):
    from marchland.model.ontology import EventType
    from tests.store.makers import event, reading

    path, ids = store
    run("edit", ids["accused"], "--set", "type=CONSULT")
    assert lines("--conflicts") == []
    with Store(path) as opened:
        doc = opened.document("mixed")
        opened.add(doc, reading(event(doc, "accused", event_type=EventType.THREATEN)))
    [found] = lines("--conflicts")
    assert (found["kind"], found["field"], found["read_then"], found["read_now"], found["stands"]) == (
        "read otherwise", "event_type", "ACCUSE", "THREATEN", "CONSULT",
    )  # fmt: skip
    assert "THREATEN" in run("--conflicts").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("reject", "none"), 1, "holds no record"),
        (("edit", "{drill}", "--set", "status"), 2, "write FIELD=VALUE"),
        (("edit", "{drill}", "--set", "actors=[1"), 2, "no JSON"),
        (("edit", "{drill}"), 1, "no field is given"),
        (("undo", "7"), 1, "no such entry"),
        (("add", "--document", "none", "--kind", "event", "--quote", "x"), 1, "does not hold it"),
        (("add", "--document", "mixed", "--kind", "event", "--quote", "a"), 1, "times in the document"),
        (("accept", "{drill}", "--by", " "), 1, "needs the name"),
        (("Atlantis",), 2, "is no country"),
        (("accept", "x", "--store", "/nowhere/s"), 1, "no such file"),
    ],
)
def test_refusal_says_what_to_do(store, arguments, code, said):
    told = run(*(a.replace("{drill}", store[1]["drill"]) for a in arguments))
    assert (told.exit_code, said in told.stderr) == (code, True), told.stderr


def test_hostile_text_is_shown_and_never_obeyed(store):
    run("reject", store[1]["pact"], "--note", "[bold]\x1b[31mred")
    assert "\x1b[31m" not in run("--log").stdout
    assert "[bold]" in run("--log").stdout
