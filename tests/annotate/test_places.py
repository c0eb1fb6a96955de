"""Which phrases name places, in which country, and of which kind."""

import pytest

from tests.annotate.parties import Annotate, grounds


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels attacked a post near Goma.", ("Goma", "COD", "city")),
        ("The talks were held in Geneva.", ("Geneva", "CHE", "city")),
        ("A bomb exploded in Mosul on Monday.", ("Mosul", "IRQ", "city")),
        ("The drill took place in Gorno-Badakhshan.", ("Gorno-Badakhshan", "TJK", "admin")),
        ("Troops crossed into Donetsk on Sunday.", ("Donetsk", "UKR", "city")),
        ("Police shot a man in Johannesburg.", ("Johannesburg", "ZAF", "city")),
    ],
)
def test_a_named_place_is_found_with_its_country(annotated: Annotate, text: str, place: tuple[str, str, str]) -> None:
    assert grounds(annotated(text)) == [place]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Warships sailed through the Strait of Hormuz.", "Strait of Hormuz", "sea"),
        ("The ships met in the Black Sea.", "Black Sea", "sea"),
        ("Fighting raged in the Sahel.", "Sahel", "region"),
        ("Fighters hid in the Fergana Valley.", "Fergana Valley", "region"),
    ],
)
def test_seas_and_regions_are_places_of_their_kind(annotated: Annotate, text: str, words: str, kind: str) -> None:
    assert [(w, k) for w, _, k in grounds(annotated(text))] == [(words, kind)]


def test_a_capital_is_also_a_place(annotated: Annotate) -> None:
    assert ("Cairo", "EGY", "city") in grounds(annotated("The ministers met in Cairo."))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Libyan militias fought in Tripoli on Monday.", "LBY"),
        ("Syrian rebels fought in Idlib on Monday.", "SYR"),
    ],
)
def test_a_namesake_is_the_one_in_a_country_that_the_text_names(annotated: Annotate, text: str, country: str) -> None:
    assert grounds(annotated(text))[0][1] == country


def test_a_nationality_word_is_no_place(annotated: Annotate) -> None:
    assert grounds(annotated("Chinese troops trained with Tajik soldiers.")) == []


def test_a_common_noun_is_no_place(annotated: Annotate) -> None:
    assert grounds(annotated("The army used a mobile radar near the reading room.")) == []


def test_a_place_keeps_its_point(annotated: Annotate) -> None:
    [found] = annotated("Rebels attacked a post near Goma.").places
    assert (found.lat, found.lon) == pytest.approx((-1.68, 29.22), abs=0.1)
