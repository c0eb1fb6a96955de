"""Odds and their record as functions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from marchland.forecast.ask import Foretold, foretell
from marchland.forecast.ledger import to_issue
from marchland.forecast.odds import HORIZONS
from marchland.forecast.record import Record
from marchland.forecast.record import record as work_out
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
