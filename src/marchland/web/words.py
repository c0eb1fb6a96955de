"""Dates, parties and records in words for a reader of the page."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from marchland.influence import OTHERS
from marchland.lexicon.registry import REGISTRY_ID, country_name
from marchland.model.dates import DateRange
from marchland.model.document import Document
from marchland.model.ontology import Precision, QuadClass, Status
from marchland.model.records import (
    KIND_OF,
    AnyRecord,
    Event,
    Holder,
    Link,
    Mention,
    Participant,
    Quantity,
    Silence,
    Statement,
    Tie,
)
from marchland.model.wire import range_from
from marchland.store import Action, Correction

_SHOWN: Final = 3  # tellings of a correction that are quoted
_QUOTE: Final = 90  # characters of each
_MONTHS: Final = "January February March April May June July August September October November December".split()


def day(value: date | None) -> str:
    """24 October 2016."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def month(value: date) -> str:
    """October 2016."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def chance(value: float) -> str:
    """A probability, never rounded to certainty: 34 %, 2.1 %, < 0.1 %."""
    told = 100 * value
    if told < 0.1 or told > 99.9:
        return "<\u00a00.1\u00a0%" if told < 0.1 else ">\u00a099.9\u00a0%"
    return f"{told:.1f}\u00a0%" if told < 10 or told > 99 else f"{told:.0f}\u00a0%"


def when(value: DateRange | None) -> str:
    """A date as precisely as it was told; empty where nothing is told."""
    if value is None:
        return ""
    start, end = value.start, value.end
    if start is None and end is None:
        return ""
    if start is None:
        return f"until {day(end)}"
    if end is None:
        return f"from {day(start)}"
    if start == end:
        return day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if value.precision is Precision.MONTH and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if start.year != end.year:
        return f"{day(start)} to {day(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} to {day(end)}"
    return f"{start.day} to {day(end)}"


def name(code: str | None) -> str:
    """A country or organisation by its English name."""
    if code is None:
        return "unknown"
    return "other outsiders" if code == OTHERS else country_name(code)


def party(value: Participant) -> str:
    """One party: "China", "Russia (business)", "an unknown party"."""
    if not value.key:
        return value.text or "an unknown party"
    told = name(value.key)
    if value.org and value.country and value.org != value.country:
        told += f" ({name(value.country)})"
    return told


def parties(values: Iterable[Participant]) -> str:
    """China and Tajikistan; China, Russia and Tajikistan."""
    told = list(dict.fromkeys(party(p) for p in values))
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def kind(value: str) -> str:
    """A code as words: `arms_supply` is "arms supply", `COOPERATE` is "cooperate"."""
    return value.replace("_", " ").lower()


def line(record: AnyRecord) -> str:
    """A record as one line, without its date."""
    if isinstance(record, Event):
        what = kind(record.event_type)
        if record.base:
            what += f" to {kind(record.base)}"
        if record.mode:
            what += f" ({kind(record.mode)})"
        toward = f" → {parties(record.recipients)}" if record.recipients else ""
        return f"{parties(record.actors)}{toward}: {what}"
    if isinstance(record, Tie):
        sides = f"{party(record.power)} → {party(record.host)}" if record.power and record.host else ""
        return f"{sides or parties(record.members)}: {kind(record.kind)}"
    if isinstance(record, Silence):
        return f"{party(record.party)}: no answer found"
    if isinstance(record, Link):
        return kind(record.relation)
    if isinstance(record, Statement):
        return f"{KIND_OF[type(record)]} by {holder(record.holder)}"
    return ""


def date_of(record: AnyRecord) -> str:
    """The record's own date in words; empty where none is told."""
    if isinstance(record, Event):
        return when(record.when)
    if isinstance(record, Tie):
        begin = f"since {when(record.since)}" if record.since else "start not told"
        return f"{begin}, ended {when(record.until)}" if record.until else begin
    return when(record.window) if isinstance(record, Silence) else ""


def holder(value: Holder | None) -> str:
    """Whose word it is."""
    if value is None:
        return "the publisher"
    who = value.name or (name(value.country) if value.country else "")
    return f"{who} ({value.kind.value})" if who else f"the {value.kind.value}"


def quantity(value: Quantity) -> str:
    """A figure in the text's own words, with what it counts."""
    return f"{value.text} {value.of}" if value.of and value.of not in value.text else value.text


def outlet(mention: Mention, document: Document | None) -> str:
    """Who published a telling."""
    if mention.doc_id == REGISTRY_ID:
        return "marchland's registry of standing ties"
    return (document.publisher if document else None) or "publisher unknown"


def published(document: Document | None) -> str:
    """When a document came out."""
    if document is None or document.published is None:
        return "date unknown"
    return when(document.published.range) or "date unknown"


def status(value: Status) -> str:
    """What a status means for counting."""
    if value is Status.DENIED:
        return "denied"
    return value.value if value.happened else f"{value.value}, not counted as happened"


def cooperative(value: QuadClass) -> bool:
    """Cooperation, of words or deeds."""
    return value in (QuadClass.VERBAL_COOPERATION, QuadClass.MATERIAL_COOPERATION)


def percent(value: float | None) -> str:
    """43 %; a dash where there is not enough evidence."""
    return "–" if value is None else f"{100 * value:.0f}\u00a0%"


# ---- corrections ----


def field_value(value: Any) -> str:
    """A field of a record's JSON in words."""
    if value in (None, "", []):
        return "not told"
    if isinstance(value, list):
        return ", ".join(field_value(v) for v in value)
    if isinstance(value, dict):
        if "sector" in value:
            told = name(value["org"] or value["country"])
            return told if value["sector"] == "UNK" else f"{told} ({value['sector']})"
        if "precision" in value:
            return when(range_from(value))
        return str(value.get("name") or value.get("text") or value.get("kind") or value)
    return str(value)


def said_of(value: Correction) -> list[str]:
    """What an entry says, in a few words for each of the first tellings it speaks of."""
    out = []
    for s in value.subjects[:_SHOWN]:
        told = s.before or s.after or s.read
        if value.action is Action.EDIT and s is value.subjects[0]:
            old = s.before or {}
            out += [f"{k}: {field_value(old.get(k))} → {field_value(v)};" for k, v in (s.changes or {}).items()]
        if told:
            quote = told["mentions"][0]["quote"]
            out.append(f"“{quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + '…'}”")
    if len(value.subjects) > _SHOWN:
        out.append(f"and {len(value.subjects) - _SHOWN} more tellings")
    return out
