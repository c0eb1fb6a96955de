"""What was not said, found by grammar: a verb of answering or making known that is negated, or whose subject is nobody.

Phrases of `statements/silences.toml` catch fixed wordings; this catches the construction whatever stands between its words.
"""

from collections.abc import Iterator
from functools import cache

from marchland.lexicon.statement_words import StatementEntry, statement_classes, statement_entries
from marchland.model.annotated import Token
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.statement_phrases import Match

_NOT = frozenset({"not", "n't", "never", "nor"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no - one"})
_NO = frozenset({"no", "neither", "not"})
_OPEN = frozenset({"can", "could", "may", "might", "should", "will", "would", "must", "shall"})  # no telling of a fact
_REFUSED = frozenset({"refuse", "decline"})
_QUESTIONS = frozenset({"whether", "why", "how", "what", "who", "when", "where", "if", "which", "anything", "word"})
_LATE = frozenset({"fail", "omit", "refrain", "forget", "neglect"})


@cache
def _entries() -> dict[str, StatementEntry]:
    return {e.id: e for e in statement_entries() if e.kind == "silence"}


def unsaid(tree: Tree, clauses: Clauses) -> Iterator[Match]:
    """Every negated telling of a sentence, as a match of the entry that names its construction."""
    classes = statement_classes()
    if any(t.lemma in _REFUSED for t in tree.tokens):
        return
    for t in tree.tokens:
        if t.tag.startswith("VB") and (t.lemma in classes["tell"] or t.lemma in classes["tell_of"]):
            found = _verb(tree, clauses, t, narrow=t.lemma not in classes["tell"])
            if found is not None:
                yield found
        elif t.tag.startswith("NN") and t.lemma in classes["response"] | classes["notice"]:
            found = _noun(tree, t)
            if found is not None:
                yield found


def _verb(tree: Tree, clauses: Clauses, verb: Token, *, narrow: bool) -> Match | None:
    """ "has never spelt out", "neither side has shown", "has yet to say"; a `narrow` verb only with a question or as an open matter."""
    aux = {c.lemma for c in tree.having(verb.index, "aux")}
    if aux & _OPEN or _wants(tree, verb):
        return None
    late = _yet_to(tree, verb)
    if late is not None:
        return Match(_entries()["silence.not-yet"], verb.index, (late, verb.index))
    no = next(
        (c for c in tree.children[verb.index] if c.lemma in _NOT and c.dep in ("neg", "advmod", "preconj", "cc")), None
    )
    lasting = "have" in aux or verb.tag in ("VBP", "VBZ") or "do" in aux
    if no is None:
        no = next((c for s in clauses.arguments(verb).get("subject", []) for c in _nobody(tree, s)), None)
        passive = tree.first(verb.index, "nsubjpass")
        if no is None and passive is not None:
            no = next(_nobody(tree, passive), None)
    if no is None or (narrow and not (_open_matter(tree, verb) or ("have" in aux and no.lemma != "not"))):
        return None
    if not lasting and verb.tag not in ("VBD", "VBN"):
        return None
    return Match(_entries()["silence.did-not"], verb.index, tuple(sorted((no.index, verb.index))))


def _nobody(tree: Tree, t: Token) -> Iterator[Token]:
    """The word that makes a subject nobody: "nobody", "neither side", "no official", "not one of"."""
    if t.lemma in _NOBODY:
        yield t
    yield from (c for c in tree.children[t.index] if c.lemma in _NO and c.dep in ("det", "neg", "preconj", "cc"))


def _yet_to(tree: Tree, verb: Token) -> int | None:
    """ "has yet to", "is still to", "fails to", "refrains from": the word that says so."""
    head = tree.tokens[verb.head]
    if verb.dep in ("xcomp", "ccomp") and head.lemma in ("have", "be", *_LATE):
        if head.lemma in _LATE:
            return head.index
        return next((t.index for t in tree.tokens[head.index : verb.index] if t.lemma == "yet"), None)
    return None


def _wants(tree: Tree, verb: Token) -> bool:
    """A clause that is asked, hoped or supposed, and not told: "whether it answered", "if it does not reply"."""
    return any(c.dep == "mark" and c.lemma in ("if", "whether", "unless", "lest") for c in tree.children[verb.index])


def _open_matter(tree: Tree, verb: Token) -> bool:
    """ "has not said why", "does not say how many", "has not said a word"."""
    return any(t.lemma in _QUESTIONS and t.index > verb.index for t in tree.subtree(verb.index))


def _noun(tree: Tree, noun: Token) -> Match | None:
    """ "no reply", "without an answer", "no reason has been given"."""
    no = next((c for c in tree.children[noun.index] if c.lemma == "no" and c.dep in ("det", "neg")), None)
    head = tree.tokens[noun.head]
    if no is None and noun.dep == "pobj" and head.lemma == "without":
        no = head
    if no is None:
        return None
    for verb in tree.ancestors(noun.index):
        if verb.tag.startswith("VB"):
            if any(c.lemma in _OPEN for c in tree.having(verb.index, "aux")):
                return None
            break
    return Match(_entries()["silence.no-response"], noun.index, tuple(sorted((no.index, noun.index))))
