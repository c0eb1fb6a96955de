"""Where did an act happen? The place told nearest to it, else the ground that it needs and the text has named."""

from marchland.lexicon.verbs import classes
from marchland.model.annotated import Annotated, Name, PlaceName, Sentence
from marchland.model.ontology import EventType, PlaceKind
from marchland.model.records import Place
from marchland.model.tree import Tree
from marchland.reading.stretches import stretches
from marchland.reading.triggers import Trigger

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
_LEAD = 8  # sentences up to which a text is taken for a news lead
_BACK = 2  # sentences back from which an act may keep its ground
_LOCATIVE = frozenset(
    "in near at around outside inside across throughout over off between along on to into from".split()
)
_OWNED = ("poss", "amod", "compound", "nmod")
_NATIONAL = frozenset({"country", "demonym"})


class Ground:
    """Finds the places of the acts of one document."""

    def __init__(self, doc: Annotated) -> None:
        self.doc = doc
        self.text = doc.document.text
        self.places: dict[int, list[PlaceName]] = {}
        for p in doc.places:
            self.places.setdefault(p.sentence, []).append(p)

    def find(self, sentence: Sentence, tree: Tree, trigger: Trigger, names: list[Name]) -> Place | None:
        """The place of an act; None where none is told."""
        stretch = stretches(tree)
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
