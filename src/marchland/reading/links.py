"""How do the records of one document hang together: in return for, carries out, before, caused by, responds to, part of?

The lexicon's words join what is told on their two sides; contradictions and doubtful identities (`link_finds`) are found without
any word that says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Annotated
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import EventType, Relation, Status
from marchland.model.records import AnyRecord, Event, Link, Mention, Statement, Tie
from marchland.reading.link_asides import asides
from marchland.reading.link_finds import Found, contradictions, contrasts, doubtful_twins
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import owner_of
from marchland.reading.told_at import Layout, Scene, Scenes, Told

_KINDS = frozenset({"link"})
_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE)
_OF_ACTS = frozenset({Relation.BEFORE, Relation.CAUSED_BY, Relation.CARRIES_OUT})  # join no statements
_PROMISES = (EventType.AGREE, EventType.CONCEDE)
_BETWEEN = (Relation.CONTRADICTS, Relation.RESPONDS_TO)  # relations of two clauses, never inside one
_OPENING = 3  # words at the head of a sentence that look back to the sentence before
_BACK = 3  # sentences in which "before that" may look back
_POINTING = frozenset({"this", "that", "these", "those", "the", "such", "its", "their"})
_CERTAINTY = 0.85


def links(doc: Annotated, records: Iterable[AnyRecord], coder: str, layout: Layout | None = None) -> list[Link]:
    """Links in order of the words that tell them; `records` are all other records of the document."""
    told = [r for r in records if not isinstance(r, Link)]
    reader = _LinkReader(doc, told, coder, layout)
    out: dict[tuple[Relation, str, str], Link] = {}
    for link in [
        *reader.told_by_words(),
        *reader.found(contradictions(told)),
        *reader.found(contrasts(doc, told)),
        *reader.found(doubtful_twins(doc, told)),
    ]:
        key = (link.relation, link.source, link.target)
        known = out.get(key)
        if known is None:
            out[key] = link
        elif all(m.start != link.mentions[0].start for m in known.mentions):
            out[key] = replace(known, mentions=known.mentions + link.mentions)
    return sorted(out.values(), key=lambda x: (x.mentions[0].start, x.mentions[0].trigger.start, x.id))


class _LinkReader:
    def __init__(self, doc: Annotated, records: Sequence[AnyRecord], coder: str, layout: Layout | None) -> None:
        self.doc = doc
        self.coder = coder
        self.scenes = Scenes(doc, records, layout)

    # ---- told by words ----

    def told_by_words(self) -> list[Link]:
        out: list[Link] = []
        for sentence in self.doc.sentences:
            if not sentence.tokens or sentence.block in _UNREAD:
                continue
            scene = self.scenes.at(sentence)
            for match in scene.finder.find(_KINDS):
                ends = self._ends(scene, match)
                if ends is not None:
                    out.append(self._link(scene, match, *ends))
            for entry, behind, before, span in asides(scene, self.doc.document.text):
                ends = (behind, before) if entry.goes_to == "before" else (before, behind)
                assert entry.relation is not None, "the schema sees to it"
                out.append(self._made(entry.relation, *ends, scene.sentence.span, span, entry.id, entry.strength))
        return out

    def _ends(self, scene: Scene, match: Match) -> tuple[AnyRecord, AnyRecord] | None:
        below = _below(scene, match)
        sides = {}
        for name in (match.entry.goes_from, match.entry.goes_to):
            sides[name] = self._side(name, scene, match, below)
        source, target = sides[match.entry.goes_from], sides[match.entry.goes_to]
        if source is not None and target is not None and source.id == target.id and match.entry.goes_from == "clause":
            source = _near(scene, match, below, avoid=target.id)  # a sentence may tell one record twice beside another
        if source is None or target is None or source.id == target.id:
            return None
        if match.entry.relation in _OF_ACTS and (isinstance(source, Statement) or isinstance(target, Statement)):
            return None
        if source.mentions[0].trigger.overlaps(target.mentions[0].trigger):
            return None
        if (
            match.entry.relation is Relation.RESPONDS_TO
            and match.entry.goes_to == "before"
            and _own_act(source, target)
        ):
            return None
        if match.entry.relation is Relation.BEFORE and _dates_forbid(source, target):
            return None
        return source, target

    def _side(self, name: str, scene: Scene, match: Match, below: set[int]) -> AnyRecord | None:
        if name == "object":
            found = [x for x in scene.told if x.index in below]
            if match.entry.goes_to == "self":
                return _modified(scene, match) or _near(scene, match, set(match.tokens))
            if match.entry.relation is Relation.CONTRADICTS:
                found = [x for x in found if isinstance(x.record, Statement)] or found
            return _first(found) or self._pointed(scene, match, below)
        if name == "subject":
            subject = scene.finder.subject(scene.tree.tokens[match.head])
            area = {t.index for t in scene.tree.subtree(subject.index)} if subject is not None else set()
            pointing = subject is not None and (
                subject.lemma in _POINTING or any(c.lemma in _POINTING for c in scene.tree.children[subject.index])
            )
            return _first([x for x in scene.told if x.index in area]) or (
                self._earlier(scene, match, inside=False) if pointing else None
            )
        if name == "self":
            return _first([x for x in scene.told if x.index in match.tokens]) or self._agreed(scene)
        if name == "before":
            return self._earlier(scene, match, inside=match.first > _OPENING)
        return _near(scene, match, below) or (
            _first([x for x in scene.told if x.index in below])
            if "object" not in (match.entry.goes_from, match.entry.goes_to)
            else None
        )

    def _pointed(self, scene: Scene, match: Match, below: set[int]) -> AnyRecord | None:
        """ "in response to the decision": a definite noun that names no record of its own points back."""
        tokens = scene.tree.tokens
        first = [tokens[i] for i in sorted(below)][:3]
        plain = match.entry.relation in (Relation.IN_RETURN_FOR, Relation.RESPONDS_TO)
        nouns = [
            t
            for t in first
            if t.tag.startswith("NN")
            and t.index not in scene.names
            and (plain or t.lemma in statement_classes()["act_noun"])
        ]
        if nouns and any(t.lemma in _POINTING for t in first):
            return self._earlier(scene, match, inside=False)
        return None

    def _agreed(self, scene: Scene) -> AnyRecord | None:
        """The agreement told last before a sentence."""
        start = max(scene.sentence.index - _BACK, 0)
        for sentence in reversed(self.doc.sentences[start : scene.sentence.index]):
            for x in reversed(self.scenes.at(sentence).told if sentence.tokens else []):
                if isinstance(x.record, Event) and x.record.event_type in _PROMISES:
                    return x.record
        return None

    def _earlier(self, scene: Scene, match: Match, *, inside: bool) -> AnyRecord | None:
        """The record told last before these words: in the sentence itself, else in those before it in the paragraph."""
        statements = match.entry.relation is Relation.CONTRADICTS
        if inside:
            owner = owner_of(scene.tree, match.head, scene.units)
            own = scene.units[owner].tokens if owner is not None and match.entry.relation in _BETWEEN else set()
            here = [
                x for x in scene.told if x.index < match.first and (x.rank < 2 or statements) and x.index not in own
            ]
            if here:
                return here[-1].record
        start = max(scene.sentence.index - _BACK, 0)
        for sentence in reversed(self.doc.sentences[start : scene.sentence.index]):
            if sentence.tokens and sentence.block not in _UNREAD and sentence.paragraph >= scene.sentence.paragraph - 1:
                found = self.scenes.at(sentence).told
                acts = found if statements else [x for x in found if x.rank < 2] or found
                if acts:
                    return acts[-1].record
        return None

    def _link(self, scene: Scene, match: Match, source: AnyRecord, target: AnyRecord) -> Link:
        tokens = scene.tree.tokens
        span = Span(start=tokens[match.first].start, end=tokens[match.last].end)
        assert match.entry.relation is not None, "the schema sees to it"
        strength = match.entry.strength * min(source.confidence, target.confidence) ** 0.25
        return self._made(match.entry.relation, source, target, scene.sentence.span, span, match.entry.id, strength)

    def _made(
        self,
        relation: Relation,
        source: AnyRecord,
        target: AnyRecord,
        sentence: Span,
        trigger: Span,
        rule: str,
        confidence: float,
    ) -> Link:
        doc = self.doc.document
        mention = Mention(
            doc_id=doc.doc_id,
            start=sentence.start,
            end=sentence.end,
            quote=doc.text[sentence.start : sentence.end],
            trigger=trigger,
            status=Status.ASSERTED,
            rule=rule,
            coder=self.coder,
        )
        return Link(
            id=content_id(doc.doc_id, "link", relation, source.id, target.id),
            doc_id=doc.doc_id,
            status=Status.ASSERTED,
            mentions=(mention,),
            certainty=_CERTAINTY,
            confidence=round(confidence, 4),
            relation=relation,
            source=source.id,
            target=target.id,
        )

    # ---- found without words ----

    def found(self, finds: Iterable[Found]) -> list[Link]:
        """Links that follow from what two records say."""
        return [
            self._made(
                f.relation,
                f.source,
                f.target,
                Span(start=f.mention.start, end=f.mention.end),
                f.mention.trigger,
                f.rule,
                f.confidence,
            )
            for f in finds
        ]


def _below(scene: Scene, match: Match) -> set[int]:
    """Token indexes of what stands under the words of a match."""
    tree = scene.tree
    out: set[int] = set()
    mark = tree.tokens[match.last]
    for i in match.tokens:
        t = tree.tokens[i]
        if t.dep == "mark" or (
            t.dep == "advmod" and t.lemma in ("once", "after", "before") and tree.tokens[t.head].tag.startswith("VB")
        ):
            out |= {x.index for x in tree.subtree(t.head)}
        for child in tree.children[i]:
            if child.index > match.last:
                out |= {x.index for x in tree.subtree(child.index)}
    out -= set(match.tokens)
    if not out and mark.index + 1 < len(tree.tokens):
        head = tree.tokens[mark.head]
        out = {x.index for x in tree.subtree(head.index) if x.index > mark.index} if head.index > mark.index else set()
    return out


def _first(found: list[Told]) -> AnyRecord | None:
    """Acts before ties before statements, then the order of the sentence."""
    best = min(found, key=lambda x: (x.rank, x.index), default=None)
    return best.record if best is not None else None


def _modified(scene: Scene, match: Match) -> AnyRecord | None:
    """The act whose noun the words describe: "the agreed withdrawal"."""
    own = set(match.tokens)
    for above in scene.tree.ancestors(match.head):
        if above.tag.startswith("VB") and above.index not in own:
            return None
        found = [x for x in scene.told if x.index == above.index and x.index not in own]
        if found:
            return _first(found)
    return None


def _framed_by(scene: Scene, told: Told, match: Match) -> bool:
    """Is a statement held by the words of the match: what a denial denies?"""
    owner = owner_of(scene.tree, told.index, scene.units)
    above = scene.units[owner].above if owner is not None else None
    return above == match.head and isinstance(told.record, Statement)


def _own_act(source: AnyRecord, target: AnyRecord) -> bool:
    """Nobody responds to what he alone did himself."""
    ours = {p.key for p in source.actors if p.key} if isinstance(source, Event) else set()
    theirs = {p.key for p in target.actors if p.key} if isinstance(target, Event) else set()
    return bool(ours) and ours == theirs


def _near(scene: Scene, match: Match, below: set[int], *, avoid: str | None = None) -> AnyRecord | None:
    """What the clause that holds the words tells, outside what stands under them."""
    owner = owner_of(scene.tree, match.head, scene.units)
    acts = match.entry.relation in _OF_ACTS
    free = [x for x in scene.told if x.index not in below and x.record.id != avoid]
    outside = [x for x in free if not (acts and isinstance(x.record, Statement))]
    at = [x for x in outside if x.index in match.tokens or _framed_by(scene, x, match)]
    if at:
        return min(at, key=lambda x: (x.rank, x.index)).record
    chain = [owner]
    while chain[-1] is not None and scene.units[chain[-1]].above is not None:
        chain.append(scene.units[chain[-1]].above)
    for head in chain:
        if head is not None:
            mine = [x for x in outside if x.index in scene.units[head].tokens]
            if mine:
                best = min(mine, key=lambda x: (x.rank, abs(x.index - match.first)))
                return best.record
    return min(outside, key=lambda x: (x.rank, abs(x.index - match.first))).record if outside else None


def _dates_forbid(source: AnyRecord, target: AnyRecord) -> bool:
    """Do told days say that the one did not come before the other?"""
    a = source.when if isinstance(source, Event) else source.since if isinstance(source, Tie) else None
    b = target.when if isinstance(target, Event) else target.since if isinstance(target, Tie) else None
    return bool(a and b and a.start and b.end and a.start > b.end)
