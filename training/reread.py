"""Labelled texts read again, so that a judge may ask their labels."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from blocks import LabelledText, Told
from marchland.model.annotated import Annotated
from marchland.reading.events import EventReader
from marchland.reading.features import Scene
from marchland.reading.triggers import Trigger
from told import overlaps, spans

type Listen = Callable[[EventReader, LabelledText, Annotated], None]


def reread(texts: Sequence[LabelledText], docs: Iterable[Annotated], listen: Listen) -> None:
    """Read the events of each text after `listen` has put its judge into the reader."""
    for label, doc in zip(texts, docs, strict=True):
        reader = EventReader(doc, "training", encoder=False)
        listen(reader, label, doc)
        for _ in reader.drafts():
            pass


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
