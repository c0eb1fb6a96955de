"""What the encoder of long texts says of an act, laid beside what the words' own weights say.

Both give log-odds: the encoder has seen what a word means in its passage, the weights know the lexicon, the grammar and the names.
How much each counts was chosen on the development articles of `eval/articles/`.
"""

from collections.abc import Sequence
from math import exp, log

from marchland.model.annotated import Name
from marchland.reading.features import Scene
from marchland.reading.triggers import Trigger

_ACT = (0.3, 0.7)  # weight of the words' log-odds, and of the encoder's
_SIDE = (0.5, 0.5)
_TINY = 1e-6

type Odds = tuple[float, ...]


class Sensed:
    """One sentence as the encoder sees it; without an encoder everything stays as it is."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.passages = scene.passages

    def odds(self, trigger: Trigger) -> float:
        """The encoder's log-odds that the words tell an act of their type; far below zero where it does not look."""
        if self.passages is None:
            return float("-inf")
        kind = trigger.entry.event_type.value
        return max(self.passages.acts(self.scene.spot(i)).get(kind, float("-inf")) for i in trigger.tokens)

    def act(self, trigger: Trigger, by_words: float) -> float:
        """The log-odds of an act."""
        found = self.odds(trigger)
        return by_words if found == float("-inf") else _ACT[0] * by_words + _ACT[1] * found

    def sides(self, trigger: Trigger, names: Sequence[Name], by_words: Sequence[Odds]) -> list[Odds]:
        """For each party the probabilities of its being no side, the actor, the recipient."""
        if self.passages is None or not names:
            return list(by_words)
        spots = [self.scene.spot(n.head) for n in names]
        found = self.passages.roles(self.scene.spot(trigger.head), trigger.entry.event_type.value, spots)
        return [p if scores is None else _joined(p, scores) for p, scores in zip(by_words, found, strict=True)]


def _joined(p: Odds, scores: Odds) -> Odds:
    """Probabilities and scores of the same answers as one set of probabilities."""
    both = [_SIDE[0] * log(max(a, _TINY)) + _SIDE[1] * b for a, b in zip(p, log_shares(scores), strict=True)]
    return tuple(exp(x) for x in log_shares(both))


def log_shares(scores: Sequence[float]) -> list[float]:
    """Scores as log-probabilities."""
    top = max(scores)
    total = top + log(sum(exp(s - top) for s in scores))
    return [s - total for s in scores]
