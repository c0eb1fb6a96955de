"""Events as rows of the field: GDELT 2 (61 columns), POLECAT (40 columns) and plain CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from marchland.exchange.outgoing import Documents, Outgoing, fips_of, first_day, pairs, quad, said_by, tellers
from marchland.exchange.polecat import COLUMNS as POLECAT_COLUMNS
from marchland.exchange.told import key_of
from marchland.lexicon.codes import cameo_groups, cameo_of, sectors
from marchland.lexicon.registry import country_name
from marchland.model.ontology import PlaceKind, Sector
from marchland.model.records import Event, Participant, Place

_IDS: Final = 10**12  # GDELT ids are numbers; these are beyond its own
_GEO: Final = {PlaceKind.COUNTRY: "1", PlaceKind.CITY: "4", PlaceKind.SITE: "4", PlaceKind.ADMIN: "5"}


# ---- GDELT ----


def gdelt(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """GDELT 2 rows: a row for each pair of parties, all with the id of the event. Goldstein's scale and tone stay blank."""
    for event in events:
        on = first_day(event)
        if on is None:
            count.undated += 1
            continue
        number = key_of(event.id) % _IDS
        for actor, recipient in pairs(event):
            count.rows += 1
            yield "\t".join(_clean(c) for c in _gdelt_row(event, on, number, actor, recipient, documents))


def _gdelt_row(
    event: Event, on: date, number: int, actor: Participant | None, recipient: Participant | None, documents: Documents
) -> list[str]:
    code = cameo_of(event.event_type, event.mode, event.contexts, event.base)
    told = tellers(event, documents)
    articles = len({m.doc_id for m in event.mentions})
    outlets = len({d.publisher or d.doc_id for d in told}) or articles
    when = [f"{on:%Y%m%d}", f"{on:%Y%m}", f"{on:%Y}", f"{on.year + (on.month * 30 + on.day) / 365:.4f}"]
    known = [p for p in (d.published.best or d.published.range.end for d in told if d.published) if p]
    added = max(on, min(known)) if known else on
    url = next((d.url for d in told if d.url), "")
    kind = [
        code,
        code[:3],
        code[:2],
        str(_cameo_quad(code)),
        "",
        str(len(event.mentions)),
        str(outlets),
        str(articles),
        "",
    ]
    nowhere = [""] * 8
    return [
        *[str(number), *when],
        *_gdelt_party(actor),
        *_gdelt_party(recipient),
        *["1", *kind],
        *nowhere,
        *nowhere,
        *_gdelt_place(event.where),
        *[f"{added:%Y%m%d}000000", url],
    ]


def _cameo_quad(code: str) -> int:
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 14 else 4


def _gdelt_party(party: Participant | None) -> list[str]:
    if party is None or (party.key is None and party.sector is Sector.UNK and not party.text):
        return [""] * 10
    groups = {org: code for code, org in cameo_groups().items()}
    roles = {s: c for c, s in reversed(list(sectors("cameo").items()))}
    country, group = party.country or "", groups.get(party.org or "", "")
    role = roles.get(party.sector, "") if party.sector is not Sector.GOV or not country else "GOV"
    name = (said_by(party) or "").upper()
    return [country + group + role, name, country, group, "", "", "", role, "", ""]


def _gdelt_place(where: Place | None) -> list[str]:
    if where is None:
        return [""] * 8
    fips = fips_of().get(where.country or "", "")
    point = ["" if v is None else f"{v:g}" for v in (where.lat, where.lon)]
    full = (
        where.name
        if where.kind is PlaceKind.COUNTRY or not where.country
        else f"{where.name}, {country_name(where.country)}"
    )
    return [_GEO.get(where.kind, ""), full, fips, fips, "", *point, where.place_id or ""]


# ---- POLECAT ----


def polecat(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """POLECAT rows with their header: lists where a side has several parties; a joint act from both sides."""
    yield "\t".join(POLECAT_COLUMNS)
    for event in events:
        on = first_day(event)
        if on is None:
            count.undated += 1
            continue
        sides = [(event.actors, event.recipients, "")]
        if not event.recipients and len(event.actors) > 1:
            one, rest = event.actors[:1], event.actors[1:]
            sides = [(one, rest, ""), (rest, one, "_R")]
        for actors, recipients, mark in sides:
            count.rows += 1
            told = _polecat_row(event, on, actors, recipients, mark, documents)
            yield "\t".join(_clean(told.get(c) or "None") for c in POLECAT_COLUMNS)


def _polecat_row(
    event: Event,
    on: date,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    mark: str,
    documents: Documents,
) -> dict[str, str | None]:
    source = next(iter(tellers(event, documents)), None)
    where = event.where
    published = source.published.best or source.published.range.end if source and source.published else None
    out: dict[str, str | None] = {
        "Event ID": f"{on:%Y%m%d}-{event.id}_{event.event_type.value}{mark}",
        "Event Date": on.isoformat(),
        "Event Type": event.event_type.value,
        "Event Mode": event.mode,
        "Quad Code": event.quad.value.upper(),
        "Contexts": "; ".join(event.contexts),
        "Source": source.publisher if source else None,
        "Publication Date": published.isoformat() if published else None,
        "Language": source.language if source else None,
        "Version": "marchland",
    }
    for side, found in (("Actor", actors), ("Recipient", recipients)):
        known = [p for p in found if p.key or p.text]
        lands = [p.country for p in known if p.country]
        out[f"{side} Country"] = "; ".join(lands)
        named = [said_by(p) or "" for p in known if p.country] if lands else [said_by(p) or "" for p in known]
        out[f"{side} Name"] = "; ".join(n.replace(";", ",") for n in named)
        out[f"Primary {side} Sector"] = "; ".join(p.sector.value for p in known if p.country or not lands)
    if where:
        column = {PlaceKind.CITY: "City", PlaceKind.ADMIN: "Province"}.get(where.kind)
        out["Placename"] = where.name
        if column:
            out[column] = where.name
        out["Country"] = where.country
        out["Latitude"], out["Longitude"] = (None if v is None else f"{v:g}" for v in (where.lat, where.lon))
        out["GeoNames ID"] = where.place_id
    return out


def _clean(cell: str) -> str:
    """A cell of a tab-separated file, which knows no quotation."""
    return " ".join(cell.split()) if any(c in cell for c in "\t\n\r") else cell


# ---- CSV ----

CSV_COLUMNS: Final = (
    "id event_type base mode contexts quad actors actor_countries actor_sectors recipients recipient_countries recipient_sectors "
    "earliest latest precision place place_country lat lon status disputed certainty confidence quantities mentions documents quote url"
).split()


def plain(events: Iterable[Event], documents: Documents, count: Outgoing) -> Iterator[str]:
    """One row for each event, undated ones too; lists are joined by `; `."""
    yield _csv(CSV_COLUMNS)
    for event in events:
        count.rows += 1
        yield _csv(_csv_row(event, documents))


def _csv_row(event: Event, documents: Documents) -> list[str]:
    when, where = event.when, event.where
    url = next((d.url for d in tellers(event, documents) if d.url), "")
    sides = []
    for side in (event.actors, event.recipients):
        sides += [
            "; ".join((said_by(p) or "").replace(";", ",") for p in side),
            "; ".join(p.key or "" for p in side),
            "; ".join(p.sector.value for p in side),
        ]
    dates = [str(d) if d else "" for d in ((when.start, when.end) if when else (None, None))]
    point = ["" if v is None else repr(v) for v in ((where.lat, where.lon) if where else (None, None))]
    return [
        event.id,
        event.event_type.value,
        event.base.value if event.base else "",
        event.mode or "",
        "; ".join(event.contexts),
        str(quad(event.event_type)),
        *sides,
        *dates,
        when.precision.value if when else "",
        where.name if where else "",
        (where.country or "") if where else "",
        *point,
        event.status.value,
        str(event.disputed).lower(),
        f"{event.certainty:.4g}",
        f"{event.confidence:.4g}",
        "; ".join(q.text for q in event.quantities),
        str(len(event.mentions)),
        "; ".join(dict.fromkeys(m.doc_id for m in event.mentions)),
        event.mentions[0].quote,
        url,
    ]


def _csv(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
