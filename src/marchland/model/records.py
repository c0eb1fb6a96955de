"""The seven kinds of record, and the citations beside them.

A record is what a text (or several) says; each carries the mentions it rests on. Nothing here interprets anything.
"""

from dataclasses import dataclass, field
from typing import TypeVar

from marchland.errors import CodingError
from marchland.model.dates import DateRange
from marchland.model.document import Span
from marchland.model.ontology import (
    QUAD_OF,
    Bound,
    Domain,
    EventType,
    HolderKind,
    PlaceKind,
    QuadClass,
    Relation,
    Sector,
    Status,
    TieKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One party of a record. Country and organisation are two fields; either may be unknown."""

    country: str | None = None  # ISO 3166-1 alpha-3
    org: str | None = None  # organisation id of the lexicon
    sector: Sector = Sector.UNK
    text: str | None = None  # the shortest phrase naming it; None = only implied
    span: Span | None = None
    name: str | None = None  # the person, where one is named
    office: str | None = None  # held on the day of the record
    resolved: str | None = None  # how country and office were found: named, possessive, previous, dateline ...

    @property
    def key(self) -> str | None:
        """What makes two parties the same one: the organisation, else the country; None = unknown."""
        return self.org or self.country


UNKNOWN_PARTY = Participant()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the narrowest place the text names."""

    name: str
    place_id: str | None
    kind: PlaceKind
    country: str | None
    admin1: str | None = None
    lat: float | None = None  # None = no point is known; never 0, 0
    lon: float | None = None
    text: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure told with a record."""

    value: float | None  # None where only bounds are told
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    of: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose word something is; the publisher's own word has no holder."""

    kind: HolderKind
    name: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One telling of a record in one sentence of one document."""

    doc_id: str
    start: int
    end: int
    quote: str  # text[start:end] of the document, always
    trigger: Span
    status: Status
    rule: str  # lexicon entry or model that read it
    holder: Holder | None = None  # None = the publisher
    citation: str | None = None  # id of the citation that supports the sentence
    hedges: tuple[str, ...] = ()
    coder: str = ""  # version of the coder and hash of its lexicon

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote):
            raise CodingError(
                f"mention {self.start}..{self.end} of {self.doc_id} quotes {len(self.quote)} characters; "
                "a quote is exactly the characters of its span"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all kinds share: an id from content, a status, mentions."""

    id: str
    doc_id: str  # the first document that told it
    status: Status
    mentions: tuple[Mention, ...]
    certainty: float  # 0..1: how firmly the text asserts it, not whether it is true
    confidence: float  # 0..1: how sure the coder is that it read rightly

    def __post_init__(self) -> None:
        if not self.mentions:
            raise CodingError(f"{type(self).__name__.lower()} {self.id} has no mention; give at least one span")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One dated act: who did what to whom, when, where, on whose word."""

    event_type: EventType
    base: EventType | None = None  # the type a planned act will have when it happens
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...]  # every party of a joint act; may hold one explicit unknown party
    recipients: tuple[Participant, ...] = ()
    when: DateRange | None = None  # None = not told
    where: Place | None = None
    quantities: tuple[Quantity, ...] = ()
    disputed: bool = False  # someone denies it

    @property
    def quad(self) -> QuadClass:
        """Verbal or material, cooperation or conflict."""
        return QUAD_OF[self.event_type]

    @property
    def parties(self) -> tuple[Participant, ...]:
        """Actors, then recipients."""
        return self.actors + self.recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Record):
    """A standing relation that lasts until ended."""

    kind: TieKind
    power: Participant | None  # None for a membership, which has members and no host
    host: Participant | None = None
    members: tuple[Participant, ...] = ()
    since: DateRange | None = None
    until: DateRange | None = None
    last_confirmed: DateRange | None = None
    domains: dict[Domain, float] = field(default_factory=dict, hash=False)  # weights that sum to 1
    magnitude: float = 1.0  # in units of the kind's typical tie
    where: Place | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """A proposition and whose word it is."""

    holder: Holder
    about: tuple[str, ...] = ()  # ids of records
    parties: tuple[Participant, ...] = ()
    polarity: int = 1  # 1 or -1
    alternative_group: str | None = None  # readings of one "either ... or" share it

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if self.polarity not in (1, -1):
            raise CodingError(f"statement {self.id} has polarity {self.polarity}; it is 1 or -1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Statement):
    """A proposition that is not itself an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Statement):
    """What the author or a quoted analyst weighs, explains or rates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Statement):
    """What will or will not happen."""

    probability: tuple[float, float] | None = None  # (low, high) from the hedge words
    horizon: DateRange | None = None  # None = no end is given


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Record):
    """Something was looked for and did not come."""

    party: Participant
    stimulus: str | Span | None = None  # id of the record it would answer, or the words that tell it
    window: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """How one record stands to another."""

    relation: Relation
    source: str  # id of the record the relation goes out from
    target: str  # id of the record it goes to


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source named inside a text. Its date bounds the event from above and is never the event's date."""

    id: str
    doc_id: str
    start: int
    end: int
    quote: str
    publication: str | None  # None = the text has lost the name; never guessed
    date: DateRange | None
    year_inferred: bool
    kind: str = "source"  # source | credit
    supports: tuple[str, ...] = ()  # ids of records


AnyRecord = Event | Tie | Claim | Judgement | Forecast | Silence | Link
R = TypeVar("R", bound=Record)

KIND_OF: dict[type[Record], str] = {
    Event: "event",
    Tie: "tie",
    Claim: "claim",
    Judgement: "judgement",
    Forecast: "forecast",
    Silence: "silence",
    Link: "link",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one document says: its citations and its records by offset."""

    citations: tuple[Citation, ...] = ()
    records: tuple[AnyRecord, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events alone."""
        return tuple(r for r in self.records if isinstance(r, Event))

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties alone."""
        return tuple(r for r in self.records if isinstance(r, Tie))
