"""Which documents are copies of one text, so that an outlet that reprints a wire counts once?

Texts that are equal but for case and marks are one; others are compared where their min-hash sketches share a band,
and are copies when their five-word shingles overlap by four fifths. An origin is a connected component of copies.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Final

from marchland.model.document import Document, content_id

COPY_AT: Final = 0.8  # Jaccard overlap of shingles
SHINGLE: Final = 5  # words
_BINS: Final = 64
_BAND: Final = 4  # bins a band; two copies share all of one of 16 bands with a chance above 0.999
_WORTH_COMPARING: Final = 0.5  # share of equal bins below which the texts are not fetched
_WORD: Final = re.compile(r"\w+")


def body_of(title: str | None, text: str) -> str:
    """The text without its headline, which outlets write themselves."""
    head = f"{title}\n" if title else ""
    body = text[len(head) :] if head and text.startswith(head) else text
    return body if body.strip() else text


def words_of(body: str) -> list[str]:
    """Its words, case and marks aside."""
    return _WORD.findall(body.casefold())


def text_signature(document: Document) -> str:
    """What equal texts share."""
    return content_id(" ".join(words_of(body_of(document.title, document.text))))


def shingles(words: list[str]) -> frozenset[str]:
    """All runs of five words; a shorter text is one shingle."""
    if len(words) <= SHINGLE:
        return frozenset({" ".join(words)})
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def sketch(parts: Iterable[str]) -> list[int]:
    """The least hash of the shingles that fall in each bin; -1 for an empty bin."""
    least = [-1] * _BINS
    for part in parts:
        value = int.from_bytes(hashlib.blake2b(part.encode(), digest_size=7).digest(), "big")
        place, value = value % _BINS, value // _BINS
        if least[place] < 0 or value < least[place]:
            least[place] = value
    return least


def bands(least: list[int]) -> list[int]:
    """Look-up keys of a sketch; bands without a shingle are left out."""
    keys = []
    for i in range(0, _BINS, _BAND):
        part = least[i : i + _BAND]
        if max(part) >= 0:
            digest = hashlib.blake2b(repr((i, part)).encode(), digest_size=8).digest()
            keys.append(int.from_bytes(digest, "big", signed=True))
    return keys


def add_text(con: sqlite3.Connection, document: Document) -> int:
    """The row in `texts` of a document's text, made and linked to its copies where it is new."""
    signature = text_signature(document)
    row = con.execute("SELECT n FROM texts WHERE signature = ?", (signature,)).fetchone()
    if row:
        return int(row[0])
    parts = shingles(words_of(body_of(document.title, document.text)))
    least = sketch(parts)
    added = con.execute(
        "INSERT INTO texts (signature, sketch, origin) VALUES (?, ?, 0)", (signature, json.dumps(least))
    )
    n = added.lastrowid
    assert n is not None, "an insert gives a row id"
    con.execute("UPDATE texts SET origin = n WHERE n = ?", (n,))
    keys = bands(least)
    for other, jaccard in _copies(con, keys, parts, least):
        con.execute("INSERT INTO copy VALUES (?, ?, ?)", (other, n, jaccard))
        _join(con, n, other)
    con.executemany("INSERT INTO band VALUES (?, ?)", ((k, n) for k in keys))
    return n


def _copies(
    con: sqlite3.Connection, keys: list[int], parts: frozenset[str], least: list[int]
) -> list[tuple[int, float]]:
    marks = ",".join("?" * len(keys))
    rows = con.execute(
        f"SELECT n, sketch FROM texts WHERE n IN (SELECT text FROM band WHERE key IN ({marks})) ORDER BY n", keys
    ).fetchall()
    found = []
    for n, packed in rows:
        pairs = [(a, b) for a, b in zip(least, json.loads(packed), strict=True) if a >= 0 or b >= 0]
        if sum(a == b for a, b in pairs) < _WORTH_COMPARING * len(pairs):
            continue
        title, text = con.execute("SELECT title, text FROM document WHERE words = ? LIMIT 1", (n,)).fetchone()
        others = shingles(words_of(body_of(title, text)))
        jaccard = len(parts & others) / len(parts | others)
        if jaccard >= COPY_AT:
            found.append((int(n), round(jaccard, 4)))
    return found


def _join(con: sqlite3.Connection, left: int, right: int) -> None:
    a, b = (int(con.execute("SELECT origin FROM texts WHERE n = ?", (n,)).fetchone()[0]) for n in (left, right))
    if a != b:
        con.execute("UPDATE texts SET origin = ? WHERE origin = ?", (min(a, b), max(a, b)))


def drop_text(con: sqlite3.Connection, n: int) -> None:
    """Forget a text that no document has any more, and regroup what it held together."""
    if con.execute("SELECT 1 FROM document WHERE words = ? LIMIT 1", (n,)).fetchone():
        return
    origin = con.execute("SELECT origin FROM texts WHERE n = ?", (n,)).fetchone()[0]
    con.execute("DELETE FROM texts WHERE n = ?", (n,))
    con.execute("DELETE FROM band WHERE text = ?", (n,))
    con.execute("DELETE FROM copy WHERE low = ? OR high = ?", (n, n))
    left = [int(r[0]) for r in con.execute("SELECT n FROM texts WHERE origin = ? ORDER BY n", (origin,))]
    edges = con.execute(
        "SELECT low, high FROM copy WHERE low IN (SELECT n FROM texts WHERE origin = ?)", (origin,)
    ).fetchall()
    con.executemany("UPDATE texts SET origin = ? WHERE n = ?", ((o, t) for t, o in components(left, edges).items()))


def components(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The smallest member of each node's connected component; edges to other nodes are ignored."""
    root = {n: n for n in nodes}

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for a, b in edges:
        if a in root and b in root:
            x, y = find(a), find(b)
            root[max(x, y)] = min(x, y)
    return {n: find(n) for n in root}
