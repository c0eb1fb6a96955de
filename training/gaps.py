"""Questions for the model of which party a clause leaves unsaid, from the labelled parties of acts."""

from collections.abc import Iterable, Sequence

from blocks import LabelledText, Told
from marchland.model.annotated import Annotated
from marchland.reading.events import EventReader
from marchland.reading.setting import Judge
from marchland.reading.unsaid import Asked, Key
from ranking import Question
from reread import labelled, reread


def questions(texts: Sequence[LabelledText], docs: Iterable[Annotated]) -> list[Question]:
    """One question for each labelled act that is read without a side."""
    out: list[Question] = []

    def listen(reader: EventReader, label: LabelledText, doc: Annotated) -> None:
        reader.setting.judge = _judge(label, doc, out)

    reread(texts, docs, listen)
    return out


def _judge(label: LabelledText, doc: Annotated, out: list[Question]) -> Judge:
    def judge(asked: Asked) -> Key | None:
        told = labelled(label, doc.document.text, asked.gap)
        if told is None:
            return None
        hits = _right(asked, told)
        ruled = asked.keys.index(asked.gap.ruled) if asked.gap.ruled in asked.keys else 0
        out.append(Question(asked.rows, frozenset(hits), label.id, ruled))
        return asked.keys[hits[0]]

    return judge


def _right(asked: Asked, told: Told) -> list[int]:
    """The labelled parties that are among the candidates; nobody, where none is."""
    wanted = told.actors if asked.gap.side == "actor" else (*told.recipients, *told.actors)
    across = told.actors if asked.gap.side == "actor" else told.recipients
    home = {p.country for p in asked.gap.known}
    keys = {(p.country, p.org) for p in wanted if p.country not in home}
    keys |= {(p.country, p.org) for p in across}
    hits = [i for i, k in enumerate(asked.keys) if k is not None and k in keys]
    if not hits:
        hits = [i for i, k in enumerate(asked.keys) if k is not None and k[0] and k[0] in {c for c, _ in keys}]
    return hits or [0]
