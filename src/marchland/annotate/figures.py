"""Which numbers does a sentence tell, how firmly, in what unit, and what do they count?

Dates, ordinals, clock times, ages and the numbers inside names are no figures.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from marchland.annotate.counted import counted, head_index
from marchland.annotate.figure_words import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    CURRENCIES,
    CURRENCY_SIGNS,
    NUMBER,
    UNITS,
    value_of,
)
from marchland.model.annotated import Figure, Sentence, Time
from marchland.model.document import BlockKind, Span
from marchland.model.ontology import Bound

_QUICK = re.compile(rf"\d|\b{NUMBER}", re.IGNORECASE)
_SIGN = "(?:" + "|".join(re.escape(s) for s in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r")\s?"
_NUMBERS = re.compile(
    rf"(?<![\w.,:/#№+])(?<!\d[-–—])(?P<asign>{_SIGN})?(?P<an>{NUMBER})"
    rf"(?:(?P<join>\s?[-–—]\s?|\s+(?:to|and|or)\s+)(?P<bsign>{_SIGN})?(?P<bn>{NUMBER}))?(?![\w/]|[.,:]\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile("|".join(rf"(?P<{b.name}>{p})" for b, p in BOUNDS_BEFORE), re.IGNORECASE)
_AFTER = re.compile("|".join(rf"(?P<{b.name}>{p})" for b, p in BOUNDS_AFTER), re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_UNIT = re.compile("|".join(rf"(?P<u{i}>{p})" for i, (p, _) in enumerate(UNITS)), re.IGNORECASE)
_MONEY = re.compile("|".join(rf"(?P<u{i}>{p})" for i, (p, _) in enumerate(CURRENCIES)), re.IGNORECASE)

_CLOCK_AFTER = re.compile(
    r"\s?(?:a\.?m\b|p\.?m\b|o['’]clock|hours (?:GMT|local)|hrs\b|GMT|UTC|times\b|"
    r"[-–]?years?[-–]old|years? (?:old|of age))",
    re.IGNORECASE,
)
_COMPOUND_AFTER = re.compile(r"[-–](?!\d)\w")
_NAME_BEFORE = re.compile(
    r"(?:\b(?:No|Nos|no|number|Number|article|chapter|section|paragraph|page|pages|pp?|phase|part|item|resolution|room|"
    r"channel|flight|highway|route|line|class|type|grade|level|version|chapters|articles|aged|age|"
    r"group of)\.?\s+|[A-Za-z][-–.])$",
    re.IGNORECASE,
)
_CAPITALISED_BEFORE = re.compile(r"(?<![.!?]\s)(?<!^)\b([A-Z][\w’'-]*)\s$")
_COUNTED_AFTER = re.compile(
    r"\s+(?:[a-z][\w-]*\s+){0,3}(?:[a-z-]+s|people|men|women|troops|police|children|personnel|staff)\b"
)
_MAKES = re.compile(
    r"\b(?:Boeing|Airbus|Tupolev|Ilyushin|Sukhoi|Antonov|Resolution|Convention|Protocol|Article|Iskander|Flight|Group)\s$"
)
_AGE_BEFORE = re.compile(r"[A-Z][\w’'-]+,\s$")
_NO_COUNT_AFTER = re.compile(
    r"\s+(?:of|another|day|by one|side|thing|time|way|reason|who|that|which|is|was|has|will|can|and|or|"
    r"but|in|on|at|near|to|with|from|for)\b|\s*[.,;:)\]]|$"
)
_NOT_ONE_BEFORE = re.compile(r"\b(?:no|this|that|the|any|every|each|another|which|some|one by)\s$", re.IGNORECASE)
_WINDOW = 32  # characters before and after a number in which its bound and unit stand


@dataclass(frozen=True, slots=True)
class _Found:
    """A number, or two joined, with what stands around it."""

    start: int
    end: int
    low: float
    high: float | None  # None = a single number
    bound: Bound
    unit: str | None
    number_end: int  # the end of the last number, before unit and bound


def figures(sentence: Sentence, text: str, dates: Iterable[Time] = ()) -> list[Figure]:
    """Find the figures of a sentence outside the date expressions in it."""
    lo, hi = max(sentence.span.start, 0), min(sentence.span.end, len(text))
    if sentence.block is BlockKind.PUBLICATION or not _QUICK.search(text, lo, hi):
        return []
    taken = sorted((t.span.start, t.span.end) for t in dates)
    out = []
    at = lo
    while m := _NUMBERS.search(text, at, hi):
        found = _read(text, m, lo, hi)
        at = max(found.end if found else m.end("an"), at + 1)
        if found is not None and not _overlaps(taken, m.start(), m.end()):
            out.append(_figure(found, sentence, text, hi))
    return out


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Do the characters touch one of `taken`, which are in order and do not overlap?"""
    at = bisect_left(taken, (end, end))
    return at > 0 and taken[at - 1][1] > start


def _figure(f: _Found, sentence: Sentence, text: str, hi: int) -> Figure:
    value, low, high = None, None, None
    if f.high is not None:
        low, high = f.low, f.high
    elif f.bound is Bound.UP_TO:
        high = f.low
    elif f.bound is Bound.AT_LEAST:
        low = f.low
    else:
        value = f.low
    return Figure(
        span=Span(start=f.start, end=f.end),
        sentence=sentence.index,
        head=head_index(sentence, f.number_end),
        value=value,
        low=low,
        high=high,
        bound=f.bound,
        unit=f.unit,
        of=counted(sentence, text, f.number_end, f.end, hi, measured=f.unit is not None, many=f.low != 1),
    )


def _read(text: str, m: re.Match[str], lo: int, hi: int) -> _Found | None:
    before = text[max(lo, m.start() - _WINDOW) : m.start()]
    first = value_of(m["an"])
    if first is None:
        return None
    second, end = _second(m, before)
    after = text[end : min(hi, end + _WINDOW)]
    if not _is_figure(m, before, after, single=second is None):
        return None
    unit, unit_end = _unit(m, after, end)
    if _COMPOUND_AFTER.match(text, end, hi) and unit is None:
        return None
    if second is not None:
        first, second = _same_scale(first, second, m)
    start, bound = m.start(), Bound.EXACT
    if b := _BEFORE.search(before):
        start, bound = (m.start() - len(before) + b.start(), Bound[b.lastgroup or "EXACT"])
    elif (b := _BETWEEN.search(before)) and second is not None:
        start = m.start() - len(before) + b.start()
    if (a := _AFTER.match(text, unit_end, hi)) and bound is Bound.EXACT:
        unit_end, bound = a.end(), Bound[a.lastgroup or "EXACT"]
    vague = _VAGUE.match(m["an"])
    if vague and bound is Bound.EXACT:  # "dozens of" tells two dozen or more
        bound = Bound.AT_LEAST
    return _Found(start, unit_end, first, second, bound, unit, end)


_VAGUE = re.compile(r"(?:\w+ of )?(?:dozens|scores|hundreds|thousands|millions|billions)", re.IGNORECASE)


def _second(m: re.Match[str], before: str) -> tuple[float | None, int]:
    """The upper number of a pair and the end of what was read; a pair must rise ("2-1" is a score)."""
    if m["join"] is None:
        return None, m.end()
    second, word = value_of(m["bn"]), m["join"].strip().lower()
    first = value_of(m["an"])
    pair = second is not None and first is not None and _same_scale(first, second, m)
    opening = _BETWEEN.search(before)
    joined = word != "and" or (opening is not None and opening[0].strip().lower() == "between")
    if pair and pair[0] < pair[1] and joined:
        return second, m.end()
    return None, m.end("an")


def _same_scale(first: float, second: float, m: re.Match[str]) -> tuple[float, float]:
    """ "10 to 15 million" means ten million: the lower number borrows the magnitude of the upper."""
    if first < 1000 <= second and m["an"].replace(".", "").isdigit() and re.search(r"[a-z]", m["bn"], re.IGNORECASE):
        for scale in (1e12, 1e9, 1e6, 1e3):
            if second >= scale:
                return first * scale, second
    return first, second


def _is_figure(m: re.Match[str], before: str, after: str, *, single: bool) -> bool:
    if _CLOCK_AFTER.match(after) or _NAME_BEFORE.search(before) or _MAKES.search(before):
        return False
    if single and re.match(r"['’]?s\b|[-–]\d", after):
        return False  # "the 1990s", a telephone number
    low = m["an"].lower()
    if m["an"][0].isupper() and _CAPITALISED_BEFORE.search(before):
        return False  # "the Shanghai Five"
    if low in ("one", "a", "an") and (_NO_COUNT_AFTER.match(after) or _NOT_ONE_BEFORE.search(before)):
        return False
    if low[0].isdigit():
        if single and _AGE_BEFORE.search(before) and after.startswith(",") and len(low) < 4:
            return False
        name = _CAPITALISED_BEFORE.search(before)
        if name and not m["asign"] and not _UNIT.match(after) and not _COUNTED_AFTER.match(after):
            return False
    return True


def _unit(m: re.Match[str], after: str, end: int) -> tuple[str | None, int]:
    sign = m["asign"] or m["bsign"]
    if found := _MONEY.match(after):
        return CURRENCIES[int((found.lastgroup or "u0")[1:])][1], end + found.end()
    if sign:
        return CURRENCY_SIGNS[sign.strip().upper()], end
    if found := _UNIT.match(after):
        return UNITS[int((found.lastgroup or "u0")[1:])][1], end + found.end()
    return None, end
