"""What `marchland shifts` prints: steps, shifts, alarms, moves and rates as tables."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from marchland.cli.tables import shown
from marchland.influence import FlowShift, Move, Rate, Shifts, Step, Watch
from marchland.influence.why import quoted
from marchland.model.records import Record

_QUOTE = 100  # characters of a sentence that a table shows
Records = Mapping[str, Record]


def _table(title: str, *columns: str) -> Table:
    out = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for name in columns:
        out.add_column(name, overflow="fold", no_wrap=name in ("month", "day"))
    return out


def _told(records: Records, identity: str) -> str:
    record = records.get(identity)
    if record is None:
        return shown(identity)
    quote = " ".join(record.mentions[0].quote.split())
    return shown(quote if len(quote) <= _QUOTE else quote[: _QUOTE - 3] + "...")


def step_table(steps: Sequence[Step], records: Records) -> Table:
    """Exact steps, by day."""
    out = _table("Ties that began or ended", "day", "power", "tie", "", "stock", "told")
    for s in steps:
        day = s.day.isoformat() if s.first == s.last else f"{s.first}..{s.last}"
        stock = f"{s.before:.1f} -> {s.after:.1f}"
        out.add_row(
            day, shown(s.power), s.kind.value, "began" if s.opens else "ended", stock, _told(records, s.record_id)
        )
    return out


def flow_table(flows: Sequence[FlowShift], records: Records) -> Table:
    """Statistical shifts, alarms first."""
    out = _table(
        "Shifts in what powers do", "month", "power", "of", "before -> after", "P(shift)", "p", "q", "leans most on"
    )
    for f in flows:
        of = "posture" if f.measure == "posture" else f"acts, {f.domain.value if f.domain else 'all'}"
        month = f"{f.month} ({f.low}..{f.high})" if f.low != f.high else f.month
        leans = [_told(records, w.name) for w in f.acts[:1]] + [f"({shown(w.name)})" for w in f.outlets[:1]]
        level = f"{f.before:.2f} -> {f.after:.2f}"
        out.add_row(
            month,
            shown(f.power),
            of,
            level,
            f"{f.probability:.2f}",
            f"{f.p:.3f}",
            f"{f.q:.3f}",
            " ".join(leans),
            style=None if f.alarm else "dim",
        )
    if not flows:
        out.add_row("none")
    return out


def why_lines(found: Shifts, records: Records) -> list[str]:
    """What each step and each alarm stands on: the tie's sentences, and the acts and outlets without which it is weakest."""
    out = []
    for s in found.steps:
        out.append(
            f"{s.day} {s.power} {s.kind.value} {'began' if s.opens else 'ended'}: stock {s.before:.2f} -> {s.after:.2f}"
        )
        out += [f"  {_sentence(records, identity)}" for identity in (s.record_id, *s.also)]
    for f in found.alarms:
        of = "posture" if f.measure == "posture" else f"acts, {f.domain.value if f.domain else 'all'}"
        odds = f"P(shift) {f.probability:.2f}, p {f.p:.3f}, q {f.q:.3f}"
        out.append(f"{f.month} ({f.low} to {f.high}) {f.power} {of}: {f.before:.2f} -> {f.after:.2f}; {odds}")
        out += [f"  loses {w.drop:.2f} without {_sentence(records, w.name)}, {w.month}" for w in f.acts]
        out += [f"  loses {w.drop:.2f} without all that {w.name} alone tells" for w in f.outlets]
    return out


def _sentence(records: Records, identity: str) -> str:
    record = records.get(identity)
    return quoted(record.mentions[0], {}) + f" [{identity}]" if record else identity


def alarm_table(found: Watch) -> Table:
    """What rang, by month."""
    out = _table(
        "Alarms, as they would have rung at the time", "on", "power", "new level since", "before -> after", "p"
    )
    for a in found.alarms:
        out.add_row(a.on, shown(a.power), a.month, f"{a.before:.2f} -> {a.after:.2f}", f"{a.p:.3f}")
    if not found.alarms:
        out.add_row("none")
    return out


def move_table(found: Sequence[Move], records: Records) -> Table:
    """Moves by day, with what became of each."""
    out = _table(
        "Moves inside a rival's sphere", "day", "power", "rival", "move", "outcome", "rival's documents", "told"
    )
    for m in found:
        out.add_row(
            m.day.isoformat(),
            shown(m.power),
            shown(m.rival),
            m.code,
            m.outcome.value,
            str(m.looked),
            _told(records, m.record_id),
        )
    return out


def rate_table(found: Sequence[Rate]) -> Table:
    """How often each rival answers."""
    out = _table("How often the rival answers", "rival", "moves", "number", "looked for", "answered", "rate")
    for r in found:
        rate = (
            "too few to tell"
            if r.rate is None or r.low is None or r.high is None
            else f"{r.rate:.0%} ({r.low:.0%}-{r.high:.0%})"
        )
        out.add_row(shown(r.rival), r.sort, str(r.moves), str(r.looked), str(r.answered), rate)
    return out
