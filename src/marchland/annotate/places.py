"""Which phrases of a sentence name places, and which of the places with that name are meant?"""

from marchland.annotate.gazetteer import Entity, Mark
from marchland.annotate.laid import lay
from marchland.model.annotated import PlaceName, Sentence
from marchland.model.document import Span
from marchland.model.ontology import PlaceKind
from marchland.model.tree import Tree

_LOCATIVES = frozenset(
    "in near at from to of around outside into on across toward towards over off along through between throughout inside".split()
)


def places(sentence: Sentence, marks: list[Mark], countries: set[str]) -> list[PlaceName]:
    """Named places of one sentence; `countries` are those the document names, which decide between namesakes."""
    tree = Tree(sentence.tokens)
    out = []
    for p in lay(marks, tree):
        token = tree.tokens[p.first]
        before = tree.tokens[p.first - 1] if p.first else None
        entity = _meant(p.mark, countries)
        if entity is None or not token.text[:1].isupper():
            continue
        stranger = before is not None and before.tag == "NNP" and before.head == p.head
        doubtful = entity.kind == "place" and ((entity.ambiguous and entity.country not in countries) or stranger)
        if doubtful and (before is None or before.text.lower() not in _LOCATIVES):
            continue
        span = Span(start=tree.tokens[p.first].start, end=tree.tokens[p.last].end)
        out.append(_name(p.mark, entity, span, sentence.index, p.head))
    return out


def named_place(mark: Mark, countries: set[str]) -> PlaceName | None:
    """The place of a mark outside any sentence, as in a dateline."""
    entity = mark.get("country") or _meant(mark, countries)
    return _name(mark, entity, Span(start=mark.start, end=mark.end), 0, 0) if entity else None


def _meant(mark: Mark, countries: set[str]) -> Entity | None:
    first = mark.entities[0]
    options = [e for e in mark.entities if e.kind == "place"]
    if first.kind == "capital":
        here = [e for e in options if e.country == first.country and e.place and e.place.kind is PlaceKind.CITY]
        return here[0] if here else first
    if not options or first.kind not in ("place", "combining"):
        return None
    return _choose(options, countries)


def _choose(options: list[Entity], countries: set[str]) -> Entity:
    """Prefer a namesake in a country the document names, then the hand-written table, then the largest."""

    def rank(e: Entity) -> tuple[bool, bool, int]:
        place = e.place
        assert place is not None
        near = place.country in countries or any(c in countries for c in place.also)
        return (near, place.id.startswith("r:"), place.population)

    return max(options, key=rank)


def _name(mark: Mark, entity: Entity, span: Span, sentence: int, head: int) -> PlaceName:
    place = entity.place
    if place is None:
        state = entity.state
        capital = entity.kind == "capital"
        name = state.capital if capital and state and state.capital else mark.text
        return PlaceName(
            span=span,
            sentence=sentence,
            head=head,
            name=name,
            place_id=f"{'capital' if capital else 'country'}:{entity.country}",
            kind=PlaceKind.CITY if capital else PlaceKind.COUNTRY,
            country=entity.country,
        )
    return PlaceName(
        span=span,
        sentence=sentence,
        head=head,
        name=place.name,
        place_id=place.id,
        kind=place.kind,
        country=place.country,
        also=place.also,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
    )
