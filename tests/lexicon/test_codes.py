"""Foreign codes and spellings: whole, valid, and read as they are meant."""

import pytest

from marchland.lexicon.codes import (
    acled,
    body_of,
    cameo,
    cameo_countries,
    cameo_groups,
    cameo_of,
    country_of,
    cow_countries,
    fips_countries,
    iso_codes,
    sectors,
)
from marchland.lexicon.weights import load_weights
from marchland.model.ontology import MODES, EventType, Sector


def test_every_cameo_root_and_base_is_there() -> None:
    codes = set(cameo())
    assert {f"{n:02}" for n in range(1, 21)} <= codes
    assert {f"{n:02}0" for n in range(1, 21)} <= codes
    assert all(c[:2] in codes and c[:3] in codes for c in codes)


def test_what_has_no_counterpart() -> None:
    assert sorted(c for c, v in cameo().items() if v.event_type is None) == [
        *("01", "010", "011", "012", "013", "014", "015", "016", "017"),
    ]
    assert sorted(c for c, v in acled().items() if v.event_type is None) == [
        *("Change to group/activity", "Disrupted weapons use", "Other"),
    ]


@pytest.mark.parametrize(
    ("code", "event_type", "mode"),
    [
        ("042", "CONSULT", "visit"),
        ("057", "AGREE", None),
        ("062", "COOPERATE", None),
        ("0871", "RETREAT", "ceasefire"),
        ("1042", "REQUEST", "change"),
        ("112", "ACCUSE", "allege"),
        ("1382", "THREATEN", "territory"),
        ("141", "PROTEST", "demo"),
        ("163", "SANCTION", "discontinue"),
        ("173", "COERCE", "arrest"),
        ("195", "ASSAULT", "aerial"),
    ],
)
def test_meaning_of_a_code(code: str, event_type: str, mode: str | None) -> None:
    assert (cameo()[code].event_type, cameo()[code].mode) == (event_type, mode)


def test_contexts_are_those_that_weights_or_plover_know() -> None:
    told = {c for v in (*cameo().values(), *acled().values()) for c in v.contexts}
    assert told <= {*load_weights().contexts}


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_type_and_mode_has_a_code_of_that_type(event_type: EventType) -> None:
    modes = {None, *MODES.get(event_type, ())} - {"resign"}  # CAMEO has it as yielding to a demand for new leaders
    other = {m for m in modes if cameo()[cameo_of(event_type, m, ())].event_type is not event_type}
    assert not other


def test_nearest_code_heeds_contexts_and_plans() -> None:
    assert cameo_of(EventType.COOPERATE, None, ("military",)) == "062"
    assert cameo_of(EventType.COOPERATE, None, ()) == "060"
    assert cameo_of(EventType.AGREE, None, ("military",), EventType.COOPERATE) == "0312"
    assert cameo_of(EventType.AGREE, None, (), EventType.CONSULT) == "036"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russian Federation", "RUS"),
        ("Korea, Republic of", "KOR"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Russia (Soviet Union)", "RUS"),
        ("DR Congo (Zaire)", "COD"),
        ("Türkiye", "TUR"),
        ("C\u00f4te d'Ivoire", "CIV"),
        ("St. Lucia", "LCA"),
        ("The Gambia", "GMB"),
        ("TJK", "TJK"),
        ("Ruritania", None),
    ],
)
def test_country_by_name(name: str, code: str | None) -> None:
    assert country_of(name) == code


def test_fips_is_not_iso() -> None:
    assert [fips_countries()[c] for c in ("CH", "RS", "TI", "KG")] == ["CHN", "RUS", "TJK", "KGZ"]


def test_tables_name_known_codes() -> None:
    assert set(cameo_countries().values()) <= iso_codes()
    assert set(cow_countries().values()) <= iso_codes()
    assert cow_countries()["365"] == "RUS"
    assert cameo_groups()["EEC"] == "EU"
    assert body_of("European Union") == "EU"
    assert (sectors("cameo")["INS"], sectors("icews")["Police"], sectors("acled")["1"]) == (
        Sector.REB,
        Sector.COP,
        Sector.MIL,
    )
