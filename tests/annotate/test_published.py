"""When a text was published, by what it cites and what it looks forward to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.model import dates
from marchland.model.document import Published

from .dates_of import came_out

REPORT = (
    "At the end of May, the two neighbours will hold drills in the hills (, April 9).\n"
    "In 2016 they held the first ones (Hill Review, August 4, 2016).\n"
    "Their heads of state met last month (River Post, April 6). "
    "And on May 3 their aircraft flew a joint patrol (Valley Wire, May 3). "
    "A treaty followed the talks (Lake Courier, February 26, 2018).\n"
)


def test_a_told_date_is_kept():
    told = Published(range=dates.day(date(2019, 7, 24)), best=date(2019, 7, 24), reasons=("told",))
    assert came_out(REPORT, told) is told


def test_the_latest_source_and_a_plan_still_to_come_bound_the_day():
    found = came_out(REPORT)
    assert found is not None
    assert (found.range.start, found.range.end, found.best) == (date(2018, 5, 3), date(2018, 5, 31), date(2018, 5, 3))
    assert found.reasons == (
        "it cites Valley Wire of 3 May 2018, so it was not published before that day",
        "it speaks of “the end of May” as still to come, so it was not published after 31 May 2018",
        "it says “last month” of what River Post of 6 April 2018 reports, so it was published in May 2018",
        "2018 is the latest year that it tells as past, so its citations without a year are taken to be of 2018",
    )


def test_a_past_year_alone_bounds_from_below_and_gives_no_day():
    found = came_out("In 2016 they held a drill. By 2030 a road will be built.")
    assert found is not None
    assert (found.range.start, found.range.end, found.best) == (date(2016, 1, 1), None, None)


def test_a_full_citation_is_the_earliest_likely_day():
    found = came_out("They held a drill (Hill Review, 5 May 2014).")
    assert found is not None
    assert (found.range.start, found.range.end, found.best) == (date(2014, 5, 5), None, date(2014, 5, 5))


def test_last_month_beside_a_source_gives_the_month():
    found = came_out("They met last month (Hill Review, December 5, 2014).")
    assert found is not None
    assert (found.range.start, found.range.end) == (date(2015, 1, 1), date(2015, 1, 31))


def test_nothing_dated_bounds_nothing():
    assert came_out("They met on Monday and will meet at the end of July.") is None


FUTURE = [
    "The compacts are due to run out in 2024.",
    "The base was leased in 2010 until 2042.",
    "They will have a railway by 2030.",
    "A second road is planned for 2025.",
    "Repayment starts in 2024 (, July 1).",
    "They said that the port would open in 2025.",
    "An accord is due before the end of 2019, according to the Hill Review (June 5).",
]


@pytest.mark.parametrize("sentence", FUTURE)
def test_a_year_told_as_still_to_come_bounds_no_year_from_below(sentence):
    found = came_out(f"They met (Valley Wire, March 5, 2018). {sentence} They left (, September 11).")
    assert found is not None
    assert (found.range.start, found.best) == (date(2018, 9, 11), date(2018, 9, 11))


AROUND = [
    ("Hill Institute, 18 March 2025\nThey met in May 2019.", "2025-03-18", "2025-03-18", "2025-03-18"),
    (
        "Prepared for members, 9 July 2024\nThey met (Hill Review, 8 July 2024).",
        "2024-07-09",
        "2024-07-09",
        "2024-07-09",
    ),
    ("From our April 2022 number\nThey met (, 14 January).", "2022-04-01", "2022-04-30", "2022-04-01"),
    ("Submitted 4 May 2021, accepted 9 June 2021\nThey met in 2019.", "2021-06-09", None, "2021-06-09"),
    ("Hill Review, vol. 3, no. 2 (2021), accepted 9 June 2021\nThey met.", "2021-06-09", "2021-12-31", "2021-06-09"),
    ("Information to 28 March 2025.\nThey met in 2019.", "2025-03-28", None, "2025-03-28"),
    ("The strait: the position in July 2024\nThey met in 2019.", "2024-07-01", None, "2024-07-01"),
    ("Figures as of 12 July 2020\nThey met in 2019.", "2020-07-12", None, "2020-07-12"),
]


@pytest.mark.parametrize(("text", "start", "end", "best"), AROUND)
def test_a_line_beside_the_text_tells_the_day_the_issue_or_the_state_of_knowledge(text, start, end, best):
    found = came_out(text)
    assert found is not None
    told = (found.range.start, found.range.end, found.best)
    assert told == tuple(date.fromisoformat(d) if d else None for d in (start, end, best))
    assert found.reasons[0].startswith("a line beside the text says “")


def test_a_line_that_the_text_has_outlived_is_not_its_day():
    found = came_out("Hill Institute, 18 March 2015\nThey met (Hill Review, 5 May 2019).")
    assert found is not None
    assert found.range.start == date(2019, 5, 5)


def test_a_source_without_a_year_is_of_the_year_nearest_to_the_latest_date():
    found = came_out("They met on 14 November 2018. They left (, 12 February).")
    assert found is not None
    assert (found.range.start, found.best) == (date(2019, 2, 12), date(2019, 2, 12))
    assert found.reasons[-1] == (
        "2018 is the latest year that it tells as past; its citations without a year fit 2019 best, and it tells no date of"
        " that year with the year"
    )


def test_last_july_is_later_than_an_october_told_with_its_year():
    found = came_out("In October 2018 they left. Last July they had met (, March 5).")
    assert found is not None
    assert found.range.start == date(2020, 3, 5)


def test_a_past_day_just_after_the_latest_source_has_passed():
    found = came_out("They met (Hill Review, 18 April 2019). On 21 April they left.")
    assert found is not None
    assert (found.range.start, found.best) == (date(2019, 4, 21), date(2019, 4, 21))


def test_until_and_by_tell_nothing_as_past():
    found = came_out("They met in May 2014 and leased the land until 2060, and in November they paid.")
    assert found is not None
    assert found.range.start == date(2014, 5, 1)


PIECES = [
    "(",
    ")",
    ",",
    ";",
    ".",
    "\n",
    "will",
    "in",
    "at",
    "the",
    "end",
    "of",
    "July",
    "May",
    "5",
    "2016",
    "2018",
    "last",
    "month",
    "Xinhua",
    "TASS",
    "see",
    "A",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_an_interval_that_holds_its_best_day(text):
    found = came_out(text)
    if found is not None and found.best is not None:
        assert found.range.start == found.best
        assert found.range.end is None or found.best <= found.range.end
