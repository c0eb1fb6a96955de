"""The rule table of dates that are counted from a date told before: "two weeks later", "by then", "before the month was out".

The base is the date of the act on which the story stands, or of the aside in which the words themselves stand.
"""

import re
from dataclasses import replace
from datetime import date

from marchland.annotate import date_words as w
from marchland.annotate.date_state import Core, Match, Resolver, Rule, State
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision

_SOME = {
    "hour": (("day", 0), ("day", 1)),
    "day": (("day", 1), ("day", 14)),
    "week": (("day", 7), ("week", 8)),
    "month": (("month", 1), ("month", 11)),
    "year": (("year", 1), ("year", 9)),
}  # "days", "weeks": from one of them to a number of which one would rather use the next unit
_CLAUSE_START = r"(?:\A|(?<=\n)|(?<=[.!?;:,(–—]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bThen\s))"
_CLAUSE_END = r"(?=\s*(?:[.,;:)!?–—]|$))"
_DAYS_OF_MONTH = 31
_ABOUT_A_YEAR = (10, 14)  # months; five acts of known date told "a year later" in training/ lie 10 to 14 months on
_CLOSES = re.compile(_CLAUSE_END)
_LASTING = re.compile(r"\bfor\s+(?:\w+\s+)?$", re.IGNORECASE)  # "for nearly five months after": how long, not when
_STEP = rf"(?<![Hh]alf )(?P<n>{w.COUNT})\s+(?P<u>(?:{w.UNIT}|fortnight)s?)"
VAGUE = r"few|several|couple of|many|some"  # several of a unit, nobody knows how many


def core_of(
    m: Match, range_: DateRange | None, *, anchor: str = "published", whole: bool = False, recalled: bool = True
) -> Core | None:
    """The expression that a match is, where it tells a range."""
    if range_ is None:
        return None
    return Core(start=m.start(), end=m.end(), range=replace(range_, anchor=anchor), whole=whole, recalled=recalled)


def span(start: date | None, end: date | None) -> DateRange:
    """The days from one to another; None = open."""
    return DateRange(start=start, end=end, precision=Precision.RANGE)


def counted(base: DateRange | None, unit: str, by: int) -> DateRange | None:
    """The units that lie `by` from a told date; as wide as the told date is vague."""
    if base is None or base.start is None or base.end is None:
        return None
    if unit in ("weekend", "quarter"):
        return None
    first = w.unit_around(w.shifted(base.start, unit, by), unit)
    last = w.unit_around(w.shifted(base.end, unit, by), unit)
    return first if first == last else span(first.start, last.end)


def singular(unit: str) -> str:
    """ "week" for "weeks"."""
    low = unit.lower()
    return "century" if low.startswith("centur") else low.removesuffix("s")


def _later(m: Match, state: State) -> Core | None:
    """ "two years later", "a day earlier", "two months after that": counted from the last date told."""
    sign = -1 if m["dir"].lower().startswith(("earlier", "before", "previously")) else 1
    by, unit = steps(m)
    base = state.leaned_on(m.start())
    found = _about_a_year(base, sign) if (by, unit) == (1, "year") else None
    found = found or counted(base, unit, sign * by)
    return core_of(m, _up_to_now(found, state), anchor="text") if found else None


def steps(m: Match) -> tuple[int, str]:
    """How many of which unit: a fortnight is two weeks, a decade ten years."""
    by, unit = w.count(m["n"] or "one"), singular(m["u"])
    size, kept = {
        "fortnight": (2, "week"),
        "half a year": (6, "month"),
        "decade": (10, "year"),
        "century": (100, "year"),
    }.get(unit, (1, unit))
    return by * size, kept


def _about_a_year(base: DateRange | None, sign: int) -> DateRange | None:
    """ "A year later" than a day or a month is told of ten to fourteen months; than anything vaguer, of the next year."""
    if base is None or base.days is None or base.days > _DAYS_OF_MONTH:
        return None
    ends = [r for by in _ABOUT_A_YEAR if (r := counted(base, "month", sign * by))]
    starts, lasts = [r.start for r in ends if r.start], [r.end for r in ends if r.end]
    return span(min(starts), max(lasts))


def _clause_beside(m: Match, state: State) -> Core | None:
    """ "signed in November, two months after it had come to terms": the clause that follows tells an act two months before."""
    if _CLOSES.match(state.text, m.end(), state.hi):
        return _later(m, state)  # "Seven months before, they had met"
    latest = state.latest
    beside = latest is not None and not state.text[latest.end : m.start()].strip(", ")
    base = latest.range if latest and beside else state.act if state.in_sentence else None
    if base is None or not state.teller.opens_clause(m.start("dir")) or _LASTING.search(state.before(m.start())):
        return None
    by, unit = steps(m)
    sign = -1 if m["dir"].lower() == "after" else 1
    return core_of(m, counted(base, unit, sign * by), anchor="text", whole=True, recalled=False)


def _within(m: Match, state: State) -> Core | None:
    """ "Within a week": from the last date told to a week after it."""
    told = state.leaned_on(m.start())
    if told is None or told.start is None or told.end is None:
        return None
    by, unit = steps(m)
    found = _up_to_now(span(told.start, w.shifted(told.end, unit, by)), state)
    return core_of(m, found, anchor="text", whole=True)


def _up_to_now(found: DateRange, state: State) -> DateRange:
    """What is told as past ended by the day of writing."""
    here = state.written
    cut = here and found.start and found.end and found.start <= here < found.end
    return span(found.start, here) if cut else found


def _before_out(m: Match, state: State) -> Core | None:
    """ "Before the month was out": the rest of the month of the last date told."""
    told = state.leaned_on(m.start())
    if told is None or told.start is None:
        return None
    return core_of(m, span(told.start, w.unit_around(told.start, m["u"].lower()).end), anchor="text", whole=True)


def _before_feast(m: Match, state: State) -> Core | None:
    """ "Before Christmas": from the last act told to the eve of the next one; without an act, the days before the last one."""
    act = state.act
    if act and act.start and (state.written is None or act.start <= state.written):
        eve = date(act.start.year, 12, 24)
        return core_of(m, span(act.start, eve), anchor="text", whole=True) if act.start <= eve else None
    here = state.written
    if here is None:
        return None
    eve = date(here.year if here >= date(here.year, 12, 24) else here.year - 1, 12, 24)
    return core_of(m, span(eve.replace(day=1), eve), whole=True)


def _by_then(m: Match, state: State) -> Core | None:
    told = state.leaned_on(m.start())
    if told is None or told.end is None:
        return None
    return core_of(m, span(None, told.end), anchor="text", whole=True, recalled=False)


def _beside_unit(m: Match, state: State) -> Core | None:
    """ "The year after", "the day before", alone: counted from the last date told."""
    return core_of(
        m, counted(state.leaned_on(m.start()), m["u"].lower(), 1 if m["dir"].lower() == "after" else -1), anchor="text"
    )


def _some_later(m: Match, state: State) -> Core | None:
    """ "weeks later", "some months before", "within days": a stretch beside the last date told, as wide as the words are vague."""
    told = state.leaned_on(m.start())
    if told is None or told.start is None or told.end is None:
        return None
    near, far = _SOME[singular(m["u"] or m["u2"])]
    if m["within"]:
        found = span(told.start, w.shifted(told.end, *far))
    elif m["dir"].lower().startswith(("earlier", "before", "previously")):
        found = span(w.shifted(told.start, far[0], -far[1]), w.shifted(told.end, near[0], -near[1]))
    else:
        found = span(w.shifted(told.start, *near), w.shifted(told.end, *far))
    if found.start and found.end and found.start > found.end:
        return None
    return core_of(m, _up_to_now(found, state), anchor="text", whole=True)


def _since_then(m: Match, state: State) -> Core | None:
    told = state.leaned_on(m.start())
    if told is None or told.start is None:
        return None
    end = state.written if state.written and state.written >= told.start else None
    return core_of(m, span(told.start, end), anchor="text", whole=True, recalled=False)


def rule(pattern: str, resolve: Resolver, needs: str = "word") -> Rule:
    """A rule whose pattern reads small and capital letters alike."""
    return Rule(needs, re.compile(pattern, re.IGNORECASE), resolve)


def beside_rules() -> tuple[Rule, ...]:
    """The table, most specific first."""
    return (
        rule(
            r"\b(?P<n>)(?P<u>half a year)\s+(?P<dir>earlier|later|afterwards|(?:before|after) (?:that|this))\b(?!\s+than\b)",
            _later,
        ),
        rule(rf"\b{_STEP}\s+(?P<dir>earlier|later|afterwards?|(?:before|after) (?:that|this))\b(?!\s+than\b)", _later),
        rule(
            rf"{_CLAUSE_START}{_STEP}\s+(?P<dir>on)\b(?:{_CLAUSE_END}|(?=\s+(?:there|it|its|they|their|no|not|the|nobody|nothing)\b))",
            _later,
        ),
        rule(rf"\b{_STEP}\s+(?P<dir>after|before)\b", _clause_beside),
        rule(rf"\bwithin\s+{_STEP}{_CLAUSE_END}", _within),
        rule(rf"{_CLAUSE_START}within\s+{_STEP}\b(?!\s+of\b)", _within),
        rule(r"\bbefore the (?P<u>week|month|year) (?:was|is) (?:out|over|up)\b", _before_out),
        rule(r"\bbefore (?:Christmas|Christmas Eve)\b(?! \d)", _before_feast),
        rule(r"\bby then\b|\bby that time\b", _by_then),
        rule(rf"\bthe (?P<u>day|week|month|year) (?P<dir>after|before){_CLAUSE_END}", _beside_unit),
        rule(
            r"\b(?:(?P<within>within)\s+(?:a\s+(?:few|couple of)\s+)?(?P<u>hours|days|weeks|months)\b(?!\s+of\b(?!\s+(?:that|this|it)\b))|"
            r"(?:(?:only|just|barely|some|a few|several|a couple of)\s+)?(?P<u2>hours|days|weeks|months|years)\s+"
            r"(?P<dir>(?:earlier|later|afterwards?|previously)\b(?!\s+than\b)|before\b(?!\s+(?:the|a|an|it|he|she|they|its|his|her|their|(?-i:[A-Z]))\b)))",
            _some_later,
        ),
        rule(r"\bsince then\b|\bever since\b(?=\s*[,.;]|\s*$)|\bsince that time\b", _since_then),
    )
