"""Parties and holders as a person writes them: by code, by name, or as an object."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from marchland.lexicon.actors import countries, organisations
from marchland.model.ontology import HolderKind, Sector
from marchland.model.records import Participant
from marchland.model.wire import participant_json
from marchland.store.fields.values import LONGEST, MOST, wrong

Json = dict[str, Any]
RULE: Final = "review"  # stands in the place of the rule where a person's word counts


@cache
def names() -> Mapping[str, tuple[str | None, str | None]]:
    """(country, organisation) by code or name, case aside; countries win."""
    out: dict[str, tuple[str | None, str | None]] = {}
    for o in organisations():
        for told in (o.name, o.id):
            out[told.casefold()] = (o.country, o.id)
    for c in countries():
        for told in (*c.aliases, c.name, c.iso3):
            out[told.casefold()] = (c.iso3, None)
    return out


def party(name: str, value: Any) -> Json | None:
    """A party from its code or name, or from an object; `CHN MIL` has its sector beside it."""
    if value in (None, "", "-"):
        return None
    if isinstance(value, dict):
        return _party_object(name, value)
    if not isinstance(value, str):
        raise wrong(name, value, "a party is a code such as CHN, a name, or an object with country, org and sector")
    told, sector = value.strip(), Sector.UNK.value
    head, _, tail = told.rpartition(" ")
    if head and tail in list(Sector):
        told, sector = head, tail
    if told == "?":
        return participant_json(Participant(sector=Sector(sector)))
    if told.casefold() not in names():
        raise wrong(
            name, value, "no such country or organisation; give a code such as TJK. List them: marchland ref countries"
        )
    country, org = names()[told.casefold()]
    return participant_json(Participant(country=country, org=org, sector=Sector(sector), resolved=RULE))


def _party_object(name: str, value: Json) -> Json:
    shape = participant_json(Participant())
    unknown = sorted(str(k) for k in value.keys() - shape.keys())
    if unknown:
        raise wrong(name, ", ".join(unknown), f"a party has {', '.join(shape)}")
    for key, kept in value.items():
        if kept is not None and key != "span" and not (isinstance(kept, str) and len(kept) <= LONGEST):
            raise wrong(f"{name}.{key}", kept, f"it is text of up to {LONGEST} characters, or null")
    for key, place in (("country", 0), ("org", 1)):
        if value.get(key) is not None and value[key] not in [v[place] for v in names().values()]:
            raise wrong(f"{name}.{key}", value[key], "no such code. List them: marchland ref countries")
    if value.get("sector", "UNK") not in list(Sector):
        raise wrong(f"{name}.sector", value["sector"], f"it is one of {', '.join(Sector)}")
    return shape | {"resolved": RULE} | {k: v for k, v in value.items() if k != "span"}


def parties(name: str, value: Any) -> list[Json]:
    """Parties in a list, or between commas."""
    told = value.split(",") if isinstance(value, str) else ([] if value is None else value)
    if not isinstance(told, list) or len(told) > MOST:
        raise wrong(name, value, f"it is a list of up to {MOST} parties, such as CHN,TJK")
    return [p for t in told if (p := party(name, t.strip() if isinstance(t, str) else t)) is not None]


def actors(name: str, value: Any) -> list[Json]:
    """Parties of whom there is always one: somebody did it."""
    return parties(name, value) or [participant_json(Participant())]  # somebody did it: one explicit unknown party


def a_party(name: str, value: Any) -> Json:
    """A party who must exist, be it the explicit unknown one."""
    return party(name, value) or participant_json(Participant())


def holder(name: str, value: Any) -> Json:
    """Whose word it is: `author`, the name of a speaker, or an object."""
    if isinstance(value, str):
        value = {"kind": value} if value in list(HolderKind) else {"kind": "speaker", "name": value or None}
    if not isinstance(value, dict) or value.get("kind") not in list(HolderKind):
        raise wrong(
            name,
            value,
            f"it is one of {', '.join(HolderKind)}, the name of a speaker, or an object with kind, name, country",
        )
    out = {"kind": value["kind"], "country": value.get("country"), "name": value.get("name")}
    if out["country"] is not None:
        out["country"] = (party(name, out["country"]) or {}).get("country")
    if out["name"] is not None and not (isinstance(out["name"], str) and len(out["name"]) <= LONGEST):
        raise wrong(name, out["name"], "a name is text")
    return out
