"""How other data sets write event types, sectors and countries, and what that is here."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from marchland.errors import LexiconError
from marchland.lexicon.actors import countries, organisations
from marchland.lexicon.tables import cell_list, rows
from marchland.model.ontology import MODES, EventType, Sector

_BODIES = frozenset({"igo", "alliance", "mechanism"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one foreign code is in PLOVER 2.0."""

    event_type: EventType | None  # None = the code has no counterpart, as CAMEO's plain statements
    mode: str | None = None
    base: EventType | None = None  # the code tells an intent; the act of this type is still to come
    contexts: tuple[str, ...] = ()
    joint: str | None = None  # acts of this group are told from both sides of one dyad, as two rows

    @property
    def mutual(self) -> bool:
        """Do both parties act? A visit is told from both sides too, but one of them travels."""
        return self.joint not in (None, "visit")


@cache
def cameo() -> Mapping[str, Coding]:
    """CAMEO codes, as text with the leading zero.

    Raises:
        LexiconError: a row breaks the schema.
    """
    columns = ("code", "event_type", "mode", "base", "contexts", "joint", "means", "source")
    return {row["code"]: _coding(row, where) for where, row in rows("ontology/cameo_plover.csv", columns)}


@cache
def acled() -> Mapping[str, Coding]:
    """ACLED sub-event types."""
    columns = ("sub_event_type", "event_type", "mode", "base", "contexts", "source")
    return {row["sub_event_type"]: _coding(row, where) for where, row in rows("ontology/acled_plover.csv", columns)}


def _coding(row: Mapping[str, str], where: str) -> Coding:
    kind, base = _type(row["event_type"], where), _type(row["base"], where)
    mode = row["mode"] or None
    if mode and (kind is None or mode not in MODES.get(kind, ())):
        raise LexiconError(
            f'{where}: "{mode}" is no mode of {row["event_type"] or "an unmapped code"}; see model/ontology.py'
        )
    return Coding(
        event_type=kind, mode=mode, base=base, contexts=cell_list(row["contexts"]), joint=row.get("joint") or None
    )


def _type(value: str, where: str) -> EventType | None:
    if not value:
        return None
    try:
        return EventType(value)
    except ValueError:
        raise LexiconError(f'{where}: "{value}" is no event type; it is one of {", ".join(EventType)}') from None


@cache
def _nearest() -> Mapping[tuple[str, str], str]:
    columns = ("event_type", "mode", "code", "source")
    return {(r["event_type"], r["mode"]): r["code"] for _, r in rows("ontology/plover_cameo.csv", columns)}


def cameo_of(event_type: EventType, mode: str | None, contexts: tuple[str, ...], base: EventType | None = None) -> str:
    """The nearest CAMEO code; a plan to act together is an intent (03)."""
    if event_type is EventType.AGREE and base is not None:
        alike = [c for c, v in cameo().items() if v.base is base and len(c) > 2]
        told = [c for c in alike if set(cameo()[c].contexts) <= set(contexts)]
        return min(told or alike, key=lambda c: (-len(cameo()[c].contexts) if told else 0, len(c), c), default="030")
    code = _nearest().get((event_type, mode or "")) or _nearest()[event_type, ""]
    stem = code.rstrip("0") if len(code) == 3 else code
    finer = [c for c, v in cameo().items() if c.startswith(stem) and (v.event_type, v.mode) == (event_type, mode)]
    told = [c for c in finer if len(c) > 2 and cameo()[c].contexts and set(cameo()[c].contexts) <= set(contexts)]
    plain = set(cameo()[code].contexts) <= set(contexts) and cameo()[code].contexts
    return code if plain or not told else min(told, key=lambda c: (-len(cameo()[c].contexts), len(c), c))


@cache
def sectors(scheme: str) -> Mapping[str, Sector]:
    """Codes or words for sectors in one scheme: cameo, icews or acled."""
    out = {}
    for where, row in rows("ontology/sector_codes.csv", ("scheme", "code", "sector", "source")):
        if row["sector"] not in set(Sector):
            raise LexiconError(f'{where}: "{row["sector"]}" is no sector; it is one of {", ".join(Sector)}')
        if row["scheme"] == scheme:
            out[row["code"]] = Sector(row["sector"])
    return out


# ---- countries ----


@cache
def _spellings(scheme: str) -> Mapping[str, str]:
    columns = ("scheme", "spelling", "code", "source")
    return {r["spelling"]: r["code"] for _, r in rows("actors/country_spellings.csv", columns) if r["scheme"] == scheme}


@cache
def iso_codes() -> frozenset[str]:
    """Every ISO 3166-1 alpha-3 code that the lexicon knows, former states included."""
    return frozenset(c.iso3 for c in countries())


@cache
def fips_countries() -> Mapping[str, str]:
    """FIPS 10-4 to ISO 3166-1 alpha-3: CH is China here, and RS Russia."""
    return {c.fips: c.iso3 for c in countries() if c.fips}


@cache
def cow_countries() -> Mapping[str, str]:
    """Correlates of War numbers to ISO 3166-1 alpha-3; a state's present code before that of a former one."""
    order = {"state": 0, "dependency": 1, "disputed": 2, "historic": 3}
    out: dict[str, str] = {}
    for c in sorted(countries(), key=lambda c: order.get(c.kind, 4)):
        if c.cow:
            out.setdefault(c.cow, c.iso3)
    return out


@cache
def cameo_countries() -> Mapping[str, str]:
    """CAMEO's country codes, which are ISO but for a few, to ISO 3166-1 alpha-3; codes of whole regions are not in it."""
    return {**{i: i for i in iso_codes()}, **_spellings("cameo")}


@cache
def cameo_groups() -> Mapping[str, str]:
    """CAMEO's codes of known groups to organisation ids; groups that the lexicon lacks are not in it."""
    known = {o.id for o in organisations()}
    return {k: v for k, v in _spellings("cameo_group").items() if v in known}


def folded(name: str) -> str:
    """A name without accents, case, marks and "the"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = plain.replace("&", " and ").replace("st.", "saint ")
    words = "".join(c if c.isalpha() else " " for c in plain).split()
    return " ".join(w for w in words if w != "the")


@cache
def _names() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for kind in ("state", "dependency", "historic"):
        for c in countries():
            if c.kind == kind:
                for name in (c.name, *c.aliases):
                    out.setdefault(folded(name), c.iso3)
    return out | {folded(k): v for k, v in _spellings("name").items()}


@cache
def _body_names() -> Mapping[str, str]:
    found = [o for o in organisations() if o.kind in _BODIES]
    return {folded(n): o.id for o in found for n in (o.name, *o.aliases) if n not in o.ambiguous}


def country_of(name: str) -> str | None:
    """The country meant by a code of three letters or a full English name; None = none is known.

    "Congo, Republic of" and "Russia (Soviet Union)" are read as "Republic of Congo" and "Russia".
    """
    told = name.strip()
    if told in iso_codes():
        return told
    names = _names()
    plain = folded(told)
    if plain in names:
        return names[plain]
    head, _, tail = told.partition(", ")
    if tail and (found := names.get(folded(f"{tail} {head}"))):
        return found
    return names.get(folded(told.partition(" (")[0]))


def body_of(name: str) -> str | None:
    """The organisation id of an international body by its name; None = none is known."""
    return _body_names().get(folded(name))
