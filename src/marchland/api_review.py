"""Corrections as functions: the queue of what needs a look, and what a person says, kept with the time it was said."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from marchland.errors import CorrectionError
from marchland.influence import Leverage, ToReview, leverage, queue
from marchland.influence.queue import joined
from marchland.model.document import Document
from marchland.model.records import Event, Tie
from marchland.model.wire import record_json
from marchland.store import Conflict, Correction, Store, correction_from, correction_json, store_path
from marchland.store.corrected import CONFLICTS


def review(host: str | None = None, *, store: Path | str | None = None) -> tuple[ToReview, ...]:
    """What needs a person's look, the most pressing first: by how much it moves a share of `host`, and how unsure it is.

    Args:
        host: A country's code; None = every country of which the store tells.
    """
    with opened(store) as asked:
        events, ties = asked.events(country=host), asked.ties(country=host)
        documents, origins = asked.documents(), asked.origins()
    hosts = [host] if host else sorted({c for rs in (events, ties) for r in rs for c in countries_of(r)})
    found = joined([weighed(events, ties, documents, origins, h) for h in hosts])
    return tuple(queue((*events, *ties), found))


def weighed(
    events: Iterable[Event], ties: Iterable[Tie], documents: Iterable[Document], origins: Mapping[str, str], host: str
) -> dict[str, Leverage]:
    """What each record moves in one host's shares; nothing where nothing of it is dated."""
    own = [e for e in events if host in countries_of(e)]
    held = [t for t in ties if host in countries_of(t)]
    names = {m.doc_id for r in (*own, *held) for m in r.mentions}
    told = [d for d in documents if d.doc_id in names]
    days = [d.published.best or d.published.range.end for d in told if d.published]
    days += [e.when.start for e in own if e.when and e.status.happened]
    known: list[date] = [d for d in days if d]
    if not known:
        return {}
    return leverage(own, held, told, host=host, since=min(known), until=max(known), origins=origins)


def countries_of(record: Event | Tie) -> set[str]:
    """The countries that a record names."""
    sides = record.parties if isinstance(record, Event) else (record.power, record.host, *record.members)
    return {p.country for p in sides if p and p.country}


def opened(store: Path | str | None = None) -> Store:
    """The store, for reading."""
    return Store(store_path(Path(store) if store else None), read_only=True)


def said(store: Path | str | None, say: Callable[[Store, datetime], Correction]) -> Correction:
    """Write one correction into a store that exists, as of now.

    Raises:
        CorrectionError: there is no store, or it is being written.
        CodingError: the correction says what no record can hold.
    """
    path = store_path(Path(store) if store else None)
    if not path.exists():
        raise CorrectionError(f"store {path}: there is no such file; only what a store holds can be corrected")
    with Store(path) as writer:
        return say(writer, datetime.now(UTC))


def replay(lines: Iterable[str], *, store: Path | str | None = None, name: str = "log") -> int:
    """Take a log over, as `review --log --json` printed it; gives how many of its entries were new.

    Raises:
        CorrectionError: a line is no entry of a log.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(correction_from(_object(line, f"{name}, line {number}"), f"{name}, line {number}"))
    with Store(store_path(Path(store) if store else None)) as writer:
        return writer.replay(found)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise CorrectionError(f"{where}: no JSON object; the log is what `marchland review --log --json` prints")
    return told


def conflict_json(value: Conflict) -> dict[str, Any]:
    """One conflict as one JSON object."""
    return {
        "record": "conflict", "kind": value.kind, "meaning": CONFLICTS[value.kind], "correction": value.correction.n,
        "correction_id": value.correction.id, "action": value.correction.action.value, "who": value.correction.who,
        "doc_id": value.subject.doc_id, "anchor": value.subject.anchor, "telling": value.now, "field": value.field,
        "read_then": value.read_then, "read_now": value.read_now, "stands": value.stands,
    }  # fmt: skip


def to_review_json(value: ToReview) -> dict[str, Any]:
    """One line of the queue as one JSON object."""
    moved = value.leverage
    return {
        "record": "to_review", "id": value.record.id, "score": round(value.score, 4), "unsure": value.unsure,
        "reasons": list(value.reasons), "moves": round(moved.moves, 6) if moved else 0.0, "host": moved.host if moved else None,
        "power": moved.power if moved else None, "domain": moved.domain.value if moved else None,
        "period": moved.period if moved else None, "row": record_json(value.record),
    }  # fmt: skip


__all__ = [
    "conflict_json", "correction_json", "opened", "record_json", "replay", "review", "said", "to_review_json", "weighed",
]  # fmt: skip
