"""Which records does each sentence tell, and at which of its words?"""

from collections.abc import Iterable
from dataclasses import dataclass

from marchland.model.annotated import Annotated, Name, Sentence
from marchland.model.document import Span
from marchland.model.records import AnyRecord, Event, Silence, Statement, Tie
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.statement_phrases import PhraseFinder
from marchland.reading.statement_units import Unit, units


@dataclass(frozen=True, slots=True)
class Told:
    """A record at the word that tells it."""

    index: int  # token index in its sentence
    record: AnyRecord
    trigger: Span

    @property
    def rank(self) -> int:
        """What a link joins first: acts, then ties, silences, statements."""
        return next((n for n, kind in enumerate((Event, Tie, Silence, Statement)) if isinstance(self.record, kind)), 9)


@dataclass(slots=True)
class Scene:
    """One sentence with what is told in it."""

    sentence: Sentence
    tree: Tree
    names: dict[int, list[Name]]
    finder: PhraseFinder
    units: dict[int, Unit]
    told: list[Told]


class Layout:
    """Trees, names and phrases of one document's sentences, each made once: what the readers of statements, silences and links share."""

    def __init__(self, doc: Annotated) -> None:
        self.names: dict[int, list[Name]] = {}
        for n in doc.names:
            self.names.setdefault(n.sentence, []).append(n)
        self.grounds: dict[int, dict[int, str]] = {}
        for p in doc.places:
            if p.country:
                self.grounds.setdefault(p.sentence, {})[p.head] = p.country
        self._known: dict[int, tuple[Tree, dict[int, list[Name]], PhraseFinder, dict[int, Unit]]] = {}

    def at(self, sentence: Sentence) -> tuple[Tree, dict[int, list[Name]], PhraseFinder, dict[int, Unit]]:
        """One sentence."""
        if sentence.index not in self._known:
            tree = Tree(sentence.tokens)
            names: dict[int, list[Name]] = {}
            for n in self.names.get(sentence.index, []):
                names.setdefault(n.head, []).append(n)
            self._known[sentence.index] = (
                tree,
                names,
                PhraseFinder(tree, Clauses(tree), names, self.grounds.get(sentence.index)),
                units(tree),
            )
        return self._known[sentence.index]


class Scenes:
    """The sentences of one document with what each tells, laid out when it is asked for."""

    def __init__(self, doc: Annotated, records: Iterable[AnyRecord], layout: Layout | None = None) -> None:
        self.layout = layout or Layout(doc)
        self.by_start: dict[int, list[tuple[int, int, AnyRecord]]] = {}
        for r in records:
            for m in r.mentions:
                self.by_start.setdefault(m.start, []).append((m.trigger.start, m.trigger.end, r))
        self._known: dict[int, Scene] = {}

    def at(self, sentence: Sentence) -> Scene:
        """One sentence."""
        if sentence.index not in self._known:
            self._known[sentence.index] = self._laid_out(sentence)
        return self._known[sentence.index]

    def _laid_out(self, sentence: Sentence) -> Scene:
        tree, names, finder, found = self.layout.at(sentence)
        told = []
        for start, end, record in self.by_start.get(sentence.span.start, []):
            within = [t.index for t in tree.tokens if start <= t.start and t.end <= end]
            if within:
                told.append(Told(min(within, key=lambda i: finder.depth[i]), record, Span(start=start, end=end)))
        return Scene(sentence, tree, names, finder, found, sorted(told, key=lambda x: (x.index, x.rank)))
