"""The acts and ties behind each number, worked out when they are asked for."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from marchland.influence.flow import Act, fade
from marchland.influence.months import Months
from marchland.influence.rows import OTHERS, Evidence
from marchland.influence.stock import Standing
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The acts and standings behind all rows; evidence is worked out when it is asked for."""

    acts: tuple[Act, ...]  # read in texts
    months: Months | None  # of event data
    held: tuple[Standing, ...]
    named: tuple[str, ...]
    weights: Weights
    foresight: bool

    def evidence(self, power: str, domain: Domain, day: date, total: float | None) -> tuple[Evidence, ...]:
        """What adds up to the stock and flow of a row, largest first; `total` is None where there is no share."""
        found = [*self._stock(power, domain, day, total), *self._flow(power, domain, day, total)]
        return tuple(sorted(found, key=lambda e: (-(e.share or e.amount), e.kind, e.record_id, e.power)))

    def _meant(self, power: str, other: str) -> bool:
        return other == power if power != OTHERS else other not in self.named

    def _stock(self, power: str, domain: Domain, day: date, total: float | None) -> list[Evidence]:
        out = []
        for s in self.held:
            part = s.domains.get(domain, 0.0)
            if not part or not self._meant(power, s.power) or (self.foresight and s.known and day < s.known):
                continue
            weight, odds = self.weights.stock[s.kind].typical, s.probability(day, self.weights)
            amount = weight * s.magnitude * s.split * odds * part
            if amount > 0:
                out.append(
                    Evidence(
                        record_id=s.record_id,
                        also=s.also,
                        kind="stock",
                        code=s.kind.value,
                        power=s.power,
                        amount=amount,
                        share=self.weights.psi_stock * amount / total if total else None,
                        weight=weight,
                        size=s.magnitude,
                        split=s.split,
                        sure=odds,
                        fade=1.0,
                        domain=part,
                        sign=1,
                    )
                )
        return out

    def _flow(self, power: str, domain: Domain, day: date, total: float | None) -> list[Evidence]:
        out = []
        for a in (*self.acts, *self._counted(power, day)):
            part = a.domains.get(domain, 0.0)
            if not part or (a.known if self.foresight else a.day) > day:
                continue
            weight, kept = self.weights.flow[a.event_type], fade(a, day, self.weights)
            amount = weight.score * a.split * a.certainty * kept * part
            for other in a.powers:
                if amount > 0 and self._meant(power, other):
                    out.append(
                        Evidence(
                            record_id=a.record_id,
                            kind="flow",
                            code=a.event_type.value,
                            power=other,
                            amount=amount,
                            share=self.weights.psi_flow * amount / total if total else None,
                            weight=weight.score,
                            size=1.0,
                            split=a.split,
                            sure=a.certainty,
                            fade=kept,
                            domain=part,
                            sign=weight.sign,
                        )
                    )
        return out

    def _counted(self, power: str, day: date) -> list[Act]:
        if self.months is None:
            return []
        meant = np.array([self._meant(power, other) for other in self.months.powers], bool)
        return self.months.acts(meant[self.months.power] & (self.months.day <= day.toordinal()))
