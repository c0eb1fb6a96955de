"""The file: opening, migrating, surviving."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from importlib.resources import files
from pathlib import Path

import pytest

from marchland.errors import StoreError, StoreTooNewError
from marchland.store import Store, store_path
from marchland.store.open import APPLICATION_ID, migrations
from tests.store.makers import drill

NEWEST = migrations()[-1][0]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tajikistan.marchland"


def test_records_are_there_after_closing(path):
    with Store(path) as store:
        store.add(*drill(0))
        kept = store.hash(), store.events()
    with Store(path, read_only=True) as store:
        assert (store.hash(), store.events()) == kept


def test_the_path_is_the_option_then_the_variable_then_this_folder(monkeypatch):
    monkeypatch.delenv("MARCHLAND_STORE", raising=False)
    assert store_path(None) == Path("marchland.store")
    monkeypatch.setenv("MARCHLAND_STORE", "elsewhere.store")
    assert store_path(None) == Path("elsewhere.store")
    assert store_path(Path("mine.store")) == Path("mine.store")


def test_a_missing_store_cannot_be_read(path):
    with pytest.raises(StoreError, match=r"there is no such file.*marchland code"):
        Store(path, read_only=True)
    assert not path.exists()


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="does not exist"):
        Store(tmp_path / "no" / "such.store")


def test_a_text_file_is_no_store(path):
    path.write_text("not a store, but long enough to be read as the head of one " * 40)
    for read_only in (True, False):
        with pytest.raises(StoreError, match="no marchland store"):
            Store(path, read_only=read_only)
    assert path.read_text().startswith("not a store")


def test_another_programs_database_is_left_alone(path):
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE theirs (n)")
    con.close()
    with pytest.raises(StoreError, match="of another program"):
        Store(path)


def test_a_damaged_store_says_so(path):
    with Store(path) as store:
        for n in range(40):
            store.add(*drill(n))
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged"), Store(path) as store:
        store.events()


def test_a_newer_store_is_refused_and_not_touched(path):
    Store(path).close()
    con = sqlite3.connect(path)
    con.execute(f"PRAGMA user_version = {NEWEST + 1}")
    con.close()
    for read_only in (True, False):
        with pytest.raises(StoreTooNewError, match=f"schema {NEWEST + 1}.*up to {NEWEST}"):
            Store(path, read_only=read_only)


def test_a_reader_writes_nothing(path):
    Store(path).close()
    with Store(path, read_only=True) as store, pytest.raises(StoreError, match="for reading only"):
        store.add(*drill(0))


def test_a_store_in_a_folder_that_may_not_be_written_can_be_read(path):
    with Store(path) as store:
        store.add(*drill(0))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Store(path, read_only=True) as store:
            assert len(store.events()) == 1
    finally:
        path.parent.chmod(0o755)


def test_an_older_store_is_brought_up_to_date(path):
    with Store(path) as store:
        store.add(*drill(0))
        kept = store.hash()
    con = sqlite3.connect(path)  # take back what the later migrations made
    for name in ("document_found", "document_lost"):
        con.execute(f"DROP TRIGGER {name}")
    con.execute("DROP TABLE found")
    con.execute("DROP TABLE foretold")
    con.execute("DROP VIEW merges")
    for name in ("uncorrected", "always", "corrected", "correction"):  # and the fourth
        con.execute(f"DROP TABLE {name}")
    con.execute("PRAGMA user_version = 1")
    con.commit()
    con.close()
    with pytest.raises(StoreError, match="schema 1 is older"):
        Store(path, read_only=True)
    with Store(path) as store:
        assert store.hash() == kept
        assert [h.doc_id for h in store.search("drills")] == ["drill-0"]


def test_a_pair_taken_apart_before_there_was_a_log_stays_apart_and_is_in_the_log(path):
    with Store(path) as store:
        for n in range(3):
            store.add(*drill(n))
        left, right = (drill(n)[1].records[0].id for n in (0, 1))
        store.split(left, right)
        kept = store.hash(), store.events()
    con = sqlite3.connect(path)
    for name in ("uncorrected", "always", "corrected", "correction"):
        con.execute(f"DROP TABLE {name}")
    con.execute("PRAGMA user_version = 3")
    con.commit()
    con.close()
    with Store(path) as store:
        assert (store.hash(), store.events()) == kept
        store.accept(drill(2)[1].records[0].id, by="Ann")
        assert store.record(left).id != store.record(right).id
        [split, _] = store.corrections()
        assert (split.action, split.who, [s.doc_id for s in split.subjects]) == (
            "split",
            "unknown",
            ["drill-0", "drill-1"],
        )
        store.undo(split.n, by="Ann")
        assert store.record(left).id == store.record(right).id


def test_the_log_can_only_be_added_to(path):
    with Store(path) as store:
        store.add(*drill(0))
        store.reject(drill(0)[1].records[0].id, by="Ann")
        for change in ("DELETE FROM correction", "UPDATE correction SET who = 'Ben'", "DELETE FROM corrected"):
            with pytest.raises(StoreError, match="only added to"), store._writing() as con:
                con.execute(change)


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    with Store(path) as store:
        store.add(*drill(0))
    con = sqlite3.connect(path)
    assert con.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert con.execute("PRAGMA user_version").fetchone()[0] == NEWEST
    con.close()


def test_the_schema_to_be_read_is_what_the_migrations_make():
    shown, made = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    shown.executescript(files("marchland.store").joinpath("schema.sql").read_text(encoding="utf-8"))
    for _, sql in migrations():
        made.executescript(sql)
    ask = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert shown.execute(ask).fetchall() == made.execute(ask).fetchall()
    shown.close()
    made.close()


KILLED = """
import os, signal, sys
from marchland.store import Store, merge
from tests.store.makers import drill
store = Store(sys.argv[1])
store.add(*drill(0))
print(store.hash(), flush=True)
merge.link_new = lambda con, new: os.kill(os.getpid(), signal.SIGKILL)
store.add(*drill(1))
"""


def test_a_kill_in_the_middle_leaves_the_store_as_before_the_document(path):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Store(path) as store:
        assert store.hash() == done.stdout.strip()
        assert [d.doc_id for d in store.documents()] == ["drill-0"]
        store.add(*drill(1))
        assert len(store.events()[0].mentions) == 2


def test_a_page_reads_while_a_run_writes(path):
    with Store(path) as writer, Store(path, read_only=True) as reader:
        writer.add(*drill(0))
        with writer._writing() as con:
            con.execute("DELETE FROM part")
            assert len(reader.events()) == 1
            con.execute("INSERT INTO never VALUES ('a', 'b')")
        assert reader.events() == ()


def test_a_second_writer_waits_and_then_says_that_the_store_is_locked(path):
    locked = pytest.raises(StoreError, match="locked by another process")
    with Store(path) as one, Store(path, wait=0.05) as other, one._writing(), locked:
        other.add(*drill(0))
    with Store(path) as store:
        assert store.documents() == ()


def test_threads_may_share_a_store_and_many_writers_give_the_same_hash(path):
    with Store.in_memory() as store:
        for n in range(12):
            store.add(*drill(n))
        alone = store.hash()
    stores = [Store(path) for _ in range(2)]
    threads = [threading.Thread(target=lambda n=n: stores[n % 2].add(*drill(n))) for n in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert stores[0].hash() == stores[1].hash() == alone
    for store in stores:
        store.close()
