"""The pieces under the pages: outlines, pieces of text, pictures of the store, hues and contrast."""

import re
from datetime import date
from importlib.resources import files
from itertools import pairwise
from math import asin, pi, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland import api
from marchland.answers import influence_json
from marchland.charts.hues import hue, hues, style_sheet
from marchland.charts.parts import apart, tag
from marchland.lexicon.actors import countries
from marchland.model.dates import day
from marchland.model.records import Reading
from marchland.store import Store
from marchland.web.places import WORLD, home, regions
from marchland.web.question import AskedWronglyError, asked, code_of
from marchland.web.shapes import around, equal_earth, outlines, shapes, sheet_of
from marchland.web.snapshots import Snapshots
from marchland.web.views.document import pieces
from tests.store.makers import document, event, reading
from tests.web.makers import fill

# ---- outlines ----


def test_every_state_but_the_smallest_has_an_outline():
    drawn = {o.code for o in outlines()}
    states = {c.iso3 for c in countries() if c.kind == "state"}
    assert states - drawn <= {"TUV"}


def test_no_outline_leaps_over_the_180th_meridian():
    for outline in outlines():
        for ring in outline.rings:
            assert all(abs(a[0] - b[0]) < 180 for a, b in pairwise(ring)), outline.name


def test_region_lies_whole_on_its_sheet():
    sheet = sheet_of(("KAZ", "KGZ", "TJK", "TKM", "UZB"), width=960, height=560)
    drawn = {s.code: s for s in shapes(sheet)}
    assert all(sheet.holds(drawn[c].label) for c in ("KAZ", "KGZ", "TJK", "TKM", "UZB"))
    assert "BRA" not in drawn


@given(st.floats(-180, 180), st.floats(-85, 84))
def test_equal_earth_keeps_areas(lon: float, lat: float):
    step = 0.01
    (x0, y0), (x1, _), (_, y1) = (equal_earth(p) for p in ((lon, lat), (lon + step, lat), (lon, lat + step)))
    (x_up, _) = equal_earth((lon + step, lat + step))
    (x_left, _) = equal_earth((lon, lat + step))
    area = ((x1 - x0) + (x_up - x_left)) / 2 * (y1 - y0)
    true = step * pi / 180 * (sin((lat + step) * pi / 180) - sin(lat * pi / 180))
    assert area == pytest.approx(true, rel=1e-3)


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(-180, 180), st.floats(-90, 90))
def test_azimuthal_distance_from_the_centre_is_that_on_the_globe(
    lon: float, lat: float, other_lon: float, other_lat: float
):
    x, y = around((lon, lat))((other_lon, other_lat))
    angle = 2 * asin(min(1.0, (x * x + y * y) ** 0.5 / 2))
    assert 0 <= angle <= 1.75


# ---- text ----


@given(st.text(min_size=30, max_size=80), st.lists(st.tuples(st.integers(0, 29), st.integers(1, 20)), max_size=5))
def test_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]):
    doc = document("d", text)
    base = event(document("d", "China held a drill."), "held")
    records = []
    for n, (start, length) in enumerate(spans):
        end = min(len(text), start + length)
        mention = base.mentions[0]
        trigger = type(mention.trigger)(start=start, end=end)
        told = type(mention)(
            doc_id="d", start=start, end=end, quote=text[start:end], trigger=trigger, status=mention.status, rule="r"
        )
        records.append(
            type(base)(
                **{**{f: getattr(base, f) for f in base.__dataclass_fields__}, "id": str(n), "mentions": (told,)}
            )
        )
    assert "".join(p.text for p in pieces(doc, Reading(records=tuple(records)))) == text


def test_markup_escapes_values_and_bodies():
    assert str(tag("text", "<b>&", title='"x"')) == '<text title="&#34;x&#34;">&lt;b&gt;&amp;</text>'


@given(st.lists(st.floats(0, 100), max_size=6))
def test_labels_stand_apart(wanted: list[float]):
    places = apart(sorted(wanted, reverse=True), step=15, top=0, bottom=100)
    assert all(a - b >= 15 - 1e-6 for a, b in pairwise(places))


# ---- questions ----


def test_country_is_told_by_code_or_name():
    assert code_of("tjk") == code_of("Tajikistan") == "TJK"
    with pytest.raises(AskedWronglyError, match="no such country"):
        code_of("Atlantis")


def test_empty_fields_ask_for_nothing():
    told = asked(country="", power=["", " "], type=" ", since="", until="", status="")
    assert told.key == (None, (), None, None, None, None, None, None)


# ---- pictures of the store ----


def test_picture_changes_when_another_connection_writes(tmp_path: Path):
    path = tmp_path / "s.marchland"
    with Store(path) as writer:
        fill(writer)
        with Store(path, read_only=True) as reader:
            pictures = Snapshots(reader)
            before = pictures.now()
            doc = document("new", "China and Tajikistan met.", on=date(2017, 1, 1))
            writer.add(doc, reading(event(doc, "met", when=day(date(2017, 1, 1)))))
            assert len(pictures.settled().events) == len(before.events) + 1


def test_picture_measures_what_python_measures(tmp_path: Path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        fill(store)
    with Store(path, read_only=True) as store:
        own = Snapshots(store).now().influence("TJK")
    told = api.influence("TJK", store=path).rows
    assert [influence_json(r, with_evidence=True) for r in own] == [influence_json(r, with_evidence=True) for r in told]


def test_glance_has_the_numbers_of_the_measure(tmp_path: Path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        fill(store)
    with Store(path, read_only=True) as store:
        found = Snapshots(store).now()
        quick, whole = found.glance("TJK", 2015), found.glance("TJK", 2015, intervals=True)
    told = [r for r in api.influence("TJK", store=path).rows if r.period == "2015"]
    assert [(r.power, r.domain, r.share) for r in quick] == [(r.power, r.domain, r.share) for r in told]
    assert [(r.share_low, r.share_high) for r in whole] == [(r.share_low, r.share_high) for r in told]


# ---- places ----


def test_map_opens_on_the_region_that_the_store_tells_of():
    assert home([("TJK", 40), ("KGZ", 20), ("RUS", 60), ("UKR", 5)]) == "central-asia"
    assert home([("TJK", 10), ("BRA", 10), ("NGA", 10), ("IDN", 10)]) == WORLD
    assert home([]) == WORLD


def test_regions_are_those_of_the_lexicon():
    assert regions()["baltic-states"] == ("Baltic states", ("EST", "LVA", "LTU"))


# ---- looks ----


def test_powers_keep_their_hue_and_strangers_do_not_share_one():
    found = hues(["RUS", "MNG", "LAO", "NPL", "BTN", "LKA", "MMR"])
    assert found["RUS"] == hue("RUS") == "hue-RUS"
    assert len(set(found.values())) == 7
    assert all(f".{name}{{" in style_sheet() for name in found.values())


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "wash", "read"])
def test_text_has_the_contrast_that_AA_asks_for(side: int, ink: str, ground: str):  # noqa: N802 - AA is a name
    text = files("marchland.web").joinpath("static/tokens.css").read_text(encoding="utf-8")
    tokens = {m[1]: (m[2], m[3]) for m in re.finditer(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", text)}
    light, dark = sorted((_luminance(tokens[ink][side]), _luminance(tokens[ground][side])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_vendored_files_carry_version_and_licence():
    folder = files("marchland.web").joinpath("static/vendor")
    names = {f.name for f in folder.iterdir()}
    assert names == {
        "d3-7.9.2.min.js", "d3-7.9.2.LICENSE", "world-atlas-2.0.2-countries-50m.json", "world-atlas-2.0.2.LICENSE",
    }  # fmt: skip


def test_pages_own_files_name_no_other_host():
    folder = Path(str(files("marchland.web")))
    for file in [*folder.glob("static/*"), *folder.glob("templates/*")]:
        if file.is_file():
            told = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
            assert set(told) <= {"http://www.w3.org/2000/svg"}, file
