"""Clauses set side by side by a semicolon share neither parties nor dates."""

from tests.reading.lines import Code, told


def test_a_party_across_a_semicolon_takes_no_part(coder: Code) -> None:
    lines = told(coder("Gazprom suspended deliveries in January after a quarrel over price; Iran condemned Iraq."))
    assert "ACCUSE asserted IRN > IRQ" in lines
    assert not [x for x in lines if x.startswith("SANCTION") and "IRN" in x]


def test_a_list_told_with_semicolons_stays_together(coder: Code) -> None:
    [line] = told(coder("Oman condemned Israel; Iran; and Iraq."))
    assert line.startswith("ACCUSE asserted OMN > ")
    assert "IRN" in line
