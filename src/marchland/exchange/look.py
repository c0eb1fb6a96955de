"""Imported rows as records: built one by one when they are asked for, each with its row as evidence."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange import tellings
from marchland.exchange.columns import coding_from
from marchland.exchange.formats import EVENTS
from marchland.exchange.keep import FileRow, Keep
from marchland.exchange.pages import PAGE
from marchland.exchange.reader import Reader
from marchland.exchange.refused import ExchangeError
from marchland.exchange.tie_rows import tie_from
from marchland.exchange.told import event_of, mention_of
from marchland.model.document import Block, BlockKind, Document, Span
from marchland.model.ontology import EventType, Status
from marchland.model.records import Event, Mention, Tie

_ID: Final = 16  # letters of a file's fingerprint that ids begin with
_MENTIONS: Final = 50  # tellings of one event that are opened
_EARLIEST, _LATEST = 1, 3_000_000


def imported_files(store: Path | str) -> list[FileRow]:
    """What was imported beside the store, in order."""
    with Keep(Path(store)) as kept:
        return kept.files()


def imported_document(store: Path | str, doc_id: str) -> Document | None:
    """The page of rows that imported records quote; None = it is none.

    A file of data is too long for one document: every 1,024 rows are one, and carry the file's name.
    """
    with Keep(Path(store)) as kept:
        sha, _, number = doc_id.partition(".")
        found = kept.files(sha) if number.isdecimal() and len(sha) == _ID else []
        page = kept.page(found[0].n, int(number)) if found else None
    if page is None:
        return None
    text, starts = page
    first = int(number) * PAGE
    return Document(
        doc_id=doc_id,
        text=text,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        publisher=f"{found[0].format}: {found[0].name}, rows {first + 1} to {first + len(starts) - 1}",
        blocks=(Block(span=Span(start=0, end=len(text)), kind=BlockKind.PARAGRAPH),) if text else (),
    )


def imported_events(
    store: Path | str,
    *,
    country: str | None = None,
    power: Sequence[str] = (),
    type: EventType | str | None = None,  # noqa: A002  # the command line's word
    since: date | None = None,
    until: date | None = None,
    formats: Sequence[str] = (),
    limit: int | None = 1000,
) -> Iterator[Event]:
    """Imported events, file by file in the order of rows.

    Args:
        country: A party on either side: ISO 3166-1 alpha-3, or an organisation id.
        power: One of these is the other party.
        limit: None = all, which for millions takes minutes.
    """
    days = since.toordinal() if since else _EARLIEST, until.toordinal() if until else _LATEST
    with Keep(Path(store)) as kept:
        yield from islice(_events(kept, country, power, EventType(type) if type else None, days, formats), limit)


def _events(
    kept: Keep,
    country: str | None,
    power: Sequence[str],
    kind: EventType | None,
    days: tuple[int, int],
    formats: Sequence[str],
) -> Iterator[Event]:
    for file in kept.files():
        if file.format not in EVENTS or (formats and file.format not in formats):
            continue
        opened = _Opened(kept, file)
        for arrays in kept.segments(file.n, ("row", "a", "b", "day", "kind"), days):
            for number in _rows(arrays, file, country, power, kind, days):
                yield opened.event(int(number))


def _rows(
    arrays: dict[str, NDArray[Any]],
    file: FileRow,
    country: str | None,
    power: Sequence[str],
    kind: EventType | None,
    days: tuple[int, int],
) -> NDArray[np.uint32]:
    """Numbers of the rows that answer, each once."""
    good = (arrays["day"] >= days[0]) & (arrays["day"] <= days[1])
    places = {p: i for i, p in enumerate(file.parties)}
    a, b = arrays["a"], arrays["b"]
    if country is not None:
        here = places.get(country, -1)
        asked = np.array([places[p] for p in power if p in places], a.dtype)
        if power:
            good &= ((a == here) & np.isin(b, asked)) | ((b == here) & np.isin(a, asked))
        else:
            good &= (a == here) | (b == here)
    elif power:
        asked = np.array([places[p] for p in power if p in places], a.dtype)
        good &= np.isin(a, asked) | np.isin(b, asked)
    if kind is not None:
        same = [i for i, k in enumerate(file.kinds) if coding_from(k).event_type is kind]
        good &= np.isin(arrays["kind"], np.array(same, arrays["kind"].dtype))
    return np.unique(arrays["row"][good])


def imported_record(store: Path | str, record_id: str) -> Event | None:
    """The event with this id; None = it is none that was imported."""
    with Keep(Path(store)) as kept:
        sha, _, number = record_id.partition("-")
        found = kept.files(sha) if number.isdecimal() and len(sha) == _ID else []
        if not found or found[0].format not in EVENTS or kept.page(found[0].n, int(number) // PAGE) is None:
            return None
        return _Opened(kept, found[0]).event(int(number))


def imported_ties(store: Path | str, *, country: str | None = None, power: Sequence[str] = ()) -> list[Tie]:
    """Ties from imported tables; `country` is a party on either side, `power` a power or a member."""
    with Keep(Path(store)) as kept:
        files = {f.n: f for f in kept.files()}
        asked, values = ["1"], []
        if country:
            asked.append("(host = ? OR power = ?)")
            values += [country, country]
        if power:
            marks = ", ".join("?" * len(power))
            asked.append(f"(power IN ({marks}) OR host IN ({marks}))")
            values += [*power, *power]
        found = kept.con.execute(f"SELECT file, record, rows FROM tie WHERE {' AND '.join(asked)} ORDER BY n", values)
        opened = {n: _Opened(kept, f) for n, f in files.items()}
        return [
            tie_from(told, tuple(opened[n].mention(int(r), Status.REPORTED) for r in np.frombuffer(rows, "<u4")))
            for n, told, rows in found.fetchall()
            if n in opened
        ]


class _Opened:
    """One imported file, with the page that was read last."""

    def __init__(self, kept: Keep, file: FileRow) -> None:
        self._kept, self._file = kept, file
        self._reader: Reader | None = EVENTS[file.format](file.first) if file.format in EVENTS else None
        self._pages: dict[int, tuple[str, list[int]]] = {}
        self._more: list[tuple[_Opened, NDArray[np.int64], NDArray[np.uint32]]] | None = None

    def row(self, number: int) -> tuple[str, int]:
        """One raw row, and where it begins in its page."""
        page, at = divmod(number, PAGE)
        if page not in self._pages:
            found = self._kept.page(self._file.n, page)
            if found is None:
                raise ExchangeError(
                    f"{self._kept.path}: row {number + 1} of {self._file.name} is missing; import it again"
                )
            if len(self._pages) >= 8:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = found
        text, starts = self._pages[page]
        return text[starts[at] : starts[at + 1] - 1], starts[at]

    def mention(self, number: int, status: Status, trigger: tuple[int, int] = (0, 1)) -> Mention:
        """A row as evidence."""
        row, start = self.row(number)
        doc_id = f"{self._file.sha[:_ID]}.{number // PAGE}"
        rule = f"import {self._file.format}"
        return mention_of(row, doc_id=doc_id, start=start, trigger=trigger, status=status, rule=rule)

    def event(self, number: int) -> Event:
        """The event of a row."""
        assert self._reader is not None, "only event files have events"
        told = self._reader.told(self.row(number)[0])
        status = Status.PLANNED if told.coding.base else Status.REPORTED
        return event_of(
            told,
            record_id=f"{self._file.sha[:_ID]}-{number}",
            mention=self.mention(number, status, told.trigger),
            more=self._tellings(told.key, status) if self._file.format == tellings.OF else (),
        )

    def _tellings(self, key: int, status: Status) -> tuple[Mention, ...]:
        """Rows of mentions files that tell the event of this id."""
        if self._more is None:
            found = {f.n: f for f in self._kept.files() if f.format == tellings.NAME}
            rows = self._kept.con.execute("SELECT file, key, row FROM telling").fetchall()
            self._more = [
                (_Opened(self._kept, found[n]), np.frombuffer(k, "<i8"), np.frombuffer(r, "<u4"))
                for n, k, r in rows
                if n in found
            ]
        out = []
        for opened, keys, numbers in self._more:
            low, high = np.searchsorted(keys, [key, key + 1])
            out += [opened.mention(int(n), status) for n in numbers[low:high][:_MENTIONS]]
        return tuple(out[:_MENTIONS])
