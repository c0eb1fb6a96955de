"""What each tie and act weighs in the measure of influence, from `ontology/weights.toml` or a user's own copy of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

from marchland.errors import LexiconError
from marchland.lexicon.tables import toml
from marchland.model.ontology import Domain, EventType, TieKind
from marchland.model.records import Event

_SHIPPED = "ontology/weights.toml"
_TOP = frozenset({"version", "share", "level", "floor", "doubt", "event", "contexts", "stock", "flow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StockWeight:
    """How a kind of standing tie counts."""

    weight: float  # of the typical tie; of a whole share where `typical_share` is given
    typical_share: float | None  # 0..1: assumed where a text tells no share; None = not a kind that has shares
    grace_days: int  # without confirmation before its probability falls
    half_life_days: int  # of the probability after that
    domains: Mapping[Domain, float]  # sums to 1
    source: str

    @property
    def typical(self) -> float:
        """Weight of a tie of magnitude 1, in the model's unit: the kind's typical tie."""
        return self.weight * (self.typical_share or 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWeight:
    """How a type of act counts."""

    score: float  # > 0: enters the flow
    sign: int  # 1 cooperative, -1 coercive: enters posture alone
    half_life_days: int
    domains: Mapping[Domain, float]  # sums to 1
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All constants of the measure; what each means stands in the file."""

    stock: Mapping[TieKind, StockWeight]
    flow: Mapping[EventType, FlowWeight]
    contexts: Mapping[str, Mapping[Domain, float]]
    concentration: float
    psi_stock: float
    psi_flow: float
    delta: float
    reference: str
    exposure: Mapping[Domain, float]  # S + delta * F of the reference dyad
    floor_records: int
    floor_amount: float
    draws: int
    sigma: float
    interval: float
    disputed: float
    from_contexts: float

    def domains_of(self, event: Event) -> dict[Domain, float]:
        """Which domains an act speaks for: its contexts, mixed with what its type suggests; sums to 1."""
        own = self.flow[event.event_type].domains
        told = [self.contexts[c] for c in event.contexts if c in self.contexts]
        part = self.from_contexts if told else 0.0
        out = {}
        for d in Domain:
            value = (1 - part) * own.get(d, 0.0) + part * sum(t.get(d, 0.0) for t in told) / max(1, len(told))
            if value > 0:
                out[d] = value
        return out


@cache
def load_weights(path: Path | None = None) -> Weights:
    """The shipped weights, or those of a file in the same shape.

    Raises:
        LexiconError: an unknown or missing key, a value out of range, a kind or type left out.
    """
    if path is None:
        return weights_from(toml(_SHIPPED), f"lexicon/{_SHIPPED}")
    try:
        return weights_from(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, tomllib.TOMLDecodeError) as err:
        raise LexiconError(f"{path}: cannot be read as weights: {err}") from None


def weights_from(value: Mapping[str, Any], where: str) -> Weights:
    """Check a parsed file of weights and type it."""
    _keys(value, _TOP, where)
    share = _table(value, "share", {"concentration", "psi_stock", "psi_flow", "source"}, where)
    level = _table(value, "level", {"delta", "reference", "exposure", "source"}, where)
    floor = _table(value, "floor", {"records", "amount", "source"}, where)
    doubt = _table(value, "doubt", {"draws", "sigma", "interval", "source"}, where)
    event = _table(value, "event", {"disputed", "from_contexts", "source"}, where)
    contexts = {k: v for k, v in value["contexts"].items() if k != "source"}
    exposure = {_domain(d, f"{where}, level.exposure"): float(v) for d, v in level["exposure"].items()}
    if set(exposure) != set(Domain) or min(exposure.values()) <= 0:
        raise LexiconError(f"{where}, level.exposure: give a number above 0 for each of {', '.join(Domain)}")
    at = f"{where}, constants"
    interval = _number(doubt["interval"], f"{where}, doubt.interval", most=1)
    return Weights(
        stock=_stock(value["stock"], where),
        flow=_flow(value["flow"], where),
        contexts={k: _domains(v, f"{where}, contexts.{k}") for k, v in contexts.items()},
        concentration=_number(share["concentration"], at),
        psi_stock=_number(share["psi_stock"], at),
        psi_flow=_number(share["psi_flow"], at),
        delta=_number(level["delta"], at),
        reference=str(level["reference"]),
        exposure=exposure,
        floor_records=int(_number(floor["records"], at)),
        floor_amount=_number(floor["amount"], at),
        draws=int(_number(doubt["draws"], at)),
        sigma=_number(doubt["sigma"], at),
        interval=interval,
        disputed=_number(event["disputed"], at, most=1),
        from_contexts=_number(event["from_contexts"], at, most=1),
    )


def _stock(value: Mapping[str, Any], where: str) -> dict[TieKind, StockWeight]:
    out = {}
    for name, row in value.items():
        at = f"{where}, stock.{name}"
        if name not in set(TieKind):
            raise LexiconError(f'{at}: "{name}" is no kind of tie; it is one of {", ".join(TieKind)}')
        told = {k: v for k, v in row.items() if k != "typical_share"}
        _keys(told, frozenset({"weight", "grace_days", "half_life_days", "domains", "source"}), at)
        typical = row.get("typical_share")
        out[TieKind(name)] = StockWeight(
            weight=_number(row["weight"], at),
            typical_share=None if typical is None else _number(typical, at, most=1),
            grace_days=int(_number(row["grace_days"], at)),
            half_life_days=_days(row["half_life_days"], at),
            domains=_domains(row["domains"], at),
            source=_source(row["source"], at),
        )
    _complete(out, TieKind, f"{where}, stock")
    return out


def _flow(value: Mapping[str, Any], where: str) -> dict[EventType, FlowWeight]:
    out = {}
    for name, row in value.items():
        at = f"{where}, flow.{name}"
        if name not in set(EventType):
            raise LexiconError(f'{at}: "{name}" is no event type; it is one of {", ".join(EventType)}')
        _keys(row, frozenset({"score", "sign", "half_life_days", "domains", "source"}), at)
        if row["sign"] not in (1, -1):
            raise LexiconError(f"{at}: sign is {row['sign']}; it is 1 (cooperative) or -1 (coercive)")
        out[EventType(name)] = FlowWeight(
            score=_number(row["score"], at),
            sign=row["sign"],
            half_life_days=_days(row["half_life_days"], at),
            domains=_domains(row["domains"], at),
            source=_source(row["source"], at),
        )
    _complete(out, EventType, f"{where}, flow")
    return out


def _keys(value: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for key in sorted(set(value) - known):
        raise LexiconError(f'{where}: unknown key "{key}"; the keys are {", ".join(sorted(known))}')
    for key in sorted(known - set(value)):
        raise LexiconError(f'{where}: "{key}" is missing; the shipped file is lexicon/{_SHIPPED}')


def _table(value: Mapping[str, Any], name: str, known: set[str], where: str) -> Mapping[str, Any]:
    row: Mapping[str, Any] = value[name]
    _keys(row, frozenset(known), f"{where}, {name}")
    return row


def _number(value: object, where: str, *, most: float | None = None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise LexiconError(f"{where}: {value!r} is no number from 0 upwards")
    if most is not None and value > most:
        raise LexiconError(f"{where}: {value} is above {most}")
    return float(value)


def _days(value: object, where: str) -> int:
    days = int(_number(value, where))
    if days < 1:
        raise LexiconError(f"{where}: a half-life of {days} days; give at least 1")
    return days


def _source(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise LexiconError(f'{where}: no source; cite one, or write "marchland judgement"')
    return value


def _domain(name: str, where: str) -> Domain:
    if name not in set(Domain):
        raise LexiconError(f'{where}: "{name}" is no domain; it is one of {", ".join(Domain)}')
    return Domain(name)


def _domains(value: Mapping[str, Any], where: str) -> dict[Domain, float]:
    out = {_domain(d, where): _number(w, where, most=1) for d, w in value.items()}
    if not isclose(sum(out.values()), 1.0, abs_tol=1e-9):
        raise LexiconError(f"{where}: the domains add up to {sum(out.values()):g}; they must add up to 1")
    return out


def _complete(found: Mapping[Any, Any], names: type[TieKind] | type[EventType], where: str) -> None:
    for name in names:
        if name not in found:
            raise LexiconError(f"{where}: {name.value} is missing; give it an entry (weight 0 leaves it out)")
