"""The measure worked out one act, tie, draw and day at a time: slow, and for comparison alone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from math import exp, log1p

import numpy as np

from marchland.exchange import Flow
from marchland.influence.flow import Act
from marchland.influence.rows import OTHERS
from marchland.influence.stock import Standing
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType, TieKind

Numbers = dict[tuple[int, str, Domain], dict[str, float]]  # by day, power and domain


def months(flow: Flow, named: Collection[str], weights: Weights, observation: float) -> list[Act]:
    """Rows of one power, type, format and month as one act on their mean day."""
    groups = defaultdict(list)
    for row in flow.rows():
        if row.coding.event_type:
            power = row.power if row.power in named else OTHERS
            groups[power, row.coding.event_type, row.format, row.day.strftime("%Y-%m")].append(row)
    out = []
    for (power, kind, form, month), rows in groups.items():
        mass = sum(r.weight for r in rows)
        day = date.fromordinal(round(sum(r.weight * r.day.toordinal() for r in rows) / mass))
        parts: dict[Domain, float] = defaultdict(float)
        for r in rows:
            told = [weights.contexts[c] for c in r.coding.contexts if c in weights.contexts]
            part = weights.from_contexts if told else 0.0
            for d in Domain:
                mean = sum(t.get(d, 0.0) for t in told) / max(1, len(told))
                parts[d] += r.weight / mass * ((1 - part) * weights.flow[kind].domains.get(d, 0.0) + part * mean)
        out.append(
            Act(
                record_id=f"rows:{form}:{flow.host}:{power}:{kind}:{month}",
                event_type=kind,
                day=day,
                known=day,
                powers=(power,),
                split=observation * mass,
                certainty=1.0,
                domains=dict(parts),
                outlets=(),
            )
        )
    return sorted(out, key=lambda a: (a.day, a.record_id))


class Chance:
    """The factors of every draw."""

    def __init__(self, done: Sequence[Act], held: Sequence[Standing], weights: Weights, outlets: int, seed: int):
        rng = np.random.default_rng(seed)
        n, alone = weights.draws, max(2, weights.draws // 2)
        self.size = 1 + n + 3 * alone
        self.kind = [set(), *[{"outlets", "claims", "weights"}] * n]
        for name in ("outlets", "claims", "weights"):
            self.kind += [{name}] * alone
        place: dict[object, int] = {}
        self.luck = []
        for i, a in enumerate(done):
            key = (a.event_type, a.outlets) if a.certainty >= 1 else i
            self.luck.append(place.setdefault(key, len(place)))
        self.loads = rng.standard_exponential((self.size, outlets))
        self.act_leans = weights.sigma * rng.standard_normal((self.size, len(EventType)))
        self.tie_leans = weights.sigma * rng.standard_normal((self.size, len(TieKind)))
        self.act_chance = rng.random((self.size, len(place)))
        self.tie_chance = rng.random((self.size, len(held)))

    def heard(self, r: int, outlets: tuple[int, ...]) -> float:
        if "outlets" not in self.kind[r] or not outlets:
            return 1.0
        return sum(float(self.loads[r, o]) for o in outlets) / len(outlets)

    def act(self, r: int, i: int, a: Act) -> float:
        sure = float(self.act_chance[r, self.luck[i]] < a.certainty) if "claims" in self.kind[r] else a.certainty
        lean = exp(self.act_leans[r, list(EventType).index(a.event_type)]) if "weights" in self.kind[r] else 1.0
        return sure * self.heard(r, a.outlets) * lean

    def tie(self, r: int, i: int, s: Standing, odds: float) -> float:
        stands = float(self.tie_chance[r, i] < odds) if "claims" in self.kind[r] else odds
        lean = exp(self.tie_leans[r, list(TieKind).index(s.kind)]) if "weights" in self.kind[r] else 1.0
        return stands * self.heard(r, s.outlets) * lean


def measured(
    done: Sequence[Act], held: Sequence[Standing], days: Sequence[date], powers: Sequence[str], weights: Weights,
    *, outlets: int, foresight: bool, seed: int,
) -> Numbers:  # fmt: skip
    """What `influence` gives, by day, power and domain."""
    names = (*powers, OTHERS)
    column = {p: i for i, p in enumerate(powers)}
    done = sorted(done, key=lambda a: a.known if foresight else a.day)
    held = sorted(held, key=lambda s: column.get(s.power, len(powers)))
    chance, dirichlet = Chance(done, held, weights, outlets, seed), np.random.default_rng(seed + 1)
    act_draws = [[chance.act(r, i, a) for r in range(chance.size)] for i, a in enumerate(done)]
    out: Numbers = {}
    for t, day in enumerate(days):
        stock = np.zeros((chance.size, len(names), len(Domain)))
        flow, signed = np.zeros_like(stock), np.zeros(stock.shape[1:])
        records = np.zeros(len(Domain))
        for i, s in enumerate(held):
            odds = 0.0 if foresight and s.known and day < s.known else s.probability(day, weights)
            size = weights.stock[s.kind].typical * s.magnitude * s.split
            for d, domain in enumerate(Domain):
                part = size * s.domains.get(domain, 0.0)
                records[d] += part > 0 and odds > 0
                for r in range(chance.size):
                    stock[r, column.get(s.power, len(powers)), d] += part * chance.tie(r, i, s, odds)
        for i, a in enumerate(done):
            age, weight = (day - a.day).days, weights.flow[a.event_type]
            if (a.known if foresight else a.day) > day:
                continue
            kept = weight.score * a.split * 0.5 ** (age / weight.half_life_days)
            for d, domain in enumerate(Domain):
                part = kept * a.domains.get(domain, 0.0)
                records[d] += part > 0 and age <= 5 * weight.half_life_days
                for power in a.powers:
                    p = column.get(power, len(powers))
                    signed[p, d] += part * a.certainty * weight.sign
                    flow[:, p, d] += part * np.array(act_draws[i])
        _note(out, t, names, stock, flow, signed, records, weights, dirichlet)
    return out


def _note(out, t, names, stock, flow, signed, records, weights, rng):  # noqa: PLR0917 - one caller
    n, alone = weights.draws, max(2, weights.draws // 2)
    alpha = weights.concentration / len(names) + weights.psi_stock * stock + weights.psi_flow * flow
    gamma = rng.standard_gamma(np.maximum(alpha[1 : n + 1], 1e-9))
    drawn, shares = gamma / gamma.sum(1, keepdims=True), alpha / alpha.sum(1, keepdims=True)
    tails = (1 - weights.interval) / 2, (1 + weights.interval) / 2
    for d, domain in enumerate(Domain):
        amount = (stock[0, :, d] + weights.delta * flow[0, :, d]).sum()
        enough = bool(records[d] >= weights.floor_records and amount >= weights.floor_amount)
        total = alpha[0, :, d].sum()
        for p, power in enumerate(names):
            share = shares[0, p, d]
            cells = zip(stock[:, p, d], flow[:, p, d], strict=True)
            level = [log1p(s + weights.delta * f) / log1p(weights.exposure[domain]) for s, f in cells]
            spread = [np.var(shares[n + 1 + i * alone : n + 1 + (i + 1) * alone, p, d]) for i in range(3)]
            spread.append(share * (1 - share) / (total + 1))
            numbers = {"stock": stock[0, p, d], "flow": flow[0, p, d], "enough": enough, "records": records[d]}
            if flow[0, p, d] > 1e-12:
                numbers["posture"] = signed[p, d] / flow[0, p, d]
            if enough:
                low, high = np.quantile(drawn[:, p, d], tails)
                numbers |= {"share": share, "share_low": min(low, share), "share_high": max(high, share)}
                numbers["prior"] = weights.concentration / len(names) / total
                names_of = ("outlets", "claims", "weights", "dirichlet")
                numbers |= {k: v / sum(spread) for k, v in zip(names_of, spread, strict=True)}
            if enough and power != OTHERS:
                low, high = np.quantile(level[1 : n + 1], tails)
                numbers |= {"level": level[0], "level_low": min(low, level[0]), "level_high": max(high, level[0])}
            out[t, power, domain] = numbers
