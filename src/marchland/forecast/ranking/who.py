"""Who next, over the events of a store: which party an actor turns to, or who turns to a recipient."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from marchland.errors import ForecastError
from marchland.forecast.ranking.additive import Additive
from marchland.forecast.ranking.fit import LEAST, fit
from marchland.forecast.ranking.graph import EventGraph, Kind
from marchland.forecast.ranking.pool import queries
from marchland.forecast.ranking.reasons import Reason, reasons
from marchland.forecast.ranking.walk import UNTRAINED, Walk
from marchland.influence.periods import middle
from marchland.model.ontology import EventType, Sector
from marchland.model.records import Event, Participant

WINDOW: Final = 1096  # days before the asked one that count: three years
VAGUE: Final = 31  # days: an event told less exactly has no day to be walked on


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Why, with events of the store."""

    reason: Reason
    events: tuple[str, ...]  # ids, the latest first; given for the strongest reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class NextParty:
    """One party that could be next."""

    party: str  # country or organisation
    score: float  # the sum of the reasons' parts and `WhoNext.constant`
    probability: float  # that it is the one, if one of the parties that were weighed is
    reasons: tuple[Support, ...]  # strongest first


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoNext:
    """The answer to (actor, event type, ?) or (?, event type, recipient)."""

    actor: str | None  # None = asked for
    event_type: EventType
    recipient: str | None  # None = asked for
    on: date  # nothing of this day or later was seen
    rows: tuple[NextParty, ...]  # best first
    weighed: int  # parties among which the probabilities are shared
    mode: str  # "additive", "boosted", or "untrained" where the store is too small to fit
    fitted_on: int  # queries; 0 = untrained
    events: int  # that counted
    constant: float
    note: str | None  # what to know before trusting it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    subject: str
    relation: EventType
    object: str
    day: int
    event_id: str


def who_next(
    events: Iterable[Event],
    *,
    actor: str | None = None,
    recipient: str | None = None,
    event_type: EventType,
    on: date,
    boosted: bool = False,
    limit: int = 10,
) -> WhoNext:
    """Rank who is the other party of the next such act.

    Only events told as happened, with a day before `on` and at most three years back, between two known parties, count. The ranker is
    fitted on these alone.

    Args:
        events: The store's merged events.
        actor: Country or organisation whose recipient is asked for.
        recipient: Country or organisation whose actor is asked for; give one of the two.
        boosted: Trees on top of the additive score; more often right, harder to read.

    Raises:
        ForecastError: both or neither party is given, or the events do not know it.
    """
    if (actor is None) == (recipient is None):
        raise ForecastError("who next needs exactly one of actor and recipient; the other one is what is asked for")
    found = list(events)
    rows = sorted(_rows(found, on), key=lambda x: (x.day, x.event_id, x.subject, x.object))
    graph = _graph(rows, found)
    asked = actor or recipient or ""
    if asked not in graph.parties:
        raise ForecastError(
            f'no dated event before {on} has "{asked}" as a party; ask for one that `marchland events` shows, or a later day'
        )
    walk = Walk(graph)
    rankers = fit(walk, on.toordinal(), boosted=boosted)
    relation = list(EventType).index(event_type) + (0 if actor else len(EventType))
    own = graph.parties.index(asked)
    block = walk.block(on.toordinal(), queries(np.array([own]), np.array([relation]), walk.past.sizes.r))
    ranker = _untrained(block.names) if rankers is None else rankers.boosted or rankers.additive
    score, parts = ranker.score(block.values), ranker.parts(block.values)
    weighed = np.flatnonzero(block.pool.party != own)
    best = weighed[np.argsort(-score[weighed], kind="stable")]
    share = np.exp(score[best] - score[best].max()) if len(best) else score[best]
    out = [
        NextParty(
            party=graph.parties[int(block.pool.party[row])],
            score=float(score[row]),
            probability=float(p / share.sum()),
            reasons=tuple(
                Support(reason=r, events=tuple(dict.fromkeys(rows[e].event_id for e in r.events)))
                for r in reasons(walk.past, block, int(row), parts)
            ),
        )
        for row, p in zip(best[:limit], share[:limit], strict=True)
    ]
    return WhoNext(
        actor=actor,
        event_type=event_type,
        recipient=recipient,
        on=on,
        rows=tuple(out),
        weighed=len(best),
        mode="untrained" if rankers is None else "boosted" if rankers.boosted else "additive",
        fitted_on=rankers.queries if rankers else 0,
        events=len({r.event_id for r in rows}),
        constant=parts.constant,
        note=None
        if rankers
        else f"too few events to fit weights ({LEAST} questions are needed): hand-set weights rank",
    )


def _untrained(names: tuple[str, ...]) -> Additive:
    weights = np.array([UNTRAINED.get(n, 0.0) for n in names], np.float32)
    return Additive(names=names, weights=weights, centre=np.zeros(len(names), np.float32))


def _rows(events: Iterable[Event], on: date) -> Iterator[_Row]:
    """Dyads with a day: actor and recipient, or each two actors of a joint act, both ways."""
    for event in events:
        day = middle(event.when)
        if not event.status.happened or event.when is None or day is None or (event.when.days or VAGUE + 1) > VAGUE:
            continue
        if (event.when.end or day) >= on or (on - day).days > WINDOW:
            continue
        for subject, other in _dyads(event):
            yield _Row(subject=subject, relation=event.event_type, object=other, day=day.toordinal(), event_id=event.id)


def _dyads(event: Event) -> list[tuple[str, str]]:
    actors = sorted({p.key for p in event.actors if p.key})
    others = sorted({p.key for p in event.recipients if p.key}) or actors
    return [(a, b) for a in actors for b in others if a != b]


def _graph(rows: list[_Row], events: Iterable[Event]) -> EventGraph:
    parties = tuple(sorted({x for row in rows for x in (row.subject, row.object)}))
    place = {p: i for i, p in enumerate(parties)}
    types = {t: i for i, t in enumerate(EventType)}
    told: dict[str, Participant] = {}
    for event in events:
        for p in event.parties:
            if p.key in place and p.key not in told:
                told[p.key] = p
    countries = tuple(sorted({c for p in told.values() if (c := p.country)}))
    roles = tuple(sorted({_role(p) for p in told.values()}))
    return EventGraph(
        subject=np.array([place[r.subject] for r in rows], np.int64),
        relation=np.array([types[r.relation] for r in rows], np.int64),
        object=np.array([place[r.object] for r in rows], np.int64),
        day=np.array([r.day for r in rows], np.int64),
        parties=parties,
        relations=tuple(str(t) for t in EventType),
        kinds=tuple(
            Kind(country=countries.index(c) if (c := told[p].country) else -1, role=roles.index(_role(told[p])))
            for p in parties
        ),
        countries=countries,
        roles=roles,
    )


def _role(party: Participant) -> str:
    """A country is a state; of an organisation, its sector."""
    return "state" if party.org is None else str(party.sector or Sector.UNK)
