"""The wheel holds all that the coder reads."""

from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/marchland"


@pytest.fixture(scope="module")
def shipped() -> set[str]:
    return {f.distribution_path for f in WheelBuilder(str(ROOT)).recurse_included_files()}


def test_every_file_of_the_source_tree_ships(shipped: set[str]) -> None:
    files = (f for f in SOURCE.rglob("*") if f.is_file() and f.suffix not in (".pyc", ".store"))
    assert {f"marchland/{f.relative_to(SOURCE).as_posix()}" for f in files} <= shipped


def test_nothing_but_the_package_ships(shipped: set[str]) -> None:
    assert {path.split("/")[0] for path in shipped} == {"marchland"}


def test_package_is_marked_as_typed(shipped: set[str]) -> None:
    assert "marchland/py.typed" in shipped
