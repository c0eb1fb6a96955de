"""The two parts of a host's page that may take seconds: what changed there, and what is to come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from marchland.errors import DocumentError
from marchland.influence import OTHERS, InfluenceRow
from marchland.web import evidence, outlook, worked
from marchland.web.question import AskedWronglyError, Question
from marchland.web.site import Site, address
from marchland.web.worked import Ahead, Changing

if TYPE_CHECKING:
    from marchland.forecast.ask import Foretold

HORIZONS: Final = (7, 30)
_POWERS: Final = 4  # named where none acted of late
PARTS: Final = ("changes", "ahead")


def wanted(value: str) -> frozenset[str]:
    """The parts that an address waits for.

    Raises:
        AskedWronglyError: there is no such part.
    """
    told = {p for p in value.split(",") if p}
    if told - set(PARTS):
        raise AskedWronglyError(f'wait "{value[:40]}": no such part of the page; it is one of {", ".join(PARTS)}')
    return frozenset(told)


def changes(
    site: Site, host: str, question: Question, rows: Sequence[InfluenceRow], *, wait: bool, everything: bool
) -> dict[str, Any]:
    """Notes for the chart, moves with their answers, rates; `changed` is None where it is still to be worked out."""
    if not rows:
        return {"changed": None, "notes": (), "pairs": (), "tally": [], "rates": []}
    asked = Changing(host=host, power=question.power, since=question.since, until=question.until)
    try:
        found = worked.changes(site, asked, wait=wait)
    except DocumentError:  # the shares rest on dated acts alone, and changes need dated documents
        return {"changed": False, "notes": (), "pairs": (), "tally": [], "rates": []}
    if found is None:
        return {"changed": None, "notes": (), "pairs": (), "tally": [], "rates": []}
    shown = list(dict.fromkeys(r.power for r in rows))
    answered = outlook.pairs(found, everything=everything)
    return {
        "changed": True,
        "notes": outlook.notes(found, shown, min(r.day for r in rows), max(r.day for r in rows)),
        "pairs": answered,
        "cut": not everything and len(answered) == outlook.MOVES < len(found.moves),
        "tally": outlook.tally(found.moves),
        "move_count": len(found.moves),
        "rates": [outlook.rate_line(r) for r in found.rates if r.looked],
        "tested": (found.shifts.tested, found.shifts.thin, len(found.shifts.alarms)),
    }


def ahead(
    site: Site, host: str, question: Question, rows: Sequence[InfluenceRow], *, wait: bool,
    link: Callable[[str], str],
) -> dict[str, Any]:  # fmt: skip
    """Odds and the ledger; `odds` is None where they are still to be worked out."""
    found = odds(site, host, question, rows, wait=wait)
    record = worked.ledger(site, wait=wait)
    if found is None or record is None:
        return {"odds": None}
    lines = outlook.odds_lines(found, HORIZONS)
    return {
        "odds": lines,
        "odds_from": found[0].first if found else None,
        "odds_notes": outlook.odds_notes(found),
        "horizons": HORIZONS,
        "odds_link": lambda r: link(f"odds:{r.power}:{r.event_class.replace(' ', '-')}:{r.horizon}"),
        "account": outlook.account(record, host),
    }


def odds(
    site: Site, host: str, question: Question, rows: Sequence[InfluenceRow], *, wait: bool
) -> "list[Foretold] | None":
    """Odds of the powers asked for, else of those active of late, else of those that lead; None = not worked out yet.

    They are made on the day after the last that the page shows, else after the last that is known.
    """
    last, until = (site.now.span or (None, None))[1], question.until
    on = until + timedelta(days=1) if until and last and until < last else None
    asked = Ahead(host=host, power=question.power, horizon=HORIZONS, on=on)
    found = worked.odds(site, asked, wait=wait)
    if found or question.power or found is None:
        return found
    leading = _leading(rows)
    return worked.odds(site, replace(asked, power=leading), wait=wait) if leading else []


def _leading(rows: Sequence[InfluenceRow]) -> tuple[str, ...]:
    """The named powers with most exposure in the last period."""
    size: dict[str, float] = {}
    for r in rows:
        if r.period == rows[-1].period and r.power != OTHERS:
            size[r.power] = size.get(r.power, 0.0) + (r.share or 0.0)
    return tuple(sorted(size, key=lambda p: (-size[p], p))[:_POWERS])


def odds_pane(site: Site, host: str, question: Question, rows: Sequence[InfluenceRow], name: str) -> evidence.Pane:
    """What adds up to one forecast."""
    power, _, rest = name.partition(":")
    kind, _, horizon = rest.partition(":")
    for row in odds(site, host, question, rows, wait=True) or ():
        if (row.power, row.event_class.replace(" ", "-"), str(row.horizon)) == (power, kind, horizon):
            return evidence.of_odds(site, row)
    return evidence.Pane(title="No such forecast", note=f"Nothing is forecast for {name[:60]} on this page.", told=())


def later(path: str, told: Mapping[str, Any], part: str) -> str:
    """The address that waits for a part."""
    return address(path, told, wait=part, to=part)
