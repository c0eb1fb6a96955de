"""Which shapes make one record, seen from a day: without later documents, and apart where a person took it apart."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from marchland.store.merge import best_link

CHUNK = 500  # values in one SQL list


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which documents may be looked at."""

    as_of: date | None = None  # published by that day; where that is unknown, ingested by it
    as_known_on: date | None = None  # ingested by the end of that day (UTC)

    def where(self, table: str = "d") -> tuple[str, list[str]]:
        """The condition on a row of `document`, and its values."""
        tests, values = [], []
        if self.as_of:
            tests.append(f"{table}.out_by <= ?")
            values.append(_iso_day(self.as_of))
        if self.as_known_on:
            tests.append(f"{table}.ingested < ?")
            values.append(_iso_day(self.as_known_on) + "U")  # sorts after every "T..." of that day
        return " AND ".join(tests) or "1", values


def _iso_day(value: date) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Shape to record: as the store keeps it, but for the shapes in `moved`."""

    moved: dict[int, int] = field(default_factory=dict)
    complete: bool = False  # True: `moved` names every visible shape

    def shapes_with(self, con: sqlite3.Connection, shapes: Iterable[int]) -> dict[int, int]:
        """Every shape that makes a record with one of these, and the record's number."""
        asked = set(shapes)
        if self.complete:
            wanted = {self.moved[s] for s in asked if s in self.moved}
            return {s: c for s, c in self.moved.items() if c in wanted}
        numbers = dict(_rows(con, "SELECT n, tree FROM shape WHERE n IN ({})", asked))
        near = dict(_rows(con, "SELECT n, tree FROM shape WHERE tree IN ({})", set(numbers.values())))
        if not self.moved:
            return near
        near |= {s: self.moved[s] for s in near if s in self.moved}
        wanted = {near[s] for s in asked if s in near}
        near |= {s: c for s, c in self.moved.items() if c in wanted}  # joined by a person, from another tree
        return {s: c for s, c in near.items() if c in wanted}


def _rows(con: sqlite3.Connection, sql: str, values: Iterable[object]) -> list[tuple[int, int]]:
    listed = sorted(values)  # type: ignore[type-var] # row numbers
    found: list[tuple[int, int]] = []
    for i in range(0, len(listed), CHUNK):
        part = listed[i : i + CHUNK]
        found += con.execute(sql.format(",".join("?" * len(part))), part).fetchall()
    return found


def clusters(con: sqlite3.Connection, scope: Scope) -> Clusters:
    """The records as they are, or would be without the documents outside `scope`."""
    condition, values = scope.where()
    hides = (
        condition != "1"
        and con.execute(f"SELECT 1 FROM document d WHERE NOT coalesce({condition}, 0) LIMIT 1", values).fetchone()
    )
    taken_apart = con.execute("SELECT low, high FROM never ORDER BY low, high").fetchall()
    joined = con.execute("SELECT low, high FROM always ORDER BY low, high").fetchall()
    if not hides and not taken_apart and not joined:
        return Clusters()
    forest = _visible_forest(con, condition, values) if hides else _forest_of(con, [*taken_apart, *joined])
    apart = _shape_pairs(con, taken_apart, forest)
    for a, b in apart:
        forest.part(a, b)
    root = {n: forest.root(n) for n in forest.parent}
    return Clusters(moved=_joined(root, _shape_pairs(con, joined, forest), apart), complete=bool(hides))


_Pairs = list[tuple[int, int]]


def _shape_pairs(con: sqlite3.Connection, pairs: list[tuple[str, str]], forest: "_Forest") -> _Pairs:
    """Pairs of anchors as pairs of shapes."""
    return [(a, b) for low, high in pairs for a in _shapes_at(con, low, forest) for b in _shapes_at(con, high, forest)]


def _joined(root: dict[int, int], joined: _Pairs, apart: _Pairs) -> dict[int, int]:
    """The records with those made one that a person joined; what a person took apart is not joined by way of a third."""
    for a, b in joined:
        one, other = sorted((root[a], root[b]))
        if one == other or any({root[x], root[y]} == {one, other} for x, y in apart):
            continue
        root = {n: one if r == other else r for n, r in root.items()}
    return root


@dataclass(slots=True, kw_only=True)
class _Forest:
    """Parents with the scores of the links, small enough to hold."""

    parent: dict[int, int | None] = field(default_factory=dict)
    score: dict[int, tuple[float, str]] = field(default_factory=dict)  # score and the child's fullness

    def path(self, n: int) -> list[int]:
        """From a shape up to its root."""
        found = [n]
        while (up := self.parent[found[-1]]) is not None:
            found.append(up)
        return found

    def root(self, n: int) -> int:
        """The shape at the top."""
        return self.path(n)[-1]

    def part(self, a: int, b: int) -> None:
        """Cut the weakest link between two shapes that a person took apart."""
        up, other = self.path(a), self.path(b)
        if a == b or up[-1] != other[-1]:
            return
        between = set(up) ^ set(other)  # without the common ancestors; each of these has a parent on the path
        weakest = min(between, key=lambda n: (self.score[n][0], self.score[n][1]))
        self.parent[weakest] = None


def _forest_of(con: sqlite3.Connection, pairs: list[tuple[str, str]]) -> _Forest:
    """The trees that hold anything that a person took apart or joined."""
    anchors = sorted({a for pair in pairs for a in pair})
    trees: set[int] = set()
    for anchor in anchors:
        rows = con.execute("SELECT s.tree FROM part p JOIN shape s ON s.n = p.shape WHERE p.anchor = ?", (anchor,))
        trees.update(int(r[0]) for r in rows)
    forest = _Forest()
    for tree in sorted(trees):
        _take(forest, con.execute("SELECT n, parent, score, fullness FROM shape WHERE tree = ?", (tree,)))
    return forest


def _take(forest: _Forest, rows: Iterable[tuple[int, int | None, float | None, str]]) -> None:
    for n, parent, score, fullness in rows:
        forest.parent[n] = parent
        forest.score[n] = (score or 0.0, fullness)


def _visible_forest(con: sqlite3.Connection, condition: str, values: list[str]) -> _Forest:
    """All visible shapes, with the parents they would have without the hidden ones."""
    seen = f"SELECT DISTINCT p.shape FROM part p JOIN document d ON d.n = p.document WHERE {condition}"
    visible = {int(r[0]) for r in con.execute(seen, values)}
    rows = con.execute("SELECT n, parent, score, fullness FROM shape").fetchall()
    hidden = frozenset(int(r[0]) for r in rows) - visible
    forest = _Forest()
    _take(forest, (r for r in rows if r[0] in visible))
    kept: dict[tuple[int, int], bool] = defaultdict(bool)
    told = f"SELECT a.low, a.high, coalesce({condition}, 0) FROM apart a JOIN document d ON d.n = a.document"
    for low, high, shown in con.execute(told, values):
        kept[low, high] |= bool(shown)
    free = frozenset(pair for pair, shown in kept.items() if not shown)
    again = {n for n, up in forest.parent.items() if up in hidden} | {n for pair in free for n in pair if n in visible}
    for n in sorted(again):
        link = best_link(con, n, hidden=hidden, apart_ok=free)
        forest.parent[n] = link.parent if link else None
        forest.score[n] = (link.match.score if link else 0.0, forest.score[n][1])
    return forest


def _shapes_at(con: sqlite3.Connection, anchor: str, forest: _Forest) -> list[int]:
    rows = con.execute("SELECT DISTINCT shape FROM part WHERE anchor = ? ORDER BY shape", (anchor,)).fetchall()
    return [int(r[0]) for r in rows if r[0] in forest.parent]
