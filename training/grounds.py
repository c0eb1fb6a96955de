"""Questions for the model of where an act happened, from the `where=` of labelled acts."""

from collections.abc import Iterable, Sequence

from blocks import LabelledText
from marchland.model.annotated import Annotated
from marchland.reading.events import EventReader
from marchland.reading.ground import Judge
from marchland.reading.whereabouts import Asked
from ranking import Question
from reread import labelled, reread


def questions(texts: Sequence[LabelledText], docs: Iterable[Annotated]) -> list[Question]:
    """One question for each act that is read and labelled, where its label can be chosen."""
    out: list[Question] = []

    def listen(reader: EventReader, label: LabelledText, doc: Annotated) -> None:
        reader.ground.judge = _judge(label, doc, out)

    reread(texts, docs, listen)
    return out


def _judge(label: LabelledText, doc: Annotated, out: list[Question]) -> Judge:
    def judge(asked: Asked) -> str | None:
        told = labelled(label, doc.document.text, asked.act)
        if told is not None and told.where in asked.countries:
            ruled = asked.act.ruled.country if asked.act.ruled else None
            right = frozenset({asked.countries.index(told.where)})
            out.append(Question(asked.rows, right, label.id, asked.countries.index(ruled)))
        return told.where if told is not None else None

    return judge
