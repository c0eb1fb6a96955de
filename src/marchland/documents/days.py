"""Dates as documents tell them: ISO days, partial dates, and the written dates of publication lines."""

import re
from datetime import date

from marchland.model import dates
from marchland.model.dates import DateRange

_NAMES = (
    tuple("january february march april may june july august september october november december".split()),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTHS = {name: number for names in _NAMES for number, name in enumerate(names, 1)} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[89]|20|21)\d\d)\b"

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_ISO_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt ]\d{2}:?\d{2}[\d:.,]*\s*(?:[Zz]|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?", re.ASCII
)
_FEED = re.compile(
    rf"[A-Z][a-z]{{2}}, {_DAY} {_MONTH} {_YEAR} \d\d:\d\d(?::\d\d)? [A-Z+\d-]+", re.ASCII | re.IGNORECASE
)
_WRITTEN = tuple(
    re.compile(p, re.ASCII | re.IGNORECASE)
    for p in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<number>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)",
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_MONTH},?\s+{_YEAR}",
    )
)


def read_date(value: str) -> DateRange:
    """Which days does a document's own date field mean?

    Takes `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, an ISO date and time, a feed's date, and a written English date with its year.
    The day is the one that is written: no time zone moves it.

    Raises:
        ValueError: the text is none of these, or no such day exists.
    """
    told = value.strip()
    if _ISO.fullmatch(told):
        found = dates.partial(told)
    elif stamped := _ISO_TIME.fullmatch(told):
        found = dates.partial(stamped["day"])
    else:
        match = _FEED.fullmatch(told) or next((m for p in _WRITTEN if (m := p.fullmatch(told))), None)
        if match is None:
            raise ValueError(f"{told!r} is not a date")
        found = _range(match)
    return DateRange(start=found.start, end=found.end, precision=found.precision, text=told)


def find_date(line: str) -> DateRange | None:
    """The first full written date of a line, else the first month with a year; None where there is neither."""
    for pattern in _WRITTEN:
        for match in pattern.finditer(line):
            try:
                return _range(match)
            except ValueError:  # "31 June 2019": no such day
                continue
    return None


def is_date_alone(line: str) -> bool:
    """Is the line a date and nothing but a weekday, a time and a zone?"""
    for pattern in _WRITTEN:
        if match := pattern.search(line):
            rest = line[: match.start()] + " " + line[match.end() :]
            return not re.sub(_AROUND, " ", rest).strip()
    return False


_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d\d?[:.]\d\d(?:[:.]\d\d)?|\bat\b|\b[ap]\.?m\b\.?"
    r"|\b(?:gmt|utc|e[sd]?t|p[sd]?t|cet|msk|bst)\b|[+-]\d{1,4}|[\s,|()/·•–—-]",
    re.IGNORECASE,
)


def _range(match: re.Match[str]) -> DateRange:
    told = match.groupdict()
    number = int(told["number"]) if told.get("number") else _MONTHS[told["month"].lower()]
    if told.get("day") is None:
        return dates.month(int(told["year"]), number, text=match[0])
    return dates.day(date(int(told["year"]), number, int(told["day"])), text=match[0])
