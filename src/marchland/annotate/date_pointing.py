"""Months and seasons that point to a date told before: "that June", "the same autumn", "the following spring"."""

import re
from dataclasses import replace
from datetime import date

from marchland.annotate import date_words as w
from marchland.annotate.date_state import Core, Match, Rule, State, with_year, yearless
from marchland.model.dates import DateRange

_SAME = frozenset({"that", "that same", "that very", "the same"})
_BEFORE = frozenset({"the previous", "the preceding"})
# "last June" is left out: it is counted from the day of writing
_POINTING = r"(?:that(?:\s+(?:same|very))?|the\s+(?:same|following|next|previous|preceding))"
_ALONE = (  # "That June it left", "by that June"; but "said that June elections ..." points nowhere
    r"(?:\A|(?<=\n)|(?<=[.!?,;:(–—-]\s)|(?<=[“\"(])|(?<=\bin )|(?<=\bby )|(?<=\band )|(?<=\bsince )|(?<=\buntil )|(?<=\bof )"
    r"|(?<=\bfrom )|(?<=\blate )|(?<=\bearly ))"
)


def _pointed(m: Match, state: State) -> Core | None:
    name = m["name"].lower()
    month = None if name in w.SEASONS else w.month_number(name)
    rel, told = " ".join(m["rel"].lower().split()), state.leaned_on(m.start())
    if told is None or told.start is None or told.end is None:
        found = yearless(state, m, month, None) if month else None
        return Core(start=m.start("name"), end=m.end(), range=found, bare=(month, None)) if found and month else None
    years = range(told.start.year - 1, told.end.year + 2)
    options = [with_year(month, None, y) if month else w.season(name, y) for y in years]
    chosen = _chosen(options, rel, told.start, told.end)
    return Core(start=m.start(), end=m.end(), range=replace(chosen, anchor="text")) if chosen else None


def _chosen(options: list[DateRange], rel: str, start: date, end: date) -> DateRange | None:
    if rel in _SAME:
        return next((o for o in options if o.start and o.start.year == start.year), None)
    if rel in _BEFORE:
        return next((o for o in reversed(options) if o.end and o.end < start), None)
    return next((o for o in options if o.start and o.start > end), None)


def pointing_rules() -> tuple[Rule, ...]:
    """The table; it is tried before the calendar's, which would read the month alone."""
    pattern = rf"(?:{_ALONE}|(?=the\s))\b(?P<rel>{_POINTING})\s+(?P<name>{{}})\b(?!\s+(?:of\s+)?\d)(?!['’])"
    return (
        Rule("month", re.compile(pattern.format(w.FULL_MONTH), re.IGNORECASE), _pointed),
        Rule("word", re.compile(pattern.format(w.SEASON), re.IGNORECASE), _pointed),
    )
