"""Which actors and places does a stretch of text name? Looked up in the gazetteer, so that names for one thing are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from marchland.annotate.gazetteer import Entity, Mark, gazetteer, plain, words

_STATE = ("country", "demonym", "combining", "seat", "capital")
_PLACING = re.compile(
    r"\b(in|at|near|around|outside|inside|from|to|through|visited|visit)\s+(?:the\s+)?$", re.IGNORECASE
)
_STANDING = ("in", "at", "near", "around", "outside", "inside")
_BESIDE = re.compile(r"\s+(?:border|frontier|language|descent|origin)s?\b")  # "the Afghan border" is no act of Afghans
_WORD = re.compile(r"[A-Z\u00c0-\u00de][\w’'.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A name at characters [start, end) and the keys of which one must be in the evidence."""

    start: int
    end: int
    text: str
    keys: frozenset[str]
    place: bool


def names(text: str) -> list[Mentioned]:
    """Every actor and place that a text names."""
    out = []
    for mark in _marks(text):
        kinds = {e.kind for e in mark.entities} - {"agent"}
        if not kinds or not any(c.isupper() for c in text[mark.start : mark.end]):
            continue
        placing = _placing(text[: mark.start])
        meant = [e for e in mark.entities if e.kind != "agent" and not (e.kind == "place" and "capital" in kinds)]
        keys = frozenset(k for e in meant for k in _needed(e, placing=placing))
        out.append(
            Mentioned(
                start=mark.start, end=mark.end, text=text[mark.start : mark.end], keys=keys, place=placing is not None
            )
        )
    return out


def _placing(before: str) -> str | None:
    """The word of place that a name follows: "in" where something stands or happens, "to" where one goes; None = none."""
    m = _PLACING.search(before)
    return None if m is None else "in" if m[1].lower() in _STANDING else "to"


def known(text: str) -> frozenset[str]:
    """All keys that a piece of evidence supports: what is named, and the countries these stand for."""
    meant = [
        m for m in _marks(text) if m.text[:1].isupper() and not (_BESIDE.match(text[m.end :]) and m.get("demonym"))
    ]
    return frozenset(k for mark in meant for e in mark.entities for k in _given(e, _placing(text[: mark.start])))


@lru_cache(maxsize=4096)
def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(gazetteer().find(words(text, 0, len(text))))


def _needed(e: Entity, *, placing: str | None) -> Iterator[str]:
    if e.kind == "org" and e.org:
        yield f"body {e.org.id}"
    elif e.kind == "person":
        yield from (f"person {x.name}" for x in e.leaders)
    elif e.kind == "place" and e.place:
        yield f"place {e.place.id}"
    elif e.kind == "capital" and placing:
        yield f"{placing} {e.country}"  # a city where something happened is that city, not its government
    elif e.kind == "country" and placing:
        yield f"land {e.country}"
    elif e.kind in _STATE and e.country:
        yield f"state {e.country}"


def _given(e: Entity, placing: str | None) -> Iterator[str]:
    if e.kind == "org" and e.org:
        yield f"body {e.org.id}"
    elif e.kind == "person":
        yield from (f"person {x.name}" for x in e.leaders)
    elif e.kind == "place" and e.place:
        yield f"place {e.place.id}"
        if not e.ambiguous and e.country:
            yield from (f"land {e.country}", f"state {e.country}")
    elif e.kind == "capital":
        yield f"to {e.country}"  # one may go where something is told to be, but not the other way round
        if placing == "in":
            yield f"in {e.country}"
    if e.country and e.kind in (*_STATE, "org", "person"):
        yield f"state {e.country}"
        if e.kind not in ("org", "person", "combining"):
            yield f"land {e.country}"


def strangers(text: str, found: list[Mentioned], plain_words: frozenset[str]) -> list[str]:
    """Capitalised words that are neither known names nor words that are always written so."""
    out = []
    for m in _WORD.finditer(text):
        word = m.group().rstrip(".").removesuffix("’s").removesuffix("'s").rstrip("’")
        if word not in plain_words and not any(n.start <= m.start() < n.end for n in found):
            out.append(word)
    return out


def holds(text: str, word: str) -> bool:
    """Does the evidence hold the word, accents and quotes aside?"""
    return re.search(rf"(?<!\w){re.escape(plain(word))}(?!\w)", plain(text)) is not None
