"""What imported events say of one host: by power, kind of act and day, as arrays, without opening a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.columns import Index, coding_from
from marchland.exchange.keep import Keep
from marchland.exchange.tally import FLOW
from marchland.lexicon.codes import Coding

_EARLIEST, _LATEST = 1, 3_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """All imported acts of one kind between a host and a power on one day."""

    power: str  # country or organisation id
    coding: Coding
    day: date
    n: int  # rows
    weight: float  # sum of 1 / (parties - 1): n for acts of two
    score: float | None  # mean on the format's own scale; None = the format gives none
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The same as arrays in the order of files; `power`, `kind` and `format` are indices into the lists beside them."""

    host: str
    powers: tuple[str, ...]
    kinds: tuple[Coding, ...]
    formats: tuple[str, ...]
    power: NDArray[np.int64] = field(repr=False)
    kind: NDArray[np.int64] = field(repr=False)
    format: NDArray[np.int64] = field(repr=False)
    day: NDArray[np.int64] = field(repr=False)  # proleptic Gregorian ordinals, as date.toordinal gives
    n: NDArray[np.int64] = field(repr=False)
    weight: NDArray[np.float64] = field(repr=False)
    score: NDArray[np.float64] = field(repr=False)  # summed; 0 where there is none

    def __len__(self) -> int:
        return len(self.day)

    def rows(self) -> Iterator[FlowRow]:
        """One by one, by day, power and kind, for tables and tests."""
        order = np.lexsort((self.kind, self.power, self.day))
        parts = (self.power, self.kind, self.format, self.day, self.n, self.weight, self.score)
        for p, k, f, d, n, w, s in zip(*(x[order].tolist() for x in parts), strict=True):
            name = self.formats[f]
            scored = not name.startswith(("acled", "ucdp"))
            yield FlowRow(
                power=self.powers[p],
                coding=self.kinds[k],
                day=date.fromordinal(d),
                n=n,
                weight=w,
                score=s / n if scored else None,
                format=name,
            )


def imported_flow(
    store: Path | str,
    host: str,
    *,
    since: date | None = None,
    until: date | None = None,
    formats: Sequence[str] = (),
    planned: bool = False,
) -> Flow:
    """Every imported act between `host` and another country or body, by power, kind and day.

    An act is exposure of both its parties, so that it is found from either side. Acts inside one country, and acts whose
    other party is not known, are not in it.

    Args:
        host: ISO 3166-1 alpha-3, or an organisation id.
        formats: Only these; none = all. Several that report the same acts (GDELT and ICEWS) count them twice.
        planned: Whether intents (CAMEO 03) count; as plans they belong in no flow.
    """
    first = since.toordinal() if since else _EARLIEST
    last = until.toordinal() if until else _LATEST
    powers, kinds, names = Index.of([]), Index.of([]), Index.of([])
    parts: list[dict[str, NDArray[Any]]] = []
    with Keep(Path(store)) as kept:
        files = {f.n: f for f in kept.files()}
        blobs = kept.con.execute("SELECT file, rows FROM flow WHERE host = ? ORDER BY rowid", (host,)).fetchall()
    maps: dict[int, tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]] = {}
    for n, blob in blobs:
        file = files.get(n)
        if file is None or (formats and file.format not in formats):
            continue
        if n not in maps:
            codings = [coding_from(k) for k in file.kinds]
            maps[n] = (
                np.array([powers(p) for p in file.parties], np.int64),
                np.array([kinds(k) for k in codings], np.int64),
                np.array([planned or k.base is None for k in codings], bool),
            )
        own, coded, fine = maps[n]
        found = np.frombuffer(blob, FLOW)
        found = found[(found["day"] >= first) & (found["day"] <= last) & fine[found["kind"]]]
        parts.append(
            {
                "power": own[found["power"]],
                "kind": coded[found["kind"]],
                "format": np.full(len(found), names(file.format), np.int64),
                "day": found["day"].astype(np.int64),
                "n": found["n"].astype(np.int64),
                "weight": found["weight"].astype(np.float64),
                "score": found["score"].astype(np.float64),
            }
        )
    arrays = _joined(parts)
    return Flow(
        host=host, powers=tuple(powers.values), kinds=tuple(kinds.values), formats=tuple(names.values), **arrays
    )


def imported_months(store: Path | str, months: Sequence[str]) -> NDArray[np.float64]:
    """Rows of event data in each month (YYYY-MM), wherever they play: how much was looked at."""
    begins = [date(int(m[:4]), int(m[5:]), 1) for m in months]
    after = (begins[-1] + timedelta(days=31)).replace(day=1)
    bounds = np.array([d.toordinal() for d in (*begins, after)])
    out = np.zeros(len(months))
    with Keep(Path(store)) as kept:
        for file in kept.files():
            for run in kept.segments(file.n, ("row", "day"), (int(bounds[0]), int(bounds[-1]) - 1)):
                row, day = run["row"], run["day"]
                head = np.ones(len(row), bool)
                head[1:] = row[1:] != row[:-1]  # the pairs of one row stand together
                at = np.searchsorted(bounds, day[head], side="right") - 1
                out += np.bincount(at[(at >= 0) & (at < len(months))], minlength=len(months))
    return out


def _joined(parts: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """All parts, one after the other."""
    whole = ("weight", "score")
    names = ("power", "kind", "format", "day", "n", *whole)
    if not parts:
        return {name: np.empty(0, np.float64 if name in whole else np.int64) for name in names}
    return {name: np.concatenate([p[name] for p in parts]) if len(parts) > 1 else parts[0][name] for name in names}
