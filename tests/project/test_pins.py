"""Pins: the same in both places, and free of hosts."""

from tools.pin import CONSTRAINTS, NOTE, PROJECT, copied, pins, with_pins


def test_pins_in_pyproject_are_those_of_constraints() -> None:
    written, held = pins(CONSTRAINTS.read_text(encoding="utf-8")), copied(PROJECT.read_text(encoding="utf-8"))
    assert held == written, "run `make pin`"


def test_pins_name_no_host() -> None:
    for file in (CONSTRAINTS, PROJECT):
        assert "://" not in file.read_text(encoding="utf-8")


def test_every_dependency_is_pinned_to_one_release() -> None:
    assert all("==" in line for line in pins(CONSTRAINTS.read_text(encoding="utf-8")))


def test_writing_pins_twice_replaces_the_first() -> None:
    once = with_pins("[project]\n", ["a==1"])
    assert with_pins(once, ["b==2"]) == f'[project]\n\n{NOTE}[tool.uv]\nconstraint-dependencies = [\n  "b==2",\n]\n'
