"""Why a party stands where it stands: what each feature adds, in words, and the dated events behind it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.forecast.ranking.additive import Parts
from marchland.forecast.ranking.past import Past
from marchland.forecast.ranking.walk import Block

SHOWN: Final = 20  # events at most behind one reason, the latest first
STRONGEST: Final = 12  # reasons that are given their events
_BEHIND: Final = (  # features that are no kept counts, by how their name begins: the facts behind them, and words
    ("rules", "pair", "pair rules from what passed between {s} and {o}"),
    ("best rule", "pair", "the best pair rule from what passed between {s} and {o}"),
    ("known act", "same act", "{s} {r} {o} before"),
    ("known partner", "pair", "{s} and {o} had to do with each other before"),
    ("like {s}, under type", "party under type", "those like {s} {r} {o}"),
    ("like {s}, by type's habit", "party under type", "those like {s} {r} {o}, by how often this type returns"),
    ("like {s}", "party", "those like {s} and {o}"),
    ("like those answered before", "asked", "{o} is like those of whom {s} {r}"),
    ("like partners", "subject", "{o} is like the partners of {s}"),
    ("likeness", "subject", "{o} is like {s}"),
    ("partners of partners", "subject", "{o} is a partner of recent partners of {s}"),
    ("same third party", "subject", "{o} and {s} were in the news with the same third party"),
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
    return next((base for start, base, _ in _BEHIND if name.startswith(start)), None)


def _words(past: Past, block: Block, row: int, name: str) -> str:
    graph, query = past.graph, int(block.pool.query[row])
    relation, half = int(block.asked.r[query]), len(graph.relations)
    names = {
        "s": graph.parties[int(block.asked.s[query])],
        "o": graph.parties[int(block.pool.party[row])],
        "r": graph.relations[relation] if relation < half else f"{graph.relations[relation - half]} by",
    }
    head, _, rest = name.partition(",")
    if head in past.specs:
        text = f"{past.specs[head].words},{rest}"
    else:
        said = next((words for start, _, words in _BEHIND if name.startswith(start)), "")
        text = f"{said} ({name.replace('{s}', 'it')})" if said else name
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
