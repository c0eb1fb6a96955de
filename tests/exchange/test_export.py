"""What each writer puts where."""

import csv
import io
import json
from datetime import date

import pytest

from marchland.exchange.export import export
from marchland.exchange.outgoing import Outgoing
from marchland.exchange.refused import ExchangeError
from marchland.model.dates import month
from marchland.model.ontology import EventType, PlaceKind, Status
from marchland.model.records import Event, Place
from tests.influence.makers import document, event

DOC = document("d1", date(2019, 7, 24), publisher="Outlet One")
DUSHANBE = Place(name="Dushanbe", place_id="1221874", kind=PlaceKind.CITY, country="TJK", lat=38.56, lon=68.77)


def made(**changes) -> Event:
    from dataclasses import replace

    base = event(
        [DOC], "CHN", recipients=["TJK"], on=date(2019, 7, 23), event_type=EventType.COOPERATE, contexts=("military",)
    )
    return replace(base, where=DUSHANBE, **changes)


def lines(*events: Event, kind: str, **options) -> list[str]:
    return list(export(events, [DOC], format=kind, **options))


def test_gdelt_has_two_country_systems_in_a_row() -> None:
    [row] = [x.split("\t") for x in lines(made(), kind="gdelt")]
    assert (row[7], row[17], row[53]) == ("CHN", "TJK", "TI")
    assert (row[26], row[27], row[28], row[29]) == ("062", "062", "06", "2")
    assert (row[56], row[57], row[59]) == ("38.56", "68.77", "20190724000000")
    assert (row[31], row[32], row[33]) == ("1", "1", "1")
    assert row[30] == ""


def test_gdelt_unknown_place_is_blank_never_zero() -> None:
    [row] = [x.split("\t") for x in lines(event([DOC], "CHN", on=date(2019, 7, 23)), kind="gdelt")]
    assert row[35:59] == [""] * 24


def test_rows_of_one_event_share_the_id() -> None:
    three = event([DOC], "CHN", "TJK", "RUS", on=date(2019, 7, 23))
    rows = [x.split("\t") for x in lines(three, kind="gdelt")]
    assert [(r[7], r[17]) for r in rows] == [("CHN", "TJK"), ("CHN", "RUS")]
    assert rows[0][0] == rows[1][0]


def test_polecat_words() -> None:
    header, row = (x.split("\t") for x in lines(made(), kind="polecat"))
    told = dict(zip(header, row, strict=True))
    assert len(header) == 40
    assert told["Quad Code"] == "MATERIAL COOPERATION"
    assert (told["Actor Country"], told["City"], told["Wikipedia Actor ID"]) == ("CHN", "Dushanbe", "None")
    assert told["Event ID"].endswith("_COOPERATE")


def test_polecat_joint_act_from_both_sides() -> None:
    _, one, other = lines(event([DOC], "CHN", "TJK", on=date(2019, 7, 23)), kind="polecat")
    assert other.split("\t")[0] == one.split("\t")[0] + "_R"


def test_plover_keys() -> None:
    told = json.loads(lines(made(), kind="plover")[0])
    assert (told["date"], told["event"], told["quad_code"], told["context"]) == (
        "2019-07-23",
        ["COOPERATE"],
        2,
        ["military"],
    )
    assert told["actor"][0]["code"] == "CHN"
    assert told["event_loc"]["resolution"] == 4
    assert told["cite_info"]["publication"] == "Outlet One"
    assert told["comment"] == "status: asserted"


def test_geojson_is_longitude_first_and_null_without_a_point() -> None:
    whole = json.loads("\n".join(lines(made(), event([DOC], "RUS"), kind="geojson")))
    assert whole["features"][0]["geometry"] == {"type": "Point", "coordinates": [68.77, 38.56]}
    assert whole["features"][1]["geometry"] is None


def test_ftm_parties_once_and_partial_dates() -> None:
    found = [json.loads(x) for x in lines(made(when=month(2019, 7)), made(), kind="ftm")]
    assert [f["schema"] for f in found] == ["LegalEntity", "LegalEntity", "Event", "Event"]
    assert found[2]["properties"]["date"] == ["2019-07"]
    assert found[2]["properties"]["involved"] == [found[0]["id"], found[1]["id"]]
    assert found[2]["properties"]["country"] == ["cn", "tj"]
    assert all(isinstance(v, list) for f in found for v in f["properties"].values())


def test_csv_has_three_columns_for_a_date() -> None:
    rows = list(csv.DictReader(io.StringIO("\n".join(lines(made(when=month(2019, 7)), kind="csv")))))
    assert (rows[0]["earliest"], rows[0]["latest"], rows[0]["precision"]) == ("2019-07-01", "2019-07-31", "month")
    assert rows[0]["quote"] == "What d1 tells."


def test_only_what_happened_goes_out_unless_asked_for() -> None:
    plan = event([DOC], "RUS", on=date(2019, 7, 23), status=Status.PLANNED)
    count = Outgoing()
    assert len(lines(plan, made(), kind="gdelt", count=count)) == 1
    assert (count.events, count.unsure) == (1, 1)
    assert len(lines(plan, made(), kind="gdelt", every=True)) == 2


def test_undated_event_is_counted_where_a_day_is_needed() -> None:
    count = Outgoing()
    assert lines(event([DOC], "RUS"), kind="gdelt", count=count) == []
    assert count.undated == 1


def test_unknown_format() -> None:
    with pytest.raises(ExchangeError, match="it is one of csv, ftm, gdelt"):
        lines(kind="stix")
