"""From a record to the quotes that a sentence about it stands on."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from marchland.brief.material import Material
from marchland.brief.model import Quote
from marchland.lexicon.registry import REGISTRY_ID
from marchland.lexicon.registry import registry as shipped
from marchland.model.dates import DateRange
from marchland.model.document import Document
from marchland.model.ontology import STATUS_STRENGTH
from marchland.model.records import Event, Mention, Record, Silence, Tie

MOST: Final = 3  # tellings that one sentence quotes of a record
_BEFORE: Final = 3  # earlier sentences of a document that may name who is meant
_SENTENCE: Final = re.compile(r"(?<=[.!?”\"])\s+|\n+")


def quotes(record: Record, m: Material, *, context: bool = False, most: int = MOST) -> tuple[Quote, ...]:
    """The firmest tellings of a record, one of each origin, a sentence of the text before a headline.

    Args:
        context: Add the headline and the sentences before, which may name those whom the quote only means.
    """
    best: dict[str, Mention] = {}
    told = [d.text.casefold() for d in _dates(record) if d and d.text]
    for mention in sorted(record.mentions, key=lambda x: (_order(x, m)[0], not _tells(x, told), *_order(x, m)[1:])):
        best.setdefault(m.origins.get(mention.doc_id, mention.doc_id), mention)
    return tuple(quote(record, x, m, context=context) for x in list(best.values())[:most])


def _tells(mention: Mention, words: Sequence[str]) -> bool:
    """Does it hold the words that tell one of the record's days?"""
    return any(w in mention.quote.casefold() for w in words)


def quote(record: Record, mention: Mention, m: Material, *, context: bool = False) -> Quote:
    """One telling as a note."""
    document = m.documents.get(mention.doc_id) or (shipped().document if mention.doc_id == REGISTRY_ID else None)
    return Quote(
        record_id=record.id,
        doc_id=mention.doc_id,
        start=mention.start,
        end=mention.end,
        text=mention.quote,
        context=_context(document, mention) if context and document and document.doc_id != REGISTRY_ID else (),
        outlet=document.publisher if document else None,
        published=m.told(mention.doc_id),
        status=mention.status,
        trigger=(mention.trigger.start - mention.start, mention.trigger.end - mention.start),
        dates=tuple(d for d in _dates(record) if d),
        url=document.url if document else None,
    )


def _order(mention: Mention, m: Material) -> tuple[int, bool, date, str, int]:
    document = m.documents.get(mention.doc_id)
    headline = bool(document and document.title and mention.start < len(document.title))
    told = m.told(mention.doc_id) or date.max
    return STATUS_STRENGTH.index(mention.status), headline, told, mention.doc_id, mention.start


def _dates(record: Record) -> tuple[DateRange | None, ...]:
    if isinstance(record, Event):
        return (record.when,)
    if isinstance(record, Tie):
        return record.since, record.until, record.last_confirmed
    return (record.window,) if isinstance(record, Silence) else ()


def _context(document: Document, mention: Mention) -> tuple[str, ...]:
    """The headline and the sentences before the quote, in order, without the quote itself."""
    head = document.title if document.title and mention.start >= len(document.title) else None
    body = document.text[len(head or "") : mention.start]
    before = [s.strip() for s in _SENTENCE.split(body) if s.strip()][-_BEFORE:]
    return tuple(dict.fromkeys([*([head] if head else []), *before]))


def evidence(found: Iterable[Quote]) -> str:
    """All that the quotes hold, as one text."""
    return "\n".join(part for q in found for part in (q.text, *q.context))


def tight(text: str, found: Sequence[Quote], supports: Callable[[str, Sequence[Quote]], bool]) -> tuple[Quote, ...]:
    """The same quotes with no more context than the sentence needs."""
    out = list(found)
    for i, q in enumerate(found):
        for line in q.context:
            less = replace(out[i], context=tuple(c for c in out[i].context if c != line))
            if supports(text, (*out[:i], less, *out[i + 1 :])):
                out[i] = less
    return tuple(out)
