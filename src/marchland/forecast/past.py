"""The history of a store and of what was imported beside it, kept in a file of its own so that a day more costs little."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from marchland.exchange.columns import Index, coding_from
from marchland.exchange.keep import FileRow, Keep, side_file
from marchland.forecast.calibrate import Calibration
from marchland.forecast.fit import Model
from marchland.forecast.history import OTHER, TYPES, History, Ints, history
from marchland.influence.periods import middle
from marchland.influence.sources import published
from marchland.model.document import Document
from marchland.model.records import Event
from marchland.store.views import StoreView

VERSION: Final = 2  # raise it when a column or a feature changes: kept weights fit no others
_WIDEST: Final = 31  # days: an act told no more precisely than that has no day in a history
_COLUMNS: Final = ("a", "b", "day", "known", "kind", "n")
_STORED: Final = {"a": "<i4", "b": "<i4", "day": "<i4", "known": "<i4", "kind": "<u1", "n": "<f4"}
_ALIKE: Final = 0.9  # weights stay while nothing was taken back: they are learned anew after their 28 days
_EVER: Final = (1, 3_000_000)


@dataclass(slots=True, kw_only=True)
class Past:
    """A history with what was learned from it. The one thing here that changes: fits are added when they are asked for."""

    history: History
    state: str  # of the files it was read from
    models: dict[str, Model] = field(default_factory=dict)  # by level and horizon
    calibrations: dict[str, Calibration] = field(default_factory=dict)
    home: Path | None = None  # where it is kept; None = nowhere

    def save(self) -> None:
        """Write it beside the store; where that is not allowed it is worked out again each time."""
        if self.home is None:
            return
        learned = {
            "version": VERSION,
            "state": self.state,
            "actors": self.history.actors,
            "models": {k: _plain(m) for k, m in self.models.items()},
            "calibrations": {k: asdict(c) for k, c in self.calibrations.items()},
        }
        columns: dict[str, Any] = {c: getattr(self.history, c).astype(_STORED[c]) for c in _COLUMNS}
        columns["learned"] = np.frombuffer(json.dumps(learned).encode(), np.uint8)
        made = self.home.with_name(self.home.name + ".new")
        try:
            with made.open("wb") as out:
                np.savez(out, **columns)
            made.replace(self.home)
        except OSError:
            made.unlink(missing_ok=True)


def past_file(store: Path) -> Path:
    """Where the history of a store is kept. It can be thrown away at any time."""
    return store.with_name(store.name + ".history")


def past(view: StoreView, store: Path | None) -> Past:
    """Everything that happened according to a store and its imports; read from the kept file where that is up to date.

    Args:
        store: Where the store lies; None = in memory, nothing is kept.
    """
    if store is None:
        return Past(history=_merged(_told(view), []), state="")
    kept = _load(past_file(store))
    read, imports = _state(store)
    state = json.dumps([read, imports])
    if kept is not None and kept.state == state:
        return kept
    out = Past(history=_EMPTY, state=state, home=past_file(store))
    texts, files = json.loads(kept.state) if kept is not None and kept.state else ([], [])
    if kept is not None and texts == read and set(files) < set(imports):  # only new files: their rows are added
        out.history = _merged([], _imported(store, skip=files), kept.history)
    else:
        out.history = _merged(_told(view), _imported(store))
    if kept is not None and set(files) <= set(imports) and len(out.history) >= _ALIKE * len(kept.history):
        out.models, out.calibrations = kept.models, kept.calibrations
    out.save()
    return out


def _state(store: Path) -> tuple[list[list[int]], list[str]]:
    """Size and time of the store's files, and the fingerprints of what was imported."""
    wal = store.with_name(store.name + "-journal"), store.with_name(store.name + "-wal")
    parts = [p.stat() for p in (store, *wal) if p.is_file() and p.stat().st_size]
    imports: list[str] = []
    if side_file(store).is_file():
        with Keep(store) as kept:
            imports = [f"{f.n}:{f.sha}" for f in kept.files()]
    return [[s.st_size, s.st_mtime_ns] for s in parts], imports


_NONE: Final = np.empty(0, np.int64)
_EMPTY: Final = history((), _NONE, a=_NONE, b=_NONE, day=_NONE, kind=_NONE)

# ---- rows ----

Row = tuple[str, str, int, int, int]  # acting party, other party, day, known, kind


def _told(view: StoreView) -> list[Row]:
    """Acts of a store that count as happened."""
    days = {d.doc_id: day for d in view.documents() if (day := published(d))}
    return [row for event in view.events() for row in rows_of(event, days)]


def told_on(documents: Iterable[Document]) -> dict[str, date]:
    """The publication day of each document that has one."""
    return {d.doc_id: day for d in documents if (day := published(d))}


def newest(known: History, days: Iterable[date]) -> date | None:
    """The newest day that anything is known of, an act or a document; None = nothing is."""
    acts = [] if known.last is None else [date.fromordinal(known.last)]
    return max((*acts, *days), default=None)


def rows_of(event: Event, days: Mapping[str, date]) -> Iterator[Row]:
    """One act in every direction: each actor towards each other party. Vague, undated and planned acts give none."""
    if not event.status.happened:
        return
    first = min((days[m.doc_id] for m in event.mentions if m.doc_id in days), default=None)
    told = event.when
    if told is not None and told.start and told.end and (told.end - told.start).days > _WIDEST:
        return
    day = middle(told) or first
    if day is None:
        return
    known = max(day, first or day)
    acting = dict.fromkeys(k for p in event.actors if (k := p.country or p.org))
    everyone = dict.fromkeys(k for p in event.parties if (k := p.country or p.org))
    for a in acting:
        for b in everyone:
            if a != b:
                yield a, b, day.toordinal(), known.toordinal(), TYPES.index(event.event_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    parties: tuple[str, ...]
    a: Ints
    b: Ints
    day: Ints
    kind: Ints


def _imported(store: Path, skip: Iterable[str] = ()) -> list[_Columns]:
    """Rows of event data, both ways where the act is mutual; intents are plans and left out."""
    if not side_file(store).is_file():
        return []
    out = []
    passed = set(skip)
    with Keep(store) as kept:
        for file in kept.files():
            if f"{file.n}:{file.sha}" not in passed:
                kinds, mutual = kinds_of(file)
                for arrays in kept.segments(file.n, ("a", "b", "day", "kind"), _EVER):
                    out.append(_directed(file, arrays, kinds, mutual))
    return out


def kinds_of(file: FileRow) -> tuple[Ints, Any]:
    """Of each coding of a file: its event type's place (-1 = a plan), and whether both parties act."""
    codings = [coding_from(k) for k in file.kinds]
    places = [
        -1 if c.base is not None else TYPES.index(c.event_type) if c.event_type is not None else OTHER for c in codings
    ]
    return np.array(places, np.int64), np.array([c.mutual for c in codings], bool)


def _directed(file: FileRow, arrays: Mapping[str, Any], kinds: Ints, mutual: Any) -> _Columns:
    coded = kinds[arrays["kind"]]
    good = (arrays["a"] != 0) & (arrays["b"] != 0) & (coded >= 0)
    a, b, day, kind = (arrays["a"][good], arrays["b"][good], arrays["day"][good], coded[good])
    both = mutual[arrays["kind"][good]]
    return _Columns(
        parties=file.parties,
        a=np.concatenate([a, b[both]]).astype(np.int64),
        b=np.concatenate([b, a[both]]).astype(np.int64),
        day=np.concatenate([day, day[both]]).astype(np.int64),
        kind=np.concatenate([kind, kind[both]]),
    )


def _merged(told: list[Row], imported: list[_Columns], more: History | None = None) -> History:
    """One history of read and imported acts, and of one that was there before."""
    actors = Index.of(list(more.actors) if more is not None else [])
    parts: list[tuple[Ints, ...]] = []
    counts = []
    if more is not None:
        parts.append((more.a, more.b, more.day, more.known, more.kind))
        counts.append(more.n)
    if told:
        rows = [(actors(a), actors(b), day, known, kind) for a, b, day, known, kind in told]
        parts.append(tuple(np.array(rows, np.int64).T))
        counts.append(np.ones(len(rows)))
    for found in imported:
        own = np.array([actors(p) for p in found.parties], np.int64)
        parts.append((own[found.a], own[found.b], found.day, found.day, found.kind))
        counts.append(np.ones(len(found.day)))
    a, b, day, known, kind = (np.concatenate([p[i] for p in parts]) if parts else _NONE for i in range(5))
    n = np.concatenate(counts) if counts else np.empty(0)
    names = tuple(str(v) for v in actors.values)
    return history(names, np.arange(len(names)), a=a, b=b, day=day, kind=kind, known=known, n=n)


# ---- the file ----


def _load(path: Path) -> Past | None:
    """What was kept; None = nothing, or of another version, or damaged: it is worked out again."""
    try:
        with path.open("rb") as kept, np.load(kept, allow_pickle=False) as found:
            learned = json.loads(found["learned"].tobytes())
            if learned.get("version") != VERSION:
                return None
            columns = {c: found[c].astype(np.float64 if c == "n" else np.int64) for c in _COLUMNS}
        actors = tuple(learned["actors"])
        return Past(
            history=History(actors=actors, group=np.arange(len(actors)), **columns),
            state=learned["state"],
            models={k: _model(m) for k, m in learned["models"].items()},
            calibrations={k: Calibration(**c) for k, c in learned["calibrations"].items()},
            home=path,
        )
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


_ARRAYS: Final = ("mean", "scale", "intercepts", "weights", "covariance", "base")


def _plain(model: Model) -> dict[str, Any]:
    told = {f.name: getattr(model, f.name) for f in fields(model)}
    return {k: v.tolist() if k in _ARRAYS else v for k, v in told.items()}


def _model(told: dict[str, Any]) -> Model:
    kept: dict[str, Any] = {
        k: np.array(v) if k in _ARRAYS else tuple(v) if isinstance(v, list) else v for k, v in told.items()
    }
    return Model(**kept)
