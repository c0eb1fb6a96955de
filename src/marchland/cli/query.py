"""`marchland events`, `ties`, `documents`: questions to a store."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from marchland import api
from marchland.cli.options import HELP, document_filters, filters
from marchland.cli.tables import console, document_table, event_table, tie_table
from marchland.model import wire


def answer(rows: Iterable[dict[str, Any]], table: Table, *, as_json: bool) -> None:
    """Print what was found: JSON lines for machines, a table for people."""
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        console().print(table)


@click.command(context_settings=HELP)
@filters
def events(store: Path | None, kind: str | None, *, as_json: bool, **question: Any) -> None:
    """List the events of a store."""
    found = api.events(store, type=kind, **question)
    answer((wire.record_json(e) for e in found), event_table(found), as_json=as_json)


@click.command(context_settings=HELP)
@filters
def ties(store: Path | None, kind: str | None, *, as_json: bool, **question: Any) -> None:
    """List the standing ties of a store."""
    found = api.ties(store, type=kind, **question)
    answer((wire.record_json(t) for t in found), tie_table(found), as_json=as_json)


@click.command(context_settings=HELP)
@document_filters
def documents(store: Path | None, *, as_json: bool, **question: Any) -> None:
    """List the documents of a store."""
    found = api.documents(store, **question)
    answer((wire.document_json(d, with_text=False) for d in found), document_table(found), as_json=as_json)
