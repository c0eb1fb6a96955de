"""`marchland influence`: who holds how much over a host, and why."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.table import Table

from marchland import api
from marchland.answers import influence_json
from marchland.cli.options import COUNTRY, FROM_DAY, HELP, STORE, TO_DAY
from marchland.cli.tables import console, shown
from marchland.documents.unread import printable
from marchland.influence import OTHERS, InfluenceRow, plot, why
from marchland.model.ontology import Domain


@click.command(context_settings=HELP)
@click.argument("host", type=COUNTRY)
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option(
    "--power", type=COUNTRY, multiple=True, help="An outside power; repeatable. None = those with the most exposure."
)
@click.option(
    "--domain", type=click.Choice([d.value for d in Domain]), multiple=True, help="Only this domain; repeatable."
)
@click.option("--since", type=FROM_DAY, help="First day; else that of the store's first event or document.")
@click.option("--until", type=TO_DAY, help="Last day; else the store's last.")
@click.option("--period", type=click.Choice(["year", "quarter", "month"]), default="year", show_default=True)
@click.option(
    "--registry/--no-registry",
    default=True,
    show_default=True,
    help="Count the lexicon's well-known standing ties too.",
)
@click.option("--as-known-on", type=TO_DAY, help="What the store held on this day.")
@click.option(
    "--why",
    "explain",
    is_flag=True,
    help="List the ties and events behind each number of the last period, with their sentences.",
)
@click.option(
    "--plot", "plot_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the shares as an SVG."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per row.")
def influence(
    host: str,
    store: Path | None,
    power: tuple[str, ...],
    domain: tuple[str, ...],
    since: date | None,
    until: date | None,
    period: str,
    plot_path: Path | None,
    as_known_on: date | None,
    *,
    registry: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Measure the influence of outside powers over HOST, by domain and period."""
    domains = tuple(Domain(d) for d in domain) or tuple(Domain)
    measured = api.influence(
        host,
        store=store,
        power=power,
        since=since,
        until=until,
        period=period,
        domains=domains,
        registry=registry,
        as_known_on=as_known_on,
    )
    rows = measured.rows
    if plot_path:
        plot_path.write_text(plot(rows, documents=len(measured.documents), registry=registry), encoding="utf-8")
        click.echo(f"marchland: plot written to {plot_path}", err=True)
    if as_json:
        for row in rows:
            click.echo(json.dumps(influence_json(row, with_evidence=explain), ensure_ascii=False))
    elif explain:
        latest = max(r.day for r in rows)
        for row in rows:
            if row.day == latest:
                for line in why(row, measured.events, measured.ties, measured.documents):
                    click.echo(printable(line))
    else:
        console().print(table(rows))


def table(rows: Sequence[InfluenceRow]) -> Table:
    """Shares by domain and period, a column for each power; a number without enough evidence is said to have none."""
    powers = list(dict.fromkeys(r.power for r in rows))
    out = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title=f"Share of measured exposure of {rows[0].host}, per cent (90 % interval)",
    )
    out.add_column("domain")
    out.add_column("period")
    for p in powers:
        out.add_column("other outsiders" if p == OTHERS else shown(p), justify="right")
    read = ", ".join(f"{period} {n}" for period, n in {r.period: r.read for r in rows}.items())
    out.caption, out.caption_justify = f"documents read of the year before: {read}", "left"
    cells = {(r.domain, r.period, r.power): r for r in rows}
    for domain in dict.fromkeys(r.domain for r in rows):
        for period in dict.fromkeys(r.period for r in rows):
            found = [cells[domain, period, p] for p in powers]
            out.add_row(domain.value, period, *(_cell(r) for r in found))
        out.add_section()
    return out


def _cell(row: InfluenceRow) -> str:
    if row.share is None or row.share_low is None or row.share_high is None:
        return "not enough evidence"
    return f"{100 * row.share:.0f} ({100 * row.share_low:.0f}-{100 * row.share_high:.0f})"
