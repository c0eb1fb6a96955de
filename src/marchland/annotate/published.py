"""When was a document published, if nobody says? What stands around it, what it cites and what it looks forward to bound the day.

It was not published before the latest source that it cites or the latest event that it tells as past, and not after the
end of what it tells as still to come. A dated line or the month of its issue narrows that where both agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marchland.annotate import date_words as w
from marchland.annotate.bare_years import bare_days, told_past
from marchland.annotate.date_state import speaks_of_future
from marchland.annotate.masthead import Line, lines
from marchland.annotate.times import Anchor, times
from marchland.model import dates
from marchland.model.annotated import Sentence, SourceCitation
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Document, Published
from marchland.model.ontology import Precision

_LONGEST = timedelta(days=62)  # up to this long an interval, its first day is a fair guess at the day itself
_UNREAD = frozenset({BlockKind.PUBLICATION})
_LONGEST_QUOTE = 60  # characters of a line in a reason
_JUST_AFTER = timedelta(days=31)  # a day this soon after the latest source is rather of its year than of the one before
_PLANNED = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.RANGE})
_LONGEST_PLAN = timedelta(days=100)  # "will build by 2040" bounds nothing that is worth saying


_NEW_CLAUSE = re.compile(r"[;:]|, (?:and|but|while) ")  # what is told as to come before it is not told so behind it


@dataclass(frozen=True, slots=True)
class _Bound:
    """One reason: the document came out within these days."""

    start: date | None
    end: date | None
    reason: str


def published(doc: Document, sentences: Sequence[Sentence], citations: Sequence[SourceCitation]) -> Published | None:
    """The told interval of publication, else an inferred one with its reasons; None where nothing bounds it.

    Args:
        citations: The document's own, the years of their yearless dates inferred from its latest year.
    """
    if doc.published is not None:
        return doc.published
    around = list(lines(doc))
    text = [s for s in sentences if s.block not in _UNREAD]
    sure = [c for c in citations if not c.year_inferred] if _tells_month(around) else citations
    cited, past = _latest_cited(sure), _latest_past(doc, text, citations)
    closed = [_Bound(x.start, None, _says(x)) for x in around if x.end is None]
    lower = max(
        (b for b in (*closed, cited, past) if b), key=lambda b: (b.start or date.min, b is not past), default=None
    )
    issues = [x for x in around if x.end and (lower is None or lower.start is None or lower.start <= x.end)]
    if issues:
        return _issued(issues, lower)
    if lower is None or lower.start is None:
        return None
    beside = tuple(_counted_beside(doc, text, citations))
    lower = _after_bare_days(doc, text, citations, lower) if cited else lower
    start, reasons = lower.start or date.min, [lower.reason]
    for b in beside:
        if b.start and b.end and b.end >= start:
            start = max(start, b.start)
    end = None
    for b in sorted((*_planned(doc, text, citations, start), *beside), key=lambda b: b.end or date.max):
        if b.end and b.end >= start and (end is None or b.start):  # the tightest, and each "last month"
            end = min(end or b.end, b.end)
            reasons.append(b.reason)
    reasons += _year_reason(citations, told_past(doc.text, text, tuple(c.span for c in citations)))
    return Published(
        range=_interval(start, end, cited=cited is not None),
        best=_best(start, end, surely=lower is not past),
        reasons=tuple(reasons),
    )


def _says(line: Line) -> str:
    told = line.quote if len(line.quote) <= _LONGEST_QUOTE else f"...{line.quote[3 - _LONGEST_QUOTE :]}"
    before = "" if line.end else f", so it was not published before {_said(line.start)}"
    return f"a line beside the text says “{told}”{before}"


def _tells_month(around: Sequence[Line]) -> bool:
    """Is the day told so closely that the year of a source without one follows from it?"""
    return any(x.end is None or x.end - x.start <= _LONGEST for x in around)


def _issued(issues: Sequence[Line], lower: _Bound | None) -> Published:
    """The narrowest that a line tells, cut by what the text itself tells; the last day where both leave but one."""
    told = min(issues, key=lambda x: (x.end or date.max) - x.start)
    start, reasons = told.start, [_says(told)]
    if lower and lower.start and lower.start > start:
        start = lower.start
        reasons.append(lower.reason)
    assert told.end is not None
    return Published(
        range=_interval(start, told.end, cited=False),
        best=_best(start, told.end, surely=start > told.start),
        reasons=tuple(reasons),
    )


def _after_bare_days(
    doc: Document, sentences: Sequence[Sentence], citations: Sequence[SourceCitation], lower: _Bound
) -> _Bound:
    """A day without a year, told as past, that comes just after the latest source has passed when the text is written."""
    cited = tuple(c.span for c in citations)
    assert lower.start is not None
    found = lower
    days = {d for s in sentences for d in bare_days(doc.text, s, cited, lower.start)}
    for day in sorted(days):
        assert found.start is not None
        if found.start < day <= found.start + _JUST_AFTER:
            found = _Bound(day, None, f"{lower.reason}; it tells of {_said(day)} as past")
    return found


def _interval(start: date, end: date | None, *, cited: bool) -> DateRange:
    precision = Precision.DAY if start == end else Precision.RANGE
    return DateRange(start=start, end=end, precision=precision, anchor="citation" if cited else "text")


def _best(start: date, end: date | None, *, surely: bool) -> date | None:
    """The first day, where it is a day that a source or a line names, or the interval is short."""
    if end is None or surely:
        return start if surely else None
    return start if end - start <= _LONGEST else None


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _name(c: SourceCitation) -> str:
    return c.publication or "a source whose name the text has lost"


def _latest_cited(citations: Sequence[SourceCitation]) -> _Bound | None:
    dated = [(c.date.start, c) for c in citations if not c.credit and c.date and c.date.start]
    if not dated:
        return None
    start, c = max(dated, key=lambda pair: (pair[0], -pair[1].span.start))
    if c.date and c.date.precision is not Precision.DAY:
        return _Bound(
            start, None, f"it cites {_name(c)} of {c.date.text}, so it was not published before {_said(start)}"
        )
    return _Bound(start, None, f"it cites {_name(c)} of {_said(start)}, so it was not published before that day")


def _latest_past(doc: Document, sentences: Sequence[Sentence], citations: Sequence[SourceCitation]) -> _Bound | None:
    """The latest date with its year that is told as past, citations left out."""
    latest: tuple[date, str] | None = None
    for r in told_past(doc.text, sentences, tuple(c.span for c in citations)):
        if r.start:
            latest = max(latest or (date.min, ""), (r.start, r.text or ""))
    if latest is None:
        return None
    return _Bound(
        latest[0], None, f"it tells of “{latest[1]}” as past, so it was not published before {_said(latest[0])}"
    )


def _planned(
    doc: Document, sentences: Sequence[Sentence], citations: Sequence[SourceCitation], start: date
) -> Iterator[_Bound]:
    """What is still to come ends after the day of publication."""
    for s in sentences:
        if not speaks_of_future(doc.text, s.span.start, s.span.end):
            continue
        for t in times(s, doc.text, Anchor(written=start)):
            r = t.range
            if any(c.span.overlaps(t.span) for c in citations):
                continue
            calendar = r.anchor == "published" and r.text is not None and _names_month(r.text)
            if not calendar or r.precision not in _PLANNED or r.start is None or r.end is None:
                continue
            if r.end >= start and r.end - start <= _LONGEST_PLAN and _is_ahead(doc, s, t.span.start, t.span.end):
                yield _Bound(
                    None,
                    r.end,
                    f"it speaks of “{r.text}” as still to come, so it was not published after {_said(r.end)}",
                )


def _is_ahead(doc: Document, s: Sentence, start: int, end: int) -> bool:
    """Is it this date that is told as to come? The words for it stand before it, in it, or after an opening one."""
    opening = not doc.text[s.span.start : start].strip() or start - s.span.start < 8
    clause = max((m.end() for m in _NEW_CLAUSE.finditer(doc.text, s.span.start, start)), default=s.span.start)
    return speaks_of_future(doc.text, clause, end) or (opening and speaks_of_future(doc.text, end, s.span.end))


def _names_month(told: str) -> bool:
    return any(word.strip(".,").lower() in w.MONTHS for word in told.replace("-", " ").split())


def _counted_beside(
    doc: Document, sentences: Sequence[Sentence], citations: Sequence[SourceCitation]
) -> Iterator[_Bound]:
    """ "Last month" beside a source of June was written in July."""
    where = {s.index: s for s in sentences}
    for c in citations:
        s = where.get(c.sentence)
        if s is None or c.credit or c.date is None or c.date.start is None or c.date.precision is not Precision.DAY:
            continue
        lowered = doc.text[s.span.start : s.span.end].lower()
        for words, step in (("last month", 1), ("this month", 0)):
            if lowered.count(words) == 1:
                index = c.date.start.year * 12 + c.date.start.month - 1 + step
                month = dates.month(index // 12, index % 12 + 1)
                assert month.start is not None
                named = f"{month.start:%B} {month.start.year}"
                source = f"{_name(c)} of {_said(c.date.start)}"
                told = f"it says “{words}” of what {source} reports, so it was published in {named}"
                yield _Bound(month.start, month.end, told)


def _year_reason(citations: Sequence[SourceCitation], told: Sequence[DateRange]) -> list[str]:
    inferred = next(
        (c for c in citations if c.year_inferred and c.date and c.date.start and c.date.anchor == "text"), None
    )
    if inferred is None or inferred.date is None or inferred.date.start is None:
        return []
    year = inferred.date.start.year
    cited = [c.date.start.year for c in citations if c.date and c.date.start and not c.year_inferred]
    latest = max([*cited, *(r.start.year for r in told if r.start)], default=year)
    if latest < year:
        why = f"its citations without a year fit {year} best, and it tells no date of that year with the year"
        return [f"{latest} is the latest year that it tells as past; {why}"]
    return [
        f"{year} is the latest year that it tells as past, so its citations without a year are taken to be of {year}"
    ]
