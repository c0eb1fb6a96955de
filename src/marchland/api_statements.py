"""Statements, silences and links of a store as functions: what `api` hands on beside events and ties."""

from pathlib import Path
from typing import Unpack

from marchland.model.records import Claim, Forecast, Judgement, Link, Silence
from marchland.store import Store, store_path
from marchland.store.views import Asked


def _opened(path: Path | str | None) -> Store:
    return Store(store_path(Path(path) if path else None), read_only=True)


def statements(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Claim | Judgement | Forecast, ...]:
    """Which claims, judgements and forecasts does the store hold that answer the question? `type` names one of the three."""
    with _opened(store) as opened:
        return opened.statements(**asked)


def silences(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Silence, ...]:
    """Which silences do the store's documents tell of?"""
    with _opened(store) as opened:
        return opened.silences(**asked)


def links(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Link, ...]:
    """Which links between records does the store hold? `type` names a relation."""
    with _opened(store) as opened:
        return opened.links(**asked)
