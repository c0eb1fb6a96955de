"""Files in the exact formats of the field, made up here: no row of anybody's data is in them."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from marchland.exchange.conflict import ACLED_COLUMNS, UCDP_COLUMNS
from marchland.exchange.icews import COLUMNS as ICEWS_COLUMNS
from marchland.exchange.polecat import COLUMNS as POLECAT_COLUMNS

FIPS = {"TJK": "TI", "CHN": "CH", "RUS": "RS", "KGZ": "KG", "USA": "US"}
NAMES = {"TJK": "Tajikistan", "CHN": "China", "RUS": "Russian Federation", "KGZ": "Kyrgyzstan", "USA": "United States"}


def gdelt(
    number: int | str = 1,
    *,
    day: str = "20190723",
    code: str = "042",
    actor: str = "CHN",
    recipient: str = "TJK",
    score: str = "1.9",
    width: int = 61,
    place: str = "TI",
) -> str:
    """One GDELT event."""
    year = day[:4]
    sides = []
    for c in (actor, recipient):
        sides += [c, NAMES.get(c, c).upper(), c, *[""] * 7]
    code_cells = ["1", code, code[:3], code[:2], "1", score, "4", "1", "4", "-1.5"]
    four = ["4", "Dushanbe, Dushanbe, Tajikistan", place, "TI00"]
    geo = [*four, *(["26432"] if width == 61 else []), "38.56", "68.7739", "-2550279"]
    cells = [str(number), day, day[:6], year, f"{year}.6384", *sides, *code_cells, *geo * 3]
    cells += ["20190723001500" if width == 61 else "20190723", "https://example.org/a"]
    return "\t".join(cells if width != 57 else cells[:-1])


def mention(number: int = 1, *, source: str = "example.org", kind: str = "1") -> str:
    """One row of a GDELT mentions file."""
    return "\t".join(
        [
            str(number),
            "20190723000000",
            "20190723001500",
            kind,
            source,
            f"https://{source}/a",
            "1",
            "-1",
            "20",
            "34",
            "1",
            "60",
            "2200",
            "-1.5",
            "",
            "",
        ]
    )


def icews(
    number: int | str = 1,
    *,
    day: str = "2019-07-23",
    code: str = "042",
    actor: str = "China",
    recipient: str = "Tajikistan",
    name: str | None = None,
    other: str | None = None,
    intensity: str = "1.9",
    story: int = 7,
    sentence: int = 2,
) -> str:
    """One ICEWS event."""
    return "\t".join(
        [
            str(number),
            day,
            name or actor,
            "Military,Government",
            actor,
            "Make a visit",
            code,
            intensity,
            other or recipient,
            "",
            recipient,
            str(story),
            str(sentence),
            "Wire One",
            "Dushanbe",
            "",
            "Dushanbe",
            "Tajikistan",
            "38.56",
            "68.77",
        ]
    )


def icews_file(rows: Sequence[str]) -> str:
    """With the header."""
    return "\n".join(["\t".join(ICEWS_COLUMNS), *rows]) + "\n"


def polecat(
    number: str = "20190723-1-a_CONSULT",
    *,
    kind: str = "CONSULT",
    mode: str = "visit",
    actors: str = "CHN",
    recipients: str = "TJK",
    contexts: str = "military; diplomatic",
) -> str:
    """One POLECAT event."""
    told = {
        "Event ID": number, "Event Date": "2019-07-23", "Event Type": kind, "Event Mode": mode, "Intensity": "4.0",
        "Quad Code": "VERBAL COOPERATION", "Contexts": contexts, "Actor Name": "Ministry", "Actor Country": actors,
        "Primary Actor Sector": "GOV", "Recipient Country": recipients, "Primary Recipient Sector": "GOV",
        "City": "Dushanbe", "Country": "TJK", "Latitude": "38.56", "Longitude": "68.77", "GeoNames ID": "1221874",
        "Source": "Wire One", "Publication Date": "2019-07-24", "Language": "en", "Version": "1.0",
    }  # fmt: skip
    return "\t".join(told.get(c, "None") for c in POLECAT_COLUMNS)


def polecat_file(rows: Sequence[str], *, intensity: str = "Intensity") -> str:
    """With the header."""
    header = [intensity if c == "Intensity" else c for c in POLECAT_COLUMNS]
    return "\n".join(["\t".join(header), *rows]) + "\n"


def phoenix(
    number: int = 1, *, code: str = "190", day: str = "20150615", actor: str = "RUS", recipient: str = "UKR"
) -> str:
    """One Phoenix event."""
    return "\t".join(
        [
            f"{number}_v1",
            day,
            day[:4],
            day[4:6],
            day[6:],
            f"{actor}MIL",
            actor,
            "MIL",
            "",
            f"{recipient}GOV",
            recipient,
            "GOV",
            "",
            code,
            code[:2],
            "4",
            "-10.0",
            "SECURITY,1",
            "48.0",
            "37.8",
            "Donetsk",
            "",
            "Ukraine",
            "1_a",
            "https://example.org/b",
            "example",
        ]
    )


def _csv(columns: Sequence[str], rows: Sequence[dict[str, str]], *, header: bool = True) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(columns)
    writer.writerows([r.get(c, "") for c in columns] for r in rows)
    return out.getvalue()


def acled_file(rows: Sequence[dict[str, str]]) -> str:
    """ACLED events, from a usual row and what differs."""
    usual = {
        "event_id_cnty": "UKR1", "event_date": "27 July 2019", "year": "2019", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Ukraine (2019-)", "inter1": "1", "actor2": "Military Forces of Russia (2000-)",
        "inter2": "8", "country": "Ukraine", "admin1": "Donetsk", "location": "Avdiivka", "latitude": "48.13",
        "longitude": "37.75", "geo_precision": "1", "source": "Wire One", "fatalities": "2",
        "notes": 'On 27 July, a "clash" near Avdiivka,\nsecond line.',
    }  # fmt: skip
    return _csv(ACLED_COLUMNS, [usual | r for r in rows])


def ucdp_file(rows: Sequence[dict[str, str]], *, header: bool = True) -> str:
    """UCDP GED events, from a usual row and what differs."""
    usual = {
        "id": "1", "year": "2015", "type_of_violence": "1", "side_a": "Government of Ukraine", "side_b": "DPR",
        "where_prec": "1", "where_coordinates": "Horlivka", "latitude": "48.3", "longitude": "38.0", "country": "Ukraine",
        "date_start": "2015-01-22 00:00:00.000", "date_end": "2015-01-23 00:00:00.000", "best": "5", "low": "4", "high": "9",
        "gwnoa": "369", "gwnob": "",
    }  # fmt: skip
    return _csv(UCDP_COLUMNS, [usual | r for r in rows], header=header)


def many(kind: str, path: Path, count: int, *, seed: int = 1) -> None:
    """A large file of one kind, for measuring: real spread of codes, countries and days."""
    rng = random.Random(seed)
    codes = [
        "010",
        "020",
        "036",
        "040",
        "042",
        "043",
        "046",
        "051",
        "057",
        "061",
        "0256",
        "070",
        "111",
        "112",
        "138",
        "173",
        "190",
    ]
    lands = list(FIPS)
    start = date(2005, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        if kind == "icews":
            out.write("\t".join(ICEWS_COLUMNS) + "\n")
        for n in range(count):
            day = start + timedelta(days=n * 5000 // count)
            a, b = rng.choice(lands), rng.choice([*lands, ""])
            code = rng.choice(codes)
            score = f"{rng.randrange(-100, 100) / 10}"
            if kind == "icews":
                row = icews(
                    20_000_000 + n, day=day.isoformat(), code=code, actor=NAMES[a], recipient=NAMES.get(b, ""), name=f"Person {n % 5000}",
                    intensity=score, story=n // 4, sentence=n % 4,
                )  # fmt: skip
            else:
                row = gdelt(400_000_000 + n, day=f"{day:%Y%m%d}", code=code, actor=a, recipient=b, score=score)
            out.write(row + "\n")
