"""The fields of a record as a form shows them: each value written so that it is read back as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final

from marchland.model.dates import DateRange
from marchland.model.ontology import MODES, EventType, Relation, Status, TieKind
from marchland.model.records import AnyRecord, Event, Forecast, Link, Participant, Silence, Statement, Tie
from marchland.web.snapshot import Snapshot

_ALIKE: Final = 12  # records that are offered for joining


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form."""

    name: str  # as `marchland review edit --set` knows it
    label: str
    value: str
    options: tuple[str, ...] = ()  # none = free text


def fields(record: AnyRecord) -> list[Field]:
    """What a person may change of it."""
    out = _own(record)
    out.append(_choice("status", "status", record.status.value, [s.value for s in Status]))
    return out


def _own(record: AnyRecord) -> list[Field]:
    if isinstance(record, Event):
        modes = sorted({"", record.mode or "", *MODES.get(record.event_type, frozenset())})
        return [
            _choice("event_type", "what", record.event_type.value, [t.value for t in EventType]),
            _choice("mode", "how", record.mode or "", modes),
            _parties("actors", record.actors),
            _parties("recipients", record.recipients),
            _days("when", "when", record.when),
            Field(name="where", label="where", value=record.where.name if record.where else ""),
        ]
    if isinstance(record, Tie):
        return [
            _choice("kind", "kind", record.kind.value, [k.value for k in TieKind]),
            Field(name="power", label="power", value=_party(record.power) if record.power else ""),
            Field(name="host", label="host", value=_party(record.host) if record.host else ""),
            _parties("members", record.members),
            _days("since", "since", record.since),
            _days("until", "until", record.until),
            _days("last_confirmed", "last confirmed", record.last_confirmed),
            Field(name="where", label="where", value=record.where.name if record.where else ""),
            Field(name="magnitude", label="size, 1 = typical", value=f"{record.magnitude:g}"),
        ]
    if isinstance(record, Silence):
        return [
            Field(name="party", label="party", value=_party(record.party)),
            _days("window", "window", record.window),
        ]
    if isinstance(record, Link):
        return [_choice("relation", "relation", record.relation.value, [r.value for r in Relation])]
    return _of_statement(record)


def _of_statement(record: Statement) -> list[Field]:
    out = [
        Field(name="holder", label="whose word", value=record.holder.name or record.holder.kind.value),
        _parties("parties", record.parties),
        _choice("polarity", "sense", str(record.polarity), ["1", "-1"]),
    ]
    if isinstance(record, Forecast):
        odds = f"{record.probability[0]:g}..{record.probability[1]:g}" if record.probability else ""
        out += [Field(name="probability", label="odds", value=odds), _days("horizon", "horizon", record.horizon)]
    return out


def _choice(name: str, label: str, value: str, options: Sequence[str]) -> Field:
    return Field(name=name, label=label, value=value, options=tuple(options))


def _parties(name: str, values: Sequence[Participant]) -> Field:
    return Field(name=name, label=name, value=", ".join(_party(p) for p in values))


def _party(value: Participant) -> str:
    """CHN MIL; ? where nothing is known."""
    code = value.key or "?"
    return code if value.sector.value == "UNK" else f"{code} {value.sector.value}"


def _days(name: str, label: str, value: DateRange | None) -> Field:
    told = ""
    if value and (value.start or value.end):
        first, last = (d.isoformat() if d else "" for d in (value.start, value.end))
        told = first if first == last else f"{first}..{last}"
    return Field(name=name, label=label, value=told)


def alike(record: AnyRecord, found: Snapshot) -> Sequence[Event | Tie]:
    """Records that may be the same one: of the same kind and a common party, those told nearest in time first."""
    if isinstance(record, Event):
        keys = {p.key for p in record.parties if p.key}
        near = {e.id: e for k in keys for e in found.events_of.get(k, ())}
        near.pop(record.id, None)
        return nsmallest(_ALIKE, near.values(), key=lambda e: (_apart(e, record), e.id))
    if isinstance(record, Tie):
        same = [t for t in found.ties if t.kind is record.kind and t.id != record.id and _sides(t) & _sides(record)]
        return sorted(same, key=lambda t: (-len(_sides(t) & _sides(record)), _apart(t, record), t.id))[:_ALIKE]
    return []


def _sides(tie: Tie) -> set[str]:
    return {p.key for p in (tie.power, tie.host, *tie.members) if p and p.key}


def _apart(one: Event | Tie, other: Event | Tie) -> tuple[int, int]:
    """Another type, then days between the two; unknown days are far."""
    kind = isinstance(one, Event) and isinstance(other, Event) and one.event_type is not other.event_type
    a, b = _day(one), _day(other)
    return int(kind), abs((a - b).days) if a and b else 10**6


def _day(record: Event | Tie) -> date | None:
    told = record.when if isinstance(record, Event) else record.since
    return (told.start or told.end) if told else None
