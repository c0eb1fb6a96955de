"""What shifted: shares that moved, ties that began or ended, and changes in what powers do that pass the test."""

from typing import Final

from marchland.brief import english, leading
from marchland.brief.check import check_text
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.model import Row, Run, Section, Sentence
from marchland.brief.notes import quotes, tight
from marchland.brief.standing import filled, noted
from marchland.influence import FlowShift, Step
from marchland.lexicon.brief_words import ties
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision
from marchland.model.records import Tie

_STEPS: Final = 6  # ties that began within the time
_ENDS: Final = 3
_ALARMS: Final = 4


def section(desk: Desk) -> Section:
    """Shares, then ties, then acts."""
    found = [leading.moved(desk), only([_began(desk)]) + _ended(desk), _acts(desk)]
    return Section(
        key="shifted",
        title="What shifted",
        paragraphs=tuple(p for p in found if p),
        empty="No share moved by much, no tie began or ended, and no change in acts was tested.",
    )


def _began(desk: Desk) -> Sentence | None:
    """The largest ties that began, in one sentence, each with its own notes."""
    m = desk.m
    ranked = sorted(
        (s for s in m.shifts.steps if s.opens and s.power in m.powers), key=lambda s: (-s.amount, s.day, s.record_id)
    )
    runs: list[Run] = []
    chosen: dict[tuple[str, str], Run] = {}
    for step in ranked:
        if len(chosen) == _STEPS:
            break
        run = _start(desk, step)
        if run and (step.power, step.kind) not in chosen:
            chosen[step.power, step.kind] = run
    for i, run in enumerate(chosen.values()):
        join = "The largest steps were " if i == 0 else "; " if i < len(chosen) - 1 or len(chosen) == 2 else "; and "
        end = "." if i == len(chosen) - 1 else ""
        runs.append(Run(text=f"{join}{run.text}{end}", notes=run.notes))
    if len(chosen) == 1:
        runs[0] = Run(text=runs[0].text.replace("The largest steps were", "The largest step was"), notes=runs[0].notes)
    return desk.joined(runs) if runs else None


def _start(desk: Desk, step: Step) -> Run | None:
    """ "China's outpost, since 2016", if the tie's own evidence holds it."""
    tie = _dated(desk, step)
    when = english.since(tie.since, inferred=True) if tie else None
    if tie is None or when is None:
        return None
    noun = ties()[step.kind].noun
    text = f"{english.possessive(english.country(step.power))} {noun}, {when}"
    wide = quotes(tie, desk.m, context=True, most=2)
    full = f"The largest step was {text}."
    if check_text(full, wide):
        return None
    return Run(text=text, notes=tight(full, wide, lambda t, n: not check_text(t, list(n))))


def _dated(desk: Desk, step: Step) -> Tie | None:
    """The record that tells the day of the step."""
    for identity in (step.record_id, *step.also):
        tie = desk.m.records.get(identity)
        told = (tie.since if step.opens else tie.until) if isinstance(tie, Tie) else None
        if isinstance(tie, Tie) and told and told.start and told.end and told.start <= step.day <= told.end:
            return tie
    return None


def _ended(desk: Desk) -> tuple[Sentence, ...]:
    ranked = sorted((s for s in desk.m.shifts.steps if not s.opens), key=lambda s: (s.amount, s.day, s.record_id))
    out = []
    for step in ranked[:_ENDS]:
        tie = _dated(desk, step)
        if tie is None or tie.until is None:
            continue
        when = english.when(tie.until) or _year(tie.until)
        if when is None:
            continue
        body = filled(ties()[step.kind].ended, step.power, desk.m.host)
        note = f" ({noted(tie)})" if noted(tie) else ""
        out.append(desk.settle([f"{capital_first(when)}, {body}{note}", f"{capital_first(when)}, {body}"], [tie]))
    return only(out)


def _year(value: DateRange) -> str | None:
    return f"in {value.end.year}" if value.end and value.precision is Precision.YEAR else None


def _acts(desk: Desk) -> tuple[Sentence, ...]:
    """Alarms; without one, how much was looked at to find none."""
    found = desk.m.shifts
    told = only([_alarm(desk, f) for f in found.alarms[:_ALARMS]])
    if told or not found.tested:
        return told
    row = Row(
        text=f"Tested series of acts: {found.tested}; series with too few acts to test: {found.thin}; alarms: 0.",
        command=_command(desk),
    )
    thin = f", and {english.count(found.thin)} more had too few acts to test" if found.thin else ""
    text = f"Of {english.count(found.tested)} series of acts that were tested, none changed firmly enough to be called a shift{thin}"
    if found.tested == 1:
        text = f"The only series of acts that could be tested did not change firmly enough to be called a shift{thin}"
    return only([desk.stated(text, [row])])


def _alarm(desk: Desk, shift: FlowShift) -> Sentence | None:
    year, month = shift.month.split("-")
    when = f"{english.MONTHS[int(month) - 1]} {year}"
    who = english.country(shift.power)
    field = f" in the {shift.domain.value} domain" if shift.domain else ""
    host = english.country(shift.host)
    row = Row(
        text=(
            f"{shift.measure} of {who} in {host}{field}: {shift.before:.2f} before {when}, {shift.after:.2f} from then on; "
            f"probability {shift.probability:.2f}, false discovery rate {shift.q:.3f}."
        ),
        command=_command(desk),
    )
    more = shift.after > shift.before
    if shift.measure == "posture":
        tone = "more cooperative" if more else "more coercive"
        text = f"From {when} on, what {who} did{field} was {tone} than before"
    else:
        text = f"From {when} on, {who} was {'busier' if more else 'less busy'} in {host}{field}"
        text += f": {shift.after:.2f} acts a month after {shift.before:.2f}"
    return desk.stated(text, [row])


def _command(desk: Desk) -> str:
    return f"marchland shifts {desk.m.host} --since {desk.m.since} --until {desk.m.until} --all"
