"""Questions for the model of when an act happened, from the `date=` words of labelled acts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from blocks import LabelledText
from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.annotated import Annotated, Time
from marchland.reading.dating import Asked, Judge
from marchland.reading.events import EventReader
from ranking import Question
from reread import labelled, reread
from told import overlaps, spans

_WRITTEN = "2012-06-13"  # given to texts without a day, so that "on Tuesday" and "last month" are dates
_DATED = 0.15  # share of a file's acts with a labelled date from which one that has none is told without


def questions(texts: Sequence[LabelledText]) -> list[Question]:
    """One question for each labelled act that is read, in files whose labels tell dates."""
    chosen = list(_dated(texts))
    docs = [document(t.body, title=t.title, doc_id=t.id, date=t.date or _WRITTEN) for t in chosen]
    out: list[Question] = []

    def listen(reader: EventReader, label: LabelledText, doc: Annotated) -> None:
        reader.days.judge = _judge(label, doc, out)

    reread(chosen, Annotator(encoder=False)(docs), listen)
    return out


def _dated(texts: Sequence[LabelledText]) -> Iterator[LabelledText]:
    acts, dated = Counter[str](), Counter[str]()
    for t in texts:
        acts[t.file] += len(t.events)
        dated[t.file] += sum(e.date is not None for e in t.events)
    return (t for t in texts if t.events and dated[t.file] >= _DATED * acts[t.file])


def _judge(label: LabelledText, doc: Annotated, out: list[Question]) -> Judge:
    text = doc.document.text

    def judge(asked: Asked) -> Time | None:
        told = labelled(label, text, asked)
        if told is None:
            return None
        hits = _right(asked, spans(text, told.date)) if told.date else [0]
        if hits:
            ruled = next((i for i, row in enumerate(asked.rows) if "rule=True" in row), 0)
            out.append(Question(asked.rows, frozenset(hits), label.id, ruled))
        return asked.times[hits[0]] if hits else None

    return judge


def _right(asked: Asked, words: list[tuple[int, int]]) -> list[int]:
    """The dates that stand in the labelled words: those of the act's own sentence, if any do."""
    hits = [i for i, t in enumerate(asked.times) if t is not None and overlaps((t.span.start, t.span.end), words)]
    own = [i for i in hits if "earlier" not in asked.rows[i]]
    return own or hits[:1]
