"""Why a party stands where it stands: what each feature adds, in words, and the dated events behind it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.forecast.ranking.additive import Parts
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.walk import Block

SHOWN: Final = 20  # events at most behind one reason, the latest first
STRONGEST: Final = 12  # reasons that are given their events
_BEHIND: Final = (  # the facts behind a feature that is not itself a kept count, by how its name begins
    ("rules", "pair"),
    ("best rule", "pair"),
    ("known act", "same act"),
    ("known partner", "pair"),
    ("like {s}, under type", "party under type"),
    ("like {s}, by type's habit", "party under type"),
    ("like {s}", "party"),
    ("like those answered before", "asked"),
    ("like partners", "subject"),
    ("partners of partners", "subject"),
    ("same third party", "subject"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one feature adds to a score."""

    feature: str
    words: str
    value: float  # of the feature: log(1 + count) for counts
    part: float  # of the score
    events: tuple[int, ...] = ()  # rows of the graph, the latest first; given for the strongest reasons


def reasons(past: Past, block: Block, row: int, parts: Parts) -> tuple[Reason, ...]:
    """Every feature that adds to the score of one row of the block, strongest first.

    Their parts and `parts.constant` sum to the score.

    Args:
        parts: Of the whole block; its row `row` is read.
    """
    own = parts.by_feature[row]
    order = np.argsort(-np.abs(own), kind="stable")
    out = []
    for nth, i in enumerate(order[own[order] != 0].tolist()):
        name = block.names[i]
        out.append(
            Reason(
                feature=name,
                words=_words(past, block, row, name),
                value=float(block.values[row, i]),
                part=float(own[i]),
                events=_events(past, block, row, name) if nth < STRONGEST else (),
            )
        )
    return tuple(out)


def _base(past: Past, name: str) -> str | None:
    """The kept count that a feature is made of or rests on; None = on no single one."""
    head = name.split(",", 1)[0]
    if head in past.specs:
        return head
    return next((base for start, base in _BEHIND if name.startswith(start)), None)


def _words(past: Past, block: Block, row: int, name: str) -> str:
    graph, query = past.graph, int(block.pool.query[row])
    relation, half = int(block.asked.r[query]), len(graph.relations)
    names = {
        "s": graph.parties[int(block.asked.s[query])],
        "o": graph.parties[int(block.pool.party[row])],
        "r": graph.relations[relation] if relation < half else f"{graph.relations[relation - half]} by",
    }
    head, _, rest = name.partition(",")
    text = f"{past.specs[head].words},{rest}" if head in past.specs else name
    for key, value in names.items():
        text = text.replace(f"{{{key}}}", value)
    return text.rstrip(",")


def _events(past: Past, block: Block, row: int, name: str) -> tuple[int, ...]:
    base = _base(past, name)
    if base is None:
        return ()
    query = block.pool.query[row : row + 1]
    wanted = past.candidates(block.asked.s[query], block.asked.r[query], block.pool.party[row : row + 1])
    kept = past.tallies[base]
    place = kept.find(wanted.key(past.specs[base].parts, past.sizes))[0]
    facts = np.flatnonzero(kept.place_of_fact[: past.seen] == place)[::-1]
    return tuple(dict.fromkeys(past.facts.event[facts].tolist()))[:SHOWN]
