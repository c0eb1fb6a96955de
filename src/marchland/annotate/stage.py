"""Document -> Annotated: sentences, parties, places, dates, figures and citations, in batches."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched

from marchland.annotate.citations import citations
from marchland.annotate.dateline import Furniture, furniture
from marchland.annotate.figures import figures
from marchland.annotate.gate import Gate
from marchland.annotate.gazetteer import Mark, gazetteer, words
from marchland.annotate.headline import running_text
from marchland.annotate.infer import Judge, infer
from marchland.annotate.names import Memory, Namer
from marchland.annotate.parse import Raw, parse, tokenize
from marchland.annotate.places import named_place, places
from marchland.annotate.published import published
from marchland.annotate.split import sentences
from marchland.annotate.storyline import Storyline
from marchland.annotate.times import Anchor, times
from marchland.encoder import Passages, passages
from marchland.model.annotated import Annotated, Name, PlaceName, Sentence, SourceCitation, Time
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Document, Span
from marchland.model.ontology import Precision
from marchland.model.tree import Tree

_BY_NAME = ("country", "demonym", "combining")
_BATCH = 64  # documents whose sentences are parsed together
_ASIDE = re.compile(
    r"(?<=\s)\([^()\s]+(?:\s[^()\s]+){0,4}\)"
)  # "(in 2002)", "(BRI)": read for dates, kept from the parser
_LEAD = 8  # sentences up to which a text is taken for a news lead
_UNREAD_BLOCKS = frozenset({BlockKind.PUBLICATION})


@dataclass(frozen=True, slots=True)
class _Prepared:
    document: Document
    sentences: tuple[Sentence, ...]
    marks: tuple[list[Mark], ...]
    raws: tuple[list[Raw], ...]  # empty list = not parsed
    furniture: Furniture
    annotated: Annotated  # with citations


@dataclass(frozen=True, slots=True)
class Annotator:
    """Marks what a document names. Reads text and blocks; fills every tuple of `Annotated`."""

    gate: Gate | None = None  # None = parse everything
    judge: Callable[[str], Judge] | None = None  # by document; None = the learned ranking of who is meant
    encoder: bool = True  # False: long texts are annotated as news leads are, as the texts to train on must be

    def __call__(self, docs: Iterable[Document]) -> Iterator[Annotated]:
        """Annotate each document, in order."""
        for chunk in batched(docs, _BATCH):
            prepared = [self._prepare(d) for d in chunk]
            parsed = parse(raws for p in prepared for raws in p.raws if raws)
            for p in prepared:
                done = tuple(
                    replace(s, tokens=next(parsed)) if raws else s for s, raws in zip(p.sentences, p.raws, strict=True)
                )
                seen = passages(p.document.text, done) if self.encoder and self.judge is None else None
                yield _annotate(p, done, self.judge(p.document.doc_id) if self.judge else None, seen)

    def _prepare(self, doc: Document) -> _Prepared:
        cut = tuple(sentences(doc))
        outside = furniture(doc, cut)
        known = doc.published.best or doc.published.range.end if doc.published else None
        sources = citations(doc, cut, known)
        told = published(doc, cut, sources)
        if told is not None and doc.published is None:
            doc = replace(doc, published=told)
            sources = citations(doc, cut, told.best or told.range.end)
        hidden = (*outside.hidden, *(c.span for c in sources))
        found = [_look(doc, s, hidden) for s in cut]
        political = self._political(cut, found)
        whole = len(cut) > _LEAD  # an analysis holds judgements in sentences that name no one
        raws = []
        for s, (lowered, marks) in zip(cut, found, strict=True):
            wanted = political and s.block not in _UNREAD_BLOCKS
            wanted = wanted and (whole or self.gate is None or self.gate.opens(lowered, marks))
            raws.append(_raws(doc, s, hidden, marks) if wanted else [])
        marks_of = tuple(marks for _, marks in found)
        return _Prepared(
            doc, cut, marks_of, tuple(raws), outside, Annotated(document=doc, sentences=cut, citations=tuple(sources))
        )

    def _political(self, cut: tuple[Sentence, ...], found: list[tuple[frozenset[str], list[Mark]]]) -> bool:
        """Does any paragraph, read with the title, sound like politics?"""
        if self.gate is None:
            return True
        title = next((f for s, f in zip(cut, found, strict=True) if s.block is BlockKind.TITLE), (frozenset(), []))
        paragraphs: dict[int, tuple[frozenset[str], list[Mark]]] = {}
        for s, (lowered, marks) in zip(cut, found, strict=True):
            words_before, marks_before = paragraphs.get(s.paragraph, title)
            paragraphs[s.paragraph] = (words_before | lowered, [*marks_before, *marks])
        return any(self.gate.political(lowered, marks) for lowered, marks in paragraphs.values())


def _look(doc: Document, sentence: Sentence, hidden: tuple[Span, ...]) -> tuple[frozenset[str], list[Mark]]:
    """A sentence's words, lower case, and the known names in it."""
    plain_words = [
        w for w in words(doc.text, sentence.span.start, sentence.span.end) if not _inside(w.start, w.end, hidden)
    ]
    return frozenset(w.text.lower() for w in plain_words), list(gazetteer().find(plain_words))


def _inside(start: int, end: int, hidden: tuple[Span, ...]) -> bool:
    return any(h.start <= start and end <= h.end for h in hidden)


def _raws(doc: Document, sentence: Sentence, hidden: tuple[Span, ...], marks: list[Mark]) -> list[Raw]:
    """The words the parser sees: no citations, datelines or editor's brackets, and headlines in running case."""
    asides = [
        Span(start=m.start(), end=m.end()) for m in _ASIDE.finditer(doc.text, sentence.span.start, sentence.span.end)
    ]
    outside = (*hidden, *asides)
    raws = [
        r
        for r in tokenize(doc.text, sentence.span.start, sentence.span.end)
        if not _inside(r.start, r.end, outside) and r.text not in ("[", "]")
    ]
    if sentence.block in (BlockKind.TITLE, BlockKind.HEADING):
        raws = running_text(raws, marks)
    return raws[:400]


def _annotate(p: _Prepared, done: tuple[Sentence, ...], judge: Judge | None, seen: Passages | None) -> Annotated:
    doc = p.document
    written: date | None = None
    if doc.published:
        written = doc.published.best or doc.published.range.end
    dateline = _dateline(doc, p.furniture)
    if not any(s.tokens for s in done):  # nothing in it can be a record: its dates and figures are asked for by nobody
        return replace(p.annotated, sentences=done, dateline=dateline, written=written)
    told = {e.country for m in p.marks for k in m for e in k.entities[:1] if e.country and not e.ambiguous}
    states = {e.country for m in p.marks for k in m for e in k.entities[:1] if e.country and e.kind in _BY_NAME}
    memory = Memory(when=written, countries=frozenset(told), states=frozenset(states))
    named: list[list[Name]] = [
        Namer(s, m, memory).names() if s.tokens else [] for s, m in zip(done, p.marks, strict=True)
    ]
    located: list[list[PlaceName]] = [
        places(s, m, told) if s.tokens else [] for s, m in zip(done, p.marks, strict=True)
    ]
    named = infer(done, named, located, dateline.country if dateline else None, judge, seen)
    times_found: list[Time] = []
    story = Storyline()
    figures_found = []
    sources = _dated_sources(p.annotated.citations)
    hidden = tuple(c.span for c in p.annotated.citations)
    for s in done:
        anchor = Anchor(
            written=written,
            previous=story.previous,
            act=story.act_in(s, written),
            cited=sources.get(s.index, ()),
            tense=_tense(s),
        )
        found = [t for t in times(s, doc.text, anchor) if not _inside(t.span.start, t.span.end, hidden)]
        story = story.after(s, found, doc.text, written)
        times_found += found
        figures_found += [f for f in figures(s, doc.text, found) if not _inside(f.span.start, f.span.end, hidden)]
    return replace(
        p.annotated,
        sentences=done,
        names=tuple(n for found in named for n in found),
        places=tuple(x for found in located for x in found),
        times=tuple(times_found),
        figures=tuple(figures_found),
        dateline=dateline,
        written=written,
    )


def _dated_sources(citations: tuple[SourceCitation, ...]) -> dict[int, tuple[tuple[int, DateRange], ...]]:
    """By sentence, the offset and the date of each source whose day or month is told."""
    out: dict[int, tuple[tuple[int, DateRange], ...]] = {}
    for c in citations:
        if c.date is not None and not c.credit and c.date.precision is not Precision.YEAR:
            out[c.sentence] = (*out.get(c.sentence, ()), (c.span.start, c.date))
    return out


def _dateline(doc: Document, outside: Furniture) -> PlaceName | None:
    """The place a dateline names, the narrowest first: "KABUL, Afghanistan"."""
    if outside.place is None:
        return None
    marks = list(gazetteer().find(words(doc.text, outside.place.start, outside.place.end)))
    told = {e.country for m in marks for e in m.entities[:1] if e.country}
    for mark in marks:
        found = named_place(mark, told)
        if found is not None:
            return found
    return None


def _tense(sentence: Sentence) -> str | None:
    """The tense of the main clause, for weekdays and bare months: "past", "future" or None."""
    if not sentence.tokens:
        return None
    tree = Tree(sentence.tokens)
    root = next((t for t in sentence.tokens if t.dep == "ROOT"), None)
    if root is None:
        return None
    if any(c.tag == "MD" and c.lemma in ("will", "shall") for c in tree.children[root.index]):
        return "future"
    return "past" if root.tag in ("VBD", "VBN") else None
