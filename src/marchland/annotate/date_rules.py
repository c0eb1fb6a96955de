"""The rule table of calendar dates: written forms with a day, month, season, quarter, decade or year in them.

A rule is a pattern and the function that says which days its words tell, or None where they are no date after all.
"""

import re
from dataclasses import replace
from datetime import date

from marchland.annotate import date_words as w
from marchland.annotate.date_state import (
    Core,
    Match,
    Resolver,
    Rule,
    State,
    core,
    nearest,
    tense_at,
    with_year,
    yearless,
)
from marchland.annotate.date_years import bare_year, year_span
from marchland.model import dates
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision


def _full_year(told: str) -> int:
    number = int(told)
    return number if len(told) > 2 else number + (2000 if number < 50 else 1900)


def _iso(m: Match, _state: State) -> Core | None:
    return core(m, dates.day(date(int(m["y"]), int(m["m"]), int(m["d"]))))


def _slashed(m: Match, _state: State) -> Core | None:
    first, second, year = int(m["a"]), int(m["b"]), int(m["y"])
    if first > 12 or first == second:
        return core(m, dates.day(date(year, second, first)))
    return core(m, dates.day(date(year, first, second))) if second > 12 else None  # 5/6/2019 may be May or June


def _calendar_year(m: Match, state: State) -> int | None:
    """The year beside a month: told in figures, or as "this year", "last year", "that year"."""
    told = m.groupdict()
    if told.get("y"):
        return _full_year(told["y"])
    rel = (told.get("rel") or "").lower()
    if not rel:
        return None
    words = rel.split()
    step = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1}.get(words[-1], 0)
    from_text = (words[0] in ("that", "the") and words[-1] != "current") or words[-1] in ("previous", "following")
    leaned = state.leaned_on(m.start()) if from_text else None
    base = leaned.start if leaned else None if from_text else state.written
    return base.year + step if base else None


def _relative_year_anchor(m: Match) -> str | None:
    rel = (m.groupdict().get("rel") or "").lower()
    return None if not rel else "text" if rel.startswith(("that", "the")) else "published"


def _day_month(m: Match, state: State) -> Core | None:
    month, day = w.month_number(m["m"]), w.number_of(m["d"])
    year = _calendar_year(m, state)
    if year is not None:
        return core(m, replace(with_year(month, day, year), anchor=_relative_year_anchor(m)))
    return None if m.groupdict().get("rel") else core(m, yearless(state, m, month, day), bare=(month, day))


def _day_alone(m: Match, state: State) -> Core | None:
    """ "On 18 November ... and on the 30th": a day of the month told before in the sentence."""
    told = state.latest.range if state.latest else None
    if (
        told is None
        or told.start is None
        or told.end is None
        or (told.start.year, told.start.month)
        != (
            told.end.year,
            told.end.month,
        )
    ):
        return None
    return core(m, replace(dates.day(told.start.replace(day=w.number_of(m["d"]))), anchor="text"))


def _days_month(m: Match, state: State) -> Core | None:
    """ "5-9 July 2019", "July 5 to 9"."""
    month, first, last = (w.month_number(m["m"]), w.number_of(m["d"]), w.number_of(m["e"]))
    year = _calendar_year(m, state)
    end = with_year(month, last, year) if year else yearless(state, m, month, last)
    if end is None or end.end is None or first > last:
        return None
    found = core(m, replace(end, start=date(end.end.year, month, first), precision=Precision.RANGE))
    return replace(found, whole=True) if found else None


def _month_year(m: Match, state: State) -> Core | None:
    year = _calendar_year(m, state)
    if year is None:
        return None
    return core(m, replace(dates.month(year, w.month_number(m["m"])), anchor=_relative_year_anchor(m)))


_MONTH_CUE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|and|or|through|throughout|during|between|before|after|early|mid|late|"
    r"last|this|next|coming|around|for|into|on|begin\w*|start\w*|end)[\s-]+(?:the\s+)?|mid-|,\s)$",
    re.IGNORECASE,
)
_AMBIGUOUS = frozenset({"march", "may"})
_CAPITALISED_AFTER = re.compile(r"\s[A-Z][a-z]")


def _bare_month(m: Match, state: State) -> Core | None:
    name = m["m"].lower()
    before = state.before(m.start())
    pointed = m["rel"] is not None  # "last March" is no march
    if (
        not pointed
        and name in _AMBIGUOUS
        and (
            not _MONTH_CUE.search(before) or (m["m"].isupper() and state.text[m.start() - 3 : m.start() - 1].islower())
        )
    ):
        return None
    if (
        not pointed
        and name in ("april", "may", "june", "august")
        and not before.strip()
        and _CAPITALISED_AFTER.match(state.after(m.end()))
    ):
        return None  # a person's name opens the sentence
    month = w.month_number(name)
    rel = (m["rel"] or "").lower().split()
    if not rel:
        return core(m, yearless(state, m, month, None), bare=(month, None))
    if state.written is None:
        return None
    here = state.written
    if rel[-1] == "last":
        found = nearest(month, None, w.shifted(here.replace(day=1), "month", -1), "past")
    elif rel[-1] == "past":
        found = nearest(month, None, here, "past")
    elif rel[-1] == "next":
        found = nearest(month, None, w.shifted(here.replace(day=1), "month", 1), "future")
    elif rel[-1] == "this":
        found = dates.month(here.year, month)
    else:
        found = nearest(month, None, here, "future")
    return core(m, replace(found, anchor="published") if found else None)


def _season(m: Match, state: State) -> Core | None:
    name = m["s"].lower()
    if m["z"]:
        return core(m, w.season(name, int(m["y"]))) if name == "winter" else None
    year = _calendar_year(m, state)
    anchor = _relative_year_anchor(m)
    if year is not None:
        if name == "winter":  # its first or its last months: the words leave open which
            end = w.season(name, year).end
            return core(m, DateRange(start=date(year, 1, 1), end=end, precision=Precision.SEASON, anchor=anchor))
        return core(m, replace(w.season(name, year), anchor=anchor))
    if state.written is None or m["rel"]:
        return None
    lead = (m["lead"] or "").lower().split()
    options = [w.season(name, y) for y in range(state.written.year - 2, state.written.year + 2)]
    begun = [o for o in options if o.start and o.start <= state.written]
    over = [o for o in options if o.end and o.end < state.written]
    ahead = [o for o in options if o.start and o.start > state.written]
    if lead == ["this"]:
        found = next(o for o in options if o.start and o.start.year == state.written.year)
    elif lead[-1] in ("next", "coming") or tense_at(state, m.start()) == "future":
        found = ahead[0]
    else:
        found = over[-1] if lead[-1] in ("last", "past") else begun[-1]
    return core(m, replace(found, anchor="published"))


def _quarter(m: Match, state: State) -> Core | None:
    number = int(m["n"]) if m["n"] else w.ORDINALS.get(m["o"].lower(), 4)
    size = 6 if m["k"] == "H" else 3
    year = _calendar_year(m, state)
    if year is None or number * size > 12:
        return None
    first = (number - 1) * size + 1
    return core(m, replace(w.months(year, first, first + size - 1), anchor=_relative_year_anchor(m)))


def _decade(m: Match, _state: State) -> Core | None:
    first = int(m["y"]) if m["y"] else 1900 + int(m["z"])
    return core(m, w.years(first, first + 9))


_WD = rf"(?:(?:{w.WEEKDAY}|{w.SHORT_WEEKDAY}),?\s+(?:the\s+)?)?"
_REL_YEAR = (
    r"(?P<rel>(?i:this|last|next|that(?: same)?|the same|the (?:following|next|previous|preceding|current)))\s+year\b"
)
_Y = rf"(?P<y>{w.YEAR})"
_M = f"(?P<m>{w.ANY_MONTH})"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_Y}|{_REL_YEAR}))?"
_JOIN = r"(?:\s?[-–—]\s?|\s(?:to|until|through|and)\s)"


def _rule(needs: str, pattern: str, resolve: Resolver) -> Rule:
    return Rule(needs, re.compile(pattern), resolve)


def calendar_rules() -> tuple[Rule, ...]:
    """The table, most specific first: where two rules match overlapping characters, the earlier one wins."""
    return (
        _rule(
            "digits",
            r"(?<![\d./-])(?P<y>\d{4})([-/.])(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?!\d|[-/.]\d)",
            _iso,
        ),
        _rule(
            "digits", r"(?<![\d./-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>\d{4})(?!\d|\.\d)", _iso
        ),
        _rule("digits", r"(?<![\d./-])(?P<a>\d?\d)/(?P<b>\d?\d)/(?P<y>\d{4})(?![\d/])", _slashed),
        _rule("month", r"(?<!\d)(?P<d>\d\d)\d{4}[A-Z]?\s?(?P<m>[A-Z]{3})\s?(?P<y>\d{4}|\d\d)(?!\d)", _military),
        _rule("month", r"(?<![\d:.])(?P<d>[0-3]?\d)\s?(?P<m>[A-Z]{3})\s?(?P<y>\d{4}|\d\d)(?!\d)", _military),
        _rule("month", rf"(?<![\d:.])(?P<d>{w.DAY}){_JOIN}(?P<e>{w.DAY})\s+(?:of\s+)?{_M}{_OF_YEAR}", _days_month),
        _rule("month", rf"\b{_M}\s+(?P<d>{w.DAY}){_JOIN}(?P<e>{w.DAY})(?!\s+{w.ANY_MONTH}){_OF_YEAR}", _days_month),
        _rule("month", rf"{_WD}(?<![\d:.,])(?P<d>{w.DAY})\s+(?:of\s+)?{_M}{_OF_YEAR}", _day_month),
        _rule("month", rf"{_WD}\b{_M}\s+(?:the\s+)?(?P<d>{w.DAY}){_OF_YEAR}", _day_month),
        _rule("month", rf"\b{_M},?\s+(?:of\s+)?(?:{_Y}|{_REL_YEAR})", _month_year),
        _rule(
            "month",
            rf"(?:\b(?P<rel>(?i:this past|this coming|the coming|last|this|next|coming|"
            rf"upcoming))\s+)?\b(?P<m>{w.FULL_MONTH})(?![-–]\w|\s+\d)",
            _bare_month,
        ),
        _rule(
            "ordinal",
            r"(?<=\b(?:on|by) )the (?P<d>[12]\d?(?:st|nd|rd|th)|3[01]?(?:st|rd|th)|[4-9]th)(?=\s*(?:[.,;:)]|and\b|$))",
            _day_alone,
        ),
        _rule(
            "word",
            rf"\b(?:(?P<lead>(?i:this past|this coming|last|this|next|coming|in(?: the)?|during the|"
            rf"by(?: the)?|since))\s+|(?:[Tt]he\s+)?)"
            rf"(?P<s>{w.SEASON})\b(?:\s+(?:of\s+)?(?:{_Y}(?:{w.DASH}(?P<z>\d{{4}}|\d\d))?|{_REL_YEAR}))?",
            _lead_season,
        ),
        _rule("digits", rf"\b(?:(?P<k>[QH])(?P<n>[1-4])(?P<o>)?)[\s-]+(?:of\s+)?(?:{_Y}|{_REL_YEAR})", _quarter),
        _rule(
            "word",
            rf"\b(?:the\s+)?(?P<o>(?i:first|second|third|fourth|final|last))\s+(?P<k>)(?P<n>)?quarter\s+(?:of\s+)?(?:{_Y}|{_REL_YEAR})",
            _quarter,
        ),
        _rule("digits", r"(?:\b[Tt]he\s+)?(?:(?<![\w$€£])(?P<y>(?:1[5-9]|20)\d0)|['’](?P<z>[1-9]0))['’]?s\b", _decade),
        _rule("digits", rf"(?<![\w])(?P<y>{w.YEAR})(?:{w.DASH}|/)(?P<z>\d{{4}}|\d\d)(?![\d./-])", year_span),
        _rule("digits", rf"(?<![\w])(?P<y>{w.YEAR})(?![\w%.,:]\d)(?!\w)", bare_year),
    )


def _military(m: Match, _state: State) -> Core | None:
    if m["m"].lower() not in w.MONTHS:
        return None
    return core(m, dates.day(date(_full_year(m["y"]), w.month_number(m["m"]), int(m["d"]))))


_NAMED_SEASON = re.compile(r"\b[A-Z][\w’'-]+\s$")
_SEASON_POINTERS = frozenset({"last", "this", "next", "coming", "this past", "this coming"})
_OF_AFTER = re.compile(r"\s+(?:of|in|out|apart|to|behind|from|for|on|short|under|victim)\b")


def _lead_season(m: Match, state: State) -> Core | None:
    name = m["s"]
    if m["y"] or m["rel"]:
        named = name[0].isupper() and _NAMED_SEASON.search(state.before(m.start()))
        return _from_season_on(m, None if named else _season(m, state))
    if m["lead"] is None or name[0].isupper():
        return None
    if name.lower() in ("fall", "spring") and (_OF_AFTER.match(state.after(m.end())) or m["lead"].lower() == "in"):
        return None
    if m["lead"].lower().split()[0] in ("by", "since"):
        return None
    return _from_season_on(m, _season(m, state))


def _from_season_on(m: Match, found: Core | None) -> Core | None:
    """Leave a preposition out of the expression, so that "since" and "by" can bound it."""
    lead = (m["lead"] or "").lower()
    return replace(found, start=m.start("s")) if found and lead and lead not in _SEASON_POINTERS else found
