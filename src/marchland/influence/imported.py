"""Imported event data as acts of the measure: months of one kind of act by one power, each as one act with its mass."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.flow import Flow
from marchland.influence.flow import Act
from marchland.influence.rows import OTHERS
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType

OBSERVATION: Final = 0.1  # what one row of event data counts: rows are reports, and raw counts are far too sure


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
    mean = np.bincount(inverse, flow.weight[keep] * flow.day[keep], size) / mass
    domains = np.stack(
        [np.bincount(inverse, flow.weight[keep] * parts[flow.kind[keep], d], size) / mass for d in range(len(Domain))]
    )
    out = []
    for i in range(size):
        power, kind, name = powers[1][keys[0, i]], types[keys[1, i]], flow.formats[keys[2, i]]
        day = date.fromordinal(round(float(mean[i])))
        outlet = (outlets or {}).get(name)
        out.append(
            Act(
                record_id=f"rows:{name}:{flow.host}:{power}:{kind}:{day:%Y-%m}",
                event_type=kind,
                day=day,
                known=day,
                powers=(power,),
                split=observation * float(mass[i]),
                certainty=1.0,
                domains={d: float(v) for d, v in zip(Domain, domains[:, i], strict=True) if v > 0},
                outlets=() if outlet is None else (outlet,),
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
