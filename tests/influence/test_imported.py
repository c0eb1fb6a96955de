"""Imported rows as acts of the measure."""

from datetime import date
from pathlib import Path

import pytest

from marchland.exchange import Flow, import_, imported_flow
from marchland.influence.imported import imported_acts
from marchland.influence.rows import OTHERS
from marchland.lexicon.weights import load_weights
from marchland.model.ontology import Domain, EventType
from tests.exchange import samples


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    rows = [samples.gdelt(n, day=f"201907{10 + n}", code="062") for n in range(3)]
    rows += [samples.gdelt(10, actor="RUS", code="112"), samples.gdelt(11, actor="USA", day="20190801")]
    path = tmp_path / "a.CSV"
    path.write_text("\n".join(rows), encoding="utf-8")
    import_([path], store=tmp_path / "s")
    return imported_flow(tmp_path / "s", "TJK")


def test_month_of_one_kind_is_one_act_on_its_mean_day(flow: Flow) -> None:
    first, *others = imported_acts(flow, load_weights())
    assert (first.powers, first.event_type, first.day) == (("CHN",), EventType.COOPERATE, date(2019, 7, 11))
    assert first.split == pytest.approx(0.3)
    assert first.certainty == 1.0
    assert first.record_id == "rows:gdelt2:TJK:CHN:COOPERATE:2019-07"
    assert [a.powers for a in others] == [("RUS",), ("USA",)]


def test_domains_are_those_of_an_act_with_the_same_contexts(flow: Flow) -> None:
    [act, *_] = imported_acts(flow, load_weights())
    assert act.domains[Domain.SECURITY] == pytest.approx(0.7 + 0.3 * 0.45)
    assert sum(act.domains.values()) == pytest.approx(1)


def test_powers_that_are_not_named_are_other_outsiders(flow: Flow) -> None:
    found = imported_acts(flow, load_weights(), named=("RUS",), observation=1.0, outlets={"gdelt2": 4})
    assert [(a.powers, a.outlets) for a in found] == [((OTHERS,), (4,)), (("RUS",), (4,)), ((OTHERS,), (4,))]
    assert sum(a.split for a in found) == pytest.approx(5)


def test_nothing_imported_is_no_act(tmp_path: Path) -> None:
    assert imported_acts(imported_flow(tmp_path / "none", "TJK"), load_weights()) == []
