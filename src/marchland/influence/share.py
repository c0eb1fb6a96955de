"""Share, level and their doubt, for all periods at once: Dirichlet shares with resampled outlets, claims and weights.

Cells are powers x domains, the last power being the other outsiders. Every draw is one row of one array: the first row is
the reading itself, then follow the draws of everything together, then those in which one thing alone varies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from marchland.influence.flow import Act
from marchland.influence.posture import posture
from marchland.influence.stock import Standing
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType, TieKind

Array = NDArray[np.float64]
_FRESH = 5  # half-lives after which an act no longer counts towards the floor of records


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Numbers of one day, each array powers x domains; `records` and `amount` by domain."""

    stock: Array
    flow: Array
    posture: Array
    total: Array  # by domain: the sum of the Dirichlet's parameters
    share: Array
    share_low: Array
    share_high: Array
    level: Array
    level_low: Array
    level_high: Array
    doubt: Array  # 4 x powers x domains
    records: NDArray[np.int64]
    amount: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Random factors, fixed over time so that periods are comparable: rows are draws, columns records."""

    acts: Array  # outlets x claims x weights, certainty included
    ties: Array  # outlets x weights
    chance: Array  # uniform; where claims are drawn, a tie stands where it lies under its probability
    blocks: tuple[slice, slice, slice, slice]  # everything, outlets, claims, weights


def readings(
    found: Sequence[Act],
    held: Sequence[Standing],
    days: Sequence[date],
    powers: Sequence[str],
    domains: Sequence[Domain],
    weights: Weights,
    *,
    outlets: int,
    foresight: bool,
    seed: int,
) -> list[Reading]:
    """Read every day of `days`, which run forward."""
    dirichlet = np.random.default_rng(seed + 1)
    column = {p: i for i, p in enumerate(powers)}
    shape = (len(powers) + 1, len(domains))
    held = sorted(held, key=lambda s: column.get(s.power, len(column)))
    groups = _groups([column.get(s.power, len(column)) for s in held], len(domains))
    draws = _draws(found, held, weights, outlets, np.random.default_rng(seed))
    per_act = _cells([a.powers for a in found], [a.domains for a in found], column, domains)
    per_act *= np.array([weights.flow[a.event_type].score * a.split for a in found])[:, None]
    per_tie = _cells([(s.power,) for s in held], [s.domains for s in held], column, domains)
    per_tie *= np.array([weights.stock[s.kind].typical * s.magnitude * s.split for s in held])[:, None]
    flows = _Flows(found, per_act, draws.acts, weights, foresight=foresight)
    out = []
    for day in days:
        odds = np.array([_odds(s, day, weights, foresight=foresight) for s in held])
        stock = _stock(odds, per_tie, draws, groups)
        flow, signed = flows.on(day)
        fresh = flows.fresh(day)
        records = _counted(per_tie[odds > 0], shape) + _counted(per_act[fresh], shape)
        rows = (-1, *shape)
        measured = stock.reshape(rows), flow.reshape(rows), signed.reshape(shape)
        out.append(_read(*measured, records, weights=weights, draws=draws, domains=domains, rng=dirichlet))
    return out


def _stock(odds: Array, cells: Array, draws: Draws, groups: list[tuple[slice, slice]]) -> Array:
    """S of every draw (draws x cells): by probability, or by luck where the claims are drawn."""
    out = np.zeros((len(draws.ties), cells.shape[1]))
    for own, mine in groups:
        out[:, mine] = draws.ties[:, own] @ (odds[own, None] * cells[own, mine])
        for block in (draws.blocks[0], draws.blocks[2]):
            stands = draws.chance[block, own] < odds[own]
            out[block, mine] = (draws.ties[block, own] * stands) @ cells[own, mine]
    return out


def _groups(places: Sequence[int], wide: int) -> list[tuple[slice, slice]]:
    """Records and cells of each power; small products keep the linear algebra on one core, where it is fastest."""
    out = []
    for place in sorted(set(places)):
        first = places.index(place)
        out.append((slice(first, first + places.count(place)), slice(place * wide, (place + 1) * wide)))
    return out


def _counted(cells: Array, shape: tuple[int, int]) -> NDArray[np.int64]:
    """How many records weigh in each domain."""
    return np.asarray((cells.reshape(len(cells), *shape).sum(1) > 0).sum(0), dtype=np.int64)


def _odds(held: Standing, day: date, weights: Weights, *, foresight: bool) -> float:
    if foresight and held.known and day < held.known:
        return 0.0
    return held.probability(day, weights)


def _cells(
    who: Sequence[Sequence[str]], where: Sequence[object], column: dict[str, int], domains: Sequence[Domain]
) -> Array:
    """Records x cells: 1 per power times the part of each domain."""
    out = np.zeros((len(who), len(column) + 1, len(domains)))
    for i, (names, parts) in enumerate(zip(who, where, strict=True)):
        part = np.array([parts.get(d, 0.0) for d in domains])  # type: ignore[attr-defined]  # a mapping by domain
        for name in names:
            out[i, column.get(name, len(column))] += part
    return out.reshape(len(who), (len(column) + 1) * len(domains))


def _draws(
    found: Sequence[Act], held: Sequence[Standing], weights: Weights, outlets: int, rng: np.random.Generator
) -> Draws:
    n, alone = weights.draws, max(2, weights.draws // 2)
    blocks = (slice(1, n + 1), *(slice(n + 1 + i * alone, n + 1 + (i + 1) * alone) for i in range(3)))
    size = n + 1 + 3 * alone
    everything, by_outlet, by_claim, by_weight = blocks
    certainty = np.array([a.certainty for a in found])
    acts, ties = np.tile(certainty, (size, 1)), np.ones((size, len(held)))
    loads = rng.standard_exponential((size, outlets))
    heard_acts, heard_ties = _heard([a.outlets for a in found], loads), _heard([s.outlets for s in held], loads)
    lean_acts = _lean([a.event_type for a in found], list(EventType), weights.sigma, size, rng)
    lean_ties = _lean([s.kind for s in held], list(TieKind), weights.sigma, size, rng)
    true = rng.random((size, len(found))) < certainty
    chance = rng.random((size, len(held)))
    for block in (everything, by_claim):
        acts[block] = true[block]
    for block in (everything, by_outlet):
        acts[block] *= heard_acts[block]
        ties[block] *= heard_ties[block]
    for block in (everything, by_weight):
        acts[block] *= lean_acts[block]
        ties[block] *= lean_ties[block]
    return Draws(acts=acts, ties=ties, chance=chance, blocks=(everything, by_outlet, by_claim, by_weight))


def _heard(who: Sequence[tuple[int, ...]], loads: Array) -> Array:
    """The mean load of a record's outlets; 1 where it has none."""
    sums = np.zeros((loads.shape[1], len(who)))
    for i, outlets in enumerate(who):
        for outlet in outlets:
            sums[outlet, i] = 1 / len(outlets)
    none = np.array([not outlets for outlets in who], dtype=float)
    return np.asarray(loads @ sums + none)


def _lean(
    codes: Sequence[EventType] | Sequence[TieKind],
    names: Sequence[EventType] | Sequence[TieKind],
    sigma: float,
    size: int,
    rng: np.random.Generator,
) -> Array:
    """One log-normal factor for each type or kind and draw."""
    factors = np.exp(sigma * rng.standard_normal((size, len(names))))
    place = {name: i for i, name in enumerate(names)}
    return np.asarray(factors[:, [place[c] for c in codes]])


class _Flows:
    """F of every draw, carried from day to day: acts with one half-life fade together."""

    def __init__(
        self, found: Sequence[Act], cells: Array, factors: Array, weights: Weights, *, foresight: bool
    ) -> None:
        self.cells, self.factors = cells, factors
        self.half = np.array([weights.flow[a.event_type].half_life_days for a in found], dtype=float)
        self.sign = np.array([weights.flow[a.event_type].sign for a in found], dtype=float)
        self.at = np.array([a.day.toordinal() for a in found], dtype=float)
        self.enters = np.array([(a.known if foresight else a.day).toordinal() for a in found], dtype=float)
        self.kinds = sorted(set(self.half.tolist()))
        self.state = {h: np.zeros((factors.shape[0], cells.shape[1])) for h in self.kinds}
        self.signed = {h: np.zeros(cells.shape[1]) for h in self.kinds}
        self.last = float("-inf")

    def on(self, day: date) -> tuple[Array, Array]:
        """F (draws x cells) and the signed sum of the reading (cells)."""
        now = float(day.toordinal())
        new = (self.enters > self.last) & (self.enters <= now)
        for h in self.kinds:
            keep = 0.5 ** ((now - self.last) / h) if self.last > float("-inf") else 0.0
            chosen = np.flatnonzero(new & (self.half == h))
            parts = self.cells[chosen] * (0.5 ** ((now - self.at[chosen]) / h))[:, None]
            self.state[h] = self.state[h] * keep + self.factors[:, chosen] @ parts
            self.signed[h] = self.signed[h] * keep + (self.factors[0, chosen] * self.sign[chosen]) @ parts
        self.last = now
        none = np.zeros((self.factors.shape[0], self.cells.shape[1]))
        return sum(self.state.values(), none), sum(self.signed.values(), np.zeros(self.cells.shape[1]))

    def fresh(self, day: date) -> NDArray[np.bool_]:
        """Acts that are known and still weigh."""
        now = day.toordinal()
        return np.asarray((self.enters <= now) & (now - self.at <= _FRESH * self.half))


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
    everything, *alone = draws.blocks
    base = weights.concentration / stock.shape[1]
    alpha = base + weights.psi_stock * stock + weights.psi_flow * flow
    share = alpha / alpha.sum(1, keepdims=True)
    gamma = rng.standard_gamma(np.maximum(alpha[everything], 1e-9))
    drawn = gamma / gamma.sum(1, keepdims=True)
    exposure = np.array([weights.exposure[d] for d in domains])
    level = np.log1p(stock + weights.delta * flow) / np.log1p(exposure)
    tail = (1 - weights.interval) / 2
    share_ends = np.quantile(drawn, (tail, 1 - tail), axis=0)
    level_ends = np.quantile(level[everything], (tail, 1 - tail), axis=0)
    total = alpha[0].sum(0)
    spread = np.stack([share[b].var(0) for b in alone] + [share[0] * (1 - share[0]) / (total + 1)])
    return Reading(
        stock=stock[0],
        flow=flow[0],
        posture=posture(signed, flow[0]),
        total=total,
        share=share[0],
        share_low=np.minimum(share_ends[0], share[0]),
        share_high=np.maximum(share_ends[1], share[0]),
        level=level[0],
        level_low=np.minimum(level_ends[0], level[0]),
        level_high=np.maximum(level_ends[1], level[0]),
        doubt=spread / np.maximum(spread.sum(0), 1e-300),
        records=records,
        amount=(stock[0] + weights.delta * flow[0]).sum(0),
    )
