"""UN General Assembly ideal points: an outside criterion to hold measures against, never part of one."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from marchland.exchange.pages import pages
from marchland.exchange.refused import ExchangeError, Refusals, RowError, width
from marchland.exchange.told import number_in
from marchland.lexicon.codes import country_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IdealPoint:
    """Where a state stood in the votes of one year."""

    country: str
    year: int
    point: float
    low: float | None  # 5 %
    high: float | None  # 95 %
    votes: int | None
    line: int  # of the file


def ideal_points(path: Path, refused: Refusals | None = None) -> Iterator[IdealPoint]:
    """Rows of a file with the columns iso3c, year, IdealPoint and, where there are, Q5%, Q95%, NVotes.

    Raises:
        ExchangeError: the header lacks one of the first three.
    """
    refused = refused if refused is not None else Refusals(str(path))
    header: list[str] = []
    for page in pages(path, quoted=True):
        for line, row in zip(page.lines, page.rows, strict=True):
            cells = next(csv.reader([row]), [])
            if not header:
                header = cells
                missing = [c for c in ("iso3c", "year", "IdealPoint") if c not in header]
                if missing:
                    raise ExchangeError(
                        f'{path}: the header lacks "{", ".join(missing)}"; it names iso3c, year, IdealPoint'
                    )
                continue
            try:
                yield _point(header, cells, row, line)
            except RowError as error:
                refused.add(line, error)


def _point(header: list[str], cells: list[str], row: str, line: int) -> IdealPoint:
    if len(cells) != len(header):
        raise width(len(cells), len(header), row)
    got = dict(zip(header, cells, strict=True))
    country = country_of(got["iso3c"])
    if country is None:
        raise RowError("iso3c", got["iso3c"], "this column names a state", "Give its ISO 3166-1 alpha-3 code")
    year, point = number_in(got["year"], "year"), number_in(got["IdealPoint"], "IdealPoint")
    if year is None or point is None:
        raise RowError("IdealPoint", got["IdealPoint"], "a row has a year and a point", "Leave the row out")
    votes = number_in(got.get("NVotes", ""), "NVotes")
    return IdealPoint(
        country=country,
        year=int(year),
        point=point,
        low=number_in(got.get("Q5%", ""), "Q5%"),
        high=number_in(got.get("Q95%", ""), "Q95%"),
        votes=None if votes is None else int(votes),
        line=line,
    )
