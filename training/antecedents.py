"""Questions for the model of whom a bare party or a pronoun means, from the words of the labelled parties."""

from collections.abc import Sequence

from blocks import LabelledText
from marchland.annotate import Annotator
from marchland.annotate.infer import Judge
from marchland.annotate.whose import NOBODY, Choice, Key
from marchland.documents import document
from marchland.model.annotated import Annotated
from marchland.model.document import Document, Span
from ranking import Question
from told import spans

type Gold = dict[tuple[int, int], set[Key]]  # characters of a party's words -> who it is


def documents(texts: Sequence[LabelledText]) -> list[Document]:
    """The texts as the coder gets them."""
    return [document(t.body, title=t.title, doc_id=t.id, date=t.date) for t in texts]


def gold(label: LabelledText, doc: Annotated) -> Gold:
    """Where the words of labelled parties stand in the sentences of their acts."""
    text = doc.document.text
    out: Gold = {}
    for told in label.events:
        triggers = spans(text, told.trigger)
        for s in doc.sentences:
            at = [start for start, _ in triggers if s.span.start <= start < s.span.end]
            for party in (*told.actors, *told.recipients) if at else ():
                found = [p for p in spans(text, party.text) if s.span.start <= p[0] < s.span.end] if party.text else []
                if found:
                    nearest = min(found, key=lambda p: min(abs(p[0] - a) for a in at))
                    out.setdefault(nearest, set()).add((party.country, party.org))
    return out


def right(asked: Choice, meant: set[Key]) -> list[int]:
    """The candidates that a label accepts: the party itself, else one of its country."""
    exact = [i for i, k in enumerate(asked.keys) if k in meant]
    return exact or [i for i, k in enumerate(asked.keys) if k[0] is not None and k[0] in {m[0] for m in meant}][:1]


def ruled(rows: Sequence[Sequence[str]]) -> int:
    """The candidate that the rules would take; 0 is nobody."""
    marks = {"ruled=-", "ruled=other"}
    return next((i for i, row in enumerate(rows) if i and not marks & set(row)), 0)


def _sure(asked: Choice, hits: Sequence[int]) -> list[float]:
    return [1 / len(hits) if i in hits else 0.0 for i in range(len(asked.keys))]


def questions(texts: Sequence[LabelledText]) -> list[Question]:
    """One question for each bare party or pronoun that is labelled and whose party can be chosen."""

    def nobody(_doc: str) -> Judge:
        return lambda asked, _span: _sure(asked, [asked.keys.index(NOBODY)])

    docs = documents(texts)
    labels = {t.id: gold(t, d) for t, d in zip(texts, Annotator(judge=nobody)(docs), strict=True)}
    out: list[Question] = []

    def recorder(doc: str) -> Judge:
        def judge(asked: Choice, span: Span) -> list[float]:
            meant = next((k for (s, e), k in labels[doc].items() if s < span.end and span.start < e), None)
            hits = right(asked, meant) if meant else []
            if hits:
                out.append(Question(asked.rows, frozenset(hits), doc, ruled(asked.rows)))
            return _sure(asked, hits or [ruled(asked.rows)])

        return judge

    for _ in Annotator(judge=recorder)(docs):
        pass
    return out
