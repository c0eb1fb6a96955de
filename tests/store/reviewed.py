"""What the tests of corrections stand on: records to correct, all that a store tells, and a log laid over a fresh store."""

from datetime import UTC, date, datetime
from typing import Any

from marchland.model.dates import day
from marchland.model.document import Document
from marchland.model.records import Event, Reading
from marchland.store import Correction, Store, correction_from, correction_json
from tests.store.makers import DRILL_DAY, document, drill, event, reading

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def told(number: int = 0) -> str:
    return drill(number)[1].records[0].id


def everything(store: Store) -> tuple[Any, ...]:
    return store.events(), store.ties(), store.statements(), store.silences(), store.links()


def replayed(log: tuple[Correction, ...], corpus: list[tuple[Document, Reading]], *, first: bool = False) -> Store:
    """A fresh store of the same documents with the log laid over it, by way of its JSON."""
    out = Store.in_memory()
    lines = [correction_from(correction_json(c), "log") for c in log]
    if first:
        out.replay(lines)
    for doc, read in corpus:
        out.add(doc, read)
    if not first:
        out.replay(lines)
    return out


def two_acts(*, kind: type = Event) -> list[tuple[Document, Reading]]:
    """Two tellings that the matcher does not join: their days are a year apart."""
    docs = [document(f"a{n}", f"In year {n} they held a drill.", on=date(2015 + n, 1, 1)) for n in range(2)]
    return [(d, reading(event(d, "held", when=day(date(2014 + n, 5, 1))))) for n, d in enumerate(docs)]


TEXT = "The river froze. China gave Tajikistan twelve lorries. They held a drill."


def lorries() -> tuple[Document, Reading]:
    doc = document("lorries", TEXT)
    return doc, reading(event(doc, "held", when=day(DRILL_DAY)))


GIFT = {
    "record": "event",
    "doc_id": "lorries",
    "start": 17,
    "end": 54,
    "type": "AID",
    "actors": "CHN",
    "recipients": "TJK",
}
