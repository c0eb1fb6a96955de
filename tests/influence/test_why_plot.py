"""Words and pictures of the measure."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from marchland.errors import MarchlandError
from marchland.influence import OTHERS, influence, plot, why
from marchland.lexicon.weights import load_weights
from marchland.model.ontology import Domain
from tests.influence.makers import document, event, tie

D1 = document("d1", date(2010, 1, 1), publisher="Vakhsh <Valley>", text="Russia keeps a base at the river & it stays.")
D2 = document("d2", date(2010, 3, 1), text="China gave Tajikistan 30 trucks.")


def rows(*, powers=("CHN", "RUS"), registry=False):
    weights = replace(load_weights(), floor_records=1, floor_amount=0.0, draws=20)
    events = [event([D2], "CHN", recipients=["TJK"], on=date(2010, 3, 1))]
    ties = [tie([D1], "RUS", "TJK")]
    found = influence(
        events, ties, [D1, D2], host="TJK", powers=powers, since=date(2009, 1, 1), until=date(2010, 12, 31),
        weights=weights, registry=registry,
    )  # fmt: skip
    return found, events, ties


def test_why_tells_quote_outlet_and_factors():
    found, events, ties = rows()
    row = next(r for r in found if (r.power, r.domain, r.period) == ("RUS", Domain.SECURITY, "2010"))
    lines = why(row, events, ties, [D1, D2])
    assert lines[0].startswith("Russia in Tajikistan, security, 2010-12-31: share ")
    assert lines[1].startswith("  +7.20 stock (")
    assert "base, RUS: weight 8 x magnitude 1 x probability 1.00 x domain 0.90" in lines[1]
    assert lines[2].strip() == ("“Russia keeps a base at the river & it stays.” (Vakhsh <Valley>, d1 0-44)")
    assert lines[-1].startswith("  knowing nothing beforehand adds ")


def test_why_quotes_the_registry_and_sums_what_it_leaves_out():
    found, events, ties = rows(registry=True)
    row = next(r for r in found if (r.power, r.domain, r.period) == ("RUS", Domain.SECURITY, "2010"))
    lines = why(row, events, ties, [D1, D2], most=2)
    assert "(registry, registry " in lines[2]
    assert f"  {len(row.evidence) - 2} smaller ties and acts add " in "\n".join(lines)


def test_why_says_where_there_is_not_enough_evidence():
    found = influence(
        [], [], [], host="TJK", powers=("CHN",), since=date(2010, 1, 1), until=date(2010, 12, 31), registry=False
    )
    assert why(found[0], [], [])[0].endswith("not enough evidence (0 ties and acts of all outsiders)")
    assert "not enough evidence" in plot(found)


def test_plot_is_well_formed_asks_its_question_and_knows_the_dark():
    found, _, _ = rows()
    svg = plot(found, documents=2)
    root = ET.fromstring(svg)
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Who holds sway in Tajikistan?"
    assert texts[1] == (
        "Share of measured exposure, 2009-12-31 to 2010-12-31, 90 % interval beside the last value; 2 documents read"
    )
    assert "prefers-color-scheme:dark" in svg
    assert sum((t or "").startswith("Russia ") for t in texts) == 3  # nothing was read about information
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_plot_escapes_what_documents_put_into_names():
    found, _, _ = rows(powers=("<b>&",))
    svg = plot(found)
    assert "<b>" not in svg
    assert "&lt;b&gt;&amp;" in svg
    ET.fromstring(svg)


def test_a_power_keeps_its_colour_and_others_are_grey():
    def fills(svg):
        style = svg.split("<style>")[1]
        return [style.split(f".p{i}{{fill:")[1][:7] for i in range(3)]

    assert fills(plot(rows(powers=("CHN", "RUS"))[0])) == ["#d55e00", "#0072b2", "#a6a6a6"]
    assert fills(plot(rows(powers=("RUS", "CHN"))[0])) == ["#0072b2", "#d55e00", "#a6a6a6"]


def test_plot_of_one_host_only():
    with pytest.raises(MarchlandError, match="one host"):
        plot([])
    found, _, _ = rows()
    with pytest.raises(MarchlandError, match="one host"):
        plot([*found, replace(found[0], host="KGZ")])


def test_others_stand_last():
    assert [r.power for r in rows()[0]][:3] == ["CHN", "RUS", OTHERS]
