"""Days and places as a person writes them."""

from typing import Any, Final

from marchland.lexicon.actors import countries
from marchland.lexicon.places import places
from marchland.model.dates import partial
from marchland.model.ontology import PlaceKind, Precision
from marchland.store.fields.parties import Json, names, party
from marchland.store.fields.values import LONGEST, number, one_of, wrong


def days(name: str, value: Any) -> Json | None:
    """An interval from `2016`, `2016-10`, `2016-10-24`, `2016-10-20..2016-10-24`, `2016..` or an object."""
    if value in (None, "", "-"):
        return None
    if isinstance(value, dict):
        first, last = value.get("start") or "", value.get("end") or ""
        precision = value.get("precision")
        value = f"{first}..{last}" if first != last else first
    else:
        precision = None
    if not isinstance(value, str) or len(value) > 30:
        raise wrong(name, value, "write 2019, 2019-07, 2019-07-23 or 2019-07-01..2019-07-23")
    first, between, last = value.strip().partition("..")
    try:
        start = partial(first) if first else None
        end = (partial(last) if last else None) if between else start
    except (ValueError, OverflowError):
        raise wrong(name, value, "no date; write 2019, 2019-07, 2019-07-23 or 2019-07-01..2019-07-23") from None
    told = start.precision.value if start and start is end else Precision.RANGE.value
    if precision is not None:
        told = one_of([p.value for p in Precision])(f"{name}.precision", precision)
    begin, finish = start.start if start else None, end.end if end else None
    if (begin and finish and begin > finish) or (begin is None and finish is None):
        raise wrong(name, value, "the first day must not follow the last")
    return {
        "start": begin.isoformat() if begin else None, "end": finish.isoformat() if finish else None, "precision": told,
        "text": None, "anchor": None,
    }  # fmt: skip


_PLACE: Final = ("name", "id", "country", "admin1", "lat", "lon", "kind", "text", "span")


def where(name: str, value: Any) -> Json | None:
    """A place of the gazetteer by name, country by name or code, or an object."""
    if value in (None, "", "-"):
        return None
    if isinstance(value, dict):
        return _place_object(name, value)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise wrong(name, value, "a place is told by its name, or by an object with name, country and kind")
    told = value.strip()
    asked, _, land = told.partition(",")  # "Osh, KGZ"
    country = names().get((land or told).strip().casefold(), (None, None))[0]
    found = [
        p for p in places()
        if asked.strip().casefold() in (p.name.casefold(), *(a.casefold() for a in p.aliases)) and (not land or p.country == country)
    ]  # fmt: skip
    if found:
        p = max(found, key=lambda p: (p.population, p.id))
        where = (p.name, p.id, p.country, p.admin1, p.lat, p.lon, p.kind.value, None, None)
        return dict(zip(_PLACE, where, strict=True))
    if country and not land:
        english = {c.iso3: c.name for c in countries()}
        where = (english[country], f"country:{country}", country, None, None, None, PlaceKind.COUNTRY.value, None, None)
        return dict(zip(_PLACE, where, strict=True))
    raise wrong(name, value, "the gazetteer has no such place; give an object with name, country, kind, lat and lon")


def _place_object(name: str, value: Json) -> Json:
    unknown = sorted(str(k) for k in value.keys() - set(_PLACE))
    if unknown or not isinstance(value.get("name"), str) or not value["name"].strip() or len(value["name"]) > LONGEST:
        raise wrong(name, value, f"a place has a name, and of {', '.join(_PLACE)} what is known")
    out: Json = dict.fromkeys(_PLACE) | {k: v for k, v in value.items() if k != "span"}
    out["kind"] = one_of([k.value for k in PlaceKind])(f"{name}.kind", value.get("kind"))
    if out["country"] is not None:
        out["country"] = (party(name, out["country"]) or {}).get("country")
    for key, most in (("lat", 90), ("lon", 180)):
        if out[key] is not None:
            out[key] = number(f"{name}.{key}", out[key])
            if abs(out[key]) > most:
                raise wrong(f"{name}.{key}", out[key], f"it lies between -{most} and {most}")
    if (out["lat"] is None) != (out["lon"] is None):
        raise wrong(name, value, "a point has both lat and lon")
    for key in ("id", "admin1", "text"):
        if out[key] is not None and not (isinstance(out[key], str) and len(out[key]) <= LONGEST):
            raise wrong(f"{name}.{key}", out[key], "it is text, or null")
    return out
