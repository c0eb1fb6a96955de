"""A document with its sentences, names, places, times and figures marked: what `reading` reads.

The token table is marchland's own; which parser made it stays inside `annotate`.
"""

from dataclasses import dataclass
from datetime import date

from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Document, Span
from marchland.model.ontology import Bound, PlaceKind, Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word or mark of a sentence."""

    index: int  # within the sentence
    start: int  # character of the document
    end: int
    text: str
    lemma: str  # lower case
    tag: str  # Penn Treebank tag
    dep: str  # dependency to the head, in the CLEAR style: nsubj, dobj, prep, pobj, agent, conj ...
    head: int  # index of the head within the sentence; the root heads itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; `tokens` is empty where nothing in it could be an act, a tie or a statement."""

    index: int  # within the document
    span: Span
    block: BlockKind
    paragraph: int  # index of the block in the document
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A phrase that names a political party, and who that is."""

    span: Span  # the shortest phrase: "Chinese border guards"
    sentence: int
    head: int  # token index of its head word
    kind: str  # country, demonym, seat, capital, org, person, agent, pronoun
    country: str | None  # ISO 3166-1 alpha-3
    org: str | None = None
    sector: Sector = Sector.UNK
    person: str | None = None  # canonical name of a known person, or the name as told
    office: str | None = None  # the office held on the day of the text
    resolved: str = (
        "named"  # how: named, adjective, possessive, apposition, office, place, previous, headline, dateline
    )
    political: bool = True  # False: a party only if an act makes it one


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A phrase that names a place."""

    span: Span
    sentence: int
    head: int
    name: str  # gazetteer name
    place_id: str
    kind: PlaceKind
    country: str | None  # ISO3; None for what no single state holds
    also: tuple[str, ...] = ()  # further countries it lies in
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A phrase that tells a date, resolved."""

    span: Span
    sentence: int
    head: int
    range: DateRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts."""

    span: Span
    sentence: int
    head: int
    value: float | None  # None where only bounds are told
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None  # "USD", "km", "%"; None = a count
    of: str | None  # lemma of the counted noun


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCitation:
    """A source named inside the text, as found: "(Xinhua, June 16)"."""

    span: Span
    sentence: int  # the sentence it closes or stands in
    publication: str | None  # None = the text has lost the name
    date: DateRange | None
    year_inferred: bool
    credit: bool = False  # a photo credit


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A document and all that was marked in it, each tuple in order of offset."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    places: tuple[PlaceName, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    citations: tuple[SourceCitation, ...] = ()
    dateline: PlaceName | None = None  # where the text says it was filed
    written: date | None = None  # the day from which relative dates were counted
