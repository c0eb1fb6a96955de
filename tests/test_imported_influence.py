"""Imported event data moves the influence of a store that holds no document, and is looked at for shifts."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from marchland import api
from marchland.cli.shifts import shifts
from marchland.exchange import import_, imported_flow, imported_months
from marchland.influence.imported import Imported
from marchland.lexicon.weights import load_weights
from tests.exchange.samples import gdelt


def flows(store: Path) -> dict[tuple[str, str], float]:
    """Flow over Tajikistan in 2019 by power and domain."""
    measured = api.influence("TJK", store=store, power=("CHN", "RUS"), since=date(2019, 1, 1), until=date(2019, 12, 31))
    return {(r.power, r.domain.value): r.flow for r in measured.rows}


def test_imported_acts_enter_the_measure(tmp_path: Path) -> None:
    store = tmp_path / "s.marchland"
    with api.open_store(store):
        pass
    file = tmp_path / "20190723.export.CSV"
    rows = [gdelt(i, code="071", day=f"201907{i % 28 + 1:02d}") for i in range(1, 200)]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    before = flows(store)
    list(import_([file], store=store, format="gdelt2"))
    grown = {power for (power, domain), flow in flows(store).items() if flow > before[power, domain]}
    assert grown == {"CHN"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of three years: China goes from 20 to 120 a month in Tajikistan in 2018, Russia and the rest of the world go on."""
    home = tmp_path_factory.mktemp("imports") / "s.marchland"
    with api.open_store(home):
        pass
    chance, number, rows = np.random.default_rng(0), 0, []
    for month in range(36):
        day = f"{2017 + month // 12}{month % 12 + 1:02d}10"
        china, russia = chance.poisson(20 if month < 18 else 120), chance.poisson(40)
        for actor, recipient, count in (("CHN", "TJK", china), ("RUS", "TJK", russia), ("USA", "CHN", 900)):
            for _ in range(count):
                number += 1
                rows.append(gdelt(number, code="071", day=day, actor=actor, recipient=recipient))
    file = home.parent / "made.export.CSV"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    import_([file], store=home, format="gdelt2")
    return home


def told(store: Path, *options: str) -> list[dict[str, object]]:
    got = CliRunner().invoke(shifts, ["TJK", "--store", str(store), "--no-registry", "--json", *options])
    assert got.exit_code == 0, got.output
    return [json.loads(line) for line in got.output.splitlines()]


def test_rows_of_a_month_are_counted_wherever_they_play(store: Path) -> None:
    first, *_, last = imported_months(store, ["2017-01", "2017-02", "2020-01"])
    assert first >= 900
    assert last == 0


def test_a_shift_of_imported_acts_is_found_in_its_month(store: Path) -> None:
    found = [r for r in told(store) if r["record"] == "shift" and r["power"] == "CHN" and r["domain"] is None]
    assert [r["month"]["best"] for r in found if r["measure"] == "flow"] == ["2018-07"]  # type: ignore[index]  # JSON
    assert not [r for r in told(store) if r["record"] == "shift" and r["power"] == "RUS"]


def test_the_running_alarm_hears_imported_acts(store: Path) -> None:
    rows = told(store, "--alarm", "--rate", "0.5")
    [watch] = [r for r in rows if r["record"] == "watch"]
    assert sorted(watch["powers"]) == ["CHN", "RUS"]  # type: ignore[call-overload]  # JSON
    assert [(r["power"], r["month"]) for r in rows if r["record"] == "alarm"] == [("CHN", "2018-07")]


def test_a_named_power_and_the_rest_weigh_what_all_of_them_do(store: Path) -> None:
    flow, weights = imported_flow(store, "TJK"), load_weights()
    asked = Imported(flow=flow, home=store)
    days = [date(2017, 12, 31), date(2018, 12, 31), date(2019, 12, 31)]
    sizes = asked.sizes(days, weights)
    assert {p for p, size in sizes.items() if size > 0} == {"CHN", "RUS"}
    assert sizes["CHN"] > sizes["RUS"]
    acts = asked.acts(("CHN",), weights)
    assert sum(a.split for a in acts) == pytest.approx(0.1 * flow.weight.sum())
    assert sum(a.count for a in acts) == pytest.approx(0.1 * flow.n.sum())
    assert asked.busy(date(2017, 1, 1), date(2017, 12, 31))["RUS"] == pytest.approx(0.1 * 40 * 12, rel=0.15)
