"""In which policy fields does an act fall? Weighted words of its paragraph, by PLOVER context."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from marchland.lexicon.verbs import context_words

_THRESHOLD = 2  # summed weights; one strong word or two weak ones (lexicon/ontology/contexts.csv)


@cache
def _index() -> dict[str, tuple[tuple[tuple[str, ...], str, int], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for w in context_words():
        found.setdefault(w.words[0], []).append((w.words, w.context, w.weight))
    return {k: tuple(v) for k, v in found.items()}


def contexts(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Contexts that the words of a paragraph speak for, by name."""
    words = tuple(lemmas)
    score: Counter[str] = Counter()
    seen: set[tuple[tuple[str, ...], str]] = set()
    for i, word in enumerate(words):
        for pattern, context, weight in _index().get(word, ()):
            if words[i : i + len(pattern)] == pattern and (pattern, context) not in seen:
                seen.add((pattern, context))
                score[context] += weight
    return tuple(sorted(c for c, s in score.items() if s >= _THRESHOLD))
