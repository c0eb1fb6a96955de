"""Who answered and who did not: silences that texts tell, moves inside a rival's sphere, and where no answer was looked for."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from marchland.brief import english
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.material import Material
from marchland.brief.model import Row, Section, Sentence
from marchland.brief.notes import quotes
from marchland.brief.spoken import quoted
from marchland.influence import Move, Outcome
from marchland.model.records import Event, Link, Participant, Record, Silence, Statement, Tie

_SILENCES: Final = 5
_ANSWERS: Final = 4
_PAIRS: Final = 3  # pairs of mover and rival that are counted
_FIRM: Final = {"military": "military", "economic": "economic"}


def section(desk: Desk) -> Section:
    """Answers, silences, and what was not looked for."""
    found = [_answers(desk), _silences(desk), _moves(desk)]
    return Section(
        key="answered",
        title="Who answered, and who did not",
        paragraphs=tuple(p for p in found if p),
        empty="The texts link no answer to an act and tell of no silence, and no power moved inside a rival’s sphere.",
    )


def silences(m: Material) -> list[Silence]:
    """Silences that texts told within the time of parties about the host, or about something of the host."""
    out = []
    for s in m.silences:
        told = [d for x in s.mentions if (d := m.told(x.doc_id))]
        about = m.records.get(s.stimulus) if isinstance(s.stimulus, str) else None
        if told and m.since <= min(told) <= m.until and (m.host in _countries(about) or s.party.country == m.host):
            out.append(s)
    return sorted(out, key=lambda s: (min(d for x in s.mentions if (d := m.told(x.doc_id))), s.id))


def _countries(record: Record | None) -> set[str]:
    parties: tuple[Participant | None, ...] = ()
    if isinstance(record, Event):
        parties = record.parties
    elif isinstance(record, Tie):
        parties = (record.power, record.host, *record.members)
    elif isinstance(record, Statement):
        parties = record.parties
    return {p.country for p in parties if p and p.country}


def _silences(desk: Desk) -> tuple[Sentence, ...]:
    out = []
    for i, s in enumerate(silences(desk.m)[-_SILENCES:]):
        [q] = quotes(s, desk.m, context=True, most=1)
        who = s.party.country or s.party.org
        if not q.outlet or not q.published or not who:
            continue
        name, outlet, day = english.country(who), english.outlet(q.outlet), english.day(q.published)
        title = next((c for c in q.context[:1] if c == _title(desk, q.doc_id)), None)
        under = f" under the headline “{title}”" if title and "“" not in title else ""
        texts = []
        for head in (under, ""):
            forms = (
                f"{name} had not answered when {outlet} wrote on {day}{head}: {quoted(q.text)}",
                f"Of {name}, {outlet} reported on {day}{head}: {quoted(q.text)}",
                f"No word from {name} was known to {outlet}, which wrote on {day}{head}: {quoted(q.text)}",
            )
            texts.append(capital_first(forms[i % 3]))
        out.append(desk.first([*texts, capital_first(f"{outlet} wrote on {day}: {quoted(q.text)}")], [q]))
    return only(out)


def _title(desk: Desk, doc_id: str) -> str | None:
    document = desk.m.documents.get(doc_id)
    return document.title if document else None


def _answers(desk: Desk) -> tuple[Sentence, ...]:
    """Acts that a text links to another as their answer, in the text's own words."""
    m = desk.m
    done = []
    for link in m.links:
        ends = [m.records.get(link.source), m.records.get(link.target)]
        told = [d for x in link.mentions if (d := m.told(x.doc_id))]
        if link.relation not in ("responds_to", "in_return_for") or not told or not m.since <= min(told) <= m.until:
            continue
        if (
            link.status.happened
            and any(m.host in _countries(e) for e in ends)
            and not any(isinstance(e, Silence) for e in ends)
        ):
            done.append(link)
    return only([_link(desk, link) for link in done[-_ANSWERS:]])


def _link(desk: Desk, link: Link) -> Sentence | None:
    [q] = quotes(link, desk.m, most=1)
    if not q.outlet or not q.published:
        return None
    what = "an exchange" if link.relation == "in_return_for" else "an answer"
    text = f"{english.outlet(q.outlet)} told of {what} on {english.day(q.published)}: {quoted(q.text)}"
    return desk.stated(capital_first(text), [q])


def _moves(desk: Desk) -> tuple[Sentence, ...]:
    """For each power that moved inside another's sphere: how often it was answered, met with silence, or not looked for."""
    pairs: dict[tuple[str, str, str], list[Move]] = {}
    for move in desk.m.moves:
        if move.power not in desk.m.powers:
            continue
        pairs.setdefault((move.power, move.rival, move.sort), []).append(move)
    ranked = sorted(
        pairs.items(), key=lambda x: (-sum(v.outcome is not Outcome.NOT_LOOKED for v in x[1]), -len(x[1]), x[0])
    )
    return only([_pair(desk, *key, found) for key, found in ranked[:_PAIRS]])


def _pair(desk: Desk, power: str, rival: str, sort: str, found: Sequence[Move]) -> Sentence | None:
    m = desk.m
    by = Counter(move.outcome for move in found)
    answered = sum(n for outcome, n in by.items() if outcome.answered)
    silent, told, unread = by[Outcome.SILENT], by[Outcome.TOLD_SILENT], by[Outcome.NOT_LOOKED]
    mover, other, host = english.country(power), english.country(rival), english.country(m.host)
    row = Row(
        text=(
            f"{_FIRM[sort].capitalize()} moves of {mover} in {host} while it lay in the sphere of {other}, "
            f"{m.since} to {m.until}: {len(found)}. "
            f"Answered by a linked act: {answered}; silent though outlets of {other} were read: {silent}; told silent by a text: {told}; "
            f"no outlet of {other} read in the window: {unread}."
        ),
        command=f"marchland shifts {m.host} --power {power} --since {m.since} --until {m.until} --moves",
    )
    many = len(found)
    text = f"{mover} made {_number(many)} {_FIRM[sort]} move{'s' if many > 1 else ''} in {host} while {other} held most there"
    parts = [p for p in (
        f"it answered {_number(answered)}" if answered else "",
        f"it let {_number(silent)} pass, though its own outlets were read" if silent else "",
        f"texts tell of its silence over {_number(told)}" if told else "",
        f"for {_number(unread)} none of its outlets was read in the time, so that nothing can be said" if unread else "",
    ) if p]  # fmt: skip
    first = (
        re.sub(r"\bits\b", english.possessive(other), parts[0], count=1)
        if not parts[0].startswith("it ")
        else other + parts[0][2:]
    )
    if len(parts) == 1:
        whole = "both" if many == 2 else f"all {_number(many)}"
        first = first.replace(f" {_number(many)}", f" {whole}", 1) if many > 1 else first
    return desk.stated(f"{text}: {'; '.join([first, *parts[1:]])}", [row])


def _number(n: int) -> str:
    return english.count(n)
