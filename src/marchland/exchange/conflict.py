"""ACLED and UCDP GED: comma-separated files of armed conflict and protest, read by the names of their columns."""

import csv
import re
from collections.abc import Mapping
from typing import ClassVar, Final

from marchland.exchange.reader import Reader, named, whole_number
from marchland.exchange.refused import ExchangeError, RowError, width
from marchland.exchange.told import Told, blank, coding_in, day_in, key_of, number_in, place
from marchland.lexicon.codes import Coding, acled, country_of, cow_countries, sectors
from marchland.model.dates import DateRange
from marchland.model.ontology import Bound, EventType, PlaceKind, Precision, Sector
from marchland.model.records import Participant, Quantity

_OF: Final = re.compile(r" of (?:the )?([A-Z][^()]*?)\s*(?:\(|$)")  # Military Forces of Russia (2000-)
_IN_MARKS: Final = re.compile(r"\(([A-Z][^()0-9]*)\)")  # Protesters (Russia)
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ACLED": ("event_id_cnty", "event_date", "sub_event_type", "actor1", "country"),
    "UCDP GED": ("id", "type_of_violence", "side_a", "side_b", "country", "date_start", "date_end"),
}
UCDP_COLUMNS: Final = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()
ACLED_COLUMNS: Final = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude "
    "longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()


class _Csv(Reader):
    """Rows by column name."""

    quoted: ClassVar[bool] = True
    header: ClassVar[bool] = True
    title: ClassVar[str]

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self._names = [n.strip() for n in _split(first)]
        self._at = {n: i for i, n in enumerate(self._names)}
        missing = [n for n in _NEEDS[self.title] if n not in self._at]
        if missing:
            raise ExchangeError(
                f'{self.title}: the header lacks "{", ".join(missing)}"; it must name {", ".join(_NEEDS[self.title])}'
            )

    def cells(self, row: str) -> list[str]:
        """The fields of a row."""
        found = _split(row)
        if len(found) != len(self._names):
            raise width(len(found), len(self._names), row)
        return found

    def span(self, row: str, value: str) -> tuple[int, int]:
        """Where the value stands in the row."""
        at = row.find(value) if value else 0
        return max(at, 0), max(at, 0) + max(1, len(value))


class Acled(_Csv):
    """ACLED: one act in a country, by parties most of which act at home."""

    name: ClassVar[str] = "acled"
    title: ClassVar[str] = "ACLED"
    about: ClassVar[str] = "ACLED events, CSV with a header"

    def told(self, row: str) -> Told:
        """What one row tells."""
        cells = self.cells(row)

        def get(name: str) -> str:
            return named(cells, self._at, name)

        number = get("event_id_cnty")
        if not blank(number):
            raise RowError("event_id_cnty", number, "a row has an id", "Look for a shifted column")
        when = _within(day_in(get("event_date"), "event_date"), get("time_precision"))
        dead = number_in(get("fatalities"), "fatalities")
        coding = coding_in(get("sub_event_type"), "sub_event_type", acled(), "ACLED's sub-event types")
        land = country_of(get("country"))
        if land is None and blank(get("country")):
            self.unknown.add(get("country"))
        name, kind = blank(get("location")), PlaceKind.CITY
        if get("geo_precision") == "3":
            name, kind = blank(get("admin1")) or name, PlaceKind.ADMIN
        return Told(
            key=key_of(number),
            coding=coding,
            when=when,
            actors=_actor(get("actor1"), get("inter1"), land),
            recipients=_actor(get("actor2"), get("inter2"), land),
            where=place(name, kind, land, get("latitude"), get("longitude")),
            quantities=_deaths(dead, None, None, get("fatalities")),
            trigger=self.span(row, get("sub_event_type")),
        )


class Ucdp(_Csv):
    """UCDP GED: one deadly event, both sides by name and, where they are governments, by number."""

    name: ClassVar[str] = "ucdp-ged"
    title: ClassVar[str] = "UCDP GED"
    about: ClassVar[str] = "UCDP GED events, CSV, header optional"

    def __init__(self, first: str) -> None:
        bare = _split(first)
        plain = len(bare) == len(UCDP_COLUMNS) and bare[0].isdecimal()  # some releases have no header
        super().__init__(",".join(UCDP_COLUMNS) if plain else first)

    def told(self, row: str) -> Told:
        """What one row tells."""
        cells = self.cells(row)

        def get(name: str) -> str:
            return named(cells, self._at, name)

        key = whole_number(get("id"), "id")
        start, end = day_in(get("date_start"), "date_start"), day_in(get("date_end"), "date_end")
        if start.start is None or end.end is None or start.start > end.end:
            raise RowError(
                "date_end", get("date_end"), "an event ends no earlier than it starts", "Correct one of the days"
            )
        if get("type_of_violence") not in ("1", "2", "3"):
            raise RowError("type_of_violence", get("type_of_violence"), "it is 1, 2 or 3", "Look for a shifted column")
        best, low, high = (number_in(get(c), c) for c in ("best", "low", "high"))
        one = start.start == end.end
        land = country_of(get("country"))
        name, kind = blank(get("adm_2")) or blank(get("adm_1")), PlaceKind.ADMIN
        if get("where_prec") in ("1", "2"):
            name, kind = blank(get("where_coordinates")) or name, PlaceKind.CITY
        if name is None:
            name, kind = blank(get("country")), PlaceKind.COUNTRY
        civil = get("type_of_violence") == "3"
        return Told(
            key=key,
            coding=Coding(event_type=EventType.ASSAULT, contexts=() if civil else ("military",)),
            when=DateRange(start=start.start, end=end.end, precision=Precision.DAY if one else Precision.RANGE),
            actors=_warring(get("side_a"), get("gwnoa")),
            recipients=(Participant(country=land, sector=Sector.CVL, text="civilians"),)
            if civil
            else _warring(get("side_b"), get("gwnob")),
            where=place(name, kind, land, get("latitude"), get("longitude")),
            quantities=_deaths(best, low, high, get("best")),
            trigger=self.span(row, get("type_of_violence")),
        )


def _split(row: str) -> list[str]:
    return (
        next(csv.reader([row], strict=False), [])
        if "\n" not in row
        else next(csv.reader(row.splitlines(keepends=True)), [])
    )


def _within(told: DateRange, precision: str) -> DateRange:
    """ACLED's time precision: 1 the day, 2 the week, 3 the month."""
    from marchland.model.dates import month, week

    assert told.start is not None, "a day has a start"
    if precision == "2":
        return week(told.start)
    return month(told.start.year, told.start.month) if precision == "3" else told


def _deaths(best: float | None, low: float | None, high: float | None, text: str) -> tuple[Quantity, ...]:
    if best is None:
        return ()
    bound = Bound.ABOUT if low is not None and low != high else Bound.EXACT
    return (Quantity(value=best, low=low, high=high, bound=bound, unit="person", of="dead", text=text),)


def _actor(name: str, role: str, land: str | None) -> tuple[Participant, ...]:
    """An ACLED actor; those of no named country act at home."""
    if not blank(name):
        return ()
    found = _OF.search(name)
    country = country_of(found[1]) if found else None
    country = country or next((c for c in map(country_of, _IN_MARKS.findall(name)) if c), None)
    sector = sectors("acled").get(role.strip(), Sector.UNK)
    if "Police" in name and sector is Sector.MIL:
        sector = Sector.COP
    at_home = sector in (Sector.CVL, Sector.COP, Sector.UAF, Sector.MIL)
    return (Participant(country=country or (land if at_home else None), sector=sector, text=name.strip()),)


def _warring(name: str, number: str) -> tuple[Participant, ...]:
    """A UCDP side; only governments have a number."""
    if not blank(name):
        return ()
    code = cow_countries().get(number.strip().removesuffix(".0"))
    if code is None and name.startswith("Government of "):
        code = country_of(name.removeprefix("Government of "))
    return (Participant(country=code, sector=Sector.GOV if code else Sector.UAF, text=name.strip()),)
