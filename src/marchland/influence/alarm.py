"""The running alarm: is a power's level of acts changing now, judged month by month without a look at what came later?

Every quarter each power's months so far are asked for their best single change, against shuffles of these months in blocks. A
look rings where its p-value is at most rate / (powers x looks a year). Where months are exchangeable in such blocks, a p-value
falls under that with no more than that probability, so that false alarms of a host come at most at the stated rate a year,
however alike the powers' series are. What came before a change that rang is left out from then on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from marchland.influence.breaks import Array, gains, levels, shuffles
from marchland.influence.flow import Further
from marchland.influence.shifts import coverage, looked_at, monthly, months_of
from marchland.influence.sources import sources
from marchland.lexicon.shift_rules import AlarmRules, FlowRules, load_shift_rules
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.records import Event

_FEW: Final = 50  # shuffles after which most looks are seen to ring no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One series rang. Months are indices into it."""

    at: int  # the last month that was seen
    month: int  # the first of the new level, by then
    before: float  # acts a month at mean coverage
    after: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A power's acts changed, as it looked at the end of a month."""

    host: str
    power: str
    on: str  # month at whose end it rang
    month: str  # first month of the new level, as it looked then
    before: float  # acts a month at mean coverage
    after: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Everything that rang, and what was promised of it."""

    host: str
    since: str
    until: str
    powers: tuple[str, ...]  # watched
    rate: float  # false alarms a year that are expected at most
    level: float  # p-value at which a look rings
    looks: int  # of each power
    alarms: tuple[Alarm, ...]  # by month


def level(powers: int, rules: AlarmRules) -> float:
    """The p-value at which one look at one power rings."""
    return rules.rate / (max(powers, 1) * 12 / rules.look_months)


def looks(months: int, rules: AlarmRules) -> range:
    """Numbers of months seen at each look."""
    return range(rules.first_months, months + 1, rules.look_months)


def rings(
    counts: Array, whole: Array, at: float, rules: AlarmRules, flow: FlowRules, rng: np.random.Generator
) -> list[Ring]:
    """When does one series ring? `at` is the p-value of a ring, `whole` what was covered of each month."""
    out: list[Ring] = []
    start = 0
    for seen in looks(len(counts), rules):
        own, cover = counts[start:seen], whole[start:seen]
        if seen - start < rules.first_months or own.sum() < rules.least_acts:
            continue
        gain = gains(own, cover, "rate", flow)
        p = _chance(own, cover, float(gain.max()), at, rules, flow, rng)
        if p <= at:
            month = int(gain.argmax())
            before, after = levels(own, cover, month)
            out.append(Ring(at=seen - 1, month=start + month, before=before, after=after, p=p))
            start = _aligned(start + month, rules.look_months)
    return out


def _aligned(month: int, block: int) -> int:
    """The first block of months that is all of the new level."""
    return -(-month // block) * block


def _chance(
    own: Array, cover: Array, best: float, at: float, rules: AlarmRules, flow: FlowRules, rng: np.random.Generator
) -> float:
    """The p-value of a look; 1 where the first shuffles show already that it cannot ring."""
    if not np.isfinite(best):
        return 1.0
    more, drawn = 0, 0
    for size in (min(_FEW, rules.shuffles), rules.shuffles - _FEW):
        if size <= 0 or (1 + more) / (1 + rules.shuffles) > at:
            continue
        order = shuffles(len(own), rules.look_months, size, rng)
        more += int((gains(own[order], cover[order], "rate", flow).max(-1) >= best - 1e-9).sum())
        drawn += size
    return (1 + more) / (1 + drawn) if drawn == rules.shuffles else 1.0


def alarms(
    events: Sequence[Event],
    documents: Sequence[Document],
    *,
    host: str,
    powers: Sequence[str] = (),
    since: date,
    until: date,
    weights: Weights | None = None,
    origins: Mapping[str, str] | None = None,
    known_on: date | None = None,
    rate: float | None = None,
    seed: int = 0,
    further: Further | None = None,
) -> Watch:
    """What would have rung between two days, had somebody watched a host's powers all the while?

    Args:
        powers: Only these; none = the six with the most acts.
        rate: False alarms of the host in a year that are expected at most; None = that of the rules.
        further: Acts beside the events, such as those of imported event data (`influence.imported`).

    Source: `lexicon/ontology/shifts.toml`, which says where its numbers come from.
    """
    weights, shipped = weights or load_weights(), load_shift_rules()
    rules, flow = shipped.alarm, shipped.flow
    if rate is not None:
        rules = replace(rules, rate=rate)
    found = sources(documents, origins, known_on=known_on or until)
    months = months_of(since, until)
    done, watched = looked_at(events, host, powers, weights, found, since=since, until=until, further=further)
    covered = coverage(documents, found, months, further)
    at, rng = level(len(watched), rules), np.random.default_rng(seed)
    out = [
        Alarm(
            host=host,
            power=power,
            on=months[r.at],
            month=months[r.month],
            before=r.before,
            after=r.after,
            p=r.p,
        )
        for power in watched
        for r in rings(monthly(done, power, months), covered, at, rules, flow, rng)
    ]
    return Watch(
        host=host,
        since=months[0],
        until=months[-1],
        powers=watched,
        rate=rules.rate,
        level=at,
        looks=len(looks(len(months), rules)),
        alarms=tuple(sorted(out, key=lambda a: (a.on, a.power))),
    )
