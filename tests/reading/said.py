"""Texts read for statements, silences and links, in the order in which the stage reads them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.lexicon.statement_words import StatementEntry
from marchland.model.annotated import Annotated, Name
from marchland.model.dates import day
from marchland.model.document import Published
from marchland.model.records import AnyRecord, Claim, Event, Forecast, Judgement, Link, Silence, Statement, Tie
from marchland.model.tree import Tree
from marchland.reading import read
from marchland.reading.clauses import Clauses
from marchland.reading.links import links
from marchland.reading.silences import SilenceReader
from marchland.reading.statement_phrases import PhraseFinder
from marchland.reading.statements import StatementReader
from marchland.reading.told_at import Layout

WRITTEN = date(2020, 6, 15)


@dataclass(frozen=True, slots=True)
class Said:
    """One text and all that it says."""

    doc: Annotated
    acts: tuple[AnyRecord, ...]
    statements: tuple[Claim | Judgement | Forecast, ...]
    silences: tuple[Silence, ...]
    links: tuple[Link, ...]

    def record(self, record_id: str) -> AnyRecord:
        """The record with this id."""
        return next(r for r in (*self.acts, *self.statements, *self.silences) if r.id == record_id)

    def of[S: Statement](self, kind: type[S]) -> list[S]:
        """The statements of one kind."""
        return [s for s in self.statements if isinstance(s, kind)]

    def words(self, record: AnyRecord) -> str:
        """The words that tell a record."""
        trigger = record.mentions[0].trigger
        return self.doc.document.text[trigger.start : trigger.end]


@cache
def annotated(text: str) -> Annotated:
    """A text with all its sentences parsed, written on 15 June 2020."""
    doc = replace(document(text), published=Published(range=day(WRITTEN), best=WRITTEN, reasons=("set by the test",)))
    [found] = Annotator()([doc])
    return found


@cache
def said(text: str) -> Said:
    """Everything that a text says."""
    doc = annotated(text)
    layout = Layout(doc)
    acts = tuple(r for r in read(doc, "test").records if isinstance(r, Event | Tie))
    statements = tuple(StatementReader(doc, "test", layout).statements(acts))
    silences = tuple(SilenceReader(doc, "test", layout).silences(acts))
    return Said(doc, acts, statements, silences, tuple(links(doc, [*acts, *statements, *silences], "test", layout)))


def fires(entry: StatementEntry, text: str) -> bool:
    """Do the entry's words stand in the text as the entry asks?"""
    doc = annotated(text)
    for sentence in doc.sentences:
        tree = Tree(sentence.tokens)
        names: dict[int, list[Name]] = {}
        for n in doc.names:
            if n.sentence == sentence.index:
                names.setdefault(n.head, []).append(n)
        if any(m.entry is entry for m in PhraseFinder(tree, Clauses(tree), names).find(frozenset({entry.kind}))):
            return True
    return False
