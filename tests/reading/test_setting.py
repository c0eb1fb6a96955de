"""Which party does an act's sentence leave unsaid? The sentences stand in `unsaid_sides.toml`."""

import tomllib
from pathlib import Path

import pytest

from tests.reading.lines import Code, cases, told

_CASES = tomllib.loads(Path(__file__).with_name("unsaid_sides.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", [c for c in _CASES if "line" in c], ids=lambda c: c["line"])
def test_the_country_that_the_sentences_before_are_about_is_the_other_side(coder: Code, case: dict[str, str]) -> None:
    assert case["line"] in told(coder(case["text"]))


@pytest.mark.parametrize("case", cases([c for c in _CASES if "near_miss" in c], lambda c: c["near_miss"]))
def test_no_side_is_taken_from_before_where_none_is_wanted(coder: Code, case: dict[str, str]) -> None:
    assert case["near_miss"] not in told(coder(case["text"]))


def test_an_unsaid_side_says_how_it_was_found_and_has_no_words(coder: Code) -> None:
    events = coder("Nobody in Yerevan had expected it. Moscow condemned the vote.")
    [recipient] = next(e for e in events if e.event_type == "ACCUSE").recipients
    assert (recipient.country, recipient.text, recipient.span, recipient.resolved) == ("ARM", None, None, "setting")
