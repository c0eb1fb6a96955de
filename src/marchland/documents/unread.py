"""What could not be read, where and why; and how hostile words are shown to a person."""

from dataclasses import dataclass

from marchland.errors import DocumentError

_SHOWN = 60  # characters of a quoted value that a message shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One input that gave no document. `str()` of it is one line for a person."""

    place: str  # a path, an address or "standard input"; with ", line N" for a row
    reason: str  # the value, the rule and the next step

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class Refusal(DocumentError):  # noqa: N818  # what was done with the document, not what went wrong in the code
    """Why one input gives no document, said without its place, which the caller knows."""


def printable(text: str) -> str:
    """The text with control characters written as escapes, so that a terminal shows them and obeys none."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(value: object) -> str:
    """A value from outside, short and harmless, in quotes."""
    text = value if isinstance(value, str) else repr(value)
    return f'"{printable(text[:_SHOWN])}{"..." if len(text) > _SHOWN else ""}"'
