"""Which words of a sentence are told together? Clauses set side by side by a semicolon share neither parties nor dates."""

from marchland.model.annotated import Token
from marchland.model.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def stretches(tree: Tree) -> tuple[int, ...]:
    """For each token the number of its stretch; a semicolon ends one only where a finite verb stands on both sides."""
    parts = _cut(tree.tokens)
    finite = [any(t.tag in _FINITE for t in part) for part in parts]
    out: list[int] = []
    number = 0
    for i, part in enumerate(parts):
        if i and finite[i] and any(finite[:i]):
            number += 1
        out += [number] * len(part)
    return tuple(out)


def _cut(tokens: tuple[Token, ...]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for t in tokens:
        parts[-1].append(t)
        if t.text == ";":
            parts.append([])
    return [p for p in parts if p]
