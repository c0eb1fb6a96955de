"""Which days are "early", "the end of", "the first half of", "later in" an interval? What do "by" and "since" bound?

A part is a third of what it is a part of: days 1-10, 11-20 and 21 to the last of a month, four months of a year,
one month of a season. What the words leave open stays open.
"""

from dataclasses import replace
from datetime import date, timedelta

from marchland.annotate.date_words import ORDINALS, months, years
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision

_THIRDS = {"early": 0, "beginning": 0, "start": 0, "outset": 0, "mid": 1, "middle": 1, "late": 2, "end": 2, "close": 2}
_ONE_DAY = timedelta(days=1)


def part_of(whole: DateRange, part: str) -> DateRange | None:
    """The days that a part such as "late", "first half" or "second week" tells; None where it makes no sense."""
    words = part.lower().split()
    start, end = whole.start, whole.end
    if start is None or end is None or start == end:
        return None
    if len(words) == 1 or words[-1] in ("part", "stages"):
        return _cut(start, end, 3, _THIRDS[words[0]], whole.precision)
    last = words[0] in ("last", "final", "closing")
    number = 0 if last else ORDINALS.get(words[0], 1) - 1
    if words[1] in ("half", "quarter", "third"):
        pieces = {"half": 2, "third": 3, "quarter": 4}[words[1]]
        number = pieces - 1 if last or words[0] == "latter" else number
        return _cut(start, end, pieces, number, whole.precision) if number < pieces else None
    span = 7 if words[1] == "week" else 3 if words[1] == "days" else 0
    if not span or (end - start).days > 31:
        return None
    if last:
        return _range(end - timedelta(days=span - 1), end)
    first = start + timedelta(days=7 * number)
    return _range(first, min(first + timedelta(days=span - 1), end)) if first <= end else None


def _cut(start: date, end: date, pieces: int, number: int, precision: Precision) -> DateRange | None:
    if precision is Precision.YEAR and 12 % pieces == 0:
        size = 12 // pieces
        return months(start.year, number * size + 1, number * size + size)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and end.year - start.year == 9 and pieces < 4:
        edges = {3: (0, 4, 7, 10), 2: (0, 5, 10)}[pieces]
        return years(start.year + edges[number], start.year + edges[number + 1] - 1)
    if precision is Precision.SEASON and pieces == 3:
        index = start.year * 12 + start.month - 1 + number
        return replace(months(index // 12, index % 12 + 1, index % 12 + 1), precision=Precision.RANGE)
    days = (end - start).days + 1
    if days < pieces:
        return None
    size = (
        10
        if precision is Precision.MONTH and pieces == 3
        else 15
        if precision is Precision.MONTH and pieces == 2
        else -(-days // pieces)
        if pieces == 2
        else days // pieces
    )
    first = start + timedelta(days=number * size)
    return _range(first, end if number == pieces - 1 else first + timedelta(days=size - 1))


def _range(start: date, end: date) -> DateRange:
    return DateRange(start=start, end=end, precision=Precision.RANGE)


def earlier_in(whole: DateRange, until: date | None) -> DateRange:
    """From the start of `whole` up to the day from which one looks back."""
    if until and whole.start and whole.start <= until and (whole.end is None or until < whole.end):
        return replace(whole, end=until, precision=Precision.RANGE)
    return whole


def later_in(whole: DateRange, after: date | None) -> DateRange:
    """From the day after the one from which one looks ahead to the end of `whole`."""
    if after and whole.end and after < whole.end and (whole.start is None or whole.start <= after):
        return replace(whole, start=after + _ONE_DAY, precision=Precision.RANGE)
    return whole


def bounded(word: str, core: DateRange, written: date | None) -> DateRange | None:
    """What a bounding word before a date leaves: "since", "by", "before", "after", "until", "from", "about"."""
    open_ = Precision.RANGE
    if word == "since":
        end = written if written and (core.start is None or written >= core.start) else None
        return replace(core, end=end, precision=open_)
    if word == "from":
        return replace(core, end=None, precision=open_)
    if word == "until":
        return replace(core, start=None, precision=open_)
    if word == "before":
        return replace(core, start=None, end=core.start - _ONE_DAY, precision=open_) if core.start else None
    if word == "after":  # "after 2014" is mostly said of 2014's later days too; after a day means the next day on
        start = core.end + _ONE_DAY if core.precision is Precision.DAY and core.end else core.start
        return replace(core, start=start, end=None, precision=open_)
    if word == "about" and core.precision is Precision.YEAR and core.start and core.end:
        return years(core.start.year - 1, core.end.year + 1)
    return None
