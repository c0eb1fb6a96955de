"""The measure of influence: from events and ties to a row for each power, domain and period."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isnan, log1p

from marchland.errors import MarchlandError
from marchland.influence.coverage import coverage
from marchland.influence.flow import Act, Further, acts, fade
from marchland.influence.periods import periods
from marchland.influence.rows import DOUBTS, OTHERS, Evidence, InfluenceRow
from marchland.influence.share import Reading, readings
from marchland.influence.sources import sources
from marchland.influence.stock import Standing, standings
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from marchland.model.records import Event, Tie

_NAMED = 6  # powers that are named where the question names none


def influence(
    events: Sequence[Event],
    ties: Sequence[Tie],
    documents: Sequence[Document],
    *,
    host: str,
    powers: Sequence[str] = (),
    since: date,
    until: date,
    period: str = "year",
    domains: Sequence[Domain] = tuple(Domain),
    weights: Weights | None = None,
    registry: bool = True,
    origins: Mapping[str, str] | None = None,
    known_on: date | None = None,
    foresight: bool = False,
    seed: int = 0,
    further: Further | None = None,
) -> list[InfluenceRow]:
    """Measure what exposes `host` to each outside power, in each domain, on the last day of each period.

    Stock (standing ties) and flow (recent acts) stay apart in each row; cooperative or coercive is `posture`'s question.

    Args:
        powers: Countries (ISO 3166-1 alpha-3) or organisation ids; all the rest is "other outsiders". None named = the six
            with the most exposure over the whole time.
        registry: Whether the lexicon's well-known standing ties count beside the documents'.
        origins: The origin of each document, by `doc_id`; copies of one origin count once. None = same text, same origin.
        known_on: Documents that came out later are ignored; default `until`.
        foresight: Each period sees only what was published by its last day. Otherwise what became known later tells of
            earlier days too.
        seed: Of the draws behind the intervals.
        further: Acts beside the events, such as those of imported event data (`influence.imported`).

    Returns:
        Rows by period, domain and power, "other outsiders" last; in each (period, domain) the shares sum to 1. None
        stands where there is not enough evidence.

    Raises:
        MarchlandError: host and powers overlap, or the period is unknown.

    Source: `lexicon/ontology/weights.toml`, which cites its numbers.
    """
    weights = weights or load_weights()
    if host in powers or OTHERS in powers or len(set(powers)) != len(powers):
        raise MarchlandError(f"powers {', '.join(powers)}: name each outside power once; {host} is the host")
    if not domains:
        raise MarchlandError(f"no domain asked for; name one or more of {', '.join(Domain)}")
    spans = periods(since, until, period)
    found = sources(documents, origins, known_on=known_on or until)
    own = [*(shipped().ties if registry else ()), *ties]
    held = standings(own, host, powers, weights, found)
    done = acts(events, host, powers, weights, found)
    days = [s.day for s in spans]
    named = tuple(powers) or _largest(done, held, further, days, weights)
    if further:
        done += further.acts(named, weights)
    read = readings(done, held, days, named, domains, weights, outlets=found.outlets, foresight=foresight, seed=seed)
    ledger = _Ledger(acts=tuple(done), held=tuple(held), named=named, weights=weights, foresight=foresight)
    covered = coverage(found, days)
    out = []
    for span, reading, seen in zip(spans, read, covered, strict=True):
        for d, domain in enumerate(domains):
            for p, power in enumerate((*named, OTHERS)):
                row = _row(
                    host=host,
                    power=power,
                    domain=domain,
                    label=span.label,
                    day=span.day,
                    reading=reading,
                    p=p,
                    d=d,
                    ledger=ledger,
                    seen=seen.documents,
                    factor=None if further else seen.factor,
                )
                out.append(row)
    return out


def _largest(
    done: Sequence[Act], held: Sequence[Standing], further: Further | None, days: Sequence[date], weights: Weights
) -> tuple[str, ...]:
    """The powers with the most exposure over the days asked for."""
    size = dict(further.sizes(days, weights)) if further else {}
    for s in held:
        odds = sum(s.probability(day, weights) for day in days) / len(days)
        size[s.power] = size.get(s.power, 0.0) + weights.stock[s.kind].typical * s.magnitude * s.split * odds
    for a in done:
        amount = weights.delta * weights.flow[a.event_type].score * a.split * a.certainty
        seen = bisect_left(days, a.day)  # on the first reading after the act the most is left of it
        kept = fade(a, days[seen], weights) if seen < len(days) else 0.0
        for power in a.powers:
            size[power] = size.get(power, 0.0) + amount * kept
    best = sorted((-amount, power) for power, amount in size.items() if amount > 0)
    return tuple(power for _, power in best[:_NAMED])


def _row(
    *,
    host: str,
    power: str,
    domain: Domain,
    label: str,
    day: date,
    reading: Reading,
    p: int,
    d: int,
    ledger: "_Ledger",
    seen: int,
    factor: float | None,
) -> InfluenceRow:
    weights = ledger.weights
    records, amount = int(reading.records[d]), float(reading.amount[d])
    enough = records >= weights.floor_records and amount >= weights.floor_amount
    total = float(reading.total[d])
    dyad = enough and power != OTHERS
    tone = float(reading.posture[p, d])

    def number(values: object, *, ok: bool) -> float | None:
        return float(values[p, d]) if ok else None  # type: ignore[index]  # an array, powers x domains

    stock, flow = float(reading.stock[p, d]), float(reading.flow[p, d])
    even = None
    if factor is not None:
        even = log1p(stock + weights.delta * factor * flow) / log1p(weights.exposure[domain])
    find: Callable[[], tuple[Evidence, ...]] = partial(ledger.evidence, power, domain, day, total if enough else None)
    return InfluenceRow(
        host=host,
        power=power,
        domain=domain,
        period=label,
        day=day,
        share=number(reading.share, ok=enough),
        share_low=number(reading.share_low, ok=enough),
        share_high=number(reading.share_high, ok=enough),
        level=number(reading.level, ok=dyad),
        level_low=number(reading.level_low, ok=dyad),
        level_high=number(reading.level_high, ok=dyad),
        stock=stock,
        flow=flow,
        prior=weights.concentration / (len(ledger.named) + 1) / total if enough else None,
        posture=None if isnan(tone) else tone,
        enough=enough,
        records=records,
        read=seen,
        level_even=even if dyad else None,
        doubt={name: float(reading.doubt[i, p, d]) for i, name in enumerate(DOUBTS)} if enough else {},
        find=find,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ledger:
    """The acts and standings behind all rows; evidence is worked out when it is asked for."""

    acts: tuple[Act, ...]
    held: tuple[Standing, ...]
    named: tuple[str, ...]
    weights: Weights
    foresight: bool

    def evidence(self, power: str, domain: Domain, day: date, total: float | None) -> tuple[Evidence, ...]:
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
        for a in self.acts:
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
