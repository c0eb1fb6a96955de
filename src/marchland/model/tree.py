"""Small questions about a dependency parse: children, conjuncts, the left part of a noun phrase."""

from collections.abc import Iterator

from marchland.model.annotated import Token

LEFT_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "quantmod", "det"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WITHIN_NAME = ("conj", "compound", "amod", "poss", "nmod", "appos")
NAME_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})


class Tree:
    """A sentence's tokens with their children."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.children: list[list[Token]] = [[] for _ in tokens]
        for t in tokens:
            if t.head != t.index:
                self.children[t.head].append(t)

    def having(self, index: int, *deps: str) -> Iterator[Token]:
        """Children of a token with one of `deps`."""
        return (c for c in self.children[index] if c.dep in deps)

    def first(self, index: int, *deps: str) -> Token | None:
        """The first such child."""
        return next(self.having(index, *deps), None)

    def conjuncts(self, index: int) -> list[Token]:
        """A token and all that is coordinated with it."""
        out = [self.tokens[index]]
        for t in out:
            out.extend(self.having(t.index, "conj"))
        return out

    def subtree(self, index: int) -> Iterator[Token]:
        """A token and everything below it."""
        todo = [self.tokens[index]]
        while todo:
            t = todo.pop()
            yield t
            todo.extend(self.children[t.index])

    def ancestors(self, index: int) -> Iterator[Token]:
        """Heads upwards, the token itself left out."""
        t = self.tokens[index]
        while t.head != t.index:
            t = self.tokens[t.head]
            yield t

    def pobjs(self, index: int, *preps: str) -> Iterator[tuple[str, Token]]:
        """(preposition, object) pairs under a token; nested ones ("out of") are reached too."""
        for p in self.children[index]:
            if p.dep in ("prep", "agent", "dative", "prt", "pcomp", "advmod"):
                if not preps or p.lemma in preps:
                    for o in self.having(p.index, "pobj"):
                        yield p.lemma, o
                    for clause in self.having(p.index, "pcomp"):  # "a deal with Dushanbe pledging to ..."
                        for o in self.having(clause.index, "nsubj"):
                            yield p.lemma, o
                for inner, o in self.pobjs(p.index):
                    if not preps or inner in preps:
                        yield inner, o

    def left_edge(self, index: int) -> int:
        """Where the noun phrase's own words begin: its head with contiguous left modifiers."""
        edge = index
        for t in sorted(self.children[index], key=lambda c: -c.index):
            if t.index < edge and t.dep in NAME_MODIFIERS:
                edge = min(edge, *(x.index for x in self.subtree(t.index)))
        return edge


def slot_of(tree: Tree, index: int) -> str:
    """The slot in which a phrase stands: subject, object, after a preposition, owner."""
    t = tree.tokens[index]
    if t.dep == "poss":
        return "poss"
    while t.dep in _WITHIN_NAME and t.head != t.index:
        t = tree.tokens[t.head]
    if t.dep in _SUBJECTS:
        return "subject"
    if t.dep == "pobj":
        prep = tree.tokens[t.head]
        return "agent" if prep.dep == "agent" else f"p-{prep.lemma}"
    return "object" if t.dep in ("dobj", "dative", "attr") else "other"
