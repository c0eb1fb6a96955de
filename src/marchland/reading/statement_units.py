"""How does a sentence fall into propositions, and whose word is each?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Name, Token
from marchland.model.ontology import HolderKind, Sector
from marchland.model.records import Holder
from marchland.model.tree import Tree
from marchland.reading.statement_phrases import Match, PhraseFinder

_OWN = frozenset({"ROOT", "ccomp", "parataxis", "relcl"})
_MAY_HEAD = _OWN | {"advcl", "acl", "conj"}
_SELF = frozenset({"i", "we", "author", "article"})


@dataclass(slots=True)
class Unit:
    """One proposition: a clause with all that belongs to it."""

    head: int
    tokens: set[int] = field(default_factory=set)
    above: int | None = None  # head of the unit that it stands in
    dep: str = "ROOT"
    frame: Match | None = None  # the words that hold it: "said that", "it is likely that"
    holder: Holder | None = None  # None = the author
    matches: list[Match] = field(default_factory=list)


def units(tree: Tree) -> dict[int, Unit]:
    """Propositions by head word, in order."""
    heads = [t for t in tree.tokens if _is_head(tree, t)]
    out = {t.index: Unit(head=t.index, dep=t.dep) for t in heads}
    owner: dict[int, int | None] = {head: head for head in out}
    for t in tree.tokens:
        path, at = [], t.index
        while at not in owner and at not in path:
            path.append(at)
            at = tree.tokens[at].head
        owner |= dict.fromkeys(path, owner.get(at))
        found = owner[t.index]
        if found is not None:
            out[found].tokens.add(t.index)
    for head, unit in out.items():
        t = tree.tokens[head]
        if t.head != head:
            unit.above = owner[t.head]
    return out


def owner_of(tree: Tree, index: int, known: dict[int, Unit]) -> int | None:
    """Head of the unit in which a word stands."""
    if index in known:
        return index
    return next((a.index for a in tree.ancestors(index) if a.index in known), None)


def _is_head(tree: Tree, t: Token) -> bool:
    if t.dep == "ROOT":
        return True
    if t.dep not in _MAY_HEAD:
        return False
    verbal = t.tag.startswith(("VB", "MD"))
    finite = any(True for _ in tree.having(t.index, "nsubj", "nsubjpass", "expl", "csubj"))
    if t.dep in _OWN:
        return verbal or finite
    if t.dep in ("advcl", "acl"):
        return finite
    if t.dep == "conj":
        return (
            verbal and tree.tokens[t.head].tag.startswith(("VB", "MD")) and (finite or _verb_phrase(tree, t))
        ) or finite
    return False


def _verb_phrase(tree: Tree, t: Token) -> bool:
    """A coordinated verb with an object, complement or auxiliary of its own."""
    return (
        any(True for _ in tree.having(t.index, "dobj", "attr", "acomp", "xcomp", "ccomp", "aux", "prep"))
        and t.tag != "VBG"
    )


# ---- frames ----


def framed(tree: Tree, finder: PhraseFinder, found: dict[int, Unit], frames: list[Match]) -> list[Match]:
    """Give each clause below a frame its frame and holder; returns the frames that hold a clause."""
    holding = []
    for match in sorted(frames, key=lambda m: (m.entry.kind != "forecast", -len(m.tokens))):
        clauses = below(tree, match, found)
        if clauses:
            holding.append(match)
        for head in clauses:
            unit = found[head]
            if unit.frame is None:
                unit.frame = match
                unit.holder = holder_of(tree, finder, match)
    return holding


def inherited(found: dict[int, Unit]) -> None:
    """What stands under or beside a spoken clause is spoken by the same holder; a relative clause is the author's."""
    for unit in found.values():
        above, steps = unit, 0
        while (
            above.holder is None
            and above.above is not None
            and above.dep in ("advcl", "conj", "ccomp")
            and steps < len(found)
        ):
            above, steps = found[above.above], steps + 1
        if unit.holder is None and (above.frame is not None or (unit.dep == "ccomp" and unit.above == above.head)):
            unit.holder = above.holder


def below(tree: Tree, match: Match, found: dict[int, Unit]) -> list[int]:
    """Heads of the clauses that a frame's words hold, with those coordinated."""
    out = []
    for index in dict.fromkeys((match.head, *match.tokens)):
        for child in tree.children[index]:
            clause = child.dep in ("ccomp", "acl", "csubj", "xcomp", "relcl") and child.index in found
            that = child.dep in ("ccomp", "acl") or (
                child.dep == "relcl" and any(c.lemma == "that" for c in tree.children[child.index])
            )
            if clause and that:
                out.append(child.index)
                out += [c.index for c in tree.having(child.index, "conj") if c.index in found]
    if not out:
        out = _loose(tree, match, found)
    own = tree.tokens[match.head]
    if not out and own.dep == "parataxis" and own.head in found and tree.first(own.index, "dobj", "ccomp") is None:
        out.append(own.head)
    return list(dict.fromkeys(out))


def _loose(tree: Tree, match: Match, found: dict[int, Unit]) -> list[int]:
    """ "it is a frequent refrain by many that ...": a that-clause after the words, hung somewhere above them."""
    for above in tree.ancestors(match.head):
        for child in tree.children[above.index]:
            if child.index in found and child.dep in ("ccomp", "acl", "advcl", "relcl") and child.index > match.last:
                if any(c.lemma == "that" and c.dep in ("mark", "nsubj") for c in tree.children[child.index]):
                    return [child.index]
        if above.index in found:
            break
    return []


def holder_of(tree: Tree, finder: PhraseFinder, match: Match) -> Holder | None:
    """Whose word the words of an entry make a proposition; None = the author's."""
    kind = match.entry.holder
    if kind == "author":
        return None
    if kind == "group":
        told = next(
            (tree.tokens[i] for i in match.tokens if tree.tokens[i].lemma in statement_classes()["analyst"]), None
        )
        name, country = (_phrase(tree, told), _around(tree, finder, told)) if told else (None, None)
        return Holder(kind=HolderKind.GROUP, name=name, country=country)
    if kind == "by":
        for index in match.tokens:
            for view in tree.having(index, "pobj"):
                owner = tree.first(view.index, "poss")
                if view.lemma in statement_classes()["standpoint"] and owner is not None and owner.tag != "PRP$":
                    return named_holder(tree, finder, owner)  # "in Moscow's view"
            for _, obj in tree.pobjs(index):
                speaks = (
                    obj.lemma
                    in statement_classes()["writing"]
                    | statement_classes()["analyst"]
                    | statement_classes()["party_word"]
                )
                found = named_holder(tree, finder, obj)
                return (
                    found
                    if speaks or found is None or finder.names.get(obj.index) or obj.tag in ("NNP", "NNPS")
                    else None
                )
        return None
    subject = finder.subject(tree.tokens[match.head])
    return named_holder(tree, finder, subject) if subject is not None else None


def named_holder(tree: Tree, finder: PhraseFinder, t: Token) -> Holder | None:
    """The holder that a phrase names."""
    names = finder.names
    words = _phrase(tree, t)
    others = [c for c in tree.having(t.index, "conj") if names.get(c.index)]
    if others and names.get(t.index):  # "Belgrade and Moscow deny": two who hold it together
        last = max(c.index for c in others)
        return Holder(kind=HolderKind.GROUP, name=_joined(tree.tokens[tree.left_edge(t.index) : last + 1]))
    if t.text.lower() in _SELF:
        return None
    found = [
        *names.get(t.index, ()),
        *(n for c in tree.having(t.index, "appos", "compound", "poss", "amod") for n in names.get(c.index, ())),
    ]
    if t.dep == "appos" and tree.tokens[t.head].tag in ("NNP", "NNPS") and _personal(names.get(t.head, ())):
        return named_holder(tree, finder, tree.tokens[t.head])  # "Rosa Quispe, a former envoy"
    group = t.lemma in statement_classes()["analyst"] and t.tag != "NN"
    if group and not any(n.person for n in found):
        country = next((n.country for n in found if n.country), None) or _around(tree, finder, t)
        return Holder(kind=HolderKind.GROUP, name=words, country=country)
    for n in found:
        if n.kind == "person" or n.person:
            return Holder(
                kind=HolderKind.SPEAKER, name=n.person or words, country=n.country or _around(tree, finder, t)
            )
    for n in found:
        kind = HolderKind.SOURCE if n.sector in (Sector.JRN, Sector.MED) else HolderKind.SPEAKER
        return Holder(kind=kind, name=words, country=n.country)
    if t.tag in ("NNP", "NNPS"):
        return Holder(kind=HolderKind.SPEAKER, name=words, country=_around(tree, finder, t))
    if t.tag.startswith("NN"):
        return Holder(
            kind=HolderKind.SOURCE if t.lemma in statement_classes()["writing"] else HolderKind.SPEAKER, name=words
        )
    return Holder(kind=HolderKind.SPEAKER, name=words) if t.tag == "PRP" and t.lemma in ("he", "she", "they") else None


def _personal(found: Sequence[Name]) -> bool:
    """Is a proper noun a person's name, or at least nothing else that is known?"""
    return not found or any(n.kind == "person" or n.person for n in found)


def _around(tree: Tree, finder: PhraseFinder, t: Token) -> str | None:
    """The one country named in what describes a person: "who teaches in Novi Sad", "a former Georgian envoy"."""
    below = [x.index for x in tree.subtree(t.index) if x.index != t.index]
    found = {n.country for i in below for n in finder.names.get(i, ()) if n.country} | {
        finder.grounds[i] for i in below if i in finder.grounds
    }
    return next(iter(found)) if len(found) == 1 else None


def _joined(tokens: Sequence[Token]) -> str:
    """Words as they stand in the text, with one space where it has any."""
    return "".join(t.text + (" " if n.start > t.end else "") for t, n in pairwise([*tokens, tokens[-1]]))


def _phrase(tree: Tree, t: Token) -> str:
    """The noun phrase of a word: its own left part, without what follows."""
    edge = tree.left_edge(t.index)
    return _joined(tree.tokens[edge : t.index + 1])
