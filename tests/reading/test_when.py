"""Which of a sentence's dates is the day of an act? The sentences stand in `dates_of_acts.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.reading.lines import Code, cases

_CASES = tomllib.loads(Path(__file__).with_name("dates_of_acts.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", cases(_CASES, lambda c: f"{c['type']} {c['text'][:40]}"))
def test_an_act_takes_the_date_told_of_it_and_no_other(coder: Code, case: dict[str, Any]) -> None:
    read = [e for e in coder(case["text"], date=case.get("written")) if e.event_type.value == case["type"]]
    days = {str(e.when.start) if e.when else None for e in read}
    if "some" in case:  # two acts of the type, one of them dated
        assert case["some"] in days
    else:
        assert days == {case.get("day")}
