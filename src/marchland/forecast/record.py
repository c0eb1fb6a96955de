"""The public record: what was forecast, what came, and how good that was, beside the base rate and beside authors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from marchland.forecast.ledger import OWN, Said, said
from marchland.forecast.past import newest, past, told_on
from marchland.forecast.plans import Plan, plans
from marchland.forecast.resolve import Outcome, Resolved, resolve, resolve_said
from marchland.forecast.scores import brier, log_loss
from marchland.model.records import Forecast
from marchland.store import Store
from marchland.store.ledger import Issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: whose, how likely, and what came."""

    holder: str
    level: str
    event_class: str
    horizon: int | None  # days; None = the text sets none
    low: float | None
    high: float | None
    probability: float | None  # of the author's range its middle; None = the words tell no odds
    base: float | None
    resolved: Resolved
    row: Issued | Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How good the closed forecasts of one group were. Lower losses are better."""

    holder: str
    event_class: str  # "all" = every class
    horizon: int
    forecasts: int  # closed
    came: int
    expected: float  # sum of the probabilities
    brier: float
    log: float  # nats
    base_brier: float | None  # of the base rates issued beside them; None = there were none
    base_log: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One row of the calibration table."""

    low: float
    high: float
    forecasts: int
    expected: float  # mean probability
    came: float  # share that came


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that the ledger says."""

    entries: tuple[Entry, ...]
    scores: tuple[Score, ...]
    bins: tuple[Bin, ...]  # of marchland's own
    plans: tuple[Plan, ...]


def record(store: Store, home: Path | None) -> Record:
    """Resolve every forecast by what is known now, and score those that are closed. Nothing is written."""
    found = past(store, home).history
    documents = store.documents()
    days = told_on(documents)
    ties = store.ties()
    last = newest(found, days.values())
    own = [_own(row, resolve(row, found, last, ties)) for row in store.issued()]
    told = said(
        (s for s in store.statements(type="forecast") if isinstance(s, Forecast)),
        days=days, publishers={d.doc_id: d.publisher for d in documents}, record=store.record,
    )  # fmt: skip
    entries = (*own, *(_said(s, resolve_said(s, found, last)) for s in told))
    return Record(
        entries=entries,
        scores=tuple(scores(entries)),
        bins=tuple(bins([e for e in own if e.resolved.truth is not None])),
        plans=tuple(plans(store.events(), store.stories(), days, last)),
    )


def _own(row: Issued, resolved: Resolved) -> Entry:
    return Entry(
        holder=OWN, level=row.level, event_class=row.event_class, horizon=row.horizon, low=row.low, high=row.high,
        probability=row.probability, base=row.base, resolved=resolved, row=row,
    )  # fmt: skip


def _said(row: Said, resolved: Resolved) -> Entry:
    middle = None if row.low is None or row.high is None else (row.low + row.high) / 2
    horizon = (row.until - row.made).days + 1 if row.until and row.made and row.until >= row.made else None
    return Entry(
        holder=row.holder, level="said", event_class=row.event_type.value if row.event_type else "-", horizon=horizon,
        low=row.low, high=row.high, probability=middle, base=None, resolved=resolved, row=row,
    )  # fmt: skip


def scores(entries: Iterable[Entry]) -> list[Score]:
    """By holder, horizon and class; for each holder and horizon also all classes together.

    Open forecasts do not count, and neither do those without an end: they can only come true.
    """
    groups: dict[tuple[str, int, str], list[Entry]] = defaultdict(list)
    for e in entries:
        if e.resolved.truth is not None and e.probability is not None and e.horizon is not None:
            for name in ("all", e.event_class):
                groups[e.holder, e.horizon, name].append(e)
    order = sorted(groups, key=lambda g: (g[0] != OWN, g[0], g[1], g[2] != "all", g[2]))
    return [_score(g, groups[g]) for g in order]


def _score(group: tuple[str, int, str], found: Sequence[Entry]) -> Score:
    truth = np.array([bool(e.resolved.truth) for e in found])
    p = np.array([e.probability for e in found], float)
    bases = [e.base for e in found]
    base = None if any(b is None for b in bases) else np.array(bases, float)
    return Score(
        holder=group[0], event_class=group[2], horizon=group[1], forecasts=len(found), came=int(truth.sum()),
        expected=float(p.sum()), brier=float(brier(truth, p).mean()), log=float(log_loss(truth, p).mean()),
        base_brier=None if base is None else float(brier(truth, base).mean()),
        base_log=None if base is None else float(log_loss(truth, base).mean()),
    )  # fmt: skip


def bins(entries: Sequence[Entry], edges: int = 10) -> list[Bin]:
    """The calibration table: tenths of probability that hold a forecast."""
    out = []
    for i in range(edges):
        held = [e for e in entries if e.probability is not None and min(int(e.probability * edges), edges - 1) == i]
        if held:
            out.append(
                Bin(
                    low=i / edges,
                    high=(i + 1) / edges,
                    forecasts=len(held),
                    expected=float(np.mean([e.probability for e in held if e.probability is not None])),
                    came=float(np.mean([bool(e.resolved.truth) for e in held])),
                )
            )
    return out


def open_count(entries: Iterable[Entry]) -> int:
    """Forecasts whose window is not over."""
    return sum(e.resolved.outcome is Outcome.OPEN for e in entries)
