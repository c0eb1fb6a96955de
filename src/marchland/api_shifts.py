"""What changed in a host, as a function: steps and shifts, moves and answers, with the records they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from marchland.api import imported, open_store, opened_path
from marchland.errors import DocumentError
from marchland.influence import Move, Rate, Shifts, Watch, rates
from marchland.influence import alarms as alarms_of
from marchland.influence import moves as moves_of
from marchland.influence import shifts as shifts_of
from marchland.influence.imported import Imported
from marchland.influence.sources import published
from marchland.lexicon.registry import registry as shipped
from marchland.model.document import Document
from marchland.model.records import AnyRecord, Claim, Event, Forecast, Judgement, Link, Silence, Tie
from marchland.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The records and documents that a question about changes is asked of."""

    events: Sequence[Event]  # with the host for a party
    ties: Sequence[Tie]
    documents: Sequence[Document]
    links: Sequence[Link]
    silences: Sequence[Silence]
    statements: Sequence[Claim | Judgement | Forecast]
    origins: Mapping[str, str]
    further: Imported | None = None  # acts of event data imported beside the store


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The answer with the records it rests on."""

    shifts: Shifts
    watch: Watch | None  # None = the running alarm was not asked for
    moves: tuple[Move, ...]
    rates: tuple[Rate, ...]
    records: Mapping[str, AnyRecord]


def shifts(
    host: str,
    *,
    store: Path | str | None = None,
    power: Sequence[str] = (),
    rival: str | None = None,
    since: date | None = None,
    until: date | None = None,
    registry: bool = True,
    as_known_on: date | None = None,
    rate: float | None = None,
    alarm: bool = True,
) -> Changed:
    """What changed in `host`: ties that began or ended, tested changes in acts, moves inside a rival's sphere and their answers.

    Args:
        rival: Inside whose sphere a move is; None = the power that held most before each move.
        registry: Count the lexicon's well-known standing ties too.
        rate: False alarms a year that the running alarm is to promise at most; None = that of the rules.
        alarm: Run it; it takes longer than all the rest.

    Raises:
        DocumentError: the store holds no dated document and no period is given.
    """
    with open_store(store, read_only=True) as opened:
        told = told_by(opened, host, as_known_on=as_known_on)
    further, more = imported(opened_path(store), host)
    told = replace(told, ties=(*told.ties, *more), further=further)
    return changed(
        told, host, power=power, rival=rival, since=since, until=until, registry=registry, as_known_on=as_known_on,
        rate=rate, alarm=alarm,
    )  # fmt: skip


def told_by(store: Store, host: str, *, as_known_on: date | None = None) -> Told:
    """What a store holds that changes in `host` are read from."""
    return Told(
        events=store.events(country=host, as_known_on=as_known_on),
        ties=store.ties(as_known_on=as_known_on),
        documents=store.documents(as_known_on=as_known_on),
        links=store.links(as_known_on=as_known_on),
        silences=store.silences(as_known_on=as_known_on),
        statements=store.statements(as_known_on=as_known_on),
        origins=store.origins(as_known_on=as_known_on),
    )


def changed(
    told: Told,
    host: str,
    *,
    power: Sequence[str] = (),
    rival: str | None = None,
    since: date | None = None,
    until: date | None = None,
    registry: bool = True,
    as_known_on: date | None = None,
    rate: float | None = None,
    alarm: bool = True,
) -> Changed:
    """The same, from records in memory.

    Raises:
        DocumentError: no document has a date and no period is given.
    """
    days = told.further.days if told.further else []
    days += [d for doc in told.documents if (d := published(doc))]
    start, end = since or min(days, default=None), until or max(days, default=None)
    if start is None or end is None:
        raise DocumentError(
            f"the store holds nothing dated; give --since and --until to read the registry on {host} alone"
        )
    found = shifts_of(
        told.events, told.ties, told.documents, host=host, powers=tuple(power), since=start, until=end, registry=registry,
        origins=told.origins, known_on=as_known_on, further=told.further,
    )  # fmt: skip
    watch = (
        alarms_of(
            told.events, told.documents, host=host, powers=tuple(power), since=start, until=end, origins=told.origins,
            known_on=as_known_on, rate=rate, further=told.further,
        )
        if alarm
        else None
    )  # fmt: skip
    done = moves_of(
        told.events, told.ties, told.documents, links=told.links, silences=told.silences, statements=told.statements,
        host=host, since=start, until=end, powers=tuple(power), rival=rival, registry=registry, origins=told.origins,
    )  # fmt: skip
    held: tuple[AnyRecord, ...] = (*told.ties, *told.events, *told.links, *told.silences, *told.statements)
    records: dict[str, AnyRecord] = {r.id: r for r in (*shipped().ties, *held)}
    return Changed(shifts=found, watch=watch, moves=tuple(done), rates=tuple(rates(done)), records=records)
