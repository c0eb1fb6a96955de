"""The rule table of dates that are counted from another day: "yesterday", "last month", "that same year", "so far"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from marchland.annotate import date_words as w
from marchland.annotate.date_state import Core, Match, Resolver, Rule, State, tense_at
from marchland.model import dates
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision

_DAY_STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": -1}
_UNIT_STEPS = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1, "past": -1}
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\s$")
_TRAILING_CUE = re.compile(
    r"\b(?:in|over|during|for|within|throughout|across|of)\s+(?:just\s+|only\s+)?$", re.IGNORECASE
)


def _core(
    m: Match, range_: DateRange | None, *, anchor: str = "published", whole: bool = False, recalled: bool = True
) -> Core | None:
    if range_ is None:
        return None
    return Core(start=m.start(), end=m.end(), range=replace(range_, anchor=anchor), whole=whole, recalled=recalled)


def _span(start: date | None, end: date | None) -> DateRange:
    return DateRange(start=start, end=end, precision=Precision.RANGE)


def _named_day(m: Match, state: State) -> Core | None:
    word = m["w"].lower()
    capital_inside = m["w"][0].isupper() and state.before(m.start()).strip()
    if state.written is None or (capital_inside and _NAME_BEFORE.search(state.before(m.start()))):
        return None  # "Russia Today", "USA Today"
    here = state.written
    if m["twice"]:
        return _core(m, dates.day(here + timedelta(days=2 if "after" in m["twice"].lower() else -2)))
    if word == "overnight":
        return _core(m, _span(here - timedelta(days=1), here))
    return _core(m, dates.day(here + timedelta(days=_DAY_STEPS[word])))


def _part_of_day(m: Match, state: State) -> Core | None:
    if state.written is None:
        return None
    return _core(m, dates.day(state.written - timedelta(days=1 if m["rel"].lower() == "last" else 0)))


def _weekday(m: Match, state: State) -> Core | None:
    if state.written is None:
        return None
    here, number = state.written, w.WEEKDAYS[m["d"].lower()]
    rel, of = (m["rel"] or "").lower(), (m["of"] or "").lower()
    monday = here - timedelta(days=here.weekday())
    back = timedelta(days=(here.weekday() - number) % 7)
    ahead = timedelta(days=(number - here.weekday()) % 7)
    if of:
        found = monday + timedelta(days=number + 7 * {"last": -1, "next": 1}.get(of, 0))
    elif rel in ("last", "this past"):
        found = here - (back or timedelta(days=7))
    elif rel in ("next", "this coming", "coming"):
        found = here + (ahead or timedelta(days=7))
    elif rel == "this":
        found = monday + timedelta(days=number)
    else:
        found = here + ahead if tense_at(state, m.start()) == "future" else here - back
    return _core(m, dates.day(found))


def _unit(m: Match, state: State) -> Core | None:
    """ "last week", "this year", "the following month", "that same year"."""
    words, unit = m["rel"].lower().split(), m["u"].lower()
    rel, trailing = words[-1], _TRAILING_CUE.search(state.before(m.start())) is not None
    if (
        rel in ("following", "preceding", "same", "that")
        or (words == ["the", "next"] and not trailing)
        or words == ["the", "previous"]
    ):
        step = 0 if rel in ("same", "that") else _UNIT_STEPS[rel]
        return _core(m, _counted(state.previous, unit, step), anchor="text")
    here = state.written
    if here is None or (trailing and re.match(r"\s+of\b", state.after(m.end()))):
        return None
    if (rel == "past" and words[0] != "this") or (words[0] == "the" and rel in ("last", "next", "coming")):
        if not trailing:
            return None
        return _core(m, _window(here, unit, -1 if rel in ("past", "last") else 1), whole=True, recalled=False)
    step = 0 if rel in ("this", "current") else _UNIT_STEPS[rel]
    if unit == "weekend":
        saturday = here - timedelta(days=here.weekday()) + timedelta(days=5 + 7 * min(step, 0))
        if step > 0 and here.weekday() >= 5:
            saturday += timedelta(days=7)
        return _core(m, _span(saturday, saturday + timedelta(days=1)))
    if unit == "quarter":
        index = here.year * 4 + (here.month - 1) // 3 + step
        return _core(m, w.months(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3))
    return _core(
        m, w.unit_around(w.shifted(here.replace(day=1) if unit not in ("day", "week") else here, unit, step), unit)
    )


def _weekend(m: Match, state: State) -> Core | None:
    """ "At the weekend": the last one that has begun, or the next."""
    if state.written is None:
        return None
    saturday = state.written - timedelta(days=(state.written.weekday() - 5) % 7)
    if tense_at(state, m.start()) == "future" and state.written > saturday + timedelta(days=1):
        saturday += timedelta(days=7)
    return _core(m, _span(saturday, saturday + timedelta(days=1)))


def _window(here: date, unit: str, by: int) -> DateRange:
    other = w.shifted(here, unit, by)
    return _span(min(here, other), max(here, other))


def _counted(base: DateRange | None, unit: str, by: int) -> DateRange | None:
    """The units that lie `by` from a told date; as wide as the told date is vague."""
    if base is None or base.start is None or base.end is None:
        return None
    if unit in ("weekend", "quarter"):
        return None
    first = w.unit_around(w.shifted(base.start, unit, by), unit)
    last = w.unit_around(w.shifted(base.end, unit, by), unit)
    return first if first == last else _span(first.start, last.end)


def _units_window(m: Match, state: State) -> Core | None:
    """ "in the past three years", "over the next few weeks", "in recent months"."""
    if state.written is None:
        return None
    ahead = m["rel"].lower() in ("next", "coming")
    unit = _singular(m["u"])
    if not m["n"] or not re.fullmatch(w.COUNT, m["n"].lower()):
        return _core(m, _span(state.written, None) if ahead else _span(None, state.written), whole=True, recalled=False)
    by = w.count(m["n"])
    return _core(m, _window(state.written, unit, by if ahead else -by), whole=True, recalled=False)


def _singular(unit: str) -> str:
    low = unit.lower()
    return "century" if low.startswith("centur") else low.removesuffix("s")


def _ago(m: Match, state: State) -> Core | None:
    if state.written is None:
        return None
    told, unit, more = (m["n"] or "").lower(), _singular(m["u"]), m["more"]
    if not re.fullmatch(w.COUNT, told):
        return _core(m, _span(None, state.written), whole=True)
    kept = "year" if unit in ("decade", "century") else unit
    found = w.unit_around(w.shifted(state.written, unit, -w.count(told)), kept)
    return _core(m, _span(None, found.end) if more else found, whole=bool(more))


def _later(m: Match, state: State) -> Core | None:
    """ "two years later", "a day earlier": counted from the last date told."""
    sign = -1 if m["dir"].lower() in ("earlier", "before", "previously") else 1
    if not re.fullmatch(w.COUNT, m["n"].lower()):
        return None
    unit = _singular(m["u"])
    if unit in ("decade", "century"):
        return _core(
            m,
            _counted(state.previous, "year", sign * w.count(m["n"]) * (10 if unit == "decade" else 100)),
            anchor="text",
        )
    return _core(m, _counted(state.previous, unit, sign * w.count(m["n"])), anchor="text")


def _some_later(m: Match, state: State) -> Core | None:
    """ "weeks later", "some months before", "within days": a stretch beside the last date told, as wide as the words are vague."""
    told = state.previous
    if told is None or told.start is None or told.end is None:
        return None
    near, far = _SOME[_singular(m["u"] or m["u2"])]
    if m["within"]:
        found = _span(told.start, w.shifted(told.end, *far))
    elif m["dir"].lower().startswith(("earlier", "before", "previously")):
        found = _span(w.shifted(told.start, far[0], -far[1]), w.shifted(told.end, near[0], -near[1]))
    else:
        found = _span(w.shifted(told.start, *near), w.shifted(told.end, *far))
    if found.start and found.end and found.start > found.end:
        return None
    if state.written and found.end and found.start and found.start <= state.written < found.end:
        found = _span(found.start, state.written)
    return _core(m, found, anchor="text", whole=True)


def _until_now(m: Match, state: State) -> Core | None:
    return _core(m, _span(None, state.written), whole=True, recalled=False) if state.written else None


def _since_then(m: Match, state: State) -> Core | None:
    told = state.previous
    if told is None or told.start is None:
        return None
    end = state.written if state.written and state.written >= told.start else None
    return _core(m, _span(told.start, end), anchor="text", whole=True, recalled=False)


def _rule(pattern: str, resolve: Resolver, needs: str = "word") -> Rule:
    return Rule(needs, re.compile(pattern, re.IGNORECASE), resolve)


_SOME = {
    "hour": (("day", 0), ("day", 1)),
    "day": (("day", 1), ("day", 14)),
    "week": (("day", 7), ("week", 8)),
    "month": (("month", 1), ("month", 11)),
    "year": (("year", 1), ("year", 9)),
}  # "days", "weeks": from one of them to a number of which one would rather use the next unit
_VAGUE = r"few|several|couple of|many|some"  # several of a unit, nobody knows how many


def relative_rules() -> tuple[Rule, ...]:
    """The table, most specific first; it is tried after the calendar's."""
    return (
        _rule(
            r"\b(?P<twice>the day (?:before|after) )?(?P<w>yesterday|today|tonight|tomorrow|overnight)\b", _named_day
        ),
        _rule(r"\b(?P<rel>this|last) (?P<u>night|morning|afternoon|evening)\b", _part_of_day),
        _rule(
            rf"\b(?:(?P<rel>last|next|this past|this coming|this|coming)\s+)?(?P<d>(?-i:{w.WEEKDAY}))"
            r"(?:\s+(?P<of>last|this|next)\s+week\b)?",
            _weekday,
            "weekday",
        ),
        _rule(
            rf"\b(?:the\s+)?(?P<rel>past|last|next|coming|recent)\s+(?:(?P<n>{w.COUNT}|{_VAGUE})\s+)?"
            rf"(?P<u>{w.UNIT}s)\b(?!\s+of\b)",
            _units_window,
        ),
        _rule(
            r"\b(?P<rel>this past|this coming|the current|current|the past|the last|the next|the coming|"
            r"the previous|the preceding|"
            r"the following|the same|that same|that very same|last|this|next|that|previous|coming|following)\s+"
            r"(?P<u>day|week|month|year|weekend|quarter|decade|century)\b(?![-–]\w)(?!\s+(?:before|after)\s+(?:the|a|an)\b)",
            _unit,
        ),
        _rule(r"(?<=\bat )the weekend\b|(?<=\bon )the weekend\b|(?<=\bover )the weekend\b", _weekend),
        _rule(
            rf"\b(?:(?P<more>more than|over)\s+|(?:about|around|almost|nearly|some|just|only)\s+)?"
            rf"(?:(?P<n>{w.COUNT}|(?:a\s+)?(?:{_VAGUE}))\s+)?(?P<u>{w.UNIT}s?)\s+ago\b",
            _ago,
        ),
        _rule(rf"\b(?P<n>{w.COUNT})\s+(?P<u>{w.UNIT}s?)\s+(?P<dir>earlier|later|afterwards?)\b(?!\s+than\b)", _later),
        _rule(
            r"\b(?:(?P<within>within)\s+(?:a\s+(?:few|couple of)\s+)?(?P<u>hours|days|weeks|months)\b(?!\s+of\b(?!\s+(?:that|this|it)\b))|"
            r"(?:(?:only|just|barely|some|a few|several|a couple of)\s+)?(?P<u2>hours|days|weeks|months|years)\s+"
            r"(?P<dir>(?:earlier|later|afterwards?|previously)\b(?!\s+than\b)|before\b(?!\s+(?:the|a|an|it|he|she|they|its|his|her|their|(?-i:[A-Z]))\b)))",
            _some_later,
        ),
        _rule(r"\bsince then\b|\bever since\b(?=\s*[,.;]|\s*$)|\bsince that time\b", _since_then),
        _rule(
            r"\b(?:most\s+|more\s+|only\s+|until\s+)?(?<!as )recently\b|\blately\b|\bso far\b(?!\s+(?:as|"
            r"away|from|apart|that|removed))|"
            r"\b(?<!up )to date\b(?!\s+back)|\bto this day\b|\buntil now\b|\bup to now\b|\bthus far\b|\bof late\b",
            _until_now,
        ),
    )
