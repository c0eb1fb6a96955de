"""Labels of single sentences are read as written, and only what is read counts as met."""

# ruff: noqa: INP001  # as a package this folder would be named eval and hide the one it tests

from pathlib import Path

import pytest

from eval.score_sentences import UNSEEN, Wanted, load, tally, wanted


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("base FRA>DJI since=1977", Wanted(kind="base", power="FRA", host="DJI", since="1977")),
        ("alliance =USA,JPN ended", Wanted(kind="alliance", members=frozenset({"USA", "JPN"}), standing="ended")),
        ("claim_of_sphere RUS>", Wanted(kind="claim_of_sphere", power="RUS")),
        ("silence RUS", Wanted(kind="silence", power="RUS")),
    ],
)
def test_a_label_is_read_as_written(cell: str, label: Wanted) -> None:
    assert wanted(cell) == label


def test_a_label_that_nothing_meets_is_missed() -> None:
    found = tally([("A sentence.", [wanted("base FRA>DJI")], [])], strict=True)
    assert (found.met, found.missed, found.invented) == (0, 1, 0)


def test_no_sentence_kept_unseen_stands_in_the_training_texts() -> None:
    folder = Path(__file__).parents[2] / "training" / "ties"
    taught = {text for name in ("sentences.txt", "silences.txt") for text, _ in load(folder / name)}
    kept = {text for path in UNSEEN for text, _ in load(path)}
    assert len(kept) == 272
    assert not taught & kept
