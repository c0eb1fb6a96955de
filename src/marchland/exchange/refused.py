"""What a file of others' data holds that cannot be taken: counted by rule, shown with its place, never a reason to stop."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from marchland.errors import MarchlandError

SHOWN: Final = 20  # refusals kept in full for each rule; all are counted
_VALUE: Final = 80  # characters of a value that a message shows


class ExchangeError(MarchlandError):
    """A file as a whole cannot be read or written."""


class RowError(Exception):
    """One row breaks a rule of its format."""

    def __init__(self, column: str, value: str, rule: str, step: str) -> None:
        super().__init__(rule)
        self.column, self.value, self.rule, self.step = column, value, rule, step


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row that was not taken."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    step: str  # what the user can do

    def __str__(self) -> str:
        value = self.value if len(self.value) <= _VALUE else self.value[:_VALUE] + "..."
        return f'{self.file}, line {self.line}, {self.column}: "{value}": {self.rule}. {self.step}'


@dataclass(slots=True)
class Refusals:
    """All rows of one file that were not taken."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)  # by rule
    shown: list[Refusal] = field(default_factory=list)

    def add(self, line: int, error: RowError) -> None:
        """Count one; the first of each rule are kept."""
        self.counts[error.rule] += 1
        if self.counts[error.rule] <= SHOWN:
            self.shown.append(
                Refusal(
                    file=self.file,
                    line=line,
                    column=error.column,
                    value=error.value,
                    rule=error.rule,
                    step=error.step,
                )
            )


def width(found: int, wanted: int, row: str) -> RowError:
    """A row with another number of fields."""
    return RowError(
        f"{found} fields", row[:_VALUE], f"a row has {wanted} fields", "Look for a tab or line break inside a field"
    )
