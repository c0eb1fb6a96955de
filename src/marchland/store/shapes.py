"""What merging looks at in a telling, and where to look for others like it.

Two tellings with the same signature are told alike in all of it: they are one record without further question.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from marchland.model.dates import DateRange
from marchland.model.document import Document, content_id
from marchland.model.ontology import PlaceKind, Status, TieKind
from marchland.model.records import (
    KIND_OF,
    AnyRecord,
    Event,
    Link,
    Participant,
    Place,
    Quantity,
    Silence,
    Statement,
    Tie,
)
from marchland.store.copies import text_signature

SHORT_DAYS: Final = 62  # a told time up to two months is looked up by its days
LONG_DAYS: Final = 400  # a year and a month; a vaguer time says too little to merge on
NEWS_DAYS: Final = 7  # an act told without a date is taken to lie in the week before publication
PARTIES_PAIRED: Final = 10  # of larger gatherings only the first ten parties, by code, are paired for the look-up
COPIED_WORDS: Final = 8  # a sentence of so many words does not arise twice by chance
COMING: Final = frozenset({Status.PLANNED, Status.PREDICTED, Status.HYPOTHETICAL})
POINTS: Final = frozenset({PlaceKind.CITY, PlaceKind.SITE})
ONE_OF_SEVERAL: Final = frozenset(
    {
        TieKind.INFRASTRUCTURE,
        TieKind.INVESTMENT,
        TieKind.CONCESSION,
        TieKind.EDUCATION,
        TieKind.MEDIA,
        TieKind.TERRITORY,
        TieKind.MEMBERSHIP,
        TieKind.ALLIANCE,
        TieKind.CUSTOMS_UNION,
    }
)  # kinds of which two states often have several at once, so that the words must agree too
_WORD: Final = re.compile(r"\w+")
_STEM: Final = 5  # letters kept of a word: "signed", "signing" -> "signe", "signi" differ; "exercise(s)" agree
_SHORT_WORD: Final = 4  # shorter words are mostly grammar

Interval = tuple[int, int]  # ordinals of days, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The features of an event or a tie that decide whether two tellings are one."""

    kind: str
    type: str
    coming: bool = False  # planned, predicted or hypothetical
    base: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    first: tuple[str, ...] = ()  # keys of actors; of the power
    second: tuple[str, ...] = ()  # keys of recipients; of the host
    members: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()  # organisations among the parties of a tie
    when: Interval | None = None  # of a tie: since
    until: Interval | None = None
    told: bool = False  # False: `when` comes from the publication
    place: str | None = None
    point: bool = False  # the place is a city or site
    country: str | None = None  # of the place
    figures: tuple[tuple[float, str], ...] = ()  # value and what it counts
    words: tuple[str, ...] = ()  # of the sentences, without the parties' names

    @property
    def parties(self) -> frozenset[str]:
        """Everybody in it."""
        return frozenset((*self.first, *self.second, *self.members))

    @property
    def days(self) -> int | None:
        """Length of `when`."""
        return self.when[1] - self.when[0] + 1 if self.when else None

    def packed(self) -> str:
        """As JSON text."""
        return json.dumps([getattr(self, name) for name in _FIELDS], ensure_ascii=False, separators=(",", ":"))

    def fullness(self, signature: str) -> str:
        """A key that sorts fuller tellings first: exact time, then exact place, parties, figures."""
        days = 9999 if self.days is None else self.days + (0 if self.told else LONG_DAYS)
        place = 0 if self.point else 1 if self.place else 2
        parties, figures = min(len(self.parties), 99), min(len(self.figures), 9)
        return f"{days:04d}{place}{99 - parties:02d}{9 - figures}{signature}"


_FIELDS: Final = tuple(Shape.__dataclass_fields__)


@lru_cache(maxsize=4096)  # the tellings of a much-told occurrence are compared again and again
def unpacked(text: str) -> Shape:
    """Undo `Shape.packed`."""
    told = dict(zip(_FIELDS, json.loads(text), strict=True))
    for name in ("contexts", "first", "second", "members", "orgs", "words"):
        told[name] = tuple(told[name])
    for name in ("when", "until"):
        told[name] = tuple(told[name]) if told[name] else None
    told["figures"] = tuple((v, of) for v, of in told["figures"])
    return Shape(**told)


# ---- from records ----


def shape_of(record: AnyRecord, document: Document) -> Shape:
    """The features of one telling. Other kinds than events and ties have none beyond their signature."""
    if isinstance(record, Event):
        return _event_shape(record, document)
    if isinstance(record, Tie):
        return _tie_shape(record)
    return Shape(kind=KIND_OF[type(record)], type="")


def signature_of(record: AnyRecord, shape: Shape, document: Document) -> str:
    """What makes this telling the same as another beyond question. Short sentences are the same only in copies."""
    if isinstance(record, Tie):
        return content_id(shape.packed())
    first = record.mentions[0]
    if isinstance(record, Event):
        trigger = document.text[first.trigger.start : first.trigger.end].casefold()
        return content_id(shape.packed(), trigger)
    words = _WORD.findall(first.quote.casefold())
    return content_id(
        shape.kind,
        " ".join(words),
        None if len(words) >= COPIED_WORDS else text_signature(document),
        f"{first.trigger.start - first.start},{first.trigger.end - first.start}",
        first.status,
        *_said(record),
    )


def _said(record: AnyRecord) -> Iterator[str | None]:
    """What sets two statements of one sentence apart."""
    if isinstance(record, Statement):
        yield from (record.holder.kind, record.holder.name, record.holder.country, str(record.polarity))
        yield from (p.key for p in record.parties)
    elif isinstance(record, Silence):
        yield record.party.key
    elif isinstance(record, Link):
        yield record.relation


def _event_shape(event: Event, document: Document) -> Shape:
    when = told_interval(event.when, document)
    place, point, country = _place(event.where)
    return Shape(
        kind="event",
        type=event.event_type,
        coming=event.status in COMING,
        base=event.base,
        mode=event.mode,
        contexts=tuple(sorted(event.contexts)),
        first=_keys(event.actors),
        second=_keys(event.recipients),
        when=when or news_interval(document),
        told=when is not None,
        figures=_figures(event.quantities),
        words=_words(event, event.parties),
        place=place,
        point=point,
        country=country,
    )


def _tie_shape(tie: Tie) -> Shape:
    parties = tuple(p for p in (tie.power, tie.host, *tie.members) if p)
    since = _closed(tie.since)
    place, point, country = _place(tie.where)
    return Shape(
        kind="tie",
        type=tie.kind,
        first=_keys((tie.power,) if tie.power else ()),
        second=_keys((tie.host,) if tie.host else ()),
        members=_keys(tie.members),
        orgs=tuple(sorted({p.org for p in parties if p.org})),
        when=since,
        told=since is not None,
        until=_closed(tie.until),
        words=_words(tie, parties) if tie.kind in ONE_OF_SEVERAL else (),
        place=place,
        point=point,
        country=country,
    )


def _place(where: Place | None) -> tuple[str | None, bool, str | None]:
    """What it is, whether it is a point, and its country."""
    if where is None:
        return None, False, None
    return where.place_id or where.name, where.kind in POINTS, where.country


def _keys(parties: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(sorted({p.key for p in parties if p.key}))


def _figures(quantities: Iterable[Quantity]) -> tuple[tuple[float, str], ...]:
    found = set()
    for q in quantities:
        value = q.value if q.value is not None else q.low if q.low is not None else q.high
        if value is not None:
            found.add((float(value), f"{q.of or ''} {q.unit or ''}".strip()))
    return tuple(sorted(found))


def _words(record: AnyRecord, parties: Iterable[Participant]) -> tuple[str, ...]:
    names = {w[:_STEM] for p in parties for t in (p.text, p.name) if t for w in _WORD.findall(t.casefold())}
    told = {
        w[:_STEM]
        for m in record.mentions
        for w in _WORD.findall(m.quote.casefold())
        if len(w) >= _SHORT_WORD or w.isdigit()
    }
    return tuple(sorted(told - names))


# ---- time ----


def _closed(value: DateRange | None) -> Interval | None:
    if value and value.start and value.end:
        return value.start.toordinal(), value.end.toordinal()
    return None


def told_interval(when: DateRange | None, document: Document) -> Interval | None:
    """The told days; an open end is closed by the publication."""
    if when is None:
        return None
    end = when.end or (document.published.range.end if document.published else None)
    if when.start is None or end is None or end < when.start:
        return None
    interval = when.start.toordinal(), end.toordinal()
    return interval if interval[1] - interval[0] < LONG_DAYS else None


def news_interval(document: Document) -> Interval | None:
    """The days in which an act lies that a document tells without a date."""
    told = _closed(document.published.range) if document.published else None
    if told is None or told[1] - told[0] + NEWS_DAYS >= LONG_DAYS:
        return None
    return max(1, told[0] - NEWS_DAYS), told[1]


# ---- where to look ----


def blocks(shape: Shape) -> tuple[str, ...]:
    """Keys that any two matching shapes share at least one of; empty where nothing but its signature can match."""
    if shape.kind == "event":
        if shape.when is None:
            return ()
        start = f"event|{shape.type}|{int(shape.coming)}|"
        return tuple(start + k for k in _party_keys(shape))
    if shape.kind == "tie":
        if shape.members:
            return tuple(f"tie|{shape.type}|{k}" for k in _party_keys(shape))
        if shape.first or shape.second:
            return (f"tie|{shape.type}|{','.join(shape.first)}>{','.join(shape.second)}",)
    return ()


def _party_keys(shape: Shape) -> Iterator[str]:
    parties = sorted(shape.parties)
    if not parties:
        if shape.point and shape.place:
            yield f"@{shape.place}"
    elif len(parties) == 1:
        yield parties[0]
    else:
        for a, b in combinations(parties[:PARTIES_PAIRED], 2):
            yield f"{a}+{b}"
        if len(parties) > PARTIES_PAIRED:
            yield content_id(*parties)


def is_long(shape: Shape) -> bool:
    """Is its time so vague that it is kept in the drawer of long times?"""
    return shape.days is not None and shape.days > SHORT_DAYS
