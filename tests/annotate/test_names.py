"""Which phrases name parties, whose they are, and which office a person held on the day."""

import pytest

from tests.annotate.parties import Annotate, codes, one, told


def test_a_country_stands_for_its_government(annotated: Annotate) -> None:
    assert told(annotated("Ethiopia accused Eritrea.")) == [("Ethiopia", "ETH", "GOV"), ("Eritrea", "ERI", "GOV")]


def test_a_demonym_gives_an_agent_its_country(annotated: Annotate) -> None:
    found = told(annotated("Chinese border guards detained a fisherman."))
    assert ("Chinese border guards", "CHN", "MIL") in found


def test_a_possessor_gives_an_agent_its_country(annotated: Annotate) -> None:
    assert told(annotated("Bolivia's government fell."))[0] == ("Bolivia's government", "BOL", "GOV")


def test_an_of_phrase_gives_an_agent_its_country(annotated: Annotate) -> None:
    assert told(annotated("The army of Myanmar advanced."))[0][1:] == ("MMR", "MIL")


def test_a_place_gives_the_police_their_country(annotated: Annotate) -> None:
    found = one(annotated("Police in Nairobi arrested him."), "Police")
    assert (found.country, found.resolved) == ("KEN", "place")


def test_a_capital_stands_for_its_government(annotated: Annotate) -> None:
    assert codes(annotated("Tehran rejected the offer from Washington.")) == ["IRN", "USA"]


@pytest.mark.parametrize(
    ("seat", "country"),
    [("The Kremlin", "RUS"), ("The White House", "USA"), ("Downing Street", "GBR"), ("The Elysee", "FRA")],
)
def test_a_seat_stands_for_its_government(annotated: Annotate, seat: str, country: str) -> None:
    assert codes(annotated(f"{seat} rejected the offer.")) == [country]


@pytest.mark.parametrize(
    ("words", "org"),
    [
        ("NATO", "NATO"), ("The African Union", "AU"), ("The European Union", "EU"), ("Hamas", "HAMAS"),
        ("The International Criminal Court", "ICC"), ("Boko Haram", "BOKOHARAM"), ("The Taliban", "TALIBAN"),
    ],
)  # fmt: skip
def test_a_body_is_known_by_its_id(annotated: Annotate, words: str, org: str) -> None:
    assert codes(annotated(f"{words} rejected the offer.")) == [org]


def test_un_peacekeepers_are_a_military_of_the_un(annotated: Annotate) -> None:
    assert ("UN peacekeepers", "UN", "MIL") in told(annotated("UN peacekeepers left the town."))


def test_a_domestic_group_keeps_its_country(annotated: Annotate) -> None:
    found = one(annotated("Hamas fired rockets."), "Hamas")
    assert (found.country, found.org) == ("PSE", "HAMAS")


@pytest.mark.parametrize(
    ("day", "office"),
    [("2007-05-02", "president"), ("2011-05-02", "prime minister"), ("2014-05-02", "president")],
)
def test_putin_holds_the_office_of_the_day(annotated: Annotate, day: str, office: str) -> None:
    found = one(annotated("Putin visited Beijing.", date=day), "Putin")
    assert (found.person, found.country, found.office) == ("Vladimir Putin", "RUS", office)


@pytest.mark.parametrize(("day", "person"), [("2003-05-02", "George W. Bush"), ("1990-05-02", "George H. W. Bush")])
def test_two_presidents_of_one_surname_are_told_apart_by_date(annotated: Annotate, day: str, person: str) -> None:
    assert one(annotated("Bush visited Tokyo.", date=day), "Bush").person == person


def test_one_who_has_left_office_is_of_the_elite(annotated: Annotate) -> None:
    found = one(annotated("Angela Merkel visited Tokyo.", date="2023-05-02"), "Angela Merkel")
    assert (found.sector.value, found.office) == ("ELI", None)


def test_a_titled_stranger_takes_the_country_of_the_title(annotated: Annotate) -> None:
    found = annotated("Zambian Foreign Minister Mwila Tembo arrived.").names[0]
    assert (found.country, found.person, found.office, found.sector.value) == (
        "ZMB",
        "Mwila Tembo",
        "foreign minister",
        "GOV",
    )


def test_a_surname_later_on_is_the_person_named_before(annotated: Annotate) -> None:
    doc = annotated("Zambian Foreign Minister Mwila Tembo arrived in Harare. Tembo met his host.")
    later = next(n for n in doc.names if n.sentence == 1)
    assert (later.country, later.person, later.resolved) == ("ZMB", "Mwila Tembo", "coreference")


def test_an_apposition_titles_the_person_before_it(annotated: Annotate) -> None:
    found = annotated("Mwila Tembo, the Zambian foreign minister, arrived.").names[0]
    assert (found.country, found.office) == ("ZMB", "foreign minister")


def test_a_title_and_its_name_are_one_party(annotated: Annotate) -> None:
    assert codes(annotated("Turkish President Recep Tayyip Erdogan spoke.", date="2021-03-01")) == ["TUR"]


@pytest.mark.parametrize("name", ["Lenin", "Stalin", "Napoleon", "Julius Caesar", "Genghis Khan", "Bismarck"])
def test_the_long_dead_are_no_parties(annotated: Annotate, name: str) -> None:
    doc = annotated(f"A biography of {name} was published.", date="2015-05-02")
    assert [n.person for n in doc.names if n.person] == []


def test_an_adjective_of_ground_is_no_party(annotated: Annotate) -> None:
    assert codes(annotated("Russian bombers flew in Japanese airspace.")) == ["RUS"]


def test_people_of_a_nation_are_civilians(annotated: Annotate) -> None:
    assert told(annotated("Rebels kidnapped three Germans."))[-1] == ("Germans", "DEU", "CVL")


def test_weapons_make_their_owner_a_military(annotated: Annotate) -> None:
    assert told(annotated("Turkish warplanes bombed the town."))[0][1:] == ("TUR", "MIL")


def test_us_led_forces_are_american(annotated: Annotate) -> None:
    assert told(annotated("US-led forces entered the town."))[0][1:] == ("USA", "MIL")


def test_a_turkey_on_the_table_is_no_state(annotated: Annotate) -> None:
    assert codes(annotated("The cook served roast turkey with chestnuts.")) == []


def test_nail_polish_is_not_of_poland(annotated: Annotate) -> None:
    assert codes(annotated("She bought a bottle of nail polish.")) == []


def test_two_states_of_a_compound_are_two_parties(annotated: Annotate) -> None:
    assert codes(annotated("The China-Kazakhstan border reopened."))[:2] == ["CHN", "KAZ"]


def test_north_and_south_korea_are_told_apart(annotated: Annotate) -> None:
    assert codes(annotated("North Korea warned South Korea.")) == ["PRK", "KOR"]


def test_the_two_congos_are_told_apart(annotated: Annotate) -> None:
    assert codes(annotated("The Democratic Republic of Congo warned the Republic of Congo.")) == ["COD", "COG"]


def test_niger_is_not_nigeria(annotated: Annotate) -> None:
    assert codes(annotated("Nigerien troops met Nigerian troops.")) == ["NER", "NGA"]


def test_students_are_a_party_of_education(annotated: Annotate) -> None:
    assert told(annotated("Chilean students marched."))[0] == ("Chilean students", "CHL", "EDU")


def test_an_opposition_leader_is_of_the_opposition(annotated: Annotate) -> None:
    assert told(annotated("The Zambian opposition leader was freed."))[0][1:] == ("ZMB", "OPP")


def test_a_supreme_court_is_of_the_judiciary(annotated: Annotate) -> None:
    assert told(annotated("Kenya's supreme court annulled the vote."))[0][1:] == ("KEN", "JUD")


def test_a_parliament_is_a_legislature(annotated: Annotate) -> None:
    assert told(annotated("The Estonian parliament met."))[0] == ("Estonian parliament", "EST", "LEG")


def test_brussels_as_a_party_is_the_union(annotated: Annotate) -> None:
    assert codes(annotated("Brussels condemned Chad.")) == ["EU", "TCD"]


def test_brussels_is_belgium_where_the_text_speaks_of_belgium(annotated: Annotate) -> None:
    assert "EU" not in codes(annotated("The Belgian king was ill. Brussels condemned Chad."))


def test_brussels_as_a_place_is_the_city(annotated: Annotate) -> None:
    assert "EU" not in codes(annotated("Serbian envoys met in Brussels."))
