"""Momentum: who has been busy lately, and what part of the next quarter's acts will be whose? Apart from level and stock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.influence.flow import acts
from marchland.influence.rows import OTHERS
from marchland.influence.sources import sources
from marchland.lexicon.shift_rules import MomentumRules, load_shift_rules
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event

Array = NDArray[np.float64]
_NAMED: Final = 6
_DRAWS: Final = 2000
_QUARTER: Final = 91.0  # days
_LEAST_NEXT: Final = 2.0  # discounted acts that a quarter is taken to bring at least


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentumRow:
    """One power's part of what outsiders lately did in the host."""

    host: str
    power: str  # or OTHERS
    domain: Domain | None  # None = all acts
    day: date
    acts: float  # what is left of the power's acts after fading
    share: float | None  # None = not enough evidence
    low: float | None  # interval of its part of the acts of the next quarter
    high: float | None


def momentum(
    events: Sequence[Event],
    documents: Sequence[Document],
    *,
    host: str,
    day: date,
    powers: Sequence[str] = (),
    domain: Domain | None = None,
    weights: Weights | None = None,
    rules: MomentumRules | None = None,
    origins: Mapping[str, str] | None = None,
    seed: int = 0,
) -> list[MomentumRow]:
    """Shares of recent acts on one day, with the interval of what the next quarter will show; "other outsiders" last.

    Args:
        powers: None = the six that were busiest.
        domain: None = all acts alike.
    """
    weights, rules = weights or load_weights(), rules or load_shift_rules().momentum
    found = sources(documents, origins, known_on=day)
    left: dict[str, float] = {}
    span = 0.0
    for a in acts(events, host, powers, weights, found):
        age = (day - a.day).days
        part = a.certainty * (a.domains.get(domain, 0.0) if domain else 1.0)
        if age >= 0 and part > 0:
            span = max(span, float(age))
            for power in a.powers:
                left[power] = left.get(power, 0.0) + part * 0.5 ** (age / rules.half_life_days)
    named = list(powers) or [p for _, p in sorted((-n, p) for p, n in left.items())[:_NAMED]]
    rest = sum(n for p, n in left.items() if p not in named)
    counts = np.array([*(left.get(p, 0.0) for p in named), rest])
    enough = float(counts.sum()) >= rules.least_acts
    share, low, high = next_quarter(counts, span, rules, np.random.default_rng(seed))
    return [
        MomentumRow(
            host=host,
            power=power,
            domain=domain,
            day=day,
            acts=float(counts[i]),
            share=float(share[i]) if enough else None,
            low=float(low[i]) if enough else None,
            high=float(high[i]) if enough else None,
        )
        for i, power in enumerate((*named, OTHERS))
    ]


def next_quarter(
    counts: Array, span: float, rules: MomentumRules, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Mean share of each category, and the interval of its part of the next quarter's acts.

    Past and coming acts are both discounted: what is to come has noise of its own, and a share that was seldom seen is often
    none of a quarter.

    Args:
        counts: Faded acts of each category.
        span: Days since the oldest act.
    """
    alpha = rules.concentration / len(counts) + rules.discount * counts
    gamma = rng.standard_gamma(np.broadcast_to(alpha, (_DRAWS, len(alpha))))
    true = gamma / np.maximum(gamma.sum(1, keepdims=True), 1e-300)
    life = rules.half_life_days / np.log(2)
    days = max(life * (1 - np.exp(-max(span, 1.0) / life)), 1.0)  # of undiminished acts that the faded ones stand for
    coming = max(_LEAST_NEXT, rules.discount * float(counts.sum()) * _QUARTER / days)
    seen = rng.poisson(coming * true)
    part = seen / np.maximum(seen.sum(1, keepdims=True), 1)
    tail = (1 - rules.interval) / 2
    low, high = np.quantile(part, (tail, 1 - tail), axis=0)
    share = alpha / alpha.sum()
    return share, np.minimum(low, share), np.maximum(high, share)
