"""The day of an act that the text dates nowhere, by the dated source that closes its sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.model import dates
from marchland.model.records import Event
from marchland.reading.by_source import days_up_to
from tests.reading.lines import Code


def _when(coder: Code, text: str, kind: str) -> tuple[str, str, str | None] | None:
    found = [e for e in coder(text, date="2022-09-01") if isinstance(e, Event) and e.event_type == kind]
    assert len(found) == 1, f"{len(found)} events of {kind} in {text!r}"
    when = found[0].when
    return None if when is None else (str(when.start), str(when.end), when.anchor)


def test_an_undated_act_happened_in_the_week_up_to_its_source(coder):
    text = "Kenya condemned the coup in Sudan (Lake Gazette, 14 March 2022)."
    assert _when(coder, text, "ACCUSE") == ("2022-03-08", "2022-03-14", "citation")


def test_a_source_of_a_month_gives_the_month(coder):
    text = "Kenya condemned the coup in Sudan (Lake Gazette, March 2022)."
    assert _when(coder, text, "ACCUSE") == ("2022-03-01", "2022-03-31", "citation")


def test_it_begins_no_earlier_than_the_act_dated_before_it(coder):
    text = "On 12 March 2022 the army of Sudan took the palace. Kenya condemned Sudan (Lake Gazette, 14 March 2022)."
    assert _when(coder, text, "ACCUSE") == ("2022-03-12", "2022-03-14", "citation")


@pytest.mark.parametrize(
    "text",
    [
        "Kenya had condemned the coup in Sudan (Lake Gazette, 14 March 2022).",
        "Kenya once condemned Sudan (Lake Gazette, 14 March 2022).",
        "Kenya condemned the coup in Sudan (Lake Gazette, 2021).",
        "Kenya condemned the coup in Sudan, and the port is being rebuilt (Lake Gazette, 14 March 2022).",
        "Kenya condemned the coup in Sudan (Lake Gazette, 14 March 2022) and then fell silent.",
        "Kenya condemned the coup in Sudan.",
    ],
)
def test_nothing_is_said_of_what_was_before_lasts_or_has_no_dated_source_at_its_end(coder, text):
    assert _when(coder, text, "ACCUSE") is None


def test_a_date_of_its_own_comes_first(coder):
    text = "In February 2022 Kenya condemned the coup in Sudan (Lake Gazette, 14 March 2022)."
    assert _when(coder, text, "ACCUSE") == ("2022-02-01", "2022-02-28", None)


@given(st.dates(min_value=date(1, 2, 1)), st.one_of(st.none(), st.dates()))
def test_the_days_end_with_the_source_and_are_a_week_at_most(day, before):
    found = days_up_to(dates.day(day), before)
    assert found is not None
    assert found.end == day
    assert found.days is not None
    assert 1 <= found.days <= 7
