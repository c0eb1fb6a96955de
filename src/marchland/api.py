"""The verbs as functions: same question, same answer, from Python, the command line and the page."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Unpack

from marchland.documents import Unread, document, read
from marchland.errors import DocumentError
from marchland.influence import InfluenceRow
from marchland.influence import influence as measure
from marchland.influence.imported import Imported
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event, Reading, Tie
from marchland.store import Store, store_path
from marchland.store.views import Asked


def code(source: str | Document, *, min_confidence: float = 0.0) -> Reading:
    """What does one text say? A text or a `Document` in, its citations and records out; nothing is kept."""
    from marchland.pipeline import Coder  # the coder's words are slow to read, and most questions need none

    doc = source if isinstance(source, Document) else document(source)
    [(_, reading)] = list(Coder()([doc]))
    return confident(reading, min_confidence)


def confident(reading: Reading, least: float) -> Reading:
    """Leave out events and ties of which the coder is less sure than `least` (0..1)."""
    if least <= 0:
        return reading
    kept = tuple(r for r in reading.records if not isinstance(r, Event | Tie) or r.confidence >= least)
    return replace(reading, records=kept)


def read_all(
    paths: Sequence[str],
    *,
    unread: list[Unread],
    talk: Callable[[str], None],
    stdin: io.BufferedIOBase | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
) -> Iterator[tuple[Document, Reading]]:
    """Read and code every document of `paths` in order; what cannot be read is added to `unread`, and the rest goes on."""
    import sys

    from marchland.pipeline import Coder

    def documents() -> Iterator[Document]:
        for found in read(paths, stdin=stdin or sys.stdin.buffer, talk=talk):  # type: ignore[arg-type]  # a binary stream
            if isinstance(found, Unread):
                unread.append(found)
            else:
                yield found

    for doc, reading in Coder(workers=workers)(documents()):
        yield doc, confident(reading, min_confidence)


def open_store(path: Path | str | None = None, *, read_only: bool = False) -> Store:
    """The store at `path`, else at $MARCHLAND_STORE, else ./marchland.store.

    Raises:
        StoreError: nothing is there to read, or the file is no store of this version.
    """
    return Store(store_path(Path(path) if path else None), read_only=read_only)


def keep(store: Store, doc: Document, reading: Reading) -> None:
    """Put one document and its records into the store, as of now."""
    store.add(doc, reading, now=datetime.now(UTC))


def events(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Event, ...]:
    """Which events does the store hold that answer the question?"""
    with open_store(store, read_only=True) as opened:
        return opened.events(**asked)


def ties(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Tie, ...]:
    """Which ties does the store hold that answer the question?"""
    with open_store(store, read_only=True) as opened:
        return opened.ties(**asked)


def documents(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Document, ...]:
    """Which documents does the store hold that answer the question?"""
    with open_store(store, read_only=True) as opened:
        return opened.documents(**asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Rows of influence with what they rest on."""

    rows: tuple[InfluenceRow, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    documents: tuple[Document, ...]


def influence(
    host: str,
    *,
    store: Path | str | None = None,
    power: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    period: str = "year",
    domains: Sequence[Domain] = tuple(Domain),
    registry: bool = True,
    as_known_on: date | None = None,
) -> Measured:
    """Who holds how much over `host`, by domain and period, from a store's events and ties and the lexicon's registry of ties.

    Raises:
        DocumentError: the store holds no dated document and no period is given.
    """
    with open_store(store, read_only=True) as opened:
        scope = {"as_known_on": as_known_on}
        found = opened.documents(**scope)  # type: ignore[arg-type]  # one of the keywords
        told = opened.events(country=host, as_known_on=as_known_on)
        held = opened.ties(as_known_on=as_known_on)
        origins = opened.origins(as_known_on=as_known_on)
        home = opened_path(store)
    further, more = imported(home, host)
    held = (*held, *more)
    first, last = _span(found, told, further)
    start, end = since or first, until or last
    if start is None or end is None:
        raise DocumentError(
            f"the store holds nothing dated on {host}; give --since and --until to read the registry alone"
        )
    rows = measure(
        told, held, found, host=host, powers=tuple(power), since=start, until=end, period=period, domains=domains,
        registry=registry, origins=origins, known_on=as_known_on, further=further,
    )  # fmt: skip
    return Measured(rows=tuple(rows), events=told, ties=held, documents=found)


def opened_path(store: Path | str | None) -> Path:
    """Where the store lies that a question without a path asks."""
    return store_path(Path(store) if store else None)


def imported(home: Path, host: str) -> tuple[Imported | None, list[Tie]]:
    """Acts and ties of the event data imported beside a store; none where nothing was imported."""
    if not Path(f"{home}.imports").is_file():
        return None, []
    from marchland.exchange import imported_flow, imported_ties

    flow = imported_flow(home, host)
    return Imported(flow=flow, home=home) if len(flow) else None, imported_ties(home, country=host)


def _span(
    found: Sequence[Document], told: Sequence[Event], further: Imported | None
) -> tuple[date | None, date | None]:
    days = [d.published.best or d.published.range.end for d in found if d.published]
    days += [e.when.start for e in told if e.when and e.status.happened]
    if further:
        days += further.days
    known = [d for d in days if d]
    return (min(known), max(known)) if known else (None, None)
