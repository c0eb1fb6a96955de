"""The rules of shifts and moves, and the outlets' homes, are checked where they are read."""

import tomllib
from importlib.resources import files

import pytest

from marchland.errors import LexiconError
from marchland.lexicon.shift_rules import load_shift_rules, shift_rules_from
from marchland.model.ontology import EventType, TieKind


def shipped():
    return tomllib.loads(files("marchland.lexicon").joinpath("ontology/shifts.toml").read_text(encoding="utf-8"))


def test_the_shipped_rules_load():
    rules = load_shift_rules()
    assert rules.flow.burst == 1.5
    assert rules.flow.discount == 0.3
    assert rules.alarm.rate == 0.1
    assert rules.moves.least_moves == 8
    assert rules.moves.ties[TieKind.BASE] == "military"
    assert rules.moves.answers[EventType.ACCUSE] == "contest"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda v: v["flow"].update(discuont=1), 'unknown key "discuont"'),
        (lambda v: v["flow"].pop("prior"), '"prior" is missing'),
        (lambda v: v["posture"].update(discount=0), "no number above 0"),
        (lambda v: v["flow"].update(interval=90), "is above 1"),
        (lambda v: v["flow"].update(shuffles=9.5), "no whole number"),
        (lambda v: v["moves"]["ties"].update(bases="military"), '"bases" is not known'),
        (lambda v: v["moves"]["acts"].update(AID="cultural"), '"cultural" is not known'),
        (lambda v: v["moves"]["answers"].update(AID="ignore"), '"ignore" is not known'),
    ],
)
def test_a_wrong_rule_is_named(change, told):
    value = shipped()
    change(value)
    with pytest.raises(LexiconError, match=told):
        shift_rules_from(value, "mine.toml")


def test_a_file_that_is_no_toml_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[flow", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"mine\.toml"):
        load_shift_rules(path)
