"""Made-up histories: a few busy pairs whose rates wander, many quiet ones."""

import numpy as np

from marchland.forecast.history import History, history

FIRST = 735_000  # a day in 2013


def made(*, days: int = 400, actors: int = 24, acts: int = 9000, seed: int = 0) -> History:
    """A history in which pairs differ in how often and in which way they act."""
    rng = np.random.default_rng(seed)
    names = tuple(f"A{i:02d}" for i in range(actors))
    size = 1 / (np.arange(actors) + 1.5)
    a, b = (rng.choice(actors, acts, p=size / size.sum()) for _ in range(2))
    kind = (a * 5 + b * 3 + rng.integers(3, size=acts)) % 17  # 16 is no class
    day = FIRST + rng.integers(days, size=acts)
    return history(names, np.arange(actors), a=a, b=b, day=day, kind=kind)
