"""Is a bare four-digit number a year? By the words around it: "in 2016", "the 2014 vote", but not "of 2016 troops"."""

import re

from marchland.annotate import date_words as w
from marchland.annotate.date_state import Core, Match, State, core
from marchland.model import dates

_FIRST, _LAST = 1700, 2120  # years that a text on states may tell
_NOT_YEAR_BEFORE = re.compile(
    r"(?:\b(?:Vision|Agenda|Horizon|Strategy|Plan|[Rr]esolutions?|No\.?|Nos\.?|page|pp?\.|room|article|section|model|"
    r"version|Flight|flight|Highway|Route|Protocol|Directive|Regulation|"
    r"(?:total|strength|force|group|crowd|team|average|maximum|minimum|worth|value|contingent|"
    r"garrison) of)\s*|[\d$€£#№.,:/+]|[-–—])$"
)
_YEAR_PREFIX = re.compile(r"\b(?:mid|post|pre|early|late)[-–]$", re.IGNORECASE)
_FIRM_CUE = re.compile(
    r"(?:\b(?:in|since|by|until|till|during|before|after|early|mid|late|throughout|through|year|years|circa|spring|summer|"
    r"autumn|fall|winter|(?:later|earlier) than|as (?:early|late|recently|far back) as|end|fiscal)[\s-]+|[(\[]\s*)$",
    re.IGNORECASE,
)
_NOUN_CUE = re.compile(r"(?:\b(?:the|a|an|this|its|their|his|her|our|whose|another)\s+|['’]s?\s+)$", re.IGNORECASE)
_LOOSE_CUE = re.compile(
    r"(?:\b(?:of|from|between|about|around|for|(?:up|prior|back|dates?|dating|previous|\d{4}) to)\s+|"
    r"(?:\d{4}|between [^.;]{1,24}),?\s+(?:and|or|&)\s+|\d{4},\s+|^\W*)$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"[\s-]?(?:hours?|hrs|GMT|UTC|local time|%|per\s?cent|km|kilomet|met(?:er|re)s?|miles?|square|sq|"
    r"tons?|tonnes?|troops?|"
    r"soldiers?|servicemen|men|women|people|persons?|personnel|vehicles?|dollars?|euros?|r(?:o)?ubles?|yuan|million|billion|"
    r"thousand|BC\b|B\.C|MW|megawatt|feet|kg|members|strong|police|fighters?|homes|houses|families|[-–]?(?:man|member|strong)\b)"
)
_PLURAL_AFTER = re.compile(
    r"\s+(?:(?!(?:into|to|in|on|at|by|with|from|for|and|or|but|of|as|after|before|that|when|which|the|a|an|its|their)\b)[a-z-]+\s+)?"
    r"(?!(?:was|is|has|its|as|this|does|thus|across|versus|whereas|perhaps|always|besides|towards|ties|"
    r"numbers|talks|sees|marks|brings|elections)\b)[a-z]{2,}[^s\W]s\b"
)


def bare_year(m: Match, state: State) -> Core | None:
    """The year that a single number tells."""
    value = int(m["y"])
    before, after = state.before(m.start()), state.after(m.end())
    hyphen = _YEAR_PREFIX.search(before)
    if not _FIRST <= value <= _LAST or _UNIT_AFTER.match(after) or (_NOT_YEAR_BEFORE.search(before) and not hyphen):
        return None
    counted = _PLURAL_AFTER.match(after) is not None
    if not (
        hyphen
        or _FIRM_CUE.search(before)
        or (_NOUN_CUE.search(before) and not (counted and value % 100 == 0))
        or (_LOOSE_CUE.search(before) and not counted)
    ):
        return None
    return core(m, dates.year(value))


def year_span(m: Match, state: State) -> Core | None:
    """ "2015-2016", "1992-97"."""
    first = int(m["y"])
    last = int(m["z"]) if len(m["z"]) == 4 else first // 100 * 100 + int(m["z"])
    before, after = state.before(m.start()), state.after(m.end())
    if not _FIRST <= first < last <= _LAST or _UNIT_AFTER.match(after) or _NOT_YEAR_BEFORE.search(before):
        return None
    return core(m, w.years(first, last))
