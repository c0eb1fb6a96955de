"""Keeping the forest of shapes: each hangs on the best of the fuller shapes that it matches.

A shape's place depends on the set of shapes alone, never on the order of arrival, and a newcomer touches only the
shapes that it matches. A vague telling has one parent, so it never joins two exact ones. See docs/decisions/0002.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marchland.store.match import Match, match
from marchland.store.shapes import LONG_DAYS, SHORT_DAYS, Shape, blocks, is_long, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The best match of a shape among fuller ones."""

    parent: int
    fullness: str  # of the parent
    match: Match

    @property
    def order(self) -> tuple[float, str]:
        """Sorts the better link first."""
        return -self.match.score, self.fullness


def add_shape(con: sqlite3.Connection, shape: Shape, signature: str) -> tuple[int, bool]:
    """The row of a shape, and whether it is new; a new one is not linked yet."""
    row = con.execute("SELECT n FROM shape WHERE signature = ?", (signature,)).fetchone()
    if row:
        return int(row[0]), False
    added = con.execute(
        "INSERT INTO shape (signature, fullness, features, tree) VALUES (?, ?, ?, 0)",
        (signature, shape.fullness(signature), shape.packed()),
    )
    n = added.lastrowid
    assert n is not None, "an insert gives a row id"
    con.execute("UPDATE shape SET tree = n WHERE n = ?", (n,))
    start, finish = shape.when or (0, 0)
    drawer = _drawer(shape)
    con.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", ((k + drawer, start, finish, n) for k in blocks(shape)))
    return n, True


def _drawer(shape: Shape) -> str:
    return "" if shape.kind == "tie" else "|long" if is_long(shape) else "|short"


def candidates(con: sqlite3.Connection, shape: Shape, n: int) -> Iterator[tuple[int, str, Match]]:
    """(row, fullness, match) of every other shape that this one matches."""
    seen = {n}
    for key in blocks(shape):
        for other, fullness, features in _near(con, shape, key):
            if other not in seen:
                seen.add(other)
                found = match(shape, unpacked(features))
                if found:
                    yield other, fullness, found


def _near(con: sqlite3.Connection, shape: Shape, key: str) -> Iterator[tuple[int, str, str]]:
    ask = "SELECT s.n, s.fullness, s.features FROM block b JOIN shape s ON s.n = b.shape WHERE b.key = ?"
    if shape.kind == "tie":
        yield from con.execute(ask, (key,)).fetchall()
        return
    assert shape.when is not None, "only dated events have blocks"
    start, finish = shape.when
    ask += " AND b.start BETWEEN ? AND ? AND b.finish >= ?"
    for drawer, longest in (("|short", SHORT_DAYS), ("|long", LONG_DAYS)):
        yield from con.execute(ask, (key + drawer, start - longest, finish, start)).fetchall()


def link_new(con: sqlite3.Connection, new: Iterable[int]) -> None:
    """Hang new shapes where they belong, and on them those that now belong there."""
    for n in new:
        shape, fullness = _load(con, n)
        best: Link | None = None
        for other, others_fullness, found in candidates(con, shape, n):
            if kept_apart(con, n, other):
                continue
            if others_fullness < fullness:
                link = Link(parent=other, fullness=others_fullness, match=found)
                best = link if best is None or link.order < best.order else best
            else:
                link = Link(parent=n, fullness=fullness, match=found)
                held = _held(con, other)
                if held is None or link.order < held:
                    hang(con, other, link)
        if best:
            held = _held(con, n)
            if held is None or best.order < held:
                hang(con, n, best)


def relink(con: sqlite3.Connection, shapes: Iterable[int]) -> None:
    """Choose the parents of these shapes anew."""
    for n in sorted(shapes):
        if con.execute("SELECT 1 FROM shape WHERE n = ?", (n,)).fetchone():
            hang(con, n, best_link(con, n))


def best_link(
    con: sqlite3.Connection,
    n: int,
    *,
    hidden: frozenset[int] = frozenset(),
    apart_ok: frozenset[tuple[int, int]] = frozenset(),
) -> Link | None:
    """The best fuller match; `hidden` shapes and pairs whose keeping apart is not known yet (`apart_ok`) aside."""
    shape, fullness = _load(con, n)
    best: Link | None = None
    for other, others_fullness, found in candidates(con, shape, n):
        if others_fullness >= fullness or other in hidden:
            continue
        if (min(n, other), max(n, other)) not in apart_ok and kept_apart(con, n, other):
            continue
        link = Link(parent=other, fullness=others_fullness, match=found)
        best = link if best is None or link.order < best.order else best
    return best


def kept_apart(con: sqlite3.Connection, a: int, b: int) -> bool:
    """Does one document tell both, as two?"""
    pair = (min(a, b), max(a, b))
    return con.execute("SELECT 1 FROM apart WHERE low = ? AND high = ? LIMIT 1", pair).fetchone() is not None


def note_apart(con: sqlite3.Connection, document: int, shapes: Iterable[int]) -> set[int]:
    """Remember which events a document keeps apart; gives the shapes that hung on one of those.

    A standing tie told twice in one document is one tie, so ties are never kept apart.
    """
    loaded = [(n, _load(con, n)[0]) for n in sorted(set(shapes))]
    events = [(n, s) for n, s in loaded if s.kind == "event"]
    touched = set()
    for i, (a, left) in enumerate(events):
        for b, right in events[i + 1 :]:
            if left.type == right.type and match(left, right):
                con.execute("INSERT OR IGNORE INTO apart VALUES (?, ?, ?)", (a, b, document))
                touched |= _hanging(con, a, b)
    return touched


def _hanging(con: sqlite3.Connection, a: int, b: int) -> set[int]:
    rows = con.execute("SELECT n FROM shape WHERE (n = ? AND parent = ?) OR (n = ? AND parent = ?)", (a, b, b, a))
    return {int(r[0]) for r in rows}


def drop_shapes(con: sqlite3.Connection, shapes: Iterable[int]) -> set[int]:
    """Forget shapes that no part has any more; gives those that hung on them."""
    orphans: set[int] = set()
    for n in sorted(set(shapes)):
        if con.execute("SELECT 1 FROM part WHERE shape = ? LIMIT 1", (n,)).fetchone():
            continue
        children = [int(r[0]) for r in con.execute("SELECT n FROM shape WHERE parent = ?", (n,))]
        for child in children:
            hang(con, child, None)
        orphans.update(children)
        con.execute("DELETE FROM shape WHERE n = ?", (n,))
        con.execute("DELETE FROM block WHERE shape = ?", (n,))
        con.execute("DELETE FROM apart WHERE low = ? OR high = ?", (n, n))
        orphans.discard(n)
    return orphans


def drop_apart(con: sqlite3.Connection, document: int) -> set[int]:
    """Forget what a document kept apart; gives the shapes that may now hang on one another."""
    rows = con.execute("SELECT low, high FROM apart WHERE document = ?", (document,)).fetchall()
    con.execute("DELETE FROM apart WHERE document = ?", (document,))
    return {int(n) for row in rows for n in row}


def hang(con: sqlite3.Connection, n: int, link: Link | None) -> None:
    """Hang a shape, with all that hangs on it, on its parent; None makes it a root."""
    parent = link.parent if link else None
    score = link.match.score if link else None
    reasons = json.dumps(link.match.reasons, ensure_ascii=False) if link else None
    con.execute("UPDATE shape SET parent = ?, score = ?, reasons = ? WHERE n = ?", (parent, score, reasons, n))
    old = con.execute("SELECT tree FROM shape WHERE n = ?", (n,)).fetchone()[0]
    tree = n if parent is None else con.execute("SELECT tree FROM shape WHERE n = ?", (parent,)).fetchone()[0]
    if tree != old:
        con.execute(
            "WITH RECURSIVE below (n) AS (VALUES (?) UNION ALL SELECT s.n FROM shape s JOIN below b ON s.parent = b.n) "
            "UPDATE shape SET tree = ? WHERE n IN (SELECT n FROM below)",
            (n, tree),
        )


def _held(con: sqlite3.Connection, n: int) -> tuple[float, str] | None:
    row = con.execute(
        "SELECT s.score, p.fullness FROM shape s JOIN shape p ON p.n = s.parent WHERE s.n = ?", (n,)
    ).fetchone()
    return (-row[0], row[1]) if row else None


def _load(con: sqlite3.Connection, n: int) -> tuple[Shape, str]:
    features, fullness = con.execute("SELECT features, fullness FROM shape WHERE n = ?", (n,)).fetchone()
    return unpacked(features), fullness
