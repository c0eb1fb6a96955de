"""A document as it was read, with what is known about it; nothing in it is interpreted yet."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marchland.model.dates import DateRange


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters [start, end) of a document's text, counted in code points."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Do the two share a character?"""
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """What a stretch of text is for its reader."""

    TITLE = "title"
    PUBLICATION = "publication"  # "Publication: ... Volume: 16 Issue: 107"
    DATELINE = "dateline"
    CAPTION = "caption"
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-like stretch of a document."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a document came out: an interval, the best day in it, and why."""

    range: DateRange
    best: date | None  # None = no day is better than another
    reasons: tuple[str, ...]  # sentences for a person, most decisive first


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text and where it came from. Every offset of every record counts in `text`."""

    doc_id: str
    text: str  # where a title was given: title + "\n" + body
    sha256: str  # of `text`, UTF-8
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1
    published: Published | None = None  # None = neither told nor inferred
    blocks: tuple[Block, ...] = ()
    extracted: bool = False  # the text was taken out of HTML or PDF, so the file's own offsets differ


def content_id(*parts: str | None) -> str:
    """The id that the same content always gets: 16 hex digits of a SHA-256 over `parts`."""
    joined = "\x1f".join("" if p is None else p for p in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:16]
