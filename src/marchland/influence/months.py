"""Event data by the month: one sort of act by one power in one month is one act with its mass, kept as columns.

Twenty years of event data are tens of thousands of such acts; an object is made of one where somebody asks for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.influence.flow import Act
from marchland.model.ontology import Domain, EventType

KINDS: Final = tuple(EventType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Acts of event data between a host and outside powers; arrays have an element for each, in no order that counts."""

    host: str
    powers: tuple[str, ...]
    formats: tuple[str, ...]
    power: NDArray[np.int64]  # place in `powers`
    kind: NDArray[np.int64]  # place in `KINDS`
    format: NDArray[np.int64]  # place in `formats`
    day: NDArray[np.int64]  # mean day of the rows, a proleptic Gregorian ordinal
    mass: NDArray[np.float64]  # the rows, each by 1 / (parties - 1), times what one counts
    count: NDArray[np.float64]  # acts that they stand for
    domains: NDArray[np.float64]  # acts x domains in the order of `Domain`; each adds up to 1
    outlets: tuple[int | None, ...]  # by format: the outlet that stands for it in resampling; None = not resampled

    def __len__(self) -> int:
        return len(self.day)

    def acts(self, good: NDArray[np.bool_] | None = None) -> list[Act]:
        """An object for each, or for each that is marked, by day and id."""
        chosen = np.arange(len(self)) if good is None else np.flatnonzero(good)
        parts = (self.power, self.kind, self.format, self.day, self.mass, self.count, self.domains)
        columns = [part[chosen].tolist() for part in parts]
        out = [self._act(*row) for row in zip(*columns, strict=True)]
        return sorted(out, key=lambda a: (a.day, a.record_id))

    def _act(self, p: int, k: int, f: int, ordinal: int, mass: float, count: float, domains: list[float]) -> Act:
        power, kind, name, day = self.powers[p], KINDS[k], self.formats[f], date.fromordinal(ordinal)
        outlet = self.outlets[f]
        return Act(
            record_id=f"rows:{name}:{self.host}:{power}:{kind}:{day.isoformat()[:7]}",
            event_type=kind,
            day=day,
            known=day,
            powers=(power,),
            split=mass,
            certainty=1.0,
            domains={d: v for d, v in zip(Domain, domains, strict=True) if v > 0},
            outlets=() if outlet is None else (outlet,),
            count=count,
        )
