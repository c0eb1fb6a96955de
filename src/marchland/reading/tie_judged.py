"""Ties that a learned judge finds: broad cues, weighed with the words and parties around them.

The rules know constructions; the judge knows which words keep company when a tie is told. What the rules read is a feature of the
judge, so that it also speaks against a rule that fires beside the point. The weights: `models/ties.tsv`, `models/tie_sides.tsv`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from marchland.lexicon.linear import Linear, binary, classes
from marchland.lexicon.tie_words import TieEntry, TieExample, TieFrame, tie_acts
from marchland.model.annotated import Annotated, Token
from marchland.model.document import BlockKind
from marchland.model.ontology import TieKind
from marchland.model.tree import Tree
from marchland.reading.tie_company import Sides, arm
from marchland.reading.tie_cues import Cue
from marchland.reading.tie_features import PAIRED, Ground, Side, judge_features
from marchland.reading.tie_finder import TieTrigger
from marchland.reading.tie_governor import Governor, governor
from marchland.reading.tie_side_features import side_features
from marchland.reading.tie_ways import coordinated

RULED_FROM = 0.2  # probability from which a rule's reading stands
_SIDE_FROM = 0.3  # probability from which a party is a side
_SHARED = 0.45  # probability from which a further party is a side of its own tie
_NONE, _POWER, _HOST, _MEMBER = range(4)
_EQUAL = frozenset({*PAIRED, TieKind.TRADE, TieKind.TERRITORY, TieKind.CREDIT, TieKind.EMBASSY, TieKind.RECOGNITION})


@dataclass(frozen=True, slots=True)
class Bars:
    """Probabilities from which a cue tells a tie."""

    told: float
    same_sides: float  # where the sentence already tells a tie of another kind between the same sides
    same_word: float  # where it tells it by the same word


# Chosen on the labelled articles and on the demo's reports: news of single acts tells few ties, and its words are those of analysis.
ANALYSIS, REPORT = Bars(0.6, 0.7, 0.85), Bars(0.8, 0.9, 0.95)
_LONGEST = 10  # sentences up to which a text with a headline is a report


def bars_of(doc: Annotated) -> Bars:
    """The bars for a document: higher for a short text under a headline."""
    titled = any(s.block is BlockKind.TITLE for s in doc.sentences)
    return REPORT if titled and len(doc.sentences) <= _LONGEST else ANALYSIS


@dataclass(frozen=True, slots=True)
class Judged:
    """A cue that tells a tie, with how sure the judge is."""

    cue: Cue
    probability: float


@cache
def judged_entry(kind: TieKind, part: str, does: str) -> TieEntry:
    """The entry that a judged tie names as its rule."""
    blank = TieExample(text="", power=None, host=None, members=frozenset(), does=None, status=None)
    return TieEntry(
        id=f"judged.{kind.value}",
        kind=kind,
        part=part,
        words=(),
        frame=TieFrame(),
        pair=kind in PAIRED,
        does=does,
        needs="members" if kind in PAIRED else "both",
        strength=1.0,
        told=False,
        bare=True,
        source="models/ties.tsv",
        fires=blank,
        near_miss="",
    )


def judge(ground: Ground) -> list[Judged]:
    """Every cue with its probability, the surest first."""
    model = binary("ties")
    found = [Judged(c, model.probability(judge_features(ground, c))) for c in ground.cues]
    return sorted(found, key=lambda j: (-j.probability, j.cue.head, j.cue.kind))


def trigger_of(tree: Tree, cue: Cue) -> TieTrigger:
    """The cue as the trigger that readers of status, time and figures expect."""
    t = tree.tokens[cue.head]
    if t.tag.startswith("VB"):
        return TieTrigger(
            judged_entry(cue.kind, "verb", _does(t)), t.index, (t.index,), Governor(_does(t), t, None, None)
        )
    if t.tag.startswith("NN"):
        return TieTrigger(judged_entry(cue.kind, "noun", "states"), t.index, (t.index,), governor(tree, t))
    return TieTrigger(
        judged_entry(cue.kind, "adjective", "states"), t.index, (t.index,), Governor("states", t, None, None)
    )


def _does(verb: Token) -> str:
    verbs = tie_acts().verbs
    return verbs["object"].get(verb.lemma) or verbs["subject"].get(verb.lemma) or "states"


def sides_of(ground: Ground, cue: Cue, outside: Sequence[Side]) -> list[Sides]:
    """The sides of a judged tie: the best pair of power and host, those who share a role, or the members."""
    model: Linear = classes("tie_sides")
    everybody = [*ground.sides, *outside]
    weighed = [(s, model.probabilities(side_features(ground, cue, s, everybody))) for s in everybody]
    best: dict[str | None, tuple[Side, tuple[float, ...]]] = {}
    for s, p in weighed:  # one mention of each party: the one that is most clearly a side
        if s.key not in best or p[_NONE] < best[s.key][1][_NONE]:
            best[s.key] = (s, p)
    found = list(best.values())
    equal = _members(found) if cue.kind in _EQUAL else None
    if equal is not None:
        return [equal]
    return _one_sided(ground.tree, found)


def _members(found: list[tuple[Side, tuple[float, ...]]]) -> Sides | None:
    """Equal sides, where the parties are members rather than power and host; of two unequal states the larger is the power."""
    inside = [(s, p) for s, p in found if p[_NONE] < 1 - _SIDE_FROM]
    members = [s for s, p in inside if p[_MEMBER] >= max(p[_POWER], p[_HOST])]
    named = [s for s in members if s.index is not None]
    members = named if len(named) > 1 else members  # nobody from outside joins those whom the sentence names
    if len(members) < 2 and not (members and len(inside) > 1):
        return None
    chosen = members if len(members) > 1 else [s for s, _ in sorted(inside, key=lambda x: x[1][_NONE])[:2]]
    states = [s for s in chosen if s.party.country]
    if len(chosen) == len(states) == 2 and arm(states[0].party) != arm(states[1].party):
        power, host = sorted((s.party for s in states), key=lambda p: -arm(p))
        return Sides(power, host, ())
    return Sides(None, None, tuple(s.party for s in chosen))


def _one_sided(tree: Tree, found: list[tuple[Side, tuple[float, ...]]]) -> list[Sides]:
    pairs = [(p[_POWER] * q[_HOST], a, b, p, q) for (a, p), (b, q) in product(found, found) if a.key != b.key]
    if not pairs:
        return [Sides(s.party, None, ()) for s, p in found if p[_POWER] >= 1 - _SIDE_FROM]
    _, power, host, p, q = max(pairs, key=lambda x: x[0])
    if p[_POWER] < _SIDE_FROM:
        return []
    if q[_HOST] < _SIDE_FROM:
        return [Sides(power.party, None, ())]
    weak = 1.0 if power.index is not None and host.index is not None else 0.8
    out = [Sides(power.party, host.party, (), weak)]
    for s, r in found:
        if s.key in (power.key, host.key) or s.index is None:
            continue
        if r[_POWER] >= max(_SHARED, r[_HOST]) and coordinated(tree, s.index, power.index):
            out.append(Sides(s.party, host.party, (), weak))
        elif r[_HOST] >= _SHARED and coordinated(tree, s.index, host.index):
            out.append(Sides(power.party, s.party, (), weak))
    return out
