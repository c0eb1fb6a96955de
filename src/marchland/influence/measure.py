"""The measure of influence: from events and ties to a row for each power, domain and period."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from math import isnan

import numpy as np

from marchland.errors import MarchlandError
from marchland.influence.coverage import Read, coverage
from marchland.influence.flow import Act, Further, acts, fade
from marchland.influence.ledger import Ledger
from marchland.influence.periods import Period, periods
from marchland.influence.rows import DOUBTS, OTHERS, InfluenceRow
from marchland.influence.share import Reading, readings
from marchland.influence.sources import sources
from marchland.influence.stock import Standing, probabilities, standings
from marchland.influence.weighed import weighed
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
    months = further.months(named, weights) if further else None
    column = {p: i for i, p in enumerate(named)}
    columns = weighed(done, months, column=column, domains=domains, weights=weights, foresight=foresight)
    read = readings(
        columns, held, days, domains, weights, column=column, outlets=found.outlets, foresight=foresight, seed=seed
    )
    ledger = Ledger(
        acts=tuple(done), months=months, held=tuple(held), named=named, weights=weights, foresight=foresight
    )
    return _rows(host, domains, spans, read, ledger, coverage(found, days), even=further is None)


def _largest(
    done: Sequence[Act], held: Sequence[Standing], further: Further | None, days: Sequence[date], weights: Weights
) -> tuple[str, ...]:
    """The powers with the most exposure over the days asked for."""
    size = dict(further.sizes(days, weights)) if further else {}
    odds = [sum(column) / len(days) for column in probabilities(held, days, weights).T.tolist()]
    for s, stands in zip(held, odds, strict=True):
        size[s.power] = size.get(s.power, 0.0) + weights.stock[s.kind].typical * s.magnitude * s.split * stands
    for a in done:
        amount = weights.delta * weights.flow[a.event_type].score * a.split * a.certainty
        seen = bisect_left(days, a.day)  # on the first reading after the act the most is left of it
        kept = fade(a, days[seen], weights) if seen < len(days) else 0.0
        for power in a.powers:
            size[power] = size.get(power, 0.0) + amount * kept
    best = sorted((-amount, power) for power, amount in size.items() if amount > 0)
    return tuple(power for _, power in best[:_NAMED])


def _rows(
    host: str,
    domains: Sequence[Domain],
    spans: Sequence[Period],
    read: Reading,
    ledger: Ledger,
    covered: Sequence[Read],
    *,
    even: bool,
) -> list[InfluenceRow]:
    """The numbers of a reading as rows; arrays are turned into plain numbers at once, not one by one.

    Args:
        even: Whether documents alone were read, so that how many were read of a year says something.
    """
    weights, powers = ledger.weights, (*ledger.named, OTHERS)
    prior = weights.concentration / len(powers)
    factor = np.array([c.factor for c in covered])[:, None, None]
    exposure = np.log1p([weights.exposure[d] for d in domains])
    enough = (read.records >= weights.floor_records) & (read.amount >= weights.floor_amount)
    cells = [
        read.share, read.share_low, read.share_high, read.level, read.level_low, read.level_high, read.stock, read.flow,
        read.posture, np.log1p(read.stock + weights.delta * factor * read.flow) / exposure, *np.moveaxis(read.doubt, 1, 0),
    ]  # fmt: skip
    numbers = zip(*(cell.swapaxes(1, 2).ravel().tolist() for cell in cells), strict=True)
    floors = zip(*(x.ravel().tolist() for x in (read.records, enough, read.total)), strict=True)
    out = []
    for span, seen in zip(spans, covered, strict=True):
        for domain in domains:
            records, fine, total = next(floors)
            for power in powers:
                share, share_low, share_high, level, level_low, level_high, stock, flow, tone, as_one, *doubt = next(
                    numbers
                )
                dyad = fine and power != OTHERS
                out.append(
                    InfluenceRow(
                        host=host,
                        power=power,
                        domain=domain,
                        period=span.label,
                        day=span.day,
                        share=share if fine else None,
                        share_low=share_low if fine else None,
                        share_high=share_high if fine else None,
                        level=level if dyad else None,
                        level_low=level_low if dyad else None,
                        level_high=level_high if dyad else None,
                        stock=stock,
                        flow=flow,
                        prior=prior / total if fine else None,
                        posture=None if isnan(tone) else tone,
                        enough=fine,
                        records=records,
                        read=seen.documents,
                        level_even=as_one if even and dyad else None,
                        doubt=dict(zip(DOUBTS, doubt, strict=True)) if fine else {},
                        find=partial(ledger.evidence, power, domain, span.day, total if fine else None),
                    )
                )
    return out
