"""What the lexicon may hold: typed rows, checked once when they are read."""

from dataclasses import dataclass

from marchland.model.dates import DateRange
from marchland.model.ontology import EventType, PlaceKind, Sector, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence on which an entry must fire, and with whom."""

    text: str
    actor: str | None  # ISO3 or organisation id of the first actor; None = the slot stays empty
    recipient: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Words that tell one event type."""

    id: str
    part: str  # verb, noun, adjective
    words: tuple[tuple[str, ...], ...]  # each a head lemma with the particles or compound parts that belong to it
    event_type: EventType
    frame: str
    source: str
    fires: Example
    near_miss: str
    base: EventType | None = None  # the type of the act that these words announce; the event is then planned
    joint: EventType | None = (
        None  # the type where two states do it together: a drill by one is MOBILIZE, by two COOPERATE
    )
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()  # lemmas and @classes, expanded
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    with_word: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    light: frozenset[str] | None = None  # None = no carrier needed; empty = any carrier
    needs: str | None = None  # actor, recipient, both
    strength: float = 0.8
    strict: bool = False  # the classifier may not overrule the restrictions
    complement: str | None = None  # status of an act told in the complement, or "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Grammatical places to look for a party in, best first."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the parties of an act stand around a verb and around a noun."""

    name: str
    verb: Slots
    noun: Slots
    mutual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Closed-class words that carry, govern or modify acts."""

    frames: dict[str, Frame]
    light_acts: frozenset[str]  # light verbs whose subject acts
    light_suffers: frozenset[str]  # light verbs whose subject suffers
    governs: dict[str, str]  # lemma -> status of the act in its complement, or "none"
    noun_modifiers: dict[str, str]
    future_modals: frozenset[str]
    would_modals: frozenset[str]
    possible_modals: frozenset[str]
    must_modals: frozenset[str]
    hypothetical_marks: frozenset[str]
    negations: frozenset[str]
    together: frozenset[frozenset[str]]  # types that one word may tell at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state, dependency, disputed territory or former state, with its words."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    combining: tuple[str, ...]
    capital: str | None
    capital_aliases: tuple[str, ...]
    seats: tuple[str, ...]
    kind: str
    parent: str | None
    ambiguous: frozenset[str]
    fips: str | None
    cow: str | None
    since: DateRange | None = None
    until: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """One term of one office."""

    iso3: str | None
    org: str | None
    name: str
    aliases: tuple[str, ...]
    office: str
    since: DateRange | None
    until: DateRange | None  # None = still in office, or unknown
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body that acts: international, armed, political, commercial."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    sector: Sector
    ambiguous: frozenset[str]
    since: DateRange | None = None
    until: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A country's time in an organisation."""

    org: str
    iso3: str
    since: DateRange | None
    until: DateRange | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A common noun for a party: "border guard", "police"."""

    words: tuple[str, ...]  # lower case, singular
    plural: tuple[str, ...]
    sector: Sector
    kind: str  # person, group, body
    political: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerPlace:
    """A named place."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: PlaceKind
    country: str | None
    also: tuple[str, ...]
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """Words that say how sure a text is, with the range of probability they give."""

    words: tuple[str, ...]
    effect: str  # certainty, hypothetical, predicted, planned, denied, alleged, negated, doubt
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextWord:
    """A word or phrase that speaks for a context."""

    context: str
    words: tuple[str, ...]
    weight: int


STATUS_OR_NONE = frozenset({*Status, "none"})
