"""Forecasts as they were issued: written once, read as they are."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from marchland.model.document import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One forecast of marchland's own, as the ledger holds it."""

    first: date  # of the window, and the day on whose morning it was made
    until: date
    power: str
    host: str
    level: str  # quad | type | tie
    event_class: str
    probability: float
    low: float
    high: float
    base: float
    basis: str
    rule: str
    seen: dict[str, Any]  # documents, acts, last day, coder
    reasons: list[dict[str, Any]]
    issued: str | None = None  # ISO time in UTC

    @property
    def horizon(self) -> int:
        """Days."""
        return (self.until - self.first).days + 1

    @property
    def id(self) -> str:
        """The same for one question asked on one day of the same past: it is kept once."""
        parts = (self.first, self.until, self.power, self.host, self.level, self.event_class, f"{self.probability:.6f}")
        return content_id(*map(str, parts))


_PLAIN: Final = ("power", "host", "level", "probability", "low", "high", "base", "basis", "rule", "issued")


def issue(con: sqlite3.Connection, rows: Iterable[Issued]) -> int:
    """Write forecasts that are not there yet; how many were new. The caller holds the transaction."""
    new = 0
    for row in rows:
        values: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
        values |= {
            "id": row.id,
            "first_day": row.first.isoformat(),
            "until": row.until.isoformat(),
            "class": row.event_class,
            "seen": json.dumps(row.seen, ensure_ascii=False, sort_keys=True),
            "reasons": json.dumps(row.reasons, ensure_ascii=False, sort_keys=True),
        }
        names = ", ".join(values)
        marks = ", ".join(":" + k for k in values)
        new += con.execute(f"INSERT OR IGNORE INTO foretold ({names}) VALUES ({marks})", values).rowcount
    return new


def issued(con: sqlite3.Connection) -> tuple[Issued, ...]:
    """Every forecast, in the order of issuing."""
    names = (*_PLAIN, "first_day", "until", "class", "seen", "reasons")
    out = []
    for found in con.execute(f"SELECT {', '.join(names)} FROM foretold ORDER BY n"):
        row = dict(zip(names, found, strict=True))
        out.append(
            Issued(
                first=date.fromisoformat(row["first_day"]),
                until=date.fromisoformat(row["until"]),
                event_class=row["class"],
                seen=json.loads(row["seen"]),
                reasons=json.loads(row["reasons"]),
                **{name: row[name] for name in _PLAIN},
            )
        )
    return tuple(out)
