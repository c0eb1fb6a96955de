"""Small documents and readings, written by hand."""

from datetime import date, timedelta
from random import Random
from typing import Any

from marchland.model.dates import DateRange, day, year
from marchland.model.document import Document, Published, Span, content_id
from marchland.model.ontology import EventType, PlaceKind, Status, TieKind
from marchland.model.records import AnyRecord, Event, Mention, Participant, Place, Reading, Tie

CHN, TJK, RUS = (Participant(country=c) for c in ("CHN", "TJK", "RUS"))


def document(doc_id: str, text: str, *, on: date | None = date(2016, 10, 25), **more: Any) -> Document:
    """A document published on a day."""
    published = Published(range=day(on), best=on, reasons=("told",)) if on else None
    return Document(doc_id=doc_id, text=text, sha256=content_id(text), published=published, **more)


def mention(doc: Document, trigger: str, *, status: Status = Status.ASSERTED, coder: str = "1") -> Mention:
    """The sentence of the document that holds the trigger."""
    at = doc.text.index(trigger)
    start = doc.text.rfind(". ", 0, at) + 2 if ". " in doc.text[:at] else 0
    end = doc.text.index(".", at) + 1
    span = Span(start=at, end=at + len(trigger))
    return Mention(
        doc_id=doc.doc_id,
        start=start,
        end=end,
        quote=doc.text[start:end],
        trigger=span,
        status=status,
        rule="r",
        coder=coder,
    )


def event(doc: Document, trigger: str, *, status: Status = Status.ASSERTED, coder: str = "1", **more: Any) -> Event:
    """A joint act of China and Tajikistan, unless told otherwise."""
    told: dict[str, Any] = {
        "event_type": EventType.COOPERATE, "actors": (CHN, TJK), "certainty": 0.9, "confidence": 0.8, **more
    }  # fmt: skip
    found = mention(doc, trigger, status=status, coder=coder)
    return Event(id=content_id(doc.doc_id, "e", trigger), doc_id=doc.doc_id, status=status, mentions=(found,), **told)


def tie(doc: Document, trigger: str, *, status: Status = Status.ASSERTED, **more: Any) -> Tie:
    """A Russian base in Tajikistan, unless told otherwise."""
    told: dict[str, Any] = {
        "kind": TieKind.BASE, "power": RUS, "host": TJK, "certainty": 0.9, "confidence": 0.8, **more
    }  # fmt: skip
    found = mention(doc, trigger, status=status)
    return Tie(id=content_id(doc.doc_id, "t", trigger), doc_id=doc.doc_id, status=status, mentions=(found,), **told)


def reading(*records: AnyRecord) -> Reading:
    """Just records."""
    return Reading(records=records)


def days(start: date, end: date) -> DateRange:
    """An interval."""
    return DateRange(start=start, end=end, precision=day(start).precision)


DRILL_DAY = date(2016, 10, 24)


def drill(number: int, *, on: date = date(2016, 10, 25), **more: Any) -> tuple[Document, Reading]:
    """One outlet's telling of the drill of October 2016."""
    doc = document(
        f"drill-{number}", f"Outlet {number} says that China and Tajikistan held a joint drill near the river.", on=on
    )
    return doc, reading(event(doc, "held", when=day(DRILL_DAY), **more))


def crowd(chance: Random) -> list[tuple[Document, Reading]]:
    """Some documents of one fortnight whose acts are easily taken for one another."""
    return [_told_in_october(chance, n) for n in range(chance.randrange(3, 14))]


def _told_in_october(chance: Random, number: int) -> tuple[Document, Reading]:
    on = date(2016, 10, 1) + timedelta(days=chance.randrange(15))
    count = chance.randrange(1, 4)
    words = ["troops", "border", "river", "guards", "large", "small", "joint", "drill", "valley"]
    doc = document(
        f"d{number}", " ".join(f"T{n}x {' '.join(chance.choices(words, k=4))}." for n in range(count)), on=on
    )
    acts = []
    for n in range(count):
        begin = on - timedelta(days=chance.randrange(4))
        vague = days(begin, begin + timedelta(days=chance.randrange(1, 9)))
        where = chance.choice(
            [None, None, *(Place(name=c, place_id=c, kind=PlaceKind.CITY, country="TJK") for c in "AB")]
        )
        told = event(
            doc,
            f"T{n}x",
            actors=chance.choice([(CHN, TJK), (CHN, TJK), (TJK, CHN), (CHN, TJK, RUS)]),
            when=chance.choice([None, day(begin), day(begin), vague, year(2016)]),
            where=where,
            status=chance.choice([Status.ASSERTED, Status.ASSERTED, Status.PLANNED]),
        )
        acts.append(told)
    return doc, reading(*acts)
