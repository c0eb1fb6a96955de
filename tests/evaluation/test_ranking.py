"""The ranking protocol beside a plain reading of its rules, and the benchmark on a made-up world."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from marchland.cli import main
from marchland.errors import DocumentError
from marchland.evaluation.rank_protocol import Judge, Listed, load
from tests.forecast.ranking.made import PARTIES, RELATIONS, rows_of, world

SPLITS = {"train": (0, 69), "valid": (70, 79), "test": (80, 89)}


def write(folder, rows, *, hours=1):
    for name, (first, last) in SPLITS.items():
        lines = [f"{s}\t{r}\t{o}\t{day * hours}\t0" for s, r, o, day in rows if first <= day <= last]
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, names in (("entity", PARTIES), ("relation", RELATIONS)):
        told = [f"{n.replace(' ', '_')}\t{i}" for i, n in enumerate(names)]
        (folder / f"{name}2id.txt").write_text("\n".join(told) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("world"), rows_of(world()))


def plain_rank(score, true, others):
    """The mean rank among all parties, other answers aside, counted one by one."""
    rivals = [score[p] for p in range(len(PARTIES)) if p not in others and p != true]
    return 1 + sum(x > score[true] for x in rivals) + sum(x == score[true] for x in rivals) / 2


def test_ranks_are_those_of_the_plain_rules(folder):
    benchmark = load(folder)
    judge = Judge(benchmark, "test")
    chance = np.random.default_rng(0)
    scores = {}
    for s, r, day in list(judge.queries()):
        party = chance.choice(len(PARTIES), int(chance.integers(1, len(PARTIES))), replace=False)
        score = chance.integers(0, 4, len(party)).astype(float)  # many ties
        judge.take(Listed(s=s, r=r, day=day, party=party, score=score))
        scores[s, r, day] = dict.fromkeys(range(len(PARTIES)), -1.0) | dict(zip(party.tolist(), score, strict=True))
    rows = [row for row in rows_of(benchmark.graph) if row[3] >= 80]
    asked = [*rows, *((o, r + len(RELATIONS), s, day) for s, r, o, day in rows)]
    expected = []
    for s, r, o, day in asked:
        others = {p for a, b, p, d in asked if (a, b, d) == (s, r, day)} - {o}
        expected.append(plain_rank(scores[s, r, day], o, others))
    assert judge.ranks().rank.tolist() == pytest.approx(expected)


def test_new_triples_are_those_of_no_earlier_day(folder):
    benchmark = load(folder)
    ranks = Judge(benchmark, "test").ranks()
    rows = rows_of(benchmark.graph)
    asked = [row for row in rows if row[3] >= 80]
    known = [not any(row[:3] == old[:3] and old[3] < row[3] for old in rows) for row in asked]
    assert ranks.new.tolist() == known * 2


def test_hour_stamps_count_as_days(tmp_path):
    assert load(write(tmp_path, rows_of(world()), hours=24)).spans == SPLITS


def test_splits_that_overlap_are_refused(tmp_path):
    write(tmp_path, rows_of(world()))
    (tmp_path / "valid.txt").write_text("0\t0\t1\t20\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="splits must follow each other"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("train.txt", None, "no such file"),
        ("test.txt", "0\t0\tx\t99\n", "whole numbers"),
        ("valid.txt", "", "no events"),
        ("entity2id.txt", "Arden\n", "a name, a tab and a number"),
    ],
)
@pytest.mark.filterwarnings("ignore:loadtxt")  # numpy warns of an empty file before we refuse it
def test_a_broken_file_is_named(tmp_path, name, text, rule):
    write(tmp_path, rows_of(world()))
    if text is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=rule) as told:
        load(tmp_path)
    assert name in str(told.value)


def test_the_benchmark_beats_recurrence_on_planted_habits(folder, tmp_path):
    ran = CliRunner().invoke(
        main, ["eval", "forecast", "--data", str(folder), "--json", "--split", "valid", "--predictions", str(tmp_path)]
    )
    rows = {row["check"]: row for row in map(json.loads, ran.stdout.splitlines())}
    assert ran.exit_code in (0, 1)  # bars are for the field's data
    mrr = {name: float(row["result"].split()[1]) for name, row in rows.items() if row["result"].startswith("MRR")}
    assert mrr["who next, additive, valid"] > mrr["recurrence, valid"]
    written = [json.loads(line) for line in (tmp_path / "boosted.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(p["s"], p["r"], p["t"]) for p in written} == set(Judge(load(folder), "valid").queries())
