"""What the store holds, kept in memory until it changes, so that a page costs milliseconds and not a reading of everything.

Lists, single records, documents and searches are asked of the store each time. Only what every measure needs whole (events,
ties, documents without their text) is kept here, and what was worked out from it.
"""

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, cast

from marchland.influence import Evidence, InfluenceRow
from marchland.influence import influence as measure
from marchland.lexicon.registry import REGISTRY_ID
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.weights import load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event, Participant, Tie
from marchland.store import Store

_KEPT: Final = 400  # results of one group kept beside the records
_FEW: Final = 4  # draws where only shares are wanted, which do not hang on them
_HEAVY: Final = {"influence": 40, "listed": 8, "changes": 40, "brief": 40}  # groups whose results are large


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One unchanging picture of a store."""

    state: tuple[float, ...]  # of the file; another one means that it was written
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    documents: tuple[Document, ...]  # without their text
    origins: Mapping[str, str]
    events_of: Mapping[str, tuple[Event, ...]]  # by country
    ties_of: Mapping[str, tuple[Tie, ...]]  # by host or member, the registry's first
    document_of: Mapping[str, Document]
    results: dict[str, OrderedDict[Hashable, Any]] = field(default_factory=dict, compare=False, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)
    turns: dict[str, threading.Lock] = field(default_factory=dict, compare=False, repr=False)

    def kept[T](self, group: str, key: Hashable, make: Callable[[], T]) -> T:
        """A result, worked out once for this picture of the store; two that ask at once may both work it out."""
        with self.lock:
            held = self.results.setdefault(group, OrderedDict())
            if key in held:
                held.move_to_end(key)
                return cast(T, held[key])
        value = make()
        with self.lock:
            held[key] = value
            while len(held) > _HEAVY.get(group, _KEPT):
                held.popitem(last=False)
        return value

    def turn(self, group: str) -> threading.Lock:
        """Held while a result of a group is worked out that is too dear to be worked out twice."""
        with self.lock:
            return self.turns.setdefault(group, threading.Lock())

    def has(self, group: str, key: Hashable) -> bool:
        """Is a result worked out already?"""
        with self.lock:
            return key in self.results.get(group, ())

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and last day that the store tells of; None = nothing in it has a date."""
        return self.kept("span", None, lambda: _span(self.documents, self.events))

    def influence(
        self,
        host: str,
        *,
        powers: tuple[str, ...] = (),
        since: date | None = None,
        until: date | None = None,
        period: str = "year",
        registry: bool = True,
    ) -> tuple[InfluenceRow, ...]:
        """The same rows as `marchland influence`; none where neither the store nor the question has a date."""
        told = self.events_of.get(host, ())
        known = _span(self.documents, told)
        start, end = since or (known[0] if known else None), until or (known[1] if known else None)
        if start is None or end is None:
            return ()
        key = (host, powers, start, end, period, registry)
        return self.kept("influence", key, lambda: self._measured(host, powers, start, end, period, registry=registry))

    def _measured(
        self, host: str, powers: tuple[str, ...], start: date, end: date, period: str, *, registry: bool
    ) -> tuple[InfluenceRow, ...]:
        rows = measure(
            self.events_of.get(host, ()), self.ties, self.documents, host=host, powers=powers, since=start, until=end,
            period=period, domains=tuple(Domain), registry=registry, origins=self.origins,
        )  # fmt: skip
        return tuple(rows)

    def glance(
        self, host: str, year: int, powers: tuple[str, ...] = (), *, intervals: bool = False
    ) -> tuple[InfluenceRow, ...]:
        """One year's rows for one host, without their evidence: what maps need of every host.

        For hosts that the store tells of, shares are those of `influence`, all years being worked out at once. The others
        rest on the registry alone and are measured for the one year.

        Args:
            intervals: Whether the ends of the intervals count, too; else they are only roughly drawn, which is quick.
        """
        if host in self.told_of:
            by_year = self.kept(
                "years", (host, powers, intervals), lambda: self._by_year(host, powers, intervals=intervals)
            )
            if str(year) in by_year:
                return by_year[str(year)]
        return self._alone(host, date(year, 1, 1), date(year, 12, 31), powers)

    def _by_year(self, host: str, powers: tuple[str, ...], *, intervals: bool) -> dict[str, tuple[InfluenceRow, ...]]:
        known = _span(self.documents, self.events_of.get(host, ()))
        if known is None:
            return {}
        rows = self.influence(host, powers=powers) if intervals else self._alone(host, *known, powers, draws=_FEW)
        out: dict[str, list[InfluenceRow]] = defaultdict(list)
        for row in rows:
            out[row.period].append(replace(row, find=_nothing))  # the ledgers behind the rows are large
        return {period: tuple(own) for period, own in out.items()}

    def _alone(
        self, host: str, since: date, until: date, powers: tuple[str, ...], *, draws: int | None = None
    ) -> tuple[InfluenceRow, ...]:
        """Measured from the host's own documents and ties, which gives the same shares as all of them."""
        told, held = self.events_of.get(host, ()), self.ties_of.get(host, ())
        names = {m.doc_id for r in (*told, *held) for m in r.mentions}
        found = [self.document_of[n] for n in sorted(names) if n in self.document_of]
        weights = load_weights()
        rows = measure(
            told, held, found, host=host, powers=powers, since=since, until=until, registry=False, origins=self.origins,
            weights=replace(weights, draws=draws) if draws else weights,
        )  # fmt: skip
        return tuple(rows)

    @property
    def told_of(self) -> frozenset[str]:
        """The countries of which the store's own documents tell."""

        def find() -> frozenset[str]:
            held = {p.country for t in self.ties for p in (t.host, *t.members) if p and p.country}
            return frozenset(held | set(self.events_of))

        return self.kept("told of", None, find)

    def record(self, record_id: str) -> Event | Tie | None:
        """An event or tie of the store by its id."""

        def find() -> dict[str, Event | Tie]:
            out: dict[str, Event | Tie] = {e.id: e for e in self.events}
            return out | {t.id: t for t in self.ties}

        return self.kept("records", None, find).get(record_id)


def _nothing() -> tuple[Evidence, ...]:
    return ()


def _span(found: Sequence[Document], told: Sequence[Event]) -> tuple[date, date] | None:
    days = [d.published.best or d.published.range.end for d in found if d.published]
    days += [e.when.start for e in told if e.when and e.status.happened]
    known = [d for d in days if d]
    return (min(known), max(known)) if known else None


def standing_in(tie: Tie) -> set[str]:
    """The countries that a tie is listed under."""
    return {p.country for p in (tie.host, *tie.members) if p and p.country}


def taken(store: Store, state: tuple[float, ...]) -> Snapshot:
    """Read a store whole."""
    events, ties = store.events(), store.ties()
    documents = tuple(replace(d, text="", blocks=()) for d in store.documents())
    events_of: dict[str, list[Event]] = defaultdict(list)
    for e in events:
        for key in {k for p in e.parties for k in keys_of(p)}:
            events_of[key].append(e)
    ties_of: dict[str, list[Tie]] = defaultdict(list)
    for t in (*shipped().ties, *ties):
        for code in standing_in(t):
            ties_of[code].append(t)
    return Snapshot(
        state=state,
        events=events,
        ties=ties,
        documents=documents,
        origins=store.origins(),
        events_of={k: tuple(v) for k, v in events_of.items()},
        ties_of={k: tuple(v) for k, v in ties_of.items()},
        document_of={d.doc_id: d for d in documents},
    )


def keys_of(party: Participant) -> tuple[str, ...]:
    """The country and the organisation under which a party's events are listed."""
    return tuple(k for k in (party.country, party.org) if k)


def told_hosts(found: Snapshot) -> list[tuple[str, int]]:
    """Countries by how many of the store's records have them for a party, most first."""

    def count() -> list[tuple[str, int]]:
        total = Counter({code: len(events) for code, events in found.events_of.items()})
        for t in found.ties:
            total.update({p.country for p in (t.power, t.host, *t.members) if p and p.country})
        return sorted(total.items(), key=lambda x: (-x[1], x[0]))

    return found.kept("told hosts", None, count)


def documents_of(found: Snapshot, host: str) -> list[Document]:
    """The documents that tell of a host, by publication."""

    def find() -> list[Document]:
        records = (*found.events_of.get(host, ()), *found.ties_of.get(host, ()))
        names = {m.doc_id for r in records for m in r.mentions} - {REGISTRY_ID}
        return [d for d in found.documents if d.doc_id in names]

    return found.kept("documents", host, find)
