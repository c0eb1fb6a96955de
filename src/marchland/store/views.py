"""Asking the store: model records, merged, in a stable order."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple, Protocol, TypedDict, Unpack

from marchland.model.document import Block, BlockKind, Document, Span
from marchland.model.records import AnyRecord, Citation, Event, Link, Reading, Silence, Statement, Tie
from marchland.model.wire import document_from, range_from, record_from
from marchland.store.clusters import CHUNK, Clusters, Scope
from marchland.store.combine import combined
from marchland.store.copies import components

_LAST: Final = "9999"  # sorts what has no day behind everything


class Asked(TypedDict, total=False):
    """The words of a question; what is left out asks for nothing."""

    country: str | None  # a party is of that country, or is that organisation
    power: Sequence[str]  # one of these is an actor or recipient; of a tie, its power or a member
    type: str | None  # event type, kind of tie, relation, or which kind of statement
    since: date | None  # the told days (else the publication) reach so far; a tie without an end still stands
    until: date | None  # they begin by then
    status: str | None  # of the merged record
    as_of: date | None  # only documents published by that day; where that is unknown, taken in by it
    as_known_on: date | None  # only documents taken in by the end of that day (UTC)


class StoreView(Protocol):
    """What influence and forecast read: `Store` is one, and so is anything that answers the same questions."""

    def events(self, **asked: Unpack[Asked]) -> tuple[Event, ...]:
        """Merged events, by day and id."""

    def ties(self, **asked: Unpack[Asked]) -> tuple[Tie, ...]:
        """Merged ties, by start and id."""

    def documents(self, **asked: Unpack[Asked]) -> tuple[Document, ...]:
        """The documents themselves, by publication and id."""

    def origins(self, *, as_of: date | None = None, as_known_on: date | None = None) -> Mapping[str, str]:
        """The origin of each document: copies of one text share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The same, complete; None = any."""

    country: str | None = None
    power: tuple[str, ...] = ()
    type: str | None = None
    since: date | None = None
    until: date | None = None
    status: str | None = None
    scope: Scope = field(default_factory=Scope)


def query_of(asked: Asked) -> Query:
    """A question with its gaps filled; a single power may be given as plain text."""
    scope = Scope(as_of=asked.get("as_of"), as_known_on=asked.get("as_known_on"))
    power = asked.get("power", ())
    return Query(
        country=asked.get("country"),
        power=(power,) if isinstance(power, str) else tuple(power),
        type=asked.get("type"),
        since=asked.get("since"),
        until=asked.get("until"),
        status=asked.get("status"),
        scope=scope,
    )


class Row(NamedTuple):
    """One part as the store holds it."""

    shape: int
    first_day: str  # of the document's publication; sorts last where unknown
    doc_id: str
    position: int
    last_day: str | None
    record: str

    @property
    def order(self) -> tuple[str, str, int]:
        """First teller first."""
        return self.first_day, self.doc_id, self.position


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that full-text search found."""

    doc_id: str
    title: str | None
    snippet: str  # around the words, which stand between U+2039 and U+203A
    rank: float  # lower is better


# ---- records ----


def records(con: sqlite3.Connection, kinds: Sequence[str], query: Query, groups: Clusters) -> list[AnyRecord]:
    """Merged records of these kinds that answer the query, by first day and id."""
    shapes = _asked(con, kinds, query)
    found = []
    told: dict[str, str] | None = None
    for rows in _grouped(con, shapes, query.scope, groups):
        if len(rows) > 1 and told is None:
            told = origins(con, query.scope)
        record = combined([record_from(json.loads(r.record)) for r in rows], told or {})
        start, finish = _days(record, rows[0])
        if _within(record, start, finish, query) and (query.status is None or record.status == query.status):
            found.append(((start or _LAST, record.id), record))
    return _resolved(con, [r for _, r in sorted(found, key=lambda x: x[0])], query.scope, groups)


def tellings(con: sqlite3.Connection, record_id: str, scope: Scope, groups: Clusters) -> list[AnyRecord]:
    """The record as each document tells it, first teller first; empty where there is no such record."""
    row = con.execute("SELECT shape FROM part WHERE id = ?", (record_id,)).fetchone()
    if row is None:
        return []
    for rows in _grouped(con, [int(row[0])], scope, groups):
        return [record_from(json.loads(r.record)) for r in rows]
    return []


def record(con: sqlite3.Connection, record_id: str, scope: Scope, groups: Clusters) -> AnyRecord | None:
    """The merged record that this id, of it or of one of its tellings, belongs to."""
    told = tellings(con, record_id, scope, groups)
    if not told:
        return None
    return _resolved(con, [combined(told, origins(con, scope) if len(told) > 1 else {})], scope, groups)[0]


def _asked(con: sqlite3.Connection, kinds: Sequence[str], query: Query) -> list[int]:
    """Shapes with a part that may answer the query; dates and status are looked at again after merging."""
    tests = [f"p.kind IN ({','.join('?' * len(kinds))})"]
    values: list[str] = list(kinds)
    if query.type:
        tests.append("(p.type = ? OR p.kind = ?)")
        values += [query.type, query.type]
    if query.since:
        tests.append("(p.finish >= ? OR p.finish IS NULL)")
        values.append(query.since.isoformat())
    if query.until:
        tests.append("(p.start <= ? OR p.start IS NULL)")
        values.append(query.until.isoformat())
    marks = ",".join("?" * len(query.power))
    if query.country and query.power and query.country not in query.power:
        tests.append(f"p.n IN (SELECT part FROM dyad WHERE host = ? AND power IN ({marks}))")
        values += [query.country, *query.power]
    else:
        if query.country:
            tests.append("p.n IN (SELECT part FROM party WHERE key = ?)")
            values.append(query.country)
        if query.power:
            tests.append(f"p.n IN (SELECT part FROM party WHERE key IN ({marks}) AND power = 1)")
            values += query.power
    condition, scoped = query.scope.where()
    joined = " JOIN document d ON d.n = p.document" if scoped else ""
    sql = f"SELECT DISTINCT p.shape FROM part p{joined} WHERE {' AND '.join(tests)} AND {condition}"
    return [int(r[0]) for r in con.execute(sql, values + scoped)]


def _grouped(con: sqlite3.Connection, shapes: Iterable[int], scope: Scope, groups: Clusters) -> list[list[Row]]:
    """The visible parts of every record that one of the shapes belongs to."""
    number = groups.shapes_with(con, shapes)
    condition, values = scope.where()
    by_record: dict[int, list[Row]] = defaultdict(list)
    for part in _chunks(sorted(number)):
        sql = (
            f"SELECT p.shape, coalesce(d.first_day, '{_LAST}'), d.doc_id, p.position, d.last_day, p.record FROM part p "
            f"JOIN document d ON d.n = p.document WHERE p.shape IN ({','.join('?' * len(part))}) AND {condition}"
        )
        for found in con.execute(sql, [*part, *values]):
            row = Row(*found)
            by_record[number[row.shape]].append(row)
    return [sorted(rows, key=lambda r: r.order) for rows in by_record.values()]


def _chunks[T](values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[i : i + CHUNK] for i in range(0, len(values), CHUNK))


def _days(record: AnyRecord, first: Row) -> tuple[str | None, str | None]:
    if isinstance(record, Tie):
        since, until = record.since, record.until
        return _iso(since.start if since else None), _iso(until.end if until else None)
    told = record.when if isinstance(record, Event) else record.window if isinstance(record, Silence) else None
    if told:
        return _iso(told.start), _iso(told.end)
    return (None if first.first_day == _LAST else first.first_day), first.last_day


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _within(record: AnyRecord, start: str | None, finish: str | None, query: Query) -> bool:
    """Does it overlap the days asked for? A tie without an end still stands; an act without any day is nowhere."""
    if not query.since and not query.until:
        return True
    if not isinstance(record, Tie) and start is None and finish is None:
        return False
    late = query.until and start and start > query.until.isoformat()
    early = query.since and finish and finish < query.since.isoformat()
    return not (late or early)


# ---- references between records ----


def _resolved(con: sqlite3.Connection, found: list[AnyRecord], scope: Scope, groups: Clusters) -> list[AnyRecord]:
    """The same records, pointing at merged records instead of single tellings."""
    asked: set[str] = set()
    for r in found:
        asked.update(_references(r))
    if not asked:
        return found
    ids = public_ids(con, asked, scope, groups)
    return [_pointed(r, ids) for r in found]


def _references(r: AnyRecord) -> tuple[str, ...]:
    if isinstance(r, Link):
        return r.source, r.target
    if isinstance(r, Statement):
        return r.about
    return (r.stimulus,) if isinstance(r, Silence) and isinstance(r.stimulus, str) else ()


def _pointed(r: AnyRecord, ids: Mapping[str, str]) -> AnyRecord:
    if isinstance(r, Link):
        return replace(r, source=ids.get(r.source, r.source), target=ids.get(r.target, r.target))
    if isinstance(r, Statement):
        return replace(r, about=tuple(dict.fromkeys(ids.get(i, i) for i in r.about)))
    if isinstance(r, Silence) and isinstance(r.stimulus, str):
        return replace(r, stimulus=ids.get(r.stimulus, r.stimulus))
    return r


def public_ids(con: sqlite3.Connection, asked: Iterable[str], scope: Scope, groups: Clusters) -> dict[str, str]:
    """The id of the merged record for each id of a telling; ids that the store lacks are left out."""
    shape_of: dict[str, int] = {}
    for part in _chunks(sorted(asked)):
        sql = f"SELECT id, shape FROM part WHERE id IN ({','.join('?' * len(part))})"
        shape_of.update(con.execute(sql, list(part)).fetchall())
    number = groups.shapes_with(con, shape_of.values())
    condition, values = scope.where()
    first: dict[int, tuple[tuple[str, str, int], str]] = {}
    for chunk in _chunks(sorted(number)):
        sql = (
            f"SELECT p.shape, coalesce(d.first_day, '{_LAST}'), d.doc_id, p.position, p.id FROM part p JOIN document d "
            f"ON d.n = p.document WHERE p.shape IN ({','.join('?' * len(chunk))}) AND {condition}"
        )
        for shape, day, doc_id, position, name in con.execute(sql, [*chunk, *values]):
            mine = ((day, doc_id, position), name)
            first[number[shape]] = min(first.get(number[shape], mine), mine)
    return {i: first[number[s]][1] for i, s in shape_of.items() if s in number and number[s] in first}


# ---- documents ----


def document_of(head: str, text: str) -> Document:
    """Undo what `write` packed."""
    told: dict[str, Any] = json.loads(head)
    made = document_from(told, text)
    blocks = tuple(Block(span=Span(start=s, end=e), kind=BlockKind(k)) for s, e, k in told["blocks"])
    interval = range_from(told["range"])
    published = replace(made.published, range=interval) if made.published and interval else made.published
    return replace(made, blocks=blocks, extracted=told["extracted"], published=published)


def documents(con: sqlite3.Connection, query: Query) -> list[Document]:
    """Documents by publication day and id; `country` and `power` ask for parties of their records."""
    condition, values = query.scope.where()
    tests = [condition]
    told = "d.n IN (SELECT p.document FROM party q JOIN part p ON p.n = q.part WHERE q.key IN ({}))"
    for keys in ((query.country,) if query.country else (), query.power):
        if keys:
            tests.append(told.format(",".join("?" * len(keys))))
            values += keys
    if query.since:
        tests.append("d.last_day >= ?")
        values.append(query.since.isoformat())
    if query.until:
        tests.append("d.first_day <= ?")
        values.append(query.until.isoformat())
    sql = (
        f"SELECT head, text FROM document d WHERE {' AND '.join(tests)} ORDER BY coalesce(first_day, '{_LAST}'), doc_id"
    )
    return [document_of(head, text) for head, text in con.execute(sql, values)]


def document(con: sqlite3.Connection, doc_id: str) -> Document | None:
    """One document; None = not in the store."""
    row = con.execute("SELECT head, text FROM document WHERE doc_id = ?", (doc_id,)).fetchone()
    return document_of(*row) if row else None


def as_read(con: sqlite3.Connection, doc_id: str) -> Reading:
    """What the coder read in one document, whatever persons corrected since."""
    row = con.execute(
        "SELECT u.records FROM uncorrected u JOIN document d ON d.n = u.document WHERE d.doc_id = ?", (doc_id,)
    ).fetchone()
    now = reading(con, doc_id)
    return replace(now, records=tuple(record_from(r) for r in json.loads(row[0]))) if row else now


def reading(con: sqlite3.Connection, doc_id: str) -> Reading:
    """What one document says, with a person's corrections, before any merging."""
    rows = con.execute(
        "SELECT p.record FROM part p JOIN document d ON d.n = p.document WHERE d.doc_id = ? ORDER BY p.position",
        (doc_id,),
    )
    found = tuple(record_from(json.loads(r[0])) for r in rows)
    packed = con.execute("SELECT citations FROM document WHERE doc_id = ?", (doc_id,)).fetchone()
    return Reading(citations=tuple(_citation(c) for c in json.loads(packed[0])) if packed else (), records=found)


def _citation(told: dict[str, Any]) -> Citation:
    kept = {k: told[k] for k in ("id", "doc_id", "start", "end", "quote", "publication", "year_inferred", "kind")}
    return Citation(date=range_from(told["date"]), supports=tuple(told["supports"]), **kept)


def origins(con: sqlite3.Connection, scope: Scope) -> dict[str, str]:
    """The first document, by id, of each document's origin."""
    condition, values = scope.where()
    rows = con.execute(
        f"SELECT d.doc_id, d.words, t.origin FROM document d JOIN texts t ON t.n = d.words WHERE {condition} "
        "ORDER BY d.doc_id",
        values,
    ).fetchall()
    group = {words: origin for _, words, origin in rows}
    if values:  # copies that only a hidden document joins are not joined
        group = components(group, con.execute("SELECT low, high FROM copy").fetchall())
    first: dict[int, str] = {}
    return {doc_id: first.setdefault(group[words], doc_id) for doc_id, words, _ in rows}
