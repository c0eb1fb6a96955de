"""What is read off the encoder's vectors: the acts that a word tells, and how a second word goes with an act."""

from math import log2

import numpy as np

from marchland.encoder.transformer import gelu
from marchland.encoder.weights import Array, weights

_FARTHEST = 7  # sentences
_SAME = 12  # steps of distance within a sentence, to each side


def act_log_odds(vectors: Array) -> Array:
    """For each word the log-odds that it tells an act of each type; shape (words, 16), the types in the order of `EventType`."""
    w = weights()
    hidden = gelu(vectors @ w["act.in"].T + w["act.in bias"])
    out: Array = hidden @ w["act.out"].T + w["act.out bias"]
    return out


def pair_scores(head: str, act: Array, others: Array, kind: int, steps: list[int]) -> Array:
    """Scores of words beside one act; shape (words, answers of the head)."""
    w = weights()
    joined = (
        act @ w[f"{head}.act"].T
        + w[f"{head}.act bias"]
        + others @ w[f"{head}.other"].T
        + w[f"{head}.kind"][kind]
        + w[f"{head}.step"][np.array(steps, dtype=np.int64)]
        + (act @ w[f"{head}.act times"].T) * (others @ w[f"{head}.other times"].T)
    )
    out: Array = gelu(joined) @ w[f"{head}.out"].T + w[f"{head}.out bias"]
    return out


def none_scores(act: Array) -> Array:
    """Scores of "no day is told", "no country could be named" and "nobody that is named" for one word; shape (3,)."""
    w = weights()
    out: Array = act @ w["none"].T + w["none bias"]
    return out


def step(words: int, back: int) -> int:
    """How far a second word stands: in words within the act's sentence (after it: positive), else in sentences back."""
    if back:
        return 2 * _SAME + min(back, _FARTHEST)
    near = min(int(log2(abs(words) + 1) * 2), _SAME - 1)
    return near if words < 0 else _SAME + near
