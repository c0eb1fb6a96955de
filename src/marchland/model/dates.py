"""Intervals of days: how marchland holds every date it reads."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from marchland.errors import CodingError
from marchland.model.ontology import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """An interval of days, both ends included, with the words that told it."""

    start: date | None  # None = open towards the past
    end: date | None  # None = open towards the future
    precision: Precision
    text: str | None = None  # the words; None = not told but inferred
    anchor: str | None = None  # what a relative date was counted from: "published", "citation", "text"; None = absolute

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise CodingError(f"date range {self.start}..{self.end} runs backwards; the start must not follow the end")

    def overlaps(self, other: "DateRange") -> bool:
        """Could both hold the same day?"""
        starts = [d for d in (self.start, other.start) if d]
        ends = [d for d in (self.end, other.end) if d]
        return not starts or not ends or max(starts) <= min(ends)

    @property
    def days(self) -> int | None:
        """Length in days; None for an open interval."""
        return (self.end - self.start).days + 1 if self.start and self.end else None


def day(value: date, *, text: str | None = None, anchor: str | None = None) -> DateRange:
    """The interval that is one day."""
    return DateRange(start=value, end=value, precision=Precision.DAY, text=text, anchor=anchor)


def month(year: int, number: int, *, text: str | None = None, anchor: str | None = None) -> DateRange:
    """The interval that is one calendar month; `number` counts from 1."""
    last = calendar.monthrange(year, number)[1]
    return DateRange(
        start=date(year, number, 1), end=date(year, number, last), precision=Precision.MONTH, text=text, anchor=anchor
    )


def year(value: int, *, text: str | None = None, anchor: str | None = None) -> DateRange:
    """The interval that is one calendar year."""
    return DateRange(
        start=date(value, 1, 1), end=date(value, 12, 31), precision=Precision.YEAR, text=text, anchor=anchor
    )


def week(within: date, *, text: str | None = None, anchor: str | None = None) -> DateRange:
    """The Monday-to-Sunday week that holds the day `within`."""
    monday = within - timedelta(days=within.weekday())
    return DateRange(start=monday, end=monday + timedelta(days=6), precision=Precision.WEEK, text=text, anchor=anchor)


def partial(value: str) -> DateRange:
    """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Raises:
        ValueError: the text is none of the three.
    """
    parts = [int(p) for p in value.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    if len(parts) == 2:
        return month(parts[0], parts[1])
    return year(parts[0])
