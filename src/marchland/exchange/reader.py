"""What every format of event data gives: rows to columns, and one row to what it tells."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from marchland.exchange.columns import Columns
from marchland.exchange.pages import Page
from marchland.exchange.refused import Refusals, RowError, width
from marchland.exchange.told import LeftOut, Told


class Reader(ABC):
    """One format. A new one is made for each file, with the file's first row."""

    name: ClassVar[str]
    quoted: ClassVar[bool] = False  # comma-separated with double quotes; otherwise tab-separated without
    header: ClassVar[bool] = False  # does the first row name the columns?
    about: ClassVar[str]  # one line for a person

    def __init__(self, first: str) -> None:
        """Raises ExchangeError where the first row shows that the file has another form."""
        self.first = first
        self.unknown: set[str] = set()  # spellings of countries that the lexicon does not know

    @abstractmethod
    def told(self, row: str) -> Told:
        """What one row tells.

        Raises:
            RowError: it breaks a rule of the format.
            LeftOut: its code has no counterpart.
        """

    def code(self, page: Page, out: Columns, refused: Refusals) -> None:
        """All rows of a page; a format may do this faster, with the same result."""
        for at, row in enumerate(page.rows):
            self.one(page, at, row, out, refused)

    def one(self, page: Page, at: int, row: str, out: Columns, refused: Refusals) -> Told | None:
        """One row of a page; None where it was not taken."""
        if self.header and row == self.first:
            return None
        out.rows += 1
        try:
            told = self.told(row)
        except LeftOut as why:
            out.left[str(why)] += 1
            return None
        except RowError as error:
            refused.add(page.lines[at], error)
            return None
        out.add(page.first + at, told)
        return told


def cells_of(row: str, wanted: int) -> list[str]:
    """The fields of a tab-separated row.

    Raises:
        RowError: there are more or fewer.
    """
    cells = row.split("\t")
    if len(cells) != wanted:
        raise width(len(cells), wanted, row)
    return cells


def whole_number(value: str, column: str) -> int:
    """An id that is a number.

    Raises:
        RowError: it is none.
    """
    if not value.isdecimal() or len(value) > 18:
        raise RowError(column, value, "the id is a whole number", "Look for a shifted column")
    return int(value)


def named(row: Sequence[str], at: dict[str, int], *names: str) -> str:
    """The cell of the first of these columns that the file has; "" where it has none."""
    for name in names:
        if name in at:
            return row[at[name]]
    return ""
