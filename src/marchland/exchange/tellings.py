"""GDELT 2 mentions: where each GDELT event was told. A row is further evidence for the event of the same id."""

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.pages import Page
from marchland.exchange.reader import cells_of, whole_number
from marchland.exchange.refused import Refusals, RowError
from marchland.exchange.told import day_in, number_in

NAME: Final = "gdelt-mentions"
WIDTH: Final = 16
ABOUT: Final = "GDELT 2 mentions, 16 columns without header"
OF: Final = "gdelt2"  # the format whose events it tells of


class Tellings:
    """Ids and rows of a mentions file, while it is read."""

    def __init__(self) -> None:
        self.key: array[int] = array("q")
        self.row: array[int] = array("I")
        self.rows = 0

    def code(self, page: Page, refused: Refusals) -> None:
        """All rows of a page."""
        for at, row in enumerate(page.rows):
            self.rows += 1
            try:
                key = _checked(row)
            except RowError as error:
                refused.add(page.lines[at], error)
                continue
            self.key.append(key)
            self.row.append(page.first + at)

    def sorted(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """By id, then by row."""
        key, row = np.frombuffer(self.key.tobytes(), "<i8"), np.frombuffer(self.row.tobytes(), "<u4")
        order = np.argsort(key, kind="stable")
        return key[order], row[order]


def _checked(row: str) -> int:
    cells = cells_of(row, WIDTH)
    key = whole_number(cells[0], "GLOBALEVENTID")
    if len(cells[2]) != 14 or not cells[2].isdecimal():
        raise RowError("MentionTimeDate", cells[2], "a time is YYYYMMDDHHMMSS", "Look for a shifted column")
    day_in(cells[2][:8], "MentionTimeDate")
    if cells[3] not in ("1", "2", "3", "4", "5", "6"):
        raise RowError("MentionType", cells[3], "it is a number from 1 to 6", "Look for a shifted column")
    number_in(cells[11], "Confidence")
    return key
