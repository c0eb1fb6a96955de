"""Opening the one file: where it is, whether it is a store, and bringing an older one up to date."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

from marchland.errors import StoreError, StoreTooNewError

APPLICATION_ID: Final = 0x4D524348  # "MRCH" in the file's header marks a marchland store
VARIABLE: Final = "MARCHLAND_STORE"
DEFAULT_NAME: Final = "marchland.store"
CACHE_KIB: Final = 64 * 1024  # pages held in memory, so that a large store is written as fast as a small one
CHECKPOINT_PAGES: Final = 4000  # written pages after which they are moved into the file proper
WAIT_S: Final = 30.0  # how long to wait for another process's transaction


def store_path(option: Path | None) -> Path:
    """Which store is meant: the option, else the one named in the environment, else the one in this folder."""
    if option is not None:
        return option
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(DEFAULT_NAME)


def migrations() -> tuple[tuple[int, str], ...]:
    """(version, SQL) of every step, in order."""
    folder = files("marchland.store").joinpath("migrations")
    steps = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple((int(f.name[:4]), f.read_text(encoding="utf-8")) for f in steps)


def connect(path: Path | None, *, read_only: bool = False, wait: float = WAIT_S) -> sqlite3.Connection:
    """A connection to the store at `path` (None = in memory), made or migrated where needed.

    Raises:
        StoreTooNewError: a newer marchland wrote it.
        StoreError: it is missing (read only), no store, damaged, locked or out of reach.
    """
    name = "memory" if path is None else str(path)
    with told(name):
        con = _opened(path, read_only=read_only, wait=wait)
        try:
            _check(con, name)
            con.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            if not read_only:
                if path is not None:
                    con.execute("PRAGMA journal_mode = WAL")
                con.execute("PRAGMA synchronous = NORMAL")
                con.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            migrate(con, name, read_only=read_only)
        except BaseException:
            con.close()
            raise
        return con


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what SQLite raises into one line for a person."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise StoreError(
                f"store {name}: locked by another process; one process writes at a time. Wait for it, then try again"
            ) from error
        if "not a database" in said:
            raise StoreError(
                f"store {name}: the file is no marchland store; a store is a file that marchland made. "
                "Give another path with --store"
            ) from error
        if "malformed" in said or "corrupt" in said:
            raise StoreError(
                f"store {name}: damaged ({said}); a store is never edited by hand. "
                "Restore a copy, or code the documents into a new store"
            ) from error
        if "readonly" in said or "read-only" in said or "read only" in said:
            raise StoreError(
                f"store {name}: opened for reading only, so nothing can be written. Open it without read_only, "
                "and check that the file may be written"
            ) from error
        raise StoreError(
            f"store {name}: {said}; the store must be a readable, writable file on a disk with room"
        ) from error


def _opened(path: Path | None, *, read_only: bool, wait: float) -> sqlite3.Connection:
    if path is None:
        return _connection("file::memory:", wait)
    if path.is_dir():
        raise StoreError(f"store {path}: is a folder; a store is one file. Give a path such as {path / DEFAULT_NAME}")
    if read_only:
        if not path.exists():
            raise StoreError(
                f"store {path}: there is no such file; only an existing store can be read. "
                f"Make one: marchland code DOCUMENT --store {path}"
            )
        return _read_only(path, wait)
    if not path.absolute().parent.is_dir():
        raise StoreError(f"store {path}: the folder {path.parent} does not exist; make it, or give another path")
    return _connection(f"{path.absolute().as_uri()}?mode=rwc", wait)


def _read_only(path: Path, wait: float) -> sqlite3.Connection:
    """A reader; where not even the lock files may be made, the file is taken as it lies."""
    uri = path.absolute().as_uri()
    con = _connection(f"{uri}?mode=ro", wait)
    try:
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            con.close()
            raise
        con.close()
        con = _connection(f"{uri}?immutable=1", wait)
    con.execute("PRAGMA query_only = ON")
    return con


def _connection(uri: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)


def _check(con: sqlite3.Connection, name: str) -> None:
    """Is it ours, or still empty?"""
    mark: int = con.execute("PRAGMA application_id").fetchone()[0]
    tables: int = con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if mark != APPLICATION_ID and (tables or mark):
        raise StoreError(
            f"store {name}: an SQLite file of another program (application id {mark}); a marchland store has "
            f"{APPLICATION_ID}. Give another path with --store"
        )


def migrate(con: sqlite3.Connection, name: str, *, read_only: bool = False) -> None:
    """Bring the file to the newest schema, each step in one transaction."""
    steps = migrations()
    newest = steps[-1][0]
    version = _version(con)
    if version > newest:
        raise StoreTooNewError(
            f"store {name}: schema {version}; this marchland knows schemas up to {newest}. "
            "Install the newer marchland that wrote it"
        )
    if version == newest:
        return
    if read_only:
        raise StoreError(
            f"store {name}: schema {version} is older than {newest}, and a reader may not change it. "
            "Open it once for writing, and it is brought up to date"
        )
    for number, sql in steps:
        if number > version:
            con.execute("BEGIN IMMEDIATE")
            try:
                if _version(con) < number:  # another process may have been quicker
                    for statement in statements(sql):
                        con.execute(statement)
                    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    con.execute(f"PRAGMA user_version = {number}")
                con.execute("COMMIT")
            except BaseException:
                con.execute("ROLLBACK")
                raise


def _version(con: sqlite3.Connection) -> int:
    version: int = con.execute("PRAGMA user_version").fetchone()[0]
    return version


def statements(sql: str) -> Iterator[str]:
    """Single statements; triggers keep their inner semicolons."""
    held = ""
    for line in sql.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
