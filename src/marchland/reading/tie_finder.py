"""Which words of a sentence tell a standing tie, and what does the verb or noun above them do to it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from marchland.lexicon.tie_words import KnownSite, TieEntry, known_sites, tie_acts, tie_entries
from marchland.model.annotated import Name, PlaceName, Token
from marchland.model.ontology import Sector, TieKind
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.tie_governor import OBJECTS, Governor
from marchland.reading.tie_governor import governor as governor_of

_PREPOSITIONS = frozenset(["of", "for", "to", "in", "on", "with", "between", "from", "over", "at", "by"])
_BESIDE = frozenset(["with", "than", "against"])
_MODIFIERS = ("amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "det")
DIRECTIONS = frozenset({"south", "north", "east", "west", "southeast", "southwest", "northeast", "northwest"})


@dataclass(frozen=True, slots=True)
class TieTrigger:
    """A place where an entry fires."""

    entry: TieEntry
    head: int
    tokens: tuple[int, ...]
    governor: Governor
    site: KnownSite | None = None
    specificity: int = 0


@dataclass(frozen=True, slots=True)
class _Pattern:
    entry: TieEntry
    before: tuple[str, ...]  # words before the head
    after: tuple[str, ...]  # words after it, for a verb its particles


@cache
def _index() -> dict[tuple[str, str], tuple[_Pattern, ...]]:
    found: dict[tuple[str, str], list[_Pattern]] = {}
    for entry in tie_entries():
        for words in entry.words:
            at = 0
            if entry.part == "noun":
                at = next((i for i, w in enumerate(words) if w in _PREPOSITIONS and i), len(words)) - 1
            found.setdefault((entry.part, words[at]), []).append(_Pattern(entry, words[:at], words[at + 1 :]))
    return {k: tuple(v) for k, v in found.items()}


@cache
def _site_index() -> dict[str, tuple[tuple[tuple[str, ...], KnownSite], ...]]:
    """Sites by the first word of each of their names, the longest name first."""
    found: dict[str, list[tuple[tuple[str, ...], KnownSite]]] = {}
    for site in known_sites():
        for alias in site.aliases:
            found.setdefault(alias[0], []).append((alias, site))
    return {k: tuple(sorted(v, key=lambda pair: -len(pair[0]))) for k, v in found.items()}


@cache
def tie_head_lemmas() -> frozenset[str]:
    """The main words of all entries and the names of known sites; a sentence with none of them tells no tie."""
    sites = (a[-1] for s in known_sites() for a in s.aliases)
    return frozenset(word for _, word in _index()) | frozenset(sites)


class TieFinder:
    """Finds the ties told in one sentence."""

    def __init__(
        self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]], places: dict[int, list[PlaceName]]
    ) -> None:
        self.tree = tree
        self.clauses = clauses
        self.names = names
        self.places = places
        self.company = _by_part(tree.tokens)
        self.sites = dict(self._sites())

    def find(self) -> list[TieTrigger]:
        """The best entry of each kind at each word; longer phrases win over the words inside them."""
        best: dict[tuple[int, str, str | None], TieTrigger] = {}
        for t in self.tree.tokens:
            for trigger in self._at(t):
                switched = (
                    trigger.entry.does if trigger.entry.kind is TieKind.RECOGNITION else None
                )  # ends one, opens one
                key = (t.index, trigger.entry.kind.value, switched)
                if key not in best or (trigger.specificity, trigger.entry.strength) > (
                    best[key].specificity,
                    best[key].entry.strength,
                ):
                    best[key] = trigger
        return self._settled(list(best.values()))

    def _settled(self, found: list[TieTrigger]) -> list[TieTrigger]:
        """By head, the most specific first; a head that is only a part of another's words gives way."""
        top: dict[int, int] = {}
        for t in found:
            top[t.head] = max(top.get(t.head, 0), t.specificity)
        inner = {i for t in found if t.specificity == top[t.head] for i in t.tokens if i != t.head}
        return sorted((t for t in found if t.head not in inner), key=lambda t: (t.head, -t.specificity, t.entry.id))

    def _at(self, t: Token) -> Iterator[TieTrigger]:
        if t.tag.startswith(("NN", "JJ", "VBG", "CD")) or t.dep in ("dobj", "pobj"):
            yield from self._noun(t)
        if t.tag.startswith("VB") or (t.dep == "ROOT" and t.tag.startswith("NN")):
            yield from self._verb(t)
        if t.tag.startswith("JJ") or t.tag in ("VBN", "RB", "IN"):
            yield from self._adjective(t)

    # ---- nouns ----

    def _noun(self, t: Token) -> Iterator[TieTrigger]:
        for lemma in dict.fromkeys((t.lemma, t.text.lower())):
            for p in _index().get(("noun", lemma), ()):
                words = self._window(t, p)
                if words is None or not self._noun_allowed(t, p.entry, words):
                    continue
                governor = governor_of(self.tree, t)
                if not p.entry.bare and governor.does is None:
                    continue
                if governor.verb is not None and governor.verb.lemma in p.entry.not_under:
                    continue
                yield TieTrigger(
                    p.entry, t.index, words, governor, self.site_of(t), _specificity(p) + 2 * (not p.entry.bare)
                )
        if t.index in self.sites and not any(c.index in self.sites for c in self.tree.children[t.index]):
            yield from self._site(t)

    def _site(self, t: Token) -> Iterator[TieTrigger]:
        """A known site named alone: "American servicemen have left Manas"."""
        site = self.sites[t.index]
        governor = governor_of(self.tree, t)
        for p in _index().get(("noun", "@site"), ()):
            if governor.does is not None and p.entry.kind is site.kind:
                yield TieTrigger(p.entry, t.index, (t.index,), governor, site, 1)

    def _window(self, t: Token, p: _Pattern) -> tuple[int, ...] | None:
        first, last = t.index - len(p.before), t.index + len(p.after)
        if first < 0 or last >= len(self.tree.tokens):
            return None
        for word, i in zip((*p.before, *p.after), (*range(first, t.index), *range(t.index + 1, last + 1)), strict=True):
            token = self.tree.tokens[i]
            if word not in (token.lemma, token.text.lower()):
                return None
        return tuple(range(first, last + 1))

    def _noun_allowed(self, t: Token, e: TieEntry, words: tuple[int, ...]) -> bool:
        if (
            t.dep in ("compound", "amod", "nmod")
            and self.tree.tokens[t.head].index not in words
            and not self.names.get(t.index)
        ):
            above = self.tree.tokens[t.head]
            if (
                above.lemma not in DIRECTIONS
                and above.lemma not in tie_acts().nouns
                and above.lemma not in tie_acts().doubts
                and above.lemma not in ("agreement", "deal", "treaty", "lease", "accord")
            ):
                return False
        if e.not_with & self.company[t.index] or (e.with_word and not e.with_word & self.company[t.index]):
            return False
        if e.kind is TieKind.MEMBERSHIP and t.dep == "pobj" and self.tree.tokens[t.head].lemma in _BESIDE:
            return False  # who trains with members is none himself
        if e.kind is TieKind.PARTNERSHIP and any(n.kind == "org" for n in self.names.get(t.index, ())):
            return False  # "Partnership for Peace" is a body
        modifiers = self.modifiers(t)
        owners = list(self.tree.having(t.index, "poss"))
        if e.modifier and not any(self.matches(m, e.modifier) for m in modifiers + owners):
            return False
        if any(self.matches(m, e.not_modifier) for m in modifiers):
            return False
        objects = [o for _, o in self.tree.pobjs(t.index, "of", "for", "to", "on", "in", "over", "at")]
        objects += [x for o in objects for x in self.tree.conjuncts(o.index)] + [
            m for m in modifiers if m.tag.startswith("NN")
        ]
        over = t.head if t.dep in OBJECTS else t.index
        clauses = [
            *self.tree.having(t.index, "acl", "relcl", "xcomp"),
            *(c for c in self.tree.having(over, "advcl", "xcomp") if c.index > t.index),
        ]
        objects += [v for c in clauses for v in self.tree.conjuncts(c.index)]
        if e.object and not any(self.matches(o, e.object) for o in objects):
            return False
        return not any(self.matches(o, e.not_object) for o in objects)

    def modifiers(self, t: Token) -> list[Token]:
        """Words that describe a noun from the left, participles after it included."""
        out = []
        for c in self.tree.children[t.index]:
            if c.dep in _MODIFIERS and c.index < t.index:
                out += self.tree.conjuncts(c.index)
                out += list(self.tree.having(c.index, "npadvmod", "compound", "advmod"))
            elif c.dep == "acl":
                out.append(c)
        return out

    # ---- verbs and adjectives ----

    def _verb(self, t: Token) -> Iterator[TieTrigger]:
        patterns = _index().get(("verb", t.lemma), ())
        if not patterns:
            return
        args = self.clauses.arguments(t)
        for p in patterns:
            words = self._particles(t, p.after)
            if words is None:
                continue
            own = [o for w in words for o in self.tree.having(w, "pobj") for o in self.tree.conjuncts(o.index)]
            objects = own or args.get("object", []) or self._shared_object(t)
            if self._allowed(t, p.entry, args.get("subject", []), objects):
                yield TieTrigger(
                    p.entry, t.index, (t.index, *words), Governor(p.entry.does, t, None, None), None, _specificity(p)
                )

    def _shared_object(self, t: Token) -> list[Token]:
        """ "trains, arms and houses the force": the object that the last of several verbs has for all."""
        for other in self.tree.having(t.index, "conj"):
            found = self.clauses.arguments(other).get("object", []) or self._shared_object(other)
            if found:
                return found
        return []

    def _adjective(self, t: Token) -> Iterator[TieTrigger]:
        patterns = _index().get(("adjective", t.lemma), ()) + (
            _index().get(("adjective", t.text.lower()), ()) if t.text.lower() != t.lemma else ()
        )
        for p in patterns:
            words = self._particles(t, p.after)
            if words is None:
                continue
            args = self.clauses.arguments(t)
            own = [o for w in words for o in self.tree.having(w, "pobj") for o in self.tree.conjuncts(o.index)]
            if self._allowed(t, p.entry, args.get("subject", []), own or args.get("object", [])):
                yield TieTrigger(
                    p.entry, t.index, (t.index, *words), Governor(p.entry.does, t, None, None), None, _specificity(p)
                )

    def _particles(self, t: Token, rest: tuple[str, ...]) -> tuple[int, ...] | None:
        """The words that must follow, each a child of the word or of the one found before."""
        found: list[int] = []
        at = t
        for word in rest:
            pool = [c for parent in dict.fromkeys((at.index, t.index)) for c in self.tree.children[parent]]
            nxt = next(
                (c for c in pool if word in (c.lemma, c.text.lower()) and c.index > t.index and c.index not in found),
                None,
            )
            if nxt is None and at.index + 1 < len(self.tree.tokens):
                beside = self.tree.tokens[at.index + 1]
                nxt = beside if word in (beside.lemma, beside.text.lower()) else None
            if nxt is None:
                return None
            found.append(nxt.index)
            at = nxt
        return tuple(found)

    def _allowed(self, t: Token, e: TieEntry, subjects: list[Token], objects: list[Token]) -> bool:
        if e.not_with & self.company[t.index] or (e.with_word and not e.with_word & self.company[t.index]):
            return False
        if e.object and not any(self.matches(o, e.object) for o in objects):
            return False
        if any(self.matches(o, e.not_object) for o in objects):
            return False
        if e.subject and not any(self.matches(s, e.subject) for s in subjects):
            return False
        return not any(self.matches(s, e.not_subject) for s in subjects)

    # ---- classes that names fill ----

    def matches(self, t: Token, words: frozenset[str]) -> bool:
        """Is this word one of `words`, by lemma, compound, name or class?"""
        if not words:
            return False
        if t.lemma in words or t.text.lower() in words:
            return True
        before = self.tree.tokens[t.index - 1] if t.index else None
        if before is not None and f"{before.lemma} {t.lemma}" in words:
            return True
        if self._named(t, words):
            return True
        inner = [o for _, o in self.tree.pobjs(t.index, "of", "per")]
        return any(
            o.lemma in words or f"{self.tree.tokens[o.index - 1].lemma} {o.lemma}" in words or self._named(o, words)
            for o in inner
        )

    def _named(self, t: Token, words: frozenset[str]) -> bool:
        if "@thing" in words and t.tag.startswith("NN"):
            return True
        if "@number" in words and t.tag == "CD":
            return True
        if "@site" in words and t.index in self.sites:
            return True
        if "@place" in words and (
            self.places.get(t.index) or any(n.kind in ("country", "capital") for n in self.names.get(t.index, ()))
        ):
            return True
        for n in self.names.get(t.index, ()):
            if "@actor" in words or ("@state" in words and n.country):
                return True
            if "@demonym" in words and (n.kind == "demonym" or n.sector in (Sector.CVL, Sector.REF)):
                return True
            if "@body" in words and n.org and (n.sector is Sector.IGO or n.country is None):
                return True
            if "@firm" in words and n.sector in (Sector.MNC, Sector.BUS):
                return True
        return False

    # ---- sites ----

    def _sites(self) -> Iterator[tuple[int, KnownSite]]:
        low = [t.text.lower() for t in self.tree.tokens]
        for i, word in enumerate(low):
            if self.tree.tokens[i].text[:1].islower():
                continue
            for alias, site in _site_index().get(word, ()):
                if tuple(low[i : i + len(alias)]) == alias:
                    yield i + len(alias) - 1, site
                    break

    def site_of(self, t: Token) -> KnownSite | None:
        """The known site that a noun phrase names: "the 201st base", "the base at Kant"."""
        for x in self.tree.subtree(t.index):
            if x.index in self.sites and abs(x.index - t.index) <= 6:
                return self.sites[x.index]
        above = self.tree.tokens[t.head]
        return self.sites.get(above.index) if t.dep in ("appos", "compound") else None


def _by_part(tokens: Sequence[Token]) -> list[frozenset[str]]:
    """For each token the words, as lemmas and as written, of its part of the sentence; a semicolon parts them."""
    parts: list[list[Token]] = [[]]
    for t in tokens:
        if t.text == ";":
            parts.append([])
        parts[-1].append(t)
    words = (frozenset(w for t in part for w in (t.lemma, t.text.lower())) for part in parts)
    return [found for found, part in zip(words, parts, strict=True) for _ in part]


def _specificity(p: _Pattern) -> int:
    e = p.entry
    return (
        3 * (len(p.before) + len(p.after))
        + 2 * bool(e.object)
        + 2 * bool(e.modifier)
        + bool(e.subject)
        + bool(e.with_word)
    )
