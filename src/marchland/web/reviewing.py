"""Between the page and a person's word: the queue as the page sees it, and a correction that shows at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from marchland import api_review
from marchland.influence import ToReview, queue
from marchland.influence.queue import joined
from marchland.store import Correction, Store
from marchland.web.site import Site
from marchland.web.snapshot import Snapshot, told_hosts
from marchland.web.writer import Writer


def waiting(found: Snapshot, host: str | None) -> Sequence[ToReview]:
    """What needs a look, for one host or all; worked out once for each picture of the store."""

    def find() -> tuple[ToReview, ...]:
        hosts = [host] if host else [code for code, _ in told_hosts(found) if len(code) == 3]
        moved = joined([found.kept("weighed", h, partial(_weighed, found, h)) for h in hosts])
        if host is None:
            return tuple(queue((*found.events, *found.ties), moved))
        held = [t for t in found.ties if host in api_review.countries_of(t)]
        return tuple(queue((*found.events_of.get(host, ()), *held), moved))

    return found.kept("waiting", host, find)


def _weighed(found: Snapshot, host: str) -> dict[str, Any]:
    held = [t for t in found.ties if host in api_review.countries_of(t)]
    names = {m.doc_id for r in (*found.events_of.get(host, ()), *held) for m in r.mentions}
    told = [found.document_of[n] for n in sorted(names) if n in found.document_of]
    return api_review.weighed(found.events_of.get(host, ()), held, told, found.origins, host)


def said(site: Site, writer: Writer, action: str, **told: Any) -> Correction:
    """Let a person's word count, and the page show it.

    Args:
        action: A method of `Store` that takes a correction; `told` are its arguments.
    """

    def say(store: Store, now: datetime) -> Correction:
        done: Correction = getattr(store, action)(at=now, **told)
        return done

    with site.snapshots.changing() as changed:
        done, ids = writer.say(say)
        changed(ids)
    return done
