"""Which party does a sentence leave unsaid? In analysis, the country that the sentences before it are about.

"Ankara sent engineers to Moroni in May. It also wrote off the debt": whose debt is told one sentence before. Measured on
paragraphs of analysis with labels: where the act's sentence names one side alone, the country that outweighs all others by
`_CLEAR` in the sentences before it is the missing side in three cases of four; the last one named is it in every second.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property

from marchland.lexicon.linear import available
from marchland.model.annotated import Annotated, Name
from marchland.model.ontology import EventType, Sector
from marchland.model.records import Participant
from marchland.model.tree import Tree, slot_of
from marchland.reading.unsaid import MODEL, Asked, Context, Gap, Heard, Key, asked, learned, participant

type Judge = Callable[[Asked], Key | None]

_REACH = 5  # sentences looked back
_FADE = 0.85  # a mention's weight falls by this with every sentence
_GROUND = 2.0  # weight of a place against that of a party: the host is told by its towns more often than by its name
_OTHER_PARAGRAPH = 0.5
_CLEAR = 1.5  # how many times the next heaviest
_ONE_SIDED = frozenset({EventType.MOBILIZE, EventType.PROTEST, EventType.ASSAULT})  # often told of no other state


class Setting:
    """The parties and grounds of one document, sentence by sentence."""

    def __init__(self, doc: Annotated, judge: Judge | None = None) -> None:
        self.judge = judge or (learned if available((MODEL,)) else None)
        self.paragraph = [s.paragraph for s in doc.sentences]
        self.named: list[list[Name]] = [[] for _ in doc.sentences]
        for n in doc.names:
            self.named[n.sentence].append(n)
        self.grounds: list[list[str]] = [[] for _ in doc.sentences]
        for p in doc.places:
            if p.country:
                self.grounds[p.sentence].append(p.country)

        self.doc = doc

    @cached_property
    def heard(self) -> list[list[Heard]]:
        """Every state and body that each sentence tells, in order; most texts never ask."""
        return _heard(self.doc)

    def missing(self, gap: Gap) -> Participant | None:
        """The side that an act leaves unsaid, by the weights; None where nobody is missing."""
        assert self.judge is not None
        key = self.judge(asked(gap, self._context(gap)))
        return participant(key, self.doc.names, gap) if key else None

    def _context(self, gap: Gap) -> Context:
        sentence = gap.sentence
        first = max(sentence - _REACH, 0)
        stretch = gap.scene.stretch
        beside = [h for h in self.heard[sentence] if stretch[h.head] <= stretch[gap.trigger.head]]
        heard = (*(h for i in range(first, sentence) for h in self.heard[i]), *beside)
        before = [h for h in heard if h.sentence < sentence]
        subjects = [h for h in before if h.slot == "subject"]
        opened = self.paragraph.index(self.paragraph[sentence])
        topic = next((h.key for i in range(opened, sentence + 1) for h in self.heard[i] if h.kind != "place"), None)
        counts = Counter(h.key for h in before)
        return Context(heard, dict(counts), topic, subjects[-1].key if subjects else None)

    def other_side(self, sentence: int, event_type: EventType, known: frozenset[str]) -> Participant | None:
        """The side that an act of `known` parties leaves unsaid; None where its own sentence names others, or none stands out."""
        if event_type in _ONE_SIDED or not known or self._names_others(sentence, known):
            return None
        weights = self._weights(sentence, known)
        ranked = sorted(weights, key=lambda k: (-weights[k], k))
        if not ranked or (len(ranked) > 1 and weights[ranked[0]] < _CLEAR * weights[ranked[1]]):
            return None
        return self._party(sentence, ranked[0])

    def _names_others(self, sentence: int, known: frozenset[str]) -> bool:
        return any(
            n.political and (n.country or n.org) and not {n.country, n.org} & known for n in self.named[sentence]
        )

    def _weights(self, sentence: int, known: frozenset[str]) -> dict[str, float]:
        out: defaultdict[str, float] = defaultdict(float)
        for earlier in range(max(sentence - _REACH, 0), sentence):
            weight = _FADE ** (sentence - earlier)
            if self.paragraph[earlier] != self.paragraph[sentence]:
                weight *= _OTHER_PARAGRAPH
            for n in self.named[earlier]:
                key = n.country or n.org
                if key and n.political and not {n.country, n.org} & known:
                    out[key] += weight
            for country in self.grounds[earlier]:
                if country not in known:
                    out[country] += weight * _GROUND
        return out

    def _party(self, sentence: int, key: str) -> Participant:
        for earlier in range(sentence - 1, max(sentence - _REACH, 0) - 1, -1):
            for n in self.named[earlier]:
                if n.country is None and n.org == key:
                    return Participant(org=key, sector=n.sector, resolved="setting")
        return Participant(country=key, sector=Sector.GOV, resolved="setting")


def _heard(doc: Annotated) -> list[list[Heard]]:
    """Every state and body that each sentence tells, in order."""
    out: list[list[Heard]] = [[] for _ in doc.sentences]
    trees = [Tree(s.tokens) if s.tokens else None for s in doc.sentences]
    for p in doc.places:
        tree = trees[p.sentence]
        if p.country and tree is not None:
            out[p.sentence].append(Heard((p.country, None), p.sentence, p.head, slot_of(tree, p.head), "place", "-"))
    for n in doc.names:
        tree = trees[n.sentence]
        if (n.country or n.org) and tree is not None:
            slot = slot_of(tree, n.head)
            out[n.sentence].append(Heard((n.country, n.org), n.sentence, n.head, slot, n.kind, n.sector.value))
    for found in out:
        found.sort(key=lambda h: h.head)
    return out
