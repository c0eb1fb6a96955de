"""`marchland import`: event data and tables of ties that researchers have, beside a store."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from marchland.cli.options import HELP, STORE
from marchland.documents.unread import printable
from marchland.exchange.formats import ASKED
from marchland.exchange.keep import side_file
from marchland.exchange.run import Imported
from marchland.exchange.run import Progress as Report
from marchland.exchange.run import import_ as take
from marchland.store import store_path

_SHOWN: Final = 3  # refused rows of each rule that are printed


@click.command("import", context_settings=HELP)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "asked", type=click.Choice(ASKED), default="auto", show_default=True, help="What the files are in."
)
@click.option("--store", "path", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per file.")
def import_(files: tuple[Path, ...], asked: str, path: Path | None, *, as_json: bool) -> None:
    """Take rows of event data (GDELT, ICEWS, POLECAT, ACLED ...) and tables of ties from FILES; the rows stay as evidence."""
    store = store_path(path)
    with _bar() as progress:
        found = take(files, store=store, format=asked, progress=progress)
    for done in found:
        if as_json:
            click.echo(json.dumps(summary_json(done), ensure_ascii=False))
        else:
            for line in summary(done):
                click.echo(printable(line))
    click.echo(f"marchland: rows kept in {side_file(store)}", err=True)


@contextmanager
def _bar() -> Iterator[Report | None]:
    """A bar on standard error, where a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[Path, Any] = {}

        def report(path: Path, done: int, total: int) -> None:
            if path not in tasks:
                tasks[path] = bar.add_task(printable(path.name), total=total)
            bar.update(tasks[path], completed=done)

        yield report


def summary(done: Imported) -> Iterator[str]:
    """What became of one file, in lines for a person; the figures add up to the rows read."""
    head = f"{done.path.name}: {done.format}, {done.rows:,} rows read, {done.taken:,} taken"
    head += f", {done.ties:,} ties" if done.ties else ""
    if done.days:
        head += f", {done.days.start} to {done.days.end}"
    yield head + ("; imported before, nothing done" if done.unchanged else "")
    if done.repeated:
        yield f"  {done.repeated:,} repeat an id that is known"
    if done.mirrored:
        yield f"  {done.mirrored:,} tell a mutual act from its other side"
    for code, count in sorted(done.left.items(), key=lambda x: (-x[1], x[0])):
        yield f"  {count:,} left out: {code}" + (
            " has no PLOVER type" if " " in code and code.split()[0].isupper() else ""
        )
    for rule, count in sorted(done.refused.items(), key=lambda x: (-x[1], x[0])):
        yield f"  {count:,} refused: {rule}"
        for one in [r for r in done.shown if r.rule == rule][:_SHOWN]:
            yield f"    {one}"
    if done.unknown:
        yield f"  countries that are not known, kept without: {', '.join(done.unknown)}"


def summary_json(done: Imported) -> dict[str, Any]:
    """The same as JSON."""
    days = None
    if done.days:
        days = {"start": str(done.days.start), "end": str(done.days.end)}
    return {
        "record": "import",
        "file": str(done.path),
        "format": done.format,
        "unchanged": done.unchanged,
        "rows": done.rows,
        "taken": done.taken,
        "ties": done.ties,
        "repeated": done.repeated,
        "mirrored": done.mirrored,
        "left_out": done.left,
        "refused": done.refused,
        "shown": [asdict(r) for r in done.shown],
        "unknown_countries": list(done.unknown),
        "days": days,
    }
