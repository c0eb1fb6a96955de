"""What does the store hold, as one number? Two stores with the same records have the same hash."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable


def store_hash(con: sqlite3.Connection, groups: Iterable[Iterable[str]]) -> str:
    """64 hex digits over documents, their readings, how they are merged, and what a person took apart.

    Neither the order nor the time of adding counts, nor how many workers read the documents.

    Args:
        groups: The ids of the parts of each merged record.
    """
    total = hashlib.sha256()
    for doc_id, digest in con.execute("SELECT doc_id, digest FROM document ORDER BY doc_id"):
        total.update(f"document {doc_id} {digest}\n".encode())
    for ids in sorted(sorted(g) for g in groups):
        total.update(f"record {json.dumps(ids)}\n".encode())
    for low, high in con.execute("SELECT low, high FROM never ORDER BY low, high"):
        total.update(f"never {low} {high}\n".encode())
    return total.hexdigest()
