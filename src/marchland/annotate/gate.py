"""Is a text worth parsing? A cheap look at its words and names, so that sport, business and weather cost next to nothing.

Two steps: a learned guess over the words of each paragraph whether it tells a political act at all, and for each sentence
whether it holds a word that may tell one and someone who may do it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from marchland.annotate.gazetteer import Mark
from marchland.lexicon.linear import Binary

POLITICAL_FROM = (
    0.18  # probability from which a paragraph is read; chosen to lose about one in a hundred texts that tell acts
)
_COUNTED = ("country", "demonym", "combining", "capital", "seat", "org", "person", "agent", "place")


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides what is parsed."""

    trigger_words: frozenset[str]  # every inflected form of a word that may tell a record
    weights: Binary | None = None  # None = every paragraph is taken for political

    def opens(self, lowered: frozenset[str], marks: list[Mark]) -> bool:
        """Could this sentence hold a record?"""
        return bool(marks) and not lowered.isdisjoint(self.trigger_words)

    def political(self, lowered: frozenset[str], marks: Iterable[Mark]) -> bool:
        """Could this paragraph, its headline included, tell a political act?"""
        if self.weights is None:
            return True
        return self.weights.probability(gate_features(lowered, marks)) >= POLITICAL_FROM


def gate_features(lowered: frozenset[str], marks: Iterable[Mark]) -> list[str]:
    """Features of a paragraph: its words, and how many names of each kind it holds."""
    counts = dict.fromkeys(_COUNTED, 0)
    political = 0
    for mark in marks:
        entity = mark.entities[0]
        counts[entity.kind] += 1
        political += entity.agent is not None and entity.agent.political
    out = ["bias", f"politicalagents={min(political, 3)}"]
    out += [f"word={w}" for w in lowered if w.isalpha()]
    out += [f"{kind}={min(n, 3)}" for kind, n in counts.items()]
    return out
