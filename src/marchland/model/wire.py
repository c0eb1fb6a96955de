"""Records as JSON, in the shape that the command line, the store and the HTTP API share."""

from datetime import date
from typing import Any

from marchland.model.dates import DateRange
from marchland.model.document import Document, Published, Span
from marchland.model.ontology import (
    Bound,
    Domain,
    EventType,
    HolderKind,
    PlaceKind,
    Precision,
    Relation,
    Sector,
    Status,
    TieKind,
)
from marchland.model.records import (
    KIND_OF,
    AnyRecord,
    Citation,
    Claim,
    Event,
    Forecast,
    Holder,
    Judgement,
    Link,
    Mention,
    Participant,
    Place,
    Quantity,
    Silence,
    Statement,
    Tie,
)

Json = dict[str, Any]

_STATEMENTS: dict[str, type[Statement]] = {"claim": Claim, "judgement": Judgement, "forecast": Forecast}


# ---- out ----


def range_json(value: DateRange | None) -> Json | None:
    """A date interval; ISO days, null where open."""
    if value is None:
        return None
    return {
        "start": value.start.isoformat() if value.start else None,
        "end": value.end.isoformat() if value.end else None,
        "precision": value.precision.value,
        "text": value.text,
        "anchor": value.anchor,
    }


def participant_json(value: Participant) -> Json:
    """One party."""
    return {
        "country": value.country,
        "org": value.org,
        "sector": value.sector.value,
        "text": value.text,
        "span": [value.span.start, value.span.end] if value.span else None,
        "name": value.name,
        "office": value.office,
        "resolved": value.resolved,
    }


def place_json(value: Place | None) -> Json | None:
    """A place; coordinates are null where no point is known."""
    if value is None:
        return None
    return {
        "name": value.name,
        "id": value.place_id,
        "country": value.country,
        "admin1": value.admin1,
        "lat": value.lat,
        "lon": value.lon,
        "kind": value.kind.value,
        "text": value.text,
        "span": [value.span.start, value.span.end] if value.span else None,
    }


def _quantity_json(value: Quantity) -> Json:
    return {
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "bound": value.bound.value,
        "unit": value.unit,
        "of": value.of,
        "text": value.text,
    }


def holder_json(value: Holder | None) -> Json | None:
    """Whose word; null is the publisher."""
    return {"kind": value.kind.value, "country": value.country, "name": value.name} if value else None


def mention_json(value: Mention) -> Json:
    """One telling."""
    return {
        "doc_id": value.doc_id,
        "start": value.start,
        "end": value.end,
        "quote": value.quote,
        "trigger": [value.trigger.start, value.trigger.end],
        "status": value.status.value,
        "holder": holder_json(value.holder),
        "citation": value.citation,
        "hedges": list(value.hedges),
        "rule": value.rule,
        "coder": value.coder,
    }


def record_json(record: AnyRecord) -> Json:
    """One record as one JSON object; the keys are DESIGN's contract."""
    out: Json = {"record": KIND_OF[type(record)], "id": record.id, "doc_id": record.doc_id}
    out |= _own_json(record)
    out |= {
        "status": record.status.value,
        "certainty": round(record.certainty, 4),
        "confidence": round(record.confidence, 4),
        "mentions": [mention_json(m) for m in record.mentions],
    }
    return out


def _own_json(record: AnyRecord) -> Json:
    match record:
        case Event():
            return {
                "event_type": record.event_type.value,
                "base": record.base.value if record.base else None,
                "mode": record.mode,
                "contexts": list(record.contexts),
                "actors": [participant_json(p) for p in record.actors],
                "recipients": [participant_json(p) for p in record.recipients],
                "when": range_json(record.when),
                "where": place_json(record.where),
                "quantities": [_quantity_json(q) for q in record.quantities],
                "disputed": record.disputed,
            }
        case Tie():
            return {
                "kind": record.kind.value,
                "power": participant_json(record.power) if record.power else None,
                "host": participant_json(record.host) if record.host else None,
                "members": [participant_json(p) for p in record.members],
                "since": range_json(record.since),
                "until": range_json(record.until),
                "last_confirmed": range_json(record.last_confirmed),
                "domains": {d.value: w for d, w in sorted(record.domains.items())},
                "magnitude": record.magnitude,
                "where": place_json(record.where),
                "quantities": [_quantity_json(q) for q in record.quantities],
            }
        case Silence():
            stimulus: Json | None = None
            if isinstance(record.stimulus, Span):
                stimulus = {"record": None, "start": record.stimulus.start, "end": record.stimulus.end}
            elif record.stimulus:
                stimulus = {"record": record.stimulus, "start": None, "end": None}
            return {
                "party": participant_json(record.party),
                "stimulus": stimulus,
                "window": range_json(record.window),
            }
        case Link():
            return {"relation": record.relation.value, "from": record.source, "to": record.target}
        case _:
            return _statement_json(record)


def _statement_json(record: Statement) -> Json:
    out: Json = {
        "holder": holder_json(record.holder),
        "about": [*record.about, *(participant_json(p) for p in record.parties)],
        "polarity": record.polarity,
        "alternative_group": record.alternative_group,
    }
    if isinstance(record, Forecast):
        low_high = record.probability
        out["probability"] = {"low": low_high[0], "high": low_high[1]} if low_high else None
        out["horizon"] = range_json(record.horizon)
    return out


def citation_json(value: Citation) -> Json:
    """One in-text citation."""
    return {
        "record": "citation",
        "id": value.id,
        "doc_id": value.doc_id,
        "start": value.start,
        "end": value.end,
        "quote": value.quote,
        "kind": value.kind,
        "publication": value.publication,
        "date": range_json(value.date),
        "year_inferred": value.year_inferred,
        "supports": list(value.supports),
    }


def published_json(value: Published | None) -> Json | None:
    """When a document came out, and why."""
    if value is None:
        return None
    return {
        "start": value.range.start.isoformat() if value.range.start else None,
        "end": value.range.end.isoformat() if value.range.end else None,
        "precision": value.range.precision.value,
        "best": value.best.isoformat() if value.best else None,
        "reasons": list(value.reasons),
    }


def document_json(value: Document, *, with_text: bool) -> Json:
    """The line that opens a document's records."""
    out: Json = {
        "record": "document",
        "doc_id": value.doc_id,
        "title": value.title,
        "publisher": value.publisher,
        "url": value.url,
        "language": value.language,
        "sha256": value.sha256,
        "published": published_json(value.published),
    }
    if with_text:
        out["text"] = value.text
    return out


# ---- in ----


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def range_from(value: Json | None) -> DateRange | None:
    """Undo `range_json`."""
    if value is None:
        return None
    return DateRange(
        start=_day(value["start"]),
        end=_day(value["end"]),
        precision=Precision(value["precision"]),
        text=value.get("text"),
        anchor=value.get("anchor"),
    )


def _span(value: list[int] | None) -> Span | None:
    return Span(start=value[0], end=value[1]) if value else None


def participant_from(value: Json) -> Participant:
    """Undo `participant_json`."""
    return Participant(
        country=value["country"],
        org=value["org"],
        sector=Sector(value["sector"]),
        text=value.get("text"),
        span=_span(value.get("span")),
        name=value.get("name"),
        office=value.get("office"),
        resolved=value.get("resolved"),
    )


def _party(value: Json | None) -> Participant | None:
    return participant_from(value) if value else None


def _place(value: Json | None) -> Place | None:
    if value is None:
        return None
    return Place(
        name=value["name"],
        place_id=value["id"],
        kind=PlaceKind(value["kind"]),
        country=value["country"],
        admin1=value["admin1"],
        lat=value["lat"],
        lon=value["lon"],
        text=value["text"],
        span=_span(value["span"]),
    )


def _quantity(value: Json) -> Quantity:
    return Quantity(**{**value, "bound": Bound(value["bound"])})


def _holder(value: Json | None) -> Holder | None:
    return Holder(kind=HolderKind(value["kind"]), name=value["name"], country=value["country"]) if value else None


def mention_from(value: Json) -> Mention:
    """Undo `mention_json`."""
    return Mention(
        doc_id=value["doc_id"],
        start=value["start"],
        end=value["end"],
        quote=value["quote"],
        trigger=Span(start=value["trigger"][0], end=value["trigger"][1]),
        status=Status(value["status"]),
        rule=value["rule"],
        holder=_holder(value["holder"]),
        citation=value["citation"],
        hedges=tuple(value["hedges"]),
        coder=value["coder"],
    )


def record_from(value: Json) -> AnyRecord:
    """Undo `record_json`.

    Raises:
        KeyError, ValueError: the object is not in the contract's shape.
    """
    shared: Json = {
        "id": value["id"],
        "doc_id": value["doc_id"],
        "status": Status(value["status"]),
        "certainty": value["certainty"],
        "confidence": value["confidence"],
        "mentions": tuple(mention_from(m) for m in value["mentions"]),
    }
    kind = value["record"]
    if kind == "event":
        return _event_from(value, shared)
    if kind == "tie":
        return _tie_from(value, shared)
    if kind == "silence":
        told = value["stimulus"]
        stimulus = (told["record"] or Span(start=told["start"], end=told["end"])) if told else None
        return Silence(
            party=participant_from(value["party"]), stimulus=stimulus, window=range_from(value["window"]), **shared
        )
    if kind == "link":
        return Link(relation=Relation(value["relation"]), source=value["from"], target=value["to"], **shared)
    return _statement_from(kind, value, shared)


def _event_from(value: Json, shared: Json) -> Event:
    return Event(
        event_type=EventType(value["event_type"]),
        base=EventType(value["base"]) if value["base"] else None,
        mode=value["mode"],
        contexts=tuple(value["contexts"]),
        actors=tuple(participant_from(p) for p in value["actors"]),
        recipients=tuple(participant_from(p) for p in value["recipients"]),
        when=range_from(value["when"]),
        where=_place(value["where"]),
        quantities=tuple(_quantity(q) for q in value["quantities"]),
        disputed=value["disputed"],
        **shared,
    )


def _tie_from(value: Json, shared: Json) -> Tie:
    return Tie(
        kind=TieKind(value["kind"]),
        power=_party(value["power"]),
        host=_party(value["host"]),
        members=tuple(participant_from(p) for p in value["members"]),
        since=range_from(value["since"]),
        until=range_from(value["until"]),
        last_confirmed=range_from(value["last_confirmed"]),
        domains={Domain(d): w for d, w in value["domains"].items()},
        magnitude=value["magnitude"],
        where=_place(value["where"]),
        quantities=tuple(_quantity(q) for q in value["quantities"]),
        **shared,
    )


def _statement_from(kind: str, value: Json, shared: Json) -> Claim | Judgement | Forecast:
    holder = _holder(value["holder"])
    assert holder is not None, "a statement has a holder"
    common: Json = {
        "holder": holder,
        "about": tuple(a for a in value["about"] if isinstance(a, str)),
        "parties": tuple(participant_from(a) for a in value["about"] if not isinstance(a, str)),
        "polarity": value["polarity"],
        "alternative_group": value["alternative_group"],
        **shared,
    }
    if kind == "forecast":
        odds = value["probability"]
        return Forecast(
            probability=(odds["low"], odds["high"]) if odds else None, horizon=range_from(value["horizon"]), **common
        )
    return Claim(**common) if kind == "claim" else Judgement(**common)


def document_from(value: Json, text: str) -> Document:
    """Undo `document_json`; blocks are not kept."""
    told = value["published"]
    published = None
    if told:
        interval = DateRange(
            start=_day(told["start"]), end=_day(told["end"]), precision=Precision(told.get("precision") or "range")
        )
        published = Published(range=interval, best=_day(told["best"]), reasons=tuple(told["reasons"]))
    return Document(
        doc_id=value["doc_id"],
        text=text,
        sha256=value["sha256"],
        title=value["title"],
        publisher=value["publisher"],
        url=value["url"],
        language=value.get("language"),
        published=published,
    )
