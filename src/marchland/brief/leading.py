"""Who leads in which domain, by how much and since when; and what the same numbers say has shifted."""

from collections.abc import Sequence
from typing import Final

from marchland.brief import english
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.material import Material
from marchland.brief.model import Row, Section, Sentence
from marchland.influence import OTHERS, InfluenceRow, Lead, leaders
from marchland.model.ontology import Domain

_SHIFT: Final = 0.08  # a share that moved by less is not told as moved


def section(desk: Desk) -> Section:
    """A sentence or two for each domain."""
    told = [_domain(desk, d, turn=i) for i, d in enumerate(ordered(desk.m))]
    return Section(
        key="leads",
        title="Who leads, in what, and since when",
        paragraphs=tuple(p for p in told if p),
        empty="No outside power is named in the records of this time.",
    )


def ordered(m: Material) -> list[Domain]:
    """Domains, the one with most evidence first."""
    last = m.rows[-1].period
    size: dict[Domain, float] = {}
    for r in m.rows:
        if r.period == last:
            size[r.domain] = size.get(r.domain, 0.0) + r.stock + r.flow
    return sorted(size, key=lambda d: (-size[d], list(Domain).index(d)))


def row_of(m: Material, domain: Domain, period: str) -> Row:
    """The shares of one domain and period as a note."""
    own = [r for r in m.rows if r.domain is domain and r.period == period]
    shares = [f"{_name(r.power)} {english.percent(r.share or 0)} ({_interval(r)})" for r in _best(own)]
    what = f"Share of measured exposure of {english.country(m.host)}, {domain.value}, {_period(period)}"
    return Row(
        text=f"{what}, with 90 % intervals: {', '.join(shares)}.",
        command=f"marchland influence {m.host} --domain {domain.value} --since {m.since} --until {m.until}",
    )


def _best(rows: Sequence[InfluenceRow]) -> list[InfluenceRow]:
    return sorted(
        (r for r in rows if r.share is not None), key=lambda r: (r.power == OTHERS, -(r.share or 0.0), r.power)
    )


def _name(power: str) -> str:
    return power if power == OTHERS else english.country(power)


def _interval(r: InfluenceRow) -> str:
    return f"{100 * (r.share_low or 0):.0f} to {100 * (r.share_high or 0):.0f}"


def _period(label: str) -> str:
    """2019, "the third quarter of 2019", "July 2019"."""
    year, _, part = label.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        first = 3 * int(part[1:]) - 2
        return f"{english.MONTHS[first - 1]} to {english.MONTHS[first + 1]} {year}"
    return f"{english.MONTHS[int(part) - 1]} {year}"


def _domain(desk: Desk, domain: Domain, *, turn: int) -> tuple[Sentence, ...]:
    m = desk.m
    line = [lead for lead in leaders(m.rows) if lead.domain is domain]
    now = line[-1]
    row = row_of(m, domain, now.period)
    if now.power is None:
        return ()
    own = {r.power: r for r in m.rows if r.domain is domain and r.period == now.period}
    first = own[now.power]
    text = _lead(domain, first, own.get(now.second or ""), turn)
    history = _history(m, line)
    out = [desk.stated(text, [row]), desk.stated(_since(line, contested=now.contested), [row, history])]
    return only(out)


def _lead(domain: Domain, first: InfluenceRow, second: InfluenceRow | None, turn: int) -> str:
    who, share = english.country(first.power), english.percent(first.share or 0)
    if second is None:
        return f"In the {domain.value} domain, {who} stands alone with {share} of the measured exposure (90 % interval {_interval(first)})"
    other, rest = english.country(second.power), english.percent(second.share or 0)
    spans = f"(90 % intervals {_interval(first)} and {_interval(second)})"
    if turn % 2:
        text = f"{capital_first(who)} leads in the {domain.value} domain: {share} of the measured exposure"
        return f"{text} against {rest} for {other} {spans}"
    text = f"In the {domain.value} domain, {who} leads with {share} of the measured exposure"
    return f"{text}, ahead of {other} with {rest} {spans}"


def _history(m: Material, line: Sequence[Lead]) -> Row:
    """Who led from when to when, as a note."""
    spells: list[list[str]] = []
    for lead in line:
        who = english.country(lead.power) if lead.power else "nobody, for want of evidence"
        if spells and spells[-1][0] == who:
            spells[-1][2] = lead.period
        else:
            spells.append([who, lead.period, lead.period])
    told = "; ".join(f"{w}, {_period(a)}" + (f" to {_period(b)}" if a != b else "") for w, a, b in spells)
    last = line[-1]
    lap = ""
    if last.power and last.second:
        meet = "overlap" if last.contested else "do not overlap"
        second = english.country(last.second)
        lap = f" Intervals of the first and the second ({second}) in {_period(last.period)} {meet}."
    return Row(
        text=f"Leader in {english.country(m.host)}, {line[0].domain.value}, by {m.period}: {told}.{lap}",
        command=f"marchland influence {m.host} --domain {line[0].domain.value} --period {m.period} --since {m.since} --until {m.until}",
    )


def _since(line: Sequence[Lead], *, contested: bool) -> str:
    now = line[-1]
    began, before = now.period, None
    for lead in reversed(line):
        if lead.power != now.power:
            before = lead.power
            break
        began = lead.period
    if before:
        text = f"It took the lead from {english.country(before)} in {_period(began)}"
    elif began == line[0].period:
        text = (
            f"It has led since {_period(began)}, where this brief begins"
            if began != now.period
            else "No earlier time was measured"
        )
    else:
        text = f"It has led since {_period(began)}, the first time for which the evidence is enough"
    if contested and now.second:
        text += f", but the intervals overlap, so that the lead over {english.country(now.second)} is contested"
    return text


# ---- what moved ----


def moved(desk: Desk) -> tuple[Sentence, ...]:
    """Shares that rose or fell between the first and the last period with enough evidence, the largest move first."""
    found = []
    for domain in Domain:
        for power in desk.m.powers:
            own = [r for r in desk.m.rows if r.domain is domain and r.power == power and r.share is not None]
            if len(own) > 1:
                found.append((own[0], own[-1]))
    found.sort(key=lambda pair: (-abs((pair[1].share or 0) - (pair[0].share or 0)), pair[1].power, pair[1].domain))
    return only(
        [_moved(desk, a, b, i) for i, (a, b) in enumerate(found[:4]) if abs((b.share or 0) - (a.share or 0)) >= _SHIFT]
    )


def _moved(desk: Desk, first: InfluenceRow, last: InfluenceRow, turn: int) -> Sentence | None:
    before, after = first.share or 0.0, last.share or 0.0
    apart = (last.share_low or 0) > (first.share_high or 1) or (last.share_high or 1) < (first.share_low or 0)
    who = english.possessive(english.country(last.power))
    verb = "rose" if after > before else "fell"
    change = f"from {english.percent(before)} in {_period(first.period)} to {english.percent(after)} in {_period(last.period)}"
    field = f"in the {last.domain.value} domain"
    text = f"{field}, {who} share {verb} {change}" if turn % 2 else f"{who} share {field} {verb} {change}"
    text += ", by more than the intervals allow for chance" if apart else ", though their intervals overlap"
    notes = [row_of(desk.m, last.domain, first.period), row_of(desk.m, last.domain, last.period)]
    return desk.stated(capital_first(text), notes)


def short(desk: Desk) -> Sentence | None:
    """Who leads where, in one sentence."""
    m = desk.m
    last = [lead for lead in leaders(m.rows) if lead.period == m.rows[-1].period and lead.power]
    by_power: dict[str, list[Lead]] = {}
    for lead in last:
        by_power.setdefault(lead.power or "", []).append(lead)
    if not by_power:
        return None
    parts = []
    for power, leads in sorted(by_power.items(), key=lambda x: (-len(x[1]), x[0])):
        where = english.series([lead.domain.value for lead in leads])
        parts.append(f"{english.country(power)} leads in the {where} domain{'s' if len(leads) > 1 else ''}")
    text = f"By the figures for {_period(last[0].period)}, {english.series(parts)} of {english.country(m.host)}"
    if all(lead.contested for lead in last):
        text += ", everywhere within overlapping intervals"
    return desk.stated(text, [row_of(m, lead.domain, lead.period) for lead in last])
