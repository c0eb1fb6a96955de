"""Imported event data as acts of the measure: months of one kind of act by one power, each as one act with its mass."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.flow import Flow, imported_months
from marchland.influence.flow import Act
from marchland.influence.months import KINDS, Months
from marchland.influence.rows import OTHERS
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType

OBSERVATION: Final = 0.1  # what one row of event data counts: rows are reports, and raw counts are far too sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The imported flow of a host, for `influence.influence` to draw acts from."""

    flow: Flow
    home: Path  # the store beside which the rows lie
    observation: float = OBSERVATION

    @property
    def days(self) -> list[date]:
        """The first and the last day of a row."""
        return (
            [date.fromordinal(int(end)) for end in (self.flow.day.min(), self.flow.day.max())] if len(self.flow) else []
        )

    def sizes(self, days: Sequence[date], weights: Weights) -> dict[str, float]:
        """What each power's rows weigh on the first of the days after them; days run forward."""
        flow, on = self.flow, np.array([d.toordinal() for d in days])
        if not len(flow):
            return {}
        low = int(flow.day.min())
        every = np.arange(low, int(flow.day.max()) + 1)  # few days differ, and few types
        at = np.searchsorted(on, every)
        age = on[np.minimum(at, len(on) - 1)] - every
        score = np.array([weights.flow[k].score for k in KINDS])[:, None]
        half = np.array([float(weights.flow[k].half_life_days) for k in KINDS])[:, None]
        kept = np.where(at < len(on), score * 0.5 ** (np.maximum(age, 0) / half), 0.0)
        kept = np.concatenate([kept, np.zeros((1, len(every)))])  # the last for what has no type
        row = np.array([KINDS.index(k.event_type) if k.event_type else len(KINDS) for k in flow.kinds], np.int64)
        amount = flow.weight * kept.ravel()[(row * len(every) - low)[flow.kind] + flow.day]
        found = self.observation * weights.delta * np.bincount(flow.power, amount, len(flow.powers))
        return dict(zip(flow.powers, found.tolist(), strict=True))

    def busy(self, since: date, until: date) -> dict[str, float]:
        """How many acts each power's rows between two days stand for."""
        flow = self.flow
        good = (flow.day >= since.toordinal()) & (flow.day <= until.toordinal())
        rows = np.bincount(flow.power[good], flow.n[good], len(flow.powers))
        return dict(zip(flow.powers, (self.observation * rows).tolist(), strict=True))

    def read(self, months: Sequence[str]) -> list[float]:
        """How much was read of each month (YYYY-MM), in acts, of the whole world."""
        return [self.observation * float(n) for n in imported_months(self.home, months)]

    def months(self, named: Collection[str], weights: Weights) -> Months:
        """A month of one sort of act by one named power as one act, in columns."""
        return by_month(self.flow, weights, named=named, observation=self.observation)

    def acts(self, named: Collection[str], weights: Weights) -> list[Act]:
        """The same as objects."""
        return self.months(named, weights).acts()


def imported_acts(
    flow: Flow,
    weights: Weights,
    *,
    named: Collection[str] = (),
    observation: float = OBSERVATION,
    outlets: Mapping[str, int] | None = None,
) -> list[Act]:
    """The acts of a host's imported flow, by day; arguments as for `by_month`."""
    return by_month(flow, weights, named=named, observation=observation, outlets=outlets).acts()


def by_month(
    flow: Flow,
    weights: Weights,
    *,
    named: Collection[str] = (),
    observation: float = OBSERVATION,
    outlets: Mapping[str, int] | None = None,
) -> Months:
    """A host's imported flow by month.

    Rows of one power, event type, format and month are one act on their mean day, which a half-life of 45 days and more
    hardly feels: hundreds of thousands of rows become a few thousand acts. Their mass is the rows, each by
    1 / (parties - 1), times `observation`; they are certain, so that a draw of claims never takes a whole month away.

    Args:
        named: Powers that are asked for; all others become one, "other outsiders". None named = every power by itself.
        observation: What one row counts, against 1 for an act that was merged from read reports.
        outlets: The index of the outlet that stands for each format in resampling; a format that is left out is not
            resampled, as the registry of ties is not.
    """
    powers, names = _powers(flow, named)
    place = {t: i for i, t in enumerate(KINDS)}
    kind_type = np.array([place[k.event_type] if k.event_type else -1 for k in flow.kinds], np.int64)
    parts = np.array([_domains(k.event_type, k.contexts, weights) for k in flow.kinds]).reshape(-1, len(Domain))
    low = int(flow.day.min()) if len(flow) else 1
    # Rows are summed by kind of act first, of which there are few, and by event type after that.
    keys, inverse = _grouped((powers[flow.power], flow.kind, flow.format, _months(flow, low)))
    size = keys.shape[1]
    fine = kind_type[keys[1]] >= 0
    mass = np.bincount(inverse, flow.weight, size)[fine]
    many = np.bincount(inverse, flow.n, size)[fine]
    days = np.bincount(inverse, flow.weight * (flow.day - low), size)[fine]
    power, kind, form, month = keys[:, fine]
    found, into = _grouped((power, kind_type[kind], form, month))
    size = found.shape[1]
    whole = np.bincount(into, mass, size)
    domains = [np.bincount(into, mass * parts[kind, d], size) / whole for d in range(len(Domain))]
    return Months(
        host=flow.host,
        powers=tuple(names),
        formats=flow.formats,
        power=found[0],
        kind=found[1],
        format=found[2],
        day=np.rint(low + np.bincount(into, days, size) / whole).astype(np.int64),
        mass=observation * whole,
        count=observation * np.bincount(into, many, size),
        domains=np.stack(domains, axis=1),
        outlets=tuple((outlets or {}).get(name) for name in flow.formats),
    )


_EPOCH: Final = np.timedelta64(date(1970, 1, 1).toordinal(), "D")  # datetime64 counts from 1970, ordinals from year 1
_DENSE: Final = 4_000_000  # combinations up to which all are counted, whether they occur or not


def _months(flow: Flow, low: int) -> NDArray[np.int64]:
    """The month of each row, counted from 1970; few days differ."""
    days = np.arange(low, int(flow.day.max(initial=low)) + 1)
    months = (days.astype("datetime64[D]") - _EPOCH).astype("datetime64[M]").astype(np.int64)
    return np.asarray(months[flow.day - low])


def _grouped(parts: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct columns of several arrays, and which of them each place has."""
    low = [int(p.min()) if len(p) else 0 for p in parts]
    sizes = tuple(int(p.max()) - a + 1 if len(p) else 1 for p, a in zip(parts, low, strict=True))
    flat = np.zeros(len(parts[0]), np.int64)
    for part, least, size in zip(parts, low, sizes, strict=True):
        flat *= size
        flat += part - least
    if prod(sizes) <= _DENSE:
        found = np.flatnonzero(np.bincount(flat, minlength=1))
        place = np.zeros(prod(sizes), np.int64)
        place[found] = np.arange(len(found))
        inverse = place[flat]
    else:
        found, inverse = np.unique(flat, return_inverse=True)
    return np.stack(np.unravel_index(found, sizes)) + np.array(low)[:, None], inverse.reshape(-1)


def _powers(flow: Flow, named: Collection[str]) -> tuple[NDArray[np.int64], list[str]]:
    """For each power of the flow its place among the powers that are told apart."""
    if not named:
        return np.arange(len(flow.powers)), list(flow.powers)
    names = [*dict.fromkeys(named), OTHERS]
    place = {p: i for i, p in enumerate(names)}
    return np.array([place.get(p, len(names) - 1) for p in flow.powers], np.int64), names


def _domains(kind: EventType | None, contexts: tuple[str, ...], weights: Weights) -> list[float]:
    """The domains of an act, as `Weights.domains_of` has them for one read from a text."""
    if kind is None:
        return [0.0] * len(Domain)
    own = weights.flow[kind].domains
    told = [weights.contexts[c] for c in contexts if c in weights.contexts]
    part = weights.from_contexts if told else 0.0
    return [(1 - part) * own.get(d, 0.0) + part * sum(t.get(d, 0.0) for t in told) / max(1, len(told)) for d in Domain]
