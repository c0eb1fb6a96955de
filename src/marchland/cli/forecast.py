"""`marchland forecast`: what comes next for a host, why, and how earlier forecasts did."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from marchland.cli.forecast_view import next_table, odds_table, record_tables, told
from marchland.cli.options import COUNTRY, HELP, STORE, TO_DAY
from marchland.cli.tables import console
from marchland.documents.unread import printable
from marchland.forecast.ask import Foretold


class HorizonType(click.ParamType[tuple[int, ...]]):
    """Numbers of days, parted by commas."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """The numbers."""
        if isinstance(value, tuple):
            return value
        parts = [p.strip() for p in str(value).split(",")]
        if not all(p.isdecimal() and p.isascii() and 1 <= int(p) <= 366 for p in parts):
            self.fail(f'"{value}" is no list of days; write numbers from 1 to 366, for example 7,30', param, ctx)
        return tuple(dict.fromkeys(int(p) for p in parts))


@click.command(context_settings=HELP)
@click.argument("host", type=COUNTRY, required=False)
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--power", type=COUNTRY, multiple=True, help="An outside power; repeatable. None = those active of late.")
@click.option("--horizon", type=HorizonType(), default="7,30", show_default=True, help="Days ahead, parted by commas.")
@click.option(
    "--type", "kind", default="quad", show_default=True,
    help="quad, type, one quad class, one event type, or a kind of tie (base, exercise_series ...).",
)  # fmt: skip
@click.option("--on", type=TO_DAY, help="The morning of the forecast; else the day after the store's newest.")
@click.option("--why", "explain", is_flag=True, help="List the reasons of each forecast; they sum to its log-odds.")
@click.option("--keep", is_flag=True, help="Write the forecasts into the store's ledger, for good.")
@click.option(
    "--next", "question", metavar='"CHN COOPERATE ?"',
    help="Rank who is the other party of the next such act; '?' stands for whoever is asked for.",
)  # fmt: skip
@click.option("--record", "as_record", is_flag=True, help="Show what became of earlier forecasts, and their scores.")
@click.option(
    "--plot", "plot_path", type=click.Path(dir_okay=False, path_type=Path), help="With --record: calibration as an SVG."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per row.")
def forecast(
    host: str | None,
    store: Path | None,
    power: tuple[str, ...],
    horizon: tuple[int, ...],
    kind: str,
    on: date | None,
    question: str | None,
    plot_path: Path | None,
    *,
    explain: bool,
    keep: bool,
    as_record: bool,
    as_json: bool,
) -> None:
    """Say how likely acts of outside powers towards HOST are, and why; with --next, who acts next; with --record, how forecasts did."""
    from marchland import api_forecast  # slow to import

    if (host is not None) + as_record + (question is not None) != 1:
        raise click.UsageError(
            "give one of a HOST, for odds, --next, for who comes next, and --record, for what became of forecasts"
        )
    if plot_path and not as_record:
        raise click.UsageError("--plot draws the record; give it with --record")
    if as_record:
        _record(store, plot_path, as_json=as_json)
        return
    if question is not None:
        _next(question, store, on, as_json=as_json)
        return
    assert host is not None, "asked for above"
    found = api_forecast.forecast(host, store=store, power=power, horizon=horizon, type=kind, on=on, keep=keep)
    if keep:
        click.echo(f"marchland: {len(found)} forecasts are in the ledger; see marchland forecast --record", err=True)
    if found or as_json:
        _odds(found, explain=explain, as_json=as_json)
    else:
        click.echo(f"marchland: nothing to forecast: {_nothing(kind, host)}", err=True)


def _odds(found: Sequence[Foretold], *, explain: bool, as_json: bool) -> None:
    from marchland.answers import odds_json

    if as_json:
        for row in found:
            click.echo(json.dumps(odds_json(row), ensure_ascii=False))
    elif explain:
        for row in found:
            for line in told(row):
                click.echo(printable(line))
    else:
        console().print(odds_table(found))
        for note in dict.fromkeys(f"{r.power}: {r.note}" for r in found if r.note):
            click.echo(printable(note))


def _nothing(kind: str, host: str) -> str:
    if kind in ("quad", "type") or kind.isupper() or " " in kind:
        return f"no power acted towards {host} in the 90 days before; name one with --power, or another day with --on"
    return f"fewer than five dated starts of {kind} ties are known"


def _next(question: str, store: Path | None, on: date | None, *, as_json: bool) -> None:
    from marchland import api_forecast
    from marchland.answers import next_json

    found = api_forecast.next_party(question, store=store, on=on)
    if as_json:
        for row in next_json(found):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    console().print(next_table(found))
    told = f"{found.mode}: {found.events} events, {found.weighed} parties weighed, nothing of {found.on} or later"
    click.echo(printable(f"marchland: {told}{f'; {found.note}' if found.note else ''}"), err=True)


def _record(store: Path | None, plot_path: Path | None, *, as_json: bool) -> None:
    from marchland import api_forecast
    from marchland.answers import record_json
    from marchland.forecast.plot import calibration_plot

    found = api_forecast.record(store)
    if plot_path:
        plot_path.write_text(calibration_plot(found.bins), encoding="utf-8")
        click.echo(f"marchland: plot written to {plot_path}", err=True)
    if as_json:
        for row in record_json(found):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    for table in record_tables(found):
        console().print(table)
