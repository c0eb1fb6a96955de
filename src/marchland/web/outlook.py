"""What a host's page tells of change and of what is to come, in rows for a reader: dated notes, moves with answers, odds, the ledger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from marchland.api_shifts import Changed
from marchland.influence import FlowShift, Move, Outcome, Rate, Step
from marchland.model.records import AnyRecord
from marchland.web import words

if TYPE_CHECKING:
    from marchland.forecast.ask import Foretold
    from marchland.forecast.record import Entry, Record, Score

NOTES: Final = 8  # shifts marked on the chart
_OF_ONE: Final = 3  # of one power
_APART: Final = 1 / 30  # of the time shown: marks nearer to each other than that would cover each other
MOVES: Final = 10  # moves listed before "all" is asked for
_SAID: Final = 12  # authors' forecasts listed
_ALARMS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One shift, marked on the chart by its number."""

    n: int
    day: date
    when: str
    power: str
    text: str
    record: str | None  # whose sentences it opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of the rival, or one text that tells of its silence."""

    record: str
    line: str
    what: str  # contest, bargain, endorse, told silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A move and what became of it; no replies is an empty answer, and `searched` says where one was looked for."""

    day: str
    powers: tuple[str, ...]
    rival: str
    line: str
    record: str
    replies: tuple[Reply, ...]
    verdict: str
    searched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsLine:
    """A power and class, a forecast for each horizon."""

    power: str
    event_class: str
    cells: tuple["Foretold | None", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A forecast by an author of a text, and what came of it."""

    holder: str
    made: str
    quote: str
    odds: str
    outcome: str
    reason: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The ledger as far as a host goes, and the scores of everything in it."""

    own: tuple[tuple[str, int], ...]  # outcome and number of marchland's own forecasts
    said: tuple[Said, ...]
    said_count: int
    scores: tuple["Score", ...]


# ---- changes ----


def notes(found: Changed, powers: Sequence[str], first: date, last: date) -> tuple[Note, ...]:
    """The shifts to mark: alarms, then the largest steps of the powers shown that stand far enough from each other."""
    near = (last - first).days * _APART
    chosen: list[tuple[date, str, str, str, str | None]] = []
    told = [_alarm(f) for f in found.shifts.alarms[:_ALARMS] if f.power in powers]
    ranked = sorted(found.shifts.steps, key=lambda s: (-abs(s.amount), s.day, s.record_id))
    told += [_step(s) for s in ranked if s.power in powers]
    for one in told:
        spaced = all(abs((one[0] - c[0]).days) >= near for c in chosen)
        few = len(chosen) < NOTES and sum(c[2] == one[2] for c in chosen) < _OF_ONE
        if few and spaced and first <= one[0] <= last:
            chosen.append(one)
    chosen.sort(key=lambda c: (c[0], c[3]))
    return tuple(
        Note(n=n, day=day, when=when, power=power, text=text, record=record)
        for n, (day, when, power, text, record) in enumerate(chosen, 1)
    )


def _step(s: Step) -> tuple[date, str, str, str, str | None]:
    vague = s.first != s.last
    when = (
        str(s.day.year) if vague and (s.last - s.first).days > 31 else words.month(s.day) if vague else words.day(s.day)
    )
    text = f"{words.kind(s.kind)} {'began' if s.opens else 'ended'}, stock {s.before:.1f} → {s.after:.1f}"
    return s.day, when, s.power, text, s.record_id


def _alarm(f: FlowShift) -> tuple[date, str, str, str, str | None]:
    year, month = (int(p) for p in f.month.split("-"))
    day = date(year, month, 1)
    field = f" in the {f.domain.value} domain" if f.domain else ""
    if f.measure == "posture":
        text = f"acts{field} {'more cooperative' if f.after > f.before else 'more coercive'}, {f.before:+.2f} → {f.after:+.2f}"
    else:
        text = f"{'busier' if f.after > f.before else 'less busy'}{field}, {f.before:.2f} → {f.after:.2f} acts a month"
    return (
        day,
        words.month(day),
        f.power,
        f"{text} (false discovery rate {f.q:.2f})",
        f.acts[0].name if f.acts else None,
    )


def pairs(found: Changed, *, everything: bool) -> tuple[Pair, ...]:
    """Moves with answers, the latest first; those of which something is known are listed before the rest is cut off."""
    together: dict[tuple[str, str, str], list[Move]] = {}
    for m in found.moves:  # an act of several powers is a move of each of them
        together.setdefault((m.record_id, m.rival, m.sort), []).append(m)
    ranked = sorted(
        together.values(),
        key=lambda ms: (ms[0].outcome is Outcome.NOT_LOOKED, -ms[0].day.toordinal(), ms[0].record_id),
    )
    kept = ranked if everything else ranked[:MOVES]
    return tuple(
        _pair(ms, found.records) for ms in sorted(kept, key=lambda ms: (-ms[0].day.toordinal(), ms[0].record_id))
    )


def _pair(same: Sequence[Move], records: Mapping[str, AnyRecord]) -> Pair:
    m = same[0]
    replies = [Reply(record=a.record_id, line=_line(records, a.record_id), what=a.outcome.value) for a in m.answers]
    replies += [Reply(record=i, line=_line(records, i), what=Outcome.TOLD_SILENT.value) for i in m.told]
    return Pair(
        day=words.day(m.day), powers=tuple(sorted(x.power for x in same)), rival=m.rival, line=_line(records, m.record_id),
        record=m.record_id, replies=tuple(replies), verdict=_VERDICTS[m.outcome], searched=_searched(m),
    )  # fmt: skip


_VERDICTS: Final = {
    Outcome.CONTEST: "contested",
    Outcome.BARGAIN: "answered with an offer",
    Outcome.ENDORSE: "endorsed",
    Outcome.SILENT: "silent",
    Outcome.TOLD_SILENT: "silent, as a text says",
    Outcome.NOT_LOOKED: "not looked for",
}


def _line(records: Mapping[str, AnyRecord], identity: str) -> str:
    record = records.get(identity)
    return words.line(record) if record is not None else identity


def _searched(m: Move) -> str:
    """Where an answer was looked for."""
    rival = words.name(m.rival)
    if m.until <= m.since:
        return "the move’s own day is too vague to look for an answer"
    between = f"{words.day(m.since)} to {words.day(m.until)}"
    if not m.looked:
        return f"no document by an outlet of {rival} was read from {between}"
    many = "document" if m.looked == 1 else "documents"
    return f"{m.looked} {many} by outlets of {rival} read, {between}"


def tally(found: Sequence[Move]) -> list[tuple[str, int]]:
    """How many moves ended in which way."""
    count = Counter(m.outcome for m in found)
    return [(_VERDICTS[o], count[o]) for o in Outcome if count[o]]


def rate_line(r: Rate) -> str:
    """How often a rival answers, in a sentence."""
    who = f"{words.name(r.rival)} on {r.sort} moves"
    if r.rate is None or r.low is None or r.high is None:
        return f"{who}: answered {r.answered} of the {r.looked} where it was looked for, too few for a rate."
    return f"{who}: answers {r.rate:.0%} ({r.low:.0%} to {r.high:.0%}), from {r.looked} moves where it was looked for."


# ---- what is to come ----


def odds_lines(found: "Sequence[Foretold]", horizons: Sequence[int]) -> tuple[OddsLine, ...]:
    """A row for each power and class."""
    cells = {(r.power, r.event_class, r.horizon): r for r in found}
    return tuple(
        OddsLine(power=p, event_class=c, cells=tuple(cells.get((p, c, h)) for h in horizons))
        for p, c in dict.fromkeys((r.power, r.event_class) for r in found)
    )


def odds_notes(found: "Sequence[Foretold]") -> list[str]:
    """What to know before trusting them, each with the powers it holds for."""
    told: dict[str, list[str]] = {}
    for r in found:
        if r.note and words.name(r.power) not in told.setdefault(r.note, []):
            told[r.note].append(words.name(r.power))
    return [f"{', '.join(powers)}: {note}." for note, powers in told.items()]


def account(found: "Record", host: str) -> Account:
    """What the ledger says of a host."""
    own = Counter(e.resolved.outcome.value for e in found.entries if getattr(e.row, "host", None) == host)
    said = [e for e in found.entries if e.level == "said" and host in getattr(e.row, "parties", ())]
    said.sort(key=lambda e: (getattr(e.row, "made", None) or date.min, e.holder), reverse=True)
    return Account(
        own=tuple(sorted(own.items())),
        said=tuple(_said(e) for e in said[:_SAID]),
        said_count=len(said),
        scores=tuple(s for s in found.scores if s.event_class == "all"),
    )


def _said(e: "Entry") -> Said:
    odds = "" if e.low is None or e.high is None else f"{100 * e.low:.0f} to {100 * e.high:.0f} %"
    return Said(
        holder=e.holder, made=words.day(getattr(e.row, "made", None)), quote=getattr(e.row, "quote", ""),
        odds=odds or "no odds told", outcome=e.resolved.outcome.value, reason=e.resolved.reason,
        record=getattr(e.row, "record", ""),
    )  # fmt: skip
