"""What each format's rows tell."""

from datetime import date

import pytest

from marchland.exchange.conflict import ACLED_COLUMNS, UCDP_COLUMNS, Acled, Ucdp
from marchland.exchange.gdelt import Gdelt, Gdelt1, Gdelt1Daily
from marchland.exchange.icews import COLUMNS as ICEWS_COLUMNS
from marchland.exchange.icews import Icews
from marchland.exchange.phoenix import Phoenix
from marchland.exchange.polecat import COLUMNS as POLECAT_COLUMNS
from marchland.exchange.polecat import Polecat
from marchland.exchange.refused import ExchangeError, RowError
from marchland.exchange.told import LeftOut, Told
from marchland.model.ontology import EventType, PlaceKind, Precision, Sector
from tests.exchange import samples


def sides(told: Told) -> tuple[list[str | None], list[str | None]]:
    return [p.key for p in told.actors], [p.key for p in told.recipients]


def icews(row: str) -> Told:
    return Icews("\t".join(ICEWS_COLUMNS)).told(row)


@pytest.mark.parametrize(("reader", "width"), [(Gdelt, 61), (Gdelt1, 57), (Gdelt1Daily, 58)])
def test_gdelt_row_of_each_version(reader, width) -> None:
    row = samples.gdelt(7, width=width, score="-4.0", code="111")
    told = reader(row).told(row)
    assert (told.key, told.coding.event_type, told.coding.mode) == (7, EventType.ACCUSE, "disapprove")
    assert sides(told) == (["CHN"], ["TJK"])
    assert told.when.start == date(2019, 7, 23)
    assert told.score == -4.0
    assert told.where is not None
    assert (told.where.country, told.where.kind, told.where.lat) == ("TJK", PlaceKind.CITY, 38.56)
    assert row[slice(*told.trigger)] == "111"


def test_gdelt_places_are_fips_and_actors_are_not() -> None:
    row = samples.gdelt(actor="CHN", place="CH")
    told = Gdelt(row).told(row)
    assert told.where is not None
    assert (told.actors[0].country, told.where.country) == ("CHN", "CHN")


def test_gdelt_host_of_a_visit_is_the_recipient() -> None:
    row = samples.gdelt(code="043", actor="TJK", recipient="CHN")
    assert sides(Gdelt(row).told(row)) == (["CHN"], ["TJK"])


def test_intent_is_an_agreement_to_come() -> None:
    row = samples.gdelt(code="0312")
    coding = Gdelt(row).told(row).coding
    assert (coding.event_type, coding.base, coding.contexts) == (EventType.AGREE, EventType.COOPERATE, ("military",))


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"day": "20191341"}, "SQLDATE", "20191341"),
        ({"code": "999"}, "EventCode", "999"),
        ({"code": "40"}, "EventCode", "40"),
        ({"score": "high"}, "GoldsteinScale", "high"),
        ({"number": "x1"}, "GLOBALEVENTID", "x1"),
    ],
)
def test_bad_cell_is_named(changes, column: str, value: str) -> None:
    row = samples.gdelt(**changes)
    with pytest.raises(RowError) as refused:
        Gdelt(row).told(row)
    assert (refused.value.column, refused.value.value) == (column, value)


def test_statement_has_no_counterpart() -> None:
    row = samples.gdelt(code="010")
    with pytest.raises(LeftOut, match="CAMEO 010"):
        Gdelt(row).told(row)


def test_icews_full_names_and_person() -> None:
    told = icews(samples.icews(actor="Russian Federation", name="Vladimir Putin"))
    assert sides(told) == (["RUS"], ["TJK"])
    assert (told.actors[0].name, told.actors[0].sector) == ("Vladimir Putin", Sector.MIL)
    assert told.recipients[0].sector is Sector.GOV


def test_icews_generic_actor_has_no_name() -> None:
    assert icews(samples.icews(name="Military (China)")).actors[0].name is None


def test_icews_body_without_country() -> None:
    told = icews(samples.icews(recipient="", other="European Union"))
    assert (told.recipients[0].country, told.recipients[0].org, told.recipients[0].sector) == (None, "EU", Sector.IGO)


def test_icews_united_states_date() -> None:
    assert icews(samples.icews(day="07/23/2019")).when.start == date(2019, 7, 23)


def test_icews_file_without_codes_is_refused_as_a_whole() -> None:
    with pytest.raises(ExchangeError, match='lacks "CAMEO Code"'):
        Icews("\t".join(c for c in ICEWS_COLUMNS if c != "CAMEO Code"))


@pytest.mark.parametrize("intensity", ["Intensity", "Event Intensity"])
def test_polecat_by_names(intensity: str) -> None:
    header, row = samples.polecat_file([samples.polecat()], intensity=intensity).splitlines()
    told = Polecat(header).told(row)
    assert (told.coding.event_type, told.coding.mode, told.coding.contexts) == (
        EventType.CONSULT,
        "visit",
        ("military", "diplomatic"),
    )
    assert told.score == 4.0
    assert sides(told) == (["CHN"], ["TJK"])


def test_polecat_columns_may_stand_elsewhere() -> None:
    header = "\t".join(["Headline", *reversed(POLECAT_COLUMNS)])
    row = "\t".join(["A headline", *reversed(samples.polecat().split("\t"))])
    assert sides(Polecat(header).told(row)) == (["CHN"], ["TJK"])


def test_polecat_lists_of_countries() -> None:
    told = Polecat("\t".join(POLECAT_COLUMNS)).told(samples.polecat(actors="CHN; RUS", recipients="None"))
    assert sides(told) == (["CHN", "RUS"], [])


def test_phoenix() -> None:
    row = samples.phoenix(code="194")
    told = Phoenix(row).told(row)
    assert (told.coding.event_type, told.coding.mode) == (EventType.ASSAULT, "heavy-weapons")
    assert sides(told) == (["RUS"], ["UKR"])
    assert told.actors[0].sector is Sector.MIL


def acled(**changes: str) -> Told:
    text = samples.acled_file([changes])
    return Acled(",".join(ACLED_COLUMNS)).told(text.split("\n", 1)[1].rstrip("\n"))


def test_acled_countries_stand_in_the_names() -> None:
    told = acled()
    assert sides(told) == (["UKR"], ["RUS"])
    assert told.quantities[0].value == 2
    assert (told.when.start, told.when.end) == (date(2019, 7, 27), date(2019, 7, 27))


def test_acled_coarse_date_is_an_interval() -> None:
    told = acled(time_precision="3")
    assert (told.when.start, told.when.end, told.when.precision) == (
        date(2019, 7, 1),
        date(2019, 7, 31),
        Precision.MONTH,
    )


def test_acled_protesters_act_at_home() -> None:
    told = acled(sub_event_type="Peaceful protest", actor1="Protesters (Ukraine)", inter1="6", actor2="", inter2="")
    assert told.coding.event_type is EventType.PROTEST
    assert sides(told) == (["UKR"], [])


def ucdp(**changes: str) -> Told:
    return Ucdp(",".join(UCDP_COLUMNS)).told(samples.ucdp_file([changes], header=False).rstrip("\n"))


def test_ucdp_government_by_number() -> None:
    told = ucdp()
    assert sides(told) == (["UKR"], [None])
    assert (told.when.start, told.when.end) == (date(2015, 1, 22), date(2015, 1, 23))
    dead = told.quantities[0]
    assert (dead.value, dead.low, dead.high) == (5, 4, 9)


def test_ucdp_one_sided_violence_has_civilians() -> None:
    assert ucdp(type_of_violence="3").recipients[0].sector is Sector.CVL


def test_ucdp_event_that_ends_before_it_starts() -> None:
    with pytest.raises(RowError, match="no earlier"):
        ucdp(date_end="2015-01-01")
