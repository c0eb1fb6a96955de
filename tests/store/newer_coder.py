"""A newer coder, as far as the store can tell: it reads the same documents a little otherwise. And a script of corrections."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from marchland.model.document import Document, Span, content_id
from marchland.model.ontology import EventType, Status, TieKind
from marchland.model.records import AnyRecord, Event, Reading, Tie
from marchland.model.wire import record_json
from marchland.store import Correction, Store
from marchland.store.anchors import essence

Corpus = list[tuple[Document, Reading]]
SCRIPT = ("accept", "reject", "edit", "edit", "reject", "merge", "split", "add")


def reread(chance: Random, corpus: Corpus) -> Corpus:
    """Every document as a newer coder reads it: ids, triggers, types and order change, records are lost and found."""
    return [(doc, _otherwise(chance, read)) for doc, read in corpus]


def _otherwise(chance: Random, read: Reading) -> Reading:
    out = [_record(chance, r) for r in read.records if chance.random() >= 0.15]
    chance.shuffle(out)
    return Reading(records=tuple(out))


def _record(chance: Random, old: AnyRecord) -> AnyRecord:
    certainty = chance.choice([0.5, 0.7, old.certainty])
    mentions = tuple(replace(m, coder="2") for m in old.mentions)
    new = replace(old, id=content_id("newer", old.id), certainty=certainty, mentions=mentions)
    if chance.random() < 0.3:
        new = _cut_otherwise(chance, new)
    if chance.random() < 0.2 and isinstance(new, Event):
        return replace(new, event_type=chance.choice([EventType.CONSULT, EventType.SUPPORT]), mode=None)
    if chance.random() < 0.2 and isinstance(new, Tie):
        return replace(new, kind=chance.choice([TieKind.PRESENCE, TieKind.TRAINING]))
    return new


def _cut_otherwise(chance: Random, record: AnyRecord) -> AnyRecord:
    """The same sentence, its trigger a few characters longer or shorter."""
    first, *rest = record.mentions
    end = min(first.end, max(first.trigger.start + 1, first.trigger.end + chance.randrange(-2, 6)))
    return replace(record, mentions=(replace(first, trigger=Span(start=first.trigger.start, end=end)), *rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One scripted correction, and whether it holds in a store."""

    action: str
    holds: Callable[[Store], bool]


def scripted(chance: Random, store: Store, count: int) -> list[Claim]:
    """Correct `count` different things."""
    told = [t for rs in (store.events(), store.ties()) for r in rs for t in [store.tellings(r.id)]]
    chance.shuffle(told)
    free = [ts for ts in told if len(ts) == 1] + [ts for ts in told if len(ts) > 1]
    several = [ts for ts in told if len(ts) > 1 and ts[0].doc_id != ts[-1].doc_id]
    claims: list[Claim] = []
    while len(claims) < count:
        action = SCRIPT[len(claims) % len(SCRIPT)]
        if action == "split":
            if not several:
                action = "edit"
            else:
                pair = several.pop()
                free.remove(pair)
                store.split(pair[0].id, pair[-1].id, by="Ann")
                claims.append(Claim(action=action, holds=_apart(pair[0], pair[-1])))
                continue
        one = free.pop(0)
        several = [ts for ts in several if ts is not one]
        claims.append(_said(chance, store, action, one, free))
    return claims


def _said(
    chance: Random, store: Store, action: str, one: tuple[AnyRecord, ...], free: list[tuple[AnyRecord, ...]]
) -> Claim:
    first = one[0]
    if action == "merge":
        other = next(
            ts for ts in free
            if type(ts[0]) is type(first) and getattr(ts[0], "kind", 0) == getattr(first, "kind", 0) and ts[0].doc_id != first.doc_id
        )  # fmt: skip
        free.remove(other)
        store.merge(first.id, other[0].id, by="Ann")
        return Claim(action=action, holds=_together(first, other[0]))
    if action == "add":
        m = first.mentions[0]
        told = {
            "record": "claim",
            "doc_id": m.doc_id,
            "start": m.start,
            "end": m.end,
            "holder": "author",
            "parties": "KGZ",
        }
        done = store.add_record(told, by="Ben")
        return Claim(action=action, holds=_told(done))
    if action == "reject":
        done = store.reject(first.id, by="Ann")
        return Claim(action=action, holds=_gone(one))
    if action == "accept":
        return Claim(action=action, holds=_told(store.accept(first.id, by="Ann")))
    changes: dict[str, Any] = {"status": chance.choice([s for s in Status if s is not first.status])}
    if chance.random() < 0.5:
        changes |= {"type": "AID", "actors": "KGZ"} if isinstance(first, Event) else {"type": "outpost", "power": "KGZ"}
    return Claim(action="edit", holds=_told(store.edit(first.id, changes, by="Ben")))


def near(store: Store, record: AnyRecord) -> list[AnyRecord]:
    """Records of that kind that the store now tells at that trigger."""
    trigger = record.mentions[0].trigger
    return [
        r for r in store.reading(record.doc_id).records
        if type(r) is type(record) and r.mentions[0].trigger.overlaps(trigger)
    ]  # fmt: skip


def _told(done: Correction) -> Callable[[Store], bool]:
    """What the person vouched for stands in each telling."""

    def holds(store: Store) -> bool:
        for s in done.subjects:
            trigger = Span(start=s.after["mentions"][0]["trigger"][0], end=s.after["mentions"][0]["trigger"][1])
            now = [
                record_json(r) for r in store.reading(s.doc_id).records
                if record_json(r)["record"] == s.after["record"] and r.mentions[0].trigger.overlaps(trigger)
            ]  # fmt: skip
            fields = [k for k in s.changes if k != "parties"]
            if not any(all(essence(n[k]) == essence(s.changes[k]) for k in fields) for n in now):
                return False
        return True

    return holds


def _gone(tellings: tuple[AnyRecord, ...]) -> Callable[[Store], bool]:
    return lambda store: not any(near(store, t) for t in tellings)


def _together(left: AnyRecord, right: AnyRecord) -> Callable[[Store], bool]:
    """One record, where both are still read."""

    def holds(store: Store) -> bool:
        ones, others = near(store, left), near(store, right)
        return not ones or not others or store.record(ones[0].id).id == store.record(others[0].id).id

    return holds


def _apart(left: AnyRecord, right: AnyRecord) -> Callable[[Store], bool]:
    def holds(store: Store) -> bool:
        ones, others = near(store, left), near(store, right)
        return not ones or not others or store.record(ones[0].id).id != store.record(others[0].id).id

    return holds
