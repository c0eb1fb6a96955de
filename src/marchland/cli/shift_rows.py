"""What `marchland shifts --json` prints: a JSON object for each step, shift, alarm, move and rate."""

from typing import Any

from marchland.influence import FlowShift, Move, Rate, Step, Watch


def step_json(s: Step) -> dict[str, Any]:
    """One tie's start or end."""
    return {
        "record": "step",
        "host": s.host,
        "power": s.power,
        "kind": s.kind.value,
        "opens": s.opens,
        "day": s.day.isoformat(),
        "first": s.first.isoformat(),
        "last": s.last.isoformat(),
        "amount": s.amount,
        "before": s.before,
        "after": s.after,
        "domains": {d.value: v for d, v in s.domains.items()},
        "tie": s.record_id,
        "also": list(s.also),
    }


def flow_json(f: FlowShift) -> dict[str, Any]:
    """One tested change."""
    return {
        "record": "shift",
        "host": f.host,
        "power": f.power,
        "domain": f.domain.value if f.domain else None,
        "measure": f.measure,
        "month": {"best": f.month, "low": f.low, "high": f.high},
        "before": f.before,
        "after": f.after,
        "probability": f.probability,
        "p": f.p,
        "q": f.q,
        "alarm": f.alarm,
        "acts": [{"record": w.name, "month": w.month, "drop": w.drop} for w in f.acts],
        "outlets": [{"outlet": w.name, "drop": w.drop} for w in f.outlets],
    }


def move_json(m: Move) -> dict[str, Any]:
    """One move and what became of it."""
    return {
        "record": "move",
        "host": m.host,
        "power": m.power,
        "rival": m.rival,
        "sort": m.sort,
        "code": m.code,
        "day": m.day.isoformat(),
        "since": m.since.isoformat(),
        "until": m.until.isoformat(),
        "outcome": m.outcome.value,
        "looked": m.looked,
        "of": m.record_id,
        "also": list(m.also),
        "answers": [{"record": a.record_id, "link": a.link_id, "outcome": a.outcome.value} for a in m.answers],
        "silences": list(m.told),
    }


def rate_json(r: Rate) -> dict[str, Any]:
    """How often a rival answers."""
    return {
        "record": "rate",
        "host": r.host,
        "rival": r.rival,
        "sort": r.sort,
        "moves": r.moves,
        "looked": r.looked,
        "answered": r.answered,
        "rate": {"value": r.rate, "low": r.low, "high": r.high},
    }


def alarm_json(found: Watch) -> list[dict[str, Any]]:
    """What was watched and promised, then each alarm."""
    watched = {
        "record": "watch",
        "host": found.host,
        "since": found.since,
        "until": found.until,
        "powers": list(found.powers),
        "rate": found.rate,
        "level": found.level,
        "looks": found.looks,
    }
    return [watched] + [
        {
            "record": "alarm",
            "host": a.host,
            "power": a.power,
            "on": a.on,
            "month": a.month,
            "before": a.before,
            "after": a.after,
            "p": a.p,
        }
        for a in found.alarms
    ]
