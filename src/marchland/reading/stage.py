"""The order in which one annotated document is read."""

from functools import cache

from marchland.encoder import is_long
from marchland.model.annotated import Annotated
from marchland.model.records import AnyRecord, Citation, Reading
from marchland.reading.draft import Draft
from marchland.reading.events import EventReader, citation_id
from marchland.reading.links import links
from marchland.reading.merge import merged
from marchland.reading.silences import SilenceReader
from marchland.reading.statements import StatementReader
from marchland.reading.tie_finder import tie_head_lemmas
from marchland.reading.ties import TieReader
from marchland.reading.told_at import Layout
from marchland.reading.triggers import head_lemmas

_JUDGEMENT = frozenset({"judgement"})
_SURE = 0.5  # confidence from which a word of a judgement may tell an act all the same


def read(doc: Annotated, coder: str) -> Reading:
    """Read every record of one document; `coder` is the version that each mention will carry."""
    if not any(s.tokens for s in doc.sentences):
        return Reading(citations=_citations(doc, []), records=())
    layout = Layout(doc)
    seen = is_long(doc.sentences)
    events = merged(d for d in EventReader(doc, coder).drafts() if not (seen and _only_judged(d, doc, layout)))
    acts: list[AnyRecord] = [*events, *TieReader(doc, coder).ties(events)]
    records: list[AnyRecord] = [*acts]
    records += StatementReader(doc, coder, layout).statements(acts)
    records += SilenceReader(doc, coder, layout).silences(acts)
    records += links(doc, records, coder, layout)
    records.sort(key=lambda r: (r.mentions[0].start, r.mentions[0].trigger.start, r.id))
    return Reading(citations=_citations(doc, records), records=tuple(records))


def _only_judged(draft: Draft, doc: Annotated, layout: Layout) -> bool:
    """ "They are laying the groundwork for a lasting presence": the word of a judgement is an act only where it surely tells one."""
    if draft.event.confidence >= _SURE:
        return False
    _, _, finder, _ = layout.at(doc.sentences[draft.sentence])
    return any(draft.trigger.head in m.tokens for m in finder.find(_JUDGEMENT))


def _citations(doc: Annotated, records: list[AnyRecord]) -> tuple[Citation, ...]:
    out = []
    for c in doc.citations:
        name = citation_id(doc, c)
        supported = tuple(r.id for r in records if any(m.citation == name for m in r.mentions))
        out.append(
            Citation(
                id=name,
                doc_id=doc.document.doc_id,
                start=c.span.start,
                end=c.span.end,
                quote=doc.document.text[c.span.start : c.span.end],
                publication=c.publication,
                date=c.date,
                year_inferred=c.year_inferred,
                kind="credit" if c.credit else "source",
                supports=supported,
            )
        )
    return tuple(out)


@cache
def trigger_words() -> frozenset[str]:
    """Every inflected form of a word that may tell an act or a tie."""
    out: set[str] = set()
    for word in head_lemmas() | tie_head_lemmas():
        out |= _forms(word)
    return frozenset(out)


_VOWELS = "aeiou"


def _forms(word: str) -> set[str]:
    """Regular inflections; irregular ones are listed in `lexicon/ontology/irregular.csv`."""
    from marchland.lexicon.forms import irregular

    forms = {word, word + "s", word + "es", word + "ed", word + "d", word + "ing"}
    if word.endswith("e"):
        forms |= {word[:-1] + "ing"}
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms | irregular().get(word, frozenset())
