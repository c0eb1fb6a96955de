"""What answered a move, by the links of the texts, and whether an answer was looked for, by whose outlets were read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from marchland.influence.sources import Sources, published
from marchland.lexicon.outlets import Outlets
from marchland.lexicon.shift_rules import MoveRules
from marchland.model.document import Document
from marchland.model.ontology import Relation
from marchland.model.records import Event, Link, Participant, Record, Silence, Statement, Tie

_ANSWERING: Final = (Relation.RESPONDS_TO, Relation.CAUSED_BY)


class Outcome(StrEnum):
    """What became of a move; of several answers the first of this order counts."""

    CONTEST = "contest"
    BARGAIN = "bargain"
    ENDORSE = "endorse"
    SILENT = "silent"  # the rival's own outlets were read, and nothing is linked to the move
    TOLD_SILENT = "told silent"  # a text says that no answer came; its word, not ours
    NOT_LOOKED = "not looked"

    @property
    def answered(self) -> bool:
        """Did the rival answer?"""
        return self in (Outcome.CONTEST, Outcome.BARGAIN, Outcome.ENDORSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An act, tie or statement of the rival that a text links to the move."""

    record_id: str
    link_id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Days on which outlets of each country told something of the host; copies of one origin once."""

    days: Mapping[str, tuple[date, ...]]

    @classmethod
    def of(
        cls, documents: Sequence[Document], found: Sources, table: Outlets, host: str, records: Iterable[Event | Tie]
    ) -> "Looked":
        """Sort the documents that tell something of the host by home country."""
        about = {m.doc_id for r in records if host in _countries(r) for m in r.mentions}
        seen: set[str] = set()
        days: dict[str, list[date]] = {}
        for d in documents:
            home, day, origin = table.home(d), published(d), found.origin(d.doc_id)
            if home and day and d.doc_id in about and origin not in seen and d.doc_id not in found.late:
                seen.add(origin)
                days.setdefault(home, []).append(day)
        return cls(days={home: tuple(sorted(told)) for home, told in days.items()})

    def count(self, country: str, first: date, last: date) -> int:
        """Documents of the country's outlets between the two days."""
        return sum(first <= d <= last for d in self.days.get(country, ()))


def _countries(record: Event | Tie) -> set[str | None]:
    if isinstance(record, Event):
        return {p.country for p in record.parties}
    return {p.country for p in (record.power, record.host, *record.members) if p}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Links and told silences by the record they answer."""

    by_target: Mapping[str, tuple[tuple[Link, Record], ...]]
    silences: Mapping[str, tuple[Silence, ...]]

    @classmethod
    def of(cls, links: Sequence[Link], records: Iterable[Record], silences: Sequence[Silence]) -> "Linked":
        """Sort links and silences; a plan is no answer, and no link is made here."""
        known = {r.id: r for r in records}
        by_target: dict[str, list[tuple[Link, Record]]] = {}
        for link in links:
            pairs = [(link.source, link.target)] if link.relation in _ANSWERING else []
            if link.relation is Relation.IN_RETURN_FOR:  # a bargain, whichever side is told first
                pairs = [(link.source, link.target), (link.target, link.source)]
            for answer, target in pairs:
                if answer in known and link.status.happened:
                    by_target.setdefault(target, []).append((link, known[answer]))
        told: dict[str, list[Silence]] = {}
        for s in silences:
            if isinstance(s.stimulus, str):
                told.setdefault(s.stimulus, []).append(s)
        return cls(
            by_target={k: tuple(v) for k, v in by_target.items()}, silences={k: tuple(v) for k, v in told.items()}
        )

    def answers(self, ids: Sequence[str], rival: str, rules: MoveRules) -> tuple[Answer, ...]:
        """What the rival did or said that a text links to one of the move's records."""
        out = {}
        for identity in ids:
            for link, record in self.by_target.get(identity, ()):
                outcome = _sort(record, link, rival, rules)
                if outcome:
                    out[record.id] = Answer(record_id=record.id, link_id=link.id, outcome=outcome)
        return tuple(out[k] for k in sorted(out))

    def told(self, ids: Sequence[str], rival: str) -> tuple[str, ...]:
        """Silences of the rival that texts tell of the move."""
        found = (s for i in ids for s in self.silences.get(i, ()))
        return tuple(sorted({s.id for s in found if rival in (s.party.country, s.party.org)}))


def _sort(record: Record, link: Link, rival: str, rules: MoveRules) -> Outcome | None:
    """What the linked record is as an answer of the rival; None = it is not the rival's, or did not happen."""
    if isinstance(record, Statement):
        if record.holder.country != rival:
            return None
        return Outcome.ENDORSE if record.polarity > 0 else Outcome.CONTEST
    if not record.status.happened:
        return None
    if isinstance(record, Tie):
        return Outcome.CONTEST if record.power and _is(record.power, rival) else None
    if not isinstance(record, Event) or not any(_is(p, rival) for p in record.actors):
        return None
    if link.relation is Relation.IN_RETURN_FOR:
        return Outcome.BARGAIN
    return Outcome(rules.answers[record.event_type]) if record.event_type in rules.answers else None


def _is(party: Participant, country: str) -> bool:
    return country in (party.country, party.org)
