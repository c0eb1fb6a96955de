"""Which of the dates told so far does the story stand at: the last one of an act, not one of an aside?

"In June 2021 Lithuania, a member since 2004, recalled its envoy" stands at June 2021: 2004 is told of something else. A bare
month, "a week later" or "that year" in what follows leans on where the story stands.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marchland.model.annotated import Sentence, Time, Token
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind
from marchland.model.tree import Tree

_LONGEST = timedelta(days=366)  # what takes longer is no step of a story
_NAMING = frozenset({"compound", "nmod", "poss", "amod", "nummod"})  # "the 2014 treaty"
_OF_NAME = frozenset({"of", "from", "since", "under", "until", "by"})  # "the coup of 2014", "a lease until 2026"
_OF_TIME = frozenset(
    "night evening morning afternoon day eve dawn week weekend month year beginning end course start".split()
)
_OWN_CLAUSE = frozenset({"relcl", "acl", "appos", "csubj", "parataxis"})
_TOGETHER = frozenset({"when", "as", "while", "once"})  # what they open is told of the same time
_BOUND = re.compile(
    r"\b(?:since|until|till|by|from|before|after|prior to|up to|no later than|through|between|post|pre|than)[\s-]+"
    r"(?:the\s+)?(?:(?:very\s+)?(?:early|mid|late|end|beginning|start|middle|spring|summer|autumn|fall|winter)[\s-]+(?:of\s+|in\s+)?)?$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:ever\s+)?(?:since|until|till|by|from|before|after)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have)\b|['’]ve\b", re.IGNORECASE)
_CLAUSE = 60  # characters around a duration in which an unparsed sentence may say "has" or "have"
_BESIDE = re.compile(r"\b(?:after|before)$")  # "three days after ...": counted from the date of the act beside it
_LOOKED_BACK = 44  # characters before a date in which a word may bound it
_NO_STORY = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.PUBLICATION})
_OPENING_TAGS = frozenset({"IN", "DT", "CC", "RB", "JJ", "CD", "LS", ",", "."})
_LONGEST_OPENING = 4  # words: "But in late ..."
_AHEAD_OF_PAST = frozenset({"would", "should", "could", "might"})
_PRESENT_TAGS = frozenset({"MD", "VB", "VBP", "VBZ"})  # of a verb or its helper


class Told(StrEnum):
    """Of what a date is told."""

    ACT = "act"  # the sentence's own past act: the story has come to it
    BEFORE = "before"  # an act before the story: "had signed"
    BOUND = "bound"  # what bounds an act or a state: "by June", "until 2026"
    EARLIER = "earlier"  # an aside on what was before the act beside it: "which had signed"
    OTHER = "other"  # any other aside
    AHEAD = "ahead"  # what lay ahead of an act: "agreed that it would leave", "agreed to leave"
    NOW = "now"  # what is, has been or will be


class Teller:
    """Says of one sentence's dates of what they are told. A sentence that is not parsed has no asides but bounds."""

    def __init__(self, sentence: Sentence, text: str) -> None:
        self.lo, self.hi = sentence.span.start, sentence.span.end
        self.text = text
        self.tree = Tree(sentence.tokens) if sentence.tokens else None

    def told(self, start: int, end: int) -> Told:
        """Of what is the date between two offsets told?"""
        found = Told.ACT if self.tree is None else _by_syntax(self.tree, start, end)
        if found not in (Told.ACT, Told.BEFORE):
            return found
        bound = _BOUND.search(self.text, max(self.lo, start - _LOOKED_BACK), start)
        return Told.BOUND if bound or _OPEN.match(self.text, start, end) else found

    def opens_clause(self, at: int) -> bool:
        """Does the word at an offset open a clause ("after it had signed") and not a phrase ("after the vote")?"""
        return any(t.start == at and t.dep == "mark" for t in self._tokens)

    def in_one_aside(self, first: int, second: int) -> bool:
        """Do the words at two offsets stand in one relative or adverbial clause?"""
        one, other = self._aside(first), self._aside(second)
        return one is not None and one == other

    def _aside(self, at: int) -> int | None:
        word = next((t for t in self._tokens if t.start <= at < t.end), None)
        if self.tree is None or word is None:
            return None
        above = (word, *self.tree.ancestors(word.index))
        return next((t.index for t in above if t.tag.startswith("VB") and _is_aside(self.tree, t)), None)

    def goes_on(self, at: int) -> bool:
        """Does the clause of the word at an offset tell what has been so up to now?"""
        word = next((t for t in self._tokens if t.start <= at < t.end), None)
        if self.tree is None or word is None:
            return bool(_PERFECT.search(self.text, max(self.lo, at - _CLAUSE), min(self.hi, at + _CLAUSE)))
        verb = next((t for t in (word, *self.tree.ancestors(word.index)) if t.tag.startswith("VB")), None)
        return verb is not None and bool({"has", "have", "’ve", "'ve"} & _helpers(self.tree, verb).keys())

    @property
    def is_present(self) -> bool:
        """Does the main clause tell the present, or what holds up to it? A look ahead leaves the story where it is."""
        root = next((t for t in self._tokens if t.dep == "ROOT"), None)
        if self.tree is None or root is None:
            return False
        tags = {root.tag, *(t.tag for t in self.tree.having(root.index, "aux", "auxpass"))}
        return "MD" not in tags and bool(tags & {"VBZ", "VBP"})

    @property
    def _tokens(self) -> tuple[Token, ...]:
        return self.tree.tokens if self.tree else ()


def _by_syntax(tree: Tree, start: int, end: int) -> Told:
    own = [t for t in tree.tokens if start <= t.start and t.end <= end]
    if not own:
        return Told.OTHER  # a bracket, kept from the parser
    found = _climbed(tree, own)
    root = next((t for t in tree.tokens if t.dep == "ROOT"), None)
    if found in (Told.OTHER, Told.EARLIER) and root and root.tag.startswith("VB") and _opens(tree, own[0].index):
        return _by_tense(tree, root)
    return found


def _climbed(tree: Tree, own: list[Token]) -> Told:
    """From the top word of a date up to the clause that it dates; an attribute or a clause of its own on the way is an aside."""
    depth = {t.index: sum(1 for _ in tree.ancestors(t.index)) for t in own}
    top = min(own, key=lambda o: (depth[o.index], o.index))
    verb: Token | None = None
    for t in (top, *tree.ancestors(top.index)):
        head = tree.tokens[t.head]
        if t.tag.startswith("VB") and t.dep not in ("amod", "compound"):
            if any(c.index > own[-1].index for c in tree.having(t.index, "mark")):
                continue  # "on 16 March, days after they had come, ...": it stands before the clause on which it was hung
            verb = verb or t
            if _is_aside(tree, t):
                return Told.EARLIER if "had" in _helpers(tree, verb) else Told.OTHER
            if t.dep == "conj" and _starts_anew(tree, t):
                break
        elif (t.dep in _NAMING and head.tag.startswith("NN") and head.index not in depth) or (
            t.dep == "prep" and head.tag.startswith("NN") and t.lemma in _OF_NAME and head.lemma not in _OF_TIME
        ):
            return Told.OTHER
    return _by_tense(tree, verb)


def _is_aside(tree: Tree, t: Token) -> bool:
    return t.dep in _OWN_CLAUSE or (t.dep == "advcl" and not _at_once(tree, t))


def _starts_anew(tree: Tree, verb: Token) -> bool:
    """ "..., and on 17 April a builder signed": after a comma a clause with its own subject stands for itself, whatever it hangs on."""
    subject = tree.first(verb.index, "nsubj", "nsubjpass")
    joins = [c for c in tree.having(verb.head, "cc") if c.index < verb.index]
    return subject is not None and bool(joins) and tree.tokens[joins[-1].index - 1].text in (",", ";")


def _opens(tree: Tree, first: int) -> bool:
    """Does a date open its sentence? It is told of the main clause then, whatever the parser hangs it on."""
    return first <= _LONGEST_OPENING and all(t.tag in _OPENING_TAGS for t in tree.tokens[:first])


def _at_once(tree: Tree, t: Token) -> bool:
    marks = {c.text.lower() for c in tree.children[t.index] if c.dep in ("advmod", "mark")}
    return bool(marks & _TOGETHER) or (not marks and t.tag == "VBG")


def _by_tense(tree: Tree, verb: Token | None) -> Told:
    if verb is None:
        return Told.OTHER  # no clause: a heading, a list
    helpers = _helpers(tree, verb)
    tags = {t.tag for t in helpers.values()}
    if "had" in helpers:
        return Told.BEFORE
    if "TO" in tags:
        above = next(
            (a for a in tree.ancestors(verb.index) if a.tag.startswith("VB") and not _infinitive(tree, a)), None
        )
        return Told.NOW if above is None or _is_present(tree, above) else Told.AHEAD
    if helpers.keys() & _AHEAD_OF_PAST:
        return Told.AHEAD
    return Told.NOW if _is_present(tree, verb) else Told.ACT


def _infinitive(tree: Tree, verb: Token) -> bool:
    return any(t.tag == "TO" for t in _helpers(tree, verb).values())


def _is_present(tree: Tree, verb: Token) -> bool:
    """Does a verb tell what is, what will be, or what has been up to now?"""
    helpers = _helpers(tree, verb)
    tags = {t.tag for t in helpers.values()}
    return "did" not in helpers and bool(tags & _PRESENT_TAGS or (verb.tag in _PRESENT_TAGS and not tags & {"VBD"}))


def _helpers(tree: Tree, verb: Token) -> dict[str, Token]:
    """The verb's auxiliaries by their words; a conjunct without any takes those of the verb before it."""
    while True:
        found = {c.text.lower(): c for c in tree.having(verb.index, "aux", "auxpass")}
        before = tree.tokens[verb.head]
        same = verb.dep == "conj" and verb.tag == "VBN" and not any(tree.having(verb.index, "nsubj", "nsubjpass"))
        if found or not same:
            return found
        verb = before


@dataclass(frozen=True, slots=True)
class Storyline:
    """Where the story stands between two sentences."""

    previous: DateRange | None = None  # what "that year" means
    act: DateRange | None = None  # the last act told with a date; None = none, or the text has come back to the present
    paragraph: int | None = None  # of `act`

    def act_in(self, sentence: Sentence, written: date | None) -> DateRange | None:
        """The act on which a bare month of this sentence leans; across paragraphs only where the day of writing is unknown."""
        return self.act if written is None or self.paragraph == sentence.paragraph else None

    def after(self, sentence: Sentence, found: list[Time], text: str, written: date | None) -> "Storyline":
        """Where it stands when a sentence with these dates is told."""
        if sentence.block in _NO_STORY:
            return self
        teller = Teller(sentence, text)
        dated = [
            t
            for t in found
            if t.range.start
            and t.range.end
            and not _in_brackets(text, t.span.start)
            and not _BESIDE.search(t.range.text or "")
        ]
        steps = [(t.range, teller.told(t.span.start, t.span.end)) for t in dated if _is_step(t.range, written)]
        acts = [r for r, of in steps if of is Told.ACT]
        leaned = [r for r, of in steps if of in (Told.ACT, Told.BEFORE)]
        if acts:
            return Storyline(leaned[-1], acts[-1], sentence.paragraph)
        here = self.act is not None and self.paragraph == sentence.paragraph
        if leaned:
            previous: DateRange | None = leaned[-1]
        elif dated and not (here and _is_older(_unbound(dated, text).range, self.act)):
            previous = _unbound(dated, text).range
        else:
            previous = self.previous
        return Storyline(previous, None if here and teller.is_present else self.act, self.paragraph)


def _is_older(aside: DateRange, act: DateRange | None) -> bool:
    """An aside from before the act looks back; a later one has taken the story with it."""
    return bool(act and act.start and aside.start and aside.start <= act.start)


def _is_step(found: DateRange, written: date | None) -> bool:
    if found.start is None or found.end is None or found.end - found.start > _LONGEST:
        return False
    return written is None or found.start <= written


def _unbound(dated: list[Time], text: str) -> Time:
    """The last date, better one that does not bound a lasting state ("in force since July")."""
    return next((t for t in reversed(dated) if not _OPEN.match(text, t.span.start)), dated[-1])


def _in_brackets(text: str, start: int) -> bool:
    opened = max(text.rfind(mark, max(0, start - 160), start) for mark in "([")
    return opened >= 0 and not any(mark in text[opened:start] for mark in ")]")
