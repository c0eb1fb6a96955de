"""Options that several verbs share, and how their values are checked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, override

import click

from marchland.lexicon.actors import countries
from marchland.model.dates import partial
from marchland.model.ontology import Status


class CountryType(click.ParamType[str]):
    """An ISO 3166-1 alpha-3 code, or a country's name."""

    name = "country"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code."""
        told = str(value).strip()
        known = {c.iso3 for c in countries()}
        if told.upper() in known:
            return told.upper()
        named = (c.iso3 for c in countries() if told.lower() in (c.name.lower(), *(a.lower() for a in c.aliases)))
        found = next(named, None)
        if found is None:
            self.fail(
                f'"{told}" is no country; give an ISO code of three letters such as TJK. List them: marchland ref countries',
                param,
                ctx,
            )
        return found


class DayType(click.ParamType[date]):
    """A day, month or year; `end` takes its last day."""

    name = "date"

    def __init__(self, *, end: bool) -> None:
        self.end = end

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The first or last day of the interval told."""
        if isinstance(value, date):
            return value
        try:
            told = partial(str(value))
        except ValueError:
            self.fail(f'"{value}" is no date; write 2019, 2019-07 or 2019-07-23', param, ctx)
        day = told.end if self.end else told.start
        assert day is not None
        return day


HELP = {"help_option_names": ["-h", "--help"]}  # set on each command: click keeps the names it first shows
COUNTRY = CountryType()
FROM_DAY = DayType(end=False)
TO_DAY = DayType(end=True)
STORE = click.Path(dir_okay=False, path_type=Path)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The questions to records: those to documents, and two more."""
    command = click.option(
        "--status", type=click.Choice([s.value for s in Status]), help="Only records of this status."
    )(command)
    command = click.option("--type", "kind", help="Only this event type or kind of tie.")(command)
    return document_filters(command)


def document_filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The questions that documents answer too."""
    for option in reversed(
        (
            click.option(
                "--store", "store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store."
            ),
            click.option("--country", type=COUNTRY, help="Only records with a party of this country."),
            click.option(
                "--power",
                "power",
                type=COUNTRY,
                multiple=True,
                help="Only records with one of these powers; repeatable.",
            ),
            click.option("--since", type=FROM_DAY, help="Only what reaches to this day or later."),
            click.option("--until", type=TO_DAY, help="Only what reaches back to this day or earlier."),
            click.option("--as-of", type=TO_DAY, help="What was published up to this day."),
            click.option("--as-known-on", type=TO_DAY, help="What the store held on this day."),
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object per record."),
        )
    ):
        command = option(command)
    return command
