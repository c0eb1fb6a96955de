"""`marchland eval`: how well it does, measured beside data that the user has."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from marchland.cli.options import HELP
from marchland.evaluation.line import Line, markdown

_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder that holds the data; none of it ships.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object per check.")


@click.group(context_settings=HELP)
def evaluate() -> None:
    """Measure marchland beside outside data; exit 1 where a bar is missed."""


@evaluate.command("influence", context_settings=HELP)
@_DATA
@_JSON
@click.pass_context
def influence(ctx: click.Context, data: Path, *, as_json: bool) -> None:
    """Set the measure of influence, momentum and shifts beside FBIC and event counts.

    DIR holds `licensed/` (public tables of ties) and `eval_only/` (events by dyad and month, FBIC).
    """
    from marchland.evaluation.influence import lines  # slow to import

    report(ctx, lines(data), as_json=as_json)


@evaluate.command("forecast", context_settings=HELP)
@_DATA
@_JSON
@click.option(
    "--split", type=click.Choice(["test", "valid"]), default="test", show_default=True, help="The days to forecast."
)
@click.option(
    "--predictions",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the scores of who is next there, one query a line.",
)
@click.option("--only", type=click.Choice(["who", "odds"]), help="One of the two protocols.")
@click.pass_context
def forecast(
    ctx: click.Context, data: Path, split: str, predictions: Path | None, only: str | None, *, as_json: bool
) -> None:
    """Score forecasts on a year of dated acts: who is next, beside recurrence, and odds, beside base rates.

    DIR holds train.txt, valid.txt and test.txt (subject, relation, object, day as numbers), entity2id.txt, relation2id.txt and
    relation2root.txt (relation, CAMEO root, name), as data sets of temporal knowledge graphs do; without the last there are no odds.
    """
    from marchland.evaluation import odds, ranking  # slow to import

    def checks() -> Iterator[Line]:
        if only != "odds":
            yield from ranking.lines(data, split=split, predictions=predictions)
        if only != "who":
            yield from odds.lines(data, part=split)

    report(ctx, checks(), as_json=as_json)


def report(ctx: click.Context, found: Iterable[Line], *, as_json: bool) -> None:
    """Print each check as it is done; exit status 1 where a bar is missed."""
    if not as_json:
        click.echo("| check | bar | result | | beside it |\n|---|---|---|---|---|")
    missed = False
    for line in found:
        missed = missed or line.met is False
        click.echo(json.dumps(asdict(line)) if as_json else markdown(line))
    ctx.exit(int(missed))
