"""Measured answers as JSON objects: one shape for the command line, the page and programs."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from marchland.influence import FlowShift, InfluenceRow, Move, Rate, Step, Watch

if TYPE_CHECKING:  # slow to import
    from marchland.api_shifts import Changed
    from marchland.forecast.ask import Foretold
    from marchland.forecast.ranking.who import WhoNext
    from marchland.forecast.record import Record

Json = dict[str, Any]


def plain(value: Any) -> Any:
    """Days as text, and tuples as lists."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def influence_json(row: InfluenceRow, *, with_evidence: bool) -> Json:
    """One share; the evidence only where it is asked for."""
    out: Json = {
        "record": "influence", "host": row.host, "power": row.power, "domain": row.domain.value, "period": row.period,
        "day": row.day.isoformat(), "enough": row.enough, "stock": row.stock, "flow": row.flow, "posture": row.posture,
        "doubt": dict(row.doubt), "records": row.records,
        "share": {"value": row.share, "low": row.share_low, "high": row.share_high},
        "level": {"value": row.level, "low": row.level_low, "high": row.level_high},
        "coverage": {"documents": row.read, "level": row.level_even},
    }  # fmt: skip
    if with_evidence:
        out["evidence"] = [
            {"record": e.record_id, "kind": e.kind, "code": e.code, "power": e.power, "amount": e.amount, "share": e.share}
            for e in row.evidence
        ]  # fmt: skip
    return out


# ---- changes ----


def changed_json(found: "Changed", *, with_moves: bool, everything: bool, with_alarm: bool = False) -> Iterator[Json]:
    """Steps, then shifts, then (`with_alarm`) what was watched and rang, then (`with_moves`) moves and rates.

    Args:
        everything: Tested changes that are no alarm, too.
    """
    yield from map(step_json, found.shifts.steps)
    yield from map(flow_json, found.shifts.flows if everything else found.shifts.alarms)
    if with_alarm and found.watch:
        yield from alarm_json(found.watch)
    if with_moves:
        yield from map(move_json, found.moves)
        yield from map(rate_json, found.rates)


def step_json(s: Step) -> Json:
    """One tie's start or end."""
    return {
        "record": "step", "host": s.host, "power": s.power, "kind": s.kind.value, "opens": s.opens,
        "day": s.day.isoformat(), "first": s.first.isoformat(), "last": s.last.isoformat(), "amount": s.amount,
        "before": s.before, "after": s.after, "domains": {d.value: v for d, v in s.domains.items()},
        "tie": s.record_id, "also": list(s.also),
    }  # fmt: skip


def flow_json(f: FlowShift) -> Json:
    """One tested change."""
    return {
        "record": "shift", "host": f.host, "power": f.power, "domain": f.domain.value if f.domain else None,
        "measure": f.measure, "month": {"best": f.month, "low": f.low, "high": f.high}, "before": f.before,
        "after": f.after, "probability": f.probability, "p": f.p, "q": f.q, "alarm": f.alarm,
        "acts": [{"record": w.name, "month": w.month, "drop": w.drop} for w in f.acts],
        "outlets": [{"outlet": w.name, "drop": w.drop} for w in f.outlets],
    }  # fmt: skip


def move_json(m: Move) -> Json:
    """One move and what became of it."""
    return {
        "record": "move", "host": m.host, "power": m.power, "rival": m.rival, "sort": m.sort, "code": m.code,
        "day": m.day.isoformat(), "since": m.since.isoformat(), "until": m.until.isoformat(), "outcome": m.outcome.value,
        "looked": m.looked, "of": m.record_id, "also": list(m.also),
        "answers": [{"record": a.record_id, "link": a.link_id, "outcome": a.outcome.value} for a in m.answers],
        "silences": list(m.told),
    }  # fmt: skip


def rate_json(r: Rate) -> Json:
    """How often a rival answers."""
    return {
        "record": "rate", "host": r.host, "rival": r.rival, "sort": r.sort, "moves": r.moves, "looked": r.looked,
        "answered": r.answered, "rate": {"value": r.rate, "low": r.low, "high": r.high},
    }  # fmt: skip


def alarm_json(found: Watch) -> Iterator[Json]:
    """What was watched and promised, then each alarm."""
    yield {
        "record": "watch", "host": found.host, "since": found.since, "until": found.until, "powers": list(found.powers),
        "rate": found.rate, "level": found.level, "looks": found.looks,
    }  # fmt: skip
    for a in found.alarms:
        yield {
            "record": "alarm", "host": a.host, "power": a.power, "on": a.on, "month": a.month, "before": a.before,
            "after": a.after, "p": a.p,
        }  # fmt: skip


# ---- forecasts ----


def odds_json(row: "Foretold") -> Json:
    """One forecast with its reasons."""
    return {"record": "odds", **plain(asdict(row))}


def record_json(found: "Record") -> Iterator[Json]:
    """Entries of the ledger, scores, calibration, plans."""
    for name in ("entries", "scores", "bins", "plans"):
        for row in getattr(found, name):
            yield {"record": name, **plain(asdict(row))}


def next_json(found: "WhoNext") -> Iterator[Json]:
    """One party a line, best first; each carries what the ranking was made from."""
    shared = {
        "actor": found.actor, "event_type": found.event_type.value, "recipient": found.recipient, "on": found.on.isoformat(),
        "weighed": found.weighed, "mode": found.mode, "fitted_on": found.fitted_on, "events": found.events,
        "constant": found.constant, "note": found.note,
    }  # fmt: skip
    for rank, row in enumerate(found.rows, 1):
        reasons = [
            {"feature": r.reason.feature, "words": r.reason.words, "value": r.reason.value, "part": r.reason.part,
             "events": list(r.events)}
            for r in row.reasons
        ]  # fmt: skip
        yield {
            "record": "next", "rank": rank, "party": row.party, "score": row.score, "probability": row.probability,
            "reasons": reasons, "of": shared,
        }  # fmt: skip
