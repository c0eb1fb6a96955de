"""Do intervals cover, and are shifts found where they are and not where they are not? On monthly acts of dyads, 2011-10 to 2015-12."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from marchland.evaluation.influence_tables import FIRST, Array, Tables
from marchland.evaluation.line import Line
from marchland.influence.alarm import level, rings
from marchland.influence.breaks import Break, Family, breaks, false_discoveries, shuffles
from marchland.influence.momentum import next_quarter
from marchland.lexicon.shift_rules import FlowRules, MomentumRules, load_shift_rules

KNOWN = (("UKR", "RUS", 2014, 1), ("YEM", "SAU", 2015, 3), ("CUB", "USA", 2014, 11))
_POWERS = 6  # of each host, those with the most acts
_HOSTS = 60  # sampled for false alarms
_PLANTED = 40
_SIZES = (2, 3, 5)
_BARRED = 3  # the size of which four in five are to be found
_NEAR = 3  # months
_SHOWN = 10  # acts of a quarter below which its shares are not looked at


def intervals(t: Tables) -> Line:
    """How often does a power's part of the next quarter's acts fall into its 90 % interval?"""
    rules = load_shift_rules().momentum
    early, late = _covered(t, rules, 0, 27), _covered(t, rules, 27, 51)  # to the end of 2013, and after
    raw = _covered(t, replace(rules, discount=1.0), 27, 51)
    got = float(np.mean(late))
    return Line(
        check="90 % interval coverage, next quarter",
        bar="0.87 to 0.93",
        result=f"{got:.3f} of {len(late)} in 2014-15",
        met=0.87 <= got <= 0.93,
        beside=f"2012-13, on which the discount was chosen from .1, .2 and .3: {np.mean(early):.3f} of {len(early)}; "
        f"every event a whole observation: {np.mean(raw):.3f}",
    )


def _covered(t: Tables, rules: MomentumRules, first: int, last: int) -> list[bool]:
    """Quarters that begin at months `first` to `last`; the first quarter of the data has no past."""
    rng = np.random.default_rng(0)
    out: list[bool] = []
    for own in _by_host(t).values():
        series = np.array([t.months[d] for d in own])
        for start in range(max(first, 3), last, 3):
            ages = np.array([15.0 + 30.4 * (start - 1 - m) for m in range(start)])
            faded = series[:, :start] @ 0.5 ** (ages / rules.half_life_days)
            coming = series[:, start : start + 3].sum(1)
            if faded.sum() < rules.least_acts or coming.sum() < _SHOWN:
                continue
            order = np.argsort(-faded, kind="stable")
            named, rest = order[:_POWERS], order[_POWERS:]
            past, true = (np.append(v[named], v[rest].sum()) for v in (faded, coming))
            _, low, high = next_quarter(past, 30.4 * start, rules, rng)
            part = true / true.sum()
            out += ((low - 1e-9 <= part) & (part <= high + 1e-9)).tolist()
    return out


def _by_host(t: Tables) -> dict[str, list[tuple[str, str]]]:
    """Dyads of each state, most acts first."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    states = set(t.hosts)
    for dyad in sorted(t.months, key=lambda d: (-t.months[d].sum(), d)):
        if dyad[0] in states and t.months[dyad].sum() > 0:
            out[dyad[0]].append(dyad)
    return dict(sorted(out.items()))


Series = tuple[Array, Array, Family]


def _alarms(series: Sequence[Series], rules: FlowRules) -> list[tuple[int, Break]]:
    """What `marchland shifts` would call alarms, were these the host's series."""
    rng = np.random.default_rng(0)
    found = [(i, b) for i, s in enumerate(series) for b in breaks(*s, rules, rng)]
    rates = false_discoveries([b.p for _, b in found])
    return [
        hit
        for hit, q in zip(found, rates, strict=True)
        if q <= rules.false_discovery and hit[1].probability >= rules.probability
    ]


def _of(
    t: Tables, dyads: Sequence[tuple[str, str]], order: Sequence[int] | NDArray[np.int64] | None = None
) -> list[Series]:
    """For each dyad its acts, then for each the coercive among them; in another order of months if one is given."""
    at = np.arange(51) if order is None else np.asarray(order)
    acts: list[Series] = [(t.months[d][at], t.covered[at], "rate") for d in dyads]
    return acts + [(t.coercive[d][at], t.months[d][at], "part") for d in dyads]


def _month(at: int) -> str:
    return f"{(FIRST + at) // 12}-{(FIRST + at) % 12 + 1:02d}"


def known(t: Tables) -> Line:
    """The three breaks, each found when all powers of its host are looked at."""
    rules, by_host = load_shift_rules().flow, _by_host(t)
    told, met = [], True
    for host, power, year, month in KNOWN:
        dyads = by_host[host][:_POWERS]
        hits = [b for i, b in _alarms(_of(t, dyads), rules) if i < len(dyads) and dyads[i][1] == power]
        at = year * 12 + month - 1 - FIRST
        best = min(hits, key=lambda b: abs(b.month - at), default=None)
        met = met and best is not None and abs(best.month - at) <= _NEAR
        place = "not found"
        if best:
            odds = f"P {best.probability:.2f}, p {best.p:.3f}"
            place = f"{_month(best.month)} ({_month(best.low)} to {_month(best.high)}), {odds}"
        told.append(f"{host} {power} {_month(at)}: {place}")
    return Line(check="three known breaks", bar="within 3 months", result="; ".join(told), met=met)


def false_alarms(t: Tables) -> Line:
    """Alarms for each host and year when months are shuffled by blocks, so that there is nothing to find."""
    rules, by_host = load_shift_rules().flow, _by_host(t)
    rng = np.random.default_rng(1)
    able = [h for h, own in by_host.items() if t.months[own[0]].sum() >= rules.least_acts]
    hosts = [able[i] for i in rng.permutation(len(able))[:_HOSTS]]
    real = false = 0
    for host in hosts:
        dyads = by_host[host][:_POWERS]
        order = shuffles(51, rules.block_months, 1, rng)[0]
        real += len(_alarms(_of(t, dyads), rules))
        false += len(_alarms(_of(t, dyads, order), rules))
    years = len(hosts) * 51 / 12
    return Line(
        check="false alarms on shuffled series",
        bar="<= 0.05 a host and year",
        result=f"{false / years:.3f} ({false} in {years:.0f} host-years)",
        met=false / years <= 0.05,
        beside=f"the same hosts unshuffled: {real / years:.3f}; acts and posture of six powers a host",
    )


def running(t: Tables) -> Line:
    """Does the running alarm keep its promise on shuffled series, and how late does it ring for the known breaks?"""
    shipped, by_host = load_shift_rules(), _by_host(t)
    rng = np.random.default_rng(3)
    able = [h for h, own in by_host.items() if t.months[own[0]].sum() >= shipped.alarm.least_acts]
    hosts = [able[i] for i in rng.permutation(len(able))[: 2 * _HOSTS]]

    def count(host: str, order: NDArray[np.int64]) -> int:
        dyads = by_host[host][:_POWERS]
        at = level(len(dyads), shipped.alarm)
        whole = t.covered[order]
        return sum(len(rings(t.months[d][order], whole, at, shipped.alarm, shipped.flow, rng)) for d in dyads)

    false = sum(count(h, shuffles(51, shipped.alarm.look_months, 1, rng)[0]) for h in hosts)
    real = sum(count(h, np.arange(51)) for h in hosts)
    late = []
    for host, power, year, month in KNOWN:
        at = year * 12 + month - 1 - FIRST
        whole = level(_POWERS, shipped.alarm)
        found = rings(t.months[host, power], t.covered, whole, shipped.alarm, shipped.flow, rng)
        near = next((r for r in found if abs(r.month - at) <= _NEAR), None)
        late.append(f"{host} {power} " + (f"{near.at - at} months after" if near else "never"))
    years = len(hosts) * 51 / 12
    return Line(
        check="running alarm on shuffled series",
        bar=f"<= {shipped.alarm.rate:g} a host and year, as stated",
        result=f"{false / years:.3f} ({false} in {years:.0f} host-years)",
        met=false / years <= shipped.alarm.rate,
        beside=f"the same hosts unshuffled: {real / years:.3f}; known breaks rang {', '.join(late)}",
    )


def planted(t: Tables) -> list[Line]:
    """Steady acts added to shuffled series from one month on, so that the mean becomes so many times what it was."""
    rules, by_host = load_shift_rules().flow, _by_host(t)
    rng = np.random.default_rng(2)
    able = [d for own in by_host.values() for d in own[:_POWERS] if t.months[d].sum() >= 51]
    out = []
    for size in _SIZES:
        hit = 0
        for _ in range(_PLANTED):
            dyad = able[int(rng.integers(len(able)))]
            order = shuffles(51, rules.block_months, 1, rng)[0]
            at = int(rng.integers(12, 40))
            series = t.months[dyad][order].copy()
            series[at:] += rng.poisson((size - 1) * series.mean(), 51 - at)
            beside = _of(t, [d for d in by_host[dyad[0]][:_POWERS] if d != dyad], order)
            found = _alarms([(series, t.covered[order], "rate"), *beside], rules)
            hit += any(i == 0 and abs(b.month - at) <= _NEAR for i, b in found)
        barred = size == _BARRED
        out.append(
            Line(
                check=f"planted breaks, mean x {size}",
                bar=">= 80 % within 3 months" if barred else "",
                result=f"{hit} of {_PLANTED}",
                met=hit >= 0.8 * _PLANTED if barred else None,
                beside="dyads with an act a month or more; all powers of the host looked at",
            )
        )
    return out
