"""Reading the lexicon's files: CSV and TOML, with errors that name file, row and value."""

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from marchland.errors import LexiconError
from marchland.model.dates import DateRange, partial


def folder(name: str) -> Traversable:
    """A folder of the shipped lexicon."""
    return files("marchland.lexicon").joinpath(name)


def rows(path: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of one CSV file, each with the words that name its place.

    Raises:
        LexiconError: the header is not `columns`, or a row has another number of cells.
    """
    text = folder(path).read_text(encoding="utf-8")
    reader = csv.reader(text.splitlines())
    header = tuple(next(reader, []))
    if header != columns:
        raise LexiconError(f"lexicon/{path}: columns are {', '.join(header)}; they must be {', '.join(columns)}")
    for number, cells in enumerate(reader, 2):
        where = f"lexicon/{path}, line {number}"
        if not cells:
            continue
        if len(cells) != len(columns):
            raise LexiconError(f"{where}: {len(cells)} cells for {len(columns)} columns; quote cells that hold a comma")
        yield where, dict(zip(columns, (c.strip() for c in cells), strict=True))


def cell_list(value: str) -> tuple[str, ...]:
    """Several values in one cell, joined by `|`."""
    return tuple(v.strip() for v in value.split("|") if v.strip())


def cell_date(value: str, where: str) -> DateRange | None:
    """A partial ISO date; empty is unknown.

    Raises:
        LexiconError: the cell holds no date.
    """
    if not value:
        return None
    try:
        return partial(value)
    except ValueError:
        raise LexiconError(f'{where}: "{value}" is no date; write 1994, 1994-11 or 1994-11-27') from None


def cell_number(value: str, where: str) -> float | None:
    """A number; empty is unknown.

    Raises:
        LexiconError: the cell holds no number.
    """
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise LexiconError(f'{where}: "{value}" is no number') from None


def toml(path: str) -> dict[str, Any]:
    """One TOML file.

    Raises:
        LexiconError: the file does not parse.
    """
    try:
        return tomllib.loads(folder(path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as err:
        raise LexiconError(f"lexicon/{path}: {err}") from None
