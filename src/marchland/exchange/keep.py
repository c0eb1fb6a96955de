"""The file beside the store that holds imported rows: verbatim pages for evidence, narrow columns for counting.

Millions of rows of data are not documents that somebody reads; beside the store they slow no search and no merge, and
can be thrown away and imported again. A file counts once it is whole: what a kill left half done is not seen, and is
removed by the next import.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.columns import COLUMNS
from marchland.exchange.packing import Packed, Packer
from marchland.exchange.pages import PAGE, Page
from marchland.exchange.refused import ExchangeError

APPLICATION_ID: Final = 0x4D524349  # "MRCI"
VERSION: Final = 1
_COMMIT: Final = 64  # pages written at a time
STORED: Final = tuple(name for name in COLUMNS if name != "twin")
_SCHEMA: Final = f"""
CREATE TABLE file (
    n INTEGER PRIMARY KEY, sha TEXT NOT NULL UNIQUE, name TEXT NOT NULL, format TEXT NOT NULL, first TEXT NOT NULL,
    parties TEXT, kinds TEXT, summary TEXT, done INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE page (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, sizes BLOB NOT NULL, text BLOB NOT NULL);
CREATE INDEX page_file ON page (file);
CREATE TABLE segment (
    file INTEGER NOT NULL, n INTEGER NOT NULL, low INTEGER, high INTEGER, first INTEGER, last INTEGER,
    {", ".join(f'"{name}" BLOB NOT NULL' for name in STORED)}, PRIMARY KEY (file, n)
);
CREATE TABLE flow (host TEXT NOT NULL, file INTEGER NOT NULL, rows BLOB NOT NULL);
CREATE INDEX flow_host ON flow (host);
CREATE INDEX flow_file ON flow (file);
CREATE TABLE telling (file INTEGER NOT NULL, key BLOB NOT NULL, row BLOB NOT NULL);
CREATE INDEX telling_file ON telling (file);
CREATE TABLE tie (
    n INTEGER PRIMARY KEY, file INTEGER NOT NULL, power TEXT, host TEXT, record TEXT NOT NULL, rows BLOB NOT NULL
);
CREATE INDEX tie_host ON tie (host);
CREATE INDEX tie_power ON tie (power);
CREATE INDEX tie_file ON tie (file);
"""
_TABLES: Final = ("page", "segment", "flow", "telling", "tie")


def side_file(store: Path) -> Path:
    """Where the imported rows of a store lie."""
    return store.with_name(store.name + ".imports")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One imported file."""

    n: int
    sha: str
    name: str
    format: str
    first: str  # its first row, which names the columns where there is a header
    parties: tuple[str, ...]
    kinds: tuple[Any, ...]
    summary: dict[str, Any]


class Keep:
    """The side file, open."""

    def __init__(self, store: Path, *, write: bool = False) -> None:
        """Open it; for reading, a store without imports is an empty one.

        Raises:
            ExchangeError: it is no such file, of a newer version, or cannot be opened.
        """
        self.path = side_file(store)
        self._packer: Packer | None = None
        with _told(self.path):
            if write:
                self.con = sqlite3.connect(self.path, isolation_level=None)
                self.con.execute("PRAGMA journal_mode = WAL")
                self.con.execute("PRAGMA synchronous = NORMAL")
            elif self.path.exists():
                self.con = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            else:
                self.con = sqlite3.connect(":memory:", isolation_level=None)
            self._prepare()
        if write:
            for (n,) in self.con.execute("SELECT n FROM file WHERE done = 0").fetchall():
                self.drop(n)

    def _prepare(self) -> None:
        mark: int = self.con.execute("PRAGMA application_id").fetchone()[0]
        version: int = self.con.execute("PRAGMA user_version").fetchone()[0]
        if not mark and not self.con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self.con.executescript(
                f"BEGIN;{_SCHEMA}PRAGMA application_id = {APPLICATION_ID};PRAGMA user_version = {VERSION};COMMIT;"
            )
        elif mark != APPLICATION_ID:
            raise ExchangeError(f"{self.path}: holds no imported rows of marchland; move it away and import again")
        elif version > VERSION:
            raise ExchangeError(
                f"{self.path}: version {version}; this marchland knows {VERSION}. Install the newer one"
            )

    def close(self) -> None:
        """Let go of the file."""
        self._forget()
        self.con.close()

    def __enter__(self) -> "Keep":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- writing ----

    def begin(self, sha: str, name: str, kind: str, first: str) -> int:
        """Open a file's rows; they count from `finish` on."""
        cursor = self.con.execute(
            "INSERT INTO file (sha, name, format, first) VALUES (?, ?, ?, ?)", (sha, name, kind, first)
        )
        self.con.execute("BEGIN")
        assert cursor.lastrowid is not None, "an insert gives a row id"
        return cursor.lastrowid

    def add_page(self, file: int, page: Page) -> None:
        """Keep a page of raw rows, all of one file until its `finish`."""
        if self._packer is None:
            self._packer = Packer()
        self._write(file, self._packer.put(page))

    def _write(self, file: int, packed: Iterable[Packed]) -> None:
        for page in packed:
            values = (file << 32 | page.number, file, page.sizes, page.text)
            self.con.execute("INSERT INTO page VALUES (?, ?, ?, ?)", values)
            if page.number % _COMMIT == _COMMIT - 1:
                self.con.execute("COMMIT")
                self.con.execute("BEGIN")

    def _forget(self) -> None:
        if self._packer is not None:
            self._packer.close()
            self._packer = None

    def add_segment(self, file: int, arrays: Any) -> None:
        """Keep one run of columns."""
        n: int = self.con.execute("SELECT count(*) FROM segment WHERE file = ?", (file,)).fetchone()[0]
        if not len(arrays["row"]):
            return
        bounds = [int(f(arrays[c])) for c in ("key", "day") for f in (np.min, np.max)]
        self.con.execute(
            f"INSERT INTO segment VALUES ({', '.join('?' * (6 + len(STORED)))})",
            (file, n, *bounds, *(arrays[name].tobytes() for name in STORED)),
        )

    def add_flow(self, file: int, host: str, rows: NDArray[Any]) -> None:
        """Keep what stands between one host and the others."""
        self.con.execute("INSERT INTO flow VALUES (?, ?, ?)", (host, file, rows.tobytes()))

    def finish(self, file: int, parties: list[str], kinds: list[Any], summary: dict[str, Any]) -> None:
        """From now on the file counts."""
        if self._packer is not None:
            self._write(file, self._packer.rest())
        values = (json.dumps(parties), json.dumps(kinds), json.dumps(summary, ensure_ascii=False), file)
        self.con.execute("UPDATE file SET parties = ?, kinds = ?, summary = ?, done = 1 WHERE n = ?", values)
        self.con.execute("COMMIT")

    def drop(self, file: int) -> None:
        """Take a file's rows out."""
        self._forget()
        if self.con.in_transaction:
            self.con.execute("ROLLBACK")
        self.con.execute("BEGIN")
        for table in _TABLES:
            self.con.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
        self.con.execute("DELETE FROM file WHERE n = ?", (file,))
        self.con.execute("COMMIT")

    # ---- reading ----

    def files(self, sha: str | None = None) -> list[FileRow]:
        """What was imported, in that order; `sha` may be the beginning of a fingerprint."""
        asked = "SELECT n, sha, name, format, first, parties, kinds, summary FROM file WHERE done = 1"
        with _told(self.path):
            if sha:
                found = self.con.execute(asked + " AND sha >= ? AND sha < ?", (sha, sha + "g")).fetchall()
            else:
                found = self.con.execute(asked + " ORDER BY n").fetchall()
        return [
            FileRow(
                n=n,
                sha=sha,
                name=name,
                format=kind,
                first=first,
                parties=tuple(json.loads(parties)),
                kinds=tuple(json.loads(kinds)),
                summary=json.loads(summary),
            )
            for n, sha, name, kind, first, parties, kinds, summary in found
        ]

    def keys(self, kind: str, low: int, high: int) -> NDArray[np.int64]:
        """Ids of the rows of a format between two ids."""
        found = self.con.execute(
            "SELECT s.key FROM segment s JOIN file f ON f.n = s.file WHERE f.format = ? AND s.low <= ? AND s.high >= ?",
            (kind, high, low),
        )
        parts = [np.frombuffer(blob, "<i8") for (blob,) in found]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def segments(self, file: int, names: tuple[str, ...], days: tuple[int, int]) -> Iterator[dict[str, NDArray[Any]]]:
        """Columns of a file, of the runs that reach into the days."""
        wanted = ", ".join(f'"{n}"' for n in names)
        asked = f"SELECT {wanted} FROM segment WHERE file = ? AND first <= ? AND last >= ? ORDER BY n"
        for blobs in self.con.execute(asked, (file, days[1], days[0])):
            yield {n: np.frombuffer(blob, COLUMNS[n][1]) for n, blob in zip(names, blobs, strict=True)}

    def page(self, file: int, number: int) -> tuple[str, list[int]] | None:
        """The text of a page and where each row begins; None = there is none."""
        found = self.con.execute("SELECT sizes, text FROM page WHERE id = ?", (file << 32 | number,)).fetchone()
        if found is None:
            return None
        sizes = np.frombuffer(found[0], "<u4").astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes + 1)]).tolist()
        return zlib.decompress(found[1]).decode("utf-8", "surrogatepass"), starts

    def row(self, file: int, number: int) -> tuple[str, int]:
        """One raw row and where it begins in its page."""
        found = self.page(file, number // PAGE)
        if found is None:
            raise ExchangeError(f"{self.path}: row {number} of file {file} is not there; import the file again")
        text, starts = found
        at = number % PAGE
        return text[starts[at] : starts[at + 1] - 1], starts[at]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ExchangeError(
            f"{path}: {error}; imported rows lie in one SQLite file beside the store. Check disk and rights"
        ) from error
