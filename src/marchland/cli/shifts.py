"""`marchland shifts`: what changed in a host, and who moved there and was answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from marchland import api
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.cli.shift_rows import alarm_json, flow_json, move_json, rate_json, step_json
from marchland.cli.shift_tables import alarm_table, flow_table, move_table, rate_table, step_table, why_lines
from marchland.cli.tables import console
from marchland.documents.unread import printable
from marchland.errors import DocumentError
from marchland.influence import Move, Rate, Shifts, Watch, rates
from marchland.influence import alarms as alarms_of
from marchland.influence import moves as moves_of
from marchland.influence import shifts as shifts_of
from marchland.influence.sources import published
from marchland.lexicon.registry import registry as shipped
from marchland.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The answer with the records it rests on."""

    shifts: Shifts
    watch: Watch
    moves: tuple[Move, ...]
    rates: tuple[Rate, ...]
    records: Mapping[str, Record]


def changed(
    host: str,
    *,
    store: Path | str | None = None,
    power: Sequence[str] = (),
    rival: str | None = None,
    since: date | None = None,
    until: date | None = None,
    registry: bool = True,
    as_known_on: date | None = None,
    rate: float | None = None,
) -> Changed:
    """What changed in `host`, from a store's records and the lexicon's registry of ties.

    Args:
        rate: False alarms a year that the running alarm is to promise at most; None = that of the rules.

    Raises:
        DocumentError: the store holds no dated document and no period is given.
    """
    with api.open_store(store, read_only=True) as opened:
        documents = opened.documents(as_known_on=as_known_on)
        events = opened.events(country=host, as_known_on=as_known_on)
        ties, links = opened.ties(as_known_on=as_known_on), opened.links(as_known_on=as_known_on)
        silences, statements = opened.silences(as_known_on=as_known_on), opened.statements(as_known_on=as_known_on)
        origins = opened.origins(as_known_on=as_known_on)
    further, more = api.imported(api.opened_path(store), host)
    ties = (*ties, *more)
    days = further.days if further else []
    days += [d for doc in documents if (d := published(doc))]
    start, end = since or min(days, default=None), until or max(days, default=None)
    if start is None or end is None:
        raise DocumentError(
            f"the store holds nothing dated; give --since and --until to read the registry on {host} alone"
        )
    found = shifts_of(
        events,
        ties,
        documents,
        host=host,
        powers=tuple(power),
        since=start,
        until=end,
        registry=registry,
        origins=origins,
        known_on=as_known_on,
        further=further,
    )
    watch = alarms_of(
        events, documents, host=host, powers=tuple(power), since=start, until=end,
        origins=origins, known_on=as_known_on, rate=rate, further=further,
    )  # fmt: skip
    done = moves_of(
        events,
        ties,
        documents,
        links=links,
        silences=silences,
        statements=statements,
        host=host,
        since=start,
        until=end,
        powers=tuple(power),
        rival=rival,
        registry=registry,
        origins=origins,
    )
    records: dict[str, Record] = {r.id: r for r in (*shipped().ties, *events, *ties, *links, *silences, *statements)}
    return Changed(shifts=found, watch=watch, moves=tuple(done), rates=tuple(rates(done)), records=records)


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
    found = changed(
        host,
        store=store,
        power=power,
        rival=rival,
        since=since,
        until=until,
        registry=registry,
        as_known_on=as_known_on,
        rate=rate,
    )
    flows = found.shifts.flows if everything else found.shifts.alarms
    if as_json:
        rows = [step_json(s) for s in found.shifts.steps] + [flow_json(f) for f in flows]
        if with_alarm:
            rows += alarm_json(found.watch)
        if with_moves:
            rows += [move_json(m) for m in found.moves] + [rate_json(r) for r in found.rates]
        for row in rows:
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
    if with_alarm:
        watch = found.watch
        out.print(alarm_table(watch))
        told = f"{len(watch.powers)} powers watched at {watch.looks} looks; at most {watch.rate:g} false alarms a year are expected"
        click.echo(f"marchland: {told}", err=True)
    if with_moves:
        out.print(move_table(found.moves, found.records))
        out.print(rate_table(found.rates))
