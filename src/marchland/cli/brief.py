"""`marchland brief`: who holds sway in a host, in prose."""

import json
from datetime import date
from pathlib import Path

import click

from marchland.brief.markdown import markdown
from marchland.brief.verb import brief as compose
from marchland.brief.verb import format_of, write
from marchland.brief.wire import brief_json
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.documents.unread import printable
from marchland.errors import MarchlandError


@click.command(context_settings=HELP)
@click.argument("host", type=COUNTRY)
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--power", type=COUNTRY, multiple=True, help="Only these outside powers; repeatable.")
@click.option("--since", type=FROM_DAY, help="First day; else that of the store's first event or document.")
@click.option("--until", type=TO_DAY, help="Last day; else the store's last.")
@click.option(
    "--registry/--no-registry",
    default=True,
    show_default=True,
    help="Count the lexicon's well-known standing ties too.",
)
@click.option("--as-of", type=TO_DAY, help="What was published up to this day.")
@click.option("--as-known-on", type=TO_DAY, help="What the store held on this day.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="Where to write: NAME.md (drawings beside it), NAME.html or NAME.pdf; '-' or none prints Markdown.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: sections, sentences, evidence.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a sentence had to be dropped.")
@click.pass_context
def brief(
    ctx: click.Context,
    host: str,
    store: Path | None,
    power: tuple[str, ...],
    since: date | None,
    until: date | None,
    as_of: date | None,
    as_known_on: date | None,
    output: Path | None,
    *,
    registry: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Write a brief on HOST: what happened, what stands, who leads, what shifted, who answered, what was foretold and comes next.

    Every sentence carries footnotes, and one that they do not support is not written but listed on standard error.
    """
    to_file = output is not None and str(output) != "-"
    if as_json and to_file:
        raise click.UsageError("--json prints to standard output; give it without -o")
    if output is not None and to_file:
        _check_name(output)
    made = compose(
        host,
        store=store,
        power=power,
        since=since,
        until=until,
        registry=registry,
        as_of=as_of,
        as_known_on=as_known_on,
    )
    if as_json:
        click.echo(json.dumps(brief_json(made), ensure_ascii=False))
    elif output is not None and to_file:
        for path in write(made, output):
            click.echo(f"marchland: written to {path}", err=True)
    else:
        click.echo("\n".join(printable(line) for line in markdown(made).splitlines()))
    for sentence in made.dropped:
        click.echo(printable(f"marchland: dropped “{sentence.text}” ({'; '.join(sentence.reasons)})"), err=True)
    if strict and made.dropped:
        ctx.exit(1)


def _check_name(path: Path) -> None:
    """Say at once, before anything is worked out, that a name cannot be written."""
    try:
        format_of(path)
    except MarchlandError as err:
        raise click.BadParameter(str(err), param_hint="-o") from None
    if not path.parent.is_dir():
        raise click.BadParameter(f"{path.parent} is no folder; make it first", param_hint="-o")
