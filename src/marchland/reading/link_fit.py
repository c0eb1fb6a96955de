"""May two records be joined by a link, and what have they in common?"""

from marchland.model.dates import DateRange
from marchland.model.ontology import Relation
from marchland.model.records import AnyRecord, Event, Participant, Silence, Statement, Tie
from marchland.reading.statement_phrases import Match

OF_ACTS = frozenset({Relation.BEFORE, Relation.CAUSED_BY, Relation.CARRIES_OUT})  # join no statements


def joinable(match: Match, source: AnyRecord, target: AnyRecord) -> bool:
    """Are these two different records of kinds that the relation joins, and do their parties and days allow it?"""
    relation = match.entry.relation
    if source.id == target.id or source.mentions[0].trigger.overlaps(target.mentions[0].trigger):
        return False
    if relation in OF_ACTS and (isinstance(source, Statement) or isinstance(target, Statement)):
        return False
    if relation is Relation.RESPONDS_TO and match.entry.goes_to == "before" and _own_act(source, target):
        return False
    return not (relation is Relation.BEFORE and _dates_forbid(source, target))


def _own_act(source: AnyRecord, target: AnyRecord) -> bool:
    """Nobody responds to what he alone did himself."""
    ours = {p.key for p in source.actors if p.key} if isinstance(source, Event) else set()
    theirs = {p.key for p in target.actors if p.key} if isinstance(target, Event) else set()
    return bool(ours) and ours == theirs


def _dates_forbid(source: AnyRecord, target: AnyRecord) -> bool:
    """Do told days say that the one did not come before the other?"""
    a, b = _start(source), _start(target)
    return bool(a and b and a.start and b.end and a.start > b.end)


def _start(record: AnyRecord) -> DateRange | None:
    return record.when if isinstance(record, Event) else record.since if isinstance(record, Tie) else None


def grounds(record: AnyRecord) -> set[str]:
    """Countries in which an act or tie is at home."""
    parties = record.parties if isinstance(record, Event) else ()
    if isinstance(record, Tie):
        parties = tuple(p for p in (record.host, *record.members) if p)
    where = record.where if isinstance(record, Event | Tie) else None
    return {p.country for p in parties if p.country} | ({where.country} if where and where.country else set())


def keys(record: AnyRecord) -> set[str]:
    """What its parties are known by."""
    if isinstance(record, Tie):
        parties: tuple[Participant | None, ...] = (record.power, record.host, *record.members)
    elif isinstance(record, Silence):
        parties = (record.party,)
    else:
        parties = record.parties if isinstance(record, Event | Statement) else ()
    return {k for p in parties if p for k in (p.country, p.org) if k}


def sort(record: AnyRecord) -> str | None:
    """The type of an act or the kind of a tie."""
    if isinstance(record, Event):
        return (record.base or record.event_type).value
    return record.kind.value if isinstance(record, Tie) else None
