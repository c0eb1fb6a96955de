"""What stands under the words of a link, and what do the words themselves carry?"""

from marchland.model.annotated import Token
from marchland.reading.statement_phrases import Match
from marchland.reading.told_at import Scene

_JOINING = frozenset({"once", "after", "before", "since", "until"})  # adverbs to the parser, conjunctions to a reader
_LOWER = frozenset({"advcl", "ccomp", "acl", "relcl", "pcomp", "xcomp"})


def below(scene: Scene, match: Match) -> set[int]:
    """Token indexes of what stands under the words of a match."""
    tree = scene.tree
    out: set[int] = set()
    for i in match.tokens:
        t = tree.tokens[i]
        if _opens_clause(scene, t):
            out |= {x.index for x in tree.subtree(t.head)}
        for child in tree.children[i]:
            if child.index > match.last:
                out |= {x.index for x in tree.subtree(child.index)}
    out -= set(match.tokens)
    mark = tree.tokens[match.last]
    if (
        not out
        and mark.dep != "advmod"
        and "object" in (match.entry.goes_from, match.entry.goes_to)
        and mark.index + 1 < len(tree.tokens)
    ):
        head = tree.tokens[mark.head]
        out = {x.index for x in tree.subtree(head.index) if x.index > mark.index} if head.index > mark.index else set()
    noun = object_noun(scene, match)
    return out | {noun} if noun is not None else out


def _opens_clause(scene: Scene, t: Token) -> bool:
    """Does a word open the clause that stands under it: "after they had left", "having left"?"""
    above = scene.tree.tokens[t.head]
    if t.dep == "mark":
        return True
    if t.dep == "advmod" and t.lemma in _JOINING:
        return above.tag.startswith("VB")
    return t.dep == "aux" and t.tag == "VBG" and above.dep in _LOWER


def object_noun(scene: Scene, match: Match) -> int | None:
    """The noun with which the words end and which they govern: "under the agreement", "despite its promise"."""
    last = scene.tree.tokens[match.last]
    if match.last == match.first or not last.tag.startswith("NN") or last.dep not in ("pobj", "dobj"):
        return None
    return (
        match.last if last.head in match.tokens and "object" in (match.entry.goes_from, match.entry.goes_to) else None
    )


def purpose(scene: Scene, match: Match) -> bool:
    """Do the words say to what end something is done: "recalled its envoy to protest against the arrest"?"""
    head = scene.tree.tokens[match.head]
    return head.dep in ("advcl", "xcomp") and any(c.lemma == "to" for c in scene.tree.having(head.index, "aux"))
