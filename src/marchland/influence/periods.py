"""Cutting time: the periods of a question, each read on its last day."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from marchland.errors import MarchlandError
from marchland.model.dates import DateRange

_MONTHS = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A calendar period; `day` is its last day, or the last day asked for."""

    label: str
    day: date


def periods(since: date, until: date, unit: str) -> tuple[Period, ...]:
    """The calendar years, quarters or months that hold the days from `since` to `until`.

    Raises:
        MarchlandError: an unknown unit, or days that run backwards.
    """
    if unit not in _MONTHS:
        raise MarchlandError(f'period "{unit}" is not known; it is one of {", ".join(_MONTHS)}')
    if since > until:
        raise MarchlandError(f"since {since} lies after until {until}; the first day must not follow the last")
    step = _MONTHS[unit]
    at = date(since.year, (since.month - 1) // step * step + 1, 1)
    out = []
    while at <= until:
        month = at.month + step - 1
        end = date(at.year, month, calendar.monthrange(at.year, month)[1])
        out.append(Period(label=_label(at, unit), day=min(end, until)))
        at = end + timedelta(days=1)
    return tuple(out)


def _label(first: date, unit: str) -> str:
    if unit == "year":
        return f"{first.year:04d}"
    if unit == "quarter":
        return f"{first.year:04d}-Q{(first.month + 2) // 3}"
    return f"{first.year:04d}-{first.month:02d}"


def middle(value: DateRange | None) -> date | None:
    """The day that stands for an interval: its middle, or the end that is known."""
    if value is None:
        return None
    if value.start and value.end:
        return value.start + (value.end - value.start) / 2
    return value.start or value.end
