"""Which words of a sentence may point to a tie of which kind? Broad proposals for the learned judge."""

from dataclasses import dataclass

from marchland.lexicon.tie_cues import cue_words
from marchland.model.annotated import Token
from marchland.model.ontology import TieKind
from marchland.model.tree import Tree

_OPEN = ("NN", "VB", "JJ", "CD", "RB", "IN")  # tags of words that may be cues


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that may tell a tie of one kind."""

    kind: TieKind
    head: int  # token index
    plain: bool  # proposes alone


def cues_of(tree: Tree) -> list[Cue]:
    """Every cue of a sentence; a faint one only where another word points to the same kind."""
    words = cue_words()
    found: list[Cue] = []
    before: Token | None = None
    for t in tree.tokens:
        if t.tag.startswith(_OPEN):
            forms = {t.lemma.lower(), t.text.lower()}
            if before is not None:
                forms.add(f"{before.lemma.lower()} {t.lemma.lower()}")
            plain = {k for f in forms for k in words.plain.get(f, ())}
            found += [Cue(k, t.index, plain=True) for k in sorted(plain)]
            faint = {k for f in forms for k in words.faint.get(f, ())} - plain
            found += [Cue(k, t.index, plain=False) for k in sorted(faint)]
        before = t
    heads: dict[TieKind, set[int]] = {}
    for c in found:
        heads.setdefault(c.kind, set()).add(c.head)
    return [c for c in found if c.plain or len(heads[c.kind]) > 1]
