"""What a person may say about records, and how it comes to count: an entry in the log, then the records anew, in one transaction.

A record is corrected as a whole, in each telling it is made of; `whole=False` speaks of the one telling with that id.
"""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from marchland.errors import CorrectionError
from marchland.model.document import Document
from marchland.model.records import AnyRecord, Reading
from marchland.model.wire import record_from, record_json
from marchland.store import corrections as log
from marchland.store import views, write
from marchland.store.anchors import NOT_VOUCHED, Finder, Json, anchor_of
from marchland.store.by_hand import new_record
from marchland.store.clusters import Clusters, Scope
from marchland.store.corrected import Conflict, Key, apply, conflicts
from marchland.store.corrections import Action, Correction, Subject, Word
from marchland.store.fields import checked, made, overridden
from marchland.store.stirred import stirred, watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A telling that counts no longer, and by whose word."""

    record: AnyRecord
    correction: Correction


class Reviewing(ABC):
    """The part of a store that persons write; the store itself gives the connection."""

    _name: str

    @abstractmethod
    def _writing(self) -> AbstractContextManager[sqlite3.Connection]: ...

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sqlite3.Connection]: ...

    @abstractmethod
    def _clusters(self, scope: Scope) -> Clusters: ...

    # ---- one record ----

    def accept(
        self, record_id: str, *, by: str, note: str = "", at: datetime | None = None, whole: bool = True
    ) -> Correction:
        """It is read rightly: what it says now holds against any new reading.

        Args:
            by: The person's name.
            at: When; None = not kept.
            whole: Each telling of the record; False = only the telling with this id.

        Raises:
            CorrectionError: the store has no such record.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            subjects = [
                _vouched(s, _own_fields(s.before or {}), said) for s in self._subjects(con, record_id, whole=whole)
            ]
            return self._said(con, Action.ACCEPT, said, subjects)

    def reject(
        self, record_id: str, *, by: str, note: str = "", at: datetime | None = None, whole: bool = True
    ) -> Correction:
        """It is no record: it counts no longer, also where it is read again. Arguments as for `accept`."""
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            return self._said(con, Action.REJECT, said, self._subjects(con, record_id, whole=whole))

    def edit(
        self, record_id: str, changes: Mapping[str, Any], *, by: str, note: str = "", at: datetime | None = None,
        whole: bool = True,
    ) -> Correction:  # fmt: skip
        """These fields are otherwise; the others stay as they are read. Arguments as for `accept`.

        Args:
            changes: Field to value, in the contract's shape or shorter: `{"status": "denied", "actors": "CHN,TJK"}`.

        Raises:
            CodingError: a value is none of its field's.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            subjects = self._subjects(con, record_id, whole=whole)
            fields = checked((subjects[0].before or {})["record"], changes)
            return self._said(con, Action.EDIT, said, [_vouched(s, fields, said) for s in subjects])

    def add_record(self, told: Mapping[str, Any], *, by: str, note: str = "", at: datetime | None = None) -> Correction:
        """The text says this too. The new record's id is that of the entry's one subject's `after`.

        Args:
            told: `record` (its kind), `doc_id`, `start` and `end` of the sentence in the document's text, `trigger` (default: the
                whole sentence), and the fields of the record, as for `edit`.

        Raises:
            CodingError: a field is missing or has no such value, or the span lies outside the text.
            CorrectionError: the document is not in the store, or the coder has read the same already.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            document = views.document(con, str(told.get("doc_id")))
            if document is None:
                raise CorrectionError(
                    f"store {self._name}: it holds no document {str(told.get('doc_id'))[:40]}; add it first"
                )
            record = made(new_record(document, told, said.who))
            now = views.reading(con, document.doc_id)
            own = Finder(document, now.records)
            if (held := own.same(record_json(record))) is not None:
                raise CorrectionError(
                    f"document {document.doc_id}, {now.records[held].id}: it is told there already, of the same type and parties; "
                    "edit or accept that record"
                )
            subject = Subject(
                doc_id=document.doc_id, sha256=document.sha256, anchor=anchor_of(record, document), twin=f"+{record.id}",
                after=record_json(record), changes=_own_fields(record_json(record)),
            )  # fmt: skip
            return self._said(con, Action.ADD, said, [subject])

    # ---- two records ----

    def merge(self, left: str, right: str, *, by: str, note: str = "", at: datetime | None = None) -> Correction:
        """Two records are one, whatever the matcher says. Arguments as for `accept`.

        Raises:
            CorrectionError: they are one already, of different kinds, or a person took them apart.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            subjects = self._pair(con, left, right)
            kinds = [tuple((s.before or {}).get(k) for k in ("record", "kind")) for s in subjects]
            if kinds[0] != kinds[1]:
                names = [" ".join(k for k in kind if k) for kind in kinds]
                raise CorrectionError(
                    f"{left} and {right}: a {names[0]} and a {names[1]}; only records of one kind can be one. Edit one of them first"
                )
            if self._together(con, left, right):
                raise CorrectionError(f"{left} and {right}: they are one record already")
            done = self._said(con, Action.MERGE, said, subjects)
            if not self._together(con, left, right):
                raise CorrectionError(
                    f"{left} and {right}: a person took tellings of them apart. Take that back first: marchland review --log"
                )
            return done

    def split(
        self, left: str, right: str, *, by: str = "unknown", note: str = "", at: datetime | None = None
    ) -> Correction:
        """Never again let these two tellings be one record; their ids are those of `tellings`.

        Raises:
            CorrectionError: the store has no such telling, or both are the same.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            return self._said(con, Action.SPLIT, said, self._pair(con, left, right))

    def unsplit(self, left: str, right: str, *, by: str = "unknown", at: datetime | None = None) -> None:
        """Take `split` back."""
        with self._writing() as con:
            said = log.word(by, write.utc(at), "")
            pair = sorted(s.anchor for s in self._pair(con, left, right))
            for c in reversed(log.entries(con)):
                if c.standing and c.action is Action.SPLIT and sorted(s.anchor for s in c.subjects) == pair:
                    self._said(con, Action.UNDO, said, (), back=c)

    # ---- what it changed ----

    def watch(self) -> None:
        """Note from now on what changes by this store's own writing."""
        with self._reading() as con:
            watch(con)

    def stirred(self) -> frozenset[str]:
        """Ids of the tellings of all records that changed since `watch`, of those that are gone too."""
        with self._reading() as con:
            return stirred(con, self._clusters(Scope()))

    # ---- the log ----

    def undo(self, name: str | int, *, by: str, note: str = "", at: datetime | None = None) -> Correction:
        """Take an entry of the log back, by its number or id; an undo can be taken back too.

        Raises:
            CorrectionError: there is no such entry, or it is taken back already.
        """
        with self._writing() as con:
            said = log.word(by, write.utc(at), note)
            back = log.entry(con, str(name))
            if not back.standing:
                raise CorrectionError(
                    f"correction {back.n}: it is taken back already. Take back the entry that did so to restore it"
                )
            return self._said(con, Action.UNDO, said, (), back=back)

    def corrections(self) -> tuple[Correction, ...]:
        """The whole log, first entry first, each with whether it still stands."""
        with self._reading() as con:
            return tuple(log.entries(con))

    def replay(self, entries: Iterable[Correction]) -> int:
        """Take over a log; entries that are here already are passed over. Gives how many were new.

        Documents may be added before or after. All of it counts or nothing.

        Raises:
            CorrectionError: an entry takes back one that is missing.
            CodingError: an entry says what no record can hold.
        """
        with self._writing() as con:
            taken: list[Subject] = []
            count = 0
            for c in entries:
                if log.known(con, c.id):
                    continue
                _check(c)
                if c.takes_back is not None and not log.known(con, c.takes_back):
                    raise CorrectionError(
                        f"correction {c.id}: it takes back {c.takes_back}, which is missing; replay the whole log"
                    )
                said = log.word(c.who, c.at, c.note)
                log.append(con, c.action, said, c.subjects, takes_back=c.takes_back, identity=c.id)
                taken += c.subjects if c.takes_back is None else _base(con, c.takes_back).subjects
                count += 1
            self._renew(con, taken)
            return count

    def as_read(self, doc_id: str) -> Reading:
        """What the coder read in one document, whatever persons corrected since; empty where it is not in the store."""
        with self._reading() as con:
            return views.as_read(con, doc_id)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Where standing corrections do not fit the present readings, by document."""
        with self._reading() as con:
            found: list[Conflict] = []
            spoken = con.execute("SELECT DISTINCT doc_id FROM corrected ORDER BY doc_id").fetchall()
            for (doc_id,) in spoken:
                said = log.spoken_of(con, doc_id)
                document = views.document(con, doc_id)
                if document is None:
                    found += [Conflict(correction=c, subject=s, kind="no document") for c, s in said]
                else:
                    found += conflicts(document, views.as_read(con, doc_id), said)
            return tuple(found)

    def rejected(self) -> tuple[Rejected, ...]:
        """The tellings that count no longer because a person rejected them, by document."""
        with self._reading() as con:
            rows = con.execute(
                "SELECT d.doc_id, u.rejected FROM uncorrected u JOIN document d ON d.n = u.document WHERE u.rejected != '[]' "
                "ORDER BY d.doc_id"
            ).fetchall()
            out: list[Rejected] = []
            for doc_id, packed in rows:
                said = [(c, s) for c, s in log.spoken_of(con, doc_id) if c.action is Action.REJECT]
                for told in json.loads(packed):
                    by = [
                        c
                        for c, s in said
                        if s.before and s.before["mentions"][0]["trigger"] == told["mentions"][0]["trigger"]
                    ]
                    out.append(Rejected(record=record_from(told), correction=(by or [c for c, _ in said])[-1]))
            return tuple(out)

    def history(self, record_id: str) -> tuple[Correction, ...]:
        """The entries that speak of a record or of one of its tellings, rejected ones included; first entry first."""
        with self._reading() as con:
            anchors = {
                str(r[0])
                for t in views.tellings(con, record_id, Scope(), self._clusters(Scope()))
                for r in con.execute("SELECT anchor FROM part WHERE id = ?", (t.id,))
            }
            found = log.entries(con)
        own = {
            c.id for c in found for s in c.subjects
            if s.anchor in anchors or record_id in [(t or {}).get("id") for t in (s.read, s.before, s.after)]
        }  # fmt: skip
        return tuple(c for c in found if c.id in own or c.takes_back in own)

    # ---- inside ----

    def _said(
        self,
        con: sqlite3.Connection,
        action: Action,
        said: Word,
        subjects: Sequence[Subject],
        *,
        back: Correction | None = None,
    ) -> Correction:
        """Log an entry and let it count."""
        done = log.append(con, action, said, subjects, takes_back=back.id if back else None)
        self._renew(con, _base(con, back.id).subjects if back else subjects)
        return done

    def _renew(self, con: sqlite3.Connection, subjects: Iterable[Subject]) -> None:
        """Place the documents of these tellings anew, and those of pairs that are joined or apart no longer."""
        documents = {s.doc_id for s in subjects}
        apart, joined = log.pairs(con)
        before = set(con.execute("SELECT low, high FROM never").fetchall())
        con.executemany("INSERT INTO never VALUES (?, ?)", sorted(apart - before))
        con.executemany("DELETE FROM never WHERE low = ? AND high = ?", sorted(before - apart))
        con.execute("DELETE FROM always")
        con.executemany("INSERT INTO always VALUES (?, ?, ?)", ((*pair, who) for pair, who in sorted(joined.items())))
        for doc_id in sorted(documents):
            document, reading = views.document(con, doc_id), views.as_read(con, doc_id)
            if document is not None:
                n = int(con.execute("SELECT n FROM document WHERE doc_id = ?", (doc_id,)).fetchone()[0])
                write.displace(con, n)
                write.place(con, n, document, reading)

    def _subjects(self, con: sqlite3.Connection, record_id: str, *, whole: bool) -> list[Subject]:
        """A record's tellings as they stand, ready to be spoken of."""
        if whole:
            ids = [t.id for t in views.tellings(con, record_id, Scope(), self._clusters(Scope()))]
        else:
            ids = [record_id] if con.execute("SELECT 1 FROM part WHERE id = ?", (record_id,)).fetchone() else []
        if not ids:
            raise self._missing(con, record_id)
        return [_subject(con, i) for i in ids]

    def _pair(self, con: sqlite3.Connection, left: str, right: str) -> list[Subject]:
        subjects = [self._subjects(con, i, whole=False)[0] for i in (left, right)]
        if subjects[0].anchor == subjects[1].anchor:
            raise CorrectionError(f"store {self._name}: {left} and {right} are one telling; give two different ones")
        return subjects

    def _together(self, con: sqlite3.Connection, left: str, right: str) -> bool:
        return right in [t.id for t in views.tellings(con, left, Scope(), self._clusters(Scope()))]

    def _missing(self, con: sqlite3.Connection, record_id: str) -> CorrectionError:
        """Why is there no such record?"""
        from marchland.lexicon.registry import registry

        rejected = con.execute(
            "SELECT 1 FROM uncorrected WHERE instr(rejected, ?)", (f'"id":"{record_id}"',)
        ).fetchone()
        if rejected:
            return CorrectionError(
                f"record {record_id[:40]}: a person rejected it. Take that back first: marchland review --log, then review undo N"
            )
        if any(t.id == record_id for t in registry().ties):
            return CorrectionError(
                f"record {record_id[:40]}: a row of the shipped registry of ties, which is data of the lexicon and not of this "
                "store; leave the registry out with --no-registry"
            )
        return CorrectionError(
            f"store {self._name}: it holds no record {record_id[:40]}; only tellings that it holds can be corrected, joined or split. "
            "List them: marchland review, or tellings(record)"
        )


def _base(con: sqlite3.Connection, name: str) -> Correction:
    """The entry that an undo, or an undo of an undo, is in the end about."""
    found = log.entry(con, name)
    while found.takes_back is not None:
        found = log.entry(con, found.takes_back)
    return found


def _subject(con: sqlite3.Connection, record_id: str) -> Subject:
    """One telling as it stands, and as the coder read it."""
    row = con.execute(
        "SELECT d.doc_id, p.record FROM part p JOIN document d ON d.n = p.document WHERE p.id = ?", (record_id,)
    ).fetchone()
    doc_id, told = str(row[0]), json.loads(row[1])
    document = views.document(con, doc_id)
    assert document is not None, "its part was just read"
    key = _key(document, views.as_read(con, doc_id), log.spoken_of(con, doc_id), record_id)
    return Subject(
        doc_id=doc_id, sha256=document.sha256, anchor=key.anchor, twin=key.twin, read=key.read, before=told
    )  # fmt: skip


def _key(document: Document, reading: Reading, spoken: Sequence[tuple[Correction, Subject]], record_id: str) -> Key:
    applied = apply(document, reading, spoken)
    return next(k for r, k in zip(applied.records, applied.keys, strict=True) if r.id == record_id)


def _vouched(subject: Subject, fields: Json, said: Word) -> Subject:
    """The same telling with these fields in a person's word."""
    assert subject.before is not None, "it stands"
    after = record_json(overridden(record_from(subject.before), fields, said.who))
    return replace(subject, after=after, changes=fields)


def _own_fields(told: Json) -> Json:
    """All that a record says, which an acceptance vouches for."""
    out = {k: v for k, v in told.items() if k not in NOT_VOUCHED}
    if "about" in told:
        out["parties"] = [a for a in told["about"] if not isinstance(a, str)]
    return out


def _check(entry: Correction) -> None:
    """Can what an entry of another log says be laid over a record?"""
    for s in entry.subjects:
        told = s.before or s.after or s.read
        if s.changes is not None and told is not None:
            overridden(record_from(told), s.changes, entry.who)
