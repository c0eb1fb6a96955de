"""Which days do the date expressions of a sentence tell?

Three steps: find calendar and relative dates by rule; resolve them from left to right, since a later one may lean on
an earlier one; add the words that cut a part of a date ("late"), join two ("from March to May") or bound one ("by").
Ages, durations, amounts, times of day and the years in names are no dates. A day is never invented: the interval is as
wide as the words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from marchland.annotate import date_words as w
from marchland.annotate.date_parts import bounded, earlier_in, later_in, part_of
from marchland.annotate.date_pointing import pointing_rules
from marchland.annotate.date_relative import relative_rules
from marchland.annotate.date_rules import calendar_rules
from marchland.annotate.date_state import Anchor, Core, Match, Rule, State, with_year
from marchland.annotate.storyline import Teller, Told
from marchland.errors import CodingError
from marchland.model.annotated import Sentence, Time
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Span
from marchland.model.ontology import Precision

__all__ = ["Anchor", "times"]

_QUICK = re.compile(
    rf"(?P<digits>(?:1[5-9]|20|21)\d\d|\d/\d|[’']\d0s)|\b(?P<month>{w.ANY_MONTH})|(?P<ordinal>\bthe \d\d?(?:st|nd|rd|th)\b)|"
    rf"(?P<military>\d[A-Z]?\s?[A-Z]{{3}}\s?\d)|\b(?P<weekday>{w.WEEKDAY})|"
    rf"\b(?P<word>{w.UNIT}s?|weekends?|quarter|yesterday|today|tonight|tomorrow|overnight|night|morning|afternoon|evening|"
    rf"ago|{w.SEASON}|since|fortnight|Christmas|by then|by that time|recently|lately|so far|thus far|to date|to this day|until now|"
    r"up to now|of late)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:the\s+)?(?:very\s+)?(?P<part>(?:(?:first|second|third|fourth|final|last|latter|closing|opening)\s+(?:half|week|days|third|quarter))|"
    r"(?:early|late|mid|middle|beginning|start|outset|end|close)(?:\s+(?:part|stages))?)(?:\s+(?:of|in)|(?=[\s–-]))[\s–-]*(?:the\s+)?$",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"\b(?P<dir>earlier|later)\s+(?:in\s+|on\s+)?(?:the\s+)?$", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?P<bound>(?:ever\s+)?since|as (?:early|late|recently|far back) as|from|starting|beginning|by|before|"
    r"prior to|until|till|up to|no later than|through|after|around|about|circa|post|pre)"
    r"(?:[-–]|\s+(?:at\s+|in\s+|on\s+|as early as\s+|about\s+|around\s+|at least\s+)?(?P<the>the\s+)?)$",
    re.IGNORECASE,
)
_BOUND_WORDS = {"ever since": "since", "starting": "from", "beginning": "from", "prior to": "before", "till": "until"}
_BOUND_WORDS |= {"up to": "until", "no later than": "by", "through": "until", "around": "about", "circa": "about"}
_BOUND_WORDS |= {"post": "after", "pre": "before"}
_ONWARD = re.compile(r"\s+(?:on|onwards?|forward)\b(?!\s+the)", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:-|–|—|\bto|\buntil|\btill|\bthrough|\band)\s+(?:the\s+)?|\s?[-–—]\s?", re.IGNORECASE)
_LIST = re.compile(r",?\s+(?:and|or|to)\s+|,\s+", re.IGNORECASE)
_OPENING = re.compile(r"\b(?P<word>between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_MONTH = re.compile(rf"\b{w.ANY_MONTH}")
_POSSESSIVE = re.compile(r"['’]s?\b")
_WINDOW = 40  # characters before a date in which its part and bound words stand
_WORD_AFTER = re.compile(r"\s+[A-Za-z]")


@cache
def _rules() -> tuple[Rule, ...]:
    return pointing_rules() + calendar_rules() + relative_rules()


def times(sentence: Sentence, text: str, anchor: Anchor) -> list[Time]:
    """Find the date expressions of a sentence and resolve each to its days; what cannot be resolved is left out."""
    lo, hi = max(sentence.span.start, 0), min(sentence.span.end, len(text))
    needs = {m.lastgroup for m in _QUICK.finditer(text, lo, hi)}
    if not needs or sentence.block is BlockKind.PUBLICATION:
        return []
    if needs & {"month", "military"}:
        needs |= {"month", "digits"}
    state = State(Teller(sentence, text), text, lo, hi, anchor, anchor.previous, _leaned_on(sentence, anchor))
    cores = _bound(_joined(_parted(_resolved(state, needs), state), state), state)
    return [
        Time(
            span=Span(start=c.start, end=c.end),
            sentence=sentence.index,
            head=_head(sentence, c.end),
            range=replace(_known(c.range, state.cited_after(c.end)), text=text[c.start : c.end]),
        )
        for c in cores
    ]


def _in_brackets(text: str, start: int) -> bool:
    opened = max(text.rfind(mark, max(0, start - 160), start) for mark in "([")
    return opened >= 0 and not any(mark in text[opened:start] for mark in ")]")


def _head(sentence: Sentence, end: int) -> int:
    return next((t.index for t in reversed(sentence.tokens) if t.start < end), 0)


def _matches(state: State, needs: set[str | None]) -> list[tuple[Match, Rule]]:
    """Matches that do not overlap; an earlier rule takes its characters first."""
    taken: list[tuple[int, int, Match, Rule]] = []  # in order of offset
    for rule in _rules():
        if rule.needs in needs:
            for m in rule.pattern.finditer(state.text, state.lo, state.hi):
                at = bisect_left(taken, m.start(), key=lambda t: t[0])
                free_before = at == 0 or taken[at - 1][1] <= m.start()
                if m.end() > m.start() and free_before and (at == len(taken) or m.end() <= taken[at][0]):
                    taken.insert(at, (m.start(), m.end(), m, rule))
    return [(m, rule) for _, _, m, rule in taken]


def _resolved(state: State, needs: set[str | None]) -> Iterator[Core]:
    for m, rule in _matches(state, needs):
        try:
            core = rule.resolve(m, state)
        except (ValueError, OverflowError, CodingError):  # "31 June", or a day outside the calendar
            continue
        if core is None:
            continue
        yield core
        state.latest = core
        if core.recalled and not _in_brackets(state.text, core.start):
            _recall(core, state)


def _recall(core: Core, state: State) -> None:
    """What follows leans on the act just dated, a bare month on the story's own; on an aside only where no act is told."""
    of = state.teller.told(core.start, core.end)
    if of in (Told.ACT, Told.BEFORE):
        state.act, state.in_sentence = core.range, True
    alone = of is not Told.BOUND and not state.in_sentence and state.act is None
    if of in (Told.ACT, Told.BEFORE) or alone:
        state.previous = core.range
    if of in (Told.OTHER, Told.EARLIER):
        state.aside = core


def _known(found: DateRange, source: DateRange | None) -> DateRange:
    """ "In June it dropped the suit (La Bahía, 20 June 2024)": by the day of the source that tells it."""
    if source is None or source.end is None or found.anchor != "citation" or found.start is None or found.end is None:
        return found
    late = found.start <= source.end < found.end
    return replace(found, end=source.end, precision=Precision.RANGE) if late else found


def _leaned_on(sentence: Sentence, anchor: Anchor) -> DateRange | None:
    """The act before a sentence; one that is not parsed leans on a vague date before it instead."""
    if anchor.act or sentence.tokens or anchor.previous is None:
        return anchor.act
    wide = anchor.previous.precision in (Precision.YEAR, Precision.SEASON, Precision.RANGE)
    return anchor.previous if wide or anchor.written is None else None


def _parted(cores: Iterator[Core], state: State) -> list[Core]:
    out: list[Core] = []
    for core in cores:
        floor = out[-1].end if out else state.lo
        out.append(core if core.whole else _cut(core, state, floor))
    return out


def _cut(core: Core, state: State, floor: int) -> Core:
    before = state.text[max(floor, core.start - _WINDOW) : core.start]
    base = core.start - len(before)
    if m := _PARTLY.search(before):
        look = _now_or_told(core, state)
        range_ = earlier_in(core.range, look) if m["dir"].lower() == "earlier" else later_in(core.range, look)
        return replace(core, start=base + m.start(), range=range_, bare=None)
    if m := _PART.search(before):
        try:
            range_or_none = part_of(core.range, m["part"])
        except (ValueError, OverflowError, CodingError):
            return core
        if range_or_none is not None:
            range_ = replace(range_or_none, anchor=core.range.anchor)
            return replace(core, start=base + m.start(), range=range_, part=m["part"])
    return core


def _now_or_told(core: Core, state: State) -> date | None:
    if core.range.anchor == "text" and state.anchor.previous:
        return state.anchor.previous.end
    return state.written


def _joined(cores: list[Core], state: State) -> list[Core]:
    out: list[Core] = []
    for core in cores:
        merged = _join(out[-1], core, state) if out else None
        if merged is None:
            out.append(core)
        else:
            out[-1:] = merged
    return out


def _join(first: Core, second: Core, state: State) -> list[Core] | None:
    """ "from March to May 2012" as one range; "March and October 2016" as two dates of one year."""
    between = state.text[first.end : second.start]
    if first.whole or second.whole or len(between) > 12:
        return None
    lent = _lend_year(first, second, state)
    opening = _OPENING.search(state.before(first.start))
    word = opening["word"].lower() if opening else None
    join = _JOIN.fullmatch(between)
    if join and (word == "between" or "and" not in between.lower()):
        start, end = lent.range.start, second.range.end
        if start and end and start <= end:
            at = first.start - (len(opening[0]) if opening else 0)
            range_ = DateRange(start=start, end=end, precision=Precision.RANGE, anchor=second.range.anchor)
            return [Core(start=at, end=second.end, range=range_, whole=word is not None)]
    if lent is not first and _LIST.fullmatch(between):
        return [lent, second]
    return None


def _lend_year(first: Core, second: Core, state: State) -> Core:
    """Give a bare month or day the year told with the month that follows it."""
    if first.bare is None or second.bare is not None or second.range.end is None:
        return first
    if not _MONTH.search(state.text, second.start, second.end):
        return first
    month, day = first.bare
    year = second.range.end.year
    try:
        given = with_year(month, day, year)
        if given.start and given.start > second.range.end:
            given = with_year(month, day, year - 1)
        if first.part:
            given = part_of(given, first.part) or given
    except ValueError:
        return first
    return replace(first, range=given, bare=None)


def _bound(cores: list[Core], state: State) -> list[Core]:
    out: list[Core] = []
    for core in cores:
        floor = out[-1].end if out else state.lo
        out.append(core if core.whole else _limit(core, state, floor))
    return out


def _limit(core: Core, state: State, floor: int) -> Core:
    before = state.text[max(floor, core.start - _WINDOW) : core.start]
    after = state.after(core.end)
    m = _BOUND.search(before)
    attributive = core.range.precision is Precision.YEAR and m is not None and m["the"] and _WORD_AFTER.match(after)
    if m is None or _POSSESSIVE.match(after) or attributive:
        return core
    start = core.start - len(before) + m.start()
    told = " ".join(m["bound"].lower().split())
    if told.startswith("as "):
        return replace(core, start=start)
    word = _BOUND_WORDS.get(told, told)
    onward = _ONWARD.match(after) if word in ("from", "since") else None
    if (
        told == "from"
        and onward is None
        and core.range.precision is Precision.DAY
        and core.bare is None
        and not m["the"]
    ):
        return core  # "a statement from 3 May 2012", "the deal from last Monday"
    try:
        range_ = bounded("until" if word == "by" else word, core.range, state.written)
    except (ValueError, OverflowError, CodingError):
        return core
    return (
        replace(core, start=start, range=range_, end=core.end + (len(onward[0]) if onward else 0)) if range_ else core
    )
