"""Words between brackets that the parser does not see: "an outpost, as well as (before that) another post"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from marchland.lexicon.statement_words import StatementEntry, statement_entries
from marchland.model.document import Span
from marchland.model.records import AnyRecord
from marchland.reading.statement_phrases import fit
from marchland.reading.told_at import Scene

_ASIDE = re.compile(r"\(([^()\n]{4,40})\)")  # a few words; longer brackets tell more than an order
_WORD = re.compile(r"\w+")


def asides(scene: Scene, text: str) -> Iterator[tuple[StatementEntry, AnyRecord, AnyRecord, Span]]:
    """Entries that fire inside brackets, with the records told behind and before them, and the words."""
    for a, b in pairwise(scene.tree.tokens):
        if b.start - a.end < 4:
            continue
        found = _ASIDE.search(text, a.end, b.start)
        entry = _entry(found[1]) if found else None
        if found is None or entry is None:
            continue
        before = [x.record for x in scene.told if x.index <= a.index and x.rank < 2]
        after = [
            x.record
            for x in scene.told
            if x.index >= b.index and x.rank < 2 and before and x.record.id != before[-1].id
        ]
        if before and after:
            yield entry, after[0], before[-1], Span(start=found.start(1), end=found.end(1))


def _entry(words: str) -> StatementEntry | None:
    """The entry on what was told before that the bracket holds and nothing else."""
    row = [frozenset({w.lower()}) for w in _WORD.findall(words)]
    for entry in statement_entries():
        if entry.kind == "link" and "before" in (entry.goes_from, entry.goes_to):
            for phrase in entry.phrases:
                taken = fit(row, phrase, 0, 0, ())
                if taken is not None and len(row) - 1 in taken:
                    return entry
    return None
