"""A record that a person adds: what the coder did not see, on a sentence that the document does hold."""

import json
from collections.abc import Mapping
from typing import Any

from marchland.errors import CodingError
from marchland.model.document import Document, content_id
from marchland.store.anchors import Json
from marchland.store.fields import FIELDS, RULE, checked

_BLANK: Mapping[str, Json] = {
    "event": {
        "base": None, "mode": None, "contexts": [], "recipients": [], "when": None, "where": None, "quantities": [], "disputed": False,
    },
    "tie": {
        "power": None, "host": None, "members": [], "since": None, "until": None, "last_confirmed": None, "domains": {}, "magnitude": 1.0,
        "where": None, "quantities": [],
    },
    "claim": {"holder": {"kind": "author", "country": None, "name": None}, "parties": [], "polarity": 1, "alternative_group": None},
    "silence": {"stimulus": None, "window": None},
    "link": {},
}  # fmt: skip
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "event": ("event_type", "actors"), "tie": ("kind",), "silence": ("party",), "link": ("relation", "from", "to"),
}  # fmt: skip
_PLACED = ("record", "doc_id", "start", "end", "trigger")


def new_record(document: Document, told: Mapping[str, Any], who: str) -> Json:
    """A record in the contract's shape from what a person told."""
    kind = told.get("record")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise CodingError(f'record "{str(kind)[:40]}": no kind of record; it is one of {", ".join(FIELDS)}')
    fields = checked(kind, {k: v for k, v in told.items() if k not in _PLACED})
    missing = [f for f in _NEEDED.get(kind, ()) if fields.get(f) is None]
    if missing:
        raise CodingError(f"{kind}: it needs {' and '.join(missing)}")
    if kind == "tie" and not ((fields.get("power") and fields.get("host")) or len(fields.get("members", ())) > 1):
        raise CodingError("tie: it needs power and host, or two members or more")
    start, end = told.get("start"), told.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text)):
        raise CodingError(
            f"document {document.doc_id}: span {start}..{end} lies outside its {len(document.text)} characters, or is empty; "
            "give start and end of the sentence that tells it"
        )
    trigger = told.get("trigger") or [start, end]
    if not (
        isinstance(trigger, list) and len(trigger) == 2 and all(isinstance(t, int) for t in trigger)
        and start <= trigger[0] < trigger[1] <= end
    ):  # fmt: skip
        raise CodingError(
            f"document {document.doc_id}: trigger {str(trigger)[:40]} lies outside the sentence {start}..{end}"
        )
    status = fields.setdefault("status", "asserted")
    blank = dict(_BLANK.get(kind) or _BLANK["claim"])
    if kind == "forecast":
        blank |= {"probability": None, "horizon": None}
    out = {"record": kind, "doc_id": document.doc_id, "certainty": 1.0, **blank, **fields, "confidence": 1.0}
    if "parties" in out:
        out["about"] = out.pop("parties")
    out["mentions"] = [
        {
            "doc_id": document.doc_id, "start": start, "end": end, "quote": document.text[start:end], "trigger": trigger,
            "status": status, "holder": None, "citation": None, "hedges": [], "rule": RULE, "coder": who,
        }
    ]  # fmt: skip
    content = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    out["id"] = content_id(document.doc_id, RULE, kind, str(trigger[0]), str(trigger[1]), content)
    return out
