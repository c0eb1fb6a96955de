"""When is a change a shift, and what is a move? The constants of `ontology/shifts.toml`, checked and typed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from marchland.errors import LexiconError
from marchland.lexicon.tables import toml
from marchland.model.ontology import EventType, TieKind

_SHIPPED = "ontology/shifts.toml"
_FLOW = (
    "burst block_months shuffles least_months least_acts split_months prior interval false_discovery probability source"
).split()
_ALARM = "rate look_months first_months shuffles least_acts source".split()
_MOMENTUM = "discount half_life_days concentration least_acts interval source".split()
_MOVES = "window_days sphere least_documents least_moves pool loan_usd interval source ties acts answers".split()
_CLASSES = ("military", "economic")
_ANSWERS = ("contest", "bargain", "endorse")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRules:
    """How a statistical change is looked for; what each means stands in the file."""

    burst: float
    block_months: int
    shuffles: int
    least_months: int
    least_acts: float
    split_months: int
    prior: float
    interval: float
    false_discovery: float
    probability: float
    discount: float
    least_acts_posture: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules:
    """How often the running alarm looks, and how often it may be wrong."""

    rate: float
    look_months: int
    first_months: int
    shuffles: int
    least_acts: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentumRules:
    """How recent acts become shares with intervals for the quarter to come."""

    discount: float
    half_life_days: float
    concentration: float
    least_acts: float
    interval: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRules:
    """What is a move, where is a sphere, and when was an answer looked for."""

    window_days: int
    sphere: float
    least_documents: int
    least_moves: int
    pool: float
    interval: float
    ties: Mapping[TieKind, str]  # to the class in which moves are compared
    acts: Mapping[EventType, str]
    loan_usd: float
    answers: Mapping[EventType, str]  # what a linked act is as an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRules:
    """All of it."""

    flow: FlowRules
    alarm: AlarmRules
    momentum: MomentumRules
    moves: MoveRules


@cache
def load_shift_rules(path: Path | None = None) -> ShiftRules:
    """The shipped rules, or those of a file in the same shape.

    Raises:
        LexiconError: an unknown or missing key, a value out of range.
    """
    if path is None:
        return shift_rules_from(toml(_SHIPPED), f"lexicon/{_SHIPPED}")
    try:
        return shift_rules_from(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, tomllib.TOMLDecodeError) as err:
        raise LexiconError(f"{path}: cannot be read as rules of shifts: {err}") from None


def shift_rules_from(value: Mapping[str, Any], where: str) -> ShiftRules:
    """Check a parsed file and type it."""
    _keys(value, ("version", "flow", "posture", "alarm", "momentum", "moves"), where)
    flow, posture = (
        _table(value, "flow", _FLOW, where),
        _table(value, "posture", ["discount", "least_acts", "source"], where),
    )
    alarm = _table(value, "alarm", _ALARM, where)
    momentum, moves = _table(value, "momentum", _MOMENTUM, where), _table(value, "moves", _MOVES, where)
    at = f"{where}, flow"
    return ShiftRules(
        flow=FlowRules(
            burst=_number(flow, "burst", at),
            block_months=_whole(flow, "block_months", at),
            shuffles=_whole(flow, "shuffles", at),
            least_months=_whole(flow, "least_months", at),
            least_acts=_number(flow, "least_acts", at),
            split_months=_whole(flow, "split_months", at),
            prior=_number(flow, "prior", at, most=1),
            interval=_number(flow, "interval", at, most=1),
            false_discovery=_number(flow, "false_discovery", at, most=1),
            probability=_number(flow, "probability", at, most=1),
            discount=_number(posture, "discount", f"{where}, posture", most=1),
            least_acts_posture=_number(posture, "least_acts", f"{where}, posture"),
        ),
        alarm=AlarmRules(
            rate=_number(alarm, "rate", f"{where}, alarm"),
            look_months=_whole(alarm, "look_months", f"{where}, alarm"),
            first_months=_whole(alarm, "first_months", f"{where}, alarm"),
            shuffles=_whole(alarm, "shuffles", f"{where}, alarm"),
            least_acts=_number(alarm, "least_acts", f"{where}, alarm"),
        ),
        momentum=MomentumRules(
            discount=_number(momentum, "discount", f"{where}, momentum", most=1),
            half_life_days=_number(momentum, "half_life_days", f"{where}, momentum"),
            concentration=_number(momentum, "concentration", f"{where}, momentum"),
            least_acts=_number(momentum, "least_acts", f"{where}, momentum"),
            interval=_number(momentum, "interval", f"{where}, momentum", most=1),
        ),
        moves=_moves(moves, f"{where}, moves"),
    )


def _moves(value: Mapping[str, Any], where: str) -> MoveRules:
    return MoveRules(
        window_days=_whole(value, "window_days", where),
        sphere=_number(value, "sphere", where),
        least_documents=_whole(value, "least_documents", where),
        least_moves=_whole(value, "least_moves", where),
        pool=_number(value, "pool", where),
        interval=_number(value, "interval", where, most=1),
        ties=_named(value["ties"], TieKind, _CLASSES, f"{where}.ties"),
        acts=_named(value["acts"], EventType, _CLASSES, f"{where}.acts"),
        loan_usd=_number(value, "loan_usd", where),
        answers=_named(value["answers"], EventType, _ANSWERS, f"{where}.answers"),
    )


def _named[K: StrEnum](value: Mapping[str, Any], keys: type[K], words: tuple[str, ...], where: str) -> dict[K, str]:
    out = {}
    for name, told in value.items():
        if name not in set(keys):
            raise LexiconError(f'{where}: "{name}" is not known; it is one of {", ".join(keys)}')
        if told not in words:
            raise LexiconError(f'{where}.{name}: "{told}" is not known; it is one of {", ".join(words)}')
        out[keys(name)] = told
    return out


def _keys(value: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in sorted(set(value) - set(known)):
        raise LexiconError(f'{where}: unknown key "{key}"; the keys are {", ".join(known)}')
    for key in sorted(set(known) - set(value)):
        raise LexiconError(f'{where}: "{key}" is missing; the shipped file is lexicon/{_SHIPPED}')


def _table(value: Mapping[str, Any], name: str, known: list[str], where: str) -> Mapping[str, Any]:
    row: Mapping[str, Any] = value[name]
    _keys(row, tuple(known), f"{where}, {name}")
    return row


def _number(row: Mapping[str, Any], key: str, where: str, *, most: float | None = None) -> float:
    value = row[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise LexiconError(f"{where}.{key}: {value!r} is no number above 0")
    if most is not None and value > most:
        raise LexiconError(f"{where}.{key}: {value} is above {most:g}")
    return float(value)


def _whole(row: Mapping[str, Any], key: str, where: str) -> int:
    value = _number(row, key, where)
    if value != int(value):
        raise LexiconError(f"{where}.{key}: {value:g} is no whole number")
    return int(value)
