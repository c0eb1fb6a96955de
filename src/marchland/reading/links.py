"""How do the records of one document hang together: in return for, carries out, before, caused by, responds to, part of?

The lexicon's words join what is told on their two sides (`link_ends`); contradictions and doubtful identities (`link_finds`) are
found without any word that says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marchland.model.annotated import Annotated
from marchland.model.document import BlockKind, Span, content_id
from marchland.model.ontology import Relation, Status
from marchland.model.records import AnyRecord, Link, Mention
from marchland.reading.link_asides import asides
from marchland.reading.link_ends import EndFinder
from marchland.reading.link_finds import Found, contradictions, contrasts, doubtful_twins
from marchland.reading.statement_phrases import Match
from marchland.reading.told_at import Layout, Scene, Scenes

_KINDS = frozenset({"link"})
_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE)
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
        self.ends = EndFinder(doc, self.scenes)

    # ---- told by words ----

    def told_by_words(self) -> list[Link]:
        out: list[Link] = []
        for sentence in self.doc.sentences:
            if not sentence.tokens or sentence.block in _UNREAD:
                continue
            scene = self.scenes.at(sentence)
            for match in scene.finder.find(_KINDS):
                ends = self.ends.of(scene, match)
                if ends is not None:
                    out.append(self._link(scene, match, *ends))
            for entry, behind, before, span in asides(scene, self.doc.document.text):
                ends = (behind, before) if entry.goes_to == "before" else (before, behind)
                assert entry.relation is not None, "the schema sees to it"
                out.append(self._made(entry.relation, *ends, scene.sentence.span, span, entry.id, entry.strength))
        return out

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
