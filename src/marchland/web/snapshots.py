"""Keeping the newest picture of a store: read whole when others write, and only in part after a correction of our own."""

import threading
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.records import AnyRecord, Event, Tie
from marchland.store import Store
from marchland.web.snapshot import Snapshot, keys_of, standing_in, taken

_LATE: Final = "9999"  # sorts what has no day behind everything, as the store does


class Snapshots:
    """The newest picture of one store."""

    def __init__(self, store: Store) -> None:
        """Watch `store`; nothing is read before it is asked for."""
        self.store = store
        self._lock = threading.Lock()
        self._now: Snapshot | None = None
        self._reading = False

    def now(self) -> Snapshot:
        """What the store holds; while a changed store is read anew, the last picture of it."""
        state = _state(self.store.path)
        held = self._now
        if held is not None and held.state == state:
            return held
        if held is None:
            with self._lock:
                if self._now is None:
                    self._now = taken(self.store, state)
                return self._now
        if not self._reading:
            self._reading = True
            threading.Thread(target=self._refresh, args=(state,), daemon=True).start()
        return held

    def settled(self) -> Snapshot:
        """What the store holds now, however long it takes to read it."""
        state = _state(self.store.path)
        with self._lock:
            if self._now is None or self._now.state != state:
                self._now = taken(self.store, state)
            return self._now

    @contextmanager
    def changing(self) -> Iterator[Callable[[frozenset[str]], None]]:
        """Take over what a correction of our own changes, and read only those records again.

        Where another process wrote as well, the store is read anew.
        """
        with self._lock:
            before, held = _state(self.store.path), self._now

            def changed(ids: frozenset[str]) -> None:
                state = _state(self.store.path)
                known = held is not None and held.state == before
                self._now = patched(held, self.store, state, ids) if held and known else taken(self.store, state)

            yield changed

    def _refresh(self, state: tuple[float, ...]) -> None:
        try:
            with self._lock:
                self._now = taken(self.store, state)
        finally:
            self._reading = False


def _state(path: Path | None) -> tuple[float, ...]:
    """Size and time of the file and of its log; another process's writing changes one of them."""
    if path is None:
        return ()
    out: list[float] = []
    for file in (path, path.with_name(path.name + "-wal")):
        told = file.stat() if file.exists() else None
        if told is not None and told.st_size:  # a reader makes an empty log, too
            out += [told.st_mtime_ns, told.st_size]
    return tuple(out)


def patched(held: Snapshot, store: Store, state: tuple[float, ...], ids: frozenset[str]) -> Snapshot:
    """The picture after a correction: the records of these tellings read again, all others as they were."""
    found = {r.id: r for r in map(store.record, sorted(ids)) if r is not None}

    def day_of(record: Event | Tie) -> str:
        told = record.since if isinstance(record, Tie) else record.when
        if told is None and isinstance(record, Event) and record.doc_id in held.document_of:
            published = held.document_of[record.doc_id].published
            told = published.range if published else None
        return told.start.isoformat() if told and told.start else _LATE

    def merged[R: (Event, Tie)](old: Sequence[R], new: Sequence[R]) -> tuple[R, ...]:
        out = [r for r in old if r.id not in ids]
        for record in new:
            insort(out, record, key=lambda r: (day_of(r), r.id))
        return tuple(out)

    events = [r for r in found.values() if isinstance(r, Event)]
    ties = [r for r in found.values() if isinstance(r, Tie)]
    events_of, ties_of = dict(held.events_of), dict(held.ties_of)
    gone = [held.record(i) for i in ids]
    for key in {k for e in (*events, *gone) if isinstance(e, Event) for p in e.parties for k in keys_of(p)}:
        events_of[key] = merged(
            events_of.get(key, ()), [e for e in events if any(key in keys_of(p) for p in e.parties)]
        )
    for code in {c for t in (*ties, *gone) if isinstance(t, Tie) for c in standing_in(t)}:
        fixed = [t for t in ties_of.get(code, ()) if t.doc_id == REGISTRY_ID]
        own = [t for t in ties_of.get(code, ()) if t.doc_id != REGISTRY_ID]
        ties_of[code] = (*fixed, *merged(own, [t for t in ties if code in standing_in(t)]))
    weigh_alike = all(_weigh_alike(held.record(i), found.get(i)) for i in {r.id for r in gone if r} | set(found))
    return replace(
        held,
        state=state,
        events=merged(held.events, events),
        ties=merged(held.ties, ties),
        events_of={k: v for k, v in events_of.items() if v},
        ties_of={k: v for k, v in ties_of.items() if v},
        results={"weighed": held.results["weighed"].copy()} if "weighed" in held.results and weigh_alike else {},
        lock=threading.Lock(),
    )


def _weigh_alike(old: Event | Tie | None, new: AnyRecord | None) -> bool:
    """Do they count the same, as a record does that was accepted?"""
    if not isinstance(new, Event | Tie) or old is None:
        return old is None and not isinstance(new, Event | Tie)
    return replace(new, mentions=old.mentions, confidence=old.confidence) == old
