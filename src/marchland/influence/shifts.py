"""What changed in a host, when, and how sure is it? Exact steps of ties, and statistical shifts of acts and of posture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from marchland.influence.breaks import Array, Break, Family, breaks, drop, false_discoveries
from marchland.influence.flow import Act, Further, acts
from marchland.influence.sources import Sources, published, sources
from marchland.influence.steps import Step, steps
from marchland.influence.stock import standings
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.shift_rules import FlowRules, load_shift_rules
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event, Tie

_NAMED: Final = 6  # powers that are looked at where the question names none: those with the most acts
_MOST: Final = 5  # acts and outlets that are named as a shift's evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakening:
    """An act or outlet without which a shift would be weaker."""

    name: str  # id of the record, or name of the outlet
    month: str | None  # of the act; None = an outlet
    drop: float  # log likelihood that the change loses without it; 3 is a factor of 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowShift:
    """A change in how much a power does in the host, or in how coercive it is; judged only by `alarm`."""

    host: str
    power: str
    domain: Domain | None  # None = all acts
    measure: str  # flow | posture
    month: str  # first month of the new level
    low: str  # interval of that month
    high: str
    before: float  # flow: acts a month at mean coverage; posture: -1 all coercive .. 1 all cooperative
    after: float
    probability: float  # P(shift)
    p: float  # against block-shuffled series
    q: float  # false discovery rate at which it would still be an alarm, over all series of the question
    alarm: bool
    acts: tuple[Weakening, ...]  # whose removal weakens it most
    outlets: tuple[Weakening, ...]  # the same for all that one outlet alone tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Everything that changed, and how much was looked at to find it."""

    host: str
    since: date
    until: date
    steps: tuple[Step, ...]
    flows: tuple[FlowShift, ...]  # every best change of every series; alarms first
    tested: int  # series that had acts enough
    thin: int  # series that had some acts, but not enough

    @property
    def alarms(self) -> tuple[FlowShift, ...]:
        """The statistical shifts that are called ones."""
        return tuple(f for f in self.flows if f.alarm)


def shifts(
    events: Sequence[Event],
    ties: Sequence[Tie],
    documents: Sequence[Document],
    *,
    host: str,
    powers: Sequence[str] = (),
    since: date,
    until: date,
    weights: Weights | None = None,
    rules: FlowRules | None = None,
    registry: bool = True,
    origins: Mapping[str, str] | None = None,
    known_on: date | None = None,
    seed: int = 0,
    further: Further | None = None,
) -> Shifts:
    """Find the steps and shifts of a host between two days.

    Ties change on exact days. Acts are counted by month against what was read that month; a shift of them is an alarm where block-
    shuffled series seldom change as much, after allowing for all that was looked at, and P(shift) is high.

    Args:
        powers: Only these; none = for steps all, for acts the six with the most.
        seed: Of the shuffles.
        further: Acts beside the events, such as those of imported event data (`influence.imported`).

    Source: `lexicon/ontology/shifts.toml`, which says where its numbers come from.
    """
    weights, rules = weights or load_weights(), rules or load_shift_rules().flow
    found = sources(documents, origins, known_on=known_on or until)
    own = [*(shipped().ties if registry else ()), *ties]
    held = standings(own, host, powers, weights, found)
    months = months_of(since, until)
    done, named = looked_at(events, host, powers, weights, found, since=since, until=until, further=further)
    covered = coverage(documents, found, months, further)
    names = _outlets(documents, found)
    rng = np.random.default_rng(seed)
    hits, tested, thin = [], 0, 0
    for series in _series(done, named, months, covered, weights):
        size = series.counts.sum() if series.family == "rate" else series.whole.sum()
        least = rules.least_acts if series.family == "rate" else rules.least_acts_posture
        tested, thin = tested + int(size >= least), thin + int(0 < size < least)
        hits += [(series, b) for b in breaks(series.counts, series.whole, series.family, rules, rng)]
    rates = false_discoveries([b.p for _, b in hits])
    flows = [_shift(host, s, b, q, months, names, rules) for (s, b), q in zip(hits, rates, strict=True)]
    return Shifts(
        host=host,
        since=since,
        until=until,
        steps=tuple(steps(held, {t.id: t for t in own}, host, weights, since=since, until=until, powers=powers)),
        flows=tuple(sorted(flows, key=lambda f: (not f.alarm, f.q, -f.probability, f.power, f.domain or "", f.month))),
        tested=tested,
        thin=thin,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    power: str
    domain: Domain | None
    family: Family
    counts: Array
    whole: Array
    acts: tuple[tuple[Act, int, float], ...]  # with its month and amount


def months_of(since: date, until: date) -> tuple[str, ...]:
    """The calendar months that hold the days, as YYYY-MM."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return tuple(f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(first, last + 1))


def looked_at(
    events: Sequence[Event],
    host: str,
    powers: Sequence[str],
    weights: Weights,
    found: Sources,
    *,
    since: date,
    until: date,
    further: Further | None,
) -> tuple[list[Act], tuple[str, ...]]:
    """The acts between two days, and the powers that are looked at: those asked for, else the busiest."""
    done = [a for a in acts(events, host, powers, weights, found) if since <= a.day <= until]
    size = dict(further.busy(since, until)) if further else {}
    for a in done:
        for power in a.powers:
            size[power] = size.get(power, 0.0) + a.certainty
    named = tuple(powers) or tuple(p for _, p in sorted((-n, p) for p, n in size.items() if n > 0)[:_NAMED])
    if further:
        done += [a for a in further.acts(named, weights) if since <= a.day <= until]
    return done, named


def coverage(
    documents: Sequence[Document], found: Sources, months: Sequence[str], further: Further | None = None
) -> Array:
    """How much was read of each month: half its own documents, half the mean, as texts tell of other months too.

    Copies of one origin count once; rows of event data by what they count as acts.
    """
    at = {m: i for i, m in enumerate(months)}
    out = np.array(further.read(months)) if further else np.zeros(len(months))
    seen = set()
    for d in documents:
        day, origin = published(d), found.origin(d.doc_id)
        if day is None or d.doc_id in found.late or origin in seen:
            continue
        seen.add(origin)
        if (month := f"{day:%Y-%m}") in at:
            out[at[month]] += 1
    return (out + max(out.mean(), 1e-9)) / 2


def _outlets(documents: Sequence[Document], found: Sources) -> dict[int, str]:
    out: dict[int, str] = {}
    for d in sorted(documents, key=lambda d: (d.doc_id != found.origin(d.doc_id), d.doc_id)):
        place = found.outlet_of.get(found.origin(d.doc_id))
        if place is not None:
            out.setdefault(place, d.publisher or f"document {d.doc_id}")
    return out


def monthly(done: Sequence[Act], power: str, months: Sequence[str]) -> Array:
    """All acts of a power by month, each by its certainty."""
    at, out = {m: i for i, m in enumerate(months)}, np.zeros(len(months))
    for a in done:
        if power in a.powers:
            out[at[f"{a.day:%Y-%m}"]] += a.certainty * a.count
    return out


def _series(
    done: Sequence[Act], powers: Sequence[str], months: Sequence[str], covered: Array, weights: Weights
) -> list[_Series]:
    """For each power all its acts, those of each domain, and the coercive among them."""
    at = {m: i for i, m in enumerate(months)}
    out = []
    for power in powers:
        own = [a for a in done if power in a.powers]
        sorts: list[tuple[Domain | None, Family]] = [(None, "rate"), *((d, "rate") for d in Domain), (None, "part")]
        for domain, family in sorts:
            counts, whole, kept = np.zeros(len(months)), np.zeros(len(months)), []
            for a in own:
                month = at[f"{a.day:%Y-%m}"]
                amount = a.certainty * a.count * (a.domains.get(domain, 0.0) if domain else 1.0)
                whole[month] += amount
                if amount > 0 and (family == "rate" or weights.flow[a.event_type].sign < 0):
                    counts[month] += amount
                    kept.append((a, month, amount))
            whole = covered if family == "rate" else whole
            out.append(_Series(power=power, domain=domain, family=family, counts=counts, whole=whole, acts=tuple(kept)))
    return out


def _shift(
    host: str,
    series: _Series,
    found: Break,
    q: float,
    months: Sequence[str],
    names: Mapping[int, str],
    rules: FlowRules,
) -> FlowShift:
    posture = series.family == "part"
    levels = [1 - 2 * v if posture else v for v in (found.before, found.after)]
    alarm = q <= rules.false_discovery and found.probability >= rules.probability
    return FlowShift(
        host=host,
        power=series.power,
        domain=series.domain,
        measure="posture" if posture else "flow",
        month=months[found.month],
        low=months[found.low],
        high=months[found.high],
        before=levels[0],
        after=levels[1],
        probability=found.probability,
        p=found.p,
        q=q,
        alarm=alarm,
        acts=_weakening(series, found, months, rules) if alarm else (),
        outlets=_alone(series, found, names, rules) if alarm else (),
    )


def _weakening(series: _Series, found: Break, months: Sequence[str], rules: FlowRules) -> tuple[Weakening, ...]:
    """Single acts on the side of the higher level, those whose removal takes most first."""
    rose = found.after >= found.before
    first, last = (found.month, found.end) if rose else (found.start, found.month)
    loss: dict[tuple[int, float], float] = {}  # acts of one month and amount weigh the same
    for _, month, amount in series.acts:
        if first <= month < last and (month, amount) not in loss:
            less = np.zeros(len(series.counts))
            less[month] = amount
            loss[month, amount] = drop(series.counts, series.whole, less, found, series.family, rules)
    out = [
        Weakening(name=act.record_id, month=months[month], drop=loss[month, amount])
        for act, month, amount in series.acts
        if (month, amount) in loss
    ]
    best = sorted(out, key=lambda w: (-w.drop, w.month or "", w.name))[:_MOST]
    return tuple(w for w in best if w.drop > 0)


def _alone(series: _Series, found: Break, names: Mapping[int, str], rules: FlowRules) -> tuple[Weakening, ...]:
    """Outlets, by what the change loses without the acts that only they tell."""
    less: dict[int, Array] = {}
    for act, month, amount in series.acts:
        if len(act.outlets) == 1:
            less.setdefault(act.outlets[0], np.zeros(len(series.counts)))[month] += amount
    out = [
        Weakening(
            name=names.get(o, f"outlet {o}"),
            month=None,
            drop=drop(series.counts, series.whole, gone, found, series.family, rules),
        )
        for o, gone in less.items()
    ]
    return tuple(w for w in sorted(out, key=lambda w: (-w.drop, w.name))[:_MOST] if w.drop > 0)
