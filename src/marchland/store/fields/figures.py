"""Figures, weights and odds as a person writes them."""

from typing import Any

from marchland.model.ontology import Domain
from marchland.store.fields.parties import Json
from marchland.store.fields.values import LONGEST, MOST, number, one_of, share, wrong


def quantities(name: str, value: Any) -> list[Json]:
    """Figures as a list of objects."""
    if value in (None, ""):
        return []
    if not isinstance(value, list) or len(value) > MOST:
        raise wrong(name, value, "it is a list of objects with value, low, high, bound, unit, of and text")
    return [_quantity(name, v) for v in value]


def _quantity(name: str, value: Any) -> Json:
    shape: Json = dict.fromkeys(("value", "low", "high"), None) | {
        "bound": "exact",
        "unit": None,
        "of": None,
        "text": "",
    }
    if not isinstance(value, dict) or value.keys() - shape.keys():
        raise wrong(name, value, f"a figure has {', '.join(shape)}")
    out = shape | value
    for key in ("value", "low", "high"):
        out[key] = None if out[key] is None else number(f"{name}.{key}", out[key])
    if out["value"] is None and out["low"] is None and out["high"] is None:
        raise wrong(name, value, "a figure has a value or a bound")
    one_of(["exact", "about", "up_to", "at_least"])(f"{name}.bound", out["bound"])
    for key in ("unit", "of", "text"):
        if out[key] is not None and not (isinstance(out[key], str) and len(out[key]) <= LONGEST):
            raise wrong(f"{name}.{key}", out[key], "it is text")
    return out


def domains(name: str, value: Any) -> dict[str, float]:
    """Weights by domain that add up to 1; empty = those of the kind."""
    if value in (None, ""):
        return {}
    if not isinstance(value, dict) or not set(value) <= {d.value for d in Domain}:
        raise wrong(name, value, f"it is an object of weights by {', '.join(Domain)}")
    out = {k: share(f"{name}.{k}", v) for k, v in value.items()}
    if abs(sum(out.values()) - 1) > 0.01:
        raise wrong(name, value, "the weights add up to 1")
    return out


def odds(name: str, value: Any) -> Json | None:
    """A range of probability: `0.2..0.4`, or an object with low and high."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        low, _, high = value.partition("..")
        value = {"low": low, "high": high or low}
    if not isinstance(value, dict) or value.keys() != {"low", "high"}:
        raise wrong(name, value, "write .2..0.4, or an object with low and high")
    out = {k: share(f"{name}.{k}", v) for k, v in value.items()}
    if out["low"] > out["high"]:
        raise wrong(name, value, "low must not be above high")
    return out
