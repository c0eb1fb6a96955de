"""Full text: which documents hold these words?"""

import re
import sqlite3
from typing import Final

from marchland.store.clusters import Scope
from marchland.store.views import Hit

_ASKED: Final = re.compile(r'"([^"]*)"|(\w+)')
_WORD: Final = re.compile(r"\w+")
_AROUND: Final = 24  # words in a snippet


def match_query(text: str) -> str:
    """What a person typed, as a search that can have no syntax of its own: words, and phrases between quotes."""
    phrases = [" ".join(_WORD.findall(quoted or word)) for quoted, word in _ASKED.findall(text)]
    return " ".join(f'"{p}"' for p in phrases if p)


def search(con: sqlite3.Connection, text: str, scope: Scope, limit: int) -> list[Hit]:
    """Documents that hold all the words, best first; nothing is found for nothing."""
    asked = match_query(text)
    if not asked:
        return []
    condition, values = scope.where()
    rows = con.execute(
        f"SELECT d.doc_id, d.title, snippet(found, 1, '\u2039', '\u203a', ' ... ', {_AROUND}), bm25(found) AS rank_ "
        f"FROM found JOIN document d ON d.n = found.rowid WHERE found MATCH ? AND {condition} "
        "ORDER BY rank_, d.doc_id LIMIT ?",
        [asked, *values, limit],
    )
    return [Hit(doc_id=i, title=title, snippet=part, rank=rank) for i, title, part, rank in rows]
