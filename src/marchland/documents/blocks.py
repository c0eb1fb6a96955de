"""What each stretch of a text is for its reader: title, publication line, caption, heading or paragraph."""

import re
from dataclasses import dataclass

from marchland.documents.marks import Imprint, imprint, is_caption
from marchland.documents.paragraphs import SENTENCE_END, Stretch, stretches
from marchland.model.document import Block, BlockKind, Span

_LONGEST_TITLE = 200  # characters
_LONGEST_HEADING = 100  # characters
_LONGEST_QUESTION = 120  # characters: a title may ask
_MOST_HEADING_WORDS = 12
_EARLY = 4  # blocks: bylines and bare dates stand among the first
_INITIALS_END = re.compile(r"\b(?:[A-Z]\.){2,}[’'\"”]?$")  # "and the U.S." ends a title without a full stop
_DATELINE = re.compile(r"[A-Z][A-Z .,’'-]{2,40}(?:,?\s+[A-Z][a-z]+\.?\s+\d{1,2})?\s*(?:\([^)]{1,40}\))?\s*[–—-]\s")
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\r?\n(?P<body>(?:[\w-]+[ \t]*:.*\r?\n|[ \t]+.*\r?\n){1,40}?)---[ \t]*(?:\r?\n|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a page's own markup said about its lines, in their exact words."""

    headings: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blocks of a text, in order and disjoint, with what its publication lines tell."""

    blocks: tuple[Block, ...]
    imprints: tuple[Imprint, ...] = ()

    def title(self) -> Span | None:
        """Where the title stands; None = the text has none."""
        return next((b.span for b in self.blocks if b.kind is BlockKind.TITLE), None)


def layout(text: str, *, title_length: int | None = None, hints: Hints | None = None) -> Layout:
    """Split a text into blocks and say what each is.

    Args:
        title_length: Length of the given title, which opens `text` and is followed by one line end; None = not given,
            so that a short first block without a full stop may be the title.
    """
    blocks: list[Block] = []
    start = 0
    if title_length is not None:
        blocks += _trimmed(text, 0, title_length, BlockKind.TITLE)
        start = title_length + 1
    imprints: list[Imprint] = []
    if matter := _FRONT_MATTER.match(text, start):
        blocks += _trimmed(text, matter.start("body"), matter.end("body"), BlockKind.PUBLICATION)
        found = (imprint(line.strip(), early=False) for line in matter["body"].splitlines())
        imprints += [told for told in found if told]
        start = matter.end()
    cuts = list(stretches(text, start))
    prose = any(_closes(words) and not is_caption(words) for words in (text[c.start : c.end] for c in cuts))
    sorter = _Sorter(text=text, cuts=cuts, titled=title_length is not None, prose=prose, hints=hints or Hints())
    for index, cut in enumerate(cuts):
        kind, told = sorter.sort(index)
        blocks.append(Block(span=Span(start=cut.start, end=cut.end), kind=kind))
        imprints += [told] if told else []
    return Layout(blocks=tuple(blocks), imprints=tuple(imprints))


def _trimmed(text: str, start: int, end: int, kind: BlockKind) -> list[Block]:
    piece = text[start:end]
    shown = piece.strip()
    left = start + len(piece) - len(piece.lstrip())
    return [Block(span=Span(start=left, end=left + len(shown)), kind=kind)] if shown else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorter:
    """Tells what a stretch is from its words, its place and its neighbours."""

    text: str
    cuts: list[Stretch]
    titled: bool  # the title was given apart from the text
    prose: bool  # some stretch is a sentence and no caption; without one, a credited sentence is the text itself
    hints: Hints

    def sort(self, index: int) -> tuple[BlockKind, Imprint | None]:
        """The kind of one stretch, and what it tells where it is a publication line."""
        cut, words = self.cuts[index], self._words(index)
        if told := self._imprint(index, words):
            return BlockKind.PUBLICATION, told
        if " ".join(words.split()) in self.hints.captions or (self.prose and is_caption(words)):
            return BlockKind.CAPTION, None
        if not cut.item and self._is_title(index, words):
            return BlockKind.TITLE, None
        if " ".join(words.split()) in self.hints.headings or cut.level or self._is_heading(index, words):
            return BlockKind.HEADING, None
        return BlockKind.PARAGRAPH, None

    def _imprint(self, index: int, words: str) -> Imprint | None:
        """A publication line; below the last sentence it may tell its day as freely as near the top."""
        told = imprint(words, early=index < _EARLY)
        if told or index + 1 < len(self.cuts) or self.cuts[index].item or not _closes(self._words(index - 1)):
            return told
        signed = imprint(words, early=True)
        return signed if signed and signed.date else None

    def _words(self, index: int) -> str:
        return self.text[self.cuts[index].start : self.cuts[index].end]

    def _is_title(self, index: int, words: str) -> bool:
        if self.titled or index >= _EARLY or len(words) > _LONGEST_TITLE:
            return False
        if not all(imprint(self._words(above), early=True) for above in range(index)):
            return False
        if self.cuts[index].level:
            return True
        asks = words.endswith(("?", "!")) and len(words) <= _LONGEST_QUESTION
        return index + 1 < len(self.cuts) and (asks or not _closes(words)) and not _DATELINE.match(words)

    def _is_heading(self, index: int, words: str) -> bool:
        """Is it a short line without a full stop, with prose under it?"""
        if self.cuts[index].item or index + 1 >= len(self.cuts) or self.cuts[index + 1].item:
            return False
        if len(words) > _LONGEST_HEADING or len(words.split()) > _MOST_HEADING_WORDS or "\n" in words:
            return False
        below = self._words(index + 1)
        return not words[0].islower() and not _closes(words) and len(below) > len(words) and _closes(below)


def _closes(words: str) -> bool:
    """Does it end as a sentence, a clause or a quotation of one ends?"""
    if _INITIALS_END.search(words):
        return False
    return bool(SENTENCE_END.search(words)) or words.endswith((":", ";", ",", "：", "，", "；"))  # Chinese
