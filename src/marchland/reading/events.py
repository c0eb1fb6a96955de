"""From one annotated document to the acts it tells, each with its parties, status, time, place and figures."""

from collections.abc import Iterator
from dataclasses import replace

from marchland.encoder import passages
from marchland.lexicon.linear import available
from marchland.lexicon.schema import Entry
from marchland.lexicon.verbs import classes, grammar
from marchland.model.annotated import Annotated, Figure, Name, PlaceName, Sentence, SourceCitation, Time
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import EventType, HolderKind, Sector, Status
from marchland.model.records import UNKNOWN_PARTY, Event, Holder, Mention, Participant, Place, Quantity
from marchland.model.tree import Tree
from marchland.reading.by_source import told_by_source
from marchland.reading.classify import acts, assigned
from marchland.reading.clauses import Clauses
from marchland.reading.contexts import contexts
from marchland.reading.dating import Days
from marchland.reading.draft import Draft
from marchland.reading.features import Scene
from marchland.reading.ground import Ground
from marchland.reading.joining import joined
from marchland.reading.recalled import recalls
from marchland.reading.roles import RoleFinder, Roles, needs_met
from marchland.reading.second_look import grounded
from marchland.reading.setting import Setting
from marchland.reading.status import Standing, StatusReader
from marchland.reading.triggers import Trigger, TriggerFinder
from marchland.reading.unsaid import Gap

_COOPERATIVE = frozenset({EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID})
_FORCEFUL = frozenset({EventType.ASSAULT, EventType.COERCE})
_YIELDING = frozenset({EventType.RETREAT, EventType.CONCEDE})
_CERTAINTY = {
    Status.ASSERTED: 0.95, Status.REPORTED: 0.85, Status.PLANNED: 0.7, Status.ALLEGED: 0.45,
    Status.HYPOTHETICAL: 0.35, Status.PREDICTED: 0.5, Status.DENIED: 0.2,
}  # fmt: skip
_HOSTED = frozenset({EventType.AID, EventType.COOPERATE, EventType.RETREAT})  # talks are held on third ground as often
_SETTLED = 2  # sentences after which a pointing noun ("the coup") points to what has been told
_PROMISES = frozenset({"plan", "offer", "pledge", "promise", "commitment", "vow"})
_SURE = 0.5  # probability from which an act needs no named party


class EventReader:
    """Reads the events of one document."""

    def __init__(self, doc: Annotated, coder: str, *, learned: bool | None = None, encoder: bool = True) -> None:
        self.doc = doc
        self.learned = available() if learned is None else learned  # False = the rules alone
        self.coder = coder
        self.text = doc.document.text
        self.by_sentence: dict[int, list[Name]] = _group(doc.names)
        self.places: dict[int, list[PlaceName]] = _group(doc.places)
        self.times: dict[int, list[Time]] = _group(doc.times)
        self.figures: dict[int, list[Figure]] = _group(doc.figures)
        self.citations: dict[int, list[SourceCitation]] = _group(doc.citations)
        self.setting = Setting(doc)
        self.ground = Ground(doc)
        self.days = Days(doc)
        self.passages = passages(self.text, doc.sentences) if encoder and self.learned else None
        self.paragraphs: dict[int, list[str]] = {}
        for s in doc.sentences:
            self.paragraphs.setdefault(s.paragraph, []).extend(t.lemma for t in s.tokens)

    def drafts(self) -> Iterator[Draft]:
        """Acts in order of sentence and trigger."""
        for sentence in self.doc.sentences:
            if sentence.tokens and sentence.block is not BlockKind.PUBLICATION:
                yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence) -> Iterator[Draft]:
        tree = Tree(sentence.tokens)
        clauses = Clauses(tree)
        names: dict[int, list[Name]] = {}
        for n in self.by_sentence.get(sentence.index, []):
            names.setdefault(n.head, []).append(n)
        finder = TriggerFinder(tree, names, clauses.arguments)
        roles = RoleFinder(tree, clauses, names)
        scene = Scene.of(tree, clauses, names, self.doc, sentence, self.passages)
        told = {x.head for marks in (self.by_sentence, self.times, self.places) for x in marks.get(sentence.index, [])}
        found = []
        for trigger, parties, standing, confidence in self._acts(scene, finder, roles):
            if not (self._has_party(trigger, parties, confidence) or self._faceless(trigger, parties, sentence)):
                continue
            if standing.status is not None and not (sentence.index >= _SETTLED and recalls(tree, trigger, told)):
                found.append(self._draft(sentence, scene, trigger, parties, standing, confidence))
        yield from _folded(found)

    def _acts(
        self, scene: Scene, finder: TriggerFinder, roles: RoleFinder
    ) -> Iterator[tuple[Trigger, Roles, Standing, float]]:
        if self.learned:
            for candidate, probability in acts(scene, finder, roles):
                roles_found = grounded(candidate.trigger, assigned(candidate, scene), scene)
                yield candidate.trigger, roles_found, candidate.standing, probability
            return
        triggers = finder.find()
        governors = {t.head: t.entry.complement for t in triggers if t.entry.complement}
        status = StatusReader(scene.tree, scene.clauses, scene.names, governors)
        for trigger in triggers:
            parties = roles.find(trigger)
            yield trigger, parties, status.read(trigger), _confidence(trigger, parties)

    def _has_party(self, trigger: Trigger, roles: Roles, confidence: float) -> bool:
        """The rules insist on political parties; the classifier has weighed them, and where it is sure none need be named."""
        if not self.learned:
            return needs_met(trigger.entry, roles)
        return bool(roles.actors or roles.recipients) or confidence >= _SURE

    def _faceless(self, trigger: Trigger, roles: Roles, sentence: Sentence) -> bool:
        """ "A car bomb exploded in Baghdad": force against no named party, told with its place."""
        if trigger.entry.event_type is not EventType.ASSAULT or trigger.entry.needs:
            return False
        return bool(roles.actors or roles.recipients) or bool(self.places.get(sentence.index))

    # ---- one record ----

    def _draft(
        self, sentence: Sentence, scene: Scene, trigger: Trigger, roles: Roles, standing: Standing, confidence: float
    ) -> Draft:
        tree, status = scene.tree, standing.status
        assert status is not None
        actors = tuple(_participant(n, self.text) for n in roles.actors) or (UNKNOWN_PARTY,)
        if status.happened and (
            trigger.entry.base
            or (trigger.entry.event_type is EventType.AGREE and trigger.entry.complement == "planned")
            or (trigger.entry.event_type is EventType.AGREE and tree.tokens[trigger.head].lemma in _PROMISES)
        ):
            status = Status.PLANNED  # a promise made is an act still to come
        event_type, base = _converted(_kind(trigger.entry, actors), status)
        base = trigger.entry.base or (base if base is not event_type else None)
        if event_type is EventType.AGREE and base is None and _promises_goods(tree, trigger):
            base, status = EventType.AID, Status.PLANNED
        where = self.ground.of(sentence, scene, trigger, roles, event_type.value, status.value)
        recipients = tuple(_participant(n, self.text) for n in roles.recipients) or self._by_place(
            sentence, trigger, actors, where
        )
        if len([a for a in actors if a.key]) > 1:
            recipients = tuple(r for r in recipients if r.key)  # a joint act has no further unknown side
        elif not recipients:
            actors, recipients = self._with_unsaid(
                sentence, scene, trigger, (base or event_type, status), actors, where
            )
        if actors == (UNKNOWN_PARTY,) and self.setting.judge is not None:
            gap = self._gap("actor", sentence, scene, trigger, (base or event_type, status), recipients, where)
            actor = self.setting.missing(gap)
            actors = (actor,) if actor else actors
        mention = Mention(
            doc_id=self.doc.document.doc_id,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=self.text[sentence.span.start : sentence.span.end],
            trigger=Span(
                start=min(tree.tokens[i].start for i in trigger.tokens),
                end=max(tree.tokens[i].end for i in trigger.tokens),
            ),
            status=status,
            rule=trigger.entry.id,
            holder=_holder(standing),
            citation=self._citation(sentence),
            hedges=standing.hedges,
            coder=self.coder,
        )
        event = Event(
            id=content_id(
                self.doc.document.doc_id,
                "event",
                event_type,
                str(mention.trigger.start),
                *(p.key for p in actors + recipients),
            ),
            doc_id=self.doc.document.doc_id,
            status=status,
            mentions=(mention,),
            certainty=_CERTAINTY[status],
            confidence=round(confidence, 4),
            event_type=event_type,
            base=base,
            mode=trigger.entry.mode,
            contexts=tuple(sorted({*trigger.entry.contexts, *contexts(self.paragraphs[sentence.paragraph])})),
            actors=actors,
            recipients=recipients,
            when=self._when(sentence, scene, trigger, event_type, status),
            where=where,
            quantities=self._quantities(sentence, tree, trigger, roles),
        )
        title = sentence.block is BlockKind.TITLE
        return Draft(event, sentence.index, title, trigger, standing.governor, joined(tree, trigger.head))

    def _with_unsaid(
        self,
        sentence: Sentence,
        scene: Scene,
        trigger: Trigger,
        told: tuple[EventType, Status],
        actors: tuple[Participant, ...],
        where: Place | None,
    ) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
        """The sides of an act whose clause names one alone: with its host, else with the side that the sentences before tell."""
        known = frozenset(k for a in actors for k in (a.country, a.org) if k)
        unsaid = self._host(sentence, told[0], known, where) or self.setting.other_side(sentence.index, told[0], known)
        if self.setting.judge is not None and known:
            gap = self._gap("other", sentence, scene, trigger, told, actors, where)
            ruled = (unsaid.country, unsaid.org) if unsaid else None
            found = self.setting.missing(replace(gap, ruled=ruled))
            unsaid = unsaid if unsaid and found and ruled == (found.country, found.org) else found
        if unsaid is None:
            return actors, ()
        return ((*actors, unsaid), ()) if grammar().frames[trigger.entry.frame].mutual else (actors, (unsaid,))

    def _gap(
        self,
        side: str,
        sentence: Sentence,
        scene: Scene,
        trigger: Trigger,
        told: tuple[EventType, Status],
        known: tuple[Participant, ...],
        where: Place | None,
    ) -> Gap:
        return Gap(
            side=side,
            trigger=trigger,
            kind=told[0].value,
            status=told[1].value,
            scene=scene,
            sentence=sentence.index,
            known=tuple(p for p in known if p.key),
            where=where,
            ruled=None,
        )

    def _host(
        self, sentence: Sentence, event_type: EventType, known: frozenset[str], where: Place | None
    ) -> Participant | None:
        """ "Tehran opened a works near Dushanbe": help and joint acts on another state's ground are done with that state."""
        if event_type not in _HOSTED or not known or where is None or not where.country or where.country in known:
            return None
        if where.span is None or where.span not in sentence.span:
            return None
        return Participant(country=where.country, sector=Sector.GOV, resolved="place")

    def _by_place(
        self, sentence: Sentence, trigger: Trigger, actors: tuple[Participant, ...], where: Place | None
    ) -> tuple[Participant, ...]:
        """Force used by outsiders in a country, its victims not told, is done to that country's people."""
        known = {a.country for a in actors if a.country}
        if trigger.entry.event_type not in _FORCEFUL or not known or where is None or not where.country:
            return ()
        if where.country in known or where.span is None or where.span not in sentence.span:
            return ()
        return (Participant(country=where.country, sector=Sector.CVL, resolved="place"),)

    def _citation(self, sentence: Sentence) -> str | None:
        found = [c for c in self.citations.get(sentence.index, []) if not c.credit]
        return citation_id(self.doc, found[-1]) if found else None

    def _when(
        self, sentence: Sentence, scene: Scene, trigger: Trigger, kind: EventType, status: Status
    ) -> DateRange | None:
        found = self.days.find(sentence.index, scene, trigger, kind.value, status.value)
        return found.range if found else told_by_source(self.doc, sentence, scene.tree, trigger, status)

    def _quantities(self, sentence: Sentence, tree: Tree, trigger: Trigger, roles: Roles) -> tuple[Quantity, ...]:
        heads = {t.index for t in roles.tokens} | set(trigger.tokens)
        if trigger.carrier is not None:
            heads.add(trigger.carrier)
        out = []
        for f in self.figures.get(sentence.index, []):
            chain = {
                f.head,
                *(
                    a.index
                    for a in tree.ancestors(f.head)
                    if a.tag.startswith(("NN", "IN", "CD")) or a.index == trigger.head
                ),
            }
            if chain & heads:
                out.append(
                    Quantity(
                        value=f.value,
                        low=f.low,
                        high=f.high,
                        bound=f.bound,
                        unit=f.unit,
                        of=f.of,
                        text=self.text[f.span.start : f.span.end],
                    )
                )
        return tuple(out)


def _group[T: (Name, PlaceName, Time, Figure, SourceCitation)](items: tuple[T, ...]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for i in items:
        out.setdefault(i.sentence, []).append(i)
    return out


def citation_id(doc: Annotated, citation: SourceCitation) -> str:
    """The id of an in-text citation."""
    return content_id(doc.document.doc_id, "citation", str(citation.span.start), str(citation.span.end))


def _promises_goods(tree: Tree, trigger: Trigger) -> bool:
    """ "promised Cambodia a loan": the object says what the promise is of."""
    if trigger.entry.complement != "planned":
        return False
    goods = classes()["money"] | classes()["aid_good"]
    return any(c.lemma in goods for c in tree.having(trigger.head, "dobj", "nsubjpass"))


def _kind(entry: Entry, actors: tuple[Participant, ...]) -> EventType:
    """The entry's type, or the one it has where two states act together."""
    if entry.joint is not None and len({a.country for a in actors if a.country}) > 1:
        return entry.joint
    return entry.event_type


def _converted(event_type: EventType, status: Status) -> tuple[EventType, EventType | None]:
    """A cooperative act still to come is AGREE, a yielding one CONCEDE; `base` keeps what it will be."""
    if status is not Status.PLANNED:
        return event_type, None
    if event_type in _COOPERATIVE:
        return EventType.AGREE, event_type
    if event_type in _YIELDING:
        return EventType.CONCEDE, event_type
    return event_type, None


def _folded(found: list[Draft]) -> list[Draft]:
    """An AGREE trigger that governs a planned act tells one event, not two: the promise takes the act's type as its base."""
    out = list(found)
    for inner in found:
        outer = next((d for d in out if d.trigger.head == inner.governor and d is not inner), None)
        if outer is None or inner not in out or outer.event.event_type is not EventType.AGREE:
            continue
        if inner.event.event_type in (EventType.AGREE, EventType.CONCEDE):
            out[out.index(outer)] = replace(outer, event=_promise(outer.event, inner.event))
            out.remove(inner)
    return out


def _promise(outer: Event, inner: Event) -> Event:
    """The promise with what is promised; "agreed to withdraw" is a concession, and a promised meeting has sides alone."""
    planned = inner.status is Status.PLANNED and outer.status.happened
    status = Status.PLANNED if planned else outer.status
    actors = outer.actors if outer.actors != (UNKNOWN_PARTY,) else inner.actors
    known = {a.key for a in actors}
    recipients = outer.recipients or tuple(r for r in inner.recipients if r.key not in known)
    if len(inner.actors) > 1 and not inner.recipients:
        actors, recipients = inner.actors, ()
    return replace(
        outer,
        event_type=EventType.CONCEDE if inner.event_type is EventType.CONCEDE else outer.event_type,
        base=inner.base or outer.base,
        status=status,
        actors=actors,
        recipients=recipients,
        when=inner.when or outer.when,
        where=inner.where or outer.where,
        quantities=outer.quantities or inner.quantities,
        mentions=(replace(outer.mentions[0], status=status),),
    )


def _participant(n: Name, text: str) -> Participant:
    told = None if n.kind == "pronoun" else text[n.span.start : n.span.end]
    return Participant(
        country=n.country, org=n.org, sector=n.sector, text=told or text[n.span.start : n.span.end], span=n.span,
        name=n.person, office=n.office, resolved=n.resolved,
    )  # fmt: skip


def _holder(standing: Standing) -> Holder | None:
    if standing.holder is None and standing.holder_words is None:
        return None
    name = standing.holder
    if name is None:
        return Holder(kind=HolderKind.SPEAKER, name=standing.holder_words)
    kind = HolderKind.SOURCE if name.kind == "org" and name.sector in (Sector.JRN, Sector.MED) else HolderKind.SPEAKER
    return Holder(kind=kind, name=name.person or standing.holder_words, country=name.country)


def _confidence(trigger: Trigger, roles: Roles) -> float:
    value = trigger.entry.strength
    if not roles.actors:
        value *= 0.8
    if roles.weak:
        value *= 0.85
    if any(
        n.resolved in ("headline", "dateline", "previous", "coreference") for n in (*roles.actors, *roles.recipients)
    ):
        value *= 0.9
    return round(value, 4)
