"""Who is meant by "the army", "its neighbour" or "it"? Learned weights rank the states and bodies that the text has named.

Each candidate gets features of how it was told (where, how often, in which slot) beside those of the phrase; the likeliest is
taken, or none where "none" is likelier. The weights are made by `training/train.py`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marchland.lexicon.linear import binary
from marchland.model.annotated import Name, Sentence, Token
from marchland.model.document import BlockKind, Span
from marchland.model.tree import Tree, slot_of

type Key = tuple[str | None, str | None]  # country, organisation

MODEL = "whose"
NOBODY: Key = (None, None)
_FAR = 6  # sentences beyond which distance no longer counts
_LATEST = 12  # candidates that are looked at


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of a state or body: by a party, a place, the headline or the dateline."""

    key: Key
    sentence: int
    head: int
    slot: str
    kind: str
    sector: str
    word: str = ""  # lemma of its head word
    paragraph: int = -1
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is to be resolved."""

    word: str
    sort: str  # "he", "it", "they" or the sector of a noun
    slot: str
    determiner: str
    plural: bool
    sentence: int
    paragraph: int
    head: int
    title: bool
    first: bool  # in the first sentence of the body


@dataclass(slots=True)
class Past:
    """What has been told up to here."""

    told: list[Told] = field(default_factory=list)
    counts: dict[Key, int] = field(default_factory=dict)

    def add(self, told: Told) -> None:
        """One more mention."""
        self.told.append(told)
        self.counts[told.key] = self.counts.get(told.key, 0) + 1

    def opener(self, paragraph: int) -> Key | None:
        """Whom the paragraph names first, as its subject if it has one."""
        found = [t for t in self.told if t.paragraph == paragraph and t.kind != "place"]
        if not found:
            return None
        first = min(found, key=lambda t: (t.sentence, t.head))
        subjects = [t for t in found if t.sentence == first.sentence and t.slot == "subject"]
        return min(subjects, key=lambda t: t.head).key if subjects else first.key

    def last_subject(self, p: Phrase) -> Key | None:
        """Who was the subject last, before the phrase?"""
        at = (p.sentence, p.head)
        found = [t for t in self.told if t.slot == "subject" and (t.sentence, t.head) < at]
        return max(found, key=lambda t: (t.sentence, t.head)).key if found else None

    def by_key(self, p: Phrase) -> dict[Key, list[Told]]:
        """Mentions of each candidate, those before the phrase first and the nearest of them foremost."""
        at = (p.sentence, p.head)
        before = [t for t in self.told if (t.sentence, t.head) < at]
        before.sort(key=lambda t: (t.sentence, t.head), reverse=True)
        after = [t for t in self.told if t.sentence == p.sentence and t.head > p.head]
        out: dict[Key, list[Told]] = {}
        for told in (*before, *after):
            out.setdefault(told.key, []).append(told)
        return dict(list(out.items())[:_LATEST])


def phrase(tree: Tree, token: Token, sentence: Sentence, sort: str) -> Phrase:
    """Describe a bare party or a pronoun."""
    determiner = next(
        (c.lemma if c.tag == "DT" else "own" if c.tag == "PRP$" else "adj"
         for c in tree.children[token.index] if c.dep in ("det", "poss", "amod")), "none",
    )  # fmt: skip
    return Phrase(
        word=token.lemma,
        sort=sort,
        slot=slot_of(tree, token.index),
        determiner=determiner,
        plural=token.tag in ("NNS", "NNPS"),
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        head=token.index,
        title=sentence.block is BlockKind.TITLE,
        first=sentence.index == 0,
    )


def _governor(tree: Tree, index: int) -> int:
    """The verb in whose clause a word stands."""
    for t in tree.ancestors(index):
        if t.tag.startswith(("VB", "MD")):
            return t.index
    return -1


@dataclass(frozen=True, slots=True)
class Scope:
    """What is the same for all candidates of a phrase."""

    phrase: Phrase
    tree: Tree
    counts: dict[Key, int]
    most: int  # mentions of the candidate that is told most
    subject: Key | None  # the last one before the phrase
    opener: Key | None  # of the paragraph

    @classmethod
    def of(cls, p: Phrase, past: Past, tree: Tree) -> "Scope":
        """Look at what has been told."""
        most = max(past.counts.values(), default=0)
        return cls(p, tree, past.counts, most, past.last_subject(p), past.opener(p.paragraph))


def features(scope: Scope, key: Key, told: Sequence[Told], rank: int, ruled: str) -> list[str]:
    """Features of one candidate; `ruled` is how the rules came to it, or "-"."""
    p, tree = scope.phrase, scope.tree
    last = told[0]
    here = [t for t in told if t.sentence == p.sentence and t.kind not in ("headline", "dateline")]
    before = [t for t in here if t.head < p.head]
    nearest = before[0] if before else last
    distance = min(p.sentence - nearest.sentence, _FAR)
    where = (
        "before"
        if before
        else "after"
        if here
        else last.kind
        if last.kind in ("headline", "dateline")
        else f"-{distance}"
    )
    entity = "body" if key[0] is None else "state's body" if key[1] else "state"
    clause = ""
    if before:
        together = _governor(tree, nearest.head) == _governor(tree, p.head)
        clause = f"{'same' if together else 'other'},{nearest.slot}"
    kinds = {t.kind for t in told}
    person = any(t.kind == "person" or (t.name is not None and t.name.office is not None) for t in told)
    alike = any(t.sector == p.sort for t in told)
    latest_subject = scope.subject == key
    count = min(scope.counts.get(key, 0), 4)
    most = scope.counts.get(key, 0) == scope.most
    topic = scope.opener == key
    marks = [
        f"{kind},{x}"
        for kind in sorted(kinds & {"place", "headline", "dateline"})
        for x in (f"sort={p.sort}", f"det={p.determiner}")
    ]
    return [
        f"entity={entity}",
        f"entity,sort={entity},{p.sort}",
        f"entity,word={entity},{p.word}",
        f"sector,word={nearest.sector},{p.word}",
        f"where={where}",
        f"where,sort={where},{p.sort}",
        f"where,det={where},{p.determiner}",
        f"where,slot={where},{p.slot}",
        f"where,last={where},{nearest.slot},{nearest.kind}",
        f"rank={rank}",
        f"rank,sort={rank},{p.sort}",
        f"rank,det={rank},{p.determiner}",
        f"last={nearest.slot},{p.sort}",
        f"last,slot={nearest.slot},{p.slot}",
        f"kind={nearest.kind},{p.sort}",
        f"kind,word={nearest.kind},{p.word}",
        f"clause={clause},{p.slot}",
        f"clause,sort={clause},{p.sort}",
        f"clause,det={clause},{p.determiner}",
        f"person={person},{p.sort}",
        f"person,last={nearest.kind == 'person'},{p.sort},{where}",
        f"alike={alike},{p.sort}",
        f"alike,where={alike},{where}",
        f"count={count},{most}",
        f"count,sort={count},{most},{p.sort}",
        f"subject={latest_subject},{p.sort},{p.slot}",
        f"topic={topic},{p.sort}",
        f"topic,where={topic},{where}",
        f"topic,det={topic},{p.determiner}",
        f"topic,subject={topic},{latest_subject},{count}",
        f"twin={any(t.word == p.word for t in told)},{p.sort}",
        f"title={p.title},{where}",
        f"first={p.first},{where}",
        f"ruled={ruled}",
        f"ruled,sort={ruled},{p.sort}",
        f"ruled,det={ruled},{p.determiner}",
        f"ruled,word={ruled},{p.word}",
        f"ruled,where={ruled},{where}",
        *marks,
    ]


def none_features(p: Phrase, ruled: str, candidates: int) -> Iterator[str]:
    """Features of "nobody that is named"."""
    yield "none"
    yield f"none,sort={p.sort}"
    yield f"none,word={p.word}"
    yield f"none,det={p.determiner}"
    yield f"none,sort,det={p.sort},{p.determiner}"
    yield f"none,slot={p.slot}"
    yield f"none,plural={p.plural},{p.sort}"
    yield f"none,ruled={ruled}"
    yield f"none,many={min(candidates, 3)}"
    yield f"none,title={p.title}"


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one phrase with their features, "nobody" first."""

    phrase: Phrase
    keys: tuple[Key, ...]
    rows: tuple[tuple[str, ...], ...]

    def scores(self) -> list[float]:
        """The model's score of each candidate."""
        weights = binary(MODEL)
        return [weights.score(row) for row in self.rows]

    def odds(self) -> list[float]:
        """The probability of each candidate."""
        scores = self.scores()
        top = max(scores)
        exps = [math.exp(s - top) for s in scores]
        return [e / sum(exps) for e in exps]


def choice(p: Phrase, past: Past, tree: Tree, ruled: dict[Key, str]) -> Choice:
    """Everything that may be meant; `ruled` holds what the rules would take, with their way to it."""
    by_key = past.by_key(p)
    scope = Scope.of(p, past, tree)
    way = next(iter(ruled.values()), "-")
    other = "other" if ruled else "-"
    rows = [tuple(none_features(p, way, len(by_key)))]
    rows += [
        tuple(features(scope, k, told, min(i, 4), ruled.get(k, other))) for i, (k, told) in enumerate(by_key.items())
    ]
    return Choice(p, (NOBODY, *by_key), tuple(rows))


def learned(asked: Choice, _span: Span) -> list[float]:
    """What the shipped weights say."""
    return asked.odds()
