"""The year of a bare month, and the day of what is counted from another, in parsed sentences."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marchland.annotate import Annotator
from marchland.model import dates
from marchland.model.annotated import Annotated
from marchland.model.document import Published

from .dates_of import document

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("year_cases.toml").read_text("utf-8"))["case"]


@cache
def _read() -> tuple[Annotated, ...]:
    """All cases, parsed in one go."""
    docs = []
    for case in CASES:
        when: date | None = case.get("published")
        told = Published(range=dates.day(when), best=when, reasons=("given",)) if when else None
        docs.append(document(case["text"], told=told))
    return tuple(Annotator()(docs))


def told_of(number: int) -> dict[str, list[str]]:
    """What is read of the words of one case."""
    text, found = CASES[number]["text"], {}
    for words in CASES[number]["told"]:
        start = text.rindex(words)
        over = [t.range for t in _read()[number].times if t.span.start < start + len(words) and start < t.span.end]
        found[words] = [str(over[0].start or ""), str(over[0].end or "")] if over else []
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda i: f"{i}-{next(iter(CASES[i]['told']))}")
def test_a_date_is_resolved_as_a_reader_would(number: int) -> None:
    assert told_of(number) == CASES[number]["told"]
