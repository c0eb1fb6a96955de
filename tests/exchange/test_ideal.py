"""UN ideal points."""

from pathlib import Path

import pytest

from marchland.exchange import ExchangeError, ideal_points
from marchland.exchange.refused import Refusals


def test_rows_and_refusals(tmp_path: Path) -> None:
    path = tmp_path / "ideal.csv"
    path.write_text(
        "iso3c,Countryname,session,year,NVotes,IdealPoint,Q5%,Q95%\n"
        "TJK,Tajikistan,70,2015,80,-0.5,-0.7,-0.3\nXXX,Nowhere,70,2015,80,0,0,0\nKGZ,Kyrgyzstan,70,2015,,-0.4,,\n",
        encoding="utf-8",
    )
    refused = Refusals("ideal.csv")
    tajik, kyrgyz = ideal_points(path, refused)
    assert (tajik.country, tajik.year, tajik.point, tajik.low, tajik.high, tajik.votes) == (
        "TJK",
        2015,
        -0.5,
        -0.7,
        -0.3,
        80,
    )
    assert (kyrgyz.low, kyrgyz.votes) == (None, None)
    assert str(refused.shown[0]).startswith('ideal.csv, line 3, iso3c: "XXX"')


def test_header_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ExchangeError, match='lacks "iso3c'):
        list(ideal_points(path))
