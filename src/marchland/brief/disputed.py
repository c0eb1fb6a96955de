"""What is disputed: denials, contradictions, and figures that do not agree, each side in its own words."""

from collections import defaultdict
from typing import Final

from marchland.brief import english, spoken
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.material import Material
from marchland.brief.model import Section, Sentence
from marchland.brief.notes import quotes
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
    """Ties that somebody denies, beside those of the kind that stand."""
    m = desk.m
    out: list[Sentence | None] = []
    for tie in m.ties:
        denials = [x for x in tie.mentions if x.status is Status.DENIED]
        if not denials or not tie.host or tie.host.country != m.host or not _inside(m, tie) or not _party(tie.power):
            continue
        whole = spoken.sides(desk, [tie], f"The {ties()[tie.kind].noun} of {_party(tie.power)} is disputed") if len(tie.mentions) > len(denials) else None
        out.append(whole or _denied(desk, tie))
    return out


def _denied(desk: Desk, record: Event | Tie) -> Sentence | None:
    found = quotes(record, desk.m, most=1)
    if not found or not found[0].outlet or not found[0].published:
        return None
    q = found[0]
    by = f"{english.outlet(q.outlet or '')} wrote on {english.day(found[0].published)}"
    return desk.stated(capital_first(f"{by} of a denial: {spoken.quoted(q.text)}"), found)


def _events(desk: Desk) -> list[Sentence | None]:
    out: list[Sentence | None] = []
    for event in desk.m.events:
        if (event.disputed or event.status is Status.DENIED) and _inside(desk.m, event):
            both = spoken.sides(desk, [event], "The tellings of one act differ")
            out.append(both or _denied(desk, event))
    return out


def _links(desk: Desk) -> list[Sentence | None]:
    """Records that a text sets against each other."""
    m = desk.m
    out = []
    for link in m.links:
        ends = [r for r in (m.records.get(link.source), m.records.get(link.target)) if r]
        about = any(m.host in {p.country for p in _parties(r)} for r in ends)
        if link.relation is Relation.CONTRADICTS and about and _inside(m, link) and len(ends) == 2:
            out.append(spoken.sides(desk, ends, "Two statements stand against each other"))
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
            out.append(spoken.sides(desk, [event], "On the figures, the tellings differ"))
    return out
