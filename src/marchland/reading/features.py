"""What the learned parts look at: features of a word that may tell an act, and of a party beside it.

A feature is a short string; the models are weights per string, so every decision can be read back as words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from marchland.encoder import Passages, Spot, is_long
from marchland.model.annotated import Annotated, Name, Sentence, Token
from marchland.model.document import BlockKind
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses, is_passive
from marchland.reading.roles import Roles
from marchland.reading.status import Standing
from marchland.reading.stretches import stretches
from marchland.reading.triggers import Trigger

_LONGEST_PATH = 6
_OPEN_CLASS = ("NN", "VB", "JJ")
_NEWS = ("rule", "path=", "path,voice=", "path,type=", "side,", "prep,", "sector", "rank", "parties=", "only=", "bias")
_AROUND = frozenset({"NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence as the models see it."""

    tree: Tree
    clauses: Clauses
    names: dict[int, list[Name]]  # by head token
    title: bool
    words: frozenset[str]  # lemmas of the sentence's open-class words
    political: int  # political parties in the sentence
    around: frozenset[str]  # lemmas of the sentences beside it
    parties: frozenset[int]  # heads of the names, pronouns left out
    heads: dict[int, tuple[int, ...]]  # the head of the name that each token belongs to
    stretch: tuple[int, ...]  # which words are told together, by token
    long: bool = (
        False  # one of many sentences: analysis is denser in acts than a news lead, and tells more of them by nouns
    )
    index: int = 0  # of the sentence
    passages: Passages | None = None  # the encoder's view, of long texts where it is there

    def spot(self, token: int) -> Spot:
        """A word of the sentence as the encoder is asked for it."""
        return Spot(self.tree.tokens[token].start, self.index)

    @classmethod
    def of(
        cls,
        tree: Tree,
        clauses: Clauses,
        names: dict[int, list[Name]],
        doc: Annotated,
        sentence: Sentence,
        passages: Passages | None = None,
    ) -> "Scene":
        """Build the scene of a sentence."""
        words = frozenset(t.lemma for t in tree.tokens if t.tag.startswith(_OPEN_CLASS) and t.index not in names)
        political = sum(n.political for found in names.values() for n in found)
        title = sentence.block is BlockKind.TITLE
        long = is_long(doc.sentences)
        told = [n for found in names.values() for n in found if n.kind != "pronoun"]
        heads: dict[int, tuple[int, ...]] = {}
        for n in told:
            for token in tree.tokens:
                if n.span.start <= token.start < n.span.end and token.index != n.head:
                    heads[token.index] = (*heads.get(token.index, ()), n.head)
        parties = frozenset(n.head for n in told)
        return cls(
            tree=tree,
            clauses=clauses,
            names=names,
            title=title,
            words=words,
            political=political,
            around=surroundings(doc, sentence.index),
            parties=parties,
            heads=heads,
            stretch=stretches(tree),
            long=long,
            index=sentence.index,
            passages=passages,
        )


def surroundings(doc: Annotated, index: int) -> frozenset[str]:
    """Open-class lemmas of the sentences just before and after one."""
    found: set[str] = set()
    for i in (index - 1, index + 1):
        if 0 <= i < len(doc.sentences):
            found |= {t.lemma for t in doc.sentences[i].tokens if t.tag in _AROUND}
    return frozenset(found)


def word_features(trigger: Trigger, token: Token) -> list[str]:
    """The part of `trigger_features` that needs no more than the word and its entry."""
    entry, allowed = trigger.entry, trigger.allowed
    kind = entry.event_type.value
    return [
        "bias",
        f"type={kind}",
        f"allowed={allowed}",
        f"type,allowed={kind},{allowed}",
        f"allowed,strength={allowed},{round(entry.strength, 1)}",
        f"allowed,spec={allowed},{min(trigger.specificity, 5)}",
        f"part,allowed={entry.part},{allowed}",
        f"entry={entry.id}",
        f"entry,allowed={entry.id},{allowed}",
        f"lemma,type={token.lemma},{kind}",
        f"part,dep={entry.part},{token.dep}",
        f"type,dep={kind},{token.dep}",
        f"tag={token.tag},{entry.part}",
        f"carrier={trigger.carrier is not None},{entry.part}",
        f"suffers={trigger.suffers}",
    ]


def trigger_features(
    trigger: Trigger, rivals: list[Trigger], roles: Roles, standing: Standing, scene: Scene
) -> list[str]:
    """Features of "does this word tell an act of this type?"; those of `scene_features` belong to them."""
    entry, token = trigger.entry, scene.tree.tokens[trigger.head]
    kind = entry.event_type.value
    head = scene.tree.tokens[token.head]
    at_word = [r for r in rivals if r.head == trigger.head and r.entry.event_type is not entry.event_type]
    better = any(
        r.allowed and (r.specificity, r.entry.strength) > (trigger.specificity, entry.strength) for r in at_word
    )
    actor, recipient = _who(roles.actors), _who(roles.recipients)
    status = standing.status.value if standing.status else "none"
    out = [
        *word_features(trigger, token),
        f"rivals,allowed={min(sum(r.allowed for r in at_word), 2)},{trigger.allowed}",
        f"better={better},{trigger.allowed}",
        f"who={actor},{recipient}",
        f"type,who={kind},{actor},{recipient}",
        f"weak={roles.weak}",
        f"status={status}",
        f"type,status={kind},{status}",
        f"title={scene.title}",
        f"long={scene.long}",
        f"type,long={kind},{scene.long}",
        f"allowed,long={trigger.allowed},{scene.long}",
        f"dep,long={entry.part},{token.dep},{scene.long}",
        f"political={min(scene.political, 4)}",
        f"type,political={kind},{min(scene.political, 2)}",
        f"head={head.lemma}" if head.index != token.index else "head=ROOT",
        f"part,head={entry.part},{head.tag[:2]}",
    ]
    for slot, words in _slots(trigger, token, scene):
        out += [f"{slot}={words}", f"type,{slot}={kind},{words}", f"lemma,{slot}={token.lemma},{words}"]
    return out


def scene_features(kind: str, scene: Scene) -> list[str]:
    """The part of the features of an act of one type that is the same for every word of a sentence: what else stands there."""
    out = [f"around={w}" for w in scene.around]
    for word in scene.words:
        out += [f"word={word}", f"type,word={kind},{word}"]
    return out


def _who(names: tuple[Name, ...]) -> str:
    if not names:
        return "-"
    if any(n.kind in ("country", "capital", "seat") for n in names):
        return "state"
    if any(n.org and not n.country for n in names):
        return "body"
    return names[0].sector.value if any(n.political for n in names) else "other"


def _slots(trigger: Trigger, token: Token, scene: Scene) -> Iterator[tuple[str, str]]:
    """Head words around the trigger, by slot."""
    tree = scene.tree
    if trigger.entry.part != "noun":
        for slot, found in scene.clauses.arguments(token).items():
            if slot in ("subject", "object"):
                yield slot[:3], _word(found[0], scene)
            elif not slot.startswith("~"):
                yield "prep", slot
    for c in tree.children[token.index]:
        if c.dep in ("amod", "compound", "nmod", "advmod", "poss", "neg", "aux", "mark", "prt"):
            yield c.dep, _word(c, scene)
        elif c.dep == "prep":
            yield "prep", c.lemma
            for o in tree.having(c.index, "pobj"):
                yield f"p-{c.lemma}", _word(o, scene)
    if token.dep == "pobj":
        prep = tree.tokens[token.head]
        yield "under", f"{prep.lemma}<{tree.tokens[prep.head].lemma}"
    elif token.dep in ("dobj", "nsubjpass", "compound", "nsubj", "conj"):
        yield "under", f"{token.dep}<{tree.tokens[token.head].lemma}"


def _word(t: Token, scene: Scene) -> str:
    found = scene.names.get(t.index)
    if found:
        return f"<{_who(tuple(found))}>"
    return "<num>" if t.tag == "CD" else t.lemma


def role_features(trigger: Trigger, name: Name, rule_role: str, roles: Roles, scene: Scene) -> list[str]:
    """Features of "is this party the actor of that act, its recipient, or neither?"."""
    entry, token = trigger.entry, scene.tree.tokens[trigger.head]
    kind, frame = entry.event_type.value, entry.frame
    first = coordination(name, scene)
    way = path(scene.tree, trigger.head, first)
    voice = "noun" if entry.part == "noun" else ("passive" if is_passive(scene.tree, token) else "active")
    side = "before" if name.head < trigger.head else "after"
    distance = min(abs(name.head - trigger.head) // 4, 4)
    head = scene.tree.tokens[first]
    prep = scene.tree.tokens[head.head].lemma if head.dep == "pobj" else head.dep
    filled = f"{bool(roles.actors)},{bool(roles.recipients)}"
    same = any(
        (n.org or n.country) == (name.org or name.country)
        for n in (*roles.actors, *roles.recipients)
        if n.head != name.head
    )
    who = _who((name,))
    rank, crossed = _rank(trigger, name, scene)
    told = [
        "bias",
        f"rule={rule_role}",
        f"rule,frame={rule_role},{frame}",
        f"rule,filled={rule_role},{filled}",
        f"rule,type={rule_role},{kind}",
        f"rule,who={rule_role},{who}",
        f"rule,weak={rule_role},{roles.weak}",
        f"path={way}",
        f"path,voice={way},{voice}",
        f"path,frame={way},{frame},{voice}",
        f"path,type={way},{kind}",
        f"side,voice={side},{voice}",
        f"side,type={side},{kind}",
        f"side,filled={side},{filled}",
        f"distance={distance},{side}",
        f"prep={prep},{voice}",
        f"prep,type={prep},{kind}",
        f"prep,frame={prep},{frame}",
        f"kind={name.kind}",
        f"kind,rule={name.kind},{rule_role}",
        f"kind,prep={name.kind},{prep}",
        f"who={who},{kind}",
        f"sector={name.sector.value},{kind}",
        f"sector,side={name.sector.value},{side},{voice}",
        f"resolved={name.resolved},{rule_role}",
        f"same={same},{rule_role}",
        f"political={name.political},{rule_role}",
        f"known={bool(name.country or name.org)},{rule_role}",
        f"parties={min(scene.political, 4)},{rule_role}",
        f"only={scene.political == 1},{filled},{side}",
        f"lemma,prep={token.lemma},{prep},{side}",
        f"joined={first != name.head},{rule_role}",
        f"rank={rank},{kind}",
        f"rank,rule={rank},{rule_role}",
        f"rank,frame={rank},{frame},{crossed}",
        f"rank,title={rank},{scene.title}",
        f"crossed={crossed},{rule_role},{side}",
        f"dep={scene.tree.tokens[name.head].dep},{rule_role},{kind}",
    ]
    if (
        not scene.long
    ):  # a news lead tells its parties in fewer ways than an analysis; what it learns from both is set right here
        told += [f"news,{x}" for x in told if x.startswith(_NEWS)]
    return told


def _rank(trigger: Trigger, name: Name, scene: Scene) -> tuple[str, bool]:
    """How many parties stand between a party and the act ("before 0" is the last one before it), and does a verb?"""
    low, high = sorted((trigger.head, name.head))
    between = min(sum(low < h < high for h in scene.parties), 3)
    crossed = any(t.tag.startswith("VB") for t in scene.tree.tokens[low + 1 : high])
    return f"{'before' if name.head < trigger.head else 'after'} {between}", crossed


def coordination(name: Name, scene: Scene) -> int:
    """The head of the first party of the list that a party stands in: its own, where it stands alone."""
    tree = scene.tree
    t = tree.tokens[name.head]
    while t.head != t.index:
        if t.dep == "conj":
            t = tree.tokens[t.head]
        else:
            within = next((h for h in scene.heads.get(t.index, ()) if h != t.index), None)
            if within is None:
                break
            t = tree.tokens[within]
    return t.index


def path(tree: Tree, start: int, end: int) -> str:
    """The way through the tree from one word to another: up with ^, down with prepositions spelt out."""
    up = [start, *(a.index for a in tree.ancestors(start))]
    down = [end, *(a.index for a in tree.ancestors(end))]
    meet = next((i for i in down if i in up), None)
    if meet is None:
        return "none"
    steps = [f"^{tree.tokens[i].dep}" for i in up[: up.index(meet)]]
    for i in reversed(down[: down.index(meet)]):
        t = tree.tokens[i]
        steps.append(f"{t.dep}:{t.lemma}" if t.dep in ("prep", "agent") else t.dep)
    return ">".join(steps) if len(steps) <= _LONGEST_PATH else "far"
