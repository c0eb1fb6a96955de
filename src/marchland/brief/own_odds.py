"""Odds of marchland's own for what comes next, as a brief tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from marchland.brief import english
from marchland.brief.material import Material
from marchland.store import Store

if TYPE_CHECKING:
    from marchland.forecast.ask import Foretold

_HORIZON: Final = 30  # days
_POWERS: Final = 3
_MOST: Final = 5  # sentences
_LIFT, _LEAST = (
    1.5,
    0.01,
)  # beside a power's likeliest class, those that are this much above their base rate and no trifle
_WHY: Final = 2  # reasons that a footnote tells


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOdds:
    """One forecast: see `ahead.Odds`."""

    text: str
    probability: float
    base: float
    command: str
    evidence: str


def own_odds(store: Store, m: Material, *, home: Path | None) -> tuple[OwnOdds, ...]:
    """How likely the leading powers are to act towards the host in the 30 days after the brief's last one.

    None for a brief as of what the store held on an earlier day: odds know no such past.

    Args:
        home: Where the store lies; its history is kept beside it. None = in memory.
    """
    from marchland.forecast.ask import foretell  # slow to import

    if m.asked.as_known_on is not None:
        return ()
    days = [d for d in (m.asked.until, m.asked.as_of) if d]
    on = min(days) + timedelta(days=1) if days else None
    found = foretell(store, home, m.host, on=on, horizons=(_HORIZON,), powers=m.powers[:_POWERS])
    return tuple(_told(row) for row in _telling(found))


def _telling(found: Iterable["Foretold"]) -> list["Foretold"]:
    """The likeliest class of each power, then what is well above its base rate."""
    by_power: dict[str, list[Foretold]] = {}
    for row in found:
        by_power.setdefault(row.power, []).append(row)
    first = [max(rows, key=lambda r: r.probability) for rows in by_power.values()]
    more = [
        r for rows in by_power.values() for r in rows if r not in first and r.probability >= max(_LEAST, _LIFT * r.base)
    ]
    return [*first, *sorted(more, key=lambda r: -r.probability)][:_MOST]


def _told(row: "Foretold") -> OwnOdds:
    days = f"between {english.day(row.first)} and {english.day(row.until)}"
    clause = f"{english.country(row.power)} acts towards {english.country(row.host)} in {row.event_class} {days}"
    why = sorted(row.reasons, key=lambda r: -abs(r.log_odds))[:_WHY]
    evidence = (
        f"Own forecast: {clause}: {english.odds(row.probability)} (90 % interval {english.odds(row.low)} to "
        f"{english.odds(row.high)}; base rate {english.odds(row.base)}). Reasons, in log-odds: "
        f"{'; '.join(f'{r.log_odds:+.2f} {r.text}' for r in why)}.{f' Note: {row.note}.' if row.note else ''} Resolved by: {row.rule}"
    )
    return OwnOdds(
        text=clause, probability=row.probability, base=row.base, evidence=evidence,
        command=f"marchland forecast {row.host} --power {row.power} --horizon {row.horizon} --on {row.first} --why",
    )  # fmt: skip
