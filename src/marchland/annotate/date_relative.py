"""The rule table of dates that are counted from another day: "yesterday", "last month", "that same year", "so far"."""

import re
from datetime import date, timedelta

from marchland.annotate import date_words as w
from marchland.annotate.date_beside import VAGUE, beside_rules, core_of, counted, rule, singular, span, steps
from marchland.annotate.date_state import Core, Match, Rule, State, tense_at
from marchland.model import dates
from marchland.model.dates import DateRange

_DAY_STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": -1}
_UNIT_STEPS = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1, "past": -1}
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\s$")
_TRAILING_CUE = re.compile(
    r"\b(?:in|over|during|for|within|throughout|across|of)\s+(?:just\s+|only\s+)?$", re.IGNORECASE
)


def _named_day(m: Match, state: State) -> Core | None:
    word = m["w"].lower()
    capital_inside = m["w"][0].isupper() and state.before(m.start()).strip()
    if state.written is None or (capital_inside and _NAME_BEFORE.search(state.before(m.start()))):
        return None  # "Russia Today", "USA Today"
    here = state.written
    if m["twice"]:
        return core_of(m, dates.day(here + timedelta(days=2 if "after" in m["twice"].lower() else -2)))
    if word == "overnight":
        return core_of(m, span(here - timedelta(days=1), here))
    return core_of(m, dates.day(here + timedelta(days=_DAY_STEPS[word])))


def _part_of_day(m: Match, state: State) -> Core | None:
    if state.written is None:
        return None
    return core_of(m, dates.day(state.written - timedelta(days=1 if m["rel"].lower() == "last" else 0)))


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
    return core_of(m, dates.day(found))


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
        return core_of(m, counted(state.leaned_on(m.start()), unit, step), anchor="text")
    here = state.written
    if here is None or (trailing and re.match(r"\s+of\b", state.after(m.end()))):
        return None
    if (rel == "past" and words[0] != "this") or (words[0] == "the" and rel in ("last", "next", "coming")):
        if not trailing:
            return None
        return core_of(m, _window(here, unit, -1 if rel in ("past", "last") else 1), whole=True, recalled=False)
    step = 0 if rel in ("this", "current") else _UNIT_STEPS[rel]
    if unit == "weekend":
        saturday = here - timedelta(days=here.weekday()) + timedelta(days=5 + 7 * min(step, 0))
        if step > 0 and here.weekday() >= 5:
            saturday += timedelta(days=7)
        return core_of(m, span(saturday, saturday + timedelta(days=1)))
    if unit == "quarter":
        index = here.year * 4 + (here.month - 1) // 3 + step
        return core_of(m, w.months(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3))
    return core_of(
        m, w.unit_around(w.shifted(here.replace(day=1) if unit not in ("day", "week") else here, unit, step), unit)
    )


def _weekend(m: Match, state: State) -> Core | None:
    """ "At the weekend": the last one that has begun, or the next."""
    if state.written is None:
        return None
    saturday = state.written - timedelta(days=(state.written.weekday() - 5) % 7)
    if tense_at(state, m.start()) == "future" and state.written > saturday + timedelta(days=1):
        saturday += timedelta(days=7)
    return core_of(m, span(saturday, saturday + timedelta(days=1)))


def _window(here: date, unit: str, by: int) -> DateRange:
    other = w.shifted(here, unit, by)
    return span(min(here, other), max(here, other))


def _units_window(m: Match, state: State) -> Core | None:
    """ "in the past three years", "over the next few weeks", "in recent months"."""
    if state.written is None:
        return None
    ahead = m["rel"].lower() in ("next", "coming")
    unit = singular(m["u"])
    if not m["n"] or not re.fullmatch(w.COUNT, m["n"].lower()):
        return core_of(m, span(state.written, None) if ahead else span(None, state.written), whole=True, recalled=False)
    by = w.count(m["n"])
    return core_of(m, _window(state.written, unit, by if ahead else -by), whole=True, recalled=False)


def _ago(m: Match, state: State) -> Core | None:
    if state.written is None:
        return None
    told, unit, more = (m["n"] or "").lower(), singular(m["u"]), m["more"]
    if not re.fullmatch(w.COUNT, told):
        return core_of(m, span(None, state.written), whole=True)
    kept = "year" if unit in ("decade", "century") else unit
    found = w.unit_around(w.shifted(state.written, unit, -w.count(told)), kept)
    return core_of(m, span(None, found.end) if more else found, whole=bool(more))


def _lasting(m: Match, state: State) -> Core | None:
    """ "has for three years kept it shut": up to the day of writing, where the verb says that it goes on."""
    if state.written is None or not state.teller.goes_on(m.start()):
        return None
    told = m["n"]
    if told is None or not re.fullmatch(w.COUNT, told.lower()):
        return core_of(m, span(None, state.written), whole=True, recalled=False)
    by, unit = steps(m)
    return core_of(m, _window(state.written, unit, -by), whole=True, recalled=False)


def _until_now(m: Match, state: State) -> Core | None:
    return core_of(m, span(None, state.written), whole=True, recalled=False) if state.written else None


def relative_rules() -> tuple[Rule, ...]:
    """The table, most specific first; it is tried after the calendar's."""
    return (
        rule(r"\b(?P<twice>the day (?:before|after) )?(?P<w>yesterday|today|tonight|tomorrow|overnight)\b", _named_day),
        rule(r"\b(?P<rel>this|last) (?P<u>night|morning|afternoon|evening)\b", _part_of_day),
        rule(
            rf"\b(?:(?P<rel>last|next|this past|this coming|this|coming)\s+)?(?P<d>(?-i:{w.WEEKDAY}))"
            r"(?:\s+(?P<of>last|this|next)\s+week\b)?",
            _weekday,
            "weekday",
        ),
        rule(
            rf"\b(?:the\s+)?(?P<rel>past|last|next|coming|recent)\s+(?:(?P<n>{w.COUNT}|{VAGUE})\s+)?"
            rf"(?P<u>{w.UNIT}s)\b(?!\s+of\b)",
            _units_window,
        ),
        rule(
            r"\b(?P<rel>this past|this coming|the current|current|the past|the last|the next|the coming|"
            r"the previous|the preceding|"
            r"the following|the same|that same|that very same|last|this|next|that|previous|coming|following)\s+"
            r"(?P<u>day|week|month|year|weekend|quarter|decade|century)\b(?![-–]\w)(?!\s+(?:before|after)\s+(?:the|a|an)\b)",
            _unit,
        ),
        rule(r"(?<=\bat )the weekend\b|(?<=\bon )the weekend\b|(?<=\bover )the weekend\b", _weekend),
        rule(
            rf"\b(?:(?P<more>more than|over)\s+|(?:about|around|almost|nearly|some|just|only)\s+)?"
            rf"(?:(?P<n>{w.COUNT}|(?:a\s+)?(?:{VAGUE}))\s+)?(?P<u>{w.UNIT}s?)\s+ago\b",
            _ago,
        ),
        *beside_rules(),
        rule(
            r"\bfor\s+(?:(?:more than|over|almost|nearly|about|some|at least)\s+)?"
            rf"(?:(?P<n>{w.COUNT})\s+)?(?P<u>(?:day|week|month|year|decade)s?)\b"
            r"(?!\s+(?:to come|ahead|from|after|before)\b|[-–]\w)",
            _lasting,
        ),
        rule(
            r"\b(?:most\s+|more\s+|only\s+|until\s+)?(?<!as )recently\b|\blately\b|\bso far\b(?!\s+(?:as|"
            r"away|from|apart|that|removed))|"
            r"\b(?<!up )to date\b(?!\s+back)|\bto this day\b|\buntil now\b|\bup to now\b|\bthus far\b|\bof late\b",
            _until_now,
        ),
    )
