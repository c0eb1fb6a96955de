"""Finding the telling again that a person spoke of, in a new reading of the same text.

A correction is pinned to document, text, kind and trigger. A newer coder may cut the trigger differently, and one trigger may
tell several records; then the telling that is most like the one that the person saw is meant.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from marchland.model.document import Document, content_id
from marchland.model.records import KIND_OF, AnyRecord
from marchland.model.wire import record_json

Json = dict[str, Any]

# What a reading says by its wording or its place in a file rather than about the world; two readings may differ in it.
_ASIDE: Final = frozenset({"text", "span", "resolved", "office", "anchor", "id", "admin1"})
# Ids of other records, which change with the reading, and numbers that are the coder's own business.
NOT_VOUCHED: Final = frozenset(
    "record id doc_id mentions certainty confidence magnitude domains about from to stimulus alternative_group".split()
)
_PARTIES: Final = ("actors", "recipients", "power", "host", "members", "party", "holder")


def anchor_of(record: AnyRecord, document: Document) -> str:
    """Document, text, kind and trigger: what a person's correction is pinned to."""
    trigger = record.mentions[0].trigger
    kind = KIND_OF[type(record)]
    return content_id(document.doc_id, document.sha256, kind, str(trigger.start), str(trigger.end))


def essence(value: Any) -> Any:
    """A value of a record without the words that told it."""
    if isinstance(value, dict):
        return {k: essence(v) for k, v in value.items() if k not in _ASIDE}
    if isinstance(value, list):
        return [essence(v) for v in value]
    return value


def twin_of(told: Json) -> str:
    """What sets two records of one trigger apart: type and parties."""
    sort = told.get("event_type") or told.get("kind") or told.get("relation")
    return content_id(sort, *(json.dumps(essence(told.get(k)), sort_keys=True) for k in _PARTIES))


def differing(left: Json, right: Json, fields: Iterable[str] | None = None) -> tuple[str, ...]:
    """The fields in which two tellings say different things."""
    names = fields if fields is not None else dict.fromkeys(k for k in (*left, *right) if k not in NOT_VOUCHED)
    return tuple(k for k in names if essence(left.get(k)) != essence(right.get(k)))


class Finder:
    """The records of one reading, by where they stand."""

    def __init__(self, document: Document, records: Sequence[AnyRecord]) -> None:
        self.told: list[Json] = [record_json(r) for r in records]
        self.anchors = [anchor_of(r, document) for r in records]
        self.triggers = [(t["record"], *t["mentions"][0]["trigger"]) for t in self.told]

    def find(self, anchor: str, twin: str, read: Json, *, taken: frozenset[str]) -> int | None:
        """The place of the telling that was once read as `read`; None = it is no longer read.

        Args:
            taken: Anchors that other corrections speak of; a trigger cut differently is never one of these.
        """
        here = [i for i, a in enumerate(self.anchors) if a == anchor]
        found = [i for i in here if not twin or twin_of(self.told[i]) == twin]
        if not here:
            kind, (start, end) = read["record"], read["mentions"][0]["trigger"]
            near = [i for i, t in enumerate(self.triggers) if t[0] == kind and t[1] < end and start < t[2]]
            found = [i for i in near if self.anchors[i] not in taken]
            found = [i for i in found if not twin or twin_of(self.told[i]) == twin]
        return min(found, key=lambda i: (len(differing(read, self.told[i])), i), default=None)

    def same(self, told: Json) -> int | None:
        """A reading of what a person added: the same type and parties in overlapping words; None = there is none."""
        kind, (start, end) = told["record"], told["mentions"][0]["trigger"]
        for i, (other, begin, finish) in enumerate(self.triggers):
            if other == kind and begin < end and start < finish and twin_of(self.told[i]) == twin_of(told):
                return i
        return None

    def twin(self, place: int) -> str:
        """What to keep beside the anchor, so that the telling is found among others of one trigger; empty = it is alone."""
        alone = self.anchors.count(self.anchors[place]) == 1
        return "" if alone else twin_of(self.told[place])
