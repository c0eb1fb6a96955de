"""Statements, silences and links of a store as functions: what `api` hands on beside events and ties."""

from pathlib import Path
from typing import Unpack

from marchland.influence.silence_why import silence_why
from marchland.lexicon.outlets import outlets
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


def silences_why(store: Path | str | None = None, **asked: Unpack[Asked]) -> list[tuple[Silence, list[str]]]:
    """The same silences, each with the lines that open it: who tells it, on what, and what was looked at."""
    with _opened(store) as opened:
        scope: Asked = {"as_of": asked.get("as_of"), "as_known_on": asked.get("as_known_on")}
        documents, table = opened.documents(**scope), outlets()
        return [(s, silence_why(s, opened.record, documents, table)) for s in opened.silences(**asked)]


def links(store: Path | str | None = None, **asked: Unpack[Asked]) -> tuple[Link, ...]:
    """Which links between records does the store hold? `type` names a relation."""
    with _opened(store) as opened:
        return opened.links(**asked)
