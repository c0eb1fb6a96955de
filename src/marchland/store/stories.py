"""Which plan became which act? Plans and acts stay separate events; a story joins them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from marchland.model.records import Event
from marchland.store.shapes import COMING

LATE: Final = timedelta(days=400)  # a plan may be carried out a year late, and a month for the news of it


def stories(events: Iterable[Event], told_on: Mapping[str, date | None]) -> dict[str, str]:
    """The story of each event, as the id of the act that it is about.

    A plan belongs to the first act of its kind, by the same parties, in the time it set or up to a year later; without
    such an act it is its own story, as every act is.

    Args:
        told_on: The publication day of each document.
    """
    acts: dict[tuple[str, frozenset[str]], list[tuple[date, str]]] = defaultdict(list)
    plans = []
    story = {}
    for event in events:
        story[event.id] = event.id
        if event.status in COMING:
            plans.append(event)
        elif event.status.happened:
            day = _start(event) or told_on.get(event.doc_id)
            if day:
                acts[event.event_type, _parties(event)].append((day, event.id))
    for plan in plans:
        told = told_on.get(plan.doc_id)
        begin = _start(plan) or told
        if begin is None:
            continue
        end = ((plan.when.end if plan.when else None) or begin) + LATE
        found = [
            (day, i) for day, i in acts.get((plan.base or plan.event_type, _parties(plan)), ()) if begin <= day <= end
        ]
        if found:
            story[plan.id] = min(found)[1]
    return story


def _start(event: Event) -> date | None:
    return event.when.start if event.when else None


def _parties(event: Event) -> frozenset[str]:
    return frozenset(p.key for p in event.parties if p.key)
