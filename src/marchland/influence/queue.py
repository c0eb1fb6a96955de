"""What needs a person's look first? Records by how much they move a number and how unsure their reading is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from marchland.influence.leverage import Leverage
from marchland.model.records import Event, Tie

REVIEWED: Final = "review"  # the rule of a mention in which a person's word counts
_DISPUTED: Final = 0.5  # how sure a record can be that someone denies


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """One record that nobody has looked at yet."""

    record: Event | Tie
    leverage: Leverage | None  # None = it moves no share
    unsure: float  # 0..1
    score: float  # share points moved, times how unsure it is
    reasons: tuple[str, ...]  # why it is unsure, for a person


def queue(records: Iterable[Event | Tie], found: Mapping[str, Leverage]) -> list[ToReview]:
    """The records that no person has accepted, edited or added: what moves most and is least sure first.

    What moves nothing comes last, the least sure first.

    Args:
        found: What each record moves, by id.
    """
    out = []
    for record in records:
        if any(m.rule == REVIEWED for m in record.mentions):
            continue
        moves = found.get(record.id)
        doubt, reasons = _doubt(record)
        score = 100 * moves.moves * doubt if moves else 0.0
        out.append(ToReview(record=record, leverage=moves, unsure=doubt, score=score, reasons=reasons))
    return sorted(out, key=lambda t: (-t.score, -t.unsure, t.record.id))


def _doubt(record: Event | Tie) -> tuple[float, tuple[str, ...]]:
    """How unsure the reading is: the coder's doubt, tellings that disagree, and denial."""
    sure = record.confidence
    reasons = [f"read with confidence {sure:.0%}"] if sure < 1 else []
    others = [m for m in record.mentions if m.status.happened != record.status.happened]
    if others:
        sure *= 1 - len(others) / len(record.mentions) / 2
        reasons.append(f"{len(others)} of {len(record.mentions)} tellings have another status")
    if isinstance(record, Event) and record.disputed:
        sure *= _DISPUTED
        reasons.append("someone denies it")
    return round(1 - sure, 4), tuple(reasons)


def joined(many: Sequence[Mapping[str, Leverage]]) -> dict[str, Leverage]:
    """What each record moves most, over several hosts."""
    out: dict[str, Leverage] = {}
    for found in many:
        for record_id, moves in found.items():
            if record_id not in out or moves.moves > out[record_id].moves:
                out[record_id] = moves
    return out
