"""Short ways to the annotators of dates, figures and citations for the tests."""

from datetime import date

from marchland.annotate.citations import citations
from marchland.annotate.figures import figures
from marchland.annotate.published import published
from marchland.annotate.split import sentences
from marchland.annotate.times import Anchor, times
from marchland.model.annotated import Figure, Sentence, SourceCitation, Time
from marchland.model.dates import DateRange
from marchland.model.document import Block, BlockKind, Document, Published, Span

WRITTEN = date(2019, 7, 24)  # a Wednesday


def sentence(text: str, block: BlockKind = BlockKind.PARAGRAPH) -> Sentence:
    """All of `text` as one sentence, not parsed."""
    return Sentence(index=0, span=Span(start=0, end=len(text)), block=block, paragraph=0)


def dated(
    text: str, written: date | None = WRITTEN, previous: DateRange | None = None, tense: str | None = None
) -> list[Time]:
    """The times of one sentence."""
    return times(sentence(text), text, Anchor(written=written, previous=previous, tense=tense))


def told(found: list[Time]) -> list[tuple[str | None, str, str]]:
    """Text, first day and last day of each; "" = open."""
    return [(t.range.text, _iso(t.range.start), _iso(t.range.end)) for t in found]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def counted(text: str) -> list[Figure]:
    """The figures of one sentence, outside its dates."""
    return figures(sentence(text), text, dated(text))


def document(text: str, *, caption: bool = False, told: Published | None = None) -> Document:
    """A document whose lines are paragraphs, the first perhaps a caption."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = BlockKind.CAPTION if caption and at == 0 else BlockKind.PARAGRAPH
        if line:
            blocks.append(Block(span=Span(start=at, end=at + len(line)), kind=kind))
        at += len(line) + 1
    return Document(doc_id="d", text=text, sha256="0" * 64, blocks=tuple(blocks), published=told)


def cited(text: str, written: date | None = WRITTEN, *, caption: bool = False) -> list[SourceCitation]:
    """The citations of a text."""
    doc = document(text, caption=caption)
    return citations(doc, tuple(sentences(doc)), written)


def came_out(text: str, given: Published | None = None) -> Published | None:
    """When a text was published, inferred from itself."""
    doc = document(text, told=given)
    cut = tuple(sentences(doc))
    return published(doc, cut, citations(doc, cut, None))
