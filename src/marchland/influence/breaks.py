"""Does a monthly series change its level, when, and how sure is it? Clipped months against block-shuffled series.

Two families. *Rate*: acts of a month, against what was covered that month; what a month has beyond `burst` times the mean counts
no more, so that a burst does not pass for a new level. *Part*: how many of a month's acts are of one sort, such as coercive. A
series is asked for its best single change; the stretches on both sides are asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from marchland.lexicon.shift_rules import FlowRules

Array = NDArray[np.float64]
Family = Literal["rate", "part"]
_TINY: Final = 1e-12
_MANY: Final = 100.0  # acts a month
_SPLIT: Final = 5  # a stretch is split further where its change is this many times surer than an alarm has to be


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One change of level. Months are indices into the series."""

    month: int  # the first of the new level
    low: int  # interval of the month
    high: int
    before: float  # acts a month at mean coverage, or part
    after: float
    probability: float  # P(shift): that the stretch has a change at all
    p: float  # part of block-shuffled series with as strong a change
    start: int  # the stretch that was looked at: [start, end)
    end: int


def gains(counts: Array, whole: Array, family: Family, rules: FlowRules) -> Array:
    """Log likelihood gained by a change at each month, for stacked series (series x months); -inf where it is not allowed."""
    months, least = counts.shape[-1], rules.least_months
    out = np.full(counts.shape, -np.inf)
    if months < 2 * least:
        return out
    allowed = slice(least, months - least + 1)
    cut = slice(least - 1, months - least)
    if family == "part":
        k, n = np.cumsum(counts, -1), np.cumsum(whole, -1)
        k_all, n_all, k1, n1 = k[..., -1:], n[..., -1:], k[..., cut], n[..., cut]
        split = _binomial(k1, n1) + _binomial(k_all - k1, n_all - n1)
        out[..., allowed] = rules.discount * (split - _binomial(k_all, n_all))
        return out
    even = _even(counts, whole)
    mean = np.maximum(even.mean(-1, keepdims=True), _TINY)
    value = np.minimum(even / mean, rules.burst)
    sums, n = np.cumsum(value, -1), np.arange(1.0, months + 1)
    total, first, long = sums[..., -1:], sums[..., cut], n[cut]
    between = long * (months - long) / months * (first / long - (total - first) / (months - long)) ** 2
    spread = ((value - total / months) ** 2).sum(-1, keepdims=True)
    left = np.maximum(spread - between, months * _chance(mean, rules.burst))
    out[..., allowed] = months / 2 * np.log1p(np.divide(between, left, out=np.zeros_like(between), where=left > _TINY))
    return out


def _chance(mean: Array, burst: float) -> Array:
    """The variance that chance alone (Poisson) gives a clipped month: a series that looks steadier is luck."""
    means, back = np.unique(mean, return_inverse=True)
    found = np.array([_clipped_poisson(m, burst) for m in means.tolist()])
    return np.asarray(found[back].reshape(mean.shape))


def _clipped_poisson(mean: float, burst: float) -> float:
    """Variance of min(X / mean, burst), X Poisson."""
    if mean > _MANY:
        return 1 / mean  # the clip is far out in the tail
    counts = np.arange(int(burst * mean) + 2)
    logs = counts * log(mean) - mean - np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])
    odds = np.exp(logs)
    value = np.minimum(counts / mean, burst)
    rest = max(0.0, 1 - float(odds.sum()))  # of all counts beyond the clip
    first = float(odds @ value) + rest * burst
    return max(float(odds @ value**2) + rest * burst**2 - first**2, 0.0)


def _even(counts: Array, whole: Array) -> Array:
    """Acts a month as if every month had been covered alike; nothing where nothing was covered."""
    mean = whole.mean(-1, keepdims=True)
    return np.asarray(np.divide(counts * mean, whole, out=np.zeros(counts.shape), where=whole > _TINY))


def _binomial(k: Array, n: Array) -> Array:
    """Log likelihood of k of n at the part that fits best."""
    part = np.divide(k, n, out=np.zeros(np.broadcast(k, n).shape), where=n > _TINY)
    yes, no = k * np.log(np.maximum(part, _TINY)), np.maximum(n - k, 0.0) * np.log(np.maximum(1 - part, _TINY))
    return np.asarray(yes + no)


def shuffles(months: int, block: int, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Orders of the months (draws x months) in which blocks of neighbours stay together; the last may be shorter."""
    blocks = [np.arange(i, min(i + block, months)) for i in range(0, months, block)]
    return np.stack([np.concatenate([blocks[i] for i in rng.permutation(len(blocks))]) for _ in range(draws)])


def breaks(counts: Array, whole: Array, family: Family, rules: FlowRules, rng: np.random.Generator) -> list[Break]:
    """The strongest change of the series and of the stretches beside it; each has a p-value, none is judged yet."""
    least = rules.least_acts if family == "rate" else rules.least_acts_posture
    stretches, out = [(0, len(counts))], []
    while stretches:
        start, end = stretches.pop(0)
        own, cover = counts[start:end], whole[start:end]
        acts = own.sum() if family == "rate" else cover.sum()
        if acts < least or end - start < 2 * rules.least_months:
            continue
        found = _strongest(own, cover, family, rules, rng, start)
        if found is None:
            continue
        out.append(found)
        if found.p <= rules.false_discovery / _SPLIT and found.probability >= rules.probability:
            sides = (start, found.month), (found.month, end)
            stretches += [s for s in sides if s[1] - s[0] >= rules.split_months]
    return sorted(out, key=lambda b: b.month)


def _strongest(
    counts: Array, whole: Array, family: Family, rules: FlowRules, rng: np.random.Generator, start: int
) -> Break | None:
    gain = gains(counts, whole, family, rules)
    best = float(gain.max())
    if not np.isfinite(best) or best <= _TINY:
        return None
    order = shuffles(len(counts), rules.block_months, rules.shuffles, rng)
    chance = gains(counts[order], whole[order], family, rules).max(-1)
    month = int(gain.argmax())
    odds, low, high = _posterior(gain, rules)
    before, after = levels(counts, whole, month, family)
    return Break(
        month=start + month,
        low=start + min(low, month),
        high=start + max(high, month),
        before=before,
        after=after,
        probability=odds,
        p=(1 + int((chance >= best - 1e-9).sum())) / (1 + rules.shuffles),
        start=start,
        end=start + len(counts),
    )


def levels(counts: Array, whole: Array, month: int, family: Family = "rate") -> tuple[float, float]:
    """Acts a month at mean coverage, or part, before a month and from it on."""
    level = _even(counts, whole) if family == "rate" else counts
    under = np.ones(len(counts)) if family == "rate" else whole
    before, after = (float(level[s].sum() / max(under[s].sum(), _TINY)) for s in (slice(month), slice(month, None)))
    return before, after


def _posterior(gain: Array, rules: FlowRules) -> tuple[float, int, int]:
    """P(shift), and the interval of its month: unit information prior (BIC), every month as likely beforehand."""
    months = np.flatnonzero(np.isfinite(gain))
    best = float(gain.max())
    weights = np.exp(gain[months] - best)
    evidence = best + log(float(weights.mean())) - log(len(gain)) / 2
    odds = evidence + log(rules.prior / max(1 - rules.prior, _TINY))
    below = np.cumsum(weights) / weights.sum()
    tail = (1 - rules.interval) / 2
    low, high = (int(months[min(int(np.searchsorted(below, at)), len(months) - 1)]) for at in (tail, 1 - tail))
    return 1 / (1 + float(np.exp(-np.clip(odds, -500, 500)))), low, high


def drop(counts: Array, whole: Array, less: Array, found: Break, family: Family, rules: FlowRules) -> float:
    """How much log likelihood the change loses without some acts: `less` of them in each month; below 0 = it gains.

    With fewer acts of a sort there are fewer acts in all, so for parts the whole shrinks too.
    """
    stretch, at = slice(found.start, found.end), found.month - found.start
    own, cover = counts[stretch], whole[stretch]
    rest = np.maximum(own - less[stretch], 0.0)
    under = cover if family == "rate" else np.maximum(cover - (own - rest), 0.0)
    return float(gains(own, cover, family, rules)[at] - gains(rest, under, family, rules)[at])


def false_discoveries(p: Sequence[float]) -> list[float]:
    """The least false discovery rate at which each would still be an alarm (Benjamini and Hochberg)."""
    order = sorted(range(len(p)), key=lambda i: -p[i])
    out, least = [1.0] * len(p), 1.0
    for rank, i in enumerate(order):
        least = min(least, p[i] * len(p) / (len(p) - rank))
        out[i] = least
    return out
