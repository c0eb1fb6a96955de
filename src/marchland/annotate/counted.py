"""What does a number count? Read from the parse where there is one, else from the words that follow."""

import re

from marchland.model.annotated import Sentence, Token
from marchland.model.tree import Tree

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "advmod", "amod", "nmod", "det", "predet"})
_SCALE_WORDS = frozenset(
    {"dozen", "hundred", "thousand", "million", "billion", "trillion", "dozens", "score", "percent", "cent", "%", "$"}
)
_STOP = frozenset(
    (
        "the a an its their his her our this that these those and or but in on at to from by with for as of "
        "than per is are was were be been has have had will would may might can could who which when where "
        "while after before since until during against into over under near not also were said killed wounded "
        "injured died took held joined from"
    ).split()
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "lives": "life",
    "servicemen": "serviceman",
}
_IRREGULAR |= {
    "troops": "troop",
    "police": "police",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "staff": "staff",
}
_IRREGULAR |= {"policemen": "policeman", "militiamen": "militiaman", "gunmen": "gunman", "series": "series"}
_MERE_NUMBERS = frozenset({"figure", "total", "number", "sum", "strength", "average", "rate", "cost", "amount"})
_WORD = re.compile(r"\s+(\[?)([A-Za-z][\w’'-]*)\]?")
_OF = re.compile(r"\s+(?:of|in|worth of)(?:\s+(?:the|its|their|his|all|these|those|this))?(?=\s)", re.IGNORECASE)
_REACH = 5  # words after a number among which its noun is looked for


def head_index(sentence: Sentence, end: int) -> int:
    """The token that ends at or just before a character; 0 without tokens."""
    return next((t.index for t in reversed(sentence.tokens) if t.start < end), 0)


def counted(
    sentence: Sentence, text: str, number_end: int, end: int, hi: int, *, measured: bool, many: bool
) -> str | None:
    """The lemma of the counted noun, a plural where there are `many`.

    For a measure ("5 km of road") it is what is measured, where the text says so.
    """
    if measured:
        found = _OF.match(text, end, hi)
        return _next_noun(sentence, text, found.end(), hi) if found else None
    if sentence.tokens:
        return _from_tree(sentence, number_end)
    found = _OF.match(text, end, hi)
    return _next_noun(sentence, text, found.end() if found else end, hi, counted_many=many)


def _from_tree(sentence: Sentence, end: int) -> str | None:
    tree = Tree(sentence.tokens)
    at = tree.tokens[head_index(sentence, end)]
    for _ in range(4):
        head = tree.tokens[at.head]
        if at.dep not in _NUMERIC or head.index == at.index or (head.index < at.index and at.dep != "nummod"):
            break
        at = head
        if _noun(at) and not _scale(at):
            return at.lemma
    partitive = next((o for _, o in tree.pobjs(at.index, "of")), None)
    if partitive is not None:
        return partitive.lemma if _noun(partitive) else None
    if at.dep == "pobj" and tree.tokens[at.head].lemma == "of":  # "a force of 10,000" counts the force
        owner = tree.tokens[tree.tokens[at.head].head]
        return owner.lemma if _noun(owner) and owner.lemma not in _MERE_NUMBERS else None
    return None


def _noun(t: Token) -> bool:
    return t.tag.startswith("NN")


def _scale(t: Token) -> bool:
    return t.lemma in _SCALE_WORDS or t.text.lower() in _SCALE_WORDS


def _next_noun(sentence: Sentence, text: str, at: int, hi: int, *, counted_many: bool = False) -> str | None:
    if sentence.tokens:
        return next((t.lemma for t in _phrase(sentence.tokens, at) if t.tag in ("NN", "NNS")), None)
    first: str | None = None
    for _ in range(_REACH):
        m = _WORD.match(text, at, hi)
        if m is None or m[2].lower() in _STOP:
            break
        word = m[2]
        if word.islower() and (_plural(word) or word in _IRREGULAR):
            return _singular(word)
        first, at = first or word, m.end()
    return first if first and first.islower() and not counted_many else None


def _phrase(tokens: tuple[Token, ...], at: int) -> list[Token]:
    """The last noun of the run of modifiers and nouns that begins at a character."""
    last: list[Token] = []
    for t in tokens:
        if t.start < at:
            continue
        if t.tag.startswith("NN"):
            last = [t]
        elif not t.tag.startswith(("JJ", "VBN", "VBG", "POS", "CD", "DT", "PRP$")) or (
            last and t.tag in ("VBN", "VBG", "DT")
        ):
            break
    return last


def _plural(word: str) -> bool:
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not _plural(word):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
