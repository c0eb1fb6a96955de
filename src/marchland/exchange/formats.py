"""Which formats are read, and which one a file is in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from marchland.exchange import conflict, dyads, icews, polecat, tellings
from marchland.exchange.gdelt import Gdelt, Gdelt1, Gdelt1Daily, gdelt_for
from marchland.exchange.pages import first_rows
from marchland.exchange.phoenix import WIDTH, Phoenix
from marchland.exchange.reader import Reader
from marchland.exchange.refused import ExchangeError

EVENTS: Final[Mapping[str, type[Reader]]] = {
    r.name: r
    for r in (Gdelt, Gdelt1, Gdelt1Daily, icews.Icews, polecat.Polecat, Phoenix, conflict.Acled, conflict.Ucdp)
}
ASKED: Final = ("auto", "gdelt", *EVENTS, tellings.NAME, *dyads.TABLES)  # what --format takes


def format_of(path: Path, asked: str | None) -> tuple[str, str]:
    """The format of a file and its first row.

    Raises:
        ExchangeError: the file is empty, or no format has such a first row.
    """
    rows = first_rows(path)
    if not rows:
        raise ExchangeError(f"{path}: the file is empty; there is nothing to import")
    first = rows[0].removesuffix("\r")
    if asked == "gdelt":
        return gdelt_for(first).name, first
    if asked and asked != "auto":
        if asked not in ASKED:
            raise ExchangeError(f'{path}: "{asked}" is no format; it is one of {", ".join(ASKED)}')
        return asked, first
    found = _guess(first)
    if found is None:
        raise ExchangeError(
            f'{path}: the first row, "{first[:60]}", is that of no format that is known. Name it with --format: {", ".join(ASKED[1:])}'
        )
    return found, first


def _guess(first: str) -> str | None:
    tabs = first.split("\t")
    names = {c.strip().strip('"') for c in (tabs if len(tabs) > 1 else first.split(","))}
    if {"Event ID", "CAMEO Code", "Source Country"} <= names:
        return icews.Icews.name
    if {"Event ID", "Event Type", "Actor Country"} <= names:
        return polecat.Polecat.name
    if {"event_id_cnty", "sub_event_type"} <= names:
        return conflict.Acled.name
    if {"type_of_violence", "side_a"} <= names:
        return conflict.Ucdp.name
    for name, table in dyads.TABLES.items():
        if table.fits(names):
            return name
    by_width = {
        61: Gdelt.name,
        57: Gdelt1.name,
        58: Gdelt1Daily.name,
        WIDTH: Phoenix.name,
        tellings.WIDTH: tellings.NAME,
    }
    if tabs[0][:1].isdigit():
        if len(tabs) in by_width:
            return by_width[len(tabs)]
        if first.count(",") >= len(conflict.UCDP_COLUMNS) - 1:
            return conflict.Ucdp.name
    return None
