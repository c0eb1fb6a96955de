"""The labelled texts as the encoder is trained on them: word pieces, and what each word and pair of words tells.

    python training/passages.py OUT.json

First half of making the weights of `src/marchland/lexicon/models/encoder/`; `encoder.py`, which needs PyTorch and nothing of marchland,
does the second. A line of JSON for each text:

* `pieces`: rows of the vocabulary, with the marks at both ends; `words`: the first piece of each word.
* `acts`: [piece, type] where a word tells an act; `open`: [piece, type or -1] where it may or may not, which is not learned from.
* `sides`: [piece of the act, piece of a party, type, step, answer]: 0 no side, 1 actor, 2 recipient.
* `days`, `grounds`: [piece of the act, type, [[piece, step, right], ...]]: which date or place is the act's; none right: none is told.
* `whose`: [piece of a bare party or pronoun, 0, [[piece, step, right], ...]]: which of the names and places told before it, or beside it,
  means the same.
"""

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import antecedents
from blocks import LabelledText, Party, Told, read_blocks
from marchland.annotate import Annotator
from marchland.encoder.heads import step
from marchland.encoder.wordpiece import FIRST, LAST, pieces, vocabulary, words
from marchland.model.annotated import Annotated, Name, PlaceName, Sentence, Token
from marchland.model.ontology import EventType
from told import overlaps, spans

HERE = Path(__file__).parent
LONGEST = 400  # pieces of a text; what stands behind is left out
TYPES = {kind.value: row for row, kind in enumerate(EventType)}
_TOLD = frozenset(
    {"named", "adjective", "possessive", "apposition", "office"}
)  # a name that says by itself who is meant
_DAYS_BACK = 3  # sentences in which an act's day is looked for

type Choice = list[int | list[list[int]]]


@dataclass(slots=True)
class Row:
    """One text."""

    id: str
    pieces: list[int]
    words: list[int]
    acts: list[list[int]] = field(default_factory=list)
    open: list[list[int]] = field(default_factory=list)
    sides: list[list[int]] = field(default_factory=list)
    days: list[Choice] = field(default_factory=list)
    grounds: list[Choice] = field(default_factory=list)
    whose: list[Choice] = field(default_factory=list)


class Passage:
    """One text cut into pieces, with its labels."""

    def __init__(self, label: LabelledText, doc: Annotated) -> None:
        self.label, self.doc = label, doc
        self.text = doc.document.text
        self.tokens = sorted(t.start for s in doc.sentences for t in s.tokens)
        rows: list[int] = []
        self.starts: list[int] = []
        for start, end in words(self.text):
            found = pieces(self.text[start:end])
            rows += found
            self.starts += [start] * len(found)
        known = vocabulary()
        self.starts = self.starts[:LONGEST]
        shown = [self.piece(t) for t in self.tokens if self.shown(t)]
        self.row = Row(label.id, [known[FIRST], *rows[:LONGEST], known[LAST]], sorted(set(shown)))

    def shown(self, start: int) -> bool:
        """Does the word at a character stand in the part that is kept?"""
        return bool(self.starts) and start <= self.starts[-1]

    def piece(self, start: int) -> int:
        """The first piece of the word at a character; the mark at the start counts as piece 0."""
        at = max(bisect_right(self.starts, start) - 1, 0)
        return bisect_right(self.starts, self.starts[at] - 1) + 1

    def step(self, act: int, other: int, back: int) -> int:
        """How far another word stands from an act."""
        return step(bisect_right(self.tokens, other) - bisect_right(self.tokens, act), back)

    @cached_property
    def parties(self) -> list[tuple[Name, int]]:
        """Names with the character of their head words."""
        found = ((n, self.doc.sentences[n.sentence].tokens) for n in self.doc.names)
        return [(n, tokens[n.head].start) for n, tokens in found if tokens]

    def filled(self) -> Row:
        """The row of the text."""
        for told in self.label.events:
            places = [x for x in (self._found(a, b) for a, b in spans(self.text, told.trigger)) if x is not None]
            for number, (sentence, head, others) in enumerate(places):
                self.row.open += [[self.piece(t.start), -1] for t in others]
                if number or told.optional:  # a word told twice: which one tells the act is not said
                    self.row.open.append([self.piece(head.start), -1])
                if not number:
                    self._act(told, sentence, head)
        return self.row

    def _found(self, start: int, end: int) -> tuple[Sentence, Token, list[Token]] | None:
        """The sentence, the head and the other words of a trigger."""
        sentence = next((s for s in self.doc.sentences if s.span.start <= start < s.span.end), None)
        inside = [t for t in sentence.tokens if start <= t.start and t.end <= end] if sentence else []
        if sentence is None or not inside or not self.shown(inside[-1].start):
            return None
        own = {t.index for t in inside}
        head = next((t for t in inside if t.head not in own or t.head == t.index), inside[0])
        return sentence, head, [t for t in inside if t is not head]

    def _act(self, told: Told, sentence: Sentence, head: Token) -> None:
        at, kind = self.piece(head.start), TYPES[told.event_type]
        if not told.optional:
            self.row.acts += [[at, TYPES[k]] for k in {told.event_type, told.base or told.event_type}]
        self.row.open += [[at, TYPES[k]] for k in told.alternatives]
        for (name, start), answer in zip(self.parties, self._answers(told, sentence, head), strict=True):
            if answer is not None and self.shown(start):
                near = self.step(head.start, start, sentence.index - name.sentence)
                self.row.sides.append([at, self.piece(start), kind, near, answer])
        if any(e.date for e in self.label.events):
            self._day(told, sentence, head)
        self._ground(told, sentence, head)
        for party in (*told.actors, *told.recipients):
            self._whose(party, sentence, head)

    def _answers(self, told: Told, sentence: Sentence, head: Token) -> Iterator[int | None]:
        """What each party is in an act; None where the labels do not say which of its mentions tells it."""
        sides = list(_sides(told))
        worded: dict[int, int] = {}
        found: set[Party] = set()
        for party, answer in sides:
            here = self._within(party, sentence)
            nearest = min(here, key=lambda s: abs(s[0] - head.start), default=None)
            hits = [
                i
                for i, (n, _) in enumerate(self.parties)
                if nearest and n.sentence == sentence.index and overlaps((n.span.start, n.span.end), [nearest])
            ]
            worded.update(dict.fromkeys(hits, answer))
            found |= {party} if hits else set()
        for i, (name, _) in enumerate(self.parties):
            if i in worded:
                yield worded[i]
            elif name.sentence > sentence.index:
                yield None
            else:
                same = next(((p, a) for p, a in sides if _same(p, name)), None)
                beside = name.sentence == sentence.index
                if same is None:
                    yield 0
                else:
                    yield None if same[0] in found or (beside and same[0].text) else same[1]

    def _within(self, party: Party, sentence: Sentence) -> list[tuple[int, int]]:
        """Where the words of a party stand in a sentence."""
        found = spans(self.text, party.text) if party.text else []
        return [s for s in found if sentence.span.start <= s[0] < sentence.span.end]

    def _day(self, told: Told, sentence: Sentence, head: Token) -> None:
        said = spans(self.text, told.date) if told.date else []
        times = [t for t in self.doc.times if 0 <= sentence.index - t.sentence <= _DAYS_BACK]
        hits = [t for t in times if overlaps((t.span.start, t.span.end), said)]
        hits = [t for t in hits if t.sentence == sentence.index] or hits[-1:]
        if not hits and told.date:
            return
        choices = []
        for t in times:
            tokens = self.doc.sentences[t.sentence].tokens
            if tokens and self.shown(tokens[t.head].start):
                start = tokens[t.head].start
                near = self.step(head.start, start, sentence.index - t.sentence)
                choices.append([self.piece(start), near, int(t in hits)])
        self.row.days.append([self.piece(head.start), TYPES[told.event_type], choices])

    def _ground(self, told: Told, sentence: Sentence, head: Token) -> None:
        choices: dict[int, list[int]] = {}
        mentions: list[Name | PlaceName] = [*self.doc.places, *self.doc.names]
        for x in mentions:
            tokens = self.doc.sentences[x.sentence].tokens
            if x.country and tokens and x.sentence <= sentence.index and self.shown(tokens[x.head].start):
                start = tokens[x.head].start
                near = self.step(head.start, start, sentence.index - x.sentence)
                choices.setdefault(start, [self.piece(start), near, int(x.country == told.where)])
        if told.where is None or any(right for _, _, right in choices.values()):
            self.row.grounds.append([self.piece(head.start), TYPES[told.event_type], list(choices.values())])

    def _whose(self, party: Party, sentence: Sentence, head: Token) -> None:
        """Whom a bare party of the act means, by the mentions that say it."""
        here = self._within(party, sentence)
        nearest = min(here, key=lambda s: abs(s[0] - head.start), default=None)
        for name, start in self.parties:
            inside = nearest is not None and name.sentence == sentence.index
            bare = name.kind == "pronoun" or name.resolved not in _TOLD
            if inside and bare and overlaps((name.span.start, name.span.end), here) and self.shown(start):
                choices = {
                    at: [self.piece(at), self.step(start, at, name.sentence - other.sentence), int(hit)]
                    for other, at, hit in self._meant(party, name)
                }
                if any(hit for _, _, hit in choices.values()):
                    self.row.whose.append([self.piece(start), 0, list(choices.values())])

    def _meant(self, party: Party, bare: Name) -> Iterator[tuple[Name | PlaceName, int, bool]]:
        mentions: list[Name | PlaceName] = [*self.doc.places, *self.doc.names]
        for x in mentions:
            tokens = self.doc.sentences[x.sentence].tokens
            if not tokens or x.sentence > bare.sentence or (x.head == bare.head and x.sentence == bare.sentence):
                continue
            start = tokens[x.head].start
            if not self.shown(start):
                continue
            if isinstance(x, PlaceName):
                if x.country:
                    yield x, start, x.country == party.country
            elif (x.country or x.org) and x.kind != "pronoun" and x.resolved in _TOLD:
                yield x, start, _same(party, x)


def _sides(told: Told) -> Iterator[tuple[Party, int]]:
    mutual = len(told.actors) > 1 and not told.recipients
    yield from ((p, 1) for p in told.actors)
    yield from ((p, 1 if mutual else 2) for p in told.recipients)


def _same(party: Party, name: Name) -> bool:
    if party.org is not None and name.org == party.org:
        return True
    one = party.org is None or name.org is None
    return party.country is not None and name.country == party.country and one


def main() -> int:
    """Write the rows."""
    texts = [t for f in sorted(HERE.glob("*.txt")) for t in read_blocks(f)]
    docs = Annotator(encoder=False)(antecedents.documents(texts))
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for label, doc in zip(texts, docs, strict=True):
            row = Passage(label, doc).filled()
            if row.words:
                out.write(json.dumps({name: getattr(row, name) for name in Row.__slots__}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
