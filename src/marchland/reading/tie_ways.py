"""How do two words of a sentence hang together? Ways through the tree, for the features of ties."""

from collections.abc import Iterator

from marchland.model.annotated import Token
from marchland.model.tree import Tree

_NEAR = 3  # steps in the tree within which words stand around a cue
_FAR = 6  # steps from which on two words have nothing to do with each other


def steps(tree: Tree, a: int, b: int) -> tuple[list[Token], list[Token]]:
    """The way from one token up to the common ancestor, and from the other up to it, the ancestor left out."""
    up = [tree.tokens[a], *tree.ancestors(a)]
    place = {t.index: i for i, t in enumerate(up)}
    other: list[Token] = []
    for t in (tree.tokens[b], *tree.ancestors(b)):
        if t.index in place:
            return up[: place[t.index]], other
        other.append(t)
    return up, other


def relation(tree: Tree, cue: int, index: int) -> str:
    """How a party hangs together with a cue: dependency labels up and down, prepositions by name."""
    up, down = steps(tree, cue, index)
    if len(up) + len(down) > _FAR:
        return "far"
    named = [_label(t) for t in down]
    return "^".join(_label(t) for t in up) + ">" + "<".join(n for n in named if n)


def _label(t: Token) -> str:
    if t.dep == "pobj":
        return ""
    if t.dep in ("prep", "agent", "dative"):
        return t.lemma
    if t.dep in ("amod", "compound", "nmod", "npadvmod"):
        return "mod"
    return t.dep


_IN_PHRASE = frozenset({"conj", "amod", "compound", "nmod", "poss", "appos", "npadvmod"})


def coordinated(tree: Tree, a: int, b: int | None) -> bool:
    """Are two parties joined in one phrase: "Helsinki, Stockholm and Copenhagen", "Pretoria's soldiers and Kigali's"?"""
    if b is None:
        return False
    up, down = steps(tree, a, b)
    deps = [t.dep for t in (*up, *down)]
    return "conj" in deps and set(deps) <= _IN_PHRASE


def clause_of(tree: Tree, index: int) -> int:
    """The verb whose clause a word stands in; the root where there is none."""
    t = tree.tokens[index]
    while not t.tag.startswith("VB") and t.head != t.index:
        t = tree.tokens[t.head]
    return t.index


def clause_way(tree: Tree, cue: int, index: int) -> str:
    """Where the clause of a party stands to that of the cue: the same, above, below, beside."""
    a, b = clause_of(tree, cue), clause_of(tree, index)
    if a == b:
        return "same"
    over_a, over_b = {t.index for t in tree.ancestors(a)}, {t.index for t in tree.ancestors(b)}
    return f"above-{tree.tokens[a].dep}" if b in over_a else f"below-{tree.tokens[b].dep}" if a in over_b else "beside"


def near(tree: Tree, index: int) -> Iterator[tuple[Token, int]]:
    """Tokens within a few steps, with their distance."""
    seen = {index}
    ring = [tree.tokens[index]]
    for distance in range(1, _NEAR + 1):
        following = []
        for t in ring:
            for x in (*tree.children[t.index], tree.tokens[t.head]):
                if x.index not in seen and x.dep != "punct":
                    seen.add(x.index)
                    following.append(x)
                    yield x, distance
        ring = following
