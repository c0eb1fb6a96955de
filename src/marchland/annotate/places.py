"""Which phrases of a sentence name places, and which of the places with that name are meant?"""

from marchland.annotate.gazetteer import Entity, Mark
from marchland.annotate.names import Placed, lay
from marchland.model.tree import Tree
from marchland.model.annotated import PlaceName, Sentence
from marchland.model.document import Span
from marchland.model.ontology import PlaceKind

_LOCATIVES = frozenset(
    "in near at from to of around outside into on across toward towards over off along through between throughout inside".split()
)


def places(sentence: Sentence, marks: list[Mark], countries: set[str]) -> list[PlaceName]:
    """Named places of one sentence; `countries` are those the document names, which decide between namesakes."""
    tree = Tree(sentence.tokens)
    out = []
    for p in lay(marks, tree):
        first = p.mark.entities[0]
        token = tree.tokens[p.first]
        before = tree.tokens[p.first - 1].text.lower() if p.first else ""
        if first.kind == "capital":
            place = next((e for e in p.mark.entities if e.kind == "place" and e.country == first.country), None)
            out.append(_name(sentence, tree, p, place or first))
            continue
        options = [e for e in p.mark.entities if e.kind == "place"]
        if not options or first.kind not in ("place", "combining") or not token.text[:1].isupper():
            continue
        chosen = _choose(options, countries)
        stranger = p.first > 0 and tree.tokens[p.first - 1].tag == "NNP" and tree.tokens[p.first - 1].head == p.head
        if (chosen.ambiguous and chosen.country not in countries or stranger) and before not in _LOCATIVES:
            continue
        out.append(_name(sentence, tree, p, chosen))
    return out


def _choose(options: list[Entity], countries: set[str]) -> Entity:
    """Prefer a namesake in a country the document names, then the hand-written table, then the largest."""

    def rank(e: Entity) -> tuple[bool, bool, int]:
        place = e.place
        assert place is not None
        near = place.country in countries or any(c in countries for c in place.also)
        return (near, place.id.startswith("r:"), place.population)

    return max(options, key=rank)


def _name(sentence: Sentence, tree: Tree, p: Placed, entity: Entity) -> PlaceName:
    place = entity.place
    span = Span(start=tree.tokens[p.first].start, end=tree.tokens[p.last].end)
    if place is None:
        state = entity.state
        return PlaceName(
            span=span,
            sentence=sentence.index,
            head=p.head,
            name=p.mark.text,
            place_id=f"capital:{entity.country}:{state.capital if state else p.mark.text}",
            kind=PlaceKind.CITY,
            country=entity.country,
        )
    return PlaceName(
        span=span,
        sentence=sentence.index,
        head=p.head,
        name=place.name,
        place_id=place.id,
        kind=place.kind,
        country=place.country,
        also=place.also,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
    )
