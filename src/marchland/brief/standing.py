"""What stands: the weightiest ties on the last day, by power, each with its start and the day it was last told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from marchland.brief import english
from marchland.brief.desk import Desk, capital_first
from marchland.brief.material import Material
from marchland.brief.model import Row, Section, Sentence
from marchland.brief.notes import evidence, quote, quotes
from marchland.influence import OTHERS
from marchland.lexicon.actors import organisations
from marchland.lexicon.brief_words import TieWords, frames, ties
from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.ontology import PlaceKind, Status, TieKind
from marchland.model.records import Tie

MOST: Final = 14  # ties that are told
_POWERS: Final = 5  # powers whose ties are told
_SHORT: Final = 70  # characters of a registry's note that a sentence takes in
_NOTE: Final = re.compile(r": ([^:]+?)\. Source:")
_SEVERAL: Final = frozenset(
    {TieKind.INFRASTRUCTURE, TieKind.CONCESSION, TieKind.CREDIT, TieKind.EDUCATION, TieKind.INVESTMENT, TieKind.TRANSIT}
)  # kinds of which a power may well have many
_MANY: Final = 3  # ties of one kind and power that are told as a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A tie that stands on the last day, with its part of the measure."""

    tie: Tie
    power: str
    amount: float
    also: tuple[str, ...]


def section(desk: Desk) -> Section:
    """The ties that weigh most, by power."""
    found = standing(desk.m)
    order = {p: i for i, p in enumerate(desk.m.powers[:_POWERS])}
    groups = sorted(_by_kind(found), key=lambda g: -sum(h.amount for h in g))
    kept = [g for g in groups if g[0].power in order][:MOST]
    kept.sort(key=lambda g: (order[g[0].power], -sum(h.amount for h in g)))
    paragraphs = []
    for _, own in groupby(kept, key=lambda g: g[0].power):
        told = _paragraph(desk, list(own))
        if told:
            paragraphs.append(told)
    rest = _rest(desk, found, sum(len(g) for g in kept))
    if rest:
        paragraphs.append((rest,))
    return Section(
        key="stands",
        title="What stands",
        paragraphs=tuple(paragraphs),
        empty="No standing tie of an outside power is known on the last day.",
    )


def standing(m: Material) -> list[Held]:
    """Ties behind the last numbers, the largest first."""
    amounts: dict[tuple[str, str], float] = {}
    also: dict[tuple[str, str], tuple[str, ...]] = {}
    last = [r for r in m.rows if r.period == m.rows[-1].period and r.power != OTHERS]
    for row in last:
        for e in row.evidence:
            if e.kind == "stock":
                key = e.record_id, e.power
                amounts[key] = amounts.get(key, 0.0) + e.amount
                also[key] = e.also
    out = []
    for (identity, power), amount in amounts.items():
        tie = m.records.get(identity)
        if isinstance(tie, Tie):
            out.append(Held(tie=tie, power=power, amount=amount, also=also[identity, power]))
    return sorted(out, key=lambda h: (-h.amount, h.tie.id, h.power))


def _by_kind(found: Sequence[Held]) -> list[list[Held]]:
    """Ties of one power and kind together where there can be several; else the one that tells most stands for all."""
    groups: dict[tuple[str, TieKind], list[Held]] = {}
    for h in found:
        groups.setdefault((h.power, h.tie.kind), []).append(h)
    out: list[list[Held]] = []
    for (_, kind), group in groups.items():
        if kind in _SEVERAL and len(group) >= _MANY:
            out.append(group)
        else:
            vouched = [h for h in group if h.tie.doc_id == REGISTRY_ID]
            out += [[h] for h in (vouched or group[:1])]
    return out


def _paragraph(desk: Desk, groups: Sequence[Sequence[Held]]) -> tuple[Sentence, ...]:
    """The ties of one power; from the second sentence on its name gives way to a pronoun now and then."""
    out: list[Sentence] = []
    for group in groups:
        told = _many(desk, group) if len(group) >= _MANY else tell(desk, group[0])
        name = english.country(group[0].power)
        opening, joint = f"{capital_first(name)} ", f"{capital_first(name)} and "
        before = bool(out) and out[-1].text.startswith(opening) and not out[-1].text.startswith(joint)
        if told is not None and before and told.text.startswith(opening) and not told.text.startswith(joint):
            told = replace(
                told, runs=(replace(told.runs[0], text=told.runs[0].text.replace(capital_first(name), "It also", 1)),)
            )
        if told is not None:
            out.append(told)
    return tuple(out)


def tell(desk: Desk, held: Held) -> Sentence | None:
    """One tie in one sentence, with the fullest dates that its evidence holds."""
    records = _records(desk.m, held)
    texts = []
    for tie in records:
        table = tie.doc_id == REGISTRY_ID
        start = english.since(tie.since, inferred=table) if tie.since and (tie.since.text or table) else None
        for body in _bodies(tie, held.power, desk.m):
            both = f"{body}, {start}" if start else body
            texts += [f"{both}{_confirmed(records)}", both, body]
    denials = [quote(t, x, desk.m) for t in records for x in t.mentions if x.status is Status.DENIED][:1]
    if denials:
        texts = [f"{text}{frames().disputed}" for text in texts] + texts
    return desk.settle(list(dict.fromkeys(texts)), records, more=denials)


def _records(m: Material, held: Held) -> list[Tie]:
    """The tie and the further records told of it, the registry's first."""
    found = [held.tie, *(t for i in held.also if isinstance(t := m.records.get(i), Tie))]
    return sorted(found[:3], key=lambda t: (t.doc_id != REGISTRY_ID, t.since is None))


def _confirmed(records: Sequence[Tie]) -> str:
    """When a document last told of it; of what the registry vouches for, nothing."""
    if any(t.doc_id == REGISTRY_ID for t in records):
        return ""
    days = [t.last_confirmed.end for t in records if t.last_confirmed and t.last_confirmed.end]
    return f", last reported in {english.MONTHS[max(days).month - 1]} {max(days).year}" if days else ""


def _bodies(tie: Tie, power: str, m: Material) -> list[str]:
    """The clause without dates: with the organisation, the registry's note and the place, then without."""
    words = ties()[tie.kind]
    text = evidence(quotes(tie, m))
    body, note, place = _body(tie, text), noted(tie), _place(tie, text)
    out = []
    if words.in_body and body and body != power:
        out.append(filled(words.in_body, power, m.host, body=english.country(body)))
    plain = filled(words.stands, power, m.host)
    if note and not (words.in_body and body):
        out.append(f"{plain} ({note})")
    if place:
        out.append(filled(words.stands, power, m.host, place=place))
    return [*out, plain]


def noted(tie: Tie) -> str:
    """What the registry adds to a tie, if it is short."""
    told = _NOTE.search(tie.mentions[0].quote) if tie.doc_id == REGISTRY_ID else None
    return told[1] if told and len(told[1]) <= _SHORT else ""


def filled(form: str, power: str, host: str, *, place: str = "", n: str = "", body: str = "", members: str = "") -> str:
    """A form of `lexicon/brief/ties.toml` with its blanks filled; powers and hosts are singular, bodies too."""
    return form.format(
        A=english.country(power), B=english.country(host), adj=english.adjective(power), M=members, place=place, n=n, body=body,
        s="s", ss="s", ies="ies", bhas="has", **{"is": "is", "has": "has"},
    )  # fmt: skip


def _body(tie: Tie, text: str) -> str | None:
    """The organisation that the tie runs through."""
    own = [p.org for p in tie.members if p.org]
    if own:
        return own[0]
    return next((o.id for o in organisations() if not o.country and len(o.name) > 4 and o.name in text), None)


def _place(tie: Tie, text: str) -> str:
    where = tie.where
    if where is None or where.kind is PlaceKind.COUNTRY or where.name not in text:
        return ""
    return f" near {where.name}" if f"near {where.name}" in text else f" at {where.name}"


def _many(desk: Desk, group: Sequence[Held]) -> Sentence | None:
    m, first = desk.m, group[0]
    words: TieWords = ties()[first.tie.kind]
    n = english.count(len(group))
    row = Row(
        text=(
            f"Ties of the kind “{words.noun}” that {english.country(first.power)} has in {english.country(m.host)}, "
            f"standing on {m.until}: {n} ({len(group)})."
        ),
        command=f"marchland ties --country {m.host} --power {first.power} --type {first.tie.kind}",
    )
    listed = [h for h in group if noted(h.tie)][:_MANY]
    shown = [*listed, *(h for h in group if h not in listed)][: max(len(listed), _MANY)]
    told = [quotes(h.tie, m)[0] for h in shown]
    text = filled(words.many, first.power, m.host, n=n)
    texts = [f"{text}, among them {english.series([noted(h.tie) for h in listed])}"] if listed else []
    return desk.first([*texts, text], [*told, row])


def _rest(desk: Desk, found: Sequence[Held], shown: int) -> Sentence | None:
    left, m = len(found) - shown, desk.m
    if left <= 0:
        return None
    row = Row(
        text=(
            f"Ties of named outside powers that stand in {english.country(m.host)} on {m.until}: {len(found)}; "
            f"told above: {shown}; left: {left}."
        ),
        command=f"marchland influence {m.host} --until {m.until} --why",
    )
    return desk.stated(f"Left out here are {english.count(left)} lesser ties", [row])
