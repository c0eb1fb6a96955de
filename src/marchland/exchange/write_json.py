"""Events as JSON: PLOVER lines, GeoJSON, FollowTheMoney lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from marchland.exchange.outgoing import Documents, Outgoing, first_day, iso2, quad, said_by, tellers
from marchland.lexicon.registry import country_name
from marchland.model.dates import DateRange
from marchland.model.document import content_id
from marchland.model.ontology import PlaceKind, Precision
from marchland.model.records import Event, Participant, Place

Json = dict[str, Any]
_RESOLUTION: Final[Mapping[PlaceKind, int]] = {
    PlaceKind.SITE: 5,
    PlaceKind.CITY: 4,
    PlaceKind.ADMIN: 2,
    PlaceKind.COUNTRY: 1,
}  # kinds that are not named have no level in PLOVER


def _line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


# ---- PLOVER ----


def plover(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """PLOVER 2.0 events, one a line; `comment` holds what PLOVER has no key for: the status of all but asserted acts."""
    for event in events:
        on = first_day(event)
        if on is None:
            count.undated += 1
            continue
        count.rows += 1
        yield _line(_plover(event, documents))


def _plover(event: Event, documents: Documents) -> Json:
    on = first_day(event)
    assert on is not None, "undated events were left out"
    mention = event.mentions[0]
    source = documents.get(mention.doc_id)
    end = event.when.end if event.when else None
    out: Json = {
        "id": event.id,
        "has_event": True,
        "date": on.isoformat(),
        "enddate": end.isoformat() if end and end != on else None,
        "actor": [_entity(p) for p in event.actors],
        "recipient": [_entity(p) for p in event.recipients],
        "event": [event.event_type.value],
        "event_loc": _location(event.where) if event.where else None,
        "event_text": [mention.quote],
        "quad_code": quad(event.event_type),
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "text": mention.quote,
        "text_info": {"sequence": 1, "start": mention.start, "end": mention.end},
        "cite_info": {
            "citation": mention.doc_id,
            "url": source.url if source else None,
            "title": source.title if source else None,
            "language": source.language if source else None,
            "publication": source.publisher if source else None,
            "codebook": "PLOVER 2.0",
            "version": mention.coder or None,
        },
        "coder": "marchland",
        "comment": f"status: {event.status.value}" + (f"; base: {event.base.value}" if event.base else ""),
    }
    return _filled(out)


def _entity(party: Participant) -> Json:
    return _filled(
        {
            "code": party.key,
            "sector": party.sector.value,
            "entity_text": party.text,
            "identifier_text": said_by(party),
            "office": party.office,
        }
    )


def _location(where: Place) -> Json:
    return _filled(
        {
            "extracted_place": where.text,
            "resolved_place": where.name,
            "geonameid": where.place_id,
            "lat": where.lat,
            "lon": where.lon,
            "city": where.name if where.kind is PlaceKind.CITY else None,
            "province": where.admin1 or (where.name if where.kind is PlaceKind.ADMIN else None),
            "country": country_name(where.country) if where.country else None,
            "country_code": where.country,
            "resolution": _RESOLUTION.get(where.kind),
        }
    )


def _filled(value: Json) -> Json:
    """Without what is not known; an empty list says that there is none."""
    return {k: v for k, v in value.items() if v is not None}


# ---- GeoJSON ----


def geojson(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """RFC 7946, one feature a line; the geometry is null where the place has no point."""
    yield '{"type": "FeatureCollection", "features": ['
    held = ""
    for event in events:
        count.rows += 1
        if held:
            yield held + ","
        held = _line(_feature(event, documents))
    if held:
        yield held
    yield "]}"


def _feature(event: Event, documents: Documents) -> Json:
    where, when = event.where, event.when
    geometry = None
    if where and where.lat is not None and where.lon is not None:
        geometry = {"type": "Point", "coordinates": [where.lon, where.lat]}
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": geometry,
        "properties": {
            "event_type": event.event_type.value,
            "mode": event.mode,
            "contexts": list(event.contexts),
            "actors": [p.key for p in event.actors],
            "recipients": [p.key for p in event.recipients],
            "earliest": str(when.start) if when and when.start else None,
            "latest": str(when.end) if when and when.end else None,
            "precision": when.precision.value if when else None,
            "place": where.name if where else None,
            "country": where.country if where else None,
            "status": event.status.value,
            "mentions": len(event.mentions),
            "quote": event.mentions[0].quote,
            "url": next((d.url for d in tellers(event, documents) if d.url), None),
        },
    }


# ---- FollowTheMoney ----


def ftm(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """FollowTheMoney: each event as an Event, each known party once before it as the LegalEntity that it names."""
    written: set[str] = set()
    for event in events:
        ids = []
        for party in event.parties:
            entity = _party_entity(party)
            if entity and entity["id"] not in written:
                written.add(entity["id"])
                yield _line(entity)
            if entity:
                ids.append(entity["id"])
        count.rows += 1
        yield _line(_ftm(event, list(dict.fromkeys(ids)), documents))


def _party_entity(party: Participant) -> Json | None:
    if not party.key:
        return None
    name, country = country_name(party.key), iso2().get(party.country or "", "").lower()
    properties = {"name": [name], **({"country": [country]} if country else {})}
    return {"id": f"marchland-{content_id('party', party.key)}", "schema": "LegalEntity", "properties": properties}


def _ftm(event: Event, parties: list[str], documents: Documents) -> Json:
    when, where, told = event.when, event.where, tellers(event, documents)
    sides = " - ".join(
        ", ".join(said_by(p) or "unknown" for p in side) for side in (event.actors, event.recipients) if side
    )
    lands = {c for c in ([p.country for p in event.parties] + [where.country if where else None]) if c}
    properties: dict[str, list[str]] = {
        "name": [f"{event.event_type.value}: {sides}"],
        "summary": [event.mentions[0].quote],
        **_ftm_dates(when),
        "location": [where.name] if where else [],
        "country": sorted(iso2()[c].lower() for c in lands if c in iso2()),
        "involved": parties,
        "sourceUrl": list(dict.fromkeys(d.url for d in told if d.url)),
        "publisher": list(dict.fromkeys(d.publisher for d in told if d.publisher)),
        "recordId": [event.id],
    }
    return {"id": f"marchland-{event.id}", "schema": "Event", "properties": {k: v for k, v in properties.items() if v}}


def _ftm_dates(when: DateRange | None) -> dict[str, list[str]]:
    """A day, month or year as one date, which may be partial; a range by its ends."""
    if when is None:
        return {}
    letters = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}.get(when.precision)
    if letters and when.start:
        return {"date": [str(when.start)[:letters]]}
    ends = (("startDate", when.start), ("endDate", when.end))
    return {key: [str(value)] for key, value in ends if value}
