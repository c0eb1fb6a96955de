"""What was asked, read from the address: checked once, here, and typed from then on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final

from fastapi import Query

from marchland.errors import MarchlandError
from marchland.lexicon.actors import countries, organisations
from marchland.model.dates import partial
from marchland.model.ontology import EventType, Relation, Status, TieKind
from marchland.store.views import Asked

LIMIT: Final = 1000  # rows that one answer of the API holds at most
PERIODS: Final = {"year": 1, "quarter": 4, "month": 12}  # in a year
_MOST_PERIODS: Final = 400
_YEARS: Final = range(1000, 3000)
_TYPES: Final = frozenset({*EventType, *TieKind, *Relation, "claim", "judgement", "forecast"})


class AskedWronglyError(MarchlandError):
    """A question that cannot be answered as it stands: 400."""


class NotHereError(MarchlandError):
    """Nothing of that name is in the store: 404."""


def code_of(value: str, *, what: str = "country") -> str:
    """The code of a country or organisation that is told by code or name.

    Raises:
        AskedWronglyError: there is none.
    """
    told = value.strip()
    for c in countries():
        if told.upper() == c.iso3 or told.casefold() in (c.name.casefold(), *(a.casefold() for a in c.aliases)):
            return c.iso3
    for o in organisations():
        if told.casefold() in (o.id.casefold(), o.name.casefold()):
            return o.id
    raise AskedWronglyError(
        f'{what} "{told[:60]}": no such country or organisation; give an ISO code of three letters such as TJK, or a name. '
        "List them: marchland ref countries"
    )


def day_of(value: str, *, end: bool, what: str) -> date | None:
    """The first or last day of 2019, 2019-07 or 2019-07-23; empty is None.

    Raises:
        AskedWronglyError: it is no date.
    """
    if not value.strip():
        return None
    try:
        told = partial(value.strip())
    except (ValueError, OverflowError):
        raise AskedWronglyError(f'{what} "{value[:40]}": no date; write 2019, 2019-07 or 2019-07-23') from None
    return told.end if end else told.start


def year_of(value: str) -> int | None:
    """A year, empty is None."""
    if not value.strip():
        return None
    if not (value.strip().isascii() and value.strip().isdigit()) or int(value) not in _YEARS:
        raise AskedWronglyError(f'year "{value[:40]}": no year; write it with four digits, such as 2019')
    return int(value)


def check_periods(first: date | None, last: date | None, period: str) -> None:
    """Refuse more periods than anyone reads; each costs a measurement.

    Raises:
        AskedWronglyError: there are too many.
    """
    count = (last.year - first.year + 1) * PERIODS[period] if first and last else 0
    if count > _MOST_PERIODS:
        raise AskedWronglyError(
            f"{first} to {last} by {period}: {count} periods, and {_MOST_PERIODS} are the most; ask for fewer years or longer periods"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The filters that lists share; they mean what the options of the command line mean."""

    country: str | None = None
    power: tuple[str, ...] = ()
    type: str | None = None
    since: date | None = None
    until: date | None = None
    status: str | None = None
    as_of: date | None = None
    as_known_on: date | None = None
    told: dict[str, str | list[str]] = field(default_factory=dict, hash=False)  # as the address has it

    @property
    def asked(self) -> Asked:
        """The same for the store."""
        return Asked(
            country=self.country,
            power=self.power,
            type=self.type,
            since=self.since,
            until=self.until,
            status=self.status,
            as_of=self.as_of,
            as_known_on=self.as_known_on,
        )

    def value(self, name: str) -> str:
        """One value as it was typed; empty where there is none."""
        told = self.told.get(name, "")
        return told if isinstance(told, str) else "".join(told[:1])

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two questions the same."""
        return (self.country, self.power, self.type, self.since, self.until, self.status, self.as_of, self.as_known_on)


_SHORT: Final = 80  # characters of a value in an address


def asked(  # noqa: PLR0917 - FastAPI hands them over by name
    country: Annotated[str, Query(max_length=_SHORT, description="Only records with a party of this country.")] = "",
    power: Annotated[
        list[str] | None, Query(max_length=20, description="Only records with one of these powers.")
    ] = None,
    type: Annotated[str, Query(max_length=_SHORT, description="Only this event type, kind of tie or relation.")] = "",  # noqa: A002 - the contract's word
    since: Annotated[str, Query(max_length=_SHORT, description="Only what reaches to this day, month or year.")] = "",
    until: Annotated[str, Query(max_length=_SHORT, description="Only what reaches back to this day.")] = "",
    status: Annotated[str, Query(max_length=_SHORT, description="Only records of this status.")] = "",
    as_of: Annotated[str, Query(max_length=_SHORT, description="What was published up to this day.")] = "",
    as_known_on: Annotated[str, Query(max_length=_SHORT, description="What the store held on this day.")] = "",
) -> Question:
    """The question in an address; an empty value asks for nothing, as an empty field of a form does."""
    powers = [p for p in (power or []) if p.strip()]
    told: dict[str, str | list[str]] = {
        "country": country, "power": powers, "type": type, "since": since, "until": until, "status": status,
        "as_of": as_of, "as_known_on": as_known_on,
    }  # fmt: skip
    kind = type.strip()
    known = {t.casefold(): t for t in _TYPES}
    if kind and kind.casefold() not in known:
        raise AskedWronglyError(f'type "{kind}": no such type. List them: marchland ref events, ref ties or ref links')
    if status.strip() and status.strip() not in set(Status):
        raise AskedWronglyError(f'status "{status}": no such status; it is one of {", ".join(Status)}')
    first, last = day_of(since, end=False, what="since"), day_of(until, end=True, what="until")
    if first and last and first > last:
        raise AskedWronglyError(f"since {first} lies after until {last}; the first day must not follow the last")
    return Question(
        country=code_of(country) if country.strip() else None,
        power=tuple(dict.fromkeys(code_of(p, what="power") for p in powers)),
        type=known[kind.casefold()] if kind else None,
        since=first,
        until=last,
        status=status.strip() or None,
        as_of=day_of(as_of, end=True, what="as_of"),
        as_known_on=day_of(as_known_on, end=True, what="as_known_on"),
        told={k: v for k, v in told.items() if v},
    )
