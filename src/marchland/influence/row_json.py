"""A row of influence as the command line and the page's API print it."""

from typing import Any

from marchland.influence.rows import InfluenceRow


def row_json(row: InfluenceRow, *, with_evidence: bool) -> dict[str, Any]:
    """One row; the evidence only where it is asked for."""
    out: dict[str, Any] = {
        "record": "influence", "host": row.host, "power": row.power, "domain": row.domain.value, "period": row.period,
        "day": row.day.isoformat(), "enough": row.enough, "stock": row.stock, "flow": row.flow, "posture": row.posture,
        "doubt": dict(row.doubt), "records": row.records,
        "share": {"value": row.share, "low": row.share_low, "high": row.share_high},
        "level": {"value": row.level, "low": row.level_low, "high": row.level_high},
        "coverage": {"documents": row.read, "level": row.level_even},
    }  # fmt: skip
    if with_evidence:
        out["evidence"] = [
            {
                "record": e.record_id,
                "kind": e.kind,
                "code": e.code,
                "power": e.power,
                "amount": e.amount,
                "share": e.share,
            }
            for e in row.evidence
        ]
    return out
