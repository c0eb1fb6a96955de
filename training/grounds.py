"""Questions for the model of where an act happened, from the `where=` of labelled acts."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from blocks import LabelledText, Told
from marchland.model.annotated import Annotated
from marchland.reading.events import EventReader
from marchland.reading.features import Scene
from marchland.reading.ground import Judge
from marchland.reading.triggers import Trigger
from marchland.reading.whereabouts import Asked
from ranking import Question
from told import overlaps, spans


def questions(texts: Sequence[LabelledText], docs: Iterable[Annotated]) -> list[Question]:
    """One question for each act that is read and labelled, where its label can be chosen."""
    out: list[Question] = []
    for label, doc in zip(texts, docs, strict=True):
        reader = EventReader(doc, "training")
        reader.ground.judge = _judge(label, doc, out)
        for _ in reader.drafts():
            pass
    return out


def _judge(label: LabelledText, doc: Annotated, out: list[Question]) -> Judge:
    def judge(asked: Asked) -> str | None:
        told = labelled(label, doc.document.text, asked.act)
        if told is not None and told.where in asked.countries:
            out.append(Question(asked.rows, frozenset({asked.countries.index(told.where)}), label.id))
        return told.where if told is not None else None

    return judge


class _Act(Protocol):
    """What a label is found by: the act's words and its type."""

    @property
    def trigger(self) -> Trigger:
        """Its words."""

    @property
    def kind(self) -> str:
        """Its type."""

    @property
    def scene(self) -> Scene:
        """Its sentence."""


def labelled(label: LabelledText, text: str, act: _Act) -> Told | None:
    """The labelled act that a read one meets."""
    tokens = [act.scene.tree.tokens[i] for i in act.trigger.tokens]
    here = (min(t.start for t in tokens), max(t.end for t in tokens))
    found = (e for e in label.events if act.kind in e.types and overlaps(here, spans(text, e.trigger)))
    return next(found, None)
