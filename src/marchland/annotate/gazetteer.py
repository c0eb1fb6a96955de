"""Which known names stand in a stretch of text? A look-up of word sequences, longest first.

It works on plain words, before and without any parse, so that sentences which name no one need not be parsed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from marchland.lexicon import actors, places
from marchland.lexicon.schema import Agent, Country, GazetteerPlace, Leader, Organisation

_WORDS = re.compile(r"\w+|[^\w\s]")
_MIN_CITY = 15_000


@dataclass(frozen=True, slots=True)
class Entity:
    """What a word sequence may stand for."""

    kind: str  # country, demonym, combining, capital, seat, org, person, agent, place
    country: str | None = None
    org: Organisation | None = None
    leaders: tuple[Leader, ...] = ()
    agent: Agent | None = None
    plural: bool = False
    place: GazetteerPlace | None = None
    ambiguous: bool = False
    state: Country | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A known name at characters [start, end), with all it may stand for, likeliest first."""

    start: int
    end: int
    text: str
    entities: tuple[Entity, ...]

    def get(self, *kinds: str) -> Entity | None:
        """The first reading of one of `kinds`."""
        return next((e for e in self.entities if e.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word or mark of the text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Fold accents and typographic quotes, so that "Kyrgyzstan’s" and "Elysée" are found."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").replace("–", "-"))
    return "".join(c for c in folded if not unicodedata.combining(c))


def words(text: str, start: int, end: int) -> list[Word]:
    """Words and marks of text[start:end]."""
    return [Word(m.start(), m.end(), plain(m.group())) for m in _WORDS.finditer(text, start, end)]


_ORDER = ("country", "demonym", "combining", "org", "person", "seat", "capital", "agent", "place")


class Gazetteer:
    """All names of the lexicon, by their word sequences."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], list[Entity]] = {}
        self._longest: dict[str, int] = {}
        self._add_countries()
        self._add_organisations()
        self._add_people()
        self._add_agents()
        self._add_places()
        for found in self._names.values():
            found.sort(key=lambda e: _ORDER.index(e.kind))

    def _add(self, name: str, entity: Entity) -> None:
        key = tuple(plain(w) for w in _WORDS.findall(plain(name)))
        if not key:
            return
        self._names.setdefault(key, []).append(entity)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def _add_countries(self) -> None:
        for c in actors.countries():
            code = (c.parent or c.iso3) if c.kind in ("disputed", "historic") else c.iso3
            groups = {
                "country": (c.name, *c.aliases),
                "demonym": c.demonyms,
                "combining": c.combining,
                "seat": c.seats,
                "capital": ((c.capital, *c.capital_aliases) if c.capital else c.capital_aliases),
            }
            for kind, names in groups.items():
                for name in dict.fromkeys(names):
                    self._add(name, Entity(kind, code, ambiguous=name in c.ambiguous, state=c))

    def _add_organisations(self) -> None:
        for o in actors.organisations():
            for name in dict.fromkeys((o.name, *o.aliases)):
                self._add(name, Entity("org", o.country, org=o, ambiguous=name in o.ambiguous))

    def _add_people(self) -> None:
        terms: dict[str, list[Leader]] = {}
        for leader in actors.leaders():
            for name in dict.fromkeys((leader.name, *leader.aliases)):
                terms.setdefault(name, []).append(leader)
        for name, found in terms.items():
            country = found[0].iso3 if len({f.iso3 for f in found}) == 1 else None
            self._add(name, Entity("person", country, leaders=tuple(found), ambiguous=" " not in name))

    def _add_agents(self) -> None:
        for a in actors.agents():
            for form, plural in ((a.words, False), (a.plural, True)):
                if form:
                    self._add(" ".join(form), Entity("agent", agent=a, plural=plural))

    def _add_places(self) -> None:
        for p in places.places():
            for name in dict.fromkeys((p.name, *p.aliases)):
                small = p.kind == "city" and p.population < 200_000
                self._add(name, Entity("place", p.country, place=p, ambiguous=small))

    def find(self, found_words: list[Word]) -> Iterator[Mark]:
        """Known names among `found_words`, longest first from the left, none overlapping."""
        i, n = 0, len(found_words)
        while i < n:
            mark = self._at(found_words, i)
            if mark is None:
                i += 1
            else:
                yield mark[0]
                i += mark[1]

    def _at(self, ws: list[Word], i: int) -> tuple[Mark, int] | None:
        for form in _forms(ws[i].text):
            longest = self._longest.get(form, 0)
            for n in range(min(longest, len(ws) - i), 0, -1):
                key = (form, *(ws[j].text for j in range(i + 1, i + n)))
                found = self._names.get(key)
                if found is None and n > 1:
                    found = self._names.get((form, *(_forms(ws[j].text)[-1] for j in range(i + 1, i + n))))
                if found:
                    start, end = ws[i].start, ws[i + n - 1].end
                    return Mark(start, end, " ".join(w.text for w in ws[i : i + n]), tuple(found)), n
        return None


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    """A word as written, and how it would stand in running text: capitals tamed, a sentence-initial noun lowered."""
    if word.isupper() and len(word) > 3:
        return (word, word.capitalize(), word.lower())
    if word[:1].isupper():
        return (word, word.lower())
    return (word,)


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, built on first use."""
    return Gazetteer()
