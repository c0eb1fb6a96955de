import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.reading.said import said

CASES = tomllib.loads(Path(__file__).with_name("holders.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_statement_is_on_the_word_of_whom_the_text_credits(case: dict[str, Any]) -> None:
    found = said(case["text"])
    at = case["text"].index(case["about"])
    holders = [s.holder for s in found.statements if any(m.start <= at < m.end for m in s.mentions)]
    assert any(
        h.kind == case["kind"] and case["name"] in (h.name or "") and case.get("country", h.country) == h.country
        for h in holders
    )
    if case["kind"] == "author":
        assert {h.kind for h in holders} == {"author"}
