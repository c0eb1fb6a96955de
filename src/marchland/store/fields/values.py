"""Values that are written as one word or number, checked."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from marchland.errors import CodingError

LONGEST: Final = 400  # characters of a written value
MOST: Final = 60  # parties of one side


def wrong(name: str, value: Any, rule: str) -> CodingError:
    """The error for a value that its field cannot have; `rule` says what it can."""
    return CodingError(f'field {name} "{str(value)[:60]}": {rule}')


def one_of(
    allowed: Iterable[str], *, unknown: bool = False, fold: Callable[[str], str] = str
) -> Callable[[str, Any], Any]:
    """A reader for a value out of a closed list; `unknown` lets it be empty, `fold` settles its case."""
    listed = tuple(allowed)

    def read(name: str, value: Any) -> str | None:
        if unknown and value in (None, ""):
            return None
        told = fold(value.strip()) if isinstance(value, str) else value
        if told not in listed:
            raise wrong(name, value, f"it is one of {', '.join(listed)}")
        return str(told)

    return read


def share(name: str, value: Any) -> float:
    """A number from 0 to 1."""
    told = number(name, value)
    if not 0 <= told <= 1:
        raise wrong(name, value, "it is a number from 0 to 1")
    return told


def number(name: str, value: Any) -> float:
    """A number."""
    try:
        told = float(value)
    except (TypeError, ValueError, OverflowError):
        raise wrong(name, value, "it is a number") from None
    if not -1e15 < told < 1e15:
        raise wrong(name, value, "it is a number of ordinary size")
    return told


def magnitude(name: str, value: Any) -> float:
    """A tie's size in units of its kind's typical tie."""
    told = number(name, value)
    if not 0 < told <= 100:
        raise wrong(name, value, "it is above 0 and at most 100; 1 is the kind's typical tie")
    return told


def words(name: str, value: Any) -> list[str]:
    """Words in a list, or between commas."""
    told = value.split(",") if isinstance(value, str) else value
    if told is None:
        return []
    if (
        not isinstance(told, list)
        or len(told) > MOST
        or not all(isinstance(t, str) and len(t) <= LONGEST for t in told)
    ):
        raise wrong(name, value, f"it is a list of up to {MOST} words")
    return [t.strip() for t in told if t.strip()]


def yes(name: str, value: Any) -> bool:
    """True or false."""
    if value in (True, "true", "yes", "1"):
        return True
    if value in (False, None, "", "false", "no", "0"):
        return False
    raise wrong(name, value, "it is true or false")


def polarity(name: str, value: Any) -> int:
    """1 or -1."""
    if value in (1, "1", "+1", "yes"):
        return 1
    if value in (-1, "-1", "no"):
        return -1
    raise wrong(name, value, "it is 1 or -1")


def record_id(name: str, value: Any) -> str:
    """The id of a record."""
    if not isinstance(value, str) or not value or len(value) > LONGEST:
        raise wrong(name, value, "it is the id of a record")
    return value
