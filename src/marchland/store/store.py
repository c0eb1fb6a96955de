"""The store itself: one file that is written by one process while others read it."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack, cast

from marchland.model.document import Document
from marchland.model.records import (
    AnyRecord,
    Claim,
    Event,
    Forecast,
    Judgement,
    Link,
    Mention,
    Reading,
    Silence,
    Tie,
)
from marchland.store import find, ledger, views, write
from marchland.store.clusters import Clusters, Scope, clusters
from marchland.store.hash import store_hash
from marchland.store.open import WAIT_S, connect, told
from marchland.store.review import Reviewing
from marchland.store.stories import stories
from marchland.store.views import Asked, Hit, Query, query_of
from marchland.store.write import Added

STATEMENTS = ("claim", "judgement", "forecast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Why two tellings are one record."""

    left: str  # id of a telling
    right: str  # id of the fuller telling it was joined to
    score: float
    reasons: tuple[str, ...]


class Store(Reviewing):
    """Documents and what they say. A context manager; safe to share between threads."""

    def __init__(self, path: str | Path | None, *, read_only: bool = False, wait: float = WAIT_S) -> None:
        """Open the store at `path`, made where it is missing.

        Args:
            read_only: Never write; other processes may.
            wait: Seconds to wait for another process's transaction.

        Raises:
            StoreTooNewError: a newer marchland wrote it.
            StoreError: it cannot be opened.
        """
        self.path = None if path is None else Path(path)
        self._name = "memory" if path is None else str(path)
        self._con = connect(self.path, read_only=read_only, wait=wait)
        self._lock = threading.RLock()
        self._seen: tuple[tuple[int, int], dict[Scope, Clusters]] = ((-1, -1), {})

    @classmethod
    def in_memory(cls) -> Self:
        """A store that lasts as long as the object."""
        return cls(None)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # ---- writing ----

    def add(self, document: Document, reading: Reading, *, now: datetime | None = None) -> Added:
        """Keep a document and what it says, in one transaction; known records are merged with it.

        Args:
            now: When it is taken in, for `as_known_on`; the first time counts. None = not kept.

        Raises:
            CodingError: a mention does not quote the document.
            StoreError: the store cannot be written.
        """
        with self._writing() as con:
            return write.add(con, document, reading, now)

    # ---- forecasts ----

    def issue(self, forecasts: Iterable[ledger.Issued]) -> int:
        """Keep forecasts for good; what was issued is never changed. How many were new."""
        with self._writing() as con:
            return ledger.issue(con, forecasts)

    def issued(self) -> tuple[ledger.Issued, ...]:
        """Every forecast that was issued, in that order."""
        with self._reading() as con:
            return ledger.issued(con)

    # ---- records ----

    def events(self, **asked: Unpack[Asked]) -> tuple[Event, ...]:
        """Merged events, by day and id. `Query` says what each word asks for."""
        query = query_of(asked)
        return cast(tuple[Event, ...], self._records(("event",), query))

    def ties(self, **asked: Unpack[Asked]) -> tuple[Tie, ...]:
        """Merged ties, by start and id; a tie stands from its start until its end."""
        query = query_of(asked)
        return cast(tuple[Tie, ...], self._records(("tie",), query))

    def statements(self, **asked: Unpack[Asked]) -> tuple[Claim | Judgement | Forecast, ...]:
        """Claims, judgements and forecasts, by publication; `type` names one of the three."""
        query = query_of(asked)
        return cast(tuple[Claim | Judgement | Forecast, ...], self._records(STATEMENTS, query))

    def silences(self, **asked: Unpack[Asked]) -> tuple[Silence, ...]:
        """Silences that documents tell of."""
        query = query_of(asked)
        return cast(tuple[Silence, ...], self._records(("silence",), query))

    def links(self, **asked: Unpack[Asked]) -> tuple[Link, ...]:
        """Links between merged records; their parties are those of the records they join."""
        query = query_of(asked)
        return cast(tuple[Link, ...], self._records(("link",), query))

    def record(self, record_id: str, *, as_of: date | None = None, as_known_on: date | None = None) -> AnyRecord | None:
        """The record with this id, or that a telling with this id belongs to; None = not in the store."""
        scope = Scope(as_of=as_of, as_known_on=as_known_on)
        with self._reading() as con:
            return views.record(con, record_id, scope, self._clusters(scope))

    def mentions(
        self, record_id: str, *, as_of: date | None = None, as_known_on: date | None = None
    ) -> tuple[Mention, ...]:
        """Every telling's sentence of one record, first teller first; empty where there is no such record."""
        found = self.record(record_id, as_of=as_of, as_known_on=as_known_on)
        return found.mentions if found else ()

    def tellings(self, record_id: str) -> tuple[AnyRecord, ...]:
        """One record as each document tells it: what `split` takes apart."""
        with self._reading() as con:
            return tuple(views.tellings(con, record_id, Scope(), self._clusters(Scope())))

    def merges(self, record_id: str) -> tuple[Merge, ...]:
        """Why the tellings of one record are one."""
        with self._reading() as con:
            row = con.execute("SELECT shape FROM part WHERE id = ?", (record_id,)).fetchone()
            shapes = self._clusters(Scope()).shapes_with(con, [int(row[0])]) if row else {}
            return (*(m for n in sorted(shapes) for m in _merges(con, n, shapes)), *_by_hand(con, shapes))

    def stories(self, *, country: str | None = None, power: Sequence[str] = ()) -> dict[str, str]:
        """The act that each event is or plans, as its id: a plan shares its story with the act that carried it out."""
        with self._reading() as con:
            rows = con.execute("SELECT doc_id, first_day FROM document").fetchall()
        days = {i: date.fromisoformat(d) if d else None for i, d in rows}
        return stories(self.events(country=country, power=power), days)

    # ---- documents ----

    def documents(self, **asked: Unpack[Asked]) -> tuple[Document, ...]:
        """Documents, by publication and id; `country` and `power` ask for parties of what they tell."""
        query = query_of(asked)
        with self._reading() as con:
            return tuple(views.documents(con, query))

    def document(self, doc_id: str) -> Document | None:
        """One document; None = not in the store."""
        with self._reading() as con:
            return views.document(con, doc_id)

    def reading(self, doc_id: str) -> Reading:
        """What one document says, as corrected, before any merging; empty where it is not in the store."""
        with self._reading() as con:
            return views.reading(con, doc_id)

    def search(
        self, text: str, *, limit: int = 50, as_of: date | None = None, as_known_on: date | None = None
    ) -> tuple[Hit, ...]:
        """Documents that hold all these words (a phrase stands between double quotes), best first."""
        with self._reading() as con:
            return tuple(find.search(con, text, Scope(as_of=as_of, as_known_on=as_known_on), limit))

    def origins(self, *, as_of: date | None = None, as_known_on: date | None = None) -> dict[str, str]:
        """The origin of each document, as the first doc_id among the copies of one text."""
        with self._reading() as con:
            return views.origins(con, Scope(as_of=as_of, as_known_on=as_known_on))

    def hash(self) -> str:
        """The same for stores with the same records, whatever the order, time and number of workers."""
        with self._reading() as con:
            return store_hash(con, _groups(con, self._clusters(Scope())))

    # ---- inside ----

    def _records(self, kinds: tuple[str, ...], query: Query) -> tuple[AnyRecord, ...]:
        with self._reading() as con:
            return tuple(views.records(con, kinds, query, self._clusters(query.scope)))

    def _clusters(self, scope: Scope) -> Clusters:
        """The grouping seen from a scope, kept until the store changes."""
        state = (int(self._con.execute("PRAGMA data_version").fetchone()[0]), self._con.total_changes)
        if self._seen[0] != state:
            self._seen = (state, {})
        kept = self._seen[1]
        if scope not in kept:
            kept[scope] = clusters(self._con, scope)
        return kept[scope]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging picture of the store."""
        with self._lock, told(self._name):
            self._con.execute("BEGIN")
            try:
                yield self._con
            finally:
                if self._con.in_transaction:
                    self._con.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        with self._lock, told(self._name):
            self._con.execute("BEGIN IMMEDIATE")
            try:
                yield self._con
            except BaseException:
                if self._con.in_transaction:
                    self._con.execute("ROLLBACK")
                self._seen = ((-1, -1), {})  # what was seen on the way never was
                raise
            self._con.execute("COMMIT")


def _merges(con: sqlite3.Connection, shape: int, shapes: dict[int, int]) -> Iterator[Merge]:
    """Links of one shape: its further tellings with its first, and the first with its parent's."""
    same = [r[0] for r in con.execute("SELECT id FROM part WHERE shape = ? ORDER BY id", (shape,))]
    for other in same[1:]:
        yield Merge(left=other, right=same[0], score=1.0, reasons=("told alike in parties, time, place and words",))
    parent, score, reasons = con.execute("SELECT parent, score, reasons FROM shape WHERE n = ?", (shape,)).fetchone()
    if parent is not None and shapes.get(parent) == shapes[shape]:
        right = con.execute("SELECT min(id) FROM part WHERE shape = ?", (parent,)).fetchone()[0]
        yield Merge(left=same[0], right=right, score=score, reasons=tuple(json.loads(reasons)))


def _by_hand(con: sqlite3.Connection, shapes: dict[int, int]) -> Iterator[Merge]:
    """Pairs among these shapes that a person joined."""
    if not shapes:
        return
    rows = con.execute(
        "SELECT a.who, l.id, r.id, l.shape, r.shape FROM always a JOIN part l ON l.anchor = a.low JOIN part r ON r.anchor = a.high "
        "ORDER BY l.id, r.id"
    )
    for who, left, right, one, other in rows:
        if one in shapes and shapes.get(other) == shapes[one]:
            yield Merge(left=left, right=right, score=1.0, reasons=(f"joined by {who}",))


def _groups(con: sqlite3.Connection, groups: Clusters) -> list[list[str]]:
    """Ids of the parts of every merged record."""
    found: dict[int, list[str]] = {}
    for part, shape, tree in con.execute("SELECT p.id, p.shape, s.tree FROM part p JOIN shape s ON s.n = p.shape"):
        found.setdefault(groups.moved.get(shape, tree), []).append(part)
    return list(found.values())
