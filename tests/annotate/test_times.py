"""Dates in running text: what the words tell, no more and no less."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.annotate.storyline import Storyline
from marchland.annotate.times import Anchor, times
from marchland.model import dates
from marchland.model.annotated import Token
from marchland.model.ontology import Precision

from .dates_of import WRITTEN, dated, sentence, told

ABSOLUTE = [
    ("on 23 July 2019 it met", "23 July 2019", "2019-07-23", "2019-07-23", "day"),
    ("on July 23, 2019 it met", "July 23, 2019", "2019-07-23", "2019-07-23", "day"),
    ("on the 23rd of July 2019 it met", "23rd of July 2019", "2019-07-23", "2019-07-23", "day"),
    ("on Tuesday, 23 July 2019, it met", "Tuesday, 23 July 2019", "2019-07-23", "2019-07-23", "day"),
    ("on 2019-07-23 it met", "2019-07-23", "2019-07-23", "2019-07-23", "day"),
    ("on 12.06.2009 it met", "12.06.2009", "2009-06-12", "2009-06-12", "day"),
    ("on 23/07/2019 it met", "23/07/2019", "2019-07-23", "2019-07-23", "day"),
    ("at 231200ZJUL19 it met", "231200ZJUL19", "2019-07-23", "2019-07-23", "day"),
    ("on 23 JUL 2019 it met", "23 JUL 2019", "2019-07-23", "2019-07-23", "day"),
    ("in 2016 it met", "2016", "2016-01-01", "2016-12-31", "year"),
    ("a 2006 joint exercise", "2006", "2006-01-01", "2006-12-31", "year"),
    ("deals reached in 2015–2016 gave", "2015–2016", "2015-01-01", "2016-12-31", "range"),
    ("the war (1992-97) ended", "1992-97", "1992-01-01", "1997-12-31", "range"),
    ("between 2014 and 2016 it grew", "between 2014 and 2016", "2014-01-01", "2016-12-31", "range"),
    ("from March to May 2012 it grew", "from March to May 2012", "2012-03-01", "2012-05-31", "range"),
    ("from 5 to 9 July 2018 it met", "5 to 9 July 2018", "2018-07-05", "2018-07-09", "range"),
    ("July 5-9, 2018 it met", "July 5-9, 2018", "2018-07-05", "2018-07-09", "range"),
    ("30 July to 2 August 2018", "30 July to 2 August 2018", "2018-07-30", "2018-08-02", "range"),
    ("since 2011 it grew", "since 2011", "2011-01-01", "2019-07-24", "range"),
    ("as early as 2011 he said", "as early as 2011", "2011-01-01", "2011-12-31", "year"),
    ("by the end of 2020 they", "by the end of 2020", "", "2020-12-31", "range"),
    ("may stay until 2042", "until 2042", "", "2042-12-31", "range"),
    ("before 2011 it was", "before 2011", "", "2010-12-31", "range"),
    ("after 2014 it was", "after 2014", "2014-01-01", "", "range"),
    ("after the 2014 annexation", "2014", "2014-01-01", "2014-12-31", "year"),
    ("late June 2012", "late June 2012", "2012-06-21", "2012-06-30", "range"),
    ("at the end of July 2012", "the end of July 2012", "2012-07-21", "2012-07-31", "range"),
    ("in mid-July 2012", "mid-July 2012", "2012-07-11", "2012-07-20", "range"),
    ("in the first half of 2016", "the first half of 2016", "2016-01-01", "2016-06-30", "range"),
    ("in the first week of May 2016", "the first week of May 2016", "2016-05-01", "2016-05-07", "range"),
    ("in spring 2012", "spring 2012", "2012-03-01", "2012-05-31", "season"),
    ("in the winter of 2011-12", "winter of 2011-12", "2011-12-01", "2012-02-29", "season"),
    ("in Q3 2018", "Q3 2018", "2018-07-01", "2018-09-30", "range"),
    ("in the third quarter of 2018", "the third quarter of 2018", "2018-07-01", "2018-09-30", "range"),
    ("in the 1990s", "the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("in the early 1990s", "the early 1990s", "1990-01-01", "1993-12-31", "range"),
    ("around 2010 it was", "around 2010", "2009-01-01", "2011-12-31", "range"),
]

RELATIVE = [
    ("they met last week", "last week", "2019-07-15", "2019-07-21", "week"),
    ("they met this month", "this month", "2019-07-01", "2019-07-31", "month"),
    ("they meet next year", "next year", "2020-01-01", "2020-12-31", "year"),
    ("they met last month", "last month", "2019-06-01", "2019-06-30", "month"),
    ("they met last weekend", "last weekend", "2019-07-20", "2019-07-21", "range"),
    ("they met at the weekend", "the weekend", "2019-07-20", "2019-07-21", "range"),
    ("they met yesterday", "yesterday", "2019-07-23", "2019-07-23", "day"),
    ("they meet tomorrow", "tomorrow", "2019-07-25", "2019-07-25", "day"),
    ("they meet tonight", "tonight", "2019-07-24", "2019-07-24", "day"),
    ("they met two days ago", "two days ago", "2019-07-22", "2019-07-22", "day"),
    ("they met three weeks ago", "three weeks ago", "2019-07-01", "2019-07-07", "week"),
    ("they met several years ago", "several years ago", "", "2019-07-24", "range"),
    ("it grew in the past year", "the past year", "2018-07-24", "2019-07-24", "range"),
    ("it grew over the last decade", "the last decade", "2009-07-24", "2019-07-24", "range"),
    ("they met earlier this month", "earlier this month", "2019-07-01", "2019-07-24", "range"),
    ("they meet later this year", "later this year", "2019-07-25", "2019-12-31", "range"),
    ("in June of this year they met", "June of this year", "2019-06-01", "2019-06-30", "month"),
    ("they met last June", "last June", "2019-06-01", "2019-06-30", "month"),
    ("recently they met", "recently", "", "2019-07-24", "range"),
    ("so far they are silent", "so far", "", "2019-07-24", "range"),
    ("to date they are silent", "to date", "", "2019-07-24", "range"),
    ("they met last summer", "last summer", "2018-06-01", "2018-08-31", "season"),
]

NONE = [
    "Vision 2030 and UN Security Council resolution 2016",
    "2016 troops and a force of 2000 soldiers",
    "it sent 2,016 troops",
    "the G20 met at 20:16, at 2000 GMT, for three days",
    "a 45-year-old man aged 46, the year-long war",
    "May said he may march on Kabul",
    "an up to date map, so far as is known",
    "the Prague Spring and the fall of Kabul",
    "Russia Today and USA Today",
    "on June 31, 2019 it met",
    "on 5/6/2019 it met",
    "",
]


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), ABSOLUTE)
def test_absolute_dates_are_read_as_told(text, words, start, end, precision):
    [found] = dated(text)
    assert told([found]) == [(words, start, end)]
    assert (found.range.precision, found.range.anchor) == (precision, None)


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), RELATIVE)
def test_relative_dates_count_from_the_day_of_writing(text, words, start, end, precision):
    [found] = dated(text)
    assert told([found]) == [(words, start, end)]
    assert (found.range.precision, found.range.anchor) == (precision, "published")


@pytest.mark.parametrize("text", NONE)
def test_names_ages_amounts_and_clock_times_are_no_dates(text):
    assert dated(text) == []


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), RELATIVE)
def test_without_a_day_of_writing_relative_dates_are_left_out(text, words, start, end, precision):
    assert dated(text, written=None) == []


@pytest.mark.parametrize(
    ("text", "tense", "day"),
    [
        ("they met on Monday", "past", "2019-07-22"),
        ("they met on Friday", "past", "2019-07-19"),
        ("they met on Wednesday", "past", "2019-07-24"),
        ("on Friday they will meet", "future", "2019-07-26"),
        ("on Friday they will meet", None, "2019-07-26"),
        ("he said that they will meet on Friday", "past", "2019-07-26"),
        ("they will act, he said on Friday", "past", "2019-07-19"),
        ("they meet next Monday", None, "2019-07-29"),
        ("they met on Monday last week", "past", "2019-07-15"),
        ("they met on July 30", "past", "2018-07-30"),
        ("they will meet on July 30", "future", "2019-07-30"),
    ],
)
def test_tense_picks_the_side_of_the_day_of_writing(text, tense, day):
    assert [(s, e) for _, s, e in told(dated(text, tense=tense))] == [(day, day)]


@pytest.mark.parametrize(
    ("text", "tense", "start", "end"),
    [
        ("in June they met", "past", "2019-06-01", "2019-06-30"),
        ("in July they met", "past", "2019-07-01", "2019-07-31"),
        ("in October they met", "past", "2018-10-01", "2018-10-31"),
        ("in October they will meet", "future", "2019-10-01", "2019-10-31"),
        ("at the end of July they will meet", None, "2019-07-21", "2019-07-31"),
        ("the upcoming July exercises", None, "2019-07-01", "2019-07-31"),
        ("the drill of October will not be the last", "future", "2018-10-01", "2018-10-31"),
    ],
)
def test_bare_months_follow_the_tense(text, tense, start, end):
    assert [(s, e) for _, s, e in told(dated(text, tense=tense))] == [(start, end)]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("that same year they met", "that same year", "2016-01-01", "2016-12-31"),
        ("the following year they met", "the following year", "2017-01-01", "2017-12-31"),
        ("a year earlier they met", "a year earlier", "2015-01-01", "2015-12-31"),
        ("two years later, they met", "two years later", "2018-01-01", "2018-12-31"),
        ("in March they met", "March", "2016-03-01", "2016-03-31"),
        ("since then it grew", "since then", "2016-01-01", "2019-07-24"),
    ],
)
def test_later_dates_lean_on_the_one_told_before(text, words, start, end):
    [found] = dated(text, previous=dates.year(2016), tense="past")
    assert told([found]) == [(words, start, end)]
    assert found.range.anchor == "text"


def test_a_day_earlier_counts_from_a_told_day():
    [found] = dated("a day earlier, they met", previous=dates.day(date(2019, 3, 1)))
    assert told([found]) == [("a day earlier", "2019-02-28", "2019-02-28")]


def test_a_month_takes_the_year_of_the_month_after_it():
    found = dated("drills in March and October 2016, 2017 and August 2019")
    assert [s for _, s, _ in told(found)] == ["2016-03-01", "2016-10-01", "2017-01-01", "2019-08-01"]


def test_an_aside_in_brackets_is_not_what_that_year_means():
    text = "In 2011 it made concessions (agreed in 2002)"
    story = Storyline().after(sentence(text), dated(text), text, WRITTEN)
    assert story.previous == dates.year(2011, text="2011")


def test_head_is_the_token_of_the_last_word():
    text = "It met in July 2016."
    words = [("It", 0), ("met", 3), ("in", 7), ("July", 10), ("2016", 15), (".", 19)]
    tokens = tuple(
        Token(index=i, start=s, end=s + len(t), text=t, lemma=t.lower(), tag="NN", dep="dep", head=0)
        for i, (t, s) in enumerate(words)
    )
    parsed = sentence(text)
    parsed = type(parsed)(index=0, span=parsed.span, block=parsed.block, paragraph=0, tokens=tokens)
    [found] = times(parsed, text, Anchor(written=WRITTEN))
    assert found.head == 4
    assert found.range.precision is Precision.MONTH


PIECES = [
    "in",
    "since",
    "by",
    "the",
    "end",
    "of",
    "early",
    "mid-",
    "July",
    "March",
    "May",
    "30",
    "February",
    "2016",
    "2019-02-30",
    "1990s",
    "last",
    "next",
    "this",
    "that",
    "same",
    "year",
    "month",
    "week",
    "ago",
    "two",
    "later",
    "Monday",
    "(",
    ")",
    ",",
    ";",
    "–",
    "-",
    "spring",
    "Q3",
    "of",
    "to",
    "from",
    "between",
    "and",
    "0001",
    "9999",
    "from",
    "will",
    "recently",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)), st.sampled_from(["past", "future", None]))
def test_any_text_gives_spans_that_quote_it(text, tense):
    for written in (None, WRITTEN, date.min, date.max):
        ends = [(t.span.start, t.span.end) for t in dated(text, written=written, tense=tense)]
        assert ends == sorted(ends)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
        for t in dated(text, written=written, tense=tense):
            assert text[t.span.start : t.span.end] == t.range.text
            assert t.range.start or t.range.end


POINTING = [
    ("That June its army crossed", "That June", "2014-06-01", "2014-06-30"),
    ("It fell; that same autumn it left", "that same autumn", "2014-09-01", "2014-11-30"),
    ("The same summer it left", "The same summer", "2014-06-01", "2014-08-31"),
    ("It opened in the following spring", "the following spring", "2015-03-01", "2015-05-31"),
    ("It opened the next January", "the next January", "2015-01-01", "2015-01-31"),
    ("The previous July it had signed", "The previous July", "2013-07-01", "2013-07-31"),
    ("Late that December it shut", "Late that December", "2014-12-21", "2014-12-31"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), POINTING)
def test_a_month_or_season_that_points_back_is_counted_from_the_date_before(
    text: str, words: str, start: str, end: str
) -> None:
    assert told(dated(text, previous=dates.month(2014, 3))) == [(words, start, end)]


def test_a_clause_with_that_before_a_month_points_nowhere() -> None:
    [(words, start, _)] = told(dated("It said that June elections were off", previous=dates.month(2014, 3)))
    assert (words, start[:4]) == ("June", "2019")
