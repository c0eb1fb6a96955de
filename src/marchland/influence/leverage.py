"""How much does a record move a number? Each is left out in turn, from the parts that add up to the shares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marchland.influence.flow import Act, acts, fade
from marchland.influence.measure import influence
from marchland.influence.rows import OTHERS, InfluenceRow
from marchland.influence.sources import sources
from marchland.influence.stock import Standing, standings
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event, Tie

_FEW = 4  # draws: intervals are not looked at, and shares do not hang on the draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverage:
    """The share that would change most if one record were left out."""

    record_id: str
    host: str
    power: str
    domain: Domain
    period: str
    moves: float  # 0..1: by how much the share would change, either way


def leverage(
    events: Sequence[Event],
    ties: Sequence[Tie],
    documents: Sequence[Document],
    *,
    host: str,
    since: date,
    until: date,
    powers: Sequence[str] = (),
    origins: Mapping[str, str] | None = None,
    registry: bool = True,
    weights: Weights | None = None,
) -> dict[str, Leverage]:
    """What each event and tie moves in the yearly shares of `host`, by record id; what moves nothing is left out.

    An act is weighed on the first reading after it, when most is left of it; a tie on each reading. What several ties tell of
    one standing thing moves nothing alone. Arguments as for `influence`; whether the evidence is enough for a share is not asked.
    """
    weights = weights or load_weights()
    found = sources(documents, origins, known_on=until)
    done = acts(events, host, powers, weights, found)
    rows = influence(
        events, ties, documents, host=host, powers=powers, since=since, until=until, weights=replace(weights, draws=_FEW),
        origins=origins, registry=registry,
    )  # fmt: skip
    table = _Table(rows, weights)
    own = [*(shipped().ties if registry else ()), *ties]
    for act in done:
        table.weigh_act(act)
    for held in standings(own, host, powers, weights, found):
        if not held.registry and not held.also:
            table.weigh_tie(held)
    return table.moved(host)


class _Table:
    """The Dirichlet's parameters by reading and domain, and each record's part of them."""

    def __init__(self, rows: Sequence[InfluenceRow], weights: Weights) -> None:
        self.weights = weights
        self.powers = list(dict.fromkeys(r.power for r in rows))
        self.days = list(dict.fromkeys((r.day, r.period) for r in rows))
        base = weights.concentration / len(self.powers)
        self.alpha: dict[tuple[date, Domain], dict[str, float]] = {}
        for r in rows:
            cell = self.alpha.setdefault((r.day, r.domain), {})
            cell[r.power] = base + weights.psi_stock * r.stock + weights.psi_flow * r.flow
        self.parts: dict[str, dict[tuple[date, Domain], dict[str, float]]] = {}

    def weigh_act(self, act: Act) -> None:
        """Note an act's part on the first reading that sees it."""
        day = next((d for d, _ in self.days if d >= act.day), None)
        if day is not None:
            weight = self.weights.flow[act.event_type].score * act.split * act.certainty * fade(act, day, self.weights)
            self._note(act.record_id, day, act.powers, act.domains, self.weights.psi_flow * weight)

    def weigh_tie(self, held: Standing) -> None:
        """Note a tie's part on every reading."""
        size = self.weights.psi_stock * self.weights.stock[held.kind].typical * held.magnitude * held.split
        for day, _ in self.days:
            odds = held.probability(day, self.weights)
            if odds:
                self._note(held.record_id, day, (held.power,), held.domains, size * odds)

    def _note(
        self, record: str, day: date, powers: Iterable[str], domains: Mapping[Domain, float], amount: float
    ) -> None:
        cells = self.parts.setdefault(record, {})
        for domain, part in domains.items():
            cell = cells.setdefault((day, domain), {})
            for power in powers:
                named = power if power in self.powers else OTHERS
                cell[named] = cell.get(named, 0.0) + amount * part

    def moved(self, host: str) -> dict[str, Leverage]:
        """The largest change of a share for each record."""
        periods = dict(self.days)
        out = {}
        for record, cells in self.parts.items():
            moves, power, day, domain = max((*self._change(at, cell), *at) for at, cell in cells.items())
            if moves > 0:
                out[record] = Leverage(
                    record_id=record, host=host, power=power, domain=domain, period=periods[day], moves=moves
                )
        return out

    def _change(self, at: tuple[date, Domain], parts: Mapping[str, float]) -> tuple[float, str]:
        alpha = self.alpha.get(at)
        if alpha is None:
            return 0.0, OTHERS
        total, gone = sum(alpha.values()), sum(parts.values())
        left = max(total - gone, 1e-9)
        return max((abs(a / total - (a - parts.get(p, 0.0)) / left), p) for p, a in alpha.items())
