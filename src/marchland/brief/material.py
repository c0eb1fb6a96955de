"""What a brief is written from: the records of one store on one host, and what the other verbs make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from marchland.api import imported
from marchland.errors import DocumentError, MarchlandError
from marchland.influence import OTHERS, InfluenceRow, Move, Rate, Shifts, influence, moves, rates, shifts
from marchland.influence.periods import middle
from marchland.influence.sources import published
from marchland.lexicon.registry import registry as shipped
from marchland.model.document import Document
from marchland.model.records import Claim, Event, Forecast, Judgement, Link, Record, Silence, Tie
from marchland.store import Store
from marchland.store.stories import stories

_YEAR, _QUARTER = 700, 200  # days: longer windows are read by year, by quarter; shorter ones by month


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question of a brief."""

    host: str
    since: date | None = None
    until: date | None = None
    power: tuple[str, ...] = ()
    registry: bool = True
    as_of: date | None = None
    as_known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All of it, between two days."""

    asked: Asked
    host: str
    since: date
    until: date
    period: str
    events: tuple[Event, ...]  # with the host for a party
    ties: tuple[Tie, ...]  # of the store, then of the registry
    statements: tuple[Claim | Judgement | Forecast, ...]
    silences: tuple[Silence, ...]
    links: tuple[Link, ...]
    documents: Mapping[str, Document]
    origins: Mapping[str, str]
    rows: tuple[InfluenceRow, ...]
    shifts: Shifts
    moves: tuple[Move, ...]
    rates: tuple[Rate, ...]
    records: Mapping[str, Record] = field(repr=False)
    stories: Mapping[str, str] = field(repr=False)

    @property
    def powers(self) -> tuple[str, ...]:
        """Outside powers, the one with most exposure on the last day first."""
        last = [r for r in self.rows if r.period == self.rows[-1].period and r.power != OTHERS]
        size: dict[str, float] = {}
        for r in last:
            size[r.power] = size.get(r.power, 0.0) + (r.share or 0.0)
        return tuple(sorted(size, key=lambda p: (-size[p], p)))

    def told(self, doc_id: str) -> date | None:
        """When a document came out."""
        found = self.documents.get(doc_id)
        return published(found) if found else None

    def day(self, record: Event | Tie) -> date | None:
        """The day that stands for a record: its own, else that of its first telling."""
        own = record.when if isinstance(record, Event) else record.since
        return middle(own) or min((d for m in record.mentions if (d := self.told(m.doc_id))), default=None)


def gather(store: Store, asked: Asked, *, home: Path | None = None) -> Material:
    """Ask a store everything that a brief on one host tells.

    Args:
        home: Where the store lies, for event data imported beside it; None = nothing was.

    Raises:
        DocumentError: nothing in the store has a date, and no days are given.
        MarchlandError: the days run backwards.
    """
    scope = {"as_of": asked.as_of, "as_known_on": asked.as_known_on}
    documents = store.documents(**scope)  # type: ignore[arg-type]  # two of the keywords
    events = store.events(country=asked.host, **scope)  # type: ignore[arg-type]
    ties = store.ties(**scope)  # type: ignore[arg-type]
    statements = store.statements(**scope)  # type: ignore[arg-type]
    silences, links = store.silences(**scope), store.links(**scope)  # type: ignore[arg-type]
    origins = store.origins(**scope)
    since, until = _span(asked, documents, events)
    further, more = imported(home, asked.host) if home else (None, [])
    held = (*ties, *more)
    period = _period(since, until)
    rows = influence(
        events, held, documents, host=asked.host, powers=asked.power, since=since, until=until, period=period,
        registry=asked.registry, origins=origins, known_on=asked.as_known_on, further=further,
    )  # fmt: skip
    changed = shifts(
        events, held, documents, host=asked.host, powers=asked.power, since=since, until=until,
        registry=asked.registry, origins=origins, known_on=asked.as_known_on, further=further,
    )  # fmt: skip
    done = moves(
        events, held, documents, links=links, silences=silences, statements=statements, host=asked.host, since=since,
        until=until, powers=asked.power, registry=asked.registry, origins=origins,
    )  # fmt: skip
    standing = (*held, *(shipped().ties if asked.registry else ()))
    told_on = {d.doc_id: published(d) for d in documents}
    everything: tuple[Record, ...] = (*standing, *events, *links, *silences, *statements)
    return Material(
        asked=asked,
        host=asked.host,
        since=since,
        until=until,
        period=period,
        events=events,
        ties=standing,
        statements=statements,
        silences=silences,
        links=links,
        documents={d.doc_id: d for d in documents},
        origins=origins,
        rows=tuple(rows),
        shifts=changed,
        moves=tuple(done),
        rates=tuple(rates(done)),
        records={r.id: r for r in everything},
        stories=stories(events, told_on),
    )


def _span(asked: Asked, documents: Sequence[Document], events: Sequence[Event]) -> tuple[date, date]:
    days = [d for doc in documents if (d := published(doc))]
    days += [e.when.start for e in events if e.when and e.when.start and e.status.happened]
    start, end = asked.since or min(days, default=None), asked.until or max(days, default=None)
    if start is None or end is None:
        raise DocumentError(
            f"the store holds nothing dated on {asked.host}; give --since and --until to brief on the registry alone"
        )
    if start > end:
        raise MarchlandError(f"since {start} lies after until {end}; the first day must not follow the last")
    return start, end


def _period(since: date, until: date) -> str:
    days = (until - since).days
    return "year" if days > _YEAR else "quarter" if days > _QUARTER else "month"
