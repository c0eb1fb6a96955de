"""From one annotated document to its claims, judgements and forecasts, each with its holder and what it is about.

A sentence falls into clauses (`statement_units`); the lexicon's phrases say which of them weigh, claim or foretell, and on whose
word (`propositions`). No statement is an event, and no judgement word makes one.
"""

from collections.abc import Iterable

from marchland.model.annotated import Annotated, Sentence, SourceCitation, Time
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import HolderKind, Status
from marchland.model.records import AnyRecord, Claim, Event, Forecast, Holder, Judgement, Mention, Participant, Tie
from marchland.reading.events import citation_id
from marchland.reading.propositions import Propositions
from marchland.reading.readings import Proposition
from marchland.reading.statement_odds import certainty, denied, hedged, horizon, inside, probability
from marchland.reading.statement_units import Unit, holder_of
from marchland.reading.told_at import Layout, Scene, Scenes, Told

_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE)
_ANAPHORS = frozenset({"this", "these", "that", "those", "such", "it", "they"})


class StatementReader:
    """Reads the statements of one document."""

    def __init__(self, doc: Annotated, coder: str, layout: Layout | None = None) -> None:
        self.layout = layout or Layout(doc)
        self.doc = doc
        self.coder = coder
        self.text = doc.document.text
        self.times: dict[int, list[Time]] = _by_sentence(doc.times)
        self.citations: dict[int, list[SourceCitation]] = _by_sentence(doc.citations)
        self.propositions = Propositions(self.times)

    def statements(self, records: Iterable[AnyRecord]) -> list[Claim | Judgement | Forecast]:
        """Claims, judgements and forecasts in order; `records` are the events and ties read before."""
        scenes = Scenes(self.doc, [r for r in records if isinstance(r, Event | Tie)], self.layout)
        out: list[Claim | Judgement | Forecast] = []
        before: list[Told] = []
        for sentence in self.doc.sentences:
            if not sentence.tokens or sentence.block in _UNREAD:
                continue
            scene = scenes.at(sentence)
            out += (self._record(scene, p, before) for p in self.propositions.of(scene, before))
            before = scene.told or before
        return out

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
                probability=probability(hedges, denied=shared["polarity"] == -1),
                horizon=horizon(self.times.get(scene.sentence.index, []), area, self.doc.written),
                **shared,  # type: ignore[arg-type]  # the keys are Statement's
            )
        return Claim(**shared) if p.kind == "claim" else Judgement(**shared)  # type: ignore[arg-type]  # the same

    def _own_holder(self, scene: Scene, p: Proposition) -> Holder | None:
        """The holder whom the words of the statement themselves name: "she expects the town to fall"."""
        holder = holder_of(scene.tree, scene.finder, p.match) if p.unit.frame is not p.match else None
        told = holder is not None and holder.name is not None and holder.name.lower() in ("he", "she")
        return (self.propositions.last or holder) if told else holder

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
