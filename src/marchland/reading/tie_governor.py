"""What do the verb or noun above a tie noun say becomes of the tie: opened, kept, ended?"""

from dataclasses import dataclass, replace

from marchland.lexicon.tie_words import tie_acts
from marchland.model.annotated import Token
from marchland.model.tree import Tree
from marchland.reading.clauses import is_passive

OBJECTS = ("dobj", "nsubjpass", "attr", "oprd", "dative")
_SAYING = frozenset({"report", "say", "believe", "think", "know", "understand", "allege", "rumour", "suspect"})
_UNDER_NOUN = frozenset({"of", "for", "on", "at", "to", "from", "in", "with", "about"})
_UNDER_ACT = frozenset({"of", "for", "on", "at", "from", "to", "in"})
_HIGHEST = 6  # words up which a noun's governor is looked for


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that says what becomes of a tie noun."""

    does: str | None  # opens, confirms, ends; None = says nothing of it
    verb: Token | None  # the verb above, if any
    place: str | None  # object or subject of that verb
    noun: Token | None  # an act noun in between: "closure", "withdrawal"


@dataclass(slots=True)
class _Climb:
    """Where the climb from a tie noun stands, and what it has met."""

    at: Token
    noun: Token | None = None
    does: str | None = None
    through: bool = False  # through a noun that is no act: "a treaty on the base"

    def past(self, above: Token, prep: str | None) -> None:
        """Go up to a noun; an act noun says what becomes of the tie."""
        acts = tie_acts().nouns
        if self.does is None and above.lemma in acts and (prep is None or prep in _UNDER_ACT):
            self.does, self.noun = acts[above.lemma], above
        self.through = self.through or prep is not None
        self.at = above


def governor(tree: Tree, t: Token) -> Governor:
    """What stands over a tie noun."""
    climb = _Climb(t)
    for _ in range(_HIGHEST):
        at = climb.at
        head = tree.tokens[at.head]
        if head.index == at.index:
            break
        if at.dep in ("conj", "appos"):
            climb.at = head
        elif at.dep in OBJECTS or at.dep in ("nsubj", "csubj"):
            if not head.tag.startswith("VB") and not (head.dep == "ROOT" and head.tag.startswith("NN")):
                break
            found = _under_verb(tree, at, head, climb.noun, climb.does)
            return _kept(tree, t, found, through=climb.through)
        elif at.dep == "pobj":
            above, chain = _over_preposition(tree, head)
            if above.tag.startswith("VB"):
                does = climb.does or tie_acts().verbs["object"].get(f"{above.lemma} {chain}")
                return Governor(does, above, "object" if does else None, climb.noun)
            if not above.tag.startswith("NN") or head.lemma not in _UNDER_NOUN:
                break
            climb.past(above, head.lemma)
        elif at.dep in ("compound", "nmod", "poss", "amod") and head.tag.startswith("NN"):
            climb.past(head, None)
        else:
            break
    return Governor(climb.does, None, None, climb.noun)


def _over_preposition(tree: Tree, prep: Token) -> tuple[Token, str]:
    """The word over a preposition, and the prepositions in between: "fly out of"."""
    chain, above = [prep.lemma], tree.tokens[prep.head]
    while above.dep in ("prep", "advmod", "prt") and above.tag in ("IN", "RP", "RB", "TO"):
        chain.insert(0, above.lemma)
        above = tree.tokens[above.head]
    return above, " ".join(chain)


def _under_verb(tree: Tree, at: Token, verb: Token, noun: Token | None, does: str | None) -> Governor:
    place = "object" if at.dep in OBJECTS or (at.dep == "nsubj" and is_passive(tree, verb)) else "subject"
    if does is not None:
        return Governor(does, verb, place, noun)
    inner = tree.first(verb.index, "xcomp")
    if verb.lemma in _SAYING and inner is not None:  # "are reported to be in", "is said to have been closed"
        verb, place = inner, "object" if is_passive(tree, inner) else "subject"
    table = tie_acts().verbs[place]
    follow = [c.lemma for c in tree.children[verb.index] if c.dep in ("prt", "prep", "advmod")]
    two = [
        f"{verb.lemma} {c.lemma} {x.lemma}"
        for c in tree.children[verb.index]
        if c.dep == "prep"
        for x in tree.having(c.index, "pobj")
    ]
    phrases = [*two, *(f"{verb.lemma} {p}" for p in follow)]
    for phrase in phrases:
        if phrase in table:
            return Governor(table[phrase], verb, place, noun)
    return Governor(table.get(verb.lemma), verb, place, noun)


def _kept(tree: Tree, t: Token, found: Governor, *, through: bool) -> Governor:
    """ "signed a treaty on the Russian base": what is signed opens no tie that the text takes for granted."""
    owned = any(c.dep == "poss" or c.text.lower() == "the" for c in tree.children[t.index])
    return (
        replace(found, does="confirms") if through and owned and found.noun is None and found.does == "opens" else found
    )
