"""Where a scan for dates stands: its anchor, the last date told, and the side of now on which a bare date lies."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from marchland.annotate.storyline import Teller, Told
from marchland.model import dates
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """From where relative dates are counted."""

    written: date | None = None  # the day the text was written
    previous: DateRange | None = None  # the last date told in the text: what "that year" means
    act: DateRange | None = None  # of the act at which the story stands, where a bare month may lean on it
    cited: tuple[tuple[int, DateRange], ...] = ()  # the sentence's dated sources with their offsets, in order
    tense: str | None = None  # "past" or "future": to which side a bare weekday or month lies; None = not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A date expression without the words that cut a part of it or bound it."""

    start: int
    end: int
    range: DateRange
    bare: tuple[int, int | None] | None = None  # month and day, where the year is not told
    part: str | None = None  # "late", "end" ...: what of it is meant
    whole: bool = False  # takes no "early", "since", "by" ... before it
    recalled: bool = True  # a later "that year" may mean this one


@dataclass(slots=True)
class State:
    """Where the scan stands."""

    teller: Teller
    text: str
    lo: int
    hi: int
    anchor: Anchor
    previous: DateRange | None = None  # the last date resolved; narrower than the anchor's inside the sentence
    act: DateRange | None = None  # the last date of an act; narrower than the anchor's inside the sentence
    in_sentence: bool = False  # `act` was told in this sentence
    latest: Core | None = None  # the expression just read, whatever it is told of
    aside: Core | None = None  # the last one of an aside
    tenses: dict[int, str | None] = field(default_factory=dict)

    @property
    def written(self) -> date | None:
        """The day the text was written."""
        return self.anchor.written

    def cited_after(self, at: int) -> DateRange | None:
        """The date of the first source behind an offset: it supports what stands there."""
        return next((told for start, told in self.anchor.cited if start >= at), None)

    def leaned_on(self, at: int) -> DateRange | None:
        """The date from which an expression at an offset is counted: an aside's inside that aside, else the last act's."""
        inside = self.aside is not None and self.teller.in_one_aside(self.aside.start, at)
        return self.aside.range if self.aside and inside else self.previous

    def before(self, at: int, width: int = 28) -> str:
        """The characters just before an offset, within the sentence."""
        return self.text[max(self.lo, at - width) : at]

    def after(self, at: int, width: int = 28) -> str:
        """The characters from an offset on, within the sentence."""
        return self.text[at : min(self.hi, at + width)]


Match = re.Match[str]
Resolver = Callable[[Match, State], Core | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, tried where the sentence holds what it `needs`: "month", "digits", "weekday" or "word"."""

    needs: str
    pattern: re.Pattern[str]
    resolve: Resolver


_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|is to|are to|plan(?:s|ned)? (?:to|for)|due (?:to|in|on|at)|set (?:to|for)|"
    r"schedul\w+|slated|expected to|"
    r"upcoming|forthcoming|coming|ahead of)\b|['’]ll\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\b(?:said|told|announced|reported|added|stated|agreed|signed|met)\b|[“”\"();]", re.IGNORECASE)
_NEAR = 60  # characters before a date in which a weaker word may tell it so
_REACH = 240  # characters before a date in which a word may tell it as still to come
_OF_NOUN = re.compile(  # "the drill of October": the verb's tense is not the drill's
    r"\b(?!(?:end|beginning|start|middle|half|week|days|part|close|quarter|month)\b)[a-z]{3,} of $"
)
_OPENING = re.compile(
    r"\W*(?:(?:at|in|on|by|from|during|until|the|this|next|of|end|beginning|start|middle|early|mid|late|first|second|last|half|"
    r"week|days|but|and|then)\W+)*",
    re.IGNORECASE,
)  # what may stand before a date that opens its sentence


def speaks_of_future(text: str, start: int, end: int) -> bool:
    """Do these characters hold a word that tells something as still to come?"""
    return _FUTURE.search(text, start, end) is not None


_AHEAD = re.compile(  # what follows these is no past, though no verb says "will"
    r"\b(?:due|would|may|might|could|should|until|till|expect\w*|hop(?:e|es|ing)|aim(?:s|ed|ing)?|intend\w*|plan(?:s|ned|ning)?|"
    r"propos\w+|promis\w+|pledg\w+|project(?:ed|s)|forecast\w*|target\w*|deadline\w*|foreseen|envisag\w+|to be \w+(?:ed|en|t)|"
    r"starts?|begins?|ends?|expires?|expiring|runs? out|lapses?|matures?|opens|closes|falls? due|comes? into force|takes? effect)\b"
)
_CLAUSE = re.compile(r"[.;:()\[\]]")


def told_as_past(text: str, lo: int, hi: int, at: int) -> bool:
    """Is a date at `at`, in the sentence from `lo` to `hi`, told as past? In doubt no: "starts in 2024" is a plan."""
    if speaks_of_future(text, lo, hi):
        return False
    cues = [*_AHEAD.finditer(text, max(lo, at - _NEAR), at)]
    return not cues or bool(_CLAUSE.search(text, cues[-1].end(), at))


def tense_at(state: State, at: int) -> str | None:
    """To which side of the day of writing does a bare date at `at` lie?"""
    if at not in state.tenses:
        state.tenses[at] = _tense(state, at)
    return state.tenses[at]


def _tense(state: State, at: int) -> str | None:
    cue = next(iter([*_FUTURE.finditer(state.text, max(state.lo, at - _REACH), at)][-1:]), None)
    if _OF_NOUN.search(state.before(at)):
        return None if state.anchor.tense == "future" else state.anchor.tense
    if cue is not None and not _CUT_OFF.search(state.text, cue.end(), at):
        return "future"
    if state.anchor.tense is None and _OPENING.fullmatch(state.text, state.lo, at):
        return "future" if _FUTURE.search(state.text, at, min(state.hi, at + _REACH)) else None
    return state.anchor.tense


def with_year(month: int, day: int | None, year: int) -> DateRange:
    """A day or a month of a year.

    Raises:
        ValueError: no such day.
    """
    return dates.month(year, month) if day is None else dates.day(date(year, month, day))


def nearest(month: int, day: int | None, written: date, tense: str | None) -> DateRange | None:
    """The last such day or month on or before `written`, or the next where the tense is future; None = no such day."""
    options = []
    for year in range(written.year - 4, written.year + 5):  # 29 February comes every four years
        try:
            options.append(with_year(month, day, year))
        except ValueError:
            continue
    past = [o for o in options if o.start and o.start <= written]
    future = [o for o in options if o.end and o.end >= written]
    if tense == "future":
        return future[0] if future else None
    if tense is None and day is not None and future and future[0].start and (future[0].start - written).days <= 10:
        return future[0]
    return past[-1] if past else None


_ASIDES_LEAN = timedelta(days=92)  # an undated aside is rather of the nine months after an act than of the nine before
_SAME_STORY = timedelta(days=400)  # a source that came out this long after the act before it is of no help to its year


def yearless(state: State, m: Match, month: int, day: int | None) -> DateRange | None:
    """Resolve a month or day whose year is not told: by the source cited for it, the story so far, or the day of writing."""
    at, told = m.start(), state.teller.told(m.start(), m.end())
    tense = tense_at(state, at)
    if state.teller.tree and told in (Told.ACT, Told.BEFORE):
        tense = "past"  # whatever another clause says of the future
    if told is Told.AHEAD:
        return _ahead(state, at, month, day)
    if tense != "future":
        found = _by_source(state, at, month, day) or _by_story(state, at, told, month, day)
        if found is not None:
            return found
    if state.written is None:
        return None
    found = nearest(month, day, state.written, tense)
    return replace(found, anchor="published") if found else None


def _ahead(state: State, at: int, month: int, day: int | None) -> DateRange | None:
    """ "Agreed to leave by June", "was due in December": the next one after the act, else the one closest to the telling."""
    act, source = state.act, state.cited_after(at)
    if act and act.start:
        found = _from(month, day, act.start if day else act.start.replace(day=1))
        return replace(found, anchor="text") if found else None
    here = (source and source.end) or state.written
    if here is None:
        return None
    found = _closest(month, day, here)
    return replace(found, anchor="citation" if source else "published") if found else None


def _by_source(state: State, at: int, month: int, day: int | None) -> DateRange | None:
    """ "In June it dropped the suit (La Bahía, 20 June 2024)": the latest June that the source can know of."""
    source = state.cited_after(at)
    if source is None or source.end is None:
        return None
    act = state.act if state.in_sentence else None
    if act and act.end and source.end - act.end > _SAME_STORY and act.precision is not Precision.YEAR:
        return None
    found = nearest(month, day, source.end, "past")
    return replace(found, anchor="citation") if found else None


_THAT = re.compile(
    r"\bthat(?:\s+same)?\s$", re.IGNORECASE
)  # "when they met in Geneva that June": of the year just told


def _by_story(state: State, at: int, told: Told, month: int, day: int | None) -> DateRange | None:
    """The year in which the story stands, or the next where the month lies before it: stories go on unless "had" turns back."""
    act = state.act
    if act is None and state.written is None:
        act = state.previous  # better an aside's year than none
    if act is None or act.start is None or act.end is None or (told is Told.NOW and state.written):
        return None
    if told in (Told.BEFORE, Told.EARLIER):
        found = nearest(month, day, act.end, "past")
    elif act.anchor == "published":
        return None  # counted from the day of writing, as this one will be
    elif act.precision is Precision.YEAR or _THAT.search(state.before(at)):
        found = _of_year(month, day, act.start.year)
    elif told is Told.OTHER:
        found = _closest(month, day, act.start + _ASIDES_LEAN)
    else:
        found = _from(month, day, act.start.replace(day=1))
    if found is None or found.start is None or (state.written and found.start > state.written):
        return None
    return replace(found, anchor="text")


def _closest(month: int, day: int | None, here: date) -> DateRange | None:
    """The nearest such day or month on either side of a day."""
    options = [o for y in (-1, 0, 1) if (o := _of_year(month, day, here.year + y))]
    return min(options, key=lambda o: abs((o.end or here) - here), default=None)


def _of_year(month: int, day: int | None, year: int) -> DateRange | None:
    try:
        return with_year(month, day, year)
    except ValueError:
        return None


def _from(month: int, day: int | None, first: date) -> DateRange | None:
    options = (_of_year(month, day, first.year + step) for step in range(5))
    return next((o for o in options if o and o.start and o.start >= first), None)


def core(m: Match, range_: DateRange | None, *, bare: tuple[int, int | None] | None = None) -> Core | None:
    """The expression that a match is, where it tells a range."""
    return Core(start=m.start(), end=m.end(), range=range_, bare=bare) if range_ else None
