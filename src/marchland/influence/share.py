"""Share, level and their doubt, for all periods at once: Dirichlet shares with resampled outlets, claims and weights.

Cells are powers x domains, the last power being the other outsiders. Every draw is one row of one array: the first row is
the reading itself, then follow the draws of everything together, then those in which one thing alone varies.
"""

from collections.abc import Mapping, Sequence
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
    """Random factors, fixed over time so that periods are comparable: rows are draws, columns records or what shares their luck."""

    acts: Array  # outlets x claims x weights, certainty included; a column for each luck
    luck: NDArray[np.int64]  # of each act its column
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
    found = sorted(found, key=lambda a: a.known if foresight else a.day)
    held = sorted(held, key=lambda s: column.get(s.power, len(column)))
    groups = _groups([column.get(s.power, len(column)) for s in held], len(domains))
    draws = _draws(found, held, weights, outlets, np.random.default_rng(seed))
    per_act = _cells([a.powers for a in found], [a.domains for a in found], column, domains)
    per_act *= np.array([weights.flow[a.event_type].score * a.split for a in found])[:, None]
    per_tie = _cells([(s.power,) for s in held], [s.domains for s in held], column, domains)
    per_tie *= np.array([weights.stock[s.kind].typical * s.magnitude * s.split for s in held])[:, None]
    flows = _Flows(found, per_act, draws, weights, foresight=foresight)
    acts_in, ties_in = _weighing(per_act, shape), _weighing(per_tie, shape)
    out = []
    for day in days:
        odds = np.array([_odds(s, day, weights, foresight=foresight) for s in held])
        stock = _stock(odds, per_tie, draws, groups)
        flow, signed = flows.on(day)
        records = ((odds > 0) @ ties_in + flows.fresh(day) @ acts_in).astype(np.int64)
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


def _weighing(cells: Array, shape: tuple[int, int]) -> Array:
    """Records x domains: 1 where the record weighs."""
    return np.asarray(cells.reshape(len(cells), *shape).sum(1) > 0, dtype=np.float64)


def _odds(held: Standing, day: date, weights: Weights, *, foresight: bool) -> float:
    if foresight and held.known and day < held.known:
        return 0.0
    return held.probability(day, weights)


def _cells(
    who: Sequence[Sequence[str]],
    where: Sequence[Mapping[Domain, float]],
    column: dict[str, int],
    domains: Sequence[Domain],
) -> Array:
    """Records x cells: 1 per power times the part of each domain."""
    out = np.zeros((len(who), len(column) + 1, len(domains)))
    parts = np.array([[own.get(d, 0.0) for d in domains] for own in where]).reshape(len(who), len(domains))
    pairs = [(i, column.get(name, len(column))) for i, names in enumerate(who) for name in names]
    if pairs:
        record, place = np.array(pairs).T
        np.add.at(out, (record, place), parts[record])
    return out.reshape(len(who), (len(column) + 1) * len(domains))


def _draws(
    found: Sequence[Act], held: Sequence[Standing], weights: Weights, outlets: int, rng: np.random.Generator
) -> Draws:
    n, alone = weights.draws, max(2, weights.draws // 2)
    blocks = (slice(1, n + 1), *(slice(n + 1 + i * alone, n + 1 + (i + 1) * alone) for i in range(3)))
    size = n + 1 + 3 * alone
    everything, by_outlet, by_claim, by_weight = blocks
    luck, own = _lucks(found)
    certainty = np.array([a.certainty for a in own])
    acts, ties = np.tile(certainty, (size, 1)), np.ones((size, len(held)))
    loads = rng.standard_exponential((size, outlets))
    heard_acts, heard_ties = _heard([a.outlets for a in own], loads), _heard([s.outlets for s in held], loads)
    lean_acts = _lean([a.event_type for a in own], list(EventType), weights.sigma, size, rng)
    lean_ties = _lean([s.kind for s in held], list(TieKind), weights.sigma, size, rng)
    true = rng.random((size, len(own))) < certainty
    chance = rng.random((size, len(held)))
    for block in (everything, by_claim):
        acts[block] = true[block]
    for block in (everything, by_outlet):
        acts[block] *= heard_acts[block]
        ties[block] *= heard_ties[block]
    for block in (everything, by_weight):
        acts[block] *= lean_acts[block]
        ties[block] *= lean_ties[block]
    blocks = (everything, by_outlet, by_claim, by_weight)
    return Draws(acts=acts, luck=luck, ties=ties, chance=chance, blocks=blocks)


def _lucks(found: Sequence[Act]) -> tuple[NDArray[np.int64], list[Act]]:
    """For each act the column of its draws, and an act for each column.

    Acts that are certain, of one type and told by the same outlets rise and fall together; others have a column alone.
    """
    place: dict[object, int] = {}
    own: list[Act] = []
    luck = np.empty(len(found), np.int64)
    for i, act in enumerate(found):
        key = (act.event_type, act.outlets) if act.certainty >= 1 else i
        if key not in place:
            place[key] = len(own)
            own.append(act)
        luck[i] = place[key]
    return luck, own


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
    """F of every draw, carried from day to day: acts with one half-life fade together, and so do acts with one luck."""

    def __init__(self, found: Sequence[Act], cells: Array, draws: Draws, weights: Weights, *, foresight: bool) -> None:
        """Acts come in the order in which they enter."""
        self.cells, self.factors, self.luck = cells, draws.acts, draws.luck
        self.half = np.array([weights.flow[a.event_type].half_life_days for a in found], dtype=float)
        self.sign = np.array([weights.flow[a.event_type].sign for a in found], dtype=float)
        self.at = np.array([a.day.toordinal() for a in found], dtype=float)
        self.enters = np.array([(a.known if foresight else a.day).toordinal() for a in found], dtype=float)
        size, wide = len(draws.acts), cells.shape[1]
        many = np.bincount(self.luck, minlength=draws.acts.shape[1]) > 1
        self.shared = many[self.luck]
        self.fade = np.ones(draws.acts.shape[1])
        self.fade[self.luck] = self.half
        self.together = np.zeros((draws.acts.shape[1], wide))  # by luck, undrawn
        self.many = np.flatnonzero(many)
        self.state = {h: np.zeros((size, wide)) for h in sorted(set(self.half[~self.shared].tolist()))}
        self.signed = np.zeros((draws.acts.shape[1], wide))
        self.last, self.done = float("-inf"), 0

    def on(self, day: date) -> tuple[Array, Array]:
        """F (draws x cells) and the signed sum of the reading (cells)."""
        now = float(day.toordinal())
        until = int(np.searchsorted(self.enters, now, side="right"))
        new = np.arange(self.done, until)
        since = now - self.last if self.last > float("-inf") else 0.0
        parts = self.cells[new] * (0.5 ** ((now - self.at[new]) / self.half[new]))[:, None]
        shared = self.shared[new]
        kept = (0.5 ** (since / self.fade))[:, None]
        self.together *= kept
        np.add.at(self.together, self.luck[new[shared]], parts[shared])
        self.signed *= kept
        np.add.at(self.signed, self.luck[new], parts * self.sign[new, None])
        for h in self.state:
            mine = ~shared & (self.half[new] == h)
            self.state[h] *= 0.5 ** (since / h)
            self.state[h] += self.factors[:, self.luck[new[mine]]] @ parts[mine]
        self.last, self.done = now, until
        flow = self.factors[:, self.many] @ self.together[self.many]
        return sum(self.state.values(), flow), self.factors[0] @ self.signed

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
    total = alpha[0].sum(0)
    share = alpha[0] / total
    gamma = rng.standard_gamma(np.maximum(alpha[everything], 1e-9))
    exposure = np.array([weights.exposure[d] for d in domains])
    level = np.log1p(stock[: everything.stop] + weights.delta * flow[: everything.stop]) / np.log1p(exposure)
    share_ends = _ends(gamma / gamma.sum(1, keepdims=True), weights.interval)
    level_ends = _ends(level[everything], weights.interval)
    spread = np.stack(
        [_spread(alpha[b] / alpha[b].sum(1, keepdims=True)) for b in alone] + [share * (1 - share) / (total + 1)]
    )
    return Reading(
        stock=stock[0],
        flow=flow[0],
        posture=posture(signed, flow[0]),
        total=total,
        share=share,
        share_low=np.minimum(share_ends[0], share),
        share_high=np.maximum(share_ends[1], share),
        level=level[0],
        level_low=np.minimum(level_ends[0], level[0]),
        level_high=np.maximum(level_ends[1], level[0]),
        doubt=spread / np.maximum(spread.sum(0), 1e-300),
        records=records,
        amount=(stock[0] + weights.delta * flow[0]).sum(0),
    )


def _ends(drawn: Array, interval: float) -> tuple[Array, Array]:
    """The interval of drawn values (draws first), as `numpy.quantile` has it, at a third of its price for small arrays."""
    ranks = [tail * (len(drawn) - 1) for tail in ((1 - interval) / 2, (1 + interval) / 2)]
    ordered = np.sort(drawn, axis=0)
    low, high = ((1 - at % 1) * ordered[int(at)] + at % 1 * ordered[min(int(at) + 1, len(drawn) - 1)] for at in ranks)
    return low, high


def _spread(values: Array) -> Array:
    """Variance over the draws."""
    return np.asarray(np.einsum("ijk,ijk->jk", off := values - values.mean(0), off) / len(values))
