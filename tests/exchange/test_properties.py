"""What must hold for any rows: quick and slow reading agree, and what is written is read back."""

import json
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marchland.exchange.columns import COLUMNS, columns
from marchland.exchange.export import WRITERS, export
from marchland.exchange.gdelt import Gdelt
from marchland.exchange.icews import COLUMNS as ICEWS_COLUMNS
from marchland.exchange.icews import Icews
from marchland.exchange.look import imported_events
from marchland.exchange.outgoing import Outgoing, first_day
from marchland.exchange.pages import Page, pages
from marchland.exchange.reader import Reader
from marchland.exchange.refused import Refusals
from marchland.exchange.run import import_
from marchland.lexicon.codes import cameo
from marchland.model.records import Event
from tests.exchange import samples
from tests.strategies import documents, events

codes = st.sampled_from([*sorted(cameo()), "999", "40", ""])
gdelt_rows = st.one_of(
    st.builds(
        samples.gdelt,
        st.integers(0, 30) | st.sampled_from(["x", "", "1234567890123"]),
        day=st.sampled_from(["20190723", "20190724", "20191301", ""]),
        code=codes,
        actor=st.sampled_from(["CHN", "RUS", "TJK", "EUR", "", "CHN\0", "TADSCHIKISTAN", "TADSCHIKISCH", "Österrei"]),
        recipient=st.sampled_from(["CHN", "TJK", ""]),
        score=st.sampled_from(["1.0", "-10", "-1.000000001", "", "inf", "x"]),
    ),
    st.sampled_from(["", "a\tb", "\t" * 60, "\t" * 61]),
)
icews_rows = st.builds(
    samples.icews,
    st.integers(0, 30) | st.sampled_from(["x", "", "1234567890123"]),
    day=st.sampled_from(["2019-07-23", "07/24/2019", "soon"]),
    code=codes,
    actor=st.sampled_from(["China", "Russian Federation", "Ruritania", "NA", ""]),
    recipient=st.sampled_from(["Tajikistan", "China", ""]),
    other=st.sampled_from([None, "European Union", "Zed"]),
    intensity=st.sampled_from(["1.0", "NA", "x"]),
    story=st.integers(1, 2),
)


def read(reader: Reader, rows: list[str], *, slow: bool):
    out, refused = columns(), Refusals("f")
    for number in range(0, len(rows), 7):
        part = rows[number : number + 7]
        page = Page(number=number // 7, rows=part, lines=list(range(number + 1, number + 1 + len(part))))
        (Reader.code if slow else type(reader).code)(reader, page, out, refused)
    arrays = out.arrays()
    parties, kinds = out.parties.values, out.kinds.values
    entries = sorted(
        tuple(
            parties[v] if n in "ab" else kinds[v] if n == "kind" else "nan" if v != v else v  # noqa: PLR0124  # NaN
            for n, v in zip(COLUMNS, values, strict=True)
        )
        for values in zip(*(arrays[n].tolist() for n in COLUMNS), strict=True)
    )
    return entries, out.rows, out.left, refused.counts


def keyed(result):
    entries, *rest = result
    return sorted(entries, key=repr), *rest


@given(st.lists(gdelt_rows, max_size=20))
def test_gdelt_pages_and_rows_are_read_alike(rows: list[str]) -> None:
    rows = [r for r in rows if r]
    quick, slow = Gdelt(""), Gdelt("")
    assert keyed(read(quick, rows, slow=False)) == keyed(read(slow, rows, slow=True))
    assert slow.unknown <= quick.unknown <= {"EUR", "CHN\0", "TADSCHIKISTAN", "TADSCHIKISCH", "Österrei"}


@given(st.lists(icews_rows, max_size=20))
def test_icews_pages_and_rows_are_read_alike(rows: list[str]) -> None:
    first = "\t".join(ICEWS_COLUMNS)
    rows = [first, *rows]
    assert keyed(read(Icews(first), rows, slow=False)) == keyed(read(Icews(first), rows, slow=True))


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"), max_size=12), max_size=30))
def test_pages_give_every_line_back(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f"
        path.write_bytes(("x\n" + "\n".join(lines)).encode())
        found = [r for p in pages(path, quoted=False) for r in p.rows]
    assert found == ["x", *(line for line in lines if line)]


@st.composite
def told(draw: st.DrawFn) -> tuple[Event, object]:
    document = draw(documents(doc_id="d1"))
    return draw(events(document)), document


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(told(), st.sampled_from(["gdelt", "polecat"]))
def test_what_is_exported_is_imported(pair, kind: str) -> None:
    event, document = pair
    count = Outgoing()
    lines = list(export([event], [document], format=kind, every=True, count=count))
    if first_day(event) is None:
        assert count.undated == 1
        return
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder) / "f.txt", Path(folder) / "s"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        [done] = import_([path], store=store)
        found = list(imported_events(store))
    assert not done.refused
    assert found[0].event_type is event.event_type
    assert found[0].when is not None
    assert found[0].when.start == first_day(event)
    before = {p.country for p in event.parties if p.country and not (kind == "polecat" and p.org)}
    after = {p.country for e in found for p in e.parties if p.country}
    if kind == "polecat":
        assert after >= before
        assert found[0].mode == event.mode
        assert found[0].contexts == event.contexts
    else:
        assert after <= {p.country for p in event.parties}
    if found[0].where:
        assert event.where is not None
        assert found[0].where.country == event.where.country


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(told(), max_size=4), st.sampled_from(sorted(WRITERS)))
def test_every_writer_writes_clean_lines(pairs, kind: str) -> None:
    lines = list(export([e for e, _ in pairs], [d for _, d in pairs], format=kind, every=True))
    if kind == "geojson":
        whole = json.loads("\n".join(lines))
        assert len(whole["features"]) == len(pairs)
    elif kind in ("ftm", "plover"):
        assert all(isinstance(json.loads(line), dict) for line in lines)
    else:
        assert not any("\r" in line for line in lines)
        width = {"gdelt": 61, "polecat": 40}.get(kind)
        assert all(width in (None, line.count("\t") + 1) for line in lines)


def test_arrays_of_nothing() -> None:
    assert all(len(v) == 0 and isinstance(v, np.ndarray) for v in columns().arrays().values())
