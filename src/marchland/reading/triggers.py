"""Which words of a sentence tell an act, and of which type? The lexicon's entries, laid on the parse."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from marchland.lexicon.schema import Entry, Grammar
from marchland.lexicon.verbs import entries, grammar
from marchland.model.annotated import Name, Token
from marchland.model.tree import Tree

_PERSON_WORDS = frozenset(
    "man woman people person child civilian resident citizen worker victim boy girl family".split()
)
_MONTHS = frozenset({"March", "May", "MARCH", "MAY"})  # months that are also words for acts
_PARTICLES = ("prt", "prep", "advmod", "dative", "agent", "acomp", "npadvmod", "pcomp", "advcl", "oprd")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A place where an entry fires."""

    entry: Entry
    head: int  # token index of its main word
    tokens: tuple[int, ...]  # all its words
    carrier: int | None  # the light verb that carries an event noun
    suffers: bool = False  # the carrier's subject suffers the act ("came under fire")
    specificity: int = 0
    allowed: bool = True  # the entry's restrictions are met; the classifier also weighs those that are not


@dataclass(frozen=True, slots=True)
class _Pattern:
    entry: Entry
    rest: tuple[str, ...]  # particles after a verb, or words before a compound's head
    before: tuple[str, ...] = ()  # what a hyphen joins to the front of a verb: "co-sponsor"


@cache
def _index() -> dict[tuple[str, str], tuple[_Pattern, ...]]:
    found: dict[tuple[str, str], list[_Pattern]] = {}
    for entry in entries():
        for words in entry.words:
            pattern, head = _pattern(entry, words)
            found.setdefault((entry.part, head), []).append(pattern)
    return {k: tuple(v) for k, v in found.items()}


def _pattern(entry: Entry, words: tuple[str, ...]) -> tuple[_Pattern, str]:
    """How one wording of an entry is looked for, and under which lemma."""
    if entry.part == "noun":
        return _Pattern(entry, tuple(w for w in words[:-1] if w != "-")), words[-1]
    if "-" in words:
        last = len(words) - words[::-1].index("-")
        return _Pattern(entry, words[last + 1 :], tuple(w for w in words[:last] if w != "-")), words[last]
    return _Pattern(entry, words[1:]), words[0]


def _word_groups(tree: Tree) -> frozenset[str]:
    """Lemmas of a sentence with runs of two and three, hyphens left out: what `with_word` and `not_with` are held against."""
    lemmas = [t.lemma for t in tree.tokens if t.lemma != "-"]
    groups = {*lemmas, *(t.text.lower() for t in tree.tokens)}
    for size in (2, 3):
        groups |= {" ".join(lemmas[i : i + size]) for i in range(len(lemmas) - size + 1)}
    return frozenset(groups)


@cache
def head_lemmas() -> frozenset[str]:
    """The main words of all entries; a sentence without any of them tells no act."""
    return frozenset(word for _, word in _index())


class TriggerFinder:
    """Finds the acts told in one sentence."""

    def __init__(
        self, tree: Tree, names: dict[int, list[Name]], arguments: Callable[[Token], dict[str, list[Token]]]
    ) -> None:
        self.tree = tree
        self.names = names
        self.arguments = arguments  # logical arguments of a verb, from `clauses`
        self.grammar: Grammar = grammar()
        self.lemmas = _word_groups(tree)

    def find(self) -> list[Trigger]:
        """By the rules alone: the most specific entry of each type, with overlaps between verbs and their nouns settled."""
        return self.settle([t for t in self.candidates() if t.allowed])

    def candidates(self) -> list[Trigger]:
        """Every entry that could fire at each word, one for each event type: the best one that is allowed, else the best."""
        out: list[Trigger] = []
        for t in self.tree.tokens:
            best: dict[str, Trigger] = {}
            for trigger in self._at(t):
                if trigger.entry.strict and not trigger.allowed:
                    continue
                known = best.get(trigger.entry.event_type)
                if known is None or _rank(trigger) > _rank(known):
                    best[trigger.entry.event_type] = trigger
            out += best.values()
        return out

    def settle(self, found: list[Trigger]) -> list[Trigger]:
        """Of overlapping triggers, those that stay."""
        best: dict[int, list[Trigger]] = {}
        for trigger in found:
            best.setdefault(trigger.head, []).append(trigger)
        return self._settle({head: _prune(group) for head, group in best.items()})

    # ---- one token ----

    def _at(self, t: Token) -> Iterator[Trigger]:
        if t.tag.startswith("VB") or (t.tag == "NN" and t.dep == "ROOT"):
            yield from self._verb(t)
        if t.tag.startswith("NN") or t.tag == "VBG":
            yield from self._noun(t)
        if t.tag.startswith("JJ") or t.tag == "VBN":
            yield from self._adjective(t)

    def _verb(self, t: Token) -> Iterator[Trigger]:
        patterns = _index().get(("verb", t.lemma), ())
        if not patterns:
            return
        args = self.arguments(t)
        for p in patterns:
            words = self._particles(t, p.rest)
            if words is None or (p.before and self._compound(t, p.before) is None):
                continue
            objects = self._objects_of(args, words)
            allowed = self._allowed(p.entry, args.get("subject", []), objects)
            yield Trigger(p.entry, t.index, (t.index, *words), None, specificity=_specificity(p), allowed=allowed)

    def _particles(self, t: Token, rest: tuple[str, ...]) -> tuple[int, ...] | None:
        found: list[int] = []
        at = t
        for word in rest:
            nxt = next(
                (
                    c
                    for parent in dict.fromkeys((at.index, t.index))
                    for c in self.tree.children[parent]
                    if (c.lemma == word or c.text.lower() == word) and c.index not in found
                    and (c.dep in _PARTICLES or c.dep in ("dobj", "pobj", "attr", "neg", "poss", "det", "amod", "compound"))
                ),
                None,
            )  # fmt: skip
            if nxt is None and word == "to":
                nxt = self._infinitive_mark(t)
            if nxt is None:
                return None
            found.append(nxt.index)
            at = nxt
        return tuple(found)

    def _infinitive_mark(self, t: Token) -> Token | None:
        """The "to" of what a word governs: "ready to send"."""
        for clause in self.tree.having(t.index, "xcomp", "ccomp", "acl"):
            for mark in self.tree.having(clause.index, "aux"):
                if mark.tag == "TO":
                    return mark
        return None

    def _objects_of(self, args: dict[str, list[Token]], words: tuple[int, ...]) -> list[Token]:
        own = [
            o
            for w in words
            for c in self.tree.subtree(w)
            if c.dep == "pobj" and c.head in words
            for o in self.tree.conjuncts(c.index)
        ]
        nouns = [o for w in words for o in [self.tree.tokens[w]] if o.dep == "dobj"]
        return own or nouns or args.get("object", [])

    def _noun(self, t: Token) -> Iterator[Trigger]:
        if t.tag == "NNP" and t.text in _MONTHS:
            return
        for p in _index().get(("noun", t.lemma), ()):
            words = self._compound(t, p.rest)
            if words is None:
                continue
            carrier, suffers = self.carrier(t, p.entry.light or frozenset())
            carried = p.entry.light is None or self._carried(p.entry, carrier)
            subjects = list(self.tree.having(t.index, "poss", "amod", "compound", "nmod"))
            objects = [o for prep, o in self.tree.pobjs(t.index, "of")]
            objects += list(self.tree.having(t.index, "compound", "nmod", "amod", "poss"))
            allowed = carried and self._allowed(p.entry, subjects, objects)
            yield Trigger(p.entry, t.index, (*words, t.index), carrier, suffers, _specificity(p), allowed)

    def _compound(self, t: Token, rest: tuple[str, ...]) -> tuple[int, ...] | None:
        if not rest:
            return ()
        found: list[int] = []
        at = t.index - 1
        for word in reversed(rest):
            if at >= 0 and self.tree.tokens[at].text == "-":
                at -= 1
            if at < 0 or word not in (self.tree.tokens[at].lemma, self.tree.tokens[at].text.lower()):
                return None
            found.append(at)
            at -= 1
        return tuple(reversed(found))

    def carrier(self, t: Token, own: frozenset[str]) -> tuple[int | None, bool]:
        """The light verb over an event noun, and whether its subject suffers the act; `own` are the entry's further carriers."""
        head = self.tree.tokens[t.head]
        noun = t
        if t.dep == "conj":
            while noun.dep == "conj" and noun.head != noun.index:
                noun = self.tree.tokens[noun.head]
            head = self.tree.tokens[noun.head]
        if noun.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.tag.startswith("VB"):
            return self._light(head, "", own)
        if (
            noun.dep == "nsubj"
            and head.tag.startswith("VB")
            and head.lemma
            in ("begin", "start", "open", "resume", "end", "continue", "take", "conclude", "occur", "happen")
        ):
            return head.index, False
        if noun.dep == "pobj" and head.dep in ("prep", "dative"):
            verb = self.tree.tokens[head.head]
            if verb.tag.startswith("VB"):
                return self._light(verb, head.lemma, own)
        return None, False

    def _light(self, verb: Token, prep: str, own: frozenset[str]) -> tuple[int | None, bool]:
        phrase = f"{verb.lemma} {prep}".strip()
        particle = next((c.lemma for c in self.tree.having(verb.index, "prt")), "")
        if particle and f"{verb.lemma} {particle}" in own:
            return verb.index, False
        if phrase in self.grammar.light_suffers:
            return verb.index, True
        if (verb.lemma in self.grammar.light_acts or verb.lemma in own) and (
            not prep or prep in ("in", "into", "to", "on", "with", "for", "out", "at")
        ):
            return verb.index, False
        if verb.lemma in self.grammar.light_suffers and not prep:
            return verb.index, True
        return None, False

    def _carried(self, entry: Entry, carrier: int | None) -> bool:
        if carrier is None:
            return False
        return not entry.light or self.tree.tokens[carrier].lemma in entry.light

    def _adjective(self, t: Token) -> Iterator[Trigger]:
        head = self.tree.tokens[t.head]
        if t.dep not in ("acomp", "ROOT", "conj", "oprd", "amod", "advcl") or (t.tag == "VBN" and head.lemma != "be"):
            return
        if t.dep == "amod":
            return
        args = self.arguments(t)
        for p in _index().get(("adjective", t.lemma), ()):
            words = self._particles(t, p.rest)
            if words is not None:
                allowed = self._allowed(p.entry, args.get("subject", []), self._objects_of(args, words))
                yield Trigger(p.entry, t.index, (t.index, *words), None, specificity=_specificity(p), allowed=allowed)

    # ---- restrictions ----

    def _allowed(self, entry: Entry, subjects: list[Token], objects: list[Token]) -> bool:
        if entry.not_with & self.lemmas or (entry.with_word and not self._has_word(entry.with_word)):
            return False
        if entry.object and not any(self.matches(o, entry.object) for o in objects):
            return False
        if entry.not_object and any(self.matches(o, entry.not_object) for o in objects):
            return False
        if entry.subject and not any(self.matches(s, entry.subject) for s in subjects):
            return False
        return not (entry.not_subject and any(self.matches(s, entry.not_subject) for s in subjects))

    def _has_word(self, words: frozenset[str]) -> bool:
        if words & self.lemmas:
            return True
        return any("@actor" in words and self.names.get(t.index) for t in self.tree.tokens)

    def matches(self, t: Token, words: frozenset[str]) -> bool:
        """Is this noun one of `words`, by lemma, compound or class?"""
        if t.lemma in words or t.text.lower() in words:
            return True
        before = self.tree.tokens[t.index - 1] if t.index else None
        if before is not None and before.text == "-" and t.index > 1:
            before = self.tree.tokens[t.index - 2]
        if before is not None and f"{before.lemma} {t.lemma}" in words:
            return True
        parties = self.names.get(t.index, [])
        if "@actor" in words and parties:
            return True
        if "@person" in words and (t.lemma in _PERSON_WORDS or t.tag == "CD" or parties):
            return True
        if "@place" in words and t.tag == "NNP":
            return True
        if t.lemma in (
            "dozens",
            "dozen",
            "hundreds",
            "hundred",
            "thousands",
            "thousand",
            "number",
            "group",
            "series",
            "one",
            "some",
            "many",
            "most",
            "member",
            "piece",
            "lot",
        ):
            return any(self.matches(o, words) for _, o in self.tree.pobjs(t.index, "of"))
        return False

    # ---- overlaps ----

    def completed(self, trigger: Trigger, others: dict[int, Trigger]) -> bool:
        """Is this event noun only the object that completes another trigger ("signed an agreement")?"""
        if trigger.entry.part != "noun":
            return False
        token = self.tree.tokens[trigger.head]
        verb = self._verb_over(token)
        over = others.get(verb.index) if verb is not None else None
        return over is not None and bool(over.entry.object) and self.matches(token, over.entry.object)

    def _verb_over(self, noun: Token) -> Token | None:
        """The verb whose object, or object of a preposition, the noun is."""
        at = noun
        while at.dep == "conj" and at.head != at.index:
            at = self.tree.tokens[at.head]
        head = self.tree.tokens[at.head]
        if at.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.tag.startswith("VB"):
            return head
        if at.dep == "pobj":
            above = self.tree.tokens[head.head]
            return above if above.tag.startswith("VB") else None
        return None

    def _settle(self, best: dict[int, list[Trigger]]) -> list[Trigger]:
        """A verb that only carries an event noun gives way to it; a noun that completes a verb's entry gives way to the verb."""
        drop: set[int] = set()
        taken = {i for found in best.values() for t in found for i in t.tokens if i != t.head}
        for head, found in best.items():
            token = self.tree.tokens[head]
            if found[0].entry.part != "noun":
                continue
            verb = self._verb_over(token)
            if verb is None or verb.index not in best:
                continue
            over = best[verb.index][0]
            completes = bool(over.entry.object) and self.matches(token, over.entry.object)
            carried = found[0].carrier == verb.index
            if completes or (carried and over.entry.event_type == found[0].entry.event_type):
                drop.add(head)
            elif carried and over.entry.strength <= 0.8 and not over.entry.complement:
                drop.add(verb.index)
        out = []
        for head in sorted(best):
            if head not in drop and head not in taken:
                out += best[head]
        return out


def _specificity(p: _Pattern) -> int:
    e = p.entry
    return 3 * len(p.rest) + 2 * bool(e.object) + bool(e.subject) + bool(e.with_word) + (e.light is not None)


def _rank(t: Trigger) -> tuple[bool, int, float]:
    return t.allowed, t.specificity, t.entry.strength


def _prune(found: list[Trigger]) -> list[Trigger]:
    """Of all entries at one word, the most specific; two types stay only where both are as specific and as strong."""
    top = max(t.specificity for t in found)
    best: dict[str, Trigger] = {}
    for t in found:
        if t.specificity >= top and t.entry.event_type not in best:
            best[t.entry.event_type] = t
    ranked = sorted(best.values(), key=lambda t: -t.entry.strength)
    return [t for t in ranked if t.entry.strength >= ranked[0].entry.strength]
