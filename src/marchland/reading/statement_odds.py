"""How sure does a proposition sound: its hedge words, their range of probability, whether it is denied, and until when it reaches."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from marchland.lexicon.schema import Hedge
from marchland.lexicon.verbs import hedges
from marchland.model.annotated import Time, Token
from marchland.model.dates import DateRange
from marchland.model.tree import Tree

_ODDS = ("predicted", "hypothetical", "certainty", "doubt")
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "hardly", "scarcely"})
_FIRM = 0.9  # certainty of a proposition told without any hedge
_PLAIN = frozenset({("will",), ("shall",), ("would",)})
_BARE = frozenset({("will",), ("shall",), ("would",), ("indeed",), ("likely",), ("unlikely",)})


@cache
def _index() -> dict[str, tuple[Hedge, ...]]:
    found: dict[str, list[Hedge]] = {}
    for hedge in hedges():
        found.setdefault(hedge.words[0], []).append(hedge)
    return {word: tuple(sorted(some, key=lambda h: -len(h.words))) for word, some in found.items()}


def hedged(tokens: Sequence[Token]) -> list[tuple[int, Hedge]]:
    """Hedges of a sentence, each with the index of its first word; longer ones hide the shorter ones inside them."""
    low = [t.text.lower().replace("’", "'") for t in tokens]
    out: list[tuple[int, Hedge]] = []
    at = 0
    while at < len(low):
        found = next((h for h in _index().get(low[at], ()) if tuple(low[at : at + len(h.words)]) == h.words), None)
        if found is not None:
            out.append((at, found))
        at += len(found.words) if found is not None else 1
    return out


def inside(found: Iterable[tuple[int, Hedge]], tokens: set[int]) -> list[Hedge]:
    """Those that begin inside a proposition."""
    return [h for i, h in found if i in tokens]


def probability(found: Sequence[Hedge], *, denied: bool = False) -> tuple[float, float] | None:
    """How probable the hedges make the thing foretold, without its negation: "will not" is low; None = no word says."""
    told = [h for h in found if h.effect in _ODDS and h.low is not None and h.high is not None]
    best = max(
        told,
        key=lambda h: (
            h.words not in _BARE or h.words[0] in ("likely", "unlikely"),
            h.effect != "certainty",
            len(h.words),
        ),
        default=None,
    )
    if best is None or best.low is None or best.high is None:
        return None
    return (round(1 - best.high, 4), round(1 - best.low, 4)) if denied else (best.low, best.high)


def likely(found: Sequence[Hedge]) -> bool:
    """Do words beyond a bare "will" say how probable a thing is?"""
    return any(h.effect in _ODDS and h.words not in _PLAIN and h.high is not None and h.high < 1 for h in found)


def certainty(found: Sequence[Hedge]) -> float:
    """The middle of the weakest hedge's range; firm where there is none."""
    told = [
        (h.low + h.high) / 2
        for h in found
        if h.effect in ("certainty", "hypothetical", "alleged", "doubt") and h.low is not None and h.high is not None
    ]
    return round(min([*told, _FIRM]), 4)


def denied(tree: Tree, head: int, inside_match: set[int]) -> bool:
    """Is the proposition negated by a word of its own that is no part of the entry?"""
    near = [head, *(c.index for c in tree.having(head, "attr", "acomp", "xcomp", "nsubj", "nsubjpass", "dobj"))]
    return any(
        c.index not in inside_match
        and c.text.lower() in _NEGATIONS
        and not _contrasts(tree, c.index)
        and c.dep in ("neg", "det", "advmod", "preconj", "nsubj")
        for index in near
        for c in tree.children[index]
    )


def _contrasts(tree: Tree, index: int) -> bool:
    """ "not because", "not only": the negation is of a reason, not of the proposition."""
    after = tree.tokens[index + 1].lemma if index + 1 < len(tree.tokens) else ""
    return after in ("because", "only", "just", "merely", "least", "so", "surprisingly")


def horizon(times: Iterable[Time], tokens: set[int], written: date | None) -> DateRange | None:
    """The days by which a forecast comes true, where its words tell any that were still to come."""
    found = [t.range for t in times if t.head in tokens and t.range.end and (written is None or t.range.end > written)]
    return max(found, key=lambda r: r.end or date.max, default=None)
