"""What one statement record is made of, and both sides of an "either ... or"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from marchland.model.tree import Tree
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import Unit
from marchland.reading.told_at import Scene

_FAR = 10  # words between two readings joined by "or"


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one statement record is made of."""

    kind: str
    unit: Unit
    match: Match
    trigger: tuple[int, int]  # token indexes, both included
    confidence: float
    side: str | None = None  # which reading of an "either ... or"


def readings(scene: Scene, p: Proposition) -> Iterator[Proposition]:
    """Both sides of "either ... or" and of "unable or unwilling"; else the one reading."""
    tokens = scene.tree.tokens
    pair = _pair(scene.tree, [m for m in p.unit.matches if m.entry.kind == p.kind])
    if pair is not None:
        for side, m in zip("ab", pair, strict=True):
            yield replace(p, match=m, trigger=(m.first, m.last), side=side)
        return
    split = next((i for i in p.match.tokens if tokens[i].lemma == "or" and p.match.first < i < p.match.last), None)
    if split is not None:
        first = p.match.first + (tokens[p.match.first].lemma == "either")
        yield replace(p, trigger=(first, split - 1), side="a")
        yield replace(p, trigger=(split + 1, p.match.last), side="b")
        return
    inner = p.unit.tokens | set(p.match.tokens)
    either = next(
        (t.index for t in tokens if t.lemma in ("either", "whether") and (t.index in inner or t.head in inner)), None
    )
    other = next((t.index for t in tokens if either is not None and t.index > either and t.lemma == "or"), None)
    if either is None or other is None or other + 1 >= len(tokens):
        yield p
        return
    if p.match.last < either - _FAR:
        yield p  # the words weigh something of their own, told before
    yield replace(p, trigger=(either + 1, max(either + 1, other - 1)), side="a")
    yield replace(p, trigger=(other + 1, min(other + 2, len(tokens) - 1)), side="b")


def _pair(tree: Tree, found: Iterable[Match]) -> tuple[Match, Match] | None:
    """Two phrases of one kind that "or" joins."""
    same = sorted(found, key=lambda m: m.first)
    for left in same:
        for right in same:
            between = range(left.last + 1, right.first)
            near = left.first < right.first and len(between) <= _FAR
            if near and any(tree.tokens[i].lemma == "or" for i in between) and _joined(tree, left, right):
                return left, right
    return None


def _joined(tree: Tree, left: Match, right: Match) -> bool:
    """Are two phrases coordinated with each other: one's word is a conjunct of the other's?"""
    ours = set(left.tokens)
    heads = [tree.tokens[i] for i in right.tokens if tree.tokens[i].dep == "conj"]
    return any(t.head in ours or tree.tokens[t.head].head in ours for t in heads)
