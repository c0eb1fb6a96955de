"""`marchland shifts`: what changed in a host, and who moved there and was answered."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from rich.table import Table

from marchland import api_shifts
from marchland.answers import changed_json
from marchland.api_shifts import Changed
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.cli.tables import console, shown
from marchland.influence import FlowShift, Rate
from marchland.model.records import Record

_QUOTE = 100  # characters of a sentence that a table shows


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
@click.option("--all", "everything", is_flag=True, help="List tested changes that are no alarm, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per step, shift, move and rate.")
def shifts(
    host: str,
    store: Path | None,
    power: tuple[str, ...],
    rival: str | None,
    since: date | None,
    until: date | None,
    as_known_on: date | None,
    *,
    registry: bool,
    with_moves: bool,
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
    )
    flows = found.shifts.flows if everything else found.shifts.alarms
    if as_json:
        for row in changed_json(found, with_moves=with_moves, everything=everything):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    out = console()
    out.print(step_table(found))
    out.print(flow_table(flows, found))
    told = f"{found.shifts.tested} series were tested, {found.shifts.thin} have too few acts; {len(found.shifts.alarms)} alarms"
    click.echo(f"marchland: {told}", err=True)
    if with_moves:
        out.print(move_table(found))
        out.print(rate_table(found.rates))


def _table(title: str, *columns: str) -> Table:
    out = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for name in columns:
        out.add_column(name, overflow="fold", no_wrap=name in ("month", "day"))
    return out


def _told(records: Mapping[str, Record], identity: str) -> str:
    record = records.get(identity)
    if record is None:
        return shown(identity)
    quote = " ".join(record.mentions[0].quote.split())
    return shown(quote if len(quote) <= _QUOTE else quote[: _QUOTE - 3] + "...")


def step_table(found: Changed) -> Table:
    """Exact steps, by day."""
    out = _table("Ties that began or ended", "day", "power", "tie", "", "stock", "told")
    for s in found.shifts.steps:
        day = s.day.isoformat() if s.first == s.last else f"{s.first}..{s.last}"
        stock = f"{s.before:.1f} -> {s.after:.1f}"
        out.add_row(
            day, shown(s.power), s.kind.value, "began" if s.opens else "ended", stock, _told(found.records, s.record_id)
        )
    return out


def flow_table(flows: Sequence[FlowShift], found: Changed) -> Table:
    """Statistical shifts, alarms first."""
    out = _table(
        "Shifts in what powers do", "month", "power", "of", "before -> after", "P(shift)", "p", "q", "leans most on"
    )
    for f in flows:
        of = "posture" if f.measure == "posture" else f"acts, {f.domain.value if f.domain else 'all'}"
        month = f"{f.month} ({f.low}..{f.high})" if f.low != f.high else f.month
        leans = [_told(found.records, w.name) for w in f.acts[:1]] + [f"({shown(w.name)})" for w in f.outlets[:1]]
        level = f"{f.before:.2f} -> {f.after:.2f}"
        out.add_row(
            month,
            shown(f.power),
            of,
            level,
            f"{f.probability:.2f}",
            f"{f.p:.3f}",
            f"{f.q:.3f}",
            " ".join(leans),
            style=None if f.alarm else "dim",
        )
    if not flows:
        out.add_row("none")
    return out


def move_table(found: Changed) -> Table:
    """Moves by day, with what became of each."""
    out = _table(
        "Moves inside a rival's sphere", "day", "power", "rival", "move", "outcome", "rival's documents", "told"
    )
    for m in found.moves:
        out.add_row(
            m.day.isoformat(),
            shown(m.power),
            shown(m.rival),
            m.code,
            m.outcome.value,
            str(m.looked),
            _told(found.records, m.record_id),
        )
    return out


def rate_table(found: Sequence[Rate]) -> Table:
    """How often each rival answers."""
    out = _table("How often the rival answers", "rival", "moves", "number", "looked for", "answered", "rate")
    for r in found:
        rate = (
            "too few to tell"
            if r.rate is None or r.low is None or r.high is None
            else f"{r.rate:.0%} ({r.low:.0%}-{r.high:.0%})"
        )
        out.add_row(shown(r.rival), r.sort, str(r.moves), str(r.looked), str(r.answered), rate)
    return out
