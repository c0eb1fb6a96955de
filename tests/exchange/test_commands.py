"""`marchland import` and `marchland export`."""

import json
from pathlib import Path

from click.testing import CliRunner

from marchland.cli.export import export
from marchland.cli.import_ import import_
from marchland.store import Store
from tests.exchange import samples
from tests.influence.makers import document, event

STEP = "Codes are text with their leading zero: 040, never 40"


def test_import_prints_what_became_of_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "20190723.export.CSV"
    rows = [samples.gdelt(1), samples.gdelt(1), samples.gdelt(2, code="010"), samples.gdelt(3, code="40")]
    path.write_text("\n".join(rows), encoding="utf-8")
    result = CliRunner().invoke(import_, [str(path), "--store", str(tmp_path / "s.store")])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "20190723.export.CSV: gdelt2, 4 rows read, 1 taken, 2019-07-23 to 2019-07-23",
        "  1 repeat an id that is known",
        "  1 left out: CAMEO 010 has no PLOVER type",
        "  1 refused: the code is one of CAMEO",
        '    20190723.export.CSV, line 4, EventCode: "40": the code is one of CAMEO. ' + STEP,
    ]
    assert "rows kept in" in result.stderr


def test_import_as_json_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.CSV"
    path.write_text(samples.gdelt(1), encoding="utf-8")
    args = [str(path), "--store", str(tmp_path / "s.store"), "--json"]
    first, second = (json.loads(CliRunner().invoke(import_, args).stdout) for _ in range(2))
    assert (first["record"], first["rows"], first["unchanged"], second["unchanged"]) == ("import", 1, False, True)
    assert first["days"] == {"start": "2019-07-23", "end": "2019-07-23"}


def test_unknown_format_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(import_, [str(path), "--store", str(tmp_path / "s")])
    assert "Name it with --format" in str(result.exception)


def test_export_writes_what_happened(tmp_path: Path) -> None:
    from datetime import date

    from marchland.model.ontology import Status
    from marchland.model.records import Reading

    path = tmp_path / "s.store"
    doc, plan = document("d1", date(2019, 7, 24)), document("d2", date(2019, 7, 25))
    with Store(path) as store:
        store.add(doc, Reading(records=(event([doc], "CHN", recipients=["TJK"], on=date(2019, 7, 23)),)))
        store.add(plan, Reading(records=(event([plan], "RUS", recipients=["TJK"], status=Status.PLANNED),)))
    out = tmp_path / "out.tsv"
    result = CliRunner().invoke(export, ["--format", "gdelt", "--store", str(path), "-o", str(out)])
    assert result.exit_code == 0, result.output
    [row] = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert (len(row), row[1], row[4], row[7], row[17], row[26], row[29]) == (
        61,
        "20190723",
        "2019.6384",
        "CHN",
        "TJK",
        "070",
        "2",
    )
    assert "1 that did not surely happen were left out" in result.stderr
    printed = CliRunner().invoke(export, ["--format", "csv", "--store", str(path), "--all"]).stdout
    assert len(printed.splitlines()) == 3
