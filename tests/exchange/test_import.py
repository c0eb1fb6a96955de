"""Files into the side file of a store, and back as records."""

import gzip
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from marchland.exchange import (
    ExchangeError,
    import_,
    imported_document,
    imported_events,
    imported_files,
    imported_flow,
    imported_record,
    imported_ties,
)
from marchland.exchange.keep import Keep, side_file
from marchland.exchange.pages import PAGE
from marchland.model.ontology import EventType, Status, TieKind
from tests.exchange import samples

Put = Callable[[str, str | bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "s.store"


def gdelt_file(*rows: str) -> str:
    return "".join(f"{r}\n" for r in rows)


def holds(store: Path, record) -> bool:
    """Does every mention quote its document?"""
    for m in record.mentions:
        document = imported_document(store, m.doc_id)
        assert document is not None
        assert document.text[m.start : m.end] == m.quote
        assert m.start <= m.trigger.start < m.trigger.end <= m.end
    return True


def test_counts_add_up_to_the_rows(put: Put, store: Path) -> None:
    good = [samples.gdelt(n) for n in range(5)]
    bad = [samples.gdelt(10, code="999"), "only\tthree\tfields", samples.gdelt(11, day="today")]
    done = import_(
        [put("a.export.CSV", gdelt_file(*good, *bad, samples.gdelt(12, code="010"), samples.gdelt(3)))], store=store
    )[0]
    assert (done.rows, done.taken, done.repeated) == (10, 5, 1)
    assert done.left == {"CAMEO 010": 1}
    assert sum(done.refused.values()) == 3
    assert done.days is not None
    assert (done.days.start, done.days.end) == (date(2019, 7, 23), date(2019, 7, 23))


def test_refusal_names_file_line_value_rule_and_step(put: Put, store: Path) -> None:
    [done] = import_([put("a.CSV", gdelt_file(samples.gdelt(1), samples.gdelt(2, code="40")))], store=store)
    assert str(done.shown[0]) == (
        'a.CSV, line 2, EventCode: "40": the code is one of CAMEO. '
        "Codes are text with their leading zero: 040, never 40"
    )


def test_importing_again_changes_nothing(put: Put, store: Path) -> None:
    path = put("a.CSV", gdelt_file(*[samples.gdelt(n) for n in range(3)]))
    first = import_([path], store=store)[0]
    again = import_([path], store=store)[0]
    assert again.unchanged
    assert (again.rows, again.taken, again.days) == (first.rows, first.taken, first.days)
    assert len(imported_files(store)) == 1
    assert len(list(imported_events(store))) == 3


def test_row_that_another_file_brought_is_not_counted_twice(put: Put, store: Path) -> None:
    a = put("a.CSV", gdelt_file(*[samples.gdelt(n) for n in range(3)]))
    b = put("b.CSV", gdelt_file(*[samples.gdelt(n) for n in range(2, 6)]))
    _, second = import_([a, b], store=store)
    assert (second.taken, second.repeated) == (3, 1)
    assert imported_flow(store, "TJK").n.sum() == 6


def test_every_event_quotes_its_row(put: Put, store: Path) -> None:
    rows = [samples.gdelt(n, code="061" if n % 2 else "112") for n in range(PAGE + 5)]
    import_([put("a.CSV", gdelt_file(*rows))], store=store)
    found = list(imported_events(store, limit=None))
    assert [e.mentions[0].quote for e in found] == rows
    last = found[-1]
    assert holds(store, last)
    assert last.doc_id.endswith(".1")
    assert imported_record(store, last.id) == last


def test_intents_are_plans_and_stay_out_of_the_flow(put: Put, store: Path) -> None:
    import_([put("a.CSV", gdelt_file(samples.gdelt(1, code="0312"), samples.gdelt(2)))], store=store)
    plan, act = imported_events(store)
    assert (plan.status, plan.base, act.status) == (Status.PLANNED, EventType.COOPERATE, Status.REPORTED)
    assert len(imported_flow(store, "TJK")) == 1
    assert len(imported_flow(store, "TJK", planned=True)) == 2


def test_mutual_act_of_icews_counts_once(put: Put, store: Path) -> None:
    rows = [
        samples.icews(1, code="046"),
        samples.icews(2, code="046", actor="Tajikistan", recipient="China"),
        samples.icews(3, code="042"),
        samples.icews(4, code="043", actor="Tajikistan", recipient="China"),
        samples.icews(5, code="111"),
        samples.icews(6, code="111", actor="Tajikistan", recipient="China"),
    ]
    [done] = import_([put("a.tab", samples.icews_file(rows))], store=store)
    assert (done.taken, done.mirrored) == (4, 2)
    talks = next(imported_events(store, type="CONSULT"))
    assert {p.country for p in talks.actors} == {"CHN", "TJK"}
    assert not talks.recipients


def test_icews_id_may_stand_on_two_days(put: Put, store: Path) -> None:
    rows = [samples.icews(1), samples.icews(1, day="2019-07-24"), samples.icews(1)]
    [done] = import_([put("a.tab", samples.icews_file(rows))], store=store)
    assert (done.taken, done.repeated) == (2, 1)


def test_unknown_country_is_told_and_kept_without(put: Put, store: Path) -> None:
    [done] = import_([put("a.tab", samples.icews_file([samples.icews(1, actor="Ruritania")]))], store=store)
    assert (done.taken, done.unknown) == (1, ("Ruritania",))
    assert next(imported_events(store)).actors[0].country is None


def test_mentions_are_further_evidence(put: Put, store: Path) -> None:
    events = put("a.export.CSV", gdelt_file(samples.gdelt(1), samples.gdelt(2)))
    told = put(
        "a.mentions.CSV",
        gdelt_file(samples.mention(1), samples.mention(1, source="other.org"), samples.mention(9, kind="8")),
    )
    _, done = import_([events, told], store=store)
    assert (done.format, done.taken, sum(done.refused.values())) == ("gdelt-mentions", 2, 1)
    first, second = imported_events(store)
    assert (len(first.mentions), len(second.mentions)) == (3, 1)
    assert holds(store, first)


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files(pack: str, tmp_path: Path, store: Path) -> None:
    content = gdelt_file(samples.gdelt(1)).encode()
    path = tmp_path / f"a.CSV.{pack}"
    if pack == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.CSV", content)
    assert import_([path], store=store)[0].taken == 1


def test_latin_1_rows_among_utf_8(put: Put, store: Path) -> None:
    utf8 = samples.polecat("a_CONSULT").replace("Ministry", "Ministério").encode()
    latin = samples.polecat("b_CONSULT").replace("Ministry", "Ministério").encode("iso-8859-1")
    content = samples.polecat_file([]).encode() + utf8 + b"\n" + latin + b"\n"
    [done] = import_([put("ngecEvents.DV.2019.txt", content)], store=store)
    assert done.format == "polecat"
    assert [e.actors[0].text for e in imported_events(store)] == ["Ministério", "Ministério"]


def test_csv_row_over_two_lines_is_one_row(put: Put, store: Path) -> None:
    text = samples.acled_file([{}, {"event_id_cnty": "UKR2", "sub_event_type": "Nonsense"}, {"event_id_cnty": "UKR3"}])
    [done] = import_([put("acled.csv", text)], store=store)
    assert (done.format, done.rows, done.taken) == ("acled", 3, 2)
    assert done.shown[0].line == 4
    event = next(imported_events(store))
    assert holds(store, event)
    assert "\nsecond line." in event.mentions[0].quote


def test_ucdp_without_header(put: Put, store: Path) -> None:
    text = samples.ucdp_file([{"id": "1"}, {"id": "2"}], header=False)
    [done] = import_([put("ged.csv", text)], store=store)
    assert (done.format, done.taken) == ("ucdp-ged", 2)


def test_windows_line_ends(put: Put, store: Path) -> None:
    text = samples.icews_file([samples.icews(1), samples.icews(2)]).replace("\n", "\r\n")
    [done] = import_([put("a.tab", text)], store=store)
    assert (done.rows, done.taken) == (2, 2)
    assert holds(store, next(imported_events(store)))


def test_acts_inside_one_country_are_events_but_no_flow(put: Put, store: Path) -> None:
    import_(
        [put("a.CSV", gdelt_file(samples.gdelt(1, actor="TJK", recipient="TJK"), samples.gdelt(2, recipient="")))],
        store=store,
    )
    assert len(list(imported_events(store))) == 2
    assert not len(imported_flow(store, "TJK"))


def test_flow_is_seen_from_both_sides(put: Put, store: Path) -> None:
    import_(
        [put("a.CSV", gdelt_file(samples.gdelt(1), samples.gdelt(2), samples.gdelt(3, day="20190724")))], store=store
    )
    [first, second] = imported_flow(store, "TJK").rows()
    assert (first.power, first.n, first.day) == ("CHN", 2, date(2019, 7, 23))
    assert first.score == pytest.approx(1.9)
    assert second.n == 1
    assert [r.power for r in imported_flow(store, "CHN").rows()] == ["TJK", "TJK"]
    assert len(imported_flow(store, "CHN", until=date(2019, 7, 23))) == 1


def test_act_of_three_is_split(put: Put, store: Path) -> None:
    rows = [samples.polecat("a_COOPERATE", kind="COOPERATE", mode="None", actors="CHN; RUS", recipients="TJK")]
    import_([put("p.txt", samples.polecat_file(rows))], store=store)
    assert {(r.power, r.weight) for r in imported_flow(store, "TJK").rows()} == {("CHN", 0.5), ("RUS", 0.5)}


def test_questions_narrow_events(put: Put, store: Path) -> None:
    rows = [
        samples.gdelt(1),
        samples.gdelt(2, actor="RUS", code="112"),
        samples.gdelt(3, actor="USA", recipient="KGZ", day="20200101"),
    ]
    import_([put("a.CSV", gdelt_file(*rows))], store=store)

    def ids(**asked) -> list[str]:
        return [e.id.split("-")[1] for e in imported_events(store, **asked)]

    assert ids(country="TJK") == ["0", "1"]
    assert ids(country="TJK", power=["RUS"]) == ["1"]
    assert ids(type="ACCUSE") == ["1"]
    assert ids(since=date(2020, 1, 1)) == ["2"]
    assert ids(power=["USA"]) == ["2"]
    assert ids(country="DEU") == []
    assert ids(limit=1) == ["0"]


def test_half_imported_file_is_not_seen(put: Put, store: Path) -> None:
    with Keep(store, write=True) as kept:
        kept.begin("0" * 64, "half.CSV", "gdelt2", "")
        kept.con.execute("COMMIT")
    assert imported_files(store) == []
    import_([put("a.CSV", gdelt_file(samples.gdelt(1)))], store=store)
    assert [f.name for f in imported_files(store)] == ["a.CSV"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"what,is,this\n1,2,3\n", "is that of no format"),
        (b"\x1f\x8bbroken", "cannot be read"),
    ],
)
def test_file_that_cannot_be_read(put: Put, store: Path, content: bytes, told: str) -> None:
    with pytest.raises(ExchangeError, match=told):
        import_([put("x.csv", content)], store=store)
    assert imported_files(store) == []


def test_missing_file(tmp_path: Path, store: Path) -> None:
    with pytest.raises(ExchangeError, match="cannot be read"):
        import_([tmp_path / "none.CSV"], store=store)


def test_side_file_of_something_else(store: Path) -> None:
    side_file(store).write_text("not a database", encoding="utf-8")
    with pytest.raises(ExchangeError, match="imported rows lie in one SQLite file"):
        imported_files(store)


def test_store_without_imports_is_empty(store: Path) -> None:
    assert list(imported_events(store)) == []
    assert imported_ties(store) == []
    assert imported_document(store, "0123456789abcdef.0") is None
    assert imported_record(store, "0123456789abcdef-0") is None
    assert not side_file(store).exists()


def test_alliance_spells_from_dyad_years(put: Put, store: Path) -> None:
    head = "iso3_a,iso3_b,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
    years = [
        f"{a},{b},{y},{int(y > 2001)},0,0,1,1\n" for y in range(2000, 2005) for a, b in (("RUS", "TJK"), ("TJK", "RUS"))
    ]
    [done] = import_(
        [put("atop.csv", head + "".join(years) + "USA,TJK,2010,0,0,0,0,0\nRUS,XXX,2001,1,0,0,0,0\n")], store=store
    )
    assert (done.format, done.rows, done.taken, done.ties) == ("atop-dyads", 12, 11, 2)
    weak, pact = imported_ties(store, country="TJK", power=["RUS"])
    assert (weak.kind, weak.magnitude, pact.magnitude) == (TieKind.ALLIANCE, 0.125, 1.0)
    assert [p.country for p in pact.members] == ["RUS", "TJK"]
    assert weak.since is not None
    assert weak.until is not None
    assert (weak.since.start, weak.until.end, len(weak.mentions)) == (date(2000, 1, 1), date(2001, 12, 31), 4)
    assert holds(store, weak)


def test_arms_are_shares_of_five_years(put: Put, store: Path) -> None:
    text = "supplier,recipient,iso3_supplier,iso3_recipient,year,value\nRussia,Tajikistan,RUS,TJK,2010,9\nChina,Tajikistan,,TJK,2010,1\n"
    import_([put("tiv.csv", text)], store=store)
    found = {t.power.country: t for t in imported_ties(store) if t.power}
    assert {c: t.magnitude for c, t in found.items()} == {"RUS": 3.0, "CHN": 0.3333}  # typical share .3
    assert all(t.last_confirmed and t.until is None for t in found.values())


@pytest.mark.parametrize(
    ("name", "text", "kind", "power"),
    [
        (
            "gcdf.csv",
            "iso3,ccode,year,oof_adj,oda_adj,vof_adj\nTJK,702,2010,400000000,100000000,0\n",
            TieKind.CREDIT,
            "CHN",
        ),
        (
            "troops.csv",
            "iso3c,countryname,year,troops_ad\nTJK,Tajikistan,2010,1000\nKGZ,Kyrgyzstan,2010,7\n",
            TieKind.PRESENCE,
            "USA",
        ),
    ],
)
def test_tables_about_one_power(put: Put, store: Path, name: str, text: str, kind: TieKind, power: str) -> None:
    import_([put(name, text)], store=store)
    [tie] = imported_ties(store)
    assert tie.power is not None
    assert tie.host is not None
    assert (tie.kind, tie.power.country, tie.host.country, tie.magnitude) == (kind, power, "TJK", 1.0)


def test_joint_bodies(put: Put, store: Path) -> None:
    import_([put("igo.csv", "ccode1,ccode2,year,dyadigos\n365,702,2000,40\n365,702,2001,41\n")], store=store)
    [tie] = imported_ties(store)
    assert (tie.kind, tie.magnitude, len(tie.mentions)) == (TieKind.MEMBERSHIP, 1.0, 2)
    assert [p.country for p in tie.members] == ["RUS", "TJK"]
