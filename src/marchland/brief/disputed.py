"""What is disputed: denials, contradictions, and figures that do not agree, each side in its own words."""

from collections import defaultdict
from datetime import date
from typing import Final

from marchland.brief import english, spoken
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.material import Material
from marchland.brief.model import Section, Sentence
from marchland.brief.notes import quote, quotes
from marchland.lexicon.brief_words import ties
from marchland.model.ontology import Relation, Status
from marchland.model.records import Claim, Event, Participant, Record, Tie

MOST: Final = 6


def section(desk: Desk) -> Section:
    """Everything on which the texts, or those they quote, do not agree."""
    told = only([*_ties(desk), *_events(desk), *_links(desk), *_figures(desk)])
    unique = {s.text: s for s in told}
    return Section(
        key="disputed",
        title="Disputed",
        paragraphs=tuple((s,) for s in list(unique.values())[:MOST]),
        empty="No denial, contradiction or disagreement of figures was found in the texts of this time.",
        box=True,
    )


def _inside(m: Material, record: Record) -> bool:
    return any(m.since <= d <= m.until for x in record.mentions if (d := m.told(x.doc_id)))


def _party(party: Participant | None) -> str:
    return english.country(party.key) if party and party.key else ""


def _ties(desk: Desk) -> list[Sentence | None]:
    """Ties that somebody denies, beside a telling that they stand, where there is one."""
    m = desk.m
    out: list[Sentence | None] = []
    for tie in m.ties:
        denied = any(x.status is Status.DENIED for x in tie.mentions)
        if denied and tie.host and tie.host.country == m.host and _inside(m, tie) and _party(tie.power):
            out.append(_against(desk, tie, f"The {ties()[tie.kind].noun} of {_party(tie.power)} is disputed"))
    return out


def _events(desk: Desk) -> list[Sentence | None]:
    return [
        _against(desk, e, "The tellings of one act differ")
        for e in desk.m.events
        if any(x.status is Status.DENIED for x in e.mentions) and _inside(desk.m, e)
    ]


def _against(desk: Desk, record: Event | Tie, lead: str) -> Sentence | None:
    """One telling that affirms and one that denies; the denial alone where nobody affirms."""
    tellings = [quote(record, x, desk.m) for x in record.mentions]
    denials = [q for q in tellings if q.status is Status.DENIED and q.outlet and q.published][:1]
    others = [q for q in tellings if q.status.happened and q.outlet and q.published][:1]
    if not denials:
        return None
    if others:
        return spoken.beside(desk, [*others, *denials], lead)
    [q] = denials
    text = f"{english.outlet(q.outlet or '')} wrote of a denial{_on(q.published)}: {spoken.quoted(q.text)}"
    return desk.stated(capital_first(text), denials)


def _on(day: date | None) -> str:
    return f" on {english.day(day)}" if day else ""


def _links(desk: Desk) -> list[Sentence | None]:
    """Contradictions in the words of the text that tells them."""
    m = desk.m
    out = []
    for link in m.links:
        ends = [r for r in (m.records.get(link.source), m.records.get(link.target)) if r]
        about = any(m.host in {p.country for p in _parties(r)} for r in ends)
        if link.relation is not Relation.CONTRADICTS or not about or not _inside(m, link):
            continue
        found = quotes(link, m, most=1)
        if found and found[0].outlet:
            text = f"{english.outlet(found[0].outlet)} told of a contradiction{_on(found[0].published)}: {spoken.quoted(found[0].text)}"
            out.append(desk.stated(capital_first(text), found))
    return out


def _parties(record: Record) -> tuple[Participant, ...]:
    if isinstance(record, Event):
        return record.parties
    if isinstance(record, Tie):
        return tuple(p for p in (record.power, record.host, *record.members) if p)
    return record.parties if isinstance(record, Claim) else ()


def _figures(desk: Desk) -> list[Sentence | None]:
    """Acts of which the tellings count the same thing differently."""
    out = []
    for event in desk.m.events:
        if not event.status.happened or not _inside(desk.m, event):
            continue
        values: dict[str, set[float]] = defaultdict(set)
        for q in event.quantities:
            if q.of and q.value is not None and q.unit is None:
                values[q.of].add(q.value)
        if any(len(v) > 1 and max(v) > 100 for v in values.values()):
            found = [q for q in quotes(event, desk.m) if q.outlet]
            out.append(spoken.beside(desk, found, "On the figures, the tellings differ"))
    return out
