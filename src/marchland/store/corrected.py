"""What one document says once the standing corrections are laid over a reading of it, and where the two disagree."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from marchland.model.document import Document, content_id
from marchland.model.records import AnyRecord, Reading
from marchland.model.wire import record_from, record_json
from marchland.store.anchors import Finder, Json, differing, essence
from marchland.store.corrections import Action, Correction, Subject
from marchland.store.fields import RULE, overridden

ABOUT_PAIRS: Final = (Action.MERGE, Action.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Where a correction and the present reading do not fit together. The correction stands all the same."""

    correction: Correction
    subject: Subject
    kind: str  # CONFLICTS
    field: str | None = None  # None = it is not about a field
    read_then: Any = None  # the coder's value when the person spoke
    read_now: Any = None  # the coder's value today
    stands: Any = None  # the person's value; None also for what was rejected
    now: str | None = None  # id of the telling as it is read today


CONFLICTS: Final = {
    "no longer read": "the new reading has no such record; it is kept as the person left it",
    "dormant": "the new reading has no such record any more, so there is nothing left to reject or to join",
    "read otherwise": "the new reading differs in a field that the person vouched for; the person's word counts",
    "text changed": "the document's text is not the one that the person read, so the correction does not apply",
    "no document": "the document is not in this store, so the correction waits for it",
}


@dataclass(slots=True, kw_only=True)
class Applied:
    """One document's records as they count."""

    records: list[AnyRecord] = field(default_factory=list)
    keys: list["Key"] = field(default_factory=list)  # of each record
    rejected: list[AnyRecord] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """By what a further correction of a record will know it."""

    anchor: str
    twin: str
    read: Json | None  # the coder's telling; None = a person added it


@dataclass(slots=True, kw_only=True)
class _Slot:
    """One record of the document while corrections are laid over it."""

    record: AnyRecord | None  # None = there is nothing to show
    key: Key
    place: int  # in the reading; behind it what only a person says
    rejected: bool = False


Spoken = Sequence[tuple[Correction, Subject]]


def apply(document: Document, reading: Reading, spoken: Spoken) -> Applied:
    """Lay corrections over a reading.

    Args:
        spoken: The standing entries on this document, with what they say of it, in the order of the log.
    """
    finder = Finder(document, reading.records)
    slots: dict[object, _Slot] = {
        i: _Slot(record=r, place=i, key=Key(anchor=finder.anchors[i], twin=finder.twin(i), read=finder.told[i]))
        for i, r in enumerate(reading.records)
    }
    for correction, subject in spoken:
        if subject.sha256 == document.sha256:
            key = found_at(finder, subject, spoken)
            if key is not None:
                slots[key].key = replace(slots[key].key, anchor=subject.anchor)
            _lay(slots, ("kept", subject.anchor, subject.twin) if key is None else key, correction, subject)
    return _gathered(document, slots)


def found_at(finder: Finder, subject: Subject, spoken: Spoken) -> int | None:
    """The place of the telling in the reading; None = it is not read."""
    if subject.read is None:  # added: known by what was added first, whatever became of it since
        first = next(s for _, s in spoken if s.read is None and s.twin == subject.twin)
        told = first.after or first.before
        return finder.same(told) if told else None
    taken = frozenset(s.anchor for _, s in spoken if s.anchor != subject.anchor)
    return finder.find(subject.anchor, subject.twin, subject.read, taken=taken)


def _lay(slots: dict[object, _Slot], key: object, correction: Correction, subject: Subject) -> None:
    """One entry's word on one record."""
    slot = slots.get(key)
    if slot is None:  # not read any more, or never: what the person left is all there is
        if correction.action in ABOUT_PAIRS or (subject.read is None and correction.action is not Action.ADD):
            return  # nothing to join or part, or the adding itself was taken back
        known = Key(anchor=subject.anchor, twin=subject.twin, read=subject.read)
        slot = slots[key] = _Slot(record=None, key=known, place=len(slots))
    if correction.action is Action.REJECT:
        slot.rejected = True
        if slot.record is None and subject.before:
            slot.record = record_from(subject.before)
    elif correction.action not in ABOUT_PAIRS and subject.changes is not None:
        slot.rejected = False
        if slot.record is not None:
            slot.record = overridden(slot.record, subject.changes, correction.who)
        elif subject.after:
            slot.record = record_from(subject.after)


def _gathered(document: Document, slots: dict[object, _Slot]) -> Applied:
    out = Applied()
    seen: set[str] = set()
    for slot in sorted(slots.values(), key=lambda s: s.place):
        record = slot.record
        if record is None or not _quotes(record, document):
            continue
        if slot.rejected:
            out.rejected.append(record)
            continue
        if record.id in seen:  # kept beside a new reading that took its id
            record = record_from(
                record_json(record) | {"id": content_id(RULE, record.id, slot.key.anchor, slot.key.twin)}
            )
        seen.add(record.id)
        out.records.append(record)
        out.keys.append(slot.key)
    return out


def _quotes(record: AnyRecord, document: Document) -> bool:
    """A log from elsewhere may have been changed on its way; what does not quote the text is left out."""
    return all(m.doc_id == document.doc_id and document.text[m.start : m.end] == m.quote for m in record.mentions)


# ---- conflicts ----


def conflicts(document: Document, reading: Reading, spoken: Spoken) -> list[Conflict]:
    """Where the standing corrections of one document do not fit its present reading; the last word on a field is compared."""
    finder = Finder(document, reading.records)
    settled: dict[object, set[str]] = {}  # fields on which a later entry has spoken
    out: list[Conflict] = []
    for correction, subject in reversed(spoken):
        if subject.sha256 != document.sha256:
            out.append(Conflict(correction=correction, subject=subject, kind="text changed"))
            continue
        place = found_at(finder, subject, spoken)
        key: object = ("kept", subject.anchor, subject.twin) if place is None else place
        done = settled.setdefault(key, set())
        if place is None:
            if subject.read is not None and "*" not in done:
                out.append(Conflict(correction=correction, subject=subject, kind=_gone(correction)))
                done.add("*")
            continue
        if correction.action in ABOUT_PAIRS:
            continue
        now = finder.told[place]
        names = [n for n in _relied_on(correction, subject, now) if n not in done]
        done.update(names)
        out += _read_otherwise(correction, subject, now, names)
    return out[::-1]


def _gone(correction: Correction) -> str:
    return "dormant" if correction.action in (Action.REJECT, *ABOUT_PAIRS) else "no longer read"


def _relied_on(correction: Correction, subject: Subject, now: Json) -> tuple[str, ...]:
    """The fields that the entry is about: those it names, or for a rejection all that made the record."""
    if correction.action is Action.REJECT:
        return differing(subject.read or {}, now) if subject.read else ()
    return tuple(subject.changes or ())


def _read_otherwise(correction: Correction, subject: Subject, now: Json, names: Sequence[str]) -> list[Conflict]:
    out = []
    for name in names:
        then, today = _value(subject.read, name), _value(now, name)
        said = None if correction.action is Action.REJECT else (subject.changes or {}).get(name)
        agrees = correction.action is not Action.REJECT and essence(today) == essence(said)
        if essence(then) != essence(today) and not agrees:
            out.append(
                Conflict(
                    correction=correction, subject=subject, kind="read otherwise", field=name, read_then=then,
                    read_now=today, stands=said, now=now["id"],
                )
            )  # fmt: skip
    return out


def _value(told: Json | None, name: str) -> Any:
    """A field of a record; the parties of a statement stand in `about`."""
    if told is None:
        return None
    if name == "parties":
        return [a for a in told["about"] if not isinstance(a, str)]
    return told.get(name)
