"""Imported event data moves the influence of a store that holds no document."""

from datetime import date
from pathlib import Path

from marchland import api
from marchland.exchange import import_
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
