"""Flow: what recent acts between a host and outside powers add, F."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from marchland.influence.periods import middle
from marchland.influence.sources import Sources, once
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType
from marchland.model.records import Event, Participant

if TYPE_CHECKING:  # it makes acts
    from marchland.influence.months import Months


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act between the host and at least one outside power, ready to be weighed."""

    record_id: str
    event_type: EventType
    day: date  # the middle of its interval; where none is told, of its first report
    known: date  # first report; in foresight it does not exist before
    powers: tuple[str, ...]
    split: float  # 1 / (participants - 1)
    certainty: float
    domains: Mapping[Domain, float]
    outlets: tuple[int, ...]
    count: float = 1.0  # acts that it stands for; of event data, a month of rows


class Further(Protocol):
    """Acts beside those that were read, so many that they are made only for the powers that are named."""

    def sizes(self, days: Sequence[date], weights: Weights) -> Mapping[str, float]:
        """What each power's acts weigh on the first of the days after them, summed; days run forward."""
        ...

    def busy(self, since: date, until: date) -> Mapping[str, float]:
        """How many acts each power's rows between two days stand for."""
        ...

    def read(self, months: Sequence[str]) -> Sequence[float]:
        """How much was read of each month (YYYY-MM), in acts, of the whole world."""
        ...

    def months(self, named: Collection[str], weights: Weights) -> "Months":
        """The acts as columns, with every power that is not named as "other outsiders"."""
        ...

    def acts(self, named: Collection[str], weights: Weights) -> Sequence[Act]:
        """The same as objects."""
        ...


def outsider(party: Participant, asked: Collection[str]) -> str | None:
    """The outside power a party stands for: a country, the European Union, or an organisation that was asked for."""
    if party.country:
        return party.country
    return party.org if party.org == "EU" or party.org in asked else None


def acts(events: Sequence[Event], host: str, asked: Collection[str], weights: Weights, found: Sources) -> list[Act]:
    """The acts that count for `host`: told as happened, between at least two countries, dated or at least reported."""
    out = []
    domains: dict[tuple[EventType, tuple[str, ...]], Mapping[Domain, float]] = {}  # few differ
    for record, telling in once(events, found):
        event = cast(Event, record)
        keys = {p.country or p.org for p in event.parties}  # None is the unknown party, and counts as one
        powers = {o for p in event.parties if (o := outsider(p, asked)) and o != host}
        reported = telling.days[0] if telling.days else None
        day = middle(event.when) or reported
        if host not in keys or not powers or day is None:
            continue
        like = event.event_type, event.contexts
        if like not in domains:
            domains[like] = weights.domains_of(event)
        out.append(
            Act(
                record_id=event.id,
                event_type=event.event_type,
                day=day,
                known=max(day, reported or day),
                powers=tuple(sorted(powers)),
                split=1 / (len(keys) - 1),
                certainty=event.certainty * (weights.disputed if event.disputed else 1.0),
                domains=domains[like],
                outlets=telling.outlets,
            )
        )
    return sorted(out, key=lambda a: (a.day, a.record_id))


def fade(act: Act, day: date, weights: Weights) -> float:
    """What is left of an act on `day`: halved with each half-life of its type; 0 before it."""
    age = (day - act.day).days
    return float(0.5 ** (age / weights.flow[act.event_type].half_life_days)) if age >= 0 else 0.0
