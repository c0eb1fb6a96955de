"""Gazetteer marks laid on the tokens of their sentence, and which of several namesakes one means."""

from dataclasses import dataclass, replace

from marchland.annotate.gazetteer import Entity, Mark
from marchland.lexicon.actors import body_seats, organisations
from marchland.model.tree import Tree

_AT = frozenset({"in", "at", "near", "outside", "to", "into", "from", "through", "via"})


@dataclass(slots=True)
class Placed:
    """A gazetteer mark laid on the tokens of its sentence."""

    mark: Mark
    first: int
    last: int
    head: int


def lay(marks: list[Mark], tree: Tree) -> list[Placed]:
    """Put marks on tokens; a mark whose characters were hidden from the parse is left out."""
    out = []
    tokens = tree.tokens
    for mark in marks:
        inside = [t.index for t in tokens if t.start < mark.end and mark.start < t.end]
        if inside:
            first, last = inside[0], inside[-1]
            heads = [i for i in inside if not first <= tokens[i].head <= last or tokens[i].head == i]
            out.append(Placed(mark, first, last, heads[-1] if heads else last))
    return out


def embodied(placed: Placed, tree: Tree, states: frozenset[str]) -> Placed:
    """ "Brussels" as a party is the Union, unless the document speaks of Belgium; under a preposition of place it is the city."""
    first = placed.mark.entities[0]
    org = body_seats().get((placed.mark.text, first.country or "")) if first.kind == "capital" else None
    t = tree.tokens[placed.head]
    there = t.dep == "pobj" and tree.tokens[t.head].lemma in _AT
    if org is None or there or first.country in states:
        return placed
    body = next(o for o in organisations() if o.id == org)
    return replace(placed, mark=replace(placed.mark, entities=(Entity("org", org=body),)))


def namesake(mark: Mark, countries: frozenset[str]) -> Mark | None:
    """Of bodies that share a name ("Labour", "the Liberals"), the one whose country the document names; else none of them."""
    first = mark.entities[0]
    if first.kind != "org" or not first.ambiguous or not countries:
        return mark
    near = [e for e in mark.entities if e.kind == "org" and (e.country is None or e.country in countries)]
    others = [e for e in mark.entities if e.kind != "org"]
    kept = (*near, *others)
    return replace(mark, entities=kept) if kept else None
