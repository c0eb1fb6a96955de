"""Share, level and their doubt: Dirichlet shares with resampled outlets, claims and weights, a few days at a time.

Cells are powers x domains, the last power being the other outsiders; `draws` says what lies on the last axis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.influence.carried import Carried
from marchland.influence.draws import Draws, draw
from marchland.influence.posture import posture
from marchland.influence.stock import Standing, probabilities
from marchland.influence.weighed import Weighed, ordinals
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain

Array = NDArray[np.float64]
_AT_ONCE: Final = 24  # days whose draws are worked on together, at 100 kB each and array


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Numbers by day, each array days x powers x domains; `total`, `records` and `amount` are days x domains."""

    stock: Array
    flow: Array
    posture: Array
    total: Array  # the sum of the Dirichlet's parameters
    share: Array
    share_low: Array
    share_high: Array
    level: Array
    level_low: Array
    level_high: Array
    doubt: Array  # days x 4 x powers x domains
    records: NDArray[np.int64]
    amount: Array


def readings(
    acts: Weighed,
    held: Sequence[Standing],
    days: Sequence[date],
    domains: Sequence[Domain],
    weights: Weights,
    *,
    column: Mapping[str, int],
    outlets: int,
    foresight: bool,
    seed: int,
) -> Reading:
    """Read every day of `days`, which run forward.

    Args:
        column: The place of each named power; every other has the place after them.
    """
    dirichlet = np.random.default_rng(seed + 1)
    columns = len(column) + 1
    held = sorted(held, key=lambda s: column.get(s.power, len(column)))
    draws = draw(acts.lucks, held, weights, outlets, np.random.default_rng(seed))
    odds = probabilities(held, days, weights)
    if foresight:
        known = np.array([s.known.toordinal() if s.known else 0 for s in held])
        odds = np.where(ordinals(days)[:, None] < known, 0.0, odds)
    stock = _Stock(held, odds, draws, domains=domains, weights=weights, column=column)
    flow = Carried(acts, draws, days, columns)
    records = ((odds > 0) @ stock.weighs).astype(np.int64) + acts.fresh(days)
    out = []
    for first in range(0, len(days), _AT_ONCE):
        span = slice(first, min(first + _AT_ONCE, len(days)))
        count = span.stop - first
        faded, signed = flow.next(count)
        shape = (count, columns, len(domains))
        measured = stock.on(span).reshape(*shape, -1), faded.reshape(*shape, -1), signed.reshape(shape)
        out.append(_read(*measured, records[span], weights=weights, draws=draws, domains=domains, rng=dirichlet))
    return Reading(**{f.name: np.concatenate([getattr(r, f.name) for r in out]) for f in fields(Reading)})


class _Stock:
    """S of every draw: by probability, or by luck where the claims are drawn."""

    def __init__(
        self,
        held: Sequence[Standing],
        odds: Array,
        draws: Draws,
        *,
        domains: Sequence[Domain],
        weights: Weights,
        column: Mapping[str, int],
    ) -> None:
        """Ties come in the order of their powers' columns."""
        size = [weights.stock[s.kind].typical * s.magnitude * s.split for s in held]
        parts = [[w * s.domains.get(d, 0.0) for d in domains] for s, w in zip(held, size, strict=True)]
        self._parts = np.array(parts).reshape(len(held), len(domains))
        self.weighs = (self._parts > 0).astype(float)  # ties x domains: 1 where it weighs
        self._odds, self._draws = odds, draws
        self._wide = (len(column) + 1) * len(domains)
        self._groups = _groups([column.get(s.power, len(column)) for s in held], len(domains))

    def on(self, span: slice) -> Array:
        """Days x cells x draws."""
        draws = self._draws
        out = np.zeros((span.stop - span.start, self._wide, draws.ties.shape[1]))
        for own, mine in self._groups:
            rows, same = _distinct(self._odds[span, own])
            odds, parts = self._odds[span, own][rows], self._parts[own].T
            drawn = (odds[:, None] * parts) @ draws.ties[own]
            for block in (draws.everything, draws.claims):
                stands = draws.chance[own, block] < odds[:, :, None]
                drawn[..., block] = parts @ (draws.ties[own, block] * stands)
            out[:, mine] = drawn[same]
        return out


def _distinct(odds: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The days on which the odds change, and for each day the place of the last such day: ties stand for years."""
    changed = np.ones(len(odds), bool)
    changed[1:] = (odds[1:] != odds[:-1]).any(1)
    return np.flatnonzero(changed), np.cumsum(changed) - 1


def _groups(places: Sequence[int], wide: int) -> list[tuple[slice, slice]]:
    """Records and cells of each power; small products keep the linear algebra on one core, where it is fastest."""
    out = []
    for place in sorted(set(places)):
        first = places.index(place)
        out.append((slice(first, first + places.count(place)), slice(place * wide, (place + 1) * wide)))
    return out


def _read(
    stock: Array,
    flow: Array,
    signed: Array,
    records: NDArray[np.int64],
    *,
    weights: Weights,
    draws: Draws,
    domains: Sequence[Domain],
    rng: np.random.Generator,
) -> Reading:
    all_, own = draws.everything, (..., 0)
    base = weights.concentration / stock.shape[1]
    alpha = weights.psi_flow * flow
    alpha += weights.psi_stock * stock
    alpha += base
    total = alpha[own].sum(1)
    share = alpha[own] / total[:, None]
    # Drawn by day, draw and cell, so that a day's draws do not hang on how many days are worked on together.
    shape = np.ascontiguousarray(np.moveaxis(alpha[..., all_], -1, 1))
    gamma = np.ascontiguousarray(np.moveaxis(rng.standard_gamma(np.maximum(shape, 1e-9)), 1, -1))
    gamma /= gamma.sum(1, keepdims=True)
    share_ends = _ends(gamma, weights.interval)
    exposure = np.log1p([weights.exposure[d] for d in domains])[:, None]
    level = np.log1p(stock[..., : all_.stop] + weights.delta * flow[..., : all_.stop]) / exposure
    level_ends = _ends(level[..., all_], weights.interval)
    spread = [_spread(alpha[..., b] / alpha[..., b].sum(1, keepdims=True)) for b in draws.alone]
    doubt = np.stack([*spread, share * (1 - share) / (total[:, None] + 1)], axis=1)
    return Reading(
        stock=stock[own],
        flow=flow[own],
        posture=posture(signed, flow[own]),
        total=total,
        share=share,
        share_low=np.minimum(share_ends[0], share),
        share_high=np.maximum(share_ends[1], share),
        level=level[own],
        level_low=np.minimum(level_ends[0], level[own]),
        level_high=np.maximum(level_ends[1], level[own]),
        doubt=doubt / np.maximum(doubt.sum(1, keepdims=True), 1e-300),
        records=records,
        amount=(stock[own] + weights.delta * flow[own]).sum(1),
    )


def _ends(drawn: Array, interval: float) -> tuple[Array, Array]:
    """The interval of drawn values (draws last), as `numpy.quantile` has it, at a third of its price for small arrays."""
    most = drawn.shape[-1] - 1
    ranks = [tail * most for tail in ((1 - interval) / 2, (1 + interval) / 2)]
    ordered = np.sort(drawn, axis=-1)
    low, high = ((1 - at % 1) * ordered[..., int(at)] + at % 1 * ordered[..., min(int(at) + 1, most)] for at in ranks)
    return low, high


def _spread(values: Array) -> Array:
    """Variance over the draws."""
    off = values - values.mean(-1, keepdims=True)
    return np.asarray(np.einsum("...i,...i->...", off, off) / values.shape[-1])
