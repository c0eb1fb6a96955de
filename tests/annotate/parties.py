"""Parties and places of an annotated text in a form that a test can write down."""

from collections.abc import Callable

from marchland.model.annotated import Annotated, Name

Annotate = Callable[..., Annotated]  # the `annotated` fixture
Party = tuple[str, str | None, str]


def told(doc: Annotated) -> list[Party]:
    """Each party: its words, its organisation or else its country, its sector."""
    return [(_words(doc, n), n.org or n.country, n.sector.value) for n in doc.names]


def codes(doc: Annotated) -> list[str | None]:
    """Each party's organisation or else its country, in order."""
    return [n.org or n.country for n in doc.names]


def one(doc: Annotated, words: str) -> Name:
    """The party told with these words."""
    [found] = [n for n in doc.names if _words(doc, n) == words]
    return found


def grounds(doc: Annotated) -> list[tuple[str, str | None, str]]:
    """Each place: its words, its country, its kind."""
    return [(doc.document.text[p.span.start : p.span.end], p.country, p.kind.value) for p in doc.places]


def _words(doc: Annotated, name: Name) -> str:
    return doc.document.text[name.span.start : name.span.end]
