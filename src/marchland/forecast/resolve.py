"""What came of forecasts, judged by what is known later; what was issued stays as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from marchland.forecast.history import TYPES, History, class_names, class_of
from marchland.forecast.ledger import Said
from marchland.model.ontology import TieKind
from marchland.model.records import Tie
from marchland.store.ledger import Issued


class Outcome(StrEnum):
    """How a forecast ended."""

    CAME = "came"
    NOT = "did not come"
    OPEN = "open"  # the window is not over, or nothing is known beyond it
    UNRESOLVED = "unresolved"  # it cannot be decided; the reason is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One forecast with its end."""

    outcome: Outcome
    reason: str
    day: date | None = None  # of the act that decided it

    @property
    def truth(self) -> bool | None:
        """Did it come? None = not decided."""
        return {Outcome.CAME: True, Outcome.NOT: False}.get(self.outcome)


def resolve(row: Issued, past: History, last: date | None, ties: Iterable[Tie] = ()) -> Resolved:
    """What came of one of marchland's own forecasts.

    A window is judged only when it is over and something is known of a later day, so that early news of hits does not
    make the record look better than it is.
    """
    if last is None or last <= row.until:
        return Resolved(outcome=Outcome.OPEN, reason=f"nothing is known yet of a day after {row.until}")
    if row.level == "tie":
        return _tie(row, ties)
    days = _days(past, row.power, row.host, row.level, row.event_class)
    return _judged(days, row.first, row.until, row.event_class)


def _judged(days: Sequence[int], first: date, until: date, what: str) -> Resolved:
    hit = [d for d in days if first.toordinal() <= d <= until.toordinal()]
    if hit:
        day = date.fromordinal(min(hit))
        return Resolved(outcome=Outcome.CAME, reason=f"{what} on {day}", day=day)
    return Resolved(outcome=Outcome.NOT, reason=f"no {what} from {first} to {until} is known")


def _days(past: History, power: str, host: str, level: str, event_class: str) -> list[int]:
    """Days of acts of one class by one party towards another."""
    if power not in past.actors or host not in past.actors:
        return []
    mine = (past.a == past.actors.index(power)) & (past.b == past.actors.index(host))
    mine &= class_of(past.kind, level) == class_names(level).index(event_class)
    return sorted(np.unique(past.day[mine]).tolist())


def _tie(row: Issued, ties: Iterable[Tie]) -> Resolved:
    kind = TieKind(row.event_class)
    days = [
        t.since.start.toordinal()
        for t in ties
        if t.kind is kind and t.status.happened and t.since and t.since.start and t.power and t.host
        and (t.power.key, t.host.key) == (row.power, row.host)
    ]  # fmt: skip
    return _judged(days, row.first, row.until, f"{kind.value} tie")


def resolve_said(found: Said, past: History, last: date | None) -> Resolved:
    """What came of a forecast that a text made: an act of its type among its parties, within the time it gave."""
    unresolved = Outcome.UNRESOLVED
    if found.event_type is None:
        return Resolved(outcome=unresolved, reason="it is about no act that could be looked for")
    if len(found.parties) < 2:
        return Resolved(outcome=unresolved, reason="it names fewer than two parties")
    if found.made is None:
        return Resolved(outcome=unresolved, reason="its day is not known")
    days = sorted(
        {
            d
            for a in found.parties
            for b in found.parties
            if a != b
            for d in _days(past, a, b, "type", TYPES[TYPES.index(found.event_type)].value)
            if d > found.made.toordinal()
        }
    )
    what = f"{found.event_type.value} among {', '.join(found.parties)}"
    end = found.until
    if end is not None and end < found.made:
        return Resolved(
            outcome=unresolved, reason=f"the time it speaks of, until {end}, was over when it was published"
        )
    hit = [d for d in days if end is None or d <= end.toordinal()]
    if hit:
        day = date.fromordinal(hit[0])
        came = found.polarity > 0
        return Resolved(outcome=Outcome.CAME if came else Outcome.NOT, reason=f"{what} on {day}", day=day)
    if end is None:
        return Resolved(outcome=unresolved, reason=f"no {what} since, and the text sets no end to the time")
    if last is None or last <= end:
        return Resolved(outcome=Outcome.OPEN, reason=f"nothing is known yet of a day after {end}")
    return Resolved(
        outcome=Outcome.NOT if found.polarity > 0 else Outcome.CAME, reason=f"no {what} until {end} is known"
    )
