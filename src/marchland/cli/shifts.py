"""`marchland shifts`: what changed in a host, and who moved there and was answered."""

import json
from datetime import date
from pathlib import Path

import click

from marchland import api_shifts
from marchland.answers import changed_json
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.cli.shift_tables import alarm_table, flow_table, move_table, rate_table, step_table, why_lines
from marchland.cli.tables import console
from marchland.documents.unread import printable


@click.command(context_settings=HELP)
@click.argument("host", type=COUNTRY)
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--power", type=COUNTRY, multiple=True, help="Only what this outside power did; repeatable.")
@click.option(
    "--rival", type=COUNTRY, help="With --moves: inside whose sphere; else the power that held most before each move."
)
@click.option("--since", type=FROM_DAY, help="First day; else that of the store's first document.")
@click.option("--until", type=TO_DAY, help="Last day; else the store's last.")
@click.option(
    "--registry/--no-registry",
    default=True,
    show_default=True,
    help="Count the lexicon's well-known standing ties too.",
)
@click.option("--as-known-on", type=TO_DAY, help="What the store held on this day.")
@click.option("--moves", "with_moves", is_flag=True, help="List moves inside a rival's sphere, and what answered them.")
@click.option(
    "--alarm",
    "with_alarm",
    is_flag=True,
    help="Tell what a running alarm would have said at the time, which at each month knew no later one.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.001, 2),
    help="With --alarm: false alarms a year that are expected at most; else that of the lexicon.",
)
@click.option(
    "--why",
    "explain",
    is_flag=True,
    help="List what each step and alarm stands on, with the sentences, not the tables.",
)
@click.option("--all", "everything", is_flag=True, help="List tested changes that are no alarm, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per step, shift, alarm, move and rate.")
def shifts(
    host: str,
    store: Path | None,
    power: tuple[str, ...],
    rival: str | None,
    since: date | None,
    until: date | None,
    as_known_on: date | None,
    rate: float | None,
    *,
    registry: bool,
    with_moves: bool,
    with_alarm: bool,
    explain: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Find what changed in HOST: ties that began or ended, and shifts in what outside powers do there."""
    found = api_shifts.shifts(
        host,
        store=store,
        power=power,
        rival=rival,
        since=since,
        until=until,
        registry=registry,
        as_known_on=as_known_on,
        rate=rate,
        alarm=with_alarm,
    )
    flows = found.shifts.flows if everything else found.shifts.alarms
    if as_json:
        for row in changed_json(found, with_moves=with_moves, with_alarm=with_alarm, everything=everything):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if explain:
        for line in why_lines(found.shifts, found.records):
            click.echo(printable(line))
        return
    out = console()
    out.print(step_table(found.shifts.steps, found.records))
    out.print(flow_table(flows, found.records))
    told = f"{found.shifts.tested} series were tested, {found.shifts.thin} have too few acts; {len(found.shifts.alarms)} alarms"
    click.echo(f"marchland: {told}", err=True)
    if found.watch:
        watch = found.watch
        out.print(alarm_table(watch))
        told = f"{len(watch.powers)} powers watched at {watch.looks} looks; at most {watch.rate:g} false alarms a year are expected"
        click.echo(f"marchland: {told}", err=True)
    if with_moves:
        out.print(move_table(found.moves, found.records))
        out.print(rate_table(found.rates))
