"""Does a monthly series change its level, when, and how sure is it? Discounted counts against block-shuffled series.

Two families. *Rate*: acts of a month, against what was covered that month (Poisson). *Part*: how many of a month's acts are of
one sort, such as coercive (binomial). A series is asked for its best single change; the stretches on both sides are asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma, log
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from marchland.lexicon.shift_rules import FlowRules

Array = NDArray[np.float64]
Family = Literal["rate", "part"]
_TINY: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One change of level. Months are indices into the series."""

    month: int  # the first of the new level
    low: int  # interval of the month
    high: int
    before: float  # acts per unit covered, or part
    after: float
    probability: float  # P(shift): that the stretch has a change at all, by discounted counts
    p: float  # part of block-shuffled series with as strong a change
    start: int  # the stretch that was looked at: [start, end)
    end: int


def gains(counts: Array, whole: Array, least: int, family: Family) -> Array:
    """Log likelihood gained by a change at each month, for stacked series (series x months); -inf where it is not allowed."""
    months = counts.shape[-1]
    out = np.full(counts.shape, -np.inf)
    if months < 2 * least:
        return out
    cut = slice(least - 1, months - least)
    k, n = np.cumsum(counts, -1), np.cumsum(whole, -1)
    k_all, n_all = k[..., -1:], n[..., -1:]
    k1, n1 = k[..., cut], n[..., cut]
    gain = _fit(k1, n1, family) + _fit(k_all - k1, n_all - n1, family) - _fit(k_all, n_all, family)
    out[..., least : months - least + 1] = gain
    return out


def _fit(k: Array, n: Array, family: Family) -> Array:
    """Log likelihood of the best single level, up to what all splits share."""
    level = np.divide(k, n, out=np.zeros(np.broadcast(k, n).shape), where=n > _TINY)
    out = k * np.log(np.maximum(level, _TINY))
    if family == "part":
        rest = np.maximum(n - k, 0.0)
        out = out + rest * np.log(np.maximum(1 - level, _TINY))
    return np.asarray(out)


def shuffles(months: int, block: int, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Orders of the months (draws x months) in which blocks of neighbours stay together; the last may be shorter."""
    blocks = [np.arange(i, min(i + block, months)) for i in range(0, months, block)]
    return np.stack([np.concatenate([blocks[i] for i in rng.permutation(len(blocks))]) for _ in range(draws)])


def breaks(counts: Array, whole: Array, family: Family, rules: FlowRules, rng: np.random.Generator) -> list[Break]:
    """The changes of one series, strongest of each stretch; every one has a p-value, none is judged yet.

    A stretch is split further only where its change would be an alarm on its own.
    """
    least = rules.least_acts if family == "rate" else rules.least_acts_posture
    stretches, out = [(0, len(counts))], []
    while stretches:
        start, end = stretches.pop(0)
        of = counts[start:end], whole[start:end]
        acts = of[0].sum() if family == "rate" else of[1].sum()
        if acts < least or end - start < 2 * rules.least_months:
            continue
        found = _strongest(*of, family, rules, rng, start)
        if found is None:
            continue
        out.append(found)
        if found.p <= rules.false_discovery / 5 and found.probability >= rules.probability:
            sides = (start, found.month), (found.month, end)
            stretches += [s for s in sides if s[1] - s[0] >= rules.split_months]
    return sorted(out, key=lambda b: b.month)


def _strongest(
    counts: Array, whole: Array, family: Family, rules: FlowRules, rng: np.random.Generator, start: int
) -> Break | None:
    gain = gains(counts, whole, rules.least_months, family)
    best = float(gain.max())
    if not np.isfinite(best) or best <= _TINY:
        return None
    order = shuffles(len(counts), rules.block_months, rules.shuffles, rng)
    chance = gains(counts[order], whole[order], rules.least_months, family).max(-1)
    p = (1 + int((chance >= best - 1e-9).sum())) / (1 + rules.shuffles)
    month = int(gain.argmax())
    odds, low, high = _posterior(counts, whole, family, rules)
    level = [_level(counts[s], whole[s]) for s in (slice(None, month), slice(month, None))]
    return Break(
        month=start + month,
        low=start + min(low, month),
        high=start + max(high, month),
        before=level[0],
        after=level[1],
        probability=odds,
        p=p,
        start=start,
        end=start + len(counts),
    )


def _level(counts: Array, whole: Array) -> float:
    total = float(whole.sum())
    return float(counts.sum()) / total if total > _TINY else 0.0


def _posterior(counts: Array, whole: Array, family: Family, rules: FlowRules) -> tuple[float, int, int]:
    """P(shift) by discounted counts, and the interval of its month; every month is as likely beforehand."""
    least, months = rules.least_months, len(counts)
    k, n = np.cumsum(counts), np.cumsum(whole)
    level = max(_level(counts, whole), _TINY)

    def marginal(acts: float, covered: float) -> float:
        acts, covered = rules.discount * acts, rules.discount * covered
        if family == "part":  # Beta(1/2, 1/2)
            return _beta(0.5 + acts, 0.5 + max(covered - acts, 0.0)) - _beta(0.5, 0.5)
        return 0.5 * log(0.5 / level) - lgamma(0.5) + lgamma(0.5 + acts) - (0.5 + acts) * log(0.5 / level + covered)

    none = marginal(float(k[-1]), float(n[-1]))
    cuts = range(least, months - least + 1)
    at = np.array(
        [marginal(float(k[c - 1]), float(n[c - 1])) + marginal(float(k[-1] - k[c - 1]), float(n[-1] - n[c - 1])) for c in cuts]
    )
    weights = np.exp(at - at.max())
    factor = log(float(weights.mean())) + float(at.max()) - none
    odds = factor + log(rules.prior / max(1 - rules.prior, _TINY))
    below = np.cumsum(weights) / weights.sum()
    tail = (1 - rules.interval) / 2
    low, high = int(np.searchsorted(below, tail)), int(np.searchsorted(below, 1 - tail))
    return 1 / (1 + float(np.exp(-np.clip(odds, -500, 500)))), cuts[low], cuts[min(high, len(cuts) - 1)]


def _beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def influence_of_each(counts: Array, whole: Array, found: Break, family: Family, discount: float) -> Array:
    """How much log likelihood the change gains by one unit of each month's acts; below 0 = it speaks against the change."""
    stretch = slice(found.start, found.end)
    cut = found.month - found.start

    def gain(k: Array) -> float:
        n = whole[stretch] if family == "rate" else whole[stretch] + (k - counts[stretch])
        parts = [(k[:cut].sum(), n[:cut].sum()), (k[cut:].sum(), n[cut:].sum()), (k.sum(), n.sum())]
        first, second, both = (_fit(np.array([a]), np.array([b]), family)[0] for a, b in parts)
        return float(first + second - both)

    own = counts[stretch]
    whole_gain = gain(own)
    out = np.zeros(len(counts))
    for i in np.flatnonzero(own > 0):
        less = own.copy()
        less[i] = max(less[i] - 1.0, 0.0)
        out[found.start + i] = discount * (whole_gain - gain(less))
    return out


def false_discoveries(p: Sequence[float]) -> list[float]:
    """The least false discovery rate at which each would still be an alarm (Benjamini and Hochberg)."""
    order = sorted(range(len(p)), key=lambda i: -p[i])
    out, least = [1.0] * len(p), 1.0
    for rank, i in enumerate(order):
        least = min(least, p[i] * len(p) / (len(p) - rank))
        out[i] = least
    return out
