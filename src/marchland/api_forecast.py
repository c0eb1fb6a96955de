"""Odds and their record as functions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from marchland.errors import ForecastError
from marchland.forecast.ask import Foretold, foretell
from marchland.forecast.ledger import to_issue
from marchland.forecast.odds import HORIZONS
from marchland.forecast.ranking.who import WhoNext, who_next
from marchland.forecast.record import Record
from marchland.forecast.record import record as work_out
from marchland.influence.periods import middle
from marchland.influence.sources import published
from marchland.model.document import Document
from marchland.model.ontology import EventType
from marchland.model.records import Event
from marchland.store import Store, store_path


def forecast(
    host: str,
    *,
    store: Path | str | None = None,
    power: Iterable[str] = (),
    horizon: Sequence[int] = HORIZONS,
    type: str = "quad",  # noqa: A002  # the word of the command line and of the other verbs
    on: date | None = None,
    keep: bool = False,
) -> list[Foretold]:
    """What comes next between outside powers and `host`? Odds with reasons that are dated events.

    Args:
        horizon: Days ahead, each a window of its own from `on`.
        type: quad, type, one quad class, one event type, or a kind of tie.
        on: The morning of the forecast; None = the day after the newest that the store knows.
        keep: Write them into the store's ledger, for good.

    Raises:
        MarchlandError: the store, a horizon or a type is not known.
    """
    path = store_path(Path(store) if store else None)
    with Store(path, read_only=True) as opened:
        found = foretell(opened, path, host, on=on, horizons=horizon, kind=type, powers=tuple(power))
    if keep:
        with Store(path) as opened:
            opened.issue(to_issue(found, datetime.now(UTC)))
    return found


def record(store: Path | str | None = None) -> Record:
    """Hits and misses: every forecast that was kept or read from a text, resolved by what is known now, and scored."""
    path = store_path(Path(store) if store else None)
    with Store(path, read_only=True) as opened:
        return work_out(opened, path)


def next_party(
    question: str, *, store: Path | str | None = None, on: date | None = None, boosted: bool = False, limit: int = 10
) -> WhoNext:
    """Whom will this actor turn to next with such an act, or who will turn to this recipient?

    Args:
        question: "CHN COOPERATE ?" or "? COOPERATE TJK": actor, event type, recipient; the question mark is what is asked for.
        on: Only what was before this day counts; None = the day after the newest that the store knows.

    Raises:
        ForecastError: the question is not of that form, its party is in no dated event, or nothing has a date.
    """
    actor, event_type, recipient = _asked_next(question)
    path = store_path(Path(store) if store else None)
    with Store(path, read_only=True) as opened:
        events = opened.events()
        day = on or morning(events, opened.documents())
    if day is None:
        raise ForecastError("the store holds nothing dated; give the day before which events count")
    return who_next(
        events, actor=actor, recipient=recipient, event_type=event_type, on=day, boosted=boosted, limit=limit
    )


def morning(events: Iterable[Event], documents: Iterable[Document]) -> date | None:
    """The day after the newest that is known; None = nothing has a date."""
    days = [d for doc in documents if (d := published(doc))]
    days += [d for e in events if e.status.happened and (d := middle(e.when))]
    return max(days) + timedelta(days=1) if days else None


def _asked_next(question: str) -> tuple[str | None, EventType, str | None]:
    parts = question.split()
    if len(parts) != 3 or [parts[0], parts[2]].count("?") != 1 or parts[1].upper() not in set(EventType):
        raise ForecastError(
            f'who next "{question[:60]}": write "CHN COOPERATE ?" or "? COOPERATE TJK": actor, event type, recipient, '
            "and a question mark for what is asked. List the types: marchland ref events"
        )
    actor, recipient = (None if p == "?" else p for p in (parts[0], parts[2]))
    return actor, EventType(parts[1].upper()), recipient
