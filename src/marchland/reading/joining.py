"""Which words of a sentence tell an act that is joined to another: after it, because of it, in return for it?"""

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Token
from marchland.model.tree import Tree


def joined(tree: Tree, index: int) -> bool:
    """Does a word tell an act that the words above it join to another: "in return for the release", "after it had left", "then left"?"""
    t = tree.tokens[index]
    if t.tag.startswith("NN"):
        return under_joining(tree, t)
    words = statement_classes()
    if t.dep == "pcomp":
        return tree.tokens[t.head].lemma in words["joining"]
    if any(c.lemma in words["sequence"] for c in tree.having(index, "advmod")):
        return True
    return t.dep == "advcl" and any(
        c.lemma in words["joining"] or c.text.lower() == "having" for c in tree.having(index, "mark", "advmod", "aux")
    )


def under_joining(tree: Tree, noun: Token) -> bool:
    """Does a noun stand under "after", "in response to", "in return for", or in a list that does?"""
    while noun.dep == "conj" and tree.tokens[noun.head].tag.startswith("NN") and noun.head != noun.index:
        noun = tree.tokens[noun.head]
    if noun.dep != "pobj":
        return False
    prep = tree.tokens[noun.head]
    return prep.lemma in statement_classes()["joining"] or (
        prep.dep == "prep" and joining_noun(tree, tree.tokens[prep.head])
    )


def joining_noun(tree: Tree, t: Token) -> bool:
    """The noun of "in return for", "in the wake of"?"""
    definite = any(tree.having(t.index, "det"))
    return t.dep == "pobj" and t.lemma in statement_classes()["joining_the" if definite else "joining_noun"]


def connects(tree: Tree, t: Token) -> bool:
    """ "In exchange, they gave way": do the words only join, and tell no act of their own?"""
    bare = joining_noun(tree, t) and not any(tree.having(t.index, "det", "amod", "poss", "compound"))
    return bare and t.lemma != "protest" and tree.tokens[t.head].lemma in ("in", "as")
