"""`marchland import`: files of others' data into the side file of a store, one after the other, each whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from marchland.exchange import tellings
from marchland.exchange.columns import Columns, coding_json, columns
from marchland.exchange.dyads import TABLES, Draft, Year, drafts, years
from marchland.exchange.formats import EVENTS, format_of
from marchland.exchange.keep import Keep
from marchland.exchange.pages import fingerprint, pages
from marchland.exchange.refused import Refusal, Refusals, RowError
from marchland.exchange.tally import flows, keep
from marchland.exchange.tie_rows import draft_json
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision

RUN: Final = 4_000_000  # entries held in memory before they are put away
Progress = Callable[[Path, int, int], None]  # file, bytes done, bytes in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file. `taken`, `repeated`, `mirrored` and all that was left out or refused add up to `rows`."""

    path: Path
    format: str
    unchanged: bool = False  # it was imported before; nothing was done
    rows: int = 0
    taken: int = 0
    repeated: int = 0  # rows with an id that is known already
    mirrored: int = 0  # rows that tell a mutual act from its other side
    left: dict[str, int]  # codes that have no counterpart here
    refused: dict[str, int]  # by the rule they break
    shown: tuple[Refusal, ...] = ()  # the first refusals of each rule
    unknown: tuple[str, ...] = ()  # spellings of countries that are not known; the party is kept without a country
    ties: int = 0
    days: DateRange | None = None


def import_(
    paths: Sequence[Path | str],
    *,
    store: Path | str,
    format: str | None = None,  # noqa: A002  # the command line's word
    progress: Progress | None = None,
) -> list[Imported]:
    """Read files of event data and of ties beside a store; the rows stay openable as evidence.

    A file that was imported before, by content, is not read again. Rows that break a rule are counted, and the rest is
    taken. A file that cannot be read at all ends the run; the files before it are kept.

    Args:
        format: One of `formats.ASKED`; None or "auto" tells it by the first row.

    Raises:
        ExchangeError: a file cannot be read, or is in no known format.
    """
    out = []
    with Keep(Path(store), write=True) as kept:
        for path in map(Path, paths):
            sha = fingerprint(path)
            known = kept.files(sha)
            if known:
                out.append(_before(path, known[0].format, known[0].summary))
                continue
            kind, first = format_of(path, format)
            file = kept.begin(sha, path.name, kind, first)
            tell = (lambda done, total, path=path: progress(path, done, total)) if progress else None
            try:
                done = _one(kept, file, path, kind, first, tell)
            except BaseException:
                kept.drop(file)
                raise
            out.append(done)
    return out


def _one(
    kept: Keep, file: int, path: Path, kind: str, first: str, progress: Callable[[int, int], None] | None
) -> Imported:
    if kind in EVENTS:
        return _events(kept, file, path, kind, first, progress)
    if kind == tellings.NAME:
        return _tellings(kept, file, path, progress)
    return _ties(kept, file, path, kind, first, progress)


# ---- events ----


@dataclass(slots=True)
class _Sum:
    taken: int = 0
    repeated: int = 0
    mirrored: int = 0
    first: int | None = None
    last: int | None = None


def _events(
    kept: Keep, file: int, path: Path, kind: str, first: str, progress: Callable[[int, int], None] | None
) -> Imported:
    reader = EVENTS[kind](first)
    out, refused, total = columns(), Refusals(path.name), _Sum()
    for page in pages(path, quoted=reader.quoted, progress=progress):
        kept.add_page(file, page)
        reader.code(page, out, refused)
        if len(out) >= RUN:
            _put_away(kept, file, kind, out, total)
    _put_away(kept, file, kind, out, total)
    span = None
    if total.first is not None and total.last is not None:
        span = (total.first, total.last)
    done = _imported(
        path, kind, rows=out.rows, taken=total.taken, repeated=total.repeated, mirrored=total.mirrored,
        left=dict(out.left), refused=refused, unknown=tuple(sorted(reader.unknown)), span=span,
    )  # fmt: skip
    kept.finish(file, out.parties.values, [coding_json(c) for c in out.kinds.values], _summary(done))
    return done


def _put_away(kept: Keep, file: int, kind: str, out: Columns, total: _Sum) -> None:
    if not len(out):
        return
    arrays = out.arrays()
    out.clear()
    known = kept.keys(kind, int(arrays["key"].min()), int(arrays["key"].max()))
    found = keep(arrays, known)
    del arrays
    kept.add_segment(file, found.arrays)
    for host, rows in flows(found.arrays):
        kept.add_flow(file, out.parties.values[host], rows)
    total.taken += found.taken
    total.repeated += found.repeated
    total.mirrored += found.mirrored
    if found.taken:
        days = found.arrays["day"]
        total.first = min(int(days.min()), total.first or int(days.min()))
        total.last = max(int(days.max()), total.last or 0)


def _tellings(kept: Keep, file: int, path: Path, progress: Callable[[int, int], None] | None) -> Imported:
    found, refused = tellings.Tellings(), Refusals(path.name)
    for page in pages(path, quoted=False, progress=progress):
        kept.add_page(file, page)
        found.code(page, refused)
    key, row = found.sorted()
    kept.con.execute("INSERT INTO telling VALUES (?, ?, ?)", (file, key.tobytes(), row.tobytes()))
    done = _imported(path, tellings.NAME, rows=found.rows, taken=len(key), refused=refused)
    kept.finish(file, [], [], _summary(done))
    return done


# ---- ties ----


def _ties(
    kept: Keep, file: int, path: Path, kind: str, first: str, progress: Callable[[int, int], None] | None
) -> Imported:
    table, refused = TABLES[kind], Refusals(path.name)
    read = years(table, path.name, first)
    found: list[Year] = []
    rows, empty = 0, 0
    for page in pages(path, quoted=True, progress=progress):
        kept.add_page(file, page)
        for at, row in enumerate(page.rows):
            if page.first + at == 0:
                continue
            rows += 1
            try:
                year = read(row, page.first + at)
            except RowError as error:
                refused.add(page.lines[at], error)
                continue
            if year is None:
                empty += 1
            else:
                found.append(year)
    made = list(drafts(table, found))
    _put_ties(kept, file, made)
    span = (_first(y.year for y in found), _last(y.year for y in found)) if found else None
    done = _imported(
        path, kind, rows=rows, taken=len(found), refused=refused, ties=len(made),
        left={"rows that name no two states": empty} if empty else {}, span=span,
    )  # fmt: skip
    kept.finish(file, [], [], _summary(done))
    return done


def _first(found: Iterable[int]) -> int:
    return date(min(found), 1, 1).toordinal()


def _last(found: Iterable[int]) -> int:
    return date(max(found), 12, 31).toordinal()


def _put_ties(kept: Keep, file: int, made: list[Draft]) -> None:
    kept.con.executemany(
        "INSERT INTO tie (file, power, host, record, rows) VALUES (?, ?, ?, ?, ?)",
        ((file, d.power, d.host, draft_json(d), np.array(d.rows, "<u4").tobytes()) for d in made),
    )


# ---- summaries ----


def _imported(
    path: Path, kind: str, *, refused: Refusals, span: tuple[int, int] | None = None, **told: Any
) -> Imported:
    days = None
    if span:
        first, last = map(date.fromordinal, span)
        days = DateRange(start=first, end=last, precision=Precision.RANGE)
    return Imported(
        path=path,
        format=kind,
        refused=dict(refused.counts),
        shown=tuple(refused.shown),
        days=days,
        **{"left": {}, **told},
    )


_COUNTS: Final = ("rows", "taken", "repeated", "mirrored", "ties")


def _summary(done: Imported) -> dict[str, Any]:
    days = [d.isoformat() if d else None for d in (done.days.start, done.days.end)] if done.days else None
    return {
        **{name: getattr(done, name) for name in _COUNTS},
        "left": done.left,
        "refused": done.refused,
        "unknown": list(done.unknown),
        "days": days,
    }


def _before(path: Path, kind: str, told: dict[str, Any]) -> Imported:
    days = None
    if told["days"]:
        first, last = map(date.fromisoformat, told["days"])
        days = DateRange(start=first, end=last, precision=Precision.RANGE)
    counts = {name: told[name] for name in _COUNTS}
    return Imported(
        path=path, format=kind, unchanged=True, left=told["left"], refused=told["refused"],
        unknown=tuple(told["unknown"]), days=days, **counts,
    )  # fmt: skip


def together(found: Iterable[Imported]) -> Counter[str]:
    """Rows of several files, by what became of them."""
    out: Counter[str] = Counter()
    for done in found:
        out.update({name: getattr(done, name) for name in _COUNTS})
        out["left"] += sum(done.left.values())
        out["refused"] += sum(done.refused.values())
    return out
