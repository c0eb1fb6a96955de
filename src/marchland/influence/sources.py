"""Who told it, and since when is it known: documents as origins and outlets, so that copies count once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.document import Document
from marchland.model.records import Event, Mention, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What remains of a record's mentions: by whom and when it was told as having happened."""

    origins: tuple[str, ...]
    outlets: tuple[int, ...]  # indices of resampled outlets; empty = the registry, which is not resampled
    days: tuple[date, ...]  # of publication, one for each origin that has one, in order


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents of a question, by origin and outlet."""

    origin_of: Mapping[str, str]
    day_of: Mapping[str, date]  # by origin: its earliest publication
    outlet_of: Mapping[str, int]  # by origin
    outlets: int
    late: frozenset[str]  # documents that came out after the last day that may be known

    def telling(self, record: Event | Tie) -> Telling | None:
        """The mentions that count as happened and are not late; None = there is none."""
        kept = [m for m in record.mentions if m.status.happened and m.doc_id not in self.late]
        if not kept or not record.status.happened:
            return None
        origins = sorted({self.origin(m.doc_id) for m in kept if m.doc_id != REGISTRY_ID})
        return Telling(
            origins=tuple(origins),
            outlets=tuple(sorted({self.outlet_of[o] for o in origins if o in self.outlet_of})),
            days=tuple(sorted(self.day_of[o] for o in origins if o in self.day_of)),
        )

    def origin(self, doc_id: str) -> str:
        """The id that all copies of a document share."""
        return self.origin_of.get(doc_id, doc_id)

    def key(self, mention: Mention) -> tuple[str, str, int]:
        """The same for one sentence of all copies of a document."""
        return self.origin(mention.doc_id), mention.quote, mention.trigger.start - mention.start


def published(document: Document) -> date | None:
    """The day a document came out: the best one, else the last possible."""
    told = document.published
    return (told.best or told.range.end or told.range.start) if told else None


def sources(documents: Iterable[Document], origins: Mapping[str, str] | None, *, known_on: date) -> Sources:
    """Sort documents by origin and outlet.

    Without `origins`, documents with the same text below the title are copies. The outlet of an origin is that of the
    document whose id it bears, else of its earliest document.
    """
    by_origin: dict[str, list[Document]] = {}
    origin_of: dict[str, str] = {}
    late = set()
    for document in documents:
        day = published(document)
        if day and day > known_on:
            late.add(document.doc_id)
            continue
        origin = origins.get(document.doc_id, document.doc_id) if origins is not None else _body_hash(document)
        origin_of[document.doc_id] = origin
        by_origin.setdefault(origin, []).append(document)
    first = {o: min(docs, key=lambda d, o=o: _order(d, o)) for o, docs in by_origin.items()}  # type: ignore[misc]  # default binds the loop's value
    names = {o: d.publisher or f"document {o}" for o, d in first.items()}
    order: dict[str, int] = {}
    for origin in sorted(names):  # by origin, not by name, so that a copy under another name changes no draw
        order.setdefault(names[origin], len(order))
    days = {o: [day for d in docs if (day := published(d))] for o, docs in by_origin.items()}
    return Sources(
        origin_of=origin_of,
        day_of={o: min(found) for o, found in days.items() if found},
        outlet_of={o: order[name] for o, name in names.items()},
        outlets=len(order),
        late=frozenset(late),
    )


def _order(document: Document, origin: str) -> tuple[bool, date, str]:
    return document.doc_id != origin, published(document) or date.max, document.doc_id


def _body_hash(document: Document) -> str:
    text = document.text
    if document.title and text.startswith(document.title):
        text = text[len(document.title) :]
    return sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:16]


def once(records: Sequence[Event] | Sequence[Tie], found: Sources) -> list[tuple[Event | Tie, Telling]]:
    """Records that count, each once: what only a copy of its document tells again is left out."""
    told = [(r, t) for r in records if (t := found.telling(r)) is not None]
    told.sort(key=lambda pair: (-len(pair[1].origins), pair[0].id))
    seen: set[tuple[object, ...]] = set()
    out = []
    for record, telling in told:
        own = {(*_shape(record), *found.key(m)) for m in record.mentions}
        if not own & seen:
            out.append((record, telling))
        seen |= own
    return out


def _shape(record: Event | Tie) -> tuple[object, ...]:
    if isinstance(record, Event):
        return record.event_type, tuple(p.key for p in record.actors), tuple(p.key for p in record.recipients)
    sides = tuple(p.key if p else None for p in (record.power, record.host))
    return record.kind, sides, tuple(p.key for p in record.members)
