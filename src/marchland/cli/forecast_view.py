"""Odds and their record for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rich.table import Table

from marchland.cli.tables import shown
from marchland.forecast.ask import Foretold
from marchland.forecast.ranking.who import WhoNext
from marchland.forecast.record import Entry, Record, Score
from marchland.forecast.resolve import Outcome

_AUTHORS: Final = 40  # of authors' forecasts that a table shows
_QUOTE: Final = 80


def per_cent(p: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    value = 100 * p
    if value < 0.1:
        return "<0.1"
    if value > 99.9:
        return ">99.9"
    return f"{value:.1f}" if value < 10 or value > 99 else f"{value:.0f}"


def odds_table(found: Sequence[Foretold]) -> Table:
    """A row for each power and class, a column for each horizon."""
    first = found[0]
    horizons = list(dict.fromkeys(r.horizon for r in found))
    out = _columns(
        f"At least one act towards {first.host} from {first.first}, per cent (90 % interval; base rate)"
        if first.level != "tie"
        else f"A new tie in {first.host} from {first.first}, per cent (90 % interval; base rate)",
        "power", "class", *(f"{h} days" for h in horizons),
    )  # fmt: skip
    cells = {(r.power, r.event_class, r.horizon): r for r in found}
    shown_already = ""
    for power, name in dict.fromkeys((r.power, r.event_class) for r in found):
        rows = [cells.get((power, name, h)) for h in horizons]
        out.add_row(shown(power) if power != shown_already else "", name, *(_cell(r) for r in rows))
        shown_already = power
    return out


def _cell(row: Foretold | None) -> str:
    if row is None:
        return "-"
    return f"{per_cent(row.probability)} ({per_cent(row.low)}-{per_cent(row.high)}; {per_cent(row.base)})"


def told(row: Foretold) -> Iterator[str]:
    """One forecast with its reasons, whose log-odds sum to its own."""
    yield (
        f"{row.power} towards {row.host}, {row.event_class}, {row.first} to {row.until}: {per_cent(row.probability)} % "
        f"({per_cent(row.low)} to {per_cent(row.high)}), base rate {per_cent(row.base)} %, {row.basis}"
    )
    if row.note:
        yield f"  {row.note}"
    for why in row.reasons:
        yield f"  {why.log_odds:+.3f} {why.text}"
        for day, record in zip(why.days, why.records, strict=True):
            yield f"         {day} [{record}]"
    yield f"  = {sum(r.log_odds for r in row.reasons):+.3f} log-odds. Resolved by: {row.rule}"


def next_table(found: WhoNext) -> Table:
    """Parties, best first, with their strongest reason."""
    asked = f"{found.actor or '?'} {found.event_type.value} {found.recipient or '?'}"
    out = _columns(f"Who next: {asked}, from {found.on}", "party", "%", "strongest reason", "adds", "events")
    for row in found.rows:
        why = row.reasons[0] if row.reasons else None
        out.add_row(
            shown(row.party), per_cent(row.probability), shown(why.reason.words) if why else "-",
            f"{why.reason.part:+.2f}" if why else "", " ".join(why.events[:2]) if why else "",
        )  # fmt: skip
    return out


def record_tables(found: Record) -> Iterator[Table]:
    """Scores, calibration, authors, plans."""
    ends = Counter(e.resolved.outcome for e in found.entries)
    counts = ", ".join(f"{ends[o]} {o.value}" for o in Outcome if ends[o]) or "none"
    yield _scores(found.scores, f"Forecasts: {counts}")
    calibration = _columns("Calibration of marchland's own", "forecast, %", "forecasts", "expected, %", "came, %")
    for b in found.bins:
        calibration.add_row(
            f"{100 * b.low:.0f}-{100 * b.high:.0f}", str(b.forecasts), per_cent(b.expected), f"{100 * b.came:.1f}"
        )
    yield calibration
    yield _authors([e for e in found.entries if e.level == "said"])
    fates = _columns("Plans read from texts", "told", "plan", "parties", "due", "became", "why")
    for p in found.plans:
        fates.add_row(
            str(p.told or "-"), p.kind.value, shown(", ".join(p.parties)), str(p.due or "-"), p.fate.value, p.rule
        )
    yield fates


def _scores(found: Sequence[Score], title: str) -> Table:
    out = _columns(
        title,
        "holder",
        "horizon",
        "class",
        "closed",
        "came",
        "expected",
        "Brier",
        "base rate's",
        "log score",
        "base rate's",
    )
    for s in found:
        out.add_row(
            shown(s.holder), f"{s.horizon} days", s.event_class, str(s.forecasts), str(s.came),
            f"{s.expected:.1f}", f"{s.brier:.4f}", "-" if s.base_brier is None else f"{s.base_brier:.4f}",
            f"{s.log:.4f}", "-" if s.base_log is None else f"{s.base_log:.4f}",
        )  # fmt: skip
    return out


def _authors(found: Sequence[Entry]) -> Table:
    out = _columns("Forecasts read from texts", "holder", "made", "said", "odds, %", "end", "why")
    for e in found[:_AUTHORS]:
        quote = getattr(e.row, "quote", "")
        out.add_row(
            shown(e.holder), str(getattr(e.row, "made", None) or "-"),
            shown(quote if len(quote) <= _QUOTE else quote[: _QUOTE - 3] + "..."),
            "-" if e.low is None or e.high is None else f"{100 * e.low:.0f}-{100 * e.high:.0f}",
            e.resolved.outcome.value, shown(e.resolved.reason),
        )  # fmt: skip
    if len(found) > _AUTHORS:
        out.caption = f"{len(found) - _AUTHORS} more; --json prints all"
    return out


def _columns(title: str, *names: str) -> Table:
    out = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for name in names:
        out.add_column(name, overflow="fold")
    return out
