"""What the learned judge of ties looks at: the cue, the words and parties around it, and what the rules say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from marchland.lexicon.tie_words import tie_acts, tie_classes
from marchland.model.annotated import Figure, Name, PlaceName, Token
from marchland.model.ontology import PlaceKind, TieKind
from marchland.model.records import Participant
from marchland.model.tree import Tree
from marchland.reading.tie_company import arm, who
from marchland.reading.tie_cues import Cue
from marchland.reading.tie_finder import TieTrigger

_NEAR = 3  # steps in the tree within which words stand around a cue
_FEW = 3  # counts above are taken as one
_OPEN = ("NN", "VB", "JJ", "CD", "RB")
_CLASSES = ("soldiers", "facility", "works", "energy", "hold", "land", "arms", "guards", "schooling", "outlets")
PAIRED = frozenset(
    {TieKind.ALLIANCE, TieKind.MEMBERSHIP, TieKind.PARTNERSHIP, TieKind.EXERCISE_SERIES, TieKind.CUSTOMS_UNION}
)  # kinds whose sides are equal


class SideMaker(Protocol):
    """What turns names into parties; `tie_sides.SideFinder` is one."""

    def usable(self, n: Name) -> bool:
        """May this name be a side?"""

    def participant(self, n: Name) -> Participant:
        """The party of a name."""

    def from_place(self, p: PlaceName) -> Participant:
        """The state that a place lies in."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party that may be a side of a tie."""

    party: Participant
    index: int | None  # token; None = told outside the sentence
    told: str  # country, demonym, capital, org, place ...; before, document

    @property
    def key(self) -> str | None:
        """What makes two the same."""
        return who(self.party)


@dataclass(slots=True)
class Ground:
    """One sentence as the judge sees it."""

    tree: Tree
    sides: list[Side]
    cues: list[Cue]
    ruled: list[TieTrigger]
    figures: list[Figure]
    classes: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = {name: tie_classes()[name] for name in _CLASSES}
        for t in self.tree.tokens:
            found = {n for n, words in wanted.items() if t.lemma in words}
            if found:
                self.classes[t.index] = found


def named_sides(
    names: dict[int, list[Name]], places: dict[int, list[PlaceName]], make: SideMaker
) -> list[Side]:
    """Every party and placed state of a sentence, in order; one a token."""
    out: list[Side] = []
    for i in sorted({*names, *places}):
        party = next((n for n in names.get(i, ()) if make.usable(n)), None)
        if party is not None:
            out.append(Side(make.participant(party), i, party.kind))
            continue
        place = next(
            (p for p in places.get(i, ()) if p.country and p.kind not in (PlaceKind.SEA, PlaceKind.AIRSPACE)), None
        )
        if place is not None:
            out.append(Side(make.from_place(place), i, "place"))
    return out


def steps(tree: Tree, a: int, b: int) -> tuple[list[Token], list[Token]]:
    """The way from one token up to the common ancestor, and from the other up to it, the ancestor left out."""
    up = [tree.tokens[a], *tree.ancestors(a)]
    place = {t.index: i for i, t in enumerate(up)}
    other = []
    for t in (tree.tokens[b], *tree.ancestors(b)):
        if t.index in place:
            return up[: place[t.index]], other
        other.append(t)
    return up, other


def relation(tree: Tree, cue: int, index: int) -> str:
    """How a party hangs together with a cue: dependency labels up and down, prepositions by name."""
    up, down = steps(tree, cue, index)
    if len(up) + len(down) > 6:
        return "far"
    named = [_label(tree, t) for t in down]
    return "^".join(_label(tree, t) for t in up) + ">" + "<".join(n for n in named if n)


def _label(tree: Tree, t: Token) -> str:
    if t.dep == "pobj":
        return ""
    if t.dep in ("prep", "agent", "dative"):
        return t.lemma
    if t.dep in ("amod", "compound", "nmod", "npadvmod"):
        return "mod"
    return t.dep


_IN_PHRASE = frozenset({"conj", "amod", "compound", "nmod", "poss", "appos", "npadvmod"})


def coordinated(tree: Tree, a: int, b: int | None) -> bool:
    """Are two parties joined in one phrase: "Helsinki, Stockholm and Copenhagen", "Pretoria's soldiers and Kigali's"?"""
    if b is None:
        return False
    up, down = steps(tree, a, b)
    deps = [t.dep for t in (*up, *down)]
    return "conj" in deps and set(deps) <= _IN_PHRASE


def clause_of(tree: Tree, index: int) -> int:
    """The verb whose clause a word stands in; the root where there is none."""
    t = tree.tokens[index]
    while not t.tag.startswith("VB") and t.head != t.index:
        t = tree.tokens[t.head]
    return t.index


def clause_way(tree: Tree, cue: int, index: int) -> str:
    """Where the clause of a party stands to that of the cue: the same, above, below, beside."""
    a, b = clause_of(tree, cue), clause_of(tree, index)
    if a == b:
        return "same"
    over_a, over_b = {t.index for t in tree.ancestors(a)}, {t.index for t in tree.ancestors(b)}
    return f"above-{tree.tokens[a].dep}" if b in over_a else f"below-{tree.tokens[b].dep}" if a in over_b else "beside"


def near(tree: Tree, index: int) -> Iterator[tuple[Token, int]]:
    """Tokens within a few steps, with their distance."""
    seen = {index}
    ring = [tree.tokens[index]]
    for distance in range(1, _NEAR + 1):
        following = []
        for t in ring:
            for x in (*tree.children[t.index], tree.tokens[t.head]):
                if x.index not in seen and x.dep != "punct":
                    seen.add(x.index)
                    following.append(x)
                    yield x, distance
        ring = following


def judge_features(ground: Ground, cue: Cue) -> list[str]:
    """Features of "does this word tell a tie of this kind here?"."""
    tree, t, k = ground.tree, ground.tree.tokens[cue.head], cue.kind.value
    out = ["bias", k, f"{k}|w={t.lemma}", f"{k}|tag={t.tag[:2]}", f"{k}|dep={t.dep}", f"plain={cue.plain}"]
    out += [f"{k}|plain={cue.plain}"]
    here = {c.head for c in ground.cues if c.kind is cue.kind and c.head != cue.head}
    plain = {c.head for c in ground.cues if c.kind is cue.kind and c.plain and c.head != cue.head}
    around: set[int] = set()
    for x, distance in near(tree, cue.head):
        around.add(x.index)
        if x.tag.startswith(_OPEN):
            out += [f"{k}|n={x.lemma}", f"n={x.lemma}"]
            if distance == 1:
                out.append(f"{k}|1={x.lemma}")
        elif x.dep in ("prep", "agent"):
            out.append(f"{k}|p={x.lemma}")
        out += [f"{k}|nc={c}" for c in ground.classes.get(x.index, ())]
        if x.lemma in ("not", "no", "never", "n't", "nobody", "neither"):
            out += ["negated", f"{k}|negated"]
    out += [f"{k}|b={x.lemma}" for x in tree.tokens if x.tag.startswith(_OPEN) and x.index not in around]
    for name, many in (("cues", len(here & around)), ("plaincues", len(plain & around)), ("allcues", len(here))):
        out += [f"{name}={min(many, _FEW)}", f"{k}|{name}={min(many, _FEW)}"]
    head = tree.tokens[t.head]
    out += [f"{k}|h={head.lemma}/{t.dep}", f"{k}|wc={'+'.join(sorted(ground.classes.get(t.index, ())))}"]
    for place in ("object", "subject"):
        does = tie_acts().verbs[place].get(head.lemma)
        if does:
            out += [f"does={does}", f"{k}|does={does}"]
    out += _party_features(ground, cue, around)
    out += _rule_features(ground, cue)
    for f in ground.figures:
        unit = "%" if f.unit == "%" else "money" if f.unit and f.unit.isupper() else f.of or f.unit or "number"
        out.append(f"{k}|fig{'near' if f.head in around else ''}={unit}")
    verb = tree.tokens[clause_of(tree, cue.head)]
    out += [f"v={verb.lemma}", f"{k}|v={verb.lemma}", f"{k}|vtag={verb.tag}"]
    if tree.tokens[-1].text == "?":
        out.append("question")
    return list(dict.fromkeys(out))


def _party_features(ground: Ground, cue: Cue, around: set[int]) -> Iterator[str]:
    k = cue.kind.value
    here = {s.key for s in ground.sides if s.index is not None and clause_way(ground.tree, cue.head, s.index) == "same"}
    yield f"inclause={min(len(here), _FEW)}"
    yield f"{k}|inclause={min(len(here), _FEW)}"
    keys = {s.key for s in ground.sides}
    close = {s.key for s in ground.sides if s.index is not None and (s.index in around or s.index == cue.head)}
    for name, many in (("parties", len(keys)), ("close", len(close))):
        yield f"{name}={min(many, _FEW)}"
        yield f"{k}|{name}={min(many, _FEW)}"
    if cue.head in {s.index for s in ground.sides}:
        yield f"{k}|self"
    bodies = {s.key for s in ground.sides if s.party.org and not s.party.country}
    for body in bodies:
        yield f"{k}|org"
        yield f"{k}|org={body}"
    arms = sorted(arm(s.party) for s in ground.sides)
    if arms:
        yield f"{k}|arms={arms[0]}-{arms[-1]}"
    for s in ground.sides:
        if s.index is not None and s.index != cue.head:
            told = relation(ground.tree, cue.head, s.index)
            way = clause_way(ground.tree, cue.head, s.index)
            yield f"clause={way}"
            yield f"{k}|clause={way}"
            if told != "far":
                yield f"rel={told}"
                yield f"{k}|rel={told}"


def _rule_features(ground: Ground, cue: Cue) -> Iterator[str]:
    k = cue.kind.value
    for r in ground.ruled:
        same = r.entry.kind is cue.kind
        if r.head == cue.head or cue.head in r.tokens:
            yield f"rule={'same' if same else 'other'}"
            yield f"{k}|rule={r.entry.kind.value}"
            if same:
                yield f"entry={r.entry.id}"
        elif same:
            yield "rulenear"
            yield f"{k}|rulenear"


def side_features(ground: Ground, cue: Cue, side: Side, sides: Iterable[Side]) -> list[str]:
    """Features of "is this party the power, the host or a member of the tie told here?"."""
    k, group = cue.kind.value, "paired" if cue.kind in PAIRED else "onesided"
    told = side.told
    out = ["bias", k, group, f"told={told}", f"{group}|told={told}", f"{k}|told={told}"]
    others = {s.key: arm(s.party) for s in sides if s.key != side.key and s.index is not None}
    own = arm(side.party)
    rank = "alone" if not others else "over" if own > max(others.values()) else "under" if own < max(others.values()) else "even"
    out += [f"{group}|arm={own}", f"{k}|arm={own}", f"{group}|rank={rank}", f"{k}|rank={rank}", f"{group}|n={min(len(others), _FEW)}"]
    out.append(f"{group}|{told}|{rank}")
    if side.party.org and not side.party.country:
        out += [f"{group}|body", f"{k}|body"]
    if side.index is not None:
        rel = "self" if side.index == cue.head else relation(ground.tree, cue.head, side.index)
        last = rel.rpartition("<")[2] if "<" in rel else rel.rpartition(">")[2]
        first = rel.partition(">")[0]
        verb = ground.tree.tokens[cue.head].tag[:2]
        out += [f"{group}|rel={rel}", f"{k}|rel={rel}", f"{group}|{verb}|rel={rel}", f"{group}|last={last}", f"{k}|last={last}"]
        out += [f"{k}|{verb}|up={first}|last={last}", f"{group}|{rank}|last={last}", f"{k}|{ground.tree.tokens[cue.head].lemma}|last={last}"]
        out += [f"{group}|{'before' if side.index < cue.head else 'after'}", f"{k}|{'before' if side.index < cue.head else 'after'}"]
        head = ground.tree.tokens[side.index]
        for a in ground.tree.ancestors(head.index):
            if a.tag.startswith("VB"):
                out += [f"verb={a.lemma}|{last}", f"{k}|verb={a.lemma}|{last}"]
                break
        way = clause_way(ground.tree, cue.head, side.index)
        out += [f"{group}|clause={way}", f"{group}|clause={way}|{rank}", f"{group}|clause={way}|last={last}"]
        out.append(f"{group}|steps={sum(len(x) for x in steps(ground.tree, cue.head, side.index))}")
    return list(dict.fromkeys(out))
