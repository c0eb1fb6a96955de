"""`marchland forecast --next` ranks what the function ranks."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from marchland import api_forecast
from marchland.cli import main
from marchland.errors import ForecastError
from marchland.store import Store
from tests.web.makers import fill


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a drill of China and Tajikistan."""
    made = tmp_path_factory.mktemp("next") / "small.marchland"
    with Store(made) as store:
        fill(store)
    return made


def test_command_prints_the_rows_of_the_function(path: Path):
    told = CliRunner().invoke(main, ["forecast", "--next", "CHN cooperate ?", "--store", str(path), "--json"])
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    found = api_forecast.next_party("CHN COOPERATE ?", store=path)
    assert [(r["rank"], r["party"], r["probability"]) for r in rows] == [
        (n, row.party, row.probability) for n, row in enumerate(found.rows, 1)
    ]
    assert rows[0]["party"] == "TJK"
    assert found.on == date(2016, 10, 26)


def test_table_names_the_best_party_and_how_it_was_ranked(path: Path):
    told = CliRunner().invoke(main, ["forecast", "--next", "? AID TJK", "--store", str(path)])
    assert told.exit_code == 0
    assert "Who next: ? AID TJK, from 2016-10-26" in told.stdout
    assert "untrained" in told.stderr


@pytest.mark.parametrize("question", ["CHN COOPERATE TJK", "? COOPERATE ?", "CHN DANCE ?", "CHN"])
def test_question_of_another_form_says_how_to_write_it(path: Path, question: str):
    with pytest.raises(ForecastError, match='write "CHN COOPERATE \\?"'):
        api_forecast.next_party(question, store=path)


def test_store_without_days_asks_for_one(tmp_path: Path):
    empty = tmp_path / "empty.marchland"
    Store(empty).close()
    with pytest.raises(ForecastError, match="give the day"):
        api_forecast.next_party("CHN COOPERATE ?", store=empty)


@pytest.mark.parametrize("arguments", [[], ["TJK", "--record"], ["TJK", "--next", "CHN AID ?"]])
def test_one_question_at_a_time(path: Path, arguments: list[str]):
    told = CliRunner().invoke(main, ["forecast", *arguments, "--store", str(path)])
    assert told.exit_code == 2
    assert "give one of a HOST" in told.stderr
