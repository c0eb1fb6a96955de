"""Which records did a transaction change? Watched by the store itself, so that nothing is missed.

A reader that keeps all records in memory asks this after a correction, and reads those few again instead of everything.
"""

import sqlite3
from typing import Final

from marchland.store.clusters import CHUNK, Clusters
from marchland.store.open import statements

_WATCH: Final = """
CREATE TEMP TABLE stirred_part (id TEXT NOT NULL, anchor TEXT NOT NULL, PRIMARY KEY (id, anchor)) WITHOUT ROWID;
CREATE TEMP TABLE stirred_tree (n INTEGER PRIMARY KEY);
CREATE TEMP TRIGGER part_gone AFTER DELETE ON main.part BEGIN
    INSERT OR IGNORE INTO stirred_part VALUES (old.id, old.anchor);
    INSERT OR IGNORE INTO stirred_tree SELECT tree FROM main.shape WHERE n = old.shape;
END;
CREATE TEMP TRIGGER part_come AFTER INSERT ON main.part BEGIN
    INSERT OR IGNORE INTO stirred_part VALUES (new.id, new.anchor);
END;
CREATE TEMP TRIGGER shape_hung AFTER UPDATE OF tree ON main.shape BEGIN
    INSERT OR IGNORE INTO stirred_tree VALUES (old.tree);
    INSERT OR IGNORE INTO stirred_tree VALUES (new.tree);
END;
"""


# Anchors that a person's word ties to a telling that came or went.
_PARTNERS: Final = " UNION ".join(
    f"SELECT {other} FROM {table} WHERE {one} IN (SELECT anchor FROM stirred_part)"
    for table in ("always", "never")
    for one, other in (("low", "high"), ("high", "low"))
)


def watch(con: sqlite3.Connection) -> None:
    """Begin to note what changes on this connection."""
    for statement in statements(_WATCH):
        con.execute(statement)


def stirred(con: sqlite3.Connection, groups: Clusters) -> frozenset[str]:
    """Ids of the tellings of every record that is, or was, otherwise than before `watch`; gone ones included."""
    ids = {str(r[0]) for r in con.execute("SELECT id FROM stirred_part")}
    ask = (
        "SELECT shape FROM part WHERE id IN (SELECT id FROM stirred_part) "
        "UNION SELECT n FROM shape WHERE tree IN (SELECT n FROM stirred_tree) "
        f"UNION SELECT shape FROM part WHERE anchor IN ({_PARTNERS})"
    )
    shapes = _with_pairs(con, groups, {int(r[0]) for r in con.execute(ask).fetchall()})
    for i in range(0, len(shapes), CHUNK):
        part = shapes[i : i + CHUNK]
        ids.update(
            str(r[0]) for r in con.execute(f"SELECT id FROM part WHERE shape IN ({','.join('?' * len(part))})", part)
        )
    return frozenset(ids)


def _with_pairs(con: sqlite3.Connection, groups: Clusters, shapes: set[int]) -> list[int]:
    """The shapes of these records, and of those tied to them by a person's word: a pair may count now that did not before."""
    pairs = [
        {int(a), int(b)}
        for table in ("always", "never")
        for a, b in con.execute(
            f"SELECT l.shape, r.shape FROM {table} t JOIN part l ON l.anchor = t.low JOIN part r ON r.anchor = t.high"
        )
    ]
    found = set(groups.shapes_with(con, shapes))
    while more := {s for pair in pairs if pair & found for s in pair} - found:
        found |= set(groups.shapes_with(con, more))
    return sorted(found)
