"""What one row of event data tells, in marchland's words, before it becomes an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from math import isfinite
from typing import Final

from marchland.exchange.refused import RowError
from marchland.lexicon.codes import Coding
from marchland.model.dates import DateRange, day
from marchland.model.document import Span
from marchland.model.ontology import PlaceKind, Status
from marchland.model.records import UNKNOWN_PARTY, Event, Mention, Participant, Place, Quantity

BLANKS: Final = frozenset({"", "NA", "None", "---", "NULL", "null", "NaN", "nan"})
CONFIDENCE: Final = 0.7  # marchland judgement: how sure one row of machine-coded event data is
DAY_BITS: Final = 20  # proleptic ordinals of days up to the year 2870


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One row."""

    key: int  # what the format calls the same event, as 63 bits
    coding: Coding  # event_type is given; rows of codes without a counterpart are left out before
    when: DateRange
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...] = ()
    where: Place | None = None
    quantities: tuple[Quantity, ...] = ()
    score: float | None = None  # on the format's own scale, -10 to 10
    trigger: tuple[int, int] = (0, 1)  # characters of the row that hold the code
    twin: int = 0  # equal but for the last bit: one act told from both sides; 0 = it has no other side


class LeftOut(Exception):  # noqa: N818  # no error: the row is in order
    """The row is in order, but its code has no counterpart in PLOVER."""


def blank(value: str) -> str | None:
    """The value, or None for every mark of a missing one."""
    told = value.strip()
    return None if told in BLANKS else told


@lru_cache(maxsize=65536)
def days_of(value: str) -> DateRange:
    """`YYYYMMDD`, `YYYY-MM-DD` (a time may follow), `MM/DD/YYYY` or `27 July 2019`.

    Raises:
        ValueError: it is none of these.
    """
    told = value.strip().partition(" ")[0] if value[:4].isdigit() else value.strip()
    if "/" in told:
        month, number, year = told.split("/")
        return day(date(int(year), int(month), int(number)))
    if " " in told:
        number, name, year = told.split()
        return day(date(int(year), _MONTHS.index(name[:3].lower()) + 1, int(number)))
    digits = told.partition("T")[0].replace("-", "")
    if len(digits) != 8:
        raise ValueError(value)
    return day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def day_in(value: str, column: str) -> DateRange:
    """The day a cell tells.

    Raises:
        RowError: it tells none.
    """
    try:
        return days_of(value)
    except (ValueError, IndexError):
        raise RowError(
            column, value, "a date is YYYYMMDD or YYYY-MM-DD", "Correct the cell, or leave the row out"
        ) from None


def number_in(value: str, column: str) -> float | None:
    """The number in a cell; blank is None.

    Raises:
        RowError: it holds something else.
    """
    told = blank(value)
    if told is None:
        return None
    try:
        number = float(told)
        if isfinite(number):
            return number
    except ValueError:
        pass
    raise RowError(column, value, "this column holds a number", "Correct the cell, or leave it blank")


def coding_in(value: str, column: str, known: Mapping[str, Coding], scheme: str) -> Coding:
    """The coding of a foreign code.

    Raises:
        RowError: the scheme has no such code.
        LeftOut: the code has no counterpart.
    """
    found = known.get(value)
    if found is None:
        step = "Codes are text with their leading zero: 040, never 40" if scheme == "CAMEO" else "Correct the cell"
        raise RowError(column, value, f"the code is one of {scheme}", step)
    if found.event_type is None:
        raise LeftOut(f"{scheme} {value}")
    return found


def key_of(*parts: str) -> int:
    """63 bits that the same parts always get."""
    digest = blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def key_on(number: str, ordinal: int) -> int:
    """The same for a number and a day; small numbers are kept as they are, so that files sort alike."""
    if number.isdecimal() and len(number) < 13:
        return int(number) << DAY_BITS | ordinal
    return key_of(number, str(ordinal))


def point(lat: str, lon: str) -> tuple[float, float] | tuple[None, None]:
    """Degrees; a missing, impossible or null point is no point."""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return None, None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        return None, None
    return north, east


def place(
    name: str | None, kind: PlaceKind, country: str | None, lat: str, lon: str, place_id: str | None = None
) -> Place | None:
    """A place, where the row names one."""
    if not name:
        return None
    north, east = point(lat, lon)
    return Place(name=name, place_id=place_id, kind=kind, country=country, lat=north, lon=east)


def field_span(cells: Sequence[str], index: int) -> tuple[int, int]:
    """Where a tab-separated field stands in its row."""
    start = sum(len(c) + 1 for c in cells[:index])
    return start, start + max(1, len(cells[index]))


def event_of(told: Told, *, record_id: str, mention: Mention, more: tuple[Mention, ...] = ()) -> Event:
    """The event that a row tells; an intent is a plan."""
    coding = told.coding
    assert coding.event_type is not None, "rows without a counterpart were left out"
    joint = coding.mutual
    actors = told.actors + told.recipients if joint else told.actors
    return Event(
        id=record_id,
        doc_id=mention.doc_id,
        status=Status.PLANNED if coding.base else Status.REPORTED,
        mentions=(mention, *more),
        certainty=1.0,
        confidence=CONFIDENCE,
        event_type=coding.event_type,
        base=coding.base,
        mode=coding.mode,
        contexts=coding.contexts,
        actors=actors or (UNKNOWN_PARTY,),
        recipients=() if joint else told.recipients,
        when=told.when,
        where=told.where,
        quantities=told.quantities,
    )


def mention_of(row: str, *, doc_id: str, start: int, trigger: tuple[int, int], status: Status, rule: str) -> Mention:
    """A row as evidence: the page's characters from `start` on are the row."""
    low, high = min(trigger[0], len(row) - 1), min(max(trigger[1], trigger[0] + 1), len(row))
    return Mention(
        doc_id=doc_id,
        start=start,
        end=start + len(row),
        quote=row,
        trigger=Span(start=start + low, end=start + max(high, low + 1)),
        status=status,
        rule=rule,
    )
