"""What the names of parties tell of their country and role."""

from collections.abc import Sequence

from marchland.forecast.ranking.graph import Kind


def kinds_from_names(names: Sequence[str]) -> tuple[tuple[Kind, ...], tuple[str, ...], tuple[str, ...]]:
    """Kinds, countries and roles as names like "Citizen (India)" tell them.

    A name that stands in brackets behind others is a country itself, and its role is "state". All other names
    tell neither: their role is "other" and their country is left to what they are seen doing.
    """
    plain = [n.replace("_", " ").strip() for n in names]
    split = [_role_and_place(n) for n in plain]
    places = {place for _, place in split if place}
    countries, roles = sorted(places), sorted({role for role, place in split if place} | {"state", "other"})
    country_of, role_of = {c: i for i, c in enumerate(countries)}, {r: i for i, r in enumerate(roles)}
    kinds = []
    for name, (role, place) in zip(plain, split, strict=True):
        if place:
            kinds.append(Kind(country=country_of[place], role=role_of[role]))
        elif name in country_of:
            kinds.append(Kind(country=country_of[name], role=role_of["state"]))
        else:
            kinds.append(Kind(role=role_of["other"]))
    return tuple(kinds), tuple(countries), tuple(roles)


def _role_and_place(name: str) -> tuple[str, str]:
    """("Citizen", "India") of "Citizen (India)"; ("", "") where no brackets close the name. Brackets may nest."""
    if not name.endswith(")"):
        return "", ""
    depth = 0
    for at in range(len(name) - 1, -1, -1):
        depth += (name[at] == ")") - (name[at] == "(")
        if depth == 0:
            return (name[:at].strip(), name[at + 1 : -1].strip()) if name[:at].strip() else ("", "")
    return "", ""
