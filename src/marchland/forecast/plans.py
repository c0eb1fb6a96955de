"""What became of plans that were read from texts: held, late, changed, cancelled, or unknown, each by a named rule."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from marchland.model.ontology import EventType, Status
from marchland.model.records import Event

SLACK: Final = timedelta(days=7)  # an act within a week of the time set was on time
_CALLED_OFF: Final = frozenset({EventType.REJECT, EventType.SANCTION})


class Fate(StrEnum):
    """What became of a plan."""

    HELD = "held"
    LATE = "late"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan and its end."""

    plan: str  # record id
    kind: EventType  # of the act that was planned
    parties: tuple[str, ...]
    told: date | None  # publication
    due: date | None  # the last day of the time it set
    fate: Fate
    rule: str  # why
    by: str | None = None  # id of the record that decided it
    day: date | None = None


def plans(
    events: Sequence[Event], stories: Mapping[str, str], told_on: Mapping[str, date], last: date | None
) -> list[Plan]:
    """Every plan among the events, by the day it was told.

    Args:
        stories: Which act each plan became, as `Store.stories` has it.
        last: The newest day that anything is known of.
    """
    known = _Known(by_id={e.id: e for e in events}, among=_among(events, told_on), stories=stories, told_on=told_on)
    out = [_plan(e, known, last) for e in events if e.status is Status.PLANNED]
    return sorted(out, key=lambda p: (p.told or date.max, p.plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What decides about plans."""

    by_id: Mapping[str, Event]
    among: Mapping[frozenset[str], Sequence[Event]]  # events by their parties, the first told first
    stories: Mapping[str, str]
    told_on: Mapping[str, date]


def _among(events: Sequence[Event], told_on: Mapping[str, date]) -> dict[frozenset[str], list[Event]]:
    out: dict[frozenset[str], list[Event]] = defaultdict(list)
    for e in sorted(events, key=lambda e: (told_on.get(e.doc_id) or date.max, e.id)):
        out[_parties(e)].append(e)
    return out


def _plan(plan: Event, known: _Known, last: date | None) -> Plan:
    told = known.told_on.get(plan.doc_id)
    due = plan.when.end if plan.when and plan.when.end and (told is None or plan.when.end >= told) else None
    fate, rule, decided, day = _fate(plan, known, due, last)
    return Plan(
        plan=plan.id, kind=plan.base or plan.event_type, parties=tuple(sorted(_parties(plan))), told=told, due=due,
        fate=fate, rule=rule, by=decided, day=day,
    )  # fmt: skip


def _fate(plan: Event, known: _Known, due: date | None, last: date | None) -> tuple[Fate, str, str | None, date | None]:
    act = known.by_id.get(known.stories.get(plan.id, plan.id))
    told = known.told_on.get(plan.doc_id)
    if act is not None and act.id != plan.id:
        day = (act.when.start if act.when else None) or known.told_on.get(act.doc_id)
        if due is None or day is None or day <= due + SLACK:
            return Fate.HELD, "an act of its kind by the same parties came in the time it set", act.id, day
        return Fate.LATE, f"such an act came {(day - due).days} days after the time it set", act.id, day
    for other in known.among[_parties(plan)]:
        later = known.told_on.get(other.doc_id)
        if other.id == plan.id or later is None or told is None or later <= told:
            continue
        if other.status is Status.DENIED and _kind(other) is _kind(plan):
            return Fate.CANCELLED, "a later report denies it", other.id, later
        if other.status.happened and other.event_type in _CALLED_OFF and (due is None or later <= due + SLACK):
            return (
                Fate.CANCELLED,
                f"the same parties have a later {other.event_type.value} before it was due",
                other.id,
                later,
            )
        if other.status is Status.PLANNED and _kind(other) is _kind(plan) and _moved(plan, other):
            return Fate.CHANGED, "a later report sets another time for it", other.id, later
    if due is None:
        return Fate.UNKNOWN, "it set no time, and no such act is known", None, None
    if last is None or last <= due:
        return Fate.UNKNOWN, f"it is not due before {due}", None, None
    return Fate.UNKNOWN, f"due by {due}; no report says what became of it", None, None


def _kind(event: Event) -> EventType:
    return event.base or event.event_type


def _moved(plan: Event, other: Event) -> bool:
    """Does the later plan set a time that does not meet the earlier one?"""
    a, b = plan.when, other.when
    if a is None or b is None or not (a.start and a.end and b.start and b.end):
        return False
    return b.start > a.end or b.end < a.start


def _parties(event: Event) -> frozenset[str]:
    return frozenset(p.key for p in event.parties if p.key)
