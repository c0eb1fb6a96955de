"""Tables of what stands between states, year by year, as ties: alliances, shared bodies, arms, lending, troops.

A run of years in which the figure stays in one class is one tie; each of its years is a row of evidence.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import log2
from typing import Final

from marchland.exchange.refused import ExchangeError, RowError, width
from marchland.exchange.told import blank, number_in
from marchland.lexicon.codes import country_of, cow_countries
from marchland.lexicon.tie_words import tie_sizes
from marchland.lexicon.weights import load_weights
from marchland.model.dates import DateRange, day
from marchland.model.ontology import TieKind

_WEAK: Final = 0.125  # a pact short of defence weighs 1 where a defence pact weighs 8
_BODIES: Final = 40.0  # joint bodies of a magnitude of 1: marchland judgement, a little above the usual pair of states
_GUARDS: Final = 100  # soldiers up to which a presence is embassy guards and attaches
_WINDOW: Final = {TieKind.ARMS_SUPPLY: 5, TieKind.CREDIT: 10}  # years over which deliveries and commitments are summed
_SMALLEST, _LARGEST = 0.1, 10.0  # of magnitudes, as for ties read from texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One row: a figure between two states in one year."""

    a: str  # the power, where the table has one
    b: str
    year: int
    value: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A tie before its evidence is attached."""

    kind: TieKind
    power: str
    host: str
    mutual: bool  # both are members, neither is the power
    since: DateRange
    until: DateRange | None
    confirmed: DateRange | None
    magnitude: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A kind of table: which columns it needs, under any of these names, and how it becomes ties."""

    about: str
    kind: TieKind
    needs: Mapping[str, tuple[str, ...]]
    figure: Callable[[Callable[[str], float]], float]  # of the columns of a row, by the keys of `needs`
    classed: Callable[[list[Year]], list[Year]]  # figures to magnitudes, 0 = no tie
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # columns that count where they are there
    power: str | None = None  # the one power that the table is about
    mutual: bool = False

    def fits(self, names: set[str]) -> bool:
        """Does a header with these names have all that is needed?"""
        return all(names & set(options) for options in self.needs.values())


def years(table: Table, name: str, first: str) -> Callable[[str, int], Year | None]:
    """A reader of rows, each with its number; None where the row says nothing about two states.

    Raises:
        ExchangeError: the header lacks a column.
    """
    header = [h.strip() for h in _split(first)]
    at: dict[str, list[int]] = {}
    for key, options in {**table.also, **table.needs}.items():
        at[key] = [header.index(o) for o in options if o in header]
        if not at[key] and key in table.needs:
            raise ExchangeError(f'{name}: the header lacks a column for "{key}"; it may be called {", ".join(options)}')

    def read(row: str, number: int) -> Year | None:
        cells = _split(row)
        if len(cells) != len(header):
            raise width(len(cells), len(header), row)

        def cell(key: str) -> tuple[str, str]:
            """The first filled column of several with one meaning: its value and name."""
            filled = next((i for i in at[key] if blank(cells[i])), None)
            return ("", key) if filled is None else (cells[filled], header[filled])

        year, column = cell("year")
        year = year.strip().removesuffix(".0")
        if not (year.isdecimal() and 1800 <= int(year) <= 2200):
            raise RowError(column, year, "a year has four digits", "Correct the cell")
        b = _state(*cell("b"))
        a = table.power or _state(*cell("a"))
        value = table.figure(lambda key: number_in(*cell(key)) or 0.0)
        if a is None or b is None or a == b:
            return None
        if table.mutual and a > b:
            a, b = b, a
        return Year(a=a, b=b, year=int(year), value=value, rows=(number,))

    return read


def _split(row: str) -> list[str]:
    return next(csv.reader(row.splitlines(keepends=True), delimiter="\t" if "\t" in row else ","), [])


def _state(value: str, column: str) -> str | None:
    """A state by ISO code, COW number or name; None where the table has none.

    Raises:
        RowError: it is no state that is known.
    """
    told = blank(value)
    if told is None:
        return None
    found = cow_countries().get(told.removesuffix(".0")) if told[:1].isdigit() else country_of(told)
    if found is None:
        raise RowError(
            column,
            value,
            "this column names a state",
            "If it is a state, add its spelling to lexicon/actors/country_spellings.csv",
        )
    return found


def drafts(table: Table, found: Iterable[Year]) -> Iterator[Draft]:
    """Ties of all rows of a table; the last year of the table is the last on which they are known to stand."""
    merged: dict[tuple[str, str, int], Year] = {}
    for y in found:
        old = merged.get((y.a, y.b, y.year))
        # A table of directed pairs tells each bond from both sides; of two rows with a figure of money both count.
        value = y.value if old is None else max(old.value, y.value) if table.mutual else old.value + y.value
        merged[y.a, y.b, y.year] = replace(y, value=value, rows=(old.rows if old else ()) + y.rows)
    everything = sorted(merged.values(), key=lambda y: (y.a, y.b, y.year))
    if not everything:
        return
    last = max(y.year for y in everything)
    pairs: dict[tuple[str, str], list[Year]] = defaultdict(list)
    for y in table.classed(everything):
        if y.value > 0:
            pairs[y.a, y.b].append(y)
    for (a, b), own in sorted(pairs.items()):
        own.sort(key=lambda y: y.year)
        for run in _runs(own):
            ended = run[-1].year < last
            end = day(date(run[-1].year, 12, 31), anchor="table")
            yield Draft(
                kind=table.kind,
                power=a,
                host=b,
                mutual=table.mutual,
                since=day(date(run[0].year, 1, 1), anchor="table"),
                until=end if ended else None,
                confirmed=None if ended else end,
                magnitude=run[0].value,
                rows=tuple(dict.fromkeys(r for y in run for r in y.rows)),
            )


def _runs(own: list[Year]) -> Iterator[list[Year]]:
    """Years in a row with one magnitude."""
    run = [own[0]]
    for before, now in pairwise(own):
        if now.year == before.year + 1 and now.value == before.value:
            run.append(now)
        else:
            yield run
            run = [now]
    yield run


# ---- figures to magnitudes ----


def _as_it_is(found: list[Year]) -> list[Year]:
    return found


def _bodies(found: list[Year]) -> list[Year]:
    return [replace(y, value=round(4 * y.value / _BODIES) / 4) for y in found]


def _troops(found: list[Year]) -> list[Year]:
    typical = tie_sizes()[TieKind.PRESENCE]["soldier"]
    return [replace(y, value=_rough(y.value / typical) if y.value > _GUARDS else 0.0) for y in found]


def _arms(found: list[Year]) -> list[Year]:
    """The share of all that a state received in five years, in tenths."""
    typical = load_weights().stock[TieKind.ARMS_SUPPLY].typical_share or 1.0
    summed = _windows(found, _WINDOW[TieKind.ARMS_SUPPLY])
    total: dict[tuple[str, int], float] = defaultdict(float)
    for y in summed:
        total[y.b, y.year] += y.value
    return [
        replace(y, value=round(round(y.value / total[y.b, y.year], 1) / typical, 4))
        for y in summed
        if total[y.b, y.year] > 0
    ]


def _credit(found: list[Year]) -> list[Year]:
    typical = tie_sizes()[TieKind.CREDIT]["USD"]
    return [
        replace(y, value=_rough(y.value / typical)) for y in _windows(found, _WINDOW[TieKind.CREDIT]) if y.value > 0
    ]


def _windows(found: list[Year], wide: int) -> list[Year]:
    """Sums over the last years, for each pair and every year in which there is one."""
    last = max(y.year for y in found)
    pairs: dict[tuple[str, str], list[Year]] = defaultdict(list)
    for y in found:
        if y.value > 0:
            pairs[y.a, y.b].append(y)
    out = []
    for (a, b), own in pairs.items():
        for year in range(own[0].year, min(last, own[-1].year + wide - 1) + 1):
            seen = [y for y in own if year - wide < y.year <= year]
            if seen:
                rows = tuple(r for y in seen for r in y.rows)
                out.append(Year(a=a, b=b, year=year, value=sum(y.value for y in seen), rows=rows))
    return out


def _rough(size: float) -> float:
    """A size in steps of a factor of about 1.4, so that small changes from year to year start no new tie."""
    return round(min(max(float(2.0 ** (round(2 * log2(size)) / 2)), _SMALLEST), _LARGEST), 4)


def _pact(get: Callable[[str], float]) -> float:
    if get("defence") or get("offence"):
        return 1.0
    return _WEAK if any(get(k) for k in ("neutrality", "nonaggression", "consultation")) else 0.0


TABLES: Final[Mapping[str, Table]] = {
    "atop-dyads": Table(
        about="ATOP alliance dyads by year, CSV",
        kind=TieKind.ALLIANCE,
        needs={
            "a": ("iso3_a", "ccode1", "mem1", "stateA"),
            "b": ("iso3_b", "ccode2", "mem2", "stateB"),
            "year": ("year",),
            "defence": ("atop_defense", "defense"),
            "offence": ("atop_offense", "offense"),
            "neutrality": ("atop_neutral", "neutral"),
            "nonaggression": ("atop_nonagg", "nonagg"),
            "consultation": ("atop_consul", "consul"),
        },
        figure=_pact,
        classed=_as_it_is,
        mutual=True,
    ),
    "igo-dyads": Table(
        about="COW joint memberships of dyads by year, CSV",
        kind=TieKind.MEMBERSHIP,
        needs={
            "a": ("iso3_a", "ccode1"),
            "b": ("iso3_b", "ccode2"),
            "year": ("year",),
            "count": ("dyadigos",),
        },
        figure=lambda get: get("count"),
        classed=_bodies,
        mutual=True,
    ),
    "sipri-tiv": Table(
        about="SIPRI arms transfers by supplier, recipient and year (TIV), CSV",
        kind=TieKind.ARMS_SUPPLY,
        needs={
            "a": ("iso3_supplier", "supplier"),
            "b": ("iso3_recipient", "recipient"),
            "year": ("year",),
            "value": ("value", "tiv", "TIV"),
        },
        figure=lambda get: get("value"),
        classed=_arms,
    ),
    "aiddata-gcdf": Table(
        about="AidData's Chinese development finance by recipient and year, CSV",
        kind=TieKind.CREDIT,
        needs={
            "b": ("iso3", "Recipient ISO-3"),
            "year": ("year", "Commitment Year"),
            "amount": ("oof_adj", "Adjusted Amount (Constant USD 2021)"),
        },
        also={"aid": ("oda_adj",), "vague": ("vof_adj",)},
        figure=lambda get: get("amount") + get("aid") + get("vague"),
        classed=_credit,
        power="CHN",
    ),
    "us-troops": Table(
        about="United States troops by country and year, CSV",
        kind=TieKind.PRESENCE,
        needs={"b": ("iso3c", "countryname"), "year": ("year",), "troops": ("troops_ad", "troops")},
        figure=lambda get: get("troops"),
        classed=_troops,
        power="USA",
    ),
}
