"""Gazetteer marks laid on the tokens of their sentence, and which of several namesakes one means."""

from dataclasses import dataclass, replace

from marchland.annotate.gazetteer import Mark
from marchland.model.tree import Tree

_AT = frozenset("in at near outside".split())


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
            head = heads[-1] if heads else last
            out.append(Placed(_where_or_who(mark, head, tree), first, last, head))
    return out


def _where_or_who(mark: Mark, head: int, tree: Tree) -> Mark:
    """ "in Brussels" is the city, "defied Brussels" the body that sits there."""
    capital = mark.get("capital")
    token = tree.tokens[head]
    if capital is None or mark.entities[0].kind != "org" or token.dep != "pobj":
        return mark
    if tree.tokens[token.head].lemma not in _AT:
        return mark
    return replace(mark, entities=tuple(e for e in mark.entities if e.kind != "org"))


def namesake(mark: Mark, countries: frozenset[str]) -> Mark | None:
    """Of bodies that share a name ("Labour", "the Liberals"), the one whose country the document names; else none of them.

    A capital that also stands for a body ("Brussels") is the state's where the document names the state by another word too.
    """
    first = mark.entities[0]
    capital = mark.get("capital")
    if first.kind == "org" and capital is not None and capital.country in countries:
        return replace(mark, entities=tuple(e for e in mark.entities if e.kind != "org"))
    if first.kind != "org" or not first.ambiguous or not countries:
        return mark
    near = [e for e in mark.entities if e.kind == "org" and (e.country is None or e.country in countries)]
    others = [e for e in mark.entities if e.kind != "org"]
    kept = (*near, *others)
    return replace(mark, entities=kept) if kept else None
