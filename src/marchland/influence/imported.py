"""Imported event data as acts of the measure: months of one kind of act by one power, each as one act with its mass."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.flow import Flow, imported_months
from marchland.influence.flow import Act
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
        at = np.searchsorted(on, flow.day)
        age = on[np.minimum(at, len(on) - 1)] - flow.day
        known = [weights.flow[k.event_type] if k.event_type else None for k in flow.kinds]
        score = np.array([k.score if k else 0.0 for k in known])[flow.kind]
        half = np.array([float(k.half_life_days) if k else 1.0 for k in known])[flow.kind]
        amount = np.where(at < len(on), flow.weight * score * 0.5 ** (np.maximum(age, 0) / half), 0.0)
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

    def acts(self, named: Collection[str], weights: Weights) -> list[Act]:
        """A month of one sort of act by one named power as one act."""
        return imported_acts(self.flow, weights, named=named, observation=self.observation)


def imported_acts(
    flow: Flow,
    weights: Weights,
    *,
    named: Collection[str] = (),
    observation: float = OBSERVATION,
    outlets: Mapping[str, int] | None = None,
) -> list[Act]:
    """The acts of a host's imported flow, by day.

    Rows of one power, event type, format and month are one act on their mean day, which a half-life of 45 days and more
    hardly feels: hundreds of thousands of rows become a few thousand acts. `split` holds the mass: the rows, each by
    1 / (parties - 1), times `observation`; `certainty` is 1, so that a draw of claims never takes a whole month away.

    Args:
        named: Powers that are asked for; all others become one, "other outsiders". None named = every power by itself.
        observation: What one row counts, against 1 for an act that was merged from read reports.
        outlets: The index of the outlet that stands for each format in resampling; a format that is left out is not
            resampled, as the registry of ties is not.
    """
    if not len(flow):
        return []
    powers, types = _powers(flow, named), sorted(EventType)
    place = {t: i for i, t in enumerate(types)}
    kind_type = np.array([place[k.event_type] if k.event_type else -1 for k in flow.kinds])
    parts = np.array([_domains(k.event_type, k.contexts, weights) for k in flow.kinds])
    months = (flow.day.astype("datetime64[D]") - _EPOCH).astype("datetime64[M]").astype(np.int64)
    keep = kind_type[flow.kind] >= 0
    parts_of_key = (powers[0][flow.power], kind_type[flow.kind], flow.format, months)
    keys, inverse = _grouped([part[keep] for part in parts_of_key])
    size = keys.shape[1]
    mass = np.bincount(inverse, flow.weight[keep], size)
    many = np.bincount(inverse, flow.n[keep], size)
    mean = np.bincount(inverse, flow.weight[keep] * flow.day[keep], size) / mass
    domains = np.stack(
        [np.bincount(inverse, flow.weight[keep] * parts[flow.kind[keep], d], size) / mass for d in range(len(Domain))]
    )
    out, every = [], tuple(Domain)
    columns = (*keys.tolist()[:3], mass.tolist(), many.tolist(), mean.tolist(), domains.T.tolist())
    for p, t, f, rows, number, ordinal, own in zip(*columns, strict=True):
        power, kind, name, day = powers[1][p], types[t], flow.formats[f], date.fromordinal(round(ordinal))
        outlet = (outlets or {}).get(name)
        out.append(
            Act(
                record_id=f"rows:{name}:{flow.host}:{power}:{kind}:{day.isoformat()[:7]}",
                event_type=kind,
                day=day,
                known=day,
                powers=(power,),
                split=observation * rows,
                certainty=1.0,
                domains={d: v for d, v in zip(every, own, strict=True) if v > 0},
                outlets=() if outlet is None else (outlet,),
                count=observation * number,
            )
        )
    return sorted(out, key=lambda a: (a.day, a.record_id))


_EPOCH: Final = np.timedelta64(date(1970, 1, 1).toordinal(), "D")  # datetime64 counts from 1970, ordinals from year 1


def _grouped(parts: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct columns of several arrays, and which of them each place has."""
    low = [int(p.min()) if len(p) else 0 for p in parts]
    sizes = tuple(int(p.max()) - a + 1 if len(p) else 1 for p, a in zip(parts, low, strict=True))
    flat = np.ravel_multi_index(tuple(p - a for p, a in zip(parts, low, strict=True)), sizes)
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
