"""What makes an import of millions of rows quick tells the same as the slow way."""

from pathlib import Path

import numpy as np
import pytest

from marchland.exchange.cells import Cells, Meanings
from marchland.exchange.packing import Packer
from marchland.exchange.pages import PAGE, Page, pages
from marchland.exchange.tally import flows


def test_cells_of_rows_with_the_right_width_are_found() -> None:
    cells = Cells("7\tTJK\tx\nno tabs\n\t\tĞ\n123\tTADSCHIKISTAN\t".encode(), 3)
    assert cells.rows.tolist() == [0, 2, 3]
    assert [[cells.text(row, cell) for cell in range(3)] for row in range(3)] == [
        ["7", "TJK", "x"],
        ["", "", "Ğ"],
        ["123", "TADSCHIKISTAN", ""],
    ]
    assert cells.ids(0).tolist() == [7, -2, 123]


def test_values_are_learned_once_and_long_ones_in_full() -> None:
    met: list[str] = []

    class Lengths(dict[str, int]):
        def __missing__(self, value: str) -> int:
            met.append(value)
            return len(value)

    cells = Cells("TJK\n\nTADSCHIKISTAN\nTJK\n12345678\nĞ".encode(), 1)
    lengths = Meanings(Lengths(), np.int64)
    assert lengths.all(cells, 0).tolist() == [3, 0, 13, 3, 8, 1]
    assert sorted(met) == ["", "12345678", "TADSCHIKISTAN", "TJK", "Ğ"]


def test_pages_are_packed_in_order() -> None:
    packer = Packer()
    read = [Page(number=n, rows=[f"row {n}", "é"], lines=[1, 2]) for n in range(40)]
    out = [p.number for page in read for p in packer.put(page)] + [p.number for p in packer.rest()]
    packer.close()
    assert out == list(range(40))


def test_lines_are_told_past_empty_ones_and_over_pages(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("\n".join("" if n % 3 == 0 else f"row {n}" for n in range(1, 4001)), encoding="utf-8")
    found = list(pages(path, quoted=False))
    assert [len(p.rows) for p in found] == [PAGE, PAGE, 4000 - 4000 // 3 - 2 * PAGE]
    assert all(row == f"row {line}" for p in found for row, line in zip(p.rows, p.lines, strict=True))


@pytest.mark.parametrize("last", [737_300, 3_000_000])  # days far apart do not fit into one number with the rest
def test_flows_of_hosts_are_by_power_day_and_kind(last: int) -> None:
    arrays = {
        "a": np.array([1, 2, 1, 65_000, 0, 1], "<u2"),
        "b": np.array([2, 1, 65_000, 1, 2, 1], "<u2"),
        "day": np.array([last, 1, last, last, 5, 5], "<i4"),
        "kind": np.array([3, 60_000, 4, 4, 0, 0], "<u2"),
        "score": np.array([1, 2, 3, np.nan, 5, 6], "<f4"),
        "weight": np.array([1, 0.5, 1, 1, 1, 1], "<f4"),
    }
    assert {host: rows.tolist() for host, rows in flows(arrays)} == {
        1: [(2, 1, 60_000, 1, 0.5, 2.0), (2, last, 3, 1, 1.0, 1.0), (65_000, last, 4, 2, 2.0, 3.0)],
        2: [(1, 1, 60_000, 1, 0.5, 2.0), (1, last, 3, 1, 1.0, 1.0)],
        65_000: [(1, last, 4, 2, 2.0, 3.0)],
    }
