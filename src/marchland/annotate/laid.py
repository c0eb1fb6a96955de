"""Gazetteer marks laid on the tokens of their sentence, and which of several namesakes one means."""

from dataclasses import dataclass, replace

from marchland.annotate.gazetteer import Mark
from marchland.model.tree import Tree


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


def namesake(mark: Mark, countries: frozenset[str]) -> Mark | None:
    """Of bodies that share a name ("Labour", "the Liberals"), the one whose country the document names; else none of them."""
    first = mark.entities[0]
    if first.kind != "org" or not first.ambiguous or not countries:
        return mark
    near = [e for e in mark.entities if e.kind == "org" and (e.country is None or e.country in countries)]
    others = [e for e in mark.entities if e.kind != "org"]
    kept = (*near, *others)
    return replace(mark, entities=kept) if kept else None
