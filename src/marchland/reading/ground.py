"""Where did an act happen? The place told nearest to it, else the ground that it needs and the text has named."""

from collections.abc import Callable, Iterator

from marchland.lexicon.linear import available
from marchland.lexicon.verbs import classes
from marchland.model.annotated import Annotated, Name, PlaceName, Sentence
from marchland.model.document import BlockKind
from marchland.model.ontology import EventType, PlaceKind
from marchland.model.records import Place
from marchland.model.tree import Tree, slot_of
from marchland.reading.features import Scene
from marchland.reading.roles import Roles
from marchland.reading.triggers import Trigger
from marchland.reading.whereabouts import MODEL, Act, Asked, Hint, asked, learned

type Judge = Callable[[Asked], str | None]

_PLACED = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.PROTEST,
        EventType.MOBILIZE,
        EventType.RETREAT,
        EventType.COOPERATE,
        EventType.CONSULT,
    }
)
_REACH = 4  # sentences back in which an act's ground is looked for
_LEAD = 8  # sentences up to which a text is taken for a news lead
_BACK = 2  # sentences back from which an act may keep its ground
_LOCATIVE = frozenset(
    "in near at around outside inside across throughout over off between along on to into from".split()
)
_OWNED = ("poss", "amod", "compound", "nmod")
_NATIONAL = frozenset({"country", "demonym"})


class Ground:
    """Finds the places of the acts of one document."""

    def __init__(self, doc: Annotated, judge: Judge | None = None) -> None:
        self.doc = doc
        self.text = doc.document.text
        self.judge = judge or (learned if available((MODEL,)) else None)
        self.places: dict[int, list[PlaceName]] = {}
        for p in doc.places:
            self.places.setdefault(p.sentence, []).append(p)
        self.names: dict[int, list[Name]] = {}
        for n in doc.names:
            self.names.setdefault(n.sentence, []).append(n)

    def of(
        self, sentence: Sentence, scene: Scene, trigger: Trigger, roles: Roles, kind: str, status: str
    ) -> Place | None:
        """The place of an act as the weights see it: the one that the rules find, another one told, or none."""
        names = self.names.get(sentence.index, [])
        ruled = self.find(sentence, scene, trigger, names)
        if self.judge is None:
            return ruled
        act = Act(trigger, roles, kind, status, scene, ruled)
        hints = [*self._here(sentence, scene, trigger, names), *self._earlier(sentence)]
        country = self.judge(asked(act, hints))
        if ruled is not None and ruled.country == country:
            return ruled
        return next((h.place for h in sorted(hints, key=_nearest) if h.country == country), None)

    def _here(self, sentence: Sentence, scene: Scene, trigger: Trigger, names: list[Name]) -> Iterator[Hint]:
        """Countries that the act's own sentence tells."""
        tree, stretch = scene.tree, scene.stretch
        for p in self.places.get(sentence.index, []):
            if p.country:
                located = _located(tree, p.head) or _describes(tree, p.head, trigger)
                together = stretch[p.head] == stretch[trigger.head]
                yield Hint(
                    p.country, "place", p.head, 0, located, together, _place(p, self.text), slot_of(tree, p.head)
                )
        for n in names:
            if n.country:
                located = n.kind in ("country", "capital") and _located(tree, n.head)
                together = stretch[n.head] == stretch[trigger.head]
                slot = slot_of(tree, n.head)
                yield Hint(n.country, "party", n.head, 0, located, together, self._country(n), slot)

    def _earlier(self, sentence: Sentence) -> Iterator[Hint]:
        """Countries that the sentences before tell, and the dateline."""
        for back in range(1, _REACH + 1):
            index = sentence.index - back
            if index < 0:
                break
            how = "headline" if self.doc.sentences[index].block is BlockKind.TITLE else "before"
            for p in self.places.get(index, []):
                if p.country:
                    yield _told_before(f"{how} place", back, _place(p, self.text))
            for n in self.names.get(index, []):
                if n.country:
                    yield _told_before(how, back, self._country(n))
        if self.doc.dateline and self.doc.dateline.country:
            yield _told_before("dateline", _REACH, _place(self.doc.dateline, self.text))

    def find(self, sentence: Sentence, scene: Scene, trigger: Trigger, names: list[Name]) -> Place | None:
        """The place of an act; None where none is told."""
        tree, stretch = scene.tree, scene.stretch
        here = [
            (p.head, _place(p, self.text))
            for p in self.places.get(sentence.index, [])
            if _located(tree, p.head) or _describes(tree, p.head, trigger)
        ]
        states = [(n.head, self._country(n)) for n in names if n.kind == "country" and _located(tree, n.head)]
        soil = [(n.head, self._country(n)) for n in names if n.kind in _NATIONAL and self._soil(tree, n, trigger)]
        for told in (here, states, soil):
            within = [x for x in told if stretch[x[0]] == stretch[trigger.head]]
            if within:
                return min(within, key=lambda x: _distance(tree, trigger, x[0]))[1]
        return self._before(sentence) if trigger.entry.event_type in _PLACED else None

    def _country(self, n: Name) -> Place:
        text = self.text[n.span.start : n.span.end]
        return Place(
            name=text,
            place_id=f"country:{n.country}",
            kind=PlaceKind.COUNTRY,
            country=n.country,
            text=text,
            span=n.span,
        )

    def _soil(self, tree: Tree, n: Name, trigger: Trigger) -> bool:
        """ "on Serbian soil", "seized Djibouti's port": whose the ground is that the act's own phrases name."""
        t = tree.tokens[n.head]
        noun = tree.tokens[t.head]
        if n.country is None or t.dep not in _OWNED or noun.lemma not in classes()["ground"]:
            return False
        if noun.dep in ("dobj", "nsubjpass"):
            return noun.head in (trigger.head, trigger.carrier)
        return noun.dep == "pobj" and tree.tokens[noun.head].lemma in _LOCATIVE

    def _before(self, sentence: Sentence) -> Place | None:
        """Where the sentence before happened, else the dateline: an act that needs a ground keeps it until another is named."""
        if len(self.doc.sentences) > _LEAD:
            return None  # in a longer text the ground changes too often
        for earlier in range(sentence.index - 1, max(sentence.index - _BACK - 1, -1), -1):
            found = self.places.get(earlier, [])
            if found:
                return _place(found[0], self.text)
        return _place(self.doc.dateline, self.text) if self.doc.dateline else None


def _told_before(how: str, back: int, place: Place) -> Hint:
    assert place.country is not None
    return Hint(place.country, how, None, back, located=False, together=False, place=place)


def _nearest(hint: Hint) -> tuple[int, bool, bool, bool]:
    return hint.back, not hint.together, not hint.located, "place" not in hint.how


def _place(p: PlaceName, text: str) -> Place:
    return Place(
        name=p.name, place_id=p.place_id, kind=p.kind, country=p.country, admin1=p.admin1, lat=p.lat, lon=p.lon,
        text=text[p.span.start : p.span.end], span=p.span,
    )  # fmt: skip


def _describes(tree: Tree, index: int, trigger: Trigger) -> bool:
    """ "the Kabul blast", "Baghdad's clashes": the place stands before the event noun itself."""
    t = tree.tokens[index]
    return t.dep in _OWNED and t.head == trigger.head


def _located(tree: Tree, index: int) -> bool:
    """Does the phrase stand where a place stands: under a preposition of place?"""
    t = tree.tokens[index]
    while t.dep in ("appos", "conj", "compound", "poss", "amod") and t.head != t.index:
        t = tree.tokens[t.head]
    return t.dep == "pobj" and tree.tokens[t.head].lemma in _LOCATIVE


def _distance(tree: Tree, trigger: Trigger, index: int) -> tuple[int, int]:
    """Steps through the tree from act to place, its own clause first."""
    path = [trigger.head, *(a.index for a in tree.ancestors(trigger.head))]
    rank = {i: n for n, i in enumerate(path)}
    chain = [index, *(a.index for a in tree.ancestors(index))]
    meet = next((i for i in chain if i in rank), path[-1])
    return rank[meet] * 2 + chain.index(meet) if meet in chain else 99, abs(index - trigger.head)
