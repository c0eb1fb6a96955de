"""Whose view does a clause tell without a frame of saying: "is seen in Cairo as", "to the generals, ...", "as Ankara sees it"?"""

from collections.abc import Iterator

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Token
from marchland.model.ontology import HolderKind
from marchland.model.records import Holder
from marchland.reading.statement_units import Unit, named_holder
from marchland.reading.told_at import Scene

_SEATS = frozenset({"seat", "capital"})
_SPEAK = frozenset({"person", "country", "org", "agent", "seat", "capital", "demonym"})
_OPENING = 2  # words at the head of a clause at which "to the generals, ..." may begin


def viewers(scene: Scene) -> Iterator[tuple[Unit, Holder]]:
    """Units whose own words credit somebody with what they say, with that holder."""
    for unit in scene.units.values():
        if unit.holder is None:
            holder = _regarding(scene, unit) or _standing_at(scene, unit) or _as_seen(scene, unit)
            if holder is not None:
                yield unit, holder


def _regarding(scene: Scene, unit: Unit) -> Holder | None:
    """ "The institute calls the wharf a threat", "was described by the minister as", "is regarded in Cairo as"."""
    tree, verb = scene.tree, scene.tree.tokens[unit.head]
    if verb.lemma not in statement_classes()["regard"] or not _has_verdict(scene, verb):
        return None
    if tree.first(verb.index, "nsubjpass") is None:
        subject = scene.finder.subject(verb)
        return named_holder(tree, scene.finder, subject) if subject is not None and _speaks(scene, subject) else None
    for prep in tree.children[verb.index]:
        for obj in tree.having(prep.index, "pobj"):
            if (prep.dep == "agent" or prep.lemma == "by") and _speaks(scene, obj):
                return named_holder(tree, scene.finder, obj)
            if prep.lemma in ("in", "at") and _kinds(scene, obj) & _SEATS:
                return named_holder(tree, scene.finder, obj)
    return None


def _has_verdict(scene: Scene, verb: Token) -> bool:
    """Is there something as which it is seen: "as a threat", "a threat", "crucial"?"""
    if sum(1 for _ in scene.tree.having(verb.index, "dobj")) > 1:
        return True
    return any(
        c.dep in ("oprd", "xcomp", "ccomp", "acomp", "attr") or (c.dep in ("prep", "mark") and c.lemma == "as")
        for c in scene.tree.children[verb.index]
    )


def _standing_at(scene: Scene, unit: Unit) -> Holder | None:
    """ "To the generals in Islamabad, the road is a threat"; "for the Kremlin, ..."."""
    tree = scene.tree
    start = min(unit.tokens, default=unit.head)
    for prep in tree.having(unit.head, "prep"):
        if prep.lemma not in ("for", "to") or prep.index - start >= _OPENING:
            continue
        for obj in tree.having(prep.index, "pobj"):
            last = max(t.index for t in tree.subtree(obj.index))
            if last + 1 >= len(tree.tokens) or tree.tokens[last + 1].text != ",":
                continue
            kinds = _kinds(scene, obj)
            seated = "seat" in kinds or ("capital" in kinds and prep.lemma == "to")
            if seated or (obj.tag == "NNS" and obj.lemma in statement_classes()["viewer"]):
                return named_holder(tree, scene.finder, obj)
    return None


def _as_seen(scene: Scene, unit: Unit) -> Holder | None:
    """ "As Ankara sees it, the corridor is crucial"."""
    tree, classes = scene.tree, statement_classes()
    for clause in tree.having(unit.head, "advcl"):
        marked = any(c.lemma == "as" and c.dep in ("mark", "advmod") for c in tree.children[clause.index])
        if marked and clause.lemma in classes["say"] | classes["think"] | {"put"}:
            subject = tree.first(clause.index, "nsubj")
            if subject is not None and _speaks(scene, subject):
                return named_holder(tree, scene.finder, subject)
    return None


def spoken_of(scene: Scene) -> tuple[Holder, bool] | None:
    """Who is the named subject of a sentence's main clause, and is it a person: whom "she" or "it" of the next may mean."""
    tree = scene.tree
    root = next((t for t in tree.tokens if t.head == t.index), None)
    subject = tree.first(root.index, "nsubj") if root is not None else None
    if (
        subject is None
        or subject.tag not in ("NNP", "NNPS", "NN")
        or not (_kinds(scene, subject) or subject.tag == "NNP")
    ):
        return None
    holder = named_holder(tree, scene.finder, subject)
    if holder is None or holder.kind is HolderKind.GROUP or not holder.name:
        return None
    found = scene.names.get(subject.index, ())
    return holder, any(n.kind == "person" or n.person for n in found) or (not found and " " in holder.name)


def _speaks(scene: Scene, t: Token) -> bool:
    classes = statement_classes()
    return (
        bool(_kinds(scene, t) & _SPEAK)
        or t.tag in ("NNP", "NNPS")
        or t.lemma in classes["analyst"] | classes["party_word"] | classes["writing"] | classes["viewer"]
    )


def _kinds(scene: Scene, t: Token) -> set[str]:
    return {n.kind for n in scene.names.get(t.index, ())}
