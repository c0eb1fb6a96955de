"""What do the verb or noun above a tie noun say becomes of the tie: opened, kept, ended?"""

from dataclasses import dataclass, replace

from marchland.lexicon.tie_words import tie_acts
from marchland.model.annotated import Token
from marchland.model.tree import Tree
from marchland.reading.clauses import is_passive

OBJECTS = ("dobj", "nsubjpass", "attr", "oprd", "dative")
_SAYING = frozenset({"report", "say", "believe", "think", "know", "understand", "allege", "rumour", "suspect"})
_UNDER_NOUN = frozenset({"of", "for", "on", "at", "to", "from", "in", "with", "about"})


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that says what becomes of a tie noun."""

    does: str | None  # opens, confirms, ends; None = says nothing of it
    verb: Token | None  # the verb above, if any
    place: str | None  # object or subject of that verb
    noun: Token | None  # an act noun in between: "closure", "withdrawal"


def governor(tree: Tree, t: Token) -> Governor:
    """What stands over a tie noun."""
    acts, at = tie_acts(), t
    noun: Token | None = None
    does: str | None = None
    through = False
    for _ in range(6):
        head = tree.tokens[at.head]
        if head.index == at.index:
            break
        if at.dep == "conj":
            at = head
            continue
        if at.dep in OBJECTS or at.dep in ("nsubj", "csubj"):
            if not head.tag.startswith("VB") and not (head.dep == "ROOT" and head.tag.startswith("NN")):
                break
            return _kept(tree, t, _under_verb(tree, at, head, noun, does), through=through)
        if at.dep == "pobj":
            chain = [head.lemma]
            above = tree.tokens[head.head]
            while above.dep in ("prep", "advmod", "prt") and above.tag in ("IN", "RP", "RB", "TO"):
                chain.insert(0, above.lemma)
                above = tree.tokens[above.head]
            if above.tag.startswith("VB"):
                found = acts.verbs["object"].get(" ".join((above.lemma, *chain))) if does is None else does
                return Governor(found, above, "object" if found else None, noun)
            if not above.tag.startswith("NN") or head.lemma not in _UNDER_NOUN:
                break
            if (
                does is None
                and above.lemma in acts.nouns
                and head.lemma in ("of", "for", "on", "at", "from", "to", "in")
            ):
                does, noun = acts.nouns[above.lemma], above
            through = True
            at = above
        elif at.dep in ("compound", "nmod", "poss", "amod") and head.tag.startswith("NN"):
            if does is None and head.lemma in acts.nouns:
                does, noun = acts.nouns[head.lemma], head
            at = head
        elif at.dep == "appos":
            at = head
        else:
            break
    return Governor(does, None, None, noun)


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
