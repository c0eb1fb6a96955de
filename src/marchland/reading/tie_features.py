"""What the learned judge of ties looks at: the cue, the words and parties around it, and what the rules say."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from marchland.lexicon.tie_words import tie_acts, tie_classes
from marchland.model.annotated import Figure, Name, PlaceName
from marchland.model.ontology import PlaceKind, TieKind
from marchland.model.records import Participant
from marchland.model.tree import Tree
from marchland.reading.tie_company import arm, who
from marchland.reading.tie_cues import Cue
from marchland.reading.tie_finder import TieTrigger
from marchland.reading.tie_ways import clause_of, clause_way, near, relation

FEW = 3  # counts above are taken as one
_OPEN = ("NN", "VB", "JJ", "CD", "RB")
_NEGATIONS = frozenset({"not", "no", "never", "n't", "nobody", "neither"})
_CLASSES = ("soldiers", "facility", "works", "energy", "hold", "land", "arms", "guards", "schooling", "outlets")
PAIRED = frozenset(
    {TieKind.ALLIANCE, TieKind.MEMBERSHIP, TieKind.PARTNERSHIP, TieKind.EXERCISE_SERIES, TieKind.CUSTOMS_UNION}
)  # kinds whose sides are equal


@cache
def _class_index() -> dict[str, set[str]]:
    """Noun classes by lemma."""
    found: dict[str, set[str]] = {}
    for name in _CLASSES:
        for word in tie_classes()[name]:
            found.setdefault(word, set()).add(name)
    return found


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
    classes: dict[int, set[str]] = field(default_factory=dict)  # noun classes by token
    hints: defaultdict[TieKind, set[int]] = field(default_factory=lambda: defaultdict(set))  # every cue of a kind
    plain: defaultdict[TieKind, set[int]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[int, tuple[list[str], list[str]]] = field(default_factory=dict)
    rings: dict[int, dict[int, int]] = field(default_factory=dict)

    def around(self, index: int) -> dict[int, int]:
        """Tokens within a few steps of a word, with their distance."""
        if index not in self.rings:
            self.rings[index] = {x.index: distance for x, distance in near(self.tree, index)}
        return self.rings[index]

    def __post_init__(self) -> None:
        for c in self.cues:
            self.hints[c.kind].add(c.head)
            if c.plain:
                self.plain[c.kind].add(c.head)
        for t in self.tree.tokens:
            if t.lemma in _class_index():
                self.classes[t.index] = _class_index()[t.lemma]


def named_sides(names: dict[int, list[Name]], places: dict[int, list[PlaceName]], make: SideMaker) -> list[Side]:
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


def judge_features(ground: Ground, cue: Cue) -> list[str]:
    """Features of "does this word tell a tie of this kind here?"."""
    k = cue.kind.value
    plain, paired = _stems(ground, cue.head)
    out = ["bias", k, f"plain={cue.plain}", f"{k}|plain={cue.plain}", *plain]
    out += [f"{k}|{stem}" for stem in paired]
    around = ground.around(cue.head)
    here = ground.hints[cue.kind] - {cue.head}
    certain = ground.plain[cue.kind] - {cue.head}
    for name, many in (
        ("cues", len(here & around.keys())),
        ("plaincues", len(certain & around.keys())),
        ("allcues", len(here)),
    ):
        out += [f"{name}={min(many, FEW)}", f"{k}|{name}={min(many, FEW)}"]
    out += _rule_features(ground, cue)
    return list(dict.fromkeys(out))


def _stems(ground: Ground, head: int) -> tuple[list[str], list[str]]:
    """What a word has around it, whichever kind it may tell: features by themselves, and those to be joined with a kind."""
    if head not in ground.stems:
        plain, paired = [], []
        for part in (_word_stems(ground, head), _near_stems(ground, head), _party_stems(ground, head)):
            plain += part[0]
            paired += part[1]
        ground.stems[head] = plain, paired
    return ground.stems[head]


def _word_stems(ground: Ground, head: int) -> tuple[list[str], list[str]]:
    tree = ground.tree
    t = tree.tokens[head]
    above, verb = tree.tokens[t.head], tree.tokens[clause_of(tree, head)]
    paired = [f"w={t.lemma}", f"tag={t.tag[:2]}", f"dep={t.dep}", f"h={above.lemma}/{t.dep}"]
    paired += [f"wc={'+'.join(sorted(ground.classes.get(head, ())))}", f"v={verb.lemma}", f"vtag={verb.tag}"]
    plain = [f"v={verb.lemma}"]
    for place in ("object", "subject"):
        does = tie_acts().verbs[place].get(above.lemma)
        if does:
            plain.append(f"does={does}")
            paired.append(f"does={does}")
    if tree.tokens[-1].text == "?":
        plain.append("question")
    return plain, paired


def _near_stems(ground: Ground, head: int) -> tuple[list[str], list[str]]:
    plain: list[str] = []
    paired: list[str] = []
    around = ground.around(head)
    for i, distance in around.items():
        x = ground.tree.tokens[i]
        if x.tag.startswith(_OPEN):
            plain.append(f"n={x.lemma}")
            paired.append(f"n={x.lemma}")
            if distance == 1:
                paired.append(f"1={x.lemma}")
        elif x.dep in ("prep", "agent"):
            paired.append(f"p={x.lemma}")
        paired += [f"nc={c}" for c in ground.classes.get(i, ())]
        if x.lemma in _NEGATIONS:
            plain.append("negated")
            paired.append("negated")
    paired += [f"b={x.lemma}" for x in ground.tree.tokens if x.tag.startswith(_OPEN) and x.index not in around]
    for f in ground.figures:
        unit = "%" if f.unit == "%" else "money" if f.unit and f.unit.isupper() else f.of or f.unit or "number"
        paired.append(f"fig{'near' if f.head in around else ''}={unit}")
    return plain, paired


def _party_stems(ground: Ground, head: int) -> tuple[list[str], list[str]]:
    around, told = ground.around(head), [s for s in ground.sides if s.index is not None]
    keys = {s.key for s in told}
    close = {s.key for s in told if s.index in around or s.index == head}
    ways = [(s, clause_way(ground.tree, head, s.index)) for s in told if s.index is not None]
    both = [
        f"{name}={min(len(found), FEW)}"
        for name, found in (
            ("parties", keys),
            ("close", close),
            ("inclause", {s.key for s, way in ways if way == "same"}),
        )
    ]
    paired: list[str] = []
    if any(s.index == head for s in told):
        paired.append("self")
    for body in sorted({s.party.org for s in told if s.party.org and not s.party.country}):
        paired += ["org", f"org={body}"]
    arms = sorted(arm(s.party) for s in told)
    if arms:
        paired.append(f"arms={arms[0]}-{arms[-1]}")
    for s, way in ways:
        if s.index is not None and s.index != head:
            both.append(f"clause={way}")
            rel = relation(ground.tree, head, s.index)
            if rel != "far":
                both.append(f"rel={rel}")
    return both, both + paired


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
