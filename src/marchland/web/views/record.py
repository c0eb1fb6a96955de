"""One record: what is known, from whom, how surely, in what the tellings differ, and why they are one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.document import Document
from marchland.model.records import KIND_OF, AnyRecord, Event, Forecast, Mention, Statement, Tie
from marchland.web import words
from marchland.web.edit_form import alike, fields
from marchland.web.evidence import Telling, telling
from marchland.web.question import NotHereError
from marchland.web.site import Site
from marchland.web.words import holder, parties, quantity, when

_AROUND: Final = 220  # characters of a document shown before and after a quote
_MOST: Final = 200  # tellings on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence with the text around it."""

    before: str
    telling: Telling
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """One document with all its sentences that tell the record."""

    outlet: str
    published: str
    title: str
    link: str | None  # None = the registry
    happened: bool
    passages: tuple[Passage, ...]
    apart: str = ""  # id of this document's telling, where it can be taken out of the record
    rest: str = ""  # id of one that stays


def routes(site: Site) -> APIRouter:
    """The record's address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/record/{record_id}", response_class=HTMLResponse)
    def show_record(request: Request, record_id: str) -> HTMLResponse:
        record = site.record(record_id[:80])
        gone = None if record else next((r for r in site.store.rejected() if r.record.id == record_id), None)
        if gone:
            record = gone.record
        if record is None:
            raise NotHereError(
                f"record {record_id[:40]}: this store holds no such record; it may come from another store or an older reading"
            )
        tellings = site.store.tellings(record.id)
        tellers = _apart(_tellers(site, record.mentions[:_MOST]), tellings)
        may_write = site.writer is not None and site.writer.entered(request)
        related = [r for i in _references(record) if (r := site.record(i))]
        return site.page(
            request, "record.html", record=record, kind=KIND_OF[type(record)], line=words.line(record), date=words.date_of(record),
            title=words.line(record), facts=_facts(record), tellers=tellers, left_out=max(0, len(record.mentions) - _MOST),
            differing=_differing(tellings), merges=site.store.merges(record.id), related=related,
            registry=record.doc_id == REGISTRY_ID, happened=record.status.happened, gone=gone.correction if gone else None,
            fields=fields(record), alike=alike(record, site.now) if may_write else (), history=site.store.history(record.id),
        )  # fmt: skip

    return router


def _apart(tellers: list[tuple[str, Teller]], tellings: Sequence[AnyRecord]) -> list[Teller]:
    """The documents with the tellings that a person may take out of the record."""
    out = []
    for doc_id, teller in tellers:
        own = next((t.id for t in tellings if t.doc_id == doc_id), "")
        rest = next((t.id for t in tellings if t.doc_id != doc_id), "")
        out.append(replace(teller, apart=own, rest=rest) if own and rest else teller)
    return out


def _tellers(site: Site, mentions: Sequence[Mention]) -> list[tuple[str, Teller]]:
    """The documents, first teller first; the same sentence is shown once, for its first trigger."""
    by_document: dict[str, dict[tuple[int, int], Mention]] = {}
    for m in mentions:
        by_document.setdefault(m.doc_id, {}).setdefault((m.start, m.end), m)
    return [(doc_id, _teller(site, doc_id, list(own.values()))) for doc_id, own in by_document.items()]


def _teller(site: Site, doc_id: str, mentions: Sequence[Mention]) -> Teller:
    document = None if doc_id == REGISTRY_ID else site.store.document(doc_id)
    first = telling(mentions[0], document)
    return Teller(
        outlet=first.outlet,
        published=first.published,
        title=(document.title or document.doc_id) if document else "",
        link=first.document,
        happened=any(m.status.happened for m in mentions),
        passages=tuple(_passage(m, document) for m in mentions),
    )


def _passage(mention: Mention, document: Document | None) -> Passage:
    before = after = ""
    if document is not None:
        start, end = max(0, mention.start - _AROUND), min(len(document.text), mention.end + _AROUND)
        before, after = document.text[start : mention.start], document.text[mention.end : end]
        before = ("… " if start else "") + before
        after += " …" if end < len(document.text) else ""
    return Passage(before=before, telling=telling(mention, document), after=after)


Read = Callable[[AnyRecord], str]


def _event_of(read: Callable[[Event], str]) -> Read:
    return lambda r: read(r) if isinstance(r, Event) else ""


def _tie_of(read: Callable[[Tie], str]) -> Read:
    return lambda r: read(r) if isinstance(r, Tie) else ""


_FIELDS: Final[tuple[tuple[str, Read], ...]] = (
    ("what", _event_of(lambda e: words.kind(e.event_type) + (f" to {words.kind(e.base)}" if e.base else ""))),
    ("how", _event_of(lambda e: e.mode or "")),
    ("actors", _event_of(lambda e: parties(e.actors))),
    ("recipients", _event_of(lambda e: parties(e.recipients))),
    ("when", _event_of(lambda e: when(e.when))),
    ("where", _event_of(lambda e: f"{e.where.name} ({e.where.kind.value})" if e.where else "")),
    ("figures", _event_of(lambda e: "; ".join(quantity(q) for q in e.quantities))),
    ("contexts", _event_of(lambda e: ", ".join(e.contexts))),
    ("kind", _tie_of(lambda t: words.kind(t.kind))),
    ("power", _tie_of(lambda t: words.party(t.power) if t.power else "")),
    ("host", _tie_of(lambda t: words.party(t.host) if t.host else "")),
    ("members", _tie_of(lambda t: parties(t.members))),
    ("since", _tie_of(lambda t: when(t.since))),
    ("until", _tie_of(lambda t: when(t.until))),
    ("last confirmed", _tie_of(lambda t: when(t.last_confirmed))),
    ("where", _tie_of(lambda t: t.where.name if t.where else "")),
    ("figures", _tie_of(lambda t: "; ".join(quantity(q) for q in t.quantities))),
    ("domains", _tie_of(lambda t: ", ".join(f"{d.value} {w:.0%}" for d, w in t.domains.items()))),
    ("holder", lambda r: holder(r.holder) if isinstance(r, Statement) else ""),
    ("parties", lambda r: parties(r.parties) if isinstance(r, Statement) else ""),
    ("horizon", lambda r: when(r.horizon) if isinstance(r, Forecast) else ""),
    (
        "odds",
        lambda r: (
            f"{r.probability[0]:.0%} to {r.probability[1]:.0%}" if isinstance(r, Forecast) and r.probability else ""
        ),
    ),
    ("status", lambda r: r.status.value),
)


def _values(record: AnyRecord) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, read in _FIELDS:
        value = read(record)
        if value:
            out[name] = value
    return out


def _facts(record: AnyRecord) -> dict[str, str]:
    out = _values(record)
    out["status"] = words.status(record.status)
    if isinstance(record, Event) and record.disputed:
        out["disputed"] = "someone denies it"
    out["certainty"] = f"{record.certainty:.0%} (how firmly the text asserts it)"
    out["confidence"] = f"{record.confidence:.0%} (how sure the reading is)"
    return out


def _differing(tellings: Sequence[AnyRecord]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Fields of which the tellings have more than one value, each value with the number of its tellers."""
    out = []
    for name in dict.fromkeys(n for n, _ in _FIELDS):
        values: dict[str, int] = {}
        for t in tellings:
            value = _values(t).get(name)
            if value:
                values[value] = values.get(value, 0) + 1
        if len(values) > 1:
            out.append((name, sorted(values.items(), key=lambda v: (-v[1], v[0]))))
    return out


def _references(record: Any) -> tuple[str, ...]:
    """Ids of the records that this one points at."""
    found = [getattr(record, "source", None), getattr(record, "target", None), *getattr(record, "about", ())]
    stimulus = getattr(record, "stimulus", None)
    return tuple(i for i in (*found, stimulus) if isinstance(i, str))
