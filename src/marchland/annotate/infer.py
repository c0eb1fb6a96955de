"""Whose is a party that the text leaves bare: "the police", "its envoy", "he"?

Looks, in this order, at a possessive pronoun's antecedent, the place the sentence names, what the document named just
before, the headline, and the dateline; `resolved` says which it was, so that a reader can weigh it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import exp

from marchland.annotate.whose import MODEL, NOBODY, Choice, Key, Past, Told, choice, learned, phrase
from marchland.encoder import Passages, Spot
from marchland.lexicon.linear import available
from marchland.model.annotated import Name, PlaceName, Sentence, Token
from marchland.model.document import BlockKind, Span
from marchland.model.ontology import PlaceKind, Sector
from marchland.model.tree import Tree, slot_of

type Judge = Callable[[Choice, Span], list[float]]

_SEEN, _LEAST = 0.5, 0.01  # weight of what the encoder says, and the least that it says of a candidate
_TOLD = frozenset(
    {"named", "adjective", "possessive", "apposition", "office"}
)  # a name that says by itself who is meant
_LEAD = 6  # sentences up to which a text is taken for a news lead
_SURE = 2.0  # in a news lead, how many times likelier than the rules' choice another must be

_PERSONAL = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person", "it": "state", "its": "state",
    "they": "group", "them": "group", "their": "group",
}  # fmt: skip
_STATES = frozenset(
    {"country", "state", "nation", "republic", "kingdom", "side", "neighbour", "neighbor", "emirate", "government"}
)
_POWERS = _STATES | {"power", "ally", "capital"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "outside", "across", "around", "throughout", "inside", "of", "from"}
)
_OFFICE_SECTORS = frozenset({Sector.GOV, Sector.LEG, Sector.JUD})
_ORGANS = _OFFICE_SECTORS | {Sector.MIL, Sector.COP, Sector.SPY, Sector.PTY, Sector.OPP}
_LOCALS = frozenset(
    {
        Sector.CVL,
        Sector.REB,
        Sector.CRM,
        Sector.REF,
        Sector.LAB,
        Sector.EDU,
        Sector.MED,
        Sector.REL,
        Sector.SOC,
        Sector.JRN,
    }
)


@dataclass(slots=True)
class Seen:
    """What the document has named up to here, latest last."""

    parties: list[tuple[Name, bool]] = field(default_factory=list)  # with: was it a subject?
    headline: str | None = None
    dateline: str | None = None
    ground: str | None = None  # the one country in which the whole document places things

    def last(self, kind: str) -> Name | None:
        """The antecedent of a pronoun: the latest subject of that kind, else the latest mention."""
        fits = [(n, s) for n, s in self.parties[-12:] if _fits(n, kind)]
        subjects = [n for n, s in fits if s]
        return subjects[-1] if subjects else fits[-1][0] if fits else None


def _fits(name: Name, kind: str) -> bool:
    if kind == "person":
        return name.kind == "person" or (name.kind == "agent" and name.office is not None)
    if kind == "state":
        return name.kind in ("country", "capital", "org", "seat")
    return name.kind != "person" and name.office is None


def infer(
    sentences: tuple[Sentence, ...],
    names: list[list[Name]],
    places: list[list[PlaceName]],
    dateline: str | None,
    judge: Judge | None = None,
    passages: Passages | None = None,
) -> list[list[Name]]:
    """Fill the country of bare parties and add the pronouns that stand for parties, sentence by sentence.

    `judge` gives each candidate of a phrase its probability: the learned ranking unless another is given. `passages` is what the
    encoder has seen of a long text.
    """
    seen = Seen(dateline=dateline)
    counts = Counter(n.country for found in names for n in found if n.country)
    only = next(iter(counts)) if len(counts) == 1 else None
    out = []
    trees = [Tree(s.tokens) for s in sentences]
    grounds = [_location(t, n, p) for t, n, p in zip(trees, names, places, strict=True)]
    told = {g for g in grounds if g}
    seen.ground = next(iter(told)) if len(told) == 1 else None
    ranking = Ranking(dateline, judge, Sight(passages, sentences), sure=_SURE if len(sentences) <= _LEAD else 1.0)
    for sentence, tree, found, here, located in zip(sentences, trees, names, grounds, places, strict=True):
        ranking.open(sentence, tree, found, located)
        done: list[Name] = []
        for n in found:
            for settled in ranking.settled(n, _described(n, tree, seen) or (_settle(n, tree, seen, here, only),)):
                done.append(settled)
                if settled.country or settled.org:
                    seen.parties.append((settled, _is_subject(tree, n.head)))
        done += _pronouns(sentence, tree, seen, done, ranking)
        done.sort(key=lambda n: (n.span.start, n.span.end))
        if sentence.block is BlockKind.TITLE and seen.headline is None:
            seen.headline = next((n.country for n in done if n.country), None) or here
        out.append(done)
    return out


class Sight:
    """What the encoder of long texts says of whom a phrase means; without it the odds stay as they are."""

    def __init__(self, passages: Passages | None, sentences: tuple[Sentence, ...]) -> None:
        self.passages, self.sentences = passages, sentences

    def weighed(self, odds: list[float], asked: Choice, span: Span, past: Past) -> list[float]:
        """The probabilities of a phrase's candidates with what the encoder has seen."""
        told = [t for t in past.told if t.sentence >= 0 and (t.name is None or t.name.resolved in _TOLD)]
        if self.passages is None or not told:
            return odds
        spots = [Spot(self.sentences[t.sentence].tokens[t.head].start, t.sentence) for t in told]
        seen: dict[Key, float] = {}
        bare = Spot(self._word(asked, span), asked.phrase.sentence)
        for t, share in zip(told, self.passages.antecedents(bare, spots), strict=True):
            seen[t.key] = seen.get(t.key, 0.0) + exp(share)
        shares = [seen.get(k, 0.0) if k != NOBODY else 1 / len(odds) for k in asked.keys]
        found = [p * max(s, _LEAST) ** _SEEN for p, s in zip(odds, shares, strict=True)]
        return [p / sum(found) for p in found]

    def _word(self, asked: Choice, span: Span) -> int:
        tokens = self.sentences[asked.phrase.sentence].tokens
        return tokens[asked.phrase.head].start if tokens else span.start


class Ranking:
    """The learned second opinion on whom a phrase means, beside what the rules would take."""

    def __init__(self, dateline: str | None, judge: Judge | None, sight: "Sight", sure: float = 1.0) -> None:
        self.sure = sure
        self.sight = sight
        self.judge = judge or (learned if available((MODEL,)) else None)
        self.past = Past()
        self.sentence: Sentence
        self.tree: Tree
        if dateline:
            self.past.add(Told((dateline, None), -1, -1, "other", "dateline", "-"))

    def open(self, sentence: Sentence, tree: Tree, found: list[Name], located: list[PlaceName]) -> None:
        """Take what a sentence names by itself."""
        self.sentence, self.tree = sentence, tree
        if self.judge is None:
            return
        for p in located:
            if p.country and p.kind not in (PlaceKind.SEA, PlaceKind.AIRSPACE):
                self._tell((p.country, None), p.head, "place", "-", None)
        for n in found:
            if n.country or n.org:
                self.tell(n)

    def tell(self, n: Name) -> None:
        """Take a resolved party."""
        self._tell((n.country, n.org), n.head, n.kind, n.sector.value, n)

    def _tell(self, key: Key, head: int, kind: str, sector: str, name: Name | None) -> None:
        if self.sentence.block is BlockKind.TITLE:
            kind = "headline"
        slot, word = slot_of(self.tree, head), self.tree.tokens[head].lemma
        self.past.add(Told(key, self.sentence.index, head, slot, kind, sector, word, self.sentence.paragraph, name))

    def settled(self, bare: Name, ruled: tuple[Name, ...]) -> tuple[Name, ...]:
        """A bare party with its state or body, or with the two that it stands for."""
        if self.judge is None or bare.country or bare.org or bare.resolved != "bare" or bare.sector is Sector.UAF:
            return ruled
        token = self.tree.tokens[bare.head]
        if len(ruled) == 1 and token.tag == "NNS" and token.lemma in _POWERS:
            return ruled
        ways = {(n.country, n.org): n.resolved for n in ruled if n.country or n.org}
        asked = choice(phrase(self.tree, token, self.sentence, bare.sector.value), self.past, self.tree, ways)
        best = self._best(asked, bare.span, len(ruled), ways)
        own = any(c.tag == "PRP$" for c in self.tree.children[bare.head])
        out = tuple(self._meant(bare, key, ways, own=own) for key in best if key != NOBODY) or (bare,)
        for n in out:
            if n.country or n.org:
                self.tell(n)
        return out

    def antecedent(self, t: Token, kind: str, ruled: Name | None) -> Name | None:
        """The party that a pronoun stands for."""
        if self.judge is None:
            return ruled
        ways = {(ruled.country, ruled.org): "coreference"} if ruled else {}
        asked = choice(phrase(self.tree, t, self.sentence, t.lemma), self.past, self.tree, ways)
        key = self._best(asked, Span(start=t.start, end=t.end), 1, ways)[0]
        if key == NOBODY:
            return None
        if ruled is not None and key == (ruled.country, ruled.org):
            return ruled
        told = [x.name for x in reversed(self.past.told) if x.key == key and x.name is not None]
        fits = [n for n in told if _fits(n, kind)]
        return next(iter((*fits, *told)), None) or Name(
            span=Span(start=t.start, end=t.end),
            sentence=self.sentence.index,
            head=t.index,
            kind="country",
            country=key[0],
            org=key[1],
            sector=Sector.GOV,
        )

    def _best(self, asked: Choice, span: Span, number: int, ways: dict[Key, str]) -> list[Key]:
        assert self.judge is not None
        odds = self.sight.weighed(self.judge(asked, span), asked, span, self.past)
        order = sorted(range(len(odds)), key=lambda i: -odds[i])
        if number > 1:
            return [asked.keys[i] for i in order if asked.keys[i] != NOBODY][:number]
        ruled = next((i for i, key in enumerate(asked.keys) if key in ways), 0)
        return [asked.keys[order[0] if odds[order[0]] >= self.sure * odds[ruled] else ruled]]

    def _meant(self, bare: Name, key: Key, ways: dict[Key, str], *, own: bool) -> Name:
        country, org = key
        kind = next((t.kind for t in reversed(self.past.told) if t.key == key), "previous")
        how = ways.get(key) or (
            "coreference" if own else kind if kind in ("place", "headline", "dateline") else "previous"
        )
        word = self.tree.tokens[bare.head].lemma
        return replace(
            bare,
            country=country,
            org=org if country is None or not own else None,
            resolved=how,
            political=bare.political or word in _STATES,
        )


def _is_subject(tree: Tree, index: int) -> bool:
    t = tree.tokens[index]
    while t.dep in ("conj", "compound", "amod", "poss", "nmod") and t.head != t.index:
        t = tree.tokens[t.head]
    return t.dep in _SUBJECTS


def _location(tree: Tree, names: list[Name], places: list[PlaceName]) -> str | None:
    """The one country in which the sentence says that it happens; None when it names none or several."""
    found = [p.country for p in places if p.country and p.kind not in (PlaceKind.SEA, PlaceKind.AIRSPACE)]
    for n in names:
        if n.kind in ("country", "capital") and tree.tokens:
            t = tree.tokens[n.head]
            if t.dep == "pobj" and tree.tokens[t.head].lemma in ("in", "across", "throughout", "inside", "near"):
                found += [n.country] if n.country else []
    distinct = {c for c in found if c}
    return next(iter(distinct)) if len(distinct) == 1 else None


def _settle(name: Name, tree: Tree, seen: Seen, here: str | None, only: str | None) -> Name:
    if name.country or name.org or name.resolved != "bare" or name.sector is Sector.UAF:
        return name
    word = tree.tokens[name.head]
    if word.tag == "NNS" and word.lemma in _POWERS:
        return name  # "four neighbours" are states of their own, wherever they meet
    owner = _pronoun_owner(name, tree, seen)
    if owner is not None:
        return replace(
            name, country=owner.country, org=owner.org if not owner.country else None, resolved="coreference"
        )
    if only:
        return replace(name, country=only, resolved="document")
    for country, how in _guesses(name, seen, here):
        if country:
            return replace(name, country=country, resolved=how)
    return name


def _described(name: Name, tree: Tree, seen: Seen) -> tuple[Name, ...]:
    """ "the small country", "the latter", "the two sides": the state or the states named last."""
    if name.country or name.org or name.resolved != "bare":
        return ()
    word = tree.tokens[name.head]
    if word.lemma not in _STATES:
        return ()
    modifiers = {c.lemma for c in tree.children[name.head]}
    if not modifiers & {"the", "this", "that", "both", "these"}:
        return ()
    last = list(dict.fromkeys(n.country for n, _ in reversed(seen.parties) if n.country))
    if modifiers & {"two", "both"} or (word.tag == "NNS" and len(last) == 2):
        return (
            tuple(replace(name, country=c, resolved="coreference", political=True) for c in last[:2])
            if len(last) > 1
            else ()
        )
    if word.tag == "NNS" or not last:
        return ()
    return (replace(name, country=last[0], resolved="coreference", political=True),)


def _guesses(name: Name, seen: Seen, here: str | None) -> tuple[tuple[str | None, str], ...]:
    """Where to look for the country of a bare party, surest first: a state's organ is whose it was before, others belong where they are."""
    ground = here or seen.ground
    if name.sector in _ORGANS or (name.office is not None and name.sector not in _LOCALS):
        last = (seen.dateline, "dateline"), (seen.headline, "headline")
        return ((_same_kind(name, seen), "previous"), *_office_first(name, seen, ground), *last)
    if not name.political and name.sector not in _LOCALS:
        return ((here, "place"),)
    return (ground, "place"), (seen.dateline, "dateline"), (_same_kind(name, seen), "previous")


def _office_first(name: Name, seen: Seen, ground: str | None) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    previous, place = (_previous(seen), "previous"), (ground, "place")
    return (previous, place) if name.sector in _OFFICE_SECTORS else (place, previous)


def _same_kind(name: Name, seen: Seen) -> str | None:
    """The country of the last party of the same sector: "Israeli forces ... the troops"."""
    same = [
        n.country
        for n, _ in seen.parties
        if n.country and n.sector == name.sector and n.kind in ("agent", "person", "org")
    ]
    return same[-1] if same and name.political else None


def _previous(seen: Seen) -> str | None:
    states = [(n.country, s) for n, s in seen.parties if n.country]
    subjects = [c for c, s in states if s]
    return subjects[-1] if subjects else states[-1][0] if states else None


def _pronoun_owner(name: Name, tree: Tree, seen: Seen) -> Name | None:
    for child in tree.having(name.head, "poss"):
        if child.tag == "PRP$":
            kind = "person" if child.lemma in ("his", "her") else "group"
            return seen.last(kind) or seen.last("state")
    return None


def _pronouns(sentence: Sentence, tree: Tree, seen: Seen, named: list[Name], ranking: Ranking) -> list[Name]:
    out = []
    for t in tree.tokens:
        kind = _PERSONAL.get(t.lemma) if t.tag in ("PRP", "PRP$") else None
        if kind is None or t.dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "poss"):
            continue
        if t.dep == "poss" and any(n.head == t.head for n in named):
            continue  # "its army": the army is the party
        if t.lemma == "it" and t.dep in _SUBJECTS and tree.tokens[t.head].lemma == "be":
            continue  # "it is clear that"
        earlier = [n for n in named if n.span.end <= t.start and _fits(n, kind) and (n.country or n.org)]
        subjects = [n for n in earlier if _is_subject(tree, n.head)]
        later = [n for n in named if n.span.start > t.end and _fits(n, kind) and (n.country or n.org)]
        fronted = t.dep == "poss" and not earlier and bool(later) and later[0].kind == "person"
        antecedent = subjects[-1] if subjects else earlier[-1] if earlier else later[0] if fronted else seen.last(kind)
        antecedent = ranking.antecedent(t, kind, antecedent)
        if antecedent is not None:
            out.append(
                replace(
                    antecedent,
                    span=Span(start=t.start, end=t.end),
                    sentence=sentence.index,
                    head=t.index,
                    kind="pronoun",
                    resolved="coreference",
                )
            )
    return out
