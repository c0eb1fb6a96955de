"""The stages that many tests read with, loaded once for all of them."""

import pytest

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.annotated import Annotated
from marchland.model.records import Event
from marchland.reading import read
from tests.annotate.parties import Annotate
from tests.reading.lines import Code


@pytest.fixture(scope="session")
def annotated() -> Annotate:
    """One text, with its `title` and `date` where they are given, annotated; every sentence is parsed."""
    annotator = Annotator()

    def look(text: str, *, title: str | None = None, date: str | None = None) -> Annotated:
        [found] = annotator([document(text, title=title, date=date)])
        return found

    return look


@pytest.fixture(scope="session")
def coder(annotated: Annotate) -> Code:
    """The events of one text, by rules and classifier together; the gate has tests of its own."""

    def code(text: str, *, title: str | None = None, date: str | None = None) -> list[Event]:
        return list(read(annotated(text, title=title, date=date), "test").events)

    return code
