"""Small records for the tests of the measure."""

from collections.abc import Sequence
from datetime import date

from marchland.model.dates import day
from marchland.model.document import Document, Published, Span, content_id
from marchland.model.ontology import Domain, EventType, Sector, Status, TieKind
from marchland.model.records import Event, Mention, Participant, Tie

UNKNOWN = Participant(sector=Sector.UNK)


def document(doc_id: str, told: date | None, *, publisher: str = "Outlet", text: str | None = None) -> Document:
    """A document of one sentence."""
    text = text or f"What {doc_id} tells."
    published = Published(range=day(told), best=told, reasons=()) if told else None
    return Document(doc_id=doc_id, text=text, sha256="", publisher=publisher, published=published)


def mentions(docs: Sequence[Document], status: Status) -> tuple[Mention, ...]:
    """Each document's whole text as a telling."""
    return tuple(
        Mention(
            doc_id=d.doc_id,
            start=0,
            end=len(d.text),
            quote=d.text,
            trigger=Span(start=0, end=4),
            status=status,
            rule="test",
        )
        for d in docs
    )


def parties(*names: str) -> tuple[Participant, ...]:
    """Countries by code; "?" is the unknown party."""
    return tuple(UNKNOWN if n == "?" else Participant(country=n, sector=Sector.GOV) for n in names)


def event(
    docs: Sequence[Document],
    *actors: str,
    event_type: EventType = EventType.AID,
    recipients: Sequence[str] = (),
    on: date | None = None,
    status: Status = Status.ASSERTED,
    certainty: float = 1.0,
    contexts: tuple[str, ...] = (),
    disputed: bool = False,
) -> Event:
    """An act told by each of `docs`."""
    told = mentions(docs, status)
    return Event(
        id=content_id("event", event_type, *actors, *recipients, str(on), *(d.doc_id for d in docs)),
        doc_id=docs[0].doc_id,
        status=status,
        mentions=told,
        certainty=certainty,
        confidence=1.0,
        event_type=event_type,
        actors=parties(*actors),
        recipients=parties(*recipients),
        when=day(on) if on else None,
        contexts=contexts,
        disputed=disputed,
    )


def tie(
    docs: Sequence[Document],
    power: str | None,
    host: str | None,
    *,
    kind: TieKind = TieKind.BASE,
    members: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    status: Status = Status.ASSERTED,
    certainty: float = 1.0,
    magnitude: float = 1.0,
    domains: dict[Domain, float] | None = None,
) -> Tie:
    """A tie told by each of `docs`."""
    return Tie(
        id=content_id("tie", kind, power, host, *members, str(since), *(d.doc_id for d in docs)),
        doc_id=docs[0].doc_id,
        status=status,
        mentions=mentions(docs, status),
        certainty=certainty,
        confidence=1.0,
        kind=kind,
        power=parties(power)[0] if power else None,
        host=parties(host)[0] if host else None,
        members=parties(*members),
        since=day(since) if since else None,
        until=day(until) if until else None,
        magnitude=magnitude,
        domains=domains or {},
    )
