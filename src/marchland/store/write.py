"""Putting what one document says into the store, in one transaction: all of it or nothing."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from marchland.errors import CodingError, StoreError
from marchland.model.dates import DateRange
from marchland.model.document import Document, content_id
from marchland.model.records import AnyRecord, Event, Link, Participant, Reading, Silence, Statement, Tie
from marchland.model.wire import citation_json, document_json, range_json, record_json
from marchland.store import merge
from marchland.store.anchors import anchor_of
from marchland.store.copies import add_text, drop_text
from marchland.store.corrected import apply
from marchland.store.corrections import spoken_of
from marchland.store.shapes import shape_of, signature_of

_PAIRED: Final = (
    60  # parties of one record that are indexed as pairs; no gathering of states names more in one sentence
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of documents that were added."""

    new: int = 0
    unchanged: int = 0  # the same document, read the same
    replaced: int = 0  # the same document, read anew: its old records are gone

    def __add__(self, other: "Added") -> "Added":
        return Added(
            new=self.new + other.new,
            unchanged=self.unchanged + other.unchanged,
            replaced=self.replaced + other.replaced,
        )


def packed(value: object) -> str:
    """JSON text that equal values share."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def add(con: sqlite3.Connection, document: Document, reading: Reading, now: datetime | None) -> Added:
    """Store one document with its reading. The caller holds the transaction."""
    _check(document, reading)
    head = packed(_head(document))
    records = [packed(record_json(r)) for r in reading.records]
    citations = packed([citation_json(c) for c in reading.citations])
    digest = content_id(head, document.text, citations, *records)
    old = con.execute("SELECT n, digest, ingested FROM document WHERE doc_id = ?", (document.doc_id,)).fetchone()
    if old and old[1] == digest:
        return Added(unchanged=1)
    ingested = old[2] if old and old[2] else utc(now)
    if old:
        remove(con, int(old[0]))
    published = document.published
    row: dict[str, Any] = {
        "doc_id": document.doc_id,
        "title": document.title,
        "text": document.text,
        "head": head,
        "citations": citations,
        "digest": digest,
        "first_day": _iso(published.range.start) if published else None,
        "last_day": _iso(published.range.end) if published else None,
        "ingested": ingested,
        "out_by": (_iso(published.best or published.range.end) if published else None) or (ingested or "")[:10] or None,
        "words": add_text(con, document),
    }
    n = con.execute(
        f"INSERT INTO document ({', '.join(row)}) VALUES ({', '.join(':' + k for k in row)})", row
    ).lastrowid
    assert n is not None, "an insert gives a row id"
    place(con, n, document, reading)
    return Added(replaced=1) if old else Added(new=1)


def remove(con: sqlite3.Connection, document: int) -> None:
    """Take a document and all that rests on it alone out of the store."""
    displace(con, document)
    text = con.execute("SELECT words FROM document WHERE n = ?", (document,)).fetchone()[0]
    con.execute("DELETE FROM document WHERE n = ?", (document,))
    drop_text(con, int(text))


def place(con: sqlite3.Connection, n: int, document: Document, reading: Reading) -> None:
    """Put what a document says where questions find it: as read, or as persons corrected it."""
    spoken = spoken_of(con, document.doc_id)
    if not spoken:
        _add_parts(con, n, document, reading.records, [anchor_of(r, document) for r in reading.records])
        return
    applied = apply(document, reading, spoken)
    told, rejected = ([record_json(r) for r in rs] for rs in (reading.records, applied.rejected))
    con.execute("INSERT INTO uncorrected VALUES (?, ?, ?)", (n, packed(told), packed(rejected)))
    _add_parts(con, n, document, applied.records, [k.anchor for k in applied.keys])


def displace(con: sqlite3.Connection, document: int) -> None:
    """Take what a document says away from where questions find it."""
    parts = con.execute("SELECT n, shape FROM part WHERE document = ?", (document,)).fetchall()
    for n, _ in parts:
        con.execute("DELETE FROM party WHERE part = ?", (n,))
        con.execute("DELETE FROM dyad WHERE part = ?", (n,))
    con.execute("DELETE FROM part WHERE document = ?", (document,))
    con.execute("DELETE FROM uncorrected WHERE document = ?", (document,))
    freed = merge.drop_apart(con, document)
    freed |= merge.drop_shapes(con, (int(s) for _, s in parts))
    merge.relink(con, freed)


def _add_parts(
    con: sqlite3.Connection, n: int, document: Document, records: Sequence[AnyRecord], anchors: Sequence[str]
) -> None:
    by_id = {r.id: r for r in records}
    counts: dict[str, int] = {}
    shapes, new = [], []
    for position, (record, anchor) in enumerate(zip(records, anchors, strict=True)):
        told = packed(record_json(record))
        shape, fresh = _place(con, record, document, anchor, counts)
        shapes.append(shape)
        if fresh:
            new.append(shape)
        start, finish = days_of(record, document)
        value = (
            record.id,
            n,
            position,
            kind_of(told),
            type_of(record),
            record.status,
            start,
            finish,
            anchor,
            shape,
            told,
        )
        try:
            part = con.execute(
                "INSERT INTO part (id, document, position, kind, type, status, start, finish, anchor, shape, record) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                value,
            ).lastrowid
        except sqlite3.IntegrityError as error:
            raise StoreError(
                f"document {document.doc_id}, record {record.id}: the id is in the store already, from another "
                "document; ids are hashes of content with the doc_id. Give the documents different ids"
            ) from error
        _add_parties(con, int(part or 0), record, by_id)
    touched = merge.note_apart(con, n, shapes)
    merge.link_new(con, new)
    merge.relink(con, touched)


def _place(
    con: sqlite3.Connection, record: AnyRecord, document: Document, anchor: str, counts: dict[str, int]
) -> tuple[int, bool]:
    """The row of a record's shape, and whether it is new; what a person took apart gets a shape of its own."""
    shape = shape_of(record, document)
    signature = signature_of(record, shape, document)
    ordinal = counts[signature] = counts.get(signature, -1) + 1
    if ordinal and not isinstance(record, Tie):  # one document tells it twice: two acts, but one standing tie
        signature = content_id(signature, str(ordinal))
    if con.execute("SELECT 1 FROM never WHERE low = ? OR high = ? LIMIT 1", (anchor, anchor)).fetchone():
        signature = content_id(signature, anchor)
    return merge.add_shape(con, shape, signature)


# ---- columns ----


def kind_of(told: str) -> str:
    """The kind that a packed record is of."""
    kind: str = json.loads(told)["record"]
    return kind


def type_of(record: AnyRecord) -> str | None:
    """What `--type` asks for."""
    if isinstance(record, Event):
        return record.event_type
    if isinstance(record, Tie):
        return record.kind
    return record.relation if isinstance(record, Link) else None


def days_of(record: AnyRecord, document: Document) -> tuple[str | None, str | None]:
    """The interval that `--since` and `--until` compare with: told days, else the publication's."""
    if isinstance(record, Tie):
        return _iso(record.since.start if record.since else None), _iso(record.until.end if record.until else None)
    told: DateRange | None = None
    if isinstance(record, Event):
        told = record.when
    elif isinstance(record, Silence):
        told = record.window
    told = told or (document.published.range if document.published else None)
    return (_iso(told.start), _iso(told.end)) if told else (None, None)


def _add_parties(con: sqlite3.Connection, part: int, record: AnyRecord, by_id: dict[str, AnyRecord]) -> None:
    powers: set[str] = set()
    others: set[str] = set()
    for party, power in parties_of(record, by_id):
        (powers if power else others).update(k for k in (party.country, party.org) if k)
    everyone = powers | others
    con.executemany("INSERT INTO party VALUES (?, ?, ?)", ((k, part, int(k in powers)) for k in sorted(everyone)))
    pairs = [(p, h, part) for p in sorted(powers)[:_PAIRED] for h in sorted(everyone)[:_PAIRED] if p != h]
    con.executemany("INSERT INTO dyad VALUES (?, ?, ?)", pairs)


def parties_of(record: AnyRecord, by_id: dict[str, AnyRecord]) -> Iterator[tuple[Participant, bool]]:
    """Every party, and whether it may be asked for as a power; a link has the parties of the records it joins."""
    if isinstance(record, Event):
        yield from ((p, True) for p in record.parties)
        return
    if isinstance(record, Tie):
        yield from ((p, True) for p in (record.power, *record.members) if p)
        if record.host:
            yield record.host, False
        return
    ids: tuple[str, ...] = ()
    if isinstance(record, Statement):
        yield from ((p, True) for p in record.parties)
        ids = record.about
    elif isinstance(record, Silence):
        yield record.party, True
        ids = (record.stimulus,) if isinstance(record.stimulus, str) else ()
    elif isinstance(record, Link):
        ids = (record.source, record.target)
    for other in (by_id.get(i) for i in ids):
        if isinstance(other, Event | Tie):
            yield from parties_of(other, by_id)


# ---- the edge ----


def _check(document: Document, reading: Reading) -> None:
    seen = set()
    for record in reading.records:
        if record.id in seen:
            raise CodingError(
                f"document {document.doc_id}: two records have the id {record.id}; each record has its own"
            )
        seen.add(record.id)
        for m in record.mentions:
            if m.doc_id != document.doc_id or document.text[m.start : m.end] != m.quote:
                raise CodingError(
                    f"document {document.doc_id}, record {record.id}: mention {m.start}..{m.end} of {m.doc_id} is "
                    "not in its text; a mention quotes its own document. Add it with the document that it quotes"
                )


def _head(document: Document) -> dict[str, Any]:
    head = document_json(document, with_text=False)
    head["blocks"] = [[b.span.start, b.span.end, b.kind.value] for b in document.blocks]
    head["extracted"] = document.extracted
    head["range"] = range_json(document.published.range) if document.published else None
    return head


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def utc(now: datetime | None) -> str | None:
    """A time as ISO text in UTC; one without a zone is taken for UTC."""
    if now is None:
        return None
    aware = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
    return aware.strftime("%Y-%m-%dT%H:%M:%SZ")
