"""The log of corrections: what persons said about records, in order, never changed and never shortened."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from marchland.errors import CorrectionError
from marchland.model.document import content_id
from marchland.model.wire import record_from

Json = dict[str, Any]


class Action(StrEnum):
    """What a person may do with records."""

    ACCEPT = "accept"  # it is read rightly
    REJECT = "reject"  # it is no record; it counts no longer
    EDIT = "edit"  # these fields are otherwise
    MERGE = "merge"  # two records are one
    SPLIT = "split"  # two tellings are two records
    ADD = "add"  # the text says this too
    UNDO = "undo"  # an earlier entry is taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One telling that an entry speaks of. Records are in the contract's JSON shape."""

    doc_id: str
    sha256: str  # of the document's text
    anchor: str
    twin: str = ""  # which of several tellings with one anchor; empty = it was alone
    read: Json | None = None  # as the coder read it then; None = a person added it
    before: Json | None = None  # as it stood; None = there was none
    after: Json | None = None  # as it stands by this entry; None = it counts no longer
    changes: Json | None = None  # the fields that the person vouches for; None = the entry is not about fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry of the log."""

    n: int  # its place in this store's log
    id: str  # from its content: the same in every store
    action: Action
    who: str
    at: str | None  # ISO time in UTC; None = not told
    note: str
    takes_back: str | None  # of an undo: the id of the entry that it takes back
    subjects: tuple[Subject, ...]
    standing: bool = True  # False: a standing entry takes it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Who says something, when and why."""

    who: str
    at: str | None = None
    note: str = ""


_SUBJECT: Final = ("read", "before", "after", "changes")
_LONGEST: Final = 2000  # characters of a note; a name has a tenth of it


def word(who: str, at: str | None, note: str) -> Word:
    """A person's name and note, checked.

    Raises:
        CorrectionError: the name is empty, or one of them is too long.
    """
    who, note = " ".join(who.split()), note.strip()
    if not who or len(who) > _LONGEST // 10 or not who.isprintable():
        raise CorrectionError(
            f'name "{who[:40]}": a correction needs the name of a person, up to {_LONGEST // 10} letters'
        )
    if len(note) > _LONGEST or not _is_text(note):
        raise CorrectionError(f"note of {len(note)} characters: it is text, and {_LONGEST} are the most; shorten it")
    return Word(who=who, at=at, note=note)


def _is_text(told: str) -> bool:
    """Could it be written to a file? Half a surrogate pair could not."""
    try:
        told.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in told


# ---- reading the log ----


def entries(con: sqlite3.Connection, *, doc_id: str | None = None) -> list[Correction]:
    """The whole log, or what speaks of one document; first entry first, each with whether it stands."""
    where = "" if doc_id is None else "WHERE n IN (SELECT correction FROM corrected WHERE doc_id = ?)"
    values = () if doc_id is None else (doc_id,)
    rows = con.execute(
        f"SELECT n, id, action, who, at, note, takes_back FROM correction {where} ORDER BY n", values
    ).fetchall()
    fallen = _fallen(con)
    subjects = _subjects(con, where, values)
    return [
        Correction(
            n=n, id=i, action=Action(action), who=who, at=at, note=note, takes_back=back,
            subjects=tuple(subjects.get(n, ())), standing=i not in fallen,
        )
        for n, i, action, who, at, note, back in rows
    ]  # fmt: skip


def _subjects(con: sqlite3.Connection, where: str, values: Sequence[str]) -> dict[int, list[Subject]]:
    where = where.replace("WHERE n IN", "WHERE correction IN")
    out: dict[int, list[Subject]] = {}
    rows = con.execute(
        f"SELECT correction, doc_id, sha256, anchor, twin, read, before, after, changes FROM corrected {where} "
        "ORDER BY correction, position",
        values,
    )
    for n, doc_id, sha256, anchor, twin, *told in rows:
        parts = {k: json.loads(v) if v else None for k, v in zip(_SUBJECT, told, strict=True)}
        out.setdefault(n, []).append(Subject(doc_id=doc_id, sha256=sha256, anchor=anchor, twin=twin, **parts))
    return out


def _fallen(con: sqlite3.Connection) -> frozenset[str]:
    """Ids of the entries that do not stand: the last word on each counts, and an undo can be taken back too."""
    rows = con.execute("SELECT id, takes_back FROM correction WHERE takes_back IS NOT NULL ORDER BY n DESC")
    fallen: set[str] = set()
    for i, back in rows:
        if i not in fallen:
            fallen.add(back)
    return frozenset(fallen)


def entry(con: sqlite3.Connection, name: str) -> Correction:
    """One entry by its number or id.

    Raises:
        CorrectionError: there is none.
    """
    column = "n" if name.isascii() and name.isdigit() and len(name) < 10 else "id"
    row = con.execute(f"SELECT n FROM correction WHERE {column} = ?", (name,)).fetchone()
    if row is None:
        raise CorrectionError(f"correction {name[:40]}: the log has no such entry. List them: marchland review --log")
    return next(c for c in entries(con) if c.n == row[0])


# ---- adding to it ----


def append(
    con: sqlite3.Connection,
    action: Action,
    said: Word,
    subjects: Sequence[Subject],
    *,
    takes_back: str | None = None,
    identity: str | None = None,
) -> Correction:
    """Add one entry; the caller makes it count.

    Args:
        identity: The id it has in the log it comes from; None = a new entry.
    """
    packed = [_packed_subject(s) for s in subjects]
    if identity is None:
        same = con.execute("SELECT count(*) FROM correction").fetchone()[0]
        identity = content_id(
            action, said.who, said.at, said.note, takes_back, str(same), *(p for s in packed for p in s if p)
        )
    n = con.execute(
        "INSERT INTO correction (id, action, who, at, note, takes_back) VALUES (?, ?, ?, ?, ?, ?)",
        (identity, action, said.who, said.at, said.note, takes_back),
    ).lastrowid
    assert n is not None, "an insert gives a row id"
    con.executemany(
        "INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ((n, i, *s) for i, s in enumerate(packed))
    )
    return Correction(
        n=n, id=identity, action=action, who=said.who, at=said.at, note=said.note, takes_back=takes_back,
        subjects=tuple(subjects),
    )  # fmt: skip


def _packed_subject(s: Subject) -> tuple[str | None, ...]:
    told = [
        None if v is None else json.dumps(v, ensure_ascii=False, sort_keys=True)
        for v in map(s.__getattribute__, _SUBJECT)
    ]
    return (s.doc_id, s.sha256, s.anchor, s.twin, *told)


# ---- as JSON lines ----


def correction_json(value: Correction) -> Json:
    """One entry as one JSON object; a list of these rebuilds the corrected state."""
    return {
        "record": "correction",
        "n": value.n,
        "id": value.id,
        "action": value.action.value,
        "who": value.who,
        "at": value.at,
        "note": value.note,
        "takes_back": value.takes_back,
        "standing": value.standing,
        "subjects": [
            {k: getattr(s, k) for k in ("doc_id", "sha256", "anchor", "twin", *_SUBJECT)} for s in value.subjects
        ],
    }


def correction_from(told: Json, where: str) -> Correction:
    """Undo `correction_json`.

    Raises:
        CorrectionError: it is not in that shape.
    """
    try:
        texts = [told["id"], told["who"], told["note"], *(told[k] for k in ("at", "takes_back") if told[k] is not None)]
        subjects = tuple(_subject_from(s) for s in told["subjects"])
        action = Action(told["action"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(where, str(error)) from error
    if not all(isinstance(t, str) for t in texts) or (action is Action.UNDO) != isinstance(told["takes_back"], str):
        raise _unreadable(where, "a value is of the wrong kind")
    return Correction(
        n=0, id=told["id"], action=action, who=told["who"], at=told["at"], note=told["note"],
        takes_back=told["takes_back"], subjects=subjects,
    )  # fmt: skip


def _subject_from(told: Json) -> Subject:
    kept = {k: told[k] for k in ("doc_id", "sha256", "anchor", "twin", *_SUBJECT)}
    if not all(isinstance(kept[k], str) for k in ("doc_id", "sha256", "anchor", "twin")):
        raise ValueError("a subject is named by text")
    for k in ("read", "before", "after"):
        if kept[k] is not None:
            record_from(kept[k])
    return Subject(**kept)


def _unreadable(where: str, said: str) -> CorrectionError:
    return CorrectionError(
        f"{where}: no entry of a log of corrections ({said[:80]}); the log is what `marchland review --log --json` prints. "
        "Give that file unchanged"
    )


def known(con: sqlite3.Connection, identity: str) -> bool:
    """Is an entry of this id in the log?"""
    return con.execute("SELECT 1 FROM correction WHERE id = ?", (identity,)).fetchone() is not None


def spoken_of(con: sqlite3.Connection, doc_id: str) -> list[tuple[Correction, Subject]]:
    """What standing entries say of one document's tellings, in the order of the log; almost always nothing, and quickly."""
    if con.execute("SELECT 1 FROM corrected WHERE doc_id = ? LIMIT 1", (doc_id,)).fetchone() is None:
        return []
    found = entries(con, doc_id=doc_id)
    return [(c, s) for c in found if c.standing for s in c.subjects if s.doc_id == doc_id]


def pairs(con: sqlite3.Connection) -> tuple[set[tuple[str, str]], dict[tuple[str, str], str]]:
    """The pairs of anchors that persons took apart, and those that they joined with the name of who did; the last word counts."""
    fallen = _fallen(con)
    rows = con.execute(
        "SELECT c.id, c.action, c.who, min(s.anchor), max(s.anchor) FROM correction c JOIN corrected s ON s.correction = c.n "
        "WHERE c.action IN ('merge', 'split') GROUP BY c.n ORDER BY c.n"
    )
    apart: set[tuple[str, str]] = set()
    joined: dict[tuple[str, str], str] = {}
    for i, action, who, low, high in rows:
        if i in fallen:
            continue
        apart.discard((low, high))
        joined.pop((low, high), None)
        if action == Action.SPLIT:
            apart.add((low, high))
        else:
            joined[low, high] = who
    return apart, joined
