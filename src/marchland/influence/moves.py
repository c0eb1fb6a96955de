"""Moves of one power inside another's sphere, and who answered: only what a text links to the move is an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from marchland.influence.flow import Act, acts
from marchland.influence.sources import Sources, published, sources
from marchland.influence.stock import Standing, standings
from marchland.lexicon.outlets import Outlets
from marchland.lexicon.outlets import outlets as shipped_outlets
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.shift_rules import MoveRules, load_shift_rules
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain, Relation, TieKind
from marchland.model.records import AnyRecord, Event, Link, Participant, Record, Silence, Statement, Tie

_DOMAIN: Final = {"military": Domain.SECURITY, "economic": Domain.ECONOMIC}  # in which a class of moves has its sphere
_CONTEXT: Final = {"military": "military", "economic": "economic"}
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
class Move:
    """What a power did in a host that is part of a rival's sphere."""

    host: str
    power: str
    rival: str
    sort: str  # military | economic: moves of one sort are compared
    code: str  # kind of tie or event type
    day: date
    until: date  # last day on which an answer was looked for
    record_id: str
    also: tuple[str, ...]
    outcome: Outcome
    answers: tuple[Answer, ...]
    told: tuple[str, ...]  # silences that texts tell of it
    looked: int  # documents of the rival's own outlets in the window that tell something of the host


def moves(
    events: Sequence[Event],
    ties: Sequence[Tie],
    documents: Sequence[Document],
    *,
    links: Sequence[Link] = (),
    silences: Sequence[Silence] = (),
    statements: Sequence[Statement] = (),
    host: str,
    since: date,
    until: date,
    powers: Sequence[str] = (),
    rival: str | None = None,
    weights: Weights | None = None,
    rules: MoveRules | None = None,
    outlets: Outlets | None = None,
    registry: bool = True,
    origins: Mapping[str, str] | None = None,
) -> list[Move]:
    """The moves in `host` between two days, by day, each with what the rival answered or whether it was looked for.

    Args:
        powers: Whose moves; none = everybody's.
        rival: Whose sphere; None = before each move, the power with most stock in the domain of its sort.

    Source: `lexicon/ontology/shifts.toml` for what is a move, `lexicon/sources/outlets.csv` for whose an outlet is.
    """
    weights, rules = weights or load_weights(), rules or load_shift_rules().moves
    found = sources(documents, origins, known_on=until)
    held = standings([*(shipped().ties if registry else ()), *ties], host, (), weights, found)
    by_id = {e.id: e for e in events}
    looked = _Looked.of(documents, found, outlets or shipped_outlets(), host, (*events, *ties))
    linked = _Linked.of(links, (*events, *ties, *statements), silences)
    out = []
    for loose in _loose(held, acts(events, host, (), weights, found), by_id, rules):
        if not since <= loose.day <= until or (powers and loose.power not in powers):
            continue
        patron = _patron(held, loose, rival, weights, rules)
        if patron is None or patron in loose.joint:
            continue
        end = loose.day + timedelta(days=rules.window_days)
        answers = linked.answers(loose.ids, patron, rules)
        told = linked.told(loose.ids, patron)
        read = looked.count(patron, loose.day, end)
        out.append(
            Move(
                host=host,
                power=loose.power,
                rival=patron,
                sort=loose.sort,
                code=loose.code,
                day=loose.day,
                until=end,
                record_id=loose.ids[0],
                also=loose.ids[1:],
                outcome=_outcome(answers, told, read, rules),
                answers=answers,
                told=told,
                looked=read,
            )
        )
    return sorted(out, key=lambda m: (m.day, m.power, m.code, m.record_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loose:
    power: str
    sort: str
    code: str
    day: date
    ids: tuple[str, ...]
    joint: frozenset[str]  # powers that took part


def _loose(
    held: Sequence[Standing], done: Sequence[Act], events: Mapping[str, Event], rules: MoveRules
) -> Iterable[_Loose]:
    """Tie starts and acts that are moves, whoever's sphere it is."""
    for s in held:
        if s.since and s.kind in rules.ties and s.kind is not TieKind.CLAIM_OF_SPHERE:
            sort = rules.ties[s.kind]
            yield _Loose(
                power=s.power,
                sort=sort,
                code=s.kind.value,
                day=s.since,
                ids=(s.record_id, *s.also),
                joint=frozenset({s.power}),
            )
    for a in done:
        sort = rules.acts.get(a.event_type, "")
        event = events[a.record_id]
        if not sort or _CONTEXT[sort] not in event.contexts or (sort == "economic" and not _large(event, rules)):
            continue
        movers = {k for p in event.actors if (k := p.country or p.org)} & set(a.powers)
        for power in sorted(movers):
            yield _Loose(
                power=power,
                sort=sort,
                code=a.event_type.value,
                day=a.day,
                ids=(a.record_id,),
                joint=frozenset(a.powers),
            )


def _large(event: Event, rules: MoveRules) -> bool:
    return any(q.unit == "USD" and (q.value or q.low or 0.0) >= rules.loan_usd for q in event.quantities)


def _patron(
    held: Sequence[Standing], move: _Loose, rival: str | None, weights: Weights, rules: MoveRules
) -> str | None:
    """The other power in whose sphere the host is, the day before the move."""
    before, domain = move.day - timedelta(days=1), _DOMAIN[move.sort]
    size: dict[str, float] = {}
    for s in held:
        if s.power != move.power and (rival is None or s.power == rival):
            amount = weights.stock[s.kind].typical * s.magnitude * s.split * s.probability(before, weights)
            size[s.power] = size.get(s.power, 0.0) + amount * s.domains.get(domain, 0.0)
    best = min(((-n, p) for p, n in size.items() if n >= rules.sphere), default=None)
    return best[1] if best else None


def _outcome(answers: Sequence[Answer], told: Sequence[str], looked: int, rules: MoveRules) -> Outcome:
    order = list(Outcome)
    if answers:
        return min((a.outcome for a in answers), key=order.index)
    if told:
        return Outcome.TOLD_SILENT
    return Outcome.SILENT if looked >= rules.least_documents else Outcome.NOT_LOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """Days on which outlets of each country told something of the host; copies of one origin once."""

    days: Mapping[str, tuple[date, ...]]

    @classmethod
    def of(
        cls, documents: Sequence[Document], found: Sources, table: Outlets, host: str, records: Iterable[Event | Tie]
    ) -> "_Looked":
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
        return sum(first <= d <= last for d in self.days.get(country, ()))


def _countries(record: Event | Tie) -> set[str | None]:
    if isinstance(record, Event):
        return {p.country for p in record.parties}
    return {p.country for p in (record.power, record.host, *record.members) if p}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    """Links and told silences by the record they answer."""

    by_target: Mapping[str, tuple[tuple[Link, AnyRecord | Record], ...]]
    silences: Mapping[str, tuple[Silence, ...]]

    @classmethod
    def of(cls, links: Sequence[Link], records: Iterable[Record], silences: Sequence[Silence]) -> "_Linked":
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
        out = {}
        for identity in ids:
            for link, record in self.by_target.get(identity, ()):
                outcome = _sort(record, link, rival, rules)
                if outcome:
                    out[record.id] = Answer(record_id=record.id, link_id=link.id, outcome=outcome)
        return tuple(out[k] for k in sorted(out))

    def told(self, ids: Sequence[str], rival: str) -> tuple[str, ...]:
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
