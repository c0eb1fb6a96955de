"""The odds protocol on a year that this test makes up."""

import numpy as np
import pytest

from marchland.errors import DocumentError
from marchland.evaluation.odds import lines, read
from marchland.forecast.history import OTHER, TYPES
from marchland.model.ontology import EventType

NAMES = ("Tajikistan", "China", "Police_(China)", "Russia", "Citizen_(Tajikistan)", "Boko_Haram")
ROOTS = ("01\tMake_statement", "04\tConsult", "06\tCooperate", "11\tDisapprove", "19\tFight")


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    n = 4000
    pick = rng.choice(6, size=(n, 2), p=[0.3, 0.3, 0.15, 0.15, 0.05, 0.05])
    days = np.sort(rng.integers(365, size=n))
    kind = (pick[:, 0] + pick[:, 1] + rng.integers(2, size=n)) % 5
    for name, low, high in (("train", 0, 304), ("valid", 304, 334), ("test", 334, 365)):
        rows = [f"{a}\t{r}\t{b}\t{d}" for (a, b), r, d in zip(pick, kind, days, strict=True) if low <= d < high]
        (tmp_path / f"{name}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "entity2id.txt").write_text("".join(f"{x}\t{i}\n" for i, x in enumerate(NAMES)), encoding="utf-8")
    (tmp_path / "relation2root.txt").write_text("".join(f"{i}\t{x}\n" for i, x in enumerate(ROOTS)), encoding="utf-8")
    return tmp_path


def test_each_unit_and_horizon_is_scored_beside_the_gamma_poisson_rate(folder):
    found = list(lines(folder))
    assert len(found) == 16  # two units, two horizons, four checks
    assert {line.check.split(", ")[1] for line in found} == {"entities", "countries"}
    assert all("gamma-Poisson" in line.beside for line in found if "skill" in line.check)
    assert [line.bar for line in found[:4]] == [">= 0.27", ">= 0.20", "<= 0.004", "<= 0.03"]


def test_names_become_countries_and_roots_event_types(folder):
    season = read(folder, "countries")
    countries = season.past
    assert countries.actors == ("CHN", "RUS", "TJK", "Boko Haram")  # who has no country is evidence,
    assert season.only(np.array([0, 0, 3]), np.array([2, 3, 0])).tolist() == [True, False, False]  # and not forecast
    assert set(np.unique(countries.kind).tolist()) <= {
        OTHER, *(TYPES.index(EventType(t)) for t in ("CONSULT", "COOPERATE", "ACCUSE", "ASSAULT")),
    }  # fmt: skip
    entities = read(folder, "entities").past
    assert entities.group[1] == entities.group[2]  # China and its police
    assert len(set(entities.group.tolist())) == 4


def test_a_broken_file_is_named(folder):
    (folder / "valid.txt").write_text("1\tx\t2\t310\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"valid\.txt"):
        list(lines(folder))
    (folder / "valid.txt").unlink()
    with pytest.raises(DocumentError, match="there is no such file"):
        list(lines(folder))
