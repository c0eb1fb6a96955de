"""One document as the encoder sees it: cut into passages, each read when first asked for."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from marchland.encoder.heads import act_log_odds, none_scores, pair_scores, step
from marchland.encoder.transformer import LONGEST, encoded
from marchland.encoder.weights import Array, encoder_available
from marchland.encoder.wordpiece import FIRST, LAST, pieces, vocabulary, words
from marchland.model.annotated import Sentence
from marchland.model.document import BlockKind
from marchland.model.ontology import EventType

_CONTEXT = 110  # pieces before a sentence that are read with it, where the text has them
_PASSAGE = 320  # pieces of a passage
_LEAD = 3  # sentences of a news lead at most, its headline left out
_KEPT = 16  # passages kept, since the annotator and the reader ask for the same ones
_NONE = {"when": 0, "whose": 2}  # where "no day is told" and "nobody that is named" stand among the scores of none
_KINDS = {kind.value: row for row, kind in enumerate(EventType)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of the document: the character at which it starts, and its sentence."""

    start: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Passage:
    first: int  # its first sentence
    starts: tuple[int, ...]  # where the word of each piece starts
    end: int  # the character after what was read
    vectors: Array  # without the marks at the ends

    def row(self, start: int) -> int | None:
        """The first piece of the word at a character; None where the passage does not reach it."""
        if not self.starts or not self.starts[0] <= start < self.end:
            return None
        at = bisect_right(self.starts, start) - 1
        return bisect_right(self.starts, self.starts[at] - 1)


def is_long(sentences: Sequence[Sentence]) -> bool:
    """Has a text more sentences than a news lead?"""
    return sum(s.block is not BlockKind.TITLE for s in sentences[: _LEAD + 2]) > _LEAD


@lru_cache(maxsize=_KEPT)
def _vectors(rows: tuple[int, ...]) -> Array:
    return encoded(np.array(rows, dtype=np.int64))


def passages(text: str, sentences: Sequence[Sentence]) -> "Passages | None":
    """A long text as the encoder sees it; None for a news lead, or where the weights are not there."""
    return Passages(text, sentences) if encoder_available() and is_long(sentences) else None


class Passages:
    """Asked for words by their place in the text."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._spans = [(s.span.start, s.span.end) for s in sentences]
        self._tokens = sorted(t.start for s in sentences for t in s.tokens)
        self._read: dict[int, _Passage] = {}
        self._acts: dict[int, Array] = {}
        self._told: dict[Spot, dict[str, float]] = {}

    def acts(self, word: Spot) -> dict[str, float]:
        """The log-odds that a word tells an act of each type; empty where it stands outside what is read."""
        if word not in self._told:
            self._told[word] = self._acts_at(word)
        return self._told[word]

    def _acts_at(self, word: Spot) -> dict[str, float]:
        passage = self._passage(word.sentence)
        row = passage.row(word.start)
        if row is None:
            return {}
        number = self._number[word.sentence]
        if number not in self._acts:
            self._acts[number] = act_log_odds(passage.vectors)
        return dict(zip(_KINDS, map(float, self._acts[number][row]), strict=True))

    def roles(self, act: Spot, kind: str, parties: Sequence[Spot]) -> list[tuple[float, float, float] | None]:
        """Scores of each party's being no side of an act, its actor, its recipient."""
        found = self._pairs("role", act, kind, parties)
        return [None if x is None else (float(x[0]), float(x[1]), float(x[2])) for x in found]

    def days(self, act: Spot, kind: str, times: Sequence[Spot]) -> list[float] | None:
        """Scores of "no day is told" and of each date for an act."""
        return self._choice("when", act, kind, times)

    def antecedents(self, bare: Spot, names: Sequence[Spot]) -> list[float]:
        """Log-probabilities of each name or place meaning the same as a bare party; minus infinity where it is too far back."""
        found = self._choice("whose", bare, next(iter(_KINDS)), names)
        scores = np.array(found[1:] if found else [float("-inf")] * len(names))
        if not np.isfinite(scores).any():
            return [float("-inf")] * len(names)
        return [float(x) for x in scores - np.logaddexp.reduce(scores)]

    def _choice(self, head: str, act: Spot, kind: str, others: Sequence[Spot]) -> list[float] | None:
        passage = self._passage(act.sentence)
        row = passage.row(act.start)
        if row is None:
            return None
        found = self._pairs(head, act, kind, others)
        nothing = float(none_scores(passage.vectors[row])[_NONE[head]])
        return [nothing, *(float("-inf") if x is None else float(x[0]) for x in found)]

    def _pairs(self, head: str, act: Spot, kind: str, others: Sequence[Spot]) -> list[Array | None]:
        passage = self._passage(act.sentence)
        at = passage.row(act.start)
        told = [passage.row(o.start) if o.sentence >= passage.first else None for o in others]
        known = {i: row for i, row in enumerate(told) if row is not None}
        out: list[Array | None] = [None] * len(others)
        if at is None or not known:
            return out
        here = self._position(act.start)
        steps = [step(self._position(o.start) - here, act.sentence - o.sentence) for o in (others[i] for i in known)]
        vectors = passage.vectors[list(known.values())]
        for i, scores in zip(known, pair_scores(head, passage.vectors[at], vectors, _KINDS[kind], steps), strict=True):
            out[i] = scores
        return out

    def _position(self, start: int) -> int:
        return bisect_right(self._tokens, start)

    # ---- passages ----

    @cached_property
    def _cut(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Rows of the pieces of each sentence and where their words start."""
        out = []
        for start, end in self._spans:
            rows: list[int] = []
            starts: list[int] = []
            for a, b in words(self._text, start, end):
                found = pieces(self._text[a:b])
                rows += found
                starts += [a] * len(found)
            out.append((tuple(rows), tuple(starts)))
        return out

    @cached_property
    def _plan(self) -> list[tuple[int, int, int]]:
        """Passages as sentences: the first one read, the first one asked, the one after the last."""
        sizes = [len(rows) for rows, _ in self._cut]
        out = []
        asked = 0
        while asked < len(sizes):
            first, size = asked, 0
            while first > 0 and size + sizes[first - 1] <= _CONTEXT:
                first -= 1
                size += sizes[first]
            end = asked
            while end < len(sizes) and (end == asked or size + sizes[end] <= _PASSAGE):
                size += sizes[end]
                end += 1
            out.append((first, asked, end))
            asked = end
        return out

    @cached_property
    def _number(self) -> list[int]:
        """The passage in which each sentence is asked."""
        return [n for n, (_, asked, end) in enumerate(self._plan) for _ in range(asked, end)]

    def _passage(self, sentence: int) -> _Passage:
        number = self._number[sentence]
        if number not in self._read:
            first, _, end = self._plan[number]
            rows = [r for i in range(first, end) for r in self._cut[i][0]][:LONGEST]
            starts = [s for i in range(first, end) for s in self._cut[i][1]]
            stop = starts[LONGEST] if len(starts) > LONGEST else self._spans[end - 1][1]
            known = vocabulary()
            vectors = _vectors((known[FIRST], *rows, known[LAST]))[1:-1]
            self._read[number] = _Passage(first, tuple(starts[:LONGEST]), stop, vectors)
        return self._read[number]
