"""The English words and written forms of dates, as tables and as parts of patterns. Knows no document and no today."""

import calendar
import re
from datetime import date, timedelta

from marchland.model.dates import DateRange, day, month, week, year
from marchland.model.ontology import Precision

_FULL = tuple(calendar.month_name[1:])  # the interpreter's own default locale is C, which is English
_SHORT = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10}
_SHORT |= {"Nov": 11, "Dec": 12}
MONTHS = {name.lower(): number for number, name in enumerate(_FULL, 1)} | {k.lower(): v for k, v in _SHORT.items()}
WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern half of the earth
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
COUNTS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def either(*words: str) -> str:
    """A pattern for one of `words`, longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


FULL_MONTH = either(*_FULL, *(n.upper() for n in _FULL)) + r"\b"
ANY_MONTH = rf"(?:{FULL_MONTH}|{either(*_SHORT, *(n.upper() for n in _SHORT))}\b\.?)"
WEEKDAY = either(*(w.capitalize() for w in WEEKDAYS), *(w.upper() for w in WEEKDAYS)) + r"\b"
SHORT_WEEKDAY = either("Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun") + r"\b\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|\s?%)\b"
YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d)"
DASH = r"\s?[-–—‑]\s?"
COUNT = rf"(?:\d{{1,3}}|{either(*COUNTS)})"
UNIT = r"(?:day|week|month|year|decade|centur(?:y|ie))"
SEASON = either(*SEASONS, *(s.capitalize() for s in SEASONS))


def month_number(word: str) -> int:
    """1 for "January", "JAN" and "Jan."."""
    return MONTHS[word.lower().rstrip(".")]


def count(word: str) -> int:
    """2 for "two" and "2"."""
    return int(word) if word.isdigit() else COUNTS[word.lower()]


def number_of(word: str) -> int:
    """23 for "23rd"."""
    return int(re.sub(r"\D", "", word))


def unit_around(value: date, unit: str) -> DateRange:
    """The calendar day, week, month, year, decade or century that holds a day."""
    if unit == "day":
        return day(value)
    if unit == "week":
        return week(value)
    if unit == "month":
        return month(value.year, value.month)
    if unit == "year":
        return year(value.year)
    size = 10 if unit == "decade" else 100
    first = value.year // size * size or 1
    return years(first, min(value.year // size * size + size - 1, 9999))


def years(first: int, last: int) -> DateRange:
    """The interval of whole years, both included."""
    return DateRange(start=date(first, 1, 1), end=date(last, 12, 31), precision=Precision.RANGE)


def shifted(value: date, unit: str, by: int) -> date:
    """The day `by` units later; the last day of the month where the month is too short.

    Raises:
        ValueError, OverflowError: the calendar ends before.
    """
    if unit in ("day", "week"):
        return value + timedelta(days=by * (7 if unit == "week" else 1))
    months = by * {"month": 1, "year": 12, "decade": 120}.get(unit, 1200)
    index = value.year * 12 + value.month - 1 + months
    return _clamped(index // 12, index % 12 + 1, value.day)


def _clamped(year_: int, month_: int, day_: int) -> date:
    return date(year_, month_, min(day_, calendar.monthrange(year_, month_)[1]))


def season(name: str, year_: int) -> DateRange:
    """A season that begins in a year; winter reaches into the next."""
    first = SEASONS[name.lower()]
    end = month(year_ + 1, 2) if first == 12 else month(year_, first + 2)
    return DateRange(start=date(year_, first, 1), end=end.end, precision=Precision.SEASON)


def months(year_: int, first: int, last: int) -> DateRange:
    """The interval of whole months of one year, both included."""
    return DateRange(start=date(year_, first, 1), end=month(year_, last).end, precision=Precision.RANGE)
