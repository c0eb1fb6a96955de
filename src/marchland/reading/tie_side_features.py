"""What the learned judge of sides looks at: is this party the power, the host or a member of the tie told here?"""

from collections.abc import Iterable
from dataclasses import dataclass

from marchland.reading.tie_company import arm
from marchland.reading.tie_cues import Cue
from marchland.reading.tie_features import FEW, PAIRED, Ground, Side
from marchland.reading.tie_ways import clause_way, relation, steps


def side_features(ground: Ground, cue: Cue, side: Side, sides: Iterable[Side]) -> list[str]:
    """Features of one party beside one cue; `sides` are all parties in reach."""
    k, group, told = cue.kind.value, "paired" if cue.kind in PAIRED else "onesided", side.told
    others = [arm(s.party) for s in {s.key: s for s in sides if s.key != side.key and s.index is not None}.values()]
    rank = _rank(arm(side.party), others)
    out = ["bias", k, group, f"told={told}", f"{group}|{told}|{rank}", f"{group}|n={min(len(others), FEW)}"]
    both = [f"told={told}", f"arm={arm(side.party)}", f"rank={rank}"]
    if side.party.org and not side.party.country:
        both.append("body")
    if side.index is not None:
        way = _way(ground, cue, side.index, rank)
        out += [f"{k}|{w}" for w in way.of_kind] + [f"{group}|{w}" for w in way.of_group] + way.plain
        both += way.both
    out += [f"{x}|{b}" for b in both for x in (group, k)]
    return list(dict.fromkeys(out))


def _rank(own: int, others: list[int]) -> str:
    """Does a party reach farther than all others of the sentence, or less far than one?"""
    if not others:
        return "alone"
    return "over" if own > max(others) else "under" if own < max(others) else "even"


@dataclass(frozen=True, slots=True)
class _Way:
    """Features of the way from a cue to a party, by what they are joined with."""

    both: list[str]
    of_kind: list[str]
    of_group: list[str]
    plain: list[str]


def _way(ground: Ground, cue: Cue, index: int, rank: str) -> _Way:
    tree = ground.tree
    rel = "self" if index == cue.head else relation(tree, cue.head, index)
    last = rel.rpartition("<")[2] if "<" in rel else rel.rpartition(">")[2]
    word, clause = tree.tokens[cue.head], clause_way(tree, cue.head, index)
    tag = word.tag[:2]
    verb = next((a.lemma for a in tree.ancestors(index) if a.tag.startswith("VB")), None)
    governed = [f"verb={verb}|{last}"] if verb else []
    way = sum(len(x) for x in steps(tree, cue.head, index))
    return _Way(
        both=[f"rel={rel}", f"last={last}", "before" if index < cue.head else "after"],
        of_kind=[f"{tag}|up={rel.partition('>')[0]}|last={last}", f"{word.lemma}|last={last}", *governed],
        of_group=[
            f"{tag}|rel={rel}",
            f"{rank}|last={last}",
            f"clause={clause}",
            f"clause={clause}|{rank}",
            f"clause={clause}|last={last}",
            f"steps={way}",
        ],
        plain=governed,
    )
