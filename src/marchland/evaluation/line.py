"""One check of marchland beside a bar, as a row of a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the report."""

    check: str
    bar: str
    result: str
    met: bool | None  # None = no bar
    beside: str = ""  # baselines and what to know


def markdown(found: Line) -> str:
    """A row of the table."""
    verdict = {True: "met", False: "**missed**", None: "-"}[found.met]
    return f"| {found.check} | {found.bar} | {found.result} | {verdict} | {found.beside} |"
