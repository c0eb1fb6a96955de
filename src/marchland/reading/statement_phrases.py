"""Where do the phrases of the statement lexicon stand in a sentence?"""

from dataclasses import dataclass
from functools import cache

from marchland.lexicon.statement_words import GAP, Element, StatementEntry, statement_classes, statement_entries
from marchland.model.annotated import Name, Token
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses

_STOPS = frozenset({";", ":", "—", "–", "that", "which", "who", "but", "because"})  # a gap does not reach over them
_PARTIES = frozenset(
    {"person", "country", "org", "agent", "seat", "capital", "demonym", "pronoun"}
)  # kinds of name that speak


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fires, and on which words."""

    entry: StatementEntry
    head: int  # the word nearest the root
    tokens: tuple[int, ...]

    @property
    def first(self) -> int:
        """Token index of the first word."""
        return self.tokens[0]

    @property
    def last(self) -> int:
        """Token index of the last word."""
        return self.tokens[-1]


@cache
def _index() -> dict[str, tuple[tuple[StatementEntry, tuple[Element, ...], frozenset[str]], ...]]:
    """Patterns by each word with which they may begin, with the words that may come second where those are firm."""
    found: dict[str, list[tuple[StatementEntry, tuple[Element, ...], frozenset[str]]]] = {}
    for entry in statement_entries():
        for phrase in entry.phrases:
            firm = len(phrase) > 1 and not phrase[1].gap and not phrase[1].optional
            for word in sorted(phrase[0].words):
                found.setdefault(word, []).append((entry, phrase, phrase[1].words if firm else frozenset()))
    return {word: tuple(patterns) for word, patterns in found.items()}


@cache
def _speakers() -> frozenset[str]:
    """Lemmas of subjects that say something, though they name no party."""
    classes = statement_classes()
    return classes["analyst"] | classes["party_word"] | classes["writing"] | {"he", "she", "they", "we", "i", "who"}


class PhraseFinder:
    """Lays the entries of some kinds on one sentence."""

    def __init__(
        self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]], grounds: dict[int, str] | None = None
    ) -> None:
        self.tree = tree
        self.grounds = grounds or {}  # countries of named places, by the place's head word
        self.clauses = clauses
        self.names = names
        self.words = [frozenset({t.lemma, t.text.lower().replace("’", "'")}) for t in tree.tokens]
        self.all_words = frozenset(w for found in self.words for w in found)
        self.depth = _depths(tree)
        self._found: list[Match] | None = None

    def find(self, kinds: frozenset[str]) -> list[Match]:
        """Every match of these kinds in order; of one entry's matches at one word the longest, and none inside a longer one."""
        if self._found is None:
            self._found = self._everything()
        out = [m for m in self._found if m.entry.kind in kinds]
        return [m for m in out if not any(_hides(o, m) for o in out)]

    def _everything(self) -> list[Match]:
        index = _index()
        out: list[Match] = []
        for at, words in enumerate(self.words):
            best: dict[str, Match] = {}
            after = self.words[at + 1] if at + 1 < len(self.words) else frozenset()
            for word in sorted(words):
                for entry, phrase, second in index.get(word, ()):
                    if second and second.isdisjoint(after):
                        continue
                    tokens = self._lay(phrase, at)
                    if tokens is None or (entry.id in best and len(best[entry.id].tokens) >= len(tokens)):
                        continue
                    match = Match(entry, min(tokens, key=lambda i: (self.depth[i], i)), tokens)
                    if self._allowed(match):
                        best[entry.id] = match
            out += (best[k] for k in sorted(best))
        return out

    def _lay(self, phrase: tuple[Element, ...], start: int) -> tuple[int, ...] | None:
        """The tokens that the pattern takes from `start` on; None where it does not fit."""
        return fit(self.words, phrase, 0, start, ())

    def _allowed(self, match: Match) -> bool:
        entry, tokens = match.entry, self.tree.tokens
        if entry.not_with & self.all_words:
            return False
        after = self.words[match.last + 1] if match.last + 1 < len(tokens) else frozenset()
        before = self.words[match.first - 1] if match.first else frozenset()
        if entry.not_next & after or entry.not_before & before:
            return False
        head = tokens[match.head]
        if entry.object == "none" and self.tree.first(head.index, "dobj", "ccomp", "xcomp", "dative") is not None:
            return False
        if entry.tag and not head.tag.startswith(entry.tag):
            above = tokens[head.head]
            if not (entry.tag == "VB" and head.tag == "MD" and above.tag.startswith("VB")) and not (
                entry.tag in ("JJ", "NN", "IN", "VBN")
                and any(tokens[i].tag.startswith(entry.tag) for i in match.tokens)
            ):
                return False
        return self._subject_fits(match)

    def _subject_fits(self, match: Match) -> bool:
        """A verb that shows something has a thing as subject: neither a person nor a party."""
        if match.entry.subject == "any":
            return True
        subject = self.subject(self.tree.tokens[match.head])
        if subject is None:
            return False
        party = any(n.kind in _PARTIES for n in self.names.get(subject.index, ()))
        if match.entry.subject == "party":
            speaks = subject.tag in ("NNP", "NNPS", "WP") or subject.lemma in _speakers()
            return party or speaks or self._modified_by_party(subject)
        return not party and subject.tag not in ("NNP", "NNPS", "WP")

    def _modified_by_party(self, subject: Token) -> bool:
        """ "the Serbian side", "officials in Belgrade", "Kenya's ports authority": people or a body whose country is told."""
        below = self.tree.children[subject.index]
        return (subject.tag == "NNS" and any(self.names.get(c.index) for c in below)) or (
            subject.tag == "NN" and any(c.dep == "poss" and self.names.get(c.index) for c in below)
        )

    def subject(self, verb: Token) -> Token | None:
        """The logical subject of a verb."""
        found = self.clauses.arguments(verb).get("subject", []) if verb.tag.startswith(("VB", "MD", "JJ")) else []
        return found[0] if found else None


def _hides(longer: Match, shorter: Match) -> bool:
    """Does a longer phrase take the words of a shorter one?"""
    return len(longer.tokens) > len(shorter.tokens) and set(shorter.tokens) < set(longer.tokens)


def fit(
    words: list[frozenset[str]], phrase: tuple[Element, ...], element: int, at: int, taken: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The words that a pattern takes from `at` on, from one of its elements on; None where it does not fit."""
    if element == len(phrase):
        return taken
    here = phrase[element]
    if here.gap:
        for skip in range(GAP + 1):
            if at + skip >= len(words) or any(words[i] & _STOPS for i in range(at, at + skip)):
                return None
            found = fit(words, phrase, element + 1, at + skip, taken)
            if found is not None:
                return found
        return None
    if at < len(words) and here.words & words[at]:
        found = fit(words, phrase, element + 1, at + 1, (*taken, at))
        if found is not None:
            return found
    return fit(words, phrase, element + 1, at, taken) if here.optional else None


def _depths(tree: Tree) -> list[int]:
    depth = [-1] * len(tree.tokens)

    def reach(index: int) -> int:
        path = []
        at = index
        while depth[at] < 0:
            path.append(at)
            head = tree.tokens[at].head
            if head == at or head in path:
                depth[at] = 0
                path.pop()
                break
            at = head
        base = depth[at]
        for n, i in enumerate(reversed(path), 1):
            depth[i] = base + n
        return depth[index]

    for t in tree.tokens:
        reach(t.index)
    return depth
