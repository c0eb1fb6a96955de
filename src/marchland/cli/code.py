"""`marchland code`: documents to records."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from marchland import api
from marchland.cli.options import HELP, STORE
from marchland.cli.reading_view import reading_view
from marchland.cli.tables import console, event_table, shown, tie_table, when
from marchland.documents import Unread
from marchland.model import wire
from marchland.model.document import Document
from marchland.model.records import KIND_OF, Reading

_ANALYSIS = 1500  # characters from which a text is shown whole, with its records in the margin


@click.command(context_settings=HELP)
@click.argument("paths", nargs=-1, required=True)
@click.option("--store", "store_path", type=STORE, help="Keep the records here; without it nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per record.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read side by side."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out records the coder is less sure of (0..1).",
)
def code(
    paths: tuple[str, ...], store_path: Path | None, min_confidence: float, workers: int, *, as_json: bool
) -> None:
    """Read records from PATHS (files, folders, URLs; '-' is JSON lines on standard input) and print them."""
    unread: list[Unread] = []
    total: Counter[str] = Counter()
    with ExitStack() as stack:
        store = stack.enter_context(api.open_store(store_path)) if store_path else None
        for document, reading in _with_progress(
            api.read_all(paths, unread=unread, talk=_talk, min_confidence=min_confidence, workers=workers)
        ):
            total["documents"] += 1
            total.update(KIND_OF[type(r)] + "s" for r in reading.records)
            if store is not None:
                api.keep(store, document, reading)
            if as_json:
                _print_json(document, reading)
            else:
                _print_tables(document, reading, brief=store is not None)
    _close(total, unread, store_path)
    if unread:
        sys.exit(1)


def _talk(message: str) -> None:
    click.echo(f"marchland: {message}", err=True)


def _with_progress(read: Iterator[tuple[Document, Reading]]) -> Iterator[tuple[Document, Reading]]:
    """A line on standard error that counts, where a person watches."""
    if not sys.stderr.isatty():
        yield from read
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} documents read"), TimeElapsedColumn())
    with Progress(*columns, console=console_err(), transient=True) as progress:
        task = progress.add_task("read", total=None)
        for item in read:
            progress.advance(task)
            yield item


def console_err() -> Console:
    """Standard error for talk."""
    return Console(stderr=True)


def _print_json(document: Document, reading: Reading) -> None:
    lines = [wire.document_json(document, with_text=document.extracted)]
    lines += [wire.citation_json(c) for c in reading.citations]
    lines += [wire.record_json(r) for r in reading.records]
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False))


def _print_tables(document: Document, reading: Reading, *, brief: bool) -> None:
    out = console()
    published = when(document.published.range) if document.published else "date unknown"
    out.print(
        f"[bold]{shown(document.title or document.doc_id)}[/bold]  ({shown(document.publisher or 'publisher unknown')}, {published})"
    )
    if brief:
        return
    if document.published:
        for reason in document.published.reasons:
            out.print(f"  dated: {shown(reason)}", style="dim")
    if len(document.text) >= _ANALYSIS:
        out.print(reading_view(document, reading))
        return
    if reading.events:
        out.print(event_table(reading.events))
    if reading.ties:
        out.print()
        out.print(tie_table(reading.ties))
    out.print()


def _close(total: Counter[str], unread: list[Unread], store_path: Path | None) -> None:
    counts = ", ".join(f"{n} {kind}" for kind, n in total.items()) or "nothing read"
    click.echo(f"marchland: {counts}" + (f"; kept in {store_path}" if store_path else ""), err=True)
    for item in unread:
        click.echo(f"marchland: not read: {item}", err=True)
