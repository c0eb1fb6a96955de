"""The place and country tables are whole: keys are unique, codes are known, points lie on the globe."""

import csv
from collections import Counter
from pathlib import Path

import pytest

LEXICON = Path(__file__).resolve().parents[2] / "src" / "marchland" / "lexicon"
PLACE_COLUMNS = ["name", "aliases", "country", "admin1", "kind", "lat", "lon", "population", "also", "source"]
COUNTRY_COLUMNS = [
    "iso3",
    "iso2",
    "name",
    "aliases",
    "demonyms",
    "combining",
    "capital",
    "capital_aliases",
    "seats",
    "kind",
    "parent",
    "from",
    "to",
    "fips",
    "cow",
    "ambiguous",
    "source",
]
OWN_WORDS = ("name", "aliases", "demonyms", "combining", "capital", "capital_aliases", "seats")
TABLES = ("cities", "admin1", "regions")
KINDS = {"city", "admin", "region", "site", "border", "sea", "airspace"}


def read(name: str) -> list[dict[str, str]]:
    with (LEXICON / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


COUNTRIES = read("actors/countries.csv")
PLACES = {table: read(f"places/{table}.csv") for table in TABLES}
ISO3 = {row["iso3"] for row in COUNTRIES}


@pytest.mark.parametrize("table", TABLES)
def test_place_columns_are_those_of_the_format(table: str) -> None:
    assert list(PLACES[table][0]) == PLACE_COLUMNS


def test_country_columns_are_those_of_the_format() -> None:
    assert list(COUNTRIES[0]) == COUNTRY_COLUMNS


@pytest.mark.parametrize("table", TABLES)
def test_a_name_stands_once_in_a_country(table: str) -> None:
    counts = Counter((row["name"], row["country"]) for row in PLACES[table])
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_place_countries_are_known(table: str) -> None:
    used = {code for row in PLACES[table] for code in (row["country"], *row["also"].split("|")) if code}
    assert used <= ISO3


@pytest.mark.parametrize("table", TABLES)
def test_points_lie_on_the_globe_and_never_at_zero(table: str) -> None:
    points = [(float(row["lat"]), float(row["lon"])) for row in PLACES[table]]
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in points)
    assert (0.0, 0.0) not in points


@pytest.mark.parametrize("table", TABLES)
def test_kinds_names_and_sources_are_filled(table: str) -> None:
    assert {row["kind"] for row in PLACES[table]} <= KINDS
    assert all(row["name"] and row["source"] for row in PLACES[table])


def test_areas_of_cities_and_regions_exist_in_the_same_country() -> None:
    areas = {row["admin1"]: row["country"] for row in PLACES["admin1"]}
    rows = [row for table in ("cities", "regions") for row in PLACES[table] if row["admin1"]]
    assert [row["name"] for row in rows if areas.get(row["admin1"]) != row["country"]] == []


@pytest.mark.parametrize(
    ("table", "name", "country", "area"),
    [
        ("cities", "Dushanbe", "TJK", "TJ-DU"),
        ("cities", "Khorog", "TJK", "TJ-GB"),
        ("cities", "Murghab", "TJK", "TJ-GB"),
        ("cities", "Kyiv", "UKR", None),
        ("admin1", "Gorno-Badakhshan", "TJK", "TJ-GB"),
        ("admin1", "Xinjiang", "CHN", "CN-XJ"),
        ("regions", "Wakhan Corridor", "AFG", "AF-BDS"),
    ],
)
def test_a_well_known_place_is_there(table: str, name: str, country: str, area: str | None) -> None:
    found = [row for row in PLACES[table] if (row["name"], row["country"]) == (name, country)]
    assert len(found) == 1
    assert area is None or found[0]["admin1"] == area


def test_a_former_spelling_finds_the_city() -> None:
    kyiv = next(row for row in PLACES["cities"] if row["name"] == "Kyiv")
    assert "Kiev" in kyiv["aliases"].split("|")


def test_country_names_are_unique_and_codes_of_own_states_stand_once() -> None:
    assert max(Counter(row["name"] for row in COUNTRIES).values()) == 1
    own = Counter(row["iso3"] for row in COUNTRIES if row["kind"] in {"state", "dependency"})
    assert max(own.values()) == 1
    assert len(own) == 249  # ISO 3166-1 with Kosovo, without Western Sahara (disputed)


def test_parents_are_known_and_given_where_a_row_borrows_a_code() -> None:
    assert {row["parent"] for row in COUNTRIES if row["parent"]} <= ISO3
    borrowed = [row for row in COUNTRIES if row["kind"] in {"disputed", "historic"} and row["iso3"] != "ESH"]
    assert all(row["parent"] for row in borrowed)
    assert all(row["iso3"] == row["parent"] for row in borrowed if row["kind"] == "disputed")


def test_ambiguous_words_are_among_the_words_of_their_country() -> None:
    strange = [
        (row["iso3"], word)
        for row in COUNTRIES
        for word in filter(None, row["ambiguous"].split("|"))
        if word not in {own for column in OWN_WORDS for own in row[column].split("|")}
    ]
    assert strange == []


def test_the_city_table_stays_small() -> None:
    assert (LEXICON / "places" / "cities.csv").stat().st_size < 1_400_000
