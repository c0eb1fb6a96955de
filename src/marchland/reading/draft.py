"""An act as read in one sentence, before tellings are joined."""

from dataclasses import dataclass

from marchland.model.records import Event
from marchland.reading.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Draft:
    """One act as read in one sentence."""

    event: Event
    sentence: int
    title: bool  # told in the headline
    trigger: Trigger
    governor: int | None  # the word in whose complement the act stands
    joined: bool = False  # words such as "in return for" join it to another act of its sentence
