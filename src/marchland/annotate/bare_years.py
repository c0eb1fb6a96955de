"""Of which year are the sources of a text whose year is not told: "(Hill Review, 5 March)"?

Of the latest year that the text tells as past, or of the next: the latest of such sources came out near the latest date told.
Where every source lacks its year, as in news, the text tells the last twelve months without a year and what lies before with
one: "last July" is then later than an October told with its year.
"""

import re
from collections.abc import Sequence
from datetime import date

from marchland.annotate import date_words as w
from marchland.annotate.date_state import nearest, told_as_past, with_year
from marchland.annotate.times import Anchor, times
from marchland.model.annotated import Sentence
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Span
from marchland.model.ontology import Precision

_NOT_TEXT = frozenset({BlockKind.PUBLICATION})
_DIGIT = re.compile(r"\d")
_LAST_MONTH = re.compile(rf"\b[Ll]ast\s+(?P<m>{w.FULL_MONTH})(?!\s+\d)")

Bare = tuple[int, int]  # month and day


def told_past(text: str, sentences: Sequence[Sentence], cited: tuple[Span, ...]) -> list[DateRange]:
    """The dates with their year that the sentences tell as past, citations left out, in order."""
    return [
        t.range
        for s in sentences
        if s.block not in _NOT_TEXT and _DIGIT.search(text, s.span.start, s.span.end)  # no year without one
        for t in times(s, text, Anchor(tense="past"))
        if t.range.start
        and told_as_past(text, s.span.start, s.span.end, t.span.start)
        and not any(c.overlaps(t.span) for c in cited)
    ]


def year_of_bare(
    bare: Sequence[Bare], cited: Sequence[date], text: str, sentences: Sequence[Sentence], spans: tuple[Span, ...]
) -> int | None:
    """The year of the sources told without one; None where the text tells no year at all.

    Args:
        cited: First days of the sources told with their year.
        spans: All sources: what stands in them is not told by the text.
    """
    past = told_past(text, sentences, spans)
    starts = [*cited, *(r.start for r in past if r.start)]
    if not starts:
        return None
    latest = max(starts)
    year = latest.year
    top, after = _top(bare, year), _top(bare, year + 1)
    if top is not None and after is not None and top < latest and after - latest < latest - top:
        top, year = after, year + 1
    if top is not None and not cited and _told_before(text, past, top):
        year += 1
    return year


def _top(bare: Sequence[Bare], year: int) -> date | None:
    days = []
    for month, day in bare:
        try:
            days.append(date(year, month, day))
        except ValueError:  # 29 February of another year
            continue
    return max(days, default=None)


def _told_before(text: str, past: Sequence[DateRange], written: date) -> bool:
    """Would "last July", counted from `written`, lie before a month or day that is told with its year?"""
    named = [r.start for r in past if r.start and r.precision in (Precision.DAY, Precision.MONTH)]
    for m in _LAST_MONTH.finditer(text):
        counted = nearest(w.month_number(m["m"]), None, w.shifted(written.replace(day=1), "month", -1), "past")
        if counted and counted.end and any(counted.end < start < written for start in named):
            return True
    return False


def bare_days(text: str, sentence: Sentence, cited: tuple[Span, ...], start: date) -> list[date]:
    """The days told as past without a year, each the first such day from `start` on."""
    out = []
    for t in times(sentence, text, Anchor(written=start, tense="past")):
        r = t.range
        bare = r.anchor == "published" and r.precision is Precision.DAY and r.text and _MONTH_NAMED.search(r.text)
        past = told_as_past(text, sentence.span.start, sentence.span.end, t.span.start)
        if bare and r.start and past and not any(c.overlaps(t.span) for c in cited):
            try:
                found = with_year(r.start.month, r.start.day, start.year)
                if found.start and found.start < start:
                    found = with_year(r.start.month, r.start.day, start.year + 1)
            except ValueError:
                continue
            if found.start:
                out.append(found.start)
    return out


_MONTH_NAMED = re.compile(w.ANY_MONTH)
