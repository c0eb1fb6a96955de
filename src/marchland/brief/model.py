"""What a brief is made of: sentences as typed values, each with the notes that it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marchland.model.dates import DateRange
from marchland.model.ontology import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One telling of a record: a sentence of a document, with the lines of the same document that name its parties."""

    record_id: str
    doc_id: str
    start: int  # of `text` in the document
    end: int
    text: str
    context: tuple[str, ...] = ()  # the headline or earlier sentences of the same document
    outlet: str | None  # None = publisher unknown
    published: date | None  # None = unknown
    status: Status
    trigger: tuple[int, int]  # in `text`
    dates: tuple[DateRange, ...] = ()  # the record's own, as resolved
    url: str | None = None

    @property
    def key(self) -> tuple[str, int, int, tuple[str, ...]]:
        """What makes two notes one footnote."""
        return self.doc_id, self.start, self.end, self.context


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was counted or measured, told as plainly as it was worked out, and the command that shows it."""

    text: str
    command: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two notes one footnote."""
        return self.text, self.command


Note = Quote | Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a sentence and the notes that stand behind it."""

    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the brief."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(r.text for r in self.runs)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All that it stands on."""
        return tuple(n for r in self.runs for n in r.notes)


def said(text: str, notes: Iterable[Note]) -> Sentence:
    """A sentence with all its notes at its end."""
    return Sentence(runs=(Run(text=text, notes=tuple(dict.fromkeys(notes))),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An answer of the brief. `title` and `empty` are fixed words; facts stand in sentences alone."""

    key: str
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    empty: str = ""  # said where nothing is to be told
    box: bool = False  # set apart from the prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with its question and its caveat; `svg` stands alone, `inline` takes its colours from the page around it."""

    key: str
    title: str
    caveat: str
    svg: str
    inline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A sentence that its notes do not support, and why."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole of it, before any format."""

    host: str
    name: str  # of the host, in English
    since: date
    until: date
    documents: int
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def title(self) -> str:
        """The question that the brief answers."""
        return f"Who holds sway in {self.name}?"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(s for section in self.sections for p in section.paragraphs for s in p)

    def numbered(self) -> dict[object, int]:
        """The number of each footnote by its key, in the order of reading."""
        out: dict[object, int] = {}
        for s in self.sentences:
            for note in s.notes:
                out.setdefault(note.key, len(out) + 1)
        return out

    def notes(self) -> list[tuple[int, Note]]:
        """The footnotes with their numbers."""
        numbers = self.numbered()
        found: dict[int, Note] = {}
        for s in self.sentences:
            for note in s.notes:
                found.setdefault(numbers[note.key], note)
        return sorted(found.items())
