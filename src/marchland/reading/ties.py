"""From one annotated document to the standing ties it tells: stated, opened, kept, ended, planned or claimed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marchland.lexicon.linear import available
from marchland.model.annotated import Annotated, Figure, Name, PlaceName, Sentence, SourceCitation, Time
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import HolderKind, Sector, Status, TieKind
from marchland.model.records import Event, Holder, Mention, Participant, Quantity, Tie
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.events import citation_id
from marchland.reading.status import Standing
from marchland.reading.tie_company import Company, Sides, who
from marchland.reading.tie_cues import cues_of
from marchland.reading.tie_features import Ground, Side, named_sides
from marchland.reading.tie_finder import TieFinder, TieTrigger
from marchland.reading.tie_judged import (
    RULED_FROM,
    Judged,
    bars_of,
    judge,
    sides_of,
    trigger_of,
)
from marchland.reading.tie_merge import Told, joined
from marchland.reading.tie_place import place_of
from marchland.reading.tie_sides import SideFinder
from marchland.reading.tie_status import TieStanding, TieStatusReader
from marchland.reading.tie_time import TieClock, figures_of, magnitude, stock_weights

_CERTAINTY = {
    Status.ASSERTED: 0.95, Status.REPORTED: 0.85, Status.PLANNED: 0.7, Status.ALLEGED: 0.45,
    Status.HYPOTHETICAL: 0.35, Status.PREDICTED: 0.5, Status.DENIED: 0.2,
}  # fmt: skip
_UNREAL = (Status.HYPOTHETICAL, Status.DENIED, Status.PREDICTED)  # what the judge alone finds there is no tie
_LEAD = 1  # last paragraph, counted from 0, that is still the lead of a report
_UNREAD = (BlockKind.PUBLICATION,)
_ANAPHORS = frozenset({"the", "these", "this", "that", "those", "both", "its", "such"})


@dataclass(slots=True)
class _Scene:
    """One sentence with what was marked in it."""

    sentence: Sentence
    tree: Tree
    clauses: Clauses
    names: dict[int, list[Name]]
    places: dict[int, list[PlaceName]]
    sides: SideFinder
    ground: Ground


class TieReader:
    """Reads the ties of one document."""

    def __init__(self, doc: Annotated, coder: str) -> None:
        self.doc = doc
        self.coder = coder
        self.text = doc.document.text
        self.company = Company(doc)
        self.bars = bars_of(doc)
        self.times: dict[int, list[Time]] = _group(doc.times)
        self.figures: dict[int, list[Figure]] = _group(doc.figures)
        self.citations: dict[int, list[SourceCitation]] = _group(doc.citations)
        self.names: dict[int, list[Name]] = _group(doc.names)
        self.places: dict[int, list[PlaceName]] = _group(doc.places)

    def ties(self, events: Sequence[Event] = ()) -> list[Tie]:
        """One record for each tie, in order of its first mention; `events` lend dates to the acts that open ties."""
        told: list[Told] = []
        for sentence in self.doc.sentences:
            if sentence.tokens and sentence.block not in _UNREAD:
                told += self._sentence(sentence, told)
        return [self._dated(t, events) for t in joined(told)]

    def _sentence(self, sentence: Sentence, before: list[Told]) -> list[Told]:
        scene = self.scene(sentence)
        if not (scene.ground.cues or scene.ground.ruled):
            return []
        if not (scene.ground.sides or scene.ground.ruled):
            return []
        judged = judge(scene.ground) if available() else None
        out = self._ruled(scene, before, judged)
        if judged is not None:
            out += self._judged(scene, out, judged)
        return _narrowest(out)

    def scene(self, sentence: Sentence) -> _Scene:
        """A sentence with its tree, parties, cues and what the rules find in it."""
        tree = Tree(sentence.tokens)
        names, places = (
            _by_head(self.names.get(sentence.index, [])),
            _by_head(self.places.get(sentence.index, [])),
        )
        clauses = Clauses(tree)
        sides = SideFinder(tree, clauses, names, places, self.text, self.company)
        ruled = TieFinder(tree, clauses, names, places).find()
        figures = self.figures.get(sentence.index, [])
        ground = Ground(tree, named_sides(names, places, sides), cues_of(tree), ruled, figures)
        return _Scene(sentence, tree, clauses, names, places, sides, ground)

    def _ruled(self, scene: _Scene, before: list[Told], judged: list[Judged] | None) -> list[Told]:
        """What the rules read and the judge does not speak against."""
        status = TieStatusReader(scene.tree, scene.clauses, scene.names)
        weighed = {(j.cue.kind, j.cue.head): j.probability for j in judged or ()}
        out: list[Told] = []
        read: dict[int, int] = {}  # head -> specificity of what was read there; less specific entries give way
        for trigger in scene.ground.ruled:
            if weighed.get((trigger.entry.kind, trigger.head), 1.0) < RULED_FROM:
                continue
            standing = status.read(trigger) if trigger.specificity >= read.get(trigger.head, 0) else None
            if standing is None:
                continue
            complete = [s for s in scene.sides.find(trigger, scene.sentence.index) if _complete(trigger, s)]
            found = [self._told(scene, trigger, standing, s) for s in complete]
            found = found or list(self._again(scene, trigger, standing, before + out))
            if found:
                read[trigger.head] = trigger.specificity
                out += found
        return out

    def _judged(self, scene: _Scene, ruled: list[Told], judged: list[Judged]) -> list[Told]:
        """What the judge finds beyond the rules: each kind with each pair of sides once, by its surest word."""
        status = TieStatusReader(scene.tree, scene.clauses, scene.names)
        seen = {(t.tie.kind, _key(t.tie)): t.tie.mentions[0].trigger for t in ruled}
        kinds = {t.tie.kind for t in ruled}
        out: list[Told] = []
        outside: list[Side] | None = None
        for j in judged:
            if j.probability < self.bars.told:
                break
            if j.cue.kind in kinds:
                continue
            if outside is None:
                outside = self.outside(scene)
            found = [s for s in sides_of(scene.ground, j.cue, outside) if s.members or (s.power and s.host)]
            trigger = trigger_of(scene.tree, j.cue)
            standing = status.read(trigger) if found else None
            if standing is None or standing.status in _UNREAL:
                continue
            for sides in found:
                told = self._told(scene, trigger, standing, replace(sides, weak=sides.weak * j.probability))
                where, key = told.tie.mentions[0].trigger, _key(told.tie)
                alike = [w for (kind, k), w in seen.items() if k == key]
                bar = self.bars.same_word if where in alike else self.bars.same_sides if alike else self.bars.told
                if (j.cue.kind, key) not in seen and j.probability * sides.weak >= bar:
                    seen[j.cue.kind, key] = where
                    out.append(told)
        return out

    def outside(self, scene: _Scene) -> list[Side]:
        """The states told before or most in the document that the sentence does not name."""
        inside = {s.key for s in scene.ground.sides}
        at = scene.sentence.index
        out = []
        near = [c for s, c in self.company.told if at - 2 <= s < at]
        for country in self.company.partners(set(inside), at)[:3]:
            told = "before" if country in near else "document"
            out.append(Side(Participant(country=country, sector=Sector.GOV, resolved="document"), None, told))
        return out

    def _again(self, scene: _Scene, trigger: TieTrigger, standing: TieStanding, before: list[Told]) -> Iterator[Told]:
        """ "The base", "these posts": the ties of the same kind told last."""
        t = scene.tree.tokens[trigger.head]
        marks = {c.text.lower() for c in scene.tree.children[t.index] if c.dep in ("det", "poss", "predet")}
        if trigger.entry.part != "noun" or not marks & _ANAPHORS:
            return
        family = (
            {trigger.entry.kind, TieKind.BASE, TieKind.OUTPOST}
            if trigger.entry.kind in (TieKind.BASE, TieKind.OUTPOST)
            else {trigger.entry.kind}
        )
        known = [b for b in before if b.tie.kind in family and b.sentence >= scene.sentence.index - 3]
        if not known:
            return
        last = known[-1].sentence
        chosen = [k for k in known if k.sentence == last] if t.tag in ("NNS", "NNPS") else known[-1:]
        for earlier in chosen:
            sides = Sides(earlier.tie.power, earlier.tie.host, earlier.tie.members, 0.8)
            told = self._told(scene, trigger, standing, sides)
            yield replace(
                told, tie=replace(told.tie, where=told.tie.where or earlier.tie.where), site=told.site or earlier.site
            )

    def _told(self, scene: _Scene, trigger: TieTrigger, standing: TieStanding, sides: Sides) -> Told:
        sentence, tree, doc = scene.sentence, scene.tree, self.doc.document
        quote = self.text[sentence.span.start : sentence.span.end]
        tokens = [tree.tokens[i] for i in trigger.tokens]
        mention = Mention(
            doc_id=doc.doc_id,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=quote,
            trigger=Span(start=min(t.start for t in tokens), end=max(t.end for t in tokens)),
            status=standing.status,
            rule=trigger.entry.id,
            holder=_holder(standing.standing),
            citation=self._citation(sentence),
            hedges=standing.standing.hedges,
            coder=self.coder,
        )
        clock = TieClock(tree, self.times.get(sentence.index, []), quote, self.doc.written)
        since, until = clock.bounds(trigger, standing, lead=sentence.paragraph <= _LEAD)
        figures = figures_of(tree, trigger, self.figures.get(sentence.index, []))
        kind = trigger.site.kind if trigger.entry.kind is TieKind.BASE and trigger.site else trigger.entry.kind
        keys = [who(p) for p in (sides.power, sides.host, *sides.members) if p]
        tie = Tie(
            id=content_id(doc.doc_id, "tie", kind, str(mention.trigger.start), *keys),
            doc_id=doc.doc_id,
            status=standing.status,
            mentions=(mention,),
            certainty=_CERTAINTY[standing.status],
            confidence=round(trigger.entry.strength * sides.weak, 4),
            kind=kind,
            power=sides.power,
            host=sides.host,
            members=sides.members,
            since=since,
            until=until,
            last_confirmed=self._confirmed(standing),
            domains=dict(stock_weights()[kind].domains),
            magnitude=magnitude(kind, figures),
            where=place_of(scene.tree, scene.places, trigger, sides, self.text),
            quantities=tuple(_quantity(f, self.text) for f in figures),
        )
        objects = (
            [o for i in trigger.tokens if i != trigger.head for o in tree.having(i, "pobj")]
            if trigger.entry.part == "verb"
            else []
        )
        if trigger.entry.part == "verb" and not objects:
            objects = scene.clauses.arguments(tree.tokens[trigger.head]).get("object", [])
        what = (objects[0] if objects else tree.tokens[trigger.head]).lemma
        site = trigger.site.name if trigger.site else None
        return Told(
            tie=tie,
            sentence=sentence.index,
            does=standing.does,
            what=what,
            part=trigger.entry.part,
            site=site,
            title=sentence.block is BlockKind.TITLE,
        )

    # ---- parts ----

    def _confirmed(self, standing: TieStanding) -> DateRange | None:
        """When the tie was last told as standing: the publication's interval, if told as fact and not as ended."""
        if standing.does == "ends" or not standing.status.happened:
            return None
        published = self.doc.document.published
        return published.range if published else None

    def _citation(self, sentence: Sentence) -> str | None:
        found = [c for c in self.citations.get(sentence.index, []) if not c.credit]
        return citation_id(self.doc, found[-1]) if found else None

    def _dated(self, told: Told, events: Sequence[Event]) -> Tie:
        """Lend the date of the act that opens a tie, where one sentence tells both and the tie's words give none."""
        tie = told.tie
        if told.does != "opens" or tie.since is not None or not tie.status.happened:
            return tie
        sides = {who(p) for p in (tie.power, tie.host, *tie.members) if p}
        for e in events:
            shared = {p.country for p in e.parties if p.country} & sides
            same = any(m.start == n.start and m.trigger.overlaps(n.trigger) for m in e.mentions for n in tie.mentions)
            if shared and same and e.when is not None and e.status.happened:
                return replace(tie, since=e.when)
        return tie


def _narrowest(out: list[Told]) -> list[Told]:
    """Without what a narrower kind of the same sentence says already."""
    if any(t.tie.kind in (TieKind.ALLIANCE, TieKind.CUSTOMS_UNION) for t in out):
        out = [t for t in out if t.tie.kind is not TieKind.MEMBERSHIP]
    housed = {who(t.tie.power) for t in out if t.tie.kind in (TieKind.BASE, TieKind.OUTPOST) and t.tie.power}
    within = (TieKind.PRESENCE, TieKind.CONCESSION)  # the troops of a base and its lease are no ties beside it
    return [t for t in out if t.tie.kind not in within or not t.tie.power or who(t.tie.power) not in housed]


def _key(tie: Tie) -> frozenset[str | None]:
    """The sides of a tie, whoever stands where."""
    return frozenset(who(p) for p in (tie.power, tie.host, *tie.members) if p)


def _group[T: (Name, PlaceName, Time, Figure, SourceCitation)](items: tuple[T, ...]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for i in items:
        out.setdefault(i.sentence, []).append(i)
    return out


def _by_head[T: (Name, PlaceName)](items: list[T]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for i in items:
        out.setdefault(i.head, []).append(i)
    return out


def _complete(trigger: TieTrigger, sides: Sides) -> bool:
    """Are the sides that the entry insists on known, and two?"""
    needs = trigger.entry.needs
    if sides.power and sides.host and who(sides.power) == who(sides.host):
        return False
    both = sides.power is not None and sides.host is not None
    states = [p for p in sides.members if p.country]
    if needs == "members":
        return both or bool(states)
    if needs == "power":
        return sides.power is not None
    if needs == "host":
        return sides.host is not None
    return both or len(states) > 1


def _quantity(f: Figure, text: str) -> Quantity:
    return Quantity(
        value=f.value, low=f.low, high=f.high, bound=f.bound, unit=f.unit, of=f.of, text=text[f.span.start : f.span.end]
    )


def _holder(standing: Standing) -> Holder | None:
    if standing.holder is None and standing.holder_words is None:
        return None
    name = standing.holder
    if name is None:
        return Holder(kind=HolderKind.SPEAKER, name=standing.holder_words)
    kind = HolderKind.SOURCE if name.kind == "org" and name.sector in (Sector.JRN, Sector.MED) else HolderKind.SPEAKER
    return Holder(kind=kind, name=name.person or standing.holder_words, country=name.country)
