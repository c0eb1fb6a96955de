"""Answers as rows: JSON objects in the contract's shape, and flat CSV lines of them."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from marchland.answers import Json
from marchland.model import wire
from marchland.model.document import Document
from marchland.model.records import AnyRecord
from marchland.web.question import Question
from marchland.web.site import Site

KINDS: Final = ("events", "ties", "statements", "silences", "links", "documents")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def listed(site: Site, what: str, question: Question) -> Sequence[AnyRecord | Document]:
    """What the command line's verb of that name lists."""
    found = site.now
    if question.key == Question().key and what in ("events", "ties"):
        return found.events if what == "events" else found.ties
    ask = getattr(site.store, what)  # one of KINDS, each a verb of the store
    return found.kept("listed", (what, question.key), lambda: tuple(ask(**question.asked)))


def row(thing: AnyRecord | Document) -> Json:
    """One record or document, as the command line prints it."""
    if isinstance(thing, Document):
        return wire.document_json(thing, with_text=False)
    return wire.record_json(thing)


def json_lines(rows: Iterable[Json]) -> Iterator[str]:
    """One object a line."""
    for r in rows:
        yield json.dumps(r, ensure_ascii=False) + "\n"


def csv_lines(rows: Iterable[Json]) -> Iterator[str]:
    """A header, then one line for each row; lists are joined by `|`, and no cell can be taken for a formula."""
    header: list[str] = []
    for r in rows:
        flat = flat_row(r)
        if not header:
            header = list(flat)
            yield _line(header)
        yield _line([_safe(flat.get(h)) for h in header])


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def flat_row(told: Json) -> Json:
    """A record without nesting: parties by code, days, place and first sentence in columns of their own."""
    out: Json = {}
    for key, value in told.items():
        if key == "mentions":
            out["tellings"] = len(value)
            first = value[0]
            out |= {"quote": first["quote"], "start": first["start"], "end": first["end"], "rule": first["rule"]}
        elif key in ("actors", "recipients", "members"):
            out[key] = "|".join(_code(p) for p in value)
        elif key in ("power", "host", "party"):
            out[key] = _code(value) if isinstance(value, dict) else value
        elif key == "about":
            out[key] = "|".join(a if isinstance(a, str) else _code(a) for a in value)
        elif isinstance(value, dict):
            out |= {
                f"{key}_{k}": "|".join(map(str, v)) if isinstance(v, list) else v
                for k, v in value.items()
                if k != "span"
            }
        elif isinstance(value, list):
            out[key] = "|".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
        else:
            out[key] = value
        if value is None and key in _NESTED:
            del out[key]
            out |= {f"{key}_{k}": None for k in _NESTED[key]}
    return out


_RANGE: Final = ("start", "end", "precision", "text", "anchor")
_NESTED: Final = {
    "when": _RANGE, "since": _RANGE, "until": _RANGE, "last_confirmed": _RANGE, "window": _RANGE, "horizon": _RANGE,
    "published": ("start", "end", "precision", "best", "reasons"),
    "where": ("name", "id", "country", "admin1", "lat", "lon", "kind", "text"),
    "probability": ("low", "high"), "holder": ("kind", "country", "name"), "stimulus": ("record", "start", "end"),
}  # fmt: skip


def _code(party: Json) -> str:
    return "/".join(c for c in (party["country"], party["org"]) if c) or "?"
