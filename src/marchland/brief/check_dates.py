"""Which days does a stretch of text name? Read anew from the words, as intervals of days."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = "January February March April May June July August September October November December".split()
_M: Final = f"({'|'.join(_MONTHS)})"
_Y: Final = r"((?:1[6-9]|20)\d\d)"
_FORMS: Final = (
    ("iso", re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")),
    ("iso-month", re.compile(r"\b(\d{4})-(\d\d)\b(?!-)")),
    ("week", re.compile(rf"\bweek of (\d\d?) {_M} {_Y}\b")),
    ("days", re.compile(rf"\b(\d\d?)(?: (?:to|and) |-|–)(\d\d?) {_M} {_Y}\b")),
    ("span", re.compile(rf"\b(\d\d?) {_M} to (\d\d?) {_M} {_Y}\b")),
    ("day", re.compile(rf"\b(\d\d?) {_M},? {_Y}\b")),
    ("american", re.compile(rf"\b{_M} (\d\d?), {_Y}\b")),
    ("months", re.compile(rf"\b{_M} to {_M} {_Y}\b")),
    ("month", re.compile(rf"\b{_M} {_Y}\b")),
    ("years", re.compile(rf"\bbetween {_Y} and {_Y}\b")),
    ("year", re.compile(rf"(?<![\d,.]){_Y}(?![\d,]\d|\d| (?:troops|soldiers|men|people|dollars))")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Days named at characters [start, end)."""

    start: int
    end: int
    first: date
    last: date

    def holds(self, other: "Named") -> bool:
        """Is the other as fine or finer, and inside?"""
        return self.first <= other.first and other.last <= self.last


def dates(text: str) -> list[Named]:
    """The days that a text names with their year, longest forms first, none overlapping."""
    out: list[Named] = []
    for form, pattern in _FORMS:
        for m in pattern.finditer(text):
            if not any(m.start() < d.end and d.start < m.end() for d in out):
                out += [Named(start=m.start(), end=m.end(), first=f, last=la) for f, la in _days(form, m.groups())]
    return sorted(out, key=lambda d: d.start)


def without(text: str, found: list[Named]) -> str:
    """The text with its dates blanked, at the same length."""
    for d in found:
        text = text[: d.start] + " " * (d.end - d.start) + text[d.end :]
    return text


def _days(form: str, g: tuple[str, ...]) -> Iterator[tuple[date, date]]:
    try:
        yield _SHAPES[form](g)
    except ValueError:
        return  # 31 February: no day


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1


def _whole(y: int, m: int) -> tuple[date, date]:
    return date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1])


def _one(value: date) -> tuple[date, date]:
    return value, value


_SHAPES: Final = {
    "iso": lambda g: _one(date(int(g[0]), int(g[1]), int(g[2]))),
    "iso-month": lambda g: _whole(int(g[0]), int(g[1])),
    "week": lambda g: (
        (d := date(int(g[2]), _month(g[1]), int(g[0]))),
        d + timedelta(days=6),
    ),
    "days": lambda g: (date(int(g[3]), _month(g[2]), int(g[0])), date(int(g[3]), _month(g[2]), int(g[1]))),
    "span": lambda g: (date(int(g[4]), _month(g[1]), int(g[0])), date(int(g[4]), _month(g[3]), int(g[2]))),
    "day": lambda g: _one(date(int(g[2]), _month(g[1]), int(g[0]))),
    "american": lambda g: _one(date(int(g[2]), _month(g[0]), int(g[1]))),
    "months": lambda g: (date(int(g[2]), _month(g[0]), 1), _whole(int(g[2]), _month(g[1]))[1]),
    "month": lambda g: _whole(int(g[1]), _month(g[0])),
    "years": lambda g: (date(int(g[0]), 1, 1), date(int(g[1]), 12, 31)),
    "year": lambda g: (date(int(g[0]), 1, 1), date(int(g[0]), 12, 31)),
}
