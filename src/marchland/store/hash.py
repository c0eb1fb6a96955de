"""What does the store hold, as one number? Two stores with the same records have the same hash."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator


def store_hash(con: sqlite3.Connection, groups: Iterable[Iterable[str]]) -> str:
    """64 hex digits over documents, their readings, how they are merged, and what persons corrected.

    Neither the order nor the time of adding counts, nor how many workers read the documents.

    Args:
        groups: The ids of the parts of each merged record.
    """
    total = hashlib.sha256()
    for doc_id, digest in con.execute("SELECT doc_id, digest FROM document ORDER BY doc_id"):
        total.update(f"document {doc_id} {digest}\n".encode())
    for ids in sorted(sorted(g) for g in groups):
        total.update(f"record {json.dumps(ids)}\n".encode())
    for doc_id, told in _corrected(con):
        total.update(f"corrected {doc_id} {json.dumps(told)}\n".encode())
    for table in ("never", "always"):
        for low, high in con.execute(f"SELECT low, high FROM {table} ORDER BY low, high"):
            total.update(f"{table} {low} {high}\n".encode())
    return total.hexdigest()


def _corrected(con: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Documents that now say other things than the coder read in them."""
    ask = "SELECT d.n, d.doc_id, u.records, u.rejected FROM uncorrected u JOIN document d ON d.n = u.document ORDER BY d.doc_id"
    for n, doc_id, read, rejected in con.execute(ask).fetchall():
        now = [r[0] for r in con.execute("SELECT record FROM part WHERE document = ? ORDER BY position", (n,))]
        if [json.loads(r) for r in now] != json.loads(read):
            yield doc_id, [*now, rejected]
