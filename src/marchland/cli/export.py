"""`marchland export`: a store's events in the formats of the field."""

from datetime import date
from pathlib import Path

import click

from marchland import api
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.exchange.export import WRITERS
from marchland.exchange.export import export as lines_of
from marchland.exchange.outgoing import Outgoing


@click.command(context_settings=HELP)
@click.option("--format", "asked", type=click.Choice(sorted(WRITERS)), required=True, help="What to write.")
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--country", type=COUNTRY, help="Only events with a party of this country.")
@click.option("--power", type=COUNTRY, multiple=True, help="Only events with one of these powers; repeatable.")
@click.option("--since", type=FROM_DAY, help="Only what reaches to this day or later.")
@click.option("--until", type=TO_DAY, help="Only what reaches back to this day or earlier.")
@click.option("--all", "every", is_flag=True, help="Planned, alleged and denied events too.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
def export(
    asked: str,
    store: Path | None,
    country: str | None,
    power: tuple[str, ...],
    since: date | None,
    until: date | None,
    output: Path | None,
    *,
    every: bool,
) -> None:
    """Write the events of a store as GDELT, POLECAT, PLOVER, CSV, GeoJSON or FollowTheMoney."""
    found = api.events(store, country=country, power=power, since=since, until=until)
    count = Outgoing()
    lines = lines_of(found, api.documents(store), format=asked, every=every, count=count)
    if output is None:
        for line in lines:
            click.echo(line)
    else:
        with output.open("w", encoding="utf-8", newline="") as out:
            out.writelines(f"{line}\n" for line in lines)
    told = f"{count.rows} rows from {count.events} events"
    if count.unsure:
        told += f"; {count.unsure} that did not surely happen were left out (--all writes them)"
    if count.undated:
        told += f"; {count.undated} without a day cannot be written as {asked}"
    click.echo(f"marchland: {told}", err=True)
