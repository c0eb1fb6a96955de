"""From one annotated document to the silences that it tells: who did not answer what, and over which days."""

from collections.abc import Iterable, Iterator
from datetime import date

from marchland.model.annotated import Annotated, Name, Token
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import Precision, Status
from marchland.model.records import UNKNOWN_PARTY, AnyRecord, Event, Mention, Participant, Silence, Tie
from marchland.reading.clauses import is_passive
from marchland.reading.events import citation_id
from marchland.reading.silence_unsaid import unsaid
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import owner_of
from marchland.reading.told_at import Layout, Scene, Scenes

_KINDS = frozenset({"silence"})
_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE, BlockKind.TITLE, BlockKind.HEADING)
_TOWARDS = ("about", "on", "over", "to", "regarding", "concerning", "of", "at", "against", "after", "in", "for")
_FROM = ("from", "by", "of", "in")
_MODIFIERS = ("amod", "compound", "nmod", "poss")
_LIKEWISE = frozenset({"like", "as"})
_BACK = 2  # sentences in which a stimulus told before is looked for


class SilenceReader:
    """Reads the silences of one document."""

    def __init__(self, doc: Annotated, coder: str, layout: Layout | None = None) -> None:
        self.layout = layout or Layout(doc)
        self.doc = doc
        self.coder = coder
        self.text = doc.document.text

    def silences(self, records: Iterable[AnyRecord]) -> list[Silence]:
        """One record for each silent party, stimulus and reading, in order."""
        scenes = Scenes(self.doc, [r for r in records if isinstance(r, Event | Tie)], self.layout)
        out: dict[str, Silence] = {}
        for sentence in self.doc.sentences:
            if sentence.tokens and sentence.block not in _UNREAD:
                scene = scenes.at(sentence)
                seen: set[int | None] = set()
                for match in (*scene.finder.find(_KINDS), *unsaid(scene.tree, scene.finder.clauses)):
                    owner = owner_of(scene.tree, match.head, scene.units)
                    if owner in seen:
                        continue
                    seen.add(owner)
                    for silence in self._read(scene, scenes, match):
                        out.setdefault(silence.id, silence)
        return list(out.values())

    def _read(self, scene: Scene, scenes: Scenes, match: Match) -> Iterator[Silence]:
        area = _area(scene, match)
        party = self._party(scene, match, area)
        if party is None:
            return
        stimuli: list[AnyRecord | Span | None] = [self._stimulus(scene, scenes, match, area, party)]
        stimuli += self._likewise(scene, match)
        for trigger in _readings(scene, match):
            for stimulus in stimuli:
                yield self._record(scene, match, trigger, party, stimulus)

    def _record(
        self,
        scene: Scene,
        match: Match,
        trigger: tuple[int, int],
        party: Participant,
        stimulus: AnyRecord | Span | None,
    ) -> Silence:
        doc, tokens = self.doc.document, scene.tree.tokens
        span = Span(start=tokens[trigger[0]].start, end=tokens[trigger[1]].end)
        answered = stimulus if isinstance(stimulus, Span) or stimulus is None else stimulus.id
        cited = [c for c in self.doc.citations if c.sentence == scene.sentence.index and not c.credit]
        mention = Mention(
            doc_id=doc.doc_id,
            start=scene.sentence.span.start,
            end=scene.sentence.span.end,
            quote=self.text[scene.sentence.span.start : scene.sentence.span.end],
            trigger=span,
            status=Status.ASSERTED,
            rule=match.entry.id,
            citation=citation_id(self.doc, cited[-1]) if cited else None,
            coder=self.coder,
        )
        return Silence(
            id=content_id(
                doc.doc_id,
                "silence",
                str(span.start),
                str(span.end),
                party.key,
                answered if isinstance(answered, str) else str(answered),
            ),
            doc_id=doc.doc_id,
            status=Status.ASSERTED,
            mentions=(mention,),
            certainty=0.9,
            confidence=match.entry.strength,
            party=party,
            stimulus=answered,
            window=window(stimulus, self.doc.written),
        )

    # ---- who ----

    def _party(self, scene: Scene, match: Match, area: set[int]) -> Participant | None:
        """The silent one: the subject, else whose response it would be; the explicit unknown where the words name nobody."""
        for t in self._candidates(scene, match):
            found = _names(scene, t)
            if found:
                return _participant(found[0], self.text)
        inside = [n for i in sorted(area) for n in scene.names.get(i, ()) if n.country or n.org]
        if match.entry.id == "silence.not-yet" and inside:
            return _participant(inside[0], self.text)
        return UNKNOWN_PARTY if scene.names or scene.told else None

    @staticmethod
    def _candidates(scene: Scene, match: Match) -> Iterator[Token]:
        tree = scene.tree
        nouns = [tree.tokens[i] for i in match.tokens if tree.tokens[i].tag.startswith("NN")]
        for noun in nouns:
            for prep, obj in tree.pobjs(noun.index, *_FROM):
                if prep in _FROM:
                    yield obj
            yield from tree.having(noun.index, *_MODIFIERS)
        for i in match.tokens:
            for _, obj in tree.pobjs(i, "from", "by"):
                yield obj
        verb = tree.tokens[match.head]
        for t in (verb, *tree.ancestors(verb.index)):
            if not t.tag.startswith(("VB", "MD")):
                continue
            slots = scene.finder.clauses.arguments(t)
            for found in slots.get("subject", []):
                yield found
                for _, obj in tree.pobjs(found.index, *_FROM):
                    yield obj
                yield from tree.having(found.index, *_MODIFIERS)
            if is_passive(tree, t):
                for _, obj in tree.pobjs(t.index, "by", "from"):
                    yield obj
            return

    # ---- to what ----

    def _stimulus(
        self, scene: Scene, scenes: Scenes, match: Match, area: set[int], party: Participant
    ) -> AnyRecord | Span | None:
        """The act that would be answered: told in the same clause, else told just before; else the words that name it."""
        here = [x.record for x in scene.told if x.index in area] or [x.record for x in scene.told]
        acts = [r for r in here if not _only_by(r, party)]
        if acts:
            return acts[0]
        words = self._object(scene, match, area)
        if match.entry.id != "silence.not-yet" or words is None:
            for sentence in reversed(self.doc.sentences[max(scene.sentence.index - _BACK, 0) : scene.sentence.index]):
                if sentence.tokens and sentence.paragraph == scene.sentence.paragraph:
                    found = [x.record for x in scenes.at(sentence).told if not _only_by(x.record, party)]
                    if found:
                        return found[-1]
        return words

    @staticmethod
    def _object(scene: Scene, match: Match, area: set[int]) -> Span | None:
        """The phrase that says what the silence is about."""
        tree = scene.tree
        for i in (*match.tokens, *(a.index for a in tree.ancestors(match.head))):
            if i not in area:
                continue
            for prep, obj in tree.pobjs(i, *_TOWARDS):
                if prep not in _FROM or prep == "of":
                    below = sorted(t.index for t in tree.subtree(obj.index))
                    if not _names(scene, obj) or len(below) > 1:
                        return Span(start=tree.tokens[below[0]].start, end=tree.tokens[below[-1]].end)
            subject = tree.first(i, "nsubjpass", "dobj")
            if subject is not None:
                below = sorted(t.index for t in tree.subtree(subject.index))
                return Span(start=tree.tokens[below[0]].start, end=tree.tokens[below[-1]].end)
        return None

    @staticmethod
    def _likewise(scene: Scene, match: Match) -> list[AnyRecord | Span | None]:
        """ "just as with the base": a second act met with the same silence."""
        below = _compared(scene, match)
        first = [x.record for x in scene.told if x.index in below and isinstance(x.record, Tie)]
        return [first[0]] if first else []


def _area(scene: Scene, match: Match) -> set[int]:
    """The clause that tells the silence, up to a comparison with another case."""
    owner = owner_of(scene.tree, match.head, scene.units)
    area = set(scene.units[owner].tokens) if owner is not None else set()
    return area - _compared(scene, match)


def _compared(scene: Scene, match: Match) -> set[int]:
    """Token indexes of a comparison behind the words: "just as with the base"."""
    tokens = scene.tree.tokens
    start = next(
        (
            t.index
            for t in tokens
            if t.index > match.last and t.lemma in _LIKEWISE and t.dep in ("prep", "mark", "advmod")
        ),
        None,
    )
    return set(range(start, len(tokens))) if start is not None else set()


def _readings(scene: Scene, match: Match) -> list[tuple[int, int]]:
    """Triggers: one, or one for each side of "silence or acquiescence"."""
    tree = scene.tree
    for i in match.tokens:
        t = tree.tokens[i]
        joined = any(c.lemma == "or" for c in tree.having(i, "cc"))
        others = [c for c in tree.having(i, "conj") if joined and t.tag.startswith("NN")]
        if others:
            return [(i, i), *((c.index, c.index) for c in others)]
    return [(match.first, match.last)]


def _names(scene: Scene, t: Token) -> list[Name]:
    return [n for n in scene.names.get(t.index, ()) if n.country or n.org or n.person or n.political]


def _only_by(record: AnyRecord, party: Participant) -> bool:
    """An act of the silent party alone is no stimulus to it."""
    return (
        isinstance(record, Event)
        and party.key is not None
        and {p.key for p in record.actors if p.key} == {party.key}
        and not record.recipients
    )


def _participant(n: Name, text: str) -> Participant:
    return Participant(
        country=n.country, org=n.org, sector=n.sector, text=text[n.span.start : n.span.end], span=n.span,
        name=n.person, office=n.office, resolved=n.resolved,
    )  # fmt: skip


def window(stimulus: AnyRecord | Span | None, written: date | None) -> DateRange | None:
    """From the stimulus to the day of writing; open at the start where no day before the writing is told."""
    if written is None:
        return None
    told = stimulus.when if isinstance(stimulus, Event) else stimulus.since if isinstance(stimulus, Tie) else None
    start = told.start if told and told.start and told.start <= written else None
    return DateRange(start=start, end=written, precision=Precision.RANGE, anchor="text" if start else "published")
