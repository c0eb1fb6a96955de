"""What happened: the weightiest acts, by power and then by day, with repeated ones drawn together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import log2
from typing import Final

from marchland.brief import english
from marchland.brief.acts import Phrase, clause, phrases
from marchland.brief.check import check_text
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.material import Material
from marchland.brief.model import Row, Run, Section, Sentence
from marchland.brief.notes import quotes, tight
from marchland.lexicon.weights import load_weights
from marchland.model.dates import DateRange
from marchland.model.records import Event

MOST: Final = 18  # acts that are told one by one
_SURE: Final = 0.55  # confidence of the coder under which an act is not told
_CONFLICT_SURE: Final = 0.7  # the same for conflict, which is read less well and harms more
_TOGETHER: Final = 3  # acts of one kind by the same parties that become one sentence and a list
_NEW: Final = 1.5  # the first act of its kind by a power counts for so much more


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act chosen for the brief."""

    event: Event
    phrase: Phrase
    power: str
    day: date
    weight: float


def section(desk: Desk) -> Section:
    """The acts between the two days."""
    found = candidates(desk.m)
    chosen = sorted(found, key=lambda t: (-t.weight, t.day, t.event.id))
    groups = _grouped(_apart(chosen))
    kept = groups[:MOST]
    order = {p: i for i, p in enumerate(desk.m.powers)}
    kept.sort(key=lambda g: (order.get(g[0].power, len(order)), g[0].day, g[0].event.id))
    paragraphs = []
    for _, own in groupby(kept, key=lambda g: min(order.get(g[0].power, len(order)), 3)):
        told = [s for i, g in enumerate(own) for s in _sentences(desk, g, turn=i)]
        if told:
            paragraphs.append(tuple(told))
    shown = sum(len(g) for g in kept)
    rest = _rest(desk, shown)
    if rest:
        paragraphs.append((rest,))
    return Section(
        key="happened",
        title="What happened",
        paragraphs=tuple(paragraphs),
        empty="No act between an outside power and this country is dated within this time.",
    )


def candidates(m: Material) -> list[Told]:
    """The acts that could be told: done, dated within the time, with an outsider in them, read firmly, in known words."""
    seen: set[tuple[str, str]] = set()
    out = []
    for event in sorted(m.events, key=lambda e: (m.day(e) or date.max, e.id)):
        day = m.day(event)
        power = power_of(event, m)
        if day is None or not m.since <= day <= m.until or power is None or not event.status.happened:
            continue
        if event.confidence < (_CONFLICT_SURE if "conflict" in event.quad else _SURE):
            continue
        phrase = next(phrases(event, m), None)
        if phrase is None:
            continue
        new = (power, phrase.words.id) not in seen
        seen.add((power, phrase.words.id))
        out.append(
            Told(event=event, phrase=phrase, power=power, day=day, weight=_weight(event, phrase, power, m, new=new))
        )
    return out


def power_of(event: Event, m: Material) -> str | None:
    """The outside power that an act is told under: an actor before a recipient, the greater before the lesser."""
    ranks = {p: i for i, p in enumerate(m.powers)}
    for parties in (event.actors, event.recipients):
        codes = {p.country or p.org for p in parties} - {m.host, None}
        found = sorted((c for c in codes if c), key=lambda c: (ranks.get(c, len(ranks)), c))
        if found and (not m.asked.power or found[0] in m.asked.power):
            return found[0]
    return None


def _weight(event: Event, phrase: Phrase, power: str, m: Material, *, new: bool) -> float:
    origins = {m.origins.get(x.doc_id, x.doc_id) for x in event.mentions}
    score = load_weights().flow[event.event_type].score
    rank = 1 / (1 + 0.25 * m.powers.index(power)) if power in m.powers else 0.4
    plain = 1.0 if phrase.words.words else 0.4  # words that fit the telling, or only its type
    span = event.when.days if event.when else None
    dated = 1.0 if span and span <= 31 else 0.5
    sure = event.certainty * event.confidence
    return score * sure * (1 + 0.5 * log2(len(origins))) * rank * plain * dated * (_NEW if new else 1.0)


def _apart(chosen: Sequence[Told]) -> list[Told]:
    """Of several acts that one sentence tells of the same parties, the weightiest: "met and signed" is one thing to tell."""
    seen: set[tuple[str, int, frozenset[str]]] = set()
    out = []
    for t in chosen:
        everybody = frozenset(k for p in t.event.parties if (k := p.country or p.org))
        own = {(x.doc_id, x.start, everybody) for x in t.event.mentions}
        if not own & seen:
            out.append(t)
        seen |= own
    return out


def _grouped(chosen: Sequence[Told]) -> list[list[Told]]:
    """Acts of one kind by the same parties together, the weightiest group first, each by day."""
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for t in chosen:
        groups.setdefault(t.phrase.key, []).append(t)
    out: list[list[Told]] = []
    for group in groups.values():
        dated = [t for t in group if _exact(t.event.when)]
        if len(dated) >= _TOGETHER and dated[0].phrase.words.again:
            out.append(sorted(dated, key=lambda t: (-t.weight, t.day)))
            out += [[t] for t in group if t not in dated]
        else:
            out += [[t] for t in group]
    return sorted(out, key=lambda g: (-max(t.weight for t in g), g[0].day, g[0].event.id))


def _exact(when: DateRange | None) -> bool:
    return bool(when and when.days and when.days <= 31 and when.text)


def _sentences(desk: Desk, group: Sequence[Told], *, turn: int) -> Iterable[Sentence]:
    told = tell(desk, group[0], turn=turn)
    yield from only([told])
    if len(group) > 1:
        yield from only([_further(desk, group[1:])])


def tell(desk: Desk, told: Told, *, turn: int = 0) -> Sentence | None:
    """One act in one sentence; `turn` varies where its day stands."""
    texts: list[str] = []
    m = desk.m
    for phrase in phrases(told.event, m):
        for figures, place in ((True, True), (False, True), (True, False), (False, False)):
            texts += _dated(told.event, phrase, m, turn=turn, figures=figures, place=place)
    return desk.settle(list(dict.fromkeys(texts)), [told.event])


def _dated(event: Event, phrase: Phrase, m: Material, *, turn: int, figures: bool, place: bool) -> list[str]:
    """With the act's own day, and then with that of the report."""
    out = []
    day = english.when(event.when) if event.when and event.when.text else None
    if day:
        body = clause(event, phrase, m, figures=figures, place=place)
        at_end = clause(event, phrase, m, on=day, figures=figures, place=place)
        lead = f"{capital_first(day)}, {body}"
        out.append(at_end if turn % 3 == 1 else lead)
    first = quotes(event, m)[:1]
    if first and first[0].outlet and first[0].published:
        body = clause(event, phrase, m, figures=figures, place=place)
        out.append(f"{english.outlet(first[0].outlet)} reported on {english.day(first[0].published)} that {body}")
    return out


def _further(desk: Desk, group: Sequence[Told]) -> Sentence | None:
    """Further acts of the kind, in a list of months, each month with its notes."""
    noun = group[0].phrase.words.again
    assert noun is not None, "a group is only made of what can be named again"
    months: dict[str, list[Event]] = {}
    for t in sorted(group, key=lambda t: t.day):
        when = t.event.when
        assert when is not None, "a group is only made of dated acts"
        assert when.start is not None, "and of days that begin"
        months.setdefault(f"{english.MONTHS[when.start.month - 1]} {when.start.year}", []).append(t.event)
    lead = f"A further {noun[0]} came in " if len(group) == 1 else f"Further {noun[1]} came in "
    runs = []
    for i, (month, events) in enumerate(months.items()):
        join = "" if i == 0 else " and " if i == len(months) - 1 else ", "
        text = f"A further {noun[0]} came in {month}."
        own = [q for e in events for q in quotes(e, desk.m, context=True)]
        kept = tight(text, own, lambda t, n: not check_text(t, list(n)))
        end = "." if i == len(months) - 1 else ""
        runs.append(Run(text=f"{lead if i == 0 else join}{month}{end}", notes=kept))
    return desk.joined(runs)


def _rest(desk: Desk, shown: int) -> Sentence | None:
    m = desk.m
    inside = [e for e in m.events if e.status.happened and (d := m.day(e)) and m.since <= d <= m.until]
    outside = [e for e in inside if power_of(e, m)]
    left = len(outside) - shown
    if left <= 0:
        return None
    name = english.country(m.host)
    row = Row(
        text=f"Acts of outsiders with {name} that are told as done, {m.since} to {m.until}: {len(outside)}; "
        f"told above: {shown}; left: {left}.",
        command=f"marchland events --country {m.host} --since {m.since} --until {m.until}",
    )
    acts = "act" if left == 1 else "acts"
    return desk.stated(
        f"Besides these, the store holds {english.count(left)} further {acts} of outsiders in this time", [row]
    )
