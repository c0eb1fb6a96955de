"""Joins the stages: documents in, records out. The only module that knows their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from marchland.annotate import Annotator, Gate
from marchland.lexicon.linear import available, binary
from marchland.lexicon.tables import folder
from marchland.model.document import Document
from marchland.model.records import Reading
from marchland.reading import read, trigger_words


@cache
def coder_version() -> str:
    """The version of the code and the first digits of a hash over the lexicon: the same pair reads the same way."""
    digest = sha256()
    for part in ("ontology", "verbs", "ties", "statements", "models", "actors", "actors/leaders", "places"):
        for file in sorted(folder(part).iterdir(), key=lambda f: f.name):
            if file.is_file():
                digest.update(file.read_bytes())
    return f"marchland {version('marchland')}, lexicon {digest.hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Coder:
    """Reads documents into records."""

    def __call__(self, docs: Iterable[Document]) -> Iterator[tuple[Document, Reading]]:
        """Read each document; the document comes back with what its text told of it, such as its date."""
        annotate = Annotator(gate=Gate(trigger_words(), binary("gate") if available() else None))
        label = coder_version()
        for annotated in annotate(docs):
            yield annotated.document, read(annotated, label)
