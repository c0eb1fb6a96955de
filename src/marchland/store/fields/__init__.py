"""What a person may write into the fields of a record: checked and completed here, in the contract's JSON shape.

Short forms are understood: parties as codes or names (`CHN,TJK`), days as `2016-10` or `2016-10-20..2016-10-24`, a place by its
name in the gazetteer. An empty value means that it is not known.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from marchland.errors import CodingError
from marchland.model.ontology import MODES, EventType, Relation, Status, TieKind
from marchland.model.records import AnyRecord
from marchland.model.wire import record_from, record_json
from marchland.store.fields.days_places import days, where
from marchland.store.fields.figures import domains, odds, quantities
from marchland.store.fields.parties import RULE, Json, a_party, actors, holder, parties, party
from marchland.store.fields.values import magnitude, one_of, polarity, record_id, share, words, yes

__all__ = ["FIELDS", "RULE", "checked", "made", "overridden"]

_SHARED: Final = ("status", "certainty")
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "event": ("event_type", "base", "mode", "contexts", "actors", "recipients", "when", "where", "quantities", "disputed", *_SHARED),
    "tie": (
        "kind", "power", "host", "members", "since", "until", "last_confirmed", "domains", "magnitude", "where", "quantities",
        *_SHARED,
    ),
    "claim": ("holder", "parties", "polarity", *_SHARED),
    "judgement": ("holder", "parties", "polarity", *_SHARED),
    "forecast": ("holder", "parties", "polarity", "probability", "horizon", *_SHARED),
    "silence": ("party", "window", *_SHARED),
    "link": ("relation", "from", "to", *_SHARED),
}  # fmt: skip
_ALIASES: Final = {"type": {"event": "event_type", "tie": "kind", "link": "relation"}}


# ---- the record with them ----


def overridden(record: AnyRecord, changes: Mapping[str, Any], who: str) -> AnyRecord:
    """The record with these fields in a person's word; the person's name stands in its mentions.

    Raises:
        CodingError: a value breaks a promise of the record.
    """
    told = record_json(record)
    own = dict(changes)
    named = own.pop("parties", None)
    told |= own
    if named is not None:
        told["about"] = [a for a in told["about"] if isinstance(a, str)] + list(named)
    if told["record"] == "event" and told["mode"] not in _modes(told["event_type"]):
        told["mode"] = None  # of the former type
    told["confidence"] = 1.0  # of a person's word the coder has no doubt
    for m in told["mentions"]:
        if told["status"] != record.status.value:
            m["status"] = told["status"]
        said = m["coder"] if m["rule"] == RULE else f"{m['rule']} {m['coder']}".strip()
        m |= {"rule": RULE, "coder": f"{who}; {said}" if said else who}
    return made(told)


def _modes(event_type: Any) -> frozenset[str]:
    return next((modes for known, modes in MODES.items() if known == event_type), frozenset())


def made(told: Json) -> AnyRecord:
    """The record of a JSON object.

    Raises:
        CodingError: it is not in the contract's shape.
    """
    try:
        return record_from(told)
    except (KeyError, TypeError, ValueError) as error:
        raise CodingError(
            f"{told.get('record')}: {error}; a record is written in the shape that `marchland code --json` prints"
        ) from error


# ---- fields ----


def checked(kind: str, changes: Mapping[str, Any]) -> Json:
    """The fields a person gave, complete and in the contract's shape.

    Raises:
        CodingError: the kind of record has no such field, or a value is none of its values.
    """
    if not changes:
        raise CodingError(f"no field is given; those of a record of kind {kind} are {', '.join(FIELDS[kind])}")
    out: Json = {}
    for given, value in changes.items():
        name = _ALIASES.get(given, {}).get(kind, given)
        if name not in FIELDS[kind]:
            raise CodingError(f'field "{given[:40]}": a record of kind {kind} has {", ".join(FIELDS[kind])}')
        out[name] = _READ[name](name, value)
    if kind == "event" and out.get("mode"):
        _check_mode(out.get("event_type"), out["mode"])
    return out


def _check_mode(event_type: str | None, mode: str) -> None:
    fitting = (
        MODES.get(EventType(event_type), frozenset()) if event_type else frozenset(m for v in MODES.values() for m in v)
    )
    if mode not in fitting:
        raise CodingError(f'mode "{mode}": {event_type or "no type"} has {", ".join(sorted(fitting)) or "no modes"}')


_TYPE: Final = one_of([t.value for t in EventType], fold=str.upper)
_READ: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "event_type": _TYPE,
    "base": one_of([t.value for t in EventType], unknown=True, fold=str.upper),
    "mode": one_of(sorted({m for v in MODES.values() for m in v}), unknown=True),
    "contexts": words,
    "actors": actors,
    "recipients": parties,
    "members": parties,
    "parties": parties,
    "power": party,
    "host": party,
    "party": a_party,
    "when": days,
    "since": days,
    "until": days,
    "last_confirmed": days,
    "window": days,
    "horizon": days,
    "where": where,
    "quantities": quantities,
    "disputed": yes,
    "status": one_of([s.value for s in Status]),
    "certainty": share,
    "kind": one_of([k.value for k in TieKind]),
    "domains": domains,
    "magnitude": magnitude,
    "holder": holder,
    "polarity": polarity,
    "probability": odds,
    "relation": one_of([r.value for r in Relation]),
    "from": record_id,
    "to": record_id,
}
