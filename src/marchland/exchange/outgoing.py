"""What every writer needs of an event: which go out, their days, pairs of parties, tellers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from marchland.lexicon.actors import countries
from marchland.lexicon.registry import country_name
from marchland.model.document import Document
from marchland.model.ontology import QUAD_OF, EventType, QuadClass
from marchland.model.records import UNKNOWN_PARTY, Event, Participant

Documents = Mapping[str, Document]
Pair = tuple[Participant | None, Participant | None]
QUADS: Final[Mapping[QuadClass, int]] = {q: i for i, q in enumerate(QuadClass, 1)}


@dataclass(slots=True)
class Outgoing:
    """Counts of one export."""

    events: int = 0
    rows: int = 0
    undated: int = 0  # events that a format which needs a day cannot hold
    unsure: int = 0  # planned, alleged, denied ...: left out unless they are asked for


def going(events: Iterable[Event], count: Outgoing, *, every: bool) -> Iterator[Event]:
    """Events that happened; with `every`, all."""
    for event in events:
        if every or event.status.happened:
            count.events += 1
            yield event
        else:
            count.unsure += 1


def quad(kind: EventType) -> int:
    """1 to 4, worked out from the type and never copied."""
    return QUADS[QUAD_OF[kind]]


def first_day(event: Event) -> date | None:
    """The day that formats of one day get: the first of the interval."""
    return (event.when.start or event.when.end) if event.when else None


def pairs(event: Event) -> list[Pair]:
    """Dyads: every actor with every recipient; for a joint act, the first party with each of the others."""
    if event.recipients:
        return [(a, r) for a in event.actors for r in event.recipients]
    if len(event.actors) > 1:
        return [(event.actors[0], other) for other in event.actors[1:]]
    return [(event.actors[0] if event.actors else None, None)]


def tellers(event: Event, documents: Documents) -> list[Document]:
    """The documents that tell an event and are at hand, each once."""
    ids = dict.fromkeys(m.doc_id for m in event.mentions)
    return [documents[i] for i in ids if i in documents]


def said_by(party: Participant) -> str | None:
    """A party in words."""
    if party == UNKNOWN_PARTY:
        return None
    return party.name or party.text or (country_name(party.key) if party.key else None)


@cache
def iso2() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 to alpha-2, where the lexicon has it."""
    from marchland.lexicon.tables import rows

    columns = tuple(
        "iso3 iso2 name aliases demonyms combining capital capital_aliases seats kind parent from to fips cow ambiguous source".split()
    )
    known = {c.iso3 for c in countries()}
    return {r["iso3"]: r["iso2"] for _, r in rows("actors/countries.csv", columns) if r["iso2"] and r["iso3"] in known}


@cache
def fips_of() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 to FIPS 10-4."""
    return {c.iso3: c.fips for c in countries() if c.fips}
