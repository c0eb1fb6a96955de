"""Events in a form that a test can write down: "AGREE/AID planned CHN > TJK"."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from marchland.model.records import Event, Participant

Code = Callable[..., list[Event]]  # the `coder` fixture


def told(events: Iterable[Event]) -> list[str]:
    """A line for each event, sorted: type, its base after a stroke, status, actors, and recipients after an arrow.

    A party is its organisation or else its country, "?" where neither is known; several are joined by "+" in order of
    the alphabet. Recipients of whom nothing is known are left out.
    """
    return sorted(map(line, events))


def line(event: Event) -> str:
    """One event's line."""
    base = f"/{event.base.value}" if event.base else ""
    recipients = _side(event.recipients)
    arrow = f" > {recipients}" if recipients.strip("?+") else ""
    return f"{event.event_type.value}{base} {event.status.value} {_side(event.actors)}{arrow}"


def _side(parties: Iterable[Participant]) -> str:
    return "+".join(sorted(p.key or "?" for p in parties))


def cases(rows: list[dict[str, Any]], name: Callable[[dict[str, Any]], str]) -> list[ParameterSet]:
    """Rows as test cases; those that the shipped weights get wrong (`misread`, with the reason) are expected to fail."""
    return [
        pytest.param(row, id=name(row), marks=[pytest.mark.xfail(reason=row["misread"])] if "misread" in row else [])
        for row in rows
    ]
