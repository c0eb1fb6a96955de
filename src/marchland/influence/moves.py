"""Moves of one power inside another's sphere, and who answered: only what a text links to the move is an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from marchland.influence.answers import Answer, Linked, Looked, Outcome
from marchland.influence.flow import Act, acts
from marchland.influence.sources import sources
from marchland.influence.steps import told_interval
from marchland.influence.stock import Standing, standings
from marchland.lexicon.outlets import Outlets
from marchland.lexicon.outlets import outlets as shipped_outlets
from marchland.lexicon.registry import registry as shipped
from marchland.lexicon.shift_rules import MoveRules, load_shift_rules
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain, TieKind
from marchland.model.records import Event, Link, Silence, Statement, Tie

_DOMAIN: Final = {"military": Domain.SECURITY, "economic": Domain.ECONOMIC}  # in which a class of moves has its sphere
_CONTEXT: Final = {"military": "military", "economic": "economic"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a power did in a host that is part of a rival's sphere."""

    host: str
    power: str
    rival: str
    sort: str  # military | economic: moves of one sort are compared
    code: str  # kind of tie or event type
    day: date  # the middle of the interval told
    since: date  # an answer was looked for from this day
    until: date  # to this one; the same day where the move's day is too vague to look
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
    looked = Looked.of(documents, found, outlets or shipped_outlets(), host, (*events, *ties))
    linked = Linked.of(links, (*events, *ties, *statements), silences)
    out = []
    told_ties = {t.id: t for t in (*shipped().ties, *ties)}
    for loose in _loose(held, acts(events, host, (), weights, found), told_ties, by_id, rules):
        if not since <= loose.day <= until or (powers and loose.power not in powers):
            continue
        patron = _patron(held, loose, rival, weights, rules)
        if patron is None or patron in loose.joint:
            continue
        start, end = _window(loose, rules)
        answers = linked.answers(loose.ids, patron, rules)
        told = linked.told(loose.ids, patron)
        read = looked.count(patron, start, end) if end > start else 0
        out.append(
            Move(
                host=host,
                power=loose.power,
                rival=patron,
                sort=loose.sort,
                code=loose.code,
                day=loose.day,
                since=start,
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
    first: date  # the interval told
    last: date
    ids: tuple[str, ...]
    joint: frozenset[str]  # powers that took part


def _loose(
    held: Sequence[Standing],
    done: Sequence[Act],
    ties: Mapping[str, Tie],
    events: Mapping[str, Event],
    rules: MoveRules,
) -> Iterable[_Loose]:
    """Tie starts and acts that are moves, whoever's sphere it is."""
    for s in held:
        if s.since and s.kind in rules.ties and s.kind is not TieKind.CLAIM_OF_SPHERE:
            sort = rules.ties[s.kind]
            first, last = told_interval(s, ties, s.since, opens=True)
            yield _Loose(
                power=s.power,
                sort=sort,
                code=s.kind.value,
                day=s.since,
                first=first,
                last=last,
                ids=(s.record_id, *s.also),
                joint=frozenset({s.power}),
            )
    for a in done:
        sort = rules.acts.get(a.event_type, "")
        event = events[a.record_id]
        if not sort or _CONTEXT[sort] not in event.contexts or (sort == "economic" and not _large(event, rules)):
            continue
        movers = {k for p in event.actors if (k := p.country or p.org)} & set(a.powers)
        when = event.when
        first, last = (when.start or a.day, when.end or a.day) if when else (a.day, a.day)
        for power in sorted(movers):
            yield _Loose(
                power=power,
                sort=sort,
                code=a.event_type.value,
                day=a.day,
                first=first,
                last=last,
                ids=(a.record_id,),
                joint=frozenset(a.powers),
            )


def _window(move: _Loose, rules: MoveRules) -> tuple[date, date]:
    """Days in which an answer is looked for; none where the move's own day is vaguer than the window is long."""
    if (move.last - move.first).days > rules.window_days:
        return move.day, move.day
    return move.first, move.last + timedelta(days=rules.window_days)


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
