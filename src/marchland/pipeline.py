"""Joins the stages: documents in, records out. The only module that knows their order."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import batched
from multiprocessing import get_context

from marchland.annotate import Annotator, Gate
from marchland.lexicon.linear import available, binary
from marchland.lexicon.tables import folder
from marchland.model.document import Document
from marchland.model.records import Reading
from marchland.reading import read, trigger_words

_BATCH = 128  # documents that a worker takes at a time


@cache
def coder_version() -> str:
    """The version of the code and the first digits of a hash over the lexicon: the same pair reads the same way."""
    digest = sha256()
    for part in (
        "ontology",
        "verbs",
        "ties",
        "statements",
        "models",
        "models/encoder",
        "actors",
        "actors/leaders",
        "places",
    ):
        for file in sorted(folder(part).iterdir(), key=lambda f: f.name):
            if file.is_file():
                digest.update(file.read_bytes())
    return f"marchland {version('marchland')}, lexicon {digest.hexdigest()[:12]}"


def _read_batch(docs: tuple[Document, ...]) -> list[tuple[Document, Reading]]:
    """What one worker does with one batch."""
    return list(Coder()(docs))


@dataclass(frozen=True, slots=True)
class Coder:
    """Reads documents into records."""

    workers: int = 1  # processes; the same readings in the same order however many

    def __call__(self, docs: Iterable[Document]) -> Iterator[tuple[Document, Reading]]:
        """Read each document; the document comes back with what its text told of it, such as its date."""
        if self.workers > 1:
            yield from self._together(docs)
        else:
            yield from self._alone(docs)

    def _together(self, docs: Iterable[Document]) -> Iterator[tuple[Document, Reading]]:
        """Batches handed to processes, a few at a time, so that memory does not grow with the corpus."""
        waiting: deque[Future[list[tuple[Document, Reading]]]] = deque()
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
            for batch in batched(docs, _BATCH):
                waiting.append(pool.submit(_read_batch, batch))
                while len(waiting) > 2 * self.workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    def _alone(self, docs: Iterable[Document]) -> Iterator[tuple[Document, Reading]]:
        annotate = Annotator(gate=Gate(trigger_words(), binary("gate") if available() else None))
        label = coder_version()
        for annotated in annotate(docs):
            yield annotated.document, read(annotated, label)
