"""From one annotated document to its claims, judgements and forecasts, each with its holder and what it is about.

A sentence falls into propositions (`statement_units`); the lexicon's phrases say which of them weigh, claim or foretell; a clause
under words of saying takes the speaker as its holder. No statement is an event, and no judgement word makes one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Annotated, Sentence, SourceCitation, Time
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import HolderKind, Sector, Status, TieKind
from marchland.model.records import AnyRecord, Claim, Event, Forecast, Holder, Judgement, Mention, Participant, Tie
from marchland.model.tree import Tree
from marchland.reading.events import citation_id
from marchland.reading.statement_odds import certainty, denied, hedged, horizon, inside, probability
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import Unit, framed, holder_of, owner_of
from marchland.reading.told_at import Layout, Scene, Scenes, Told

_LOWER = frozenset({"advcl", "relcl", "acl", "ccomp", "pcomp", "csubj"})
_KINDS = frozenset({"judgement", "claim", "forecast", "silence"})  # what is silent is no statement
_MAKES: dict[str, type[Claim] | type[Judgement] | type[Forecast]] = {
    "claim": Claim,
    "judgement": Judgement,
    "forecast": Forecast,
}
_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE)
_WEAK = 0.6  # entries below this tell a statement only where no event or tie is told in the same clause
_ANAPHORS = frozenset({"this", "these", "that", "those", "such", "it", "they"})
_OFFICIALS = frozenset(
    {Sector.GOV, Sector.MIL, Sector.LEG, Sector.PTY, Sector.OPP, Sector.COP, Sector.SPY, Sector.JUD, Sector.REB}
)
_EXPERT = 0.65  # weaker words make what an analyst says no judgement but a claim
_BESIDE = 0.7  # weaker words beside a verb of saying weigh nothing of their own
_FAR = 10  # words between two readings joined by "or"


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one statement record is made of."""

    kind: str
    unit: Unit
    match: Match
    trigger: tuple[int, int]  # token indexes, both included
    confidence: float
    side: str | None = None  # which reading of an "either ... or"


class StatementReader:
    """Reads the statements of one document."""

    def __init__(self, doc: Annotated, coder: str, layout: Layout | None = None) -> None:
        self.layout = layout or Layout(doc)
        self.doc = doc
        self.coder = coder
        self.text = doc.document.text
        self.times: dict[int, list[Time]] = _by_sentence(doc.times)
        self.citations: dict[int, list[SourceCitation]] = _by_sentence(doc.citations)
        self.speaking: Holder | None = None  # whose quotation is still open

    def statements(self, records: Iterable[AnyRecord]) -> list[Claim | Judgement | Forecast]:
        """Claims, judgements and forecasts in order; `records` are the events and ties read before."""
        scenes = Scenes(self.doc, [r for r in records if isinstance(r, Event | Tie)], self.layout)
        out: list[Claim | Judgement | Forecast] = []
        before: list[Told] = []
        for sentence in self.doc.sentences:
            if not sentence.tokens or sentence.block in _UNREAD:
                continue
            scene = scenes.at(sentence)
            out += (self._record(scene, p, before) for p in self._propositions(scene, before))
            before = scene.told or before
        return out

    # ---- which propositions ----

    def _propositions(self, scene: Scene, before: list[Told]) -> Iterator[Proposition]:
        for unit in scene.units.values():
            unit.frame, unit.holder, unit.matches = None, None, []
        matches = scene.finder.find(_KINDS)
        silent = {owner_of(scene.tree, m.head, scene.units) for m in matches if m.entry.kind == "silence"}
        holding = framed(scene.tree, scene.finder, scene.units, [m for m in matches if m.entry.frame])
        for match in matches:
            owner = owner_of(scene.tree, match.head, scene.units)
            if match.entry.holder == "by" and not self._credited(scene, match, owner):
                continue
            if owner is not None and owner not in silent and not _spent(scene, match, owner, holding):
                scene.units[owner].matches.append(match)
        self._quotations(scene)
        chosen = [p for u in scene.units.values() if (p := self._chosen(scene, u, before)) is not None]
        for p in _unfolded(scene, chosen):
            yield from self._readings(scene, p)

    @staticmethod
    def _credited(scene: Scene, match: Match, owner: int | None) -> bool:
        """ "according to X": a claim where X speaks and what it says is no act, which would carry X as its own holder."""
        unit = scene.units.get(owner) if owner is not None else None
        acts = unit is not None and any(_core(scene, unit, x.index) for x in scene.told)
        return not acts and holder_of(scene.tree, scene.finder, match) is not None

    def _quotations(self, scene: Scene) -> None:
        """A quotation that runs over several sentences keeps its speaker."""
        spoken = next((u.holder for u in scene.units.values() if u.holder is not None), None)
        texts = [t.text for t in scene.tree.tokens]
        if self.speaking is not None and spoken is None and "“" not in texts[:2]:
            for unit in scene.units.values():
                unit.holder = self.speaking
        opened = texts.count("“") - texts.count("”")
        if opened > 0:
            self.speaking = spoken or self.speaking
        elif opened < 0 or self.speaking is None or "”" in texts:
            self.speaking = None

    def _chosen(self, scene: Scene, unit: Unit, before: list[Told]) -> Proposition | None:
        """The one statement that a proposition makes, if any: a forecast before a judgement before a claim."""
        acts = [x.record for x in scene.told if x.index in unit.tokens]
        if not acts and unit.dep == "ccomp" and unit.frame is None:
            above = scene.units[unit.above].tokens if unit.above is not None else set()
            acts = [
                x.record for x in scene.told if x.index in above and x.record.status is Status.PLANNED
            ]  # what is agreed is the act's own content
        fits = [m for m in unit.matches if m.entry.strength >= _WEAK or not acts]
        foretold = [m for m in fits if m.entry.kind == "forecast" and not self._scheduled(scene, unit, m, acts, before)]
        weighed = [m for m in fits if m.entry.kind == "judgement"]
        held = [m for m in fits if m.entry.kind == "claim"]
        frame = unit.frame
        first = next((m for m in held if m.entry.id == "claim.first"), None)
        if frame is not None and frame.entry.kind == "forecast":
            return _made("forecast", unit, frame)
        if foretold and first is None:
            return _made("forecast", unit, _best(foretold))
        if frame is not None and frame.entry.kind == "judgement":
            return _made("judgement", unit, frame)
        if frame is not None or unit.holder is not None:
            return self._spoken(scene, unit, weighed, held, [x.record for x in scene.told if _core(scene, unit, x.index)])
        found = _best(weighed) if weighed else None
        claim = first or (_best(held) if held else None)
        if found is not None and (claim is None or found.entry.strength >= claim.entry.strength):
            return _made("judgement", unit, found)
        return _made("claim", unit, claim) if claim is not None else None

    def _spoken(
        self, scene: Scene, unit: Unit, weighed: list[Match], held: list[Match], acts: list[AnyRecord]
    ) -> Proposition | None:
        """What somebody says: a judgement of whoever weighs for a living, else a claim; nothing where it is an act that is told."""
        holder = unit.holder
        expert = holder is not None and not self._official(scene, unit)
        if weighed and expert and _best(weighed).entry.strength >= _EXPERT:
            return _made("judgement", unit, _best(weighed))
        marked = [*held, *weighed]
        if acts and not any(m.entry.strength >= _WEAK for m in marked):
            return None
        match = unit.frame or (_best(marked) if marked else None)
        return _made("claim", unit, match) if match is not None else None

    def _official(self, scene: Scene, unit: Unit) -> bool:
        if unit.frame is None or unit.frame.entry.holder == "group":
            return unit.frame is None
        subject = scene.finder.subject(scene.tree.tokens[unit.frame.head])
        found = scene.names.get(subject.index, []) if subject is not None else []
        return any(n.office or n.sector in _OFFICIALS for n in found)

    def _scheduled(self, scene: Scene, unit: Unit, match: Match, acts: Sequence[AnyRecord], before: list[Told]) -> bool:
        """Is what "will" happen an act that was announced? Then it is a planned event, told already."""
        if not match.entry.scheduled:
            return unit.holder is not None and any(r.status is Status.PLANNED for r in acts)
        planned = [r for r in acts if r.status is Status.PLANNED and not (isinstance(r, Tie) and r.kind is TieKind.DEPENDENCE)]
        if planned and not any(
            h.effect == "predicted" and len(h.words) > 1 for h in inside(hedged(scene.tree.tokens), unit.tokens)
        ):
            return True
        verb = scene.tree.tokens[unit.head]
        if verb.lemma not in statement_classes()["program"]:
            return False
        dated = any(t.head in unit.tokens for t in self.times.get(scene.sentence.index, []))
        expected = any(x.record.status is Status.PLANNED for x in before)
        subject = scene.finder.subject(verb)
        again = subject is not None and any(
            c.lemma in ("this", "these", "the") for c in scene.tree.children[subject.index]
        )
        return dated or (expected and again)

    # ---- two readings ----

    def _readings(self, scene: Scene, p: Proposition) -> Iterator[Proposition]:
        """Both sides of "either ... or" and of "unable or unwilling"; else the one reading."""
        tokens = scene.tree.tokens
        inner = p.unit.tokens | set(p.match.tokens)
        same = sorted((m for m in p.unit.matches if m.entry.kind == p.kind), key=lambda m: m.first)
        for left in same:
            for right in same:
                between = range(left.last + 1, right.first)
                if (
                    left.first < right.first
                    and len(between) <= _FAR
                    and any(tokens[i].lemma == "or" for i in between)
                    and _joined(scene.tree, left, right)
                ):
                    yield replace(p, match=left, trigger=(left.first, left.last), side="a")
                    yield replace(p, match=right, trigger=(right.first, right.last), side="b")
                    return
        split = next((i for i in p.match.tokens if tokens[i].lemma == "or" and p.match.first < i < p.match.last), None)
        if split is not None:
            first = p.match.first + (tokens[p.match.first].lemma == "either")
            yield replace(p, trigger=(first, split - 1), side="a")
            yield replace(p, trigger=(split + 1, p.match.last), side="b")
            return
        either = next((t.index for t in tokens if t.lemma == "either" and (t.index in inner or t.head in inner)), None)
        other = next((t.index for t in tokens if either is not None and t.index > either and t.lemma == "or"), None)
        if either is None or other is None or other + 1 >= len(tokens):
            yield p
            return
        last = min(other + 2, len(tokens) - 1)
        if p.match.last < either - _FAR:
            yield p  # the words weigh something of their own, told before
        yield replace(p, trigger=(either + 1, max(either + 1, other - 1)), side="a")
        yield replace(p, trigger=(other + 1, last), side="b")

    # ---- one record ----

    def _record(self, scene: Scene, p: Proposition, before: list[Told]) -> Claim | Judgement | Forecast:
        doc, tokens = self.doc.document, scene.tree.tokens
        unit, entry = p.unit, p.match.entry
        area = unit.tokens | (set(unit.frame.tokens) if unit.frame else set()) | set(p.match.tokens)
        hedges = inside(hedged(scene.tree.tokens), area)
        trigger = Span(start=tokens[p.trigger[0]].start, end=tokens[p.trigger[1]].end)
        holder = unit.holder or self._own_holder(scene, p) or Holder(kind=HolderKind.AUTHOR)
        told = [h for h in hedges if h.effect != "negated"]
        status = Status.PREDICTED if p.kind == "forecast" else self._status(p, holder)
        mention = Mention(
            doc_id=doc.doc_id,
            start=scene.sentence.span.start,
            end=scene.sentence.span.end,
            quote=self.text[scene.sentence.span.start : scene.sentence.span.end],
            trigger=trigger,
            status=status,
            rule=entry.id,
            holder=None if holder.kind is HolderKind.AUTHOR else holder,
            citation=self._citation(scene.sentence),
            hedges=tuple(" ".join(h.words) for h in told),
            coder=self.coder,
        )
        negated = denied(scene.tree, unit.head, set(p.match.tokens))
        group = (
            content_id(doc.doc_id, "alternatives", str(scene.sentence.span.start), str(unit.head)) if p.side else None
        )
        shared = {
            "id": content_id(doc.doc_id, p.kind, str(trigger.start), str(trigger.end), str(unit.head), p.side),
            "doc_id": doc.doc_id,
            "status": status,
            "mentions": (mention,),
            "certainty": certainty(hedges),
            "confidence": p.confidence,
            "holder": holder,
            "about": self._about(scene, unit, before),
            "parties": self._parties(scene, area),
            "polarity": -entry.polarity if negated and entry.polarity == 1 else entry.polarity,
            "alternative_group": group,
        }
        if p.kind == "forecast":
            return Forecast(
                probability=probability(hedges),
                horizon=horizon(self.times.get(scene.sentence.index, []), area, self.doc.written),
                **shared,  # type: ignore[arg-type]  # the keys are Statement's
            )
        return Claim(**shared) if p.kind == "claim" else Judgement(**shared)  # type: ignore[arg-type]  # the same

    def _own_holder(self, scene: Scene, p: Proposition) -> Holder | None:
        return (
            holder_of(scene.tree, scene.finder, p.match)
            if not p.match.entry.frame or p.match.entry.holder == "group"
            else None
        )

    @staticmethod
    def _status(p: Proposition, holder: Holder) -> Status:
        if p.match.entry.status is not Status.ASSERTED:
            return p.match.entry.status
        return Status.ASSERTED if holder.kind is HolderKind.AUTHOR else Status.REPORTED

    def _citation(self, sentence: Sentence) -> str | None:
        found = [c for c in self.citations.get(sentence.index, []) if not c.credit]
        return citation_id(self.doc, found[-1]) if found else None

    def _about(self, scene: Scene, unit: Unit, before: list[Told]) -> tuple[str, ...]:
        """Ids of the acts and ties in the same clause, else in the sentence, else in the sentence that it points back to."""
        own = [x.record.id for x in scene.told if x.index in unit.tokens] or [x.record.id for x in scene.told]
        points = any(
            t.lemma in _ANAPHORS and t.dep in ("nsubj", "nsubjpass", "det", "dobj", "pobj") for t in scene.tree.tokens
        )
        return tuple(dict.fromkeys(own or ([x.record.id for x in before] if points else [])))

    def _parties(self, scene: Scene, area: set[int]) -> tuple[Participant, ...]:
        """The parties that the proposition names, each once."""
        out: dict[str, Participant] = {}
        found = [n for i in sorted(area) for n in scene.names.get(i, ())] or [
            n for i in sorted(scene.names) for n in scene.names[i]
        ]
        for n in found:
            key = n.org or n.country
            if key and key not in out:
                out[key] = Participant(
                    country=n.country, org=n.org, sector=n.sector, text=self.text[n.span.start : n.span.end], span=n.span,
                    name=n.person, office=n.office, resolved=n.resolved,
                )  # fmt: skip
        return tuple(out.values())


def _by_sentence[T: (Time, SourceCitation)](items: tuple[T, ...]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for i in items:
        out.setdefault(i.sentence, []).append(i)
    return out


def _spent(scene: Scene, match: Match, owner: int, holding: list[Match]) -> bool:
    """Do the words only hold another clause, or stand beside words that do?"""
    if any(h is match for h in holding) or any(
        h.entry is match.entry and owner_of(scene.tree, h.head, scene.units) == owner for h in holding
    ):
        return True
    if match.entry.frame and match.entry.holder != "author":
        return match.entry.holder != "group" or len(match.tokens) < 2
    speaks = any(h.entry.holder == "subject" and h.head == owner for h in holding)
    return speaks and match.entry.strength <= _BESIDE


def _best(found: Sequence[Match]) -> Match:
    return max(found, key=lambda m: (m.entry.strength, len(m.tokens), -m.first))


def _made(kind: str, unit: Unit, match: Match) -> Proposition:
    return Proposition(kind, unit, match, (match.first, match.last), match.entry.strength)


def _joined(tree: Tree, left: Match, right: Match) -> bool:
    """Are two phrases coordinated with each other: one's word is a conjunct of the other's?"""
    ours = set(left.tokens)
    return any(
        tree.tokens[i].dep == "conj" and (tree.tokens[i].head in ours or tree.tokens[tree.tokens[i].head].head in ours)
        for i in right.tokens
    )


def _unfolded(scene: Scene, found: list[Proposition]) -> list[Proposition]:
    """Leave out a subordinate clause that only carries on what the clause above it says, in the same kind and on the same word."""
    by_head = {p.unit.head: p for p in found}
    out = []
    for p in found:
        above = by_head.get(p.unit.above) if p.unit.above is not None else None
        above = above or next((o for o in found if o.unit.frame is not None and o.unit.above == p.unit.above), None)
        same = above is not None and above.kind == p.kind and above.unit.holder == p.unit.holder
        if not (
            same
            and p.unit.frame is None
            and (p.unit.dep in _LOWER or (p.unit.dep == "conj" and not _own_subject(scene.tree, p.unit.head)))
        ):
            out.append(p)
    return out


def _core(scene: Scene, unit: Unit, index: int) -> bool:
    """Is a word the verb of the proposition, or its object: what it mainly tells?"""
    t = scene.tree.tokens[index]
    return index == unit.head or (t.head == unit.head and t.dep in ("dobj", "nsubjpass", "attr"))


def _own_subject(tree: Tree, head: int) -> bool:
    return tree.first(head, "nsubj", "nsubjpass", "expl", "csubj") is not None
