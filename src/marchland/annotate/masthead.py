"""What do the lines around a text say of the day on which it was written?

A dated line tells the day ("Prepared for members, 9 July 2024"); an issue its month ("from our April 2024 number") or year; the
state of knowledge ("information to 28 March 2025"), or how an article came about ("accepted 2 June 2023"), a day before which it did
not come out. Prose tells nothing here, whatever dates it holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from marchland.annotate import date_words as w
from marchland.annotate.times import Anchor, times
from marchland.model import dates
from marchland.model.annotated import Sentence
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Document, Span

_HEAD, _FOOT = 6, 2  # blocks at either end that may be no prose
_LONGEST = 200  # characters of such a line
_DAY = rf"(?:{w.DAY}\s+(?:of\s+)?{w.ANY_MONTH},?\s+{w.YEAR}|{w.ANY_MONTH}\s+{w.DAY},?\s+{w.YEAR}|{w.YEAR}-\d\d-\d\d)"
_MONTH = rf"(?:{w.ANY_MONTH},?\s+{w.YEAR}|{w.SEASON}\s+{w.YEAR})"
_YEAR = re.compile(w.YEAR)
_DATE = rf"(?P<date>{_DAY}|{_MONTH})"
_DATED = re.compile(
    rf"(?:^|[,;·|•/–—:(.]|\b(?:on|published|posted|dated|issued|released))\s*(?P<date>{_DAY})\s*[)\].]?\s*$",
    re.IGNORECASE,
)
_KNOWLEDGE = (
    r"(?:information|figures?|data|position|situation|developments?|research|sources?|text|report|article|paper|manuscript|study|this|"
    r"all details|facts)"
)
_NOT_BEFORE = re.compile(
    rf"\b(?:accepted|received|submitted|revised|(?:last )?updated|closed|completed|finished|written|finalised|went to press|"
    rf"{_KNOWLEDGE}(?:\s+\w+){{0,3}}?\s+(?:as (?:of|at|on)|(?:up )?to|until|in|at|on)|as (?:of|at)|correct (?:as )?(?:at|to|on)|"
    rf"current (?:as of|to|at))\s*:?\s*(?:(?:on|in|at)\s+)?{_DATE}",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    rf"{_DATE}\s+(?:number|issue|edition)\b|\b(?:number|issue|edition|no\.?)\s*(?:\d+\s*)?[,:(]?\s*(?:of\s+|for\s+)?(?P<date2>{_MONTH})",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    rf"\bvol(?:ume|\.)?\s*\d+\W{{0,4}}(?:(?:no|nr|number|issue)\.?\s*:?\s*\d+\W{{0,3}})?[(,]\s*(?P<year>{w.YEAR})\)?",
    re.IGNORECASE,
)
_UNDATED = re.compile(
    r"\b(?:accessed|retrieved|copyright|signed|born|died|photo|image|source|law|treaty|act|decree)\b|©", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line tells: the text came out within these days."""

    start: date
    end: date | None  # None = on any later day
    quote: str  # the line up to the end of the date


def lines(doc: Document) -> Iterator[Line]:
    """What the lines around the text tell, in order."""
    for number, block in enumerate(doc.blocks):
        words = doc.text[block.span.start : block.span.end]
        outer = number < _HEAD or number >= len(doc.blocks) - _FOOT
        if outer and len(words) <= _LONGEST and block.kind is not BlockKind.CAPTION:
            yield from _line(doc, block.span, named=block.kind is not BlockKind.TITLE)


def _line(doc: Document, span: Span, *, named: bool) -> Iterator[Line]:
    text = doc.text[span.start : span.end]
    if not _YEAR.search(text):
        return
    before = list(_NOT_BEFORE.finditer(text))
    for m in before:
        if told := _days(doc, span, m.span("date")):
            yield Line(told[0], None, _upto(text, m))
    for m in _ISSUE.finditer(text):
        if told := _days(doc, span, m.span("date" if m["date"] else "date2")):
            yield Line(*told, _upto(text, m))
    for m in _VOLUME.finditer(text):
        year = dates.year(int(m["year"]))
        assert year.start is not None
        yield Line(year.start, year.end, _upto(text, m))
    dated = _DATED.search(text)
    if named and dated and not before and not _UNDATED.search(text) and (told := _days(doc, span, dated.span("date"))):
        yield Line(*told, _upto(text, dated))


def _upto(text: str, m: re.Match[str]) -> str:
    return " ".join(text[: m.end()].split())


def _days(doc: Document, line: Span, at: tuple[int, int]) -> tuple[date, date] | None:
    alone = Sentence(
        index=0, span=Span(start=line.start + at[0], end=line.start + at[1]), block=BlockKind.PARAGRAPH, paragraph=0
    )
    found: Sequence[DateRange] = [t.range for t in times(alone, doc.text, Anchor())]
    if len(found) != 1 or found[0].start is None or found[0].end is None:
        return None
    return found[0].start, found[0].end
