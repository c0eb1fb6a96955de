"""Where sentences are settled: of several ways to say a thing, the first that its evidence supports; else it is dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marchland.brief.check import check, check_text
from marchland.brief.english import sentence as finished
from marchland.brief.material import Material
from marchland.brief.model import Dropped, Note, Run, Sentence, said
from marchland.brief.notes import quotes, tight
from marchland.model.records import Record


@dataclass(slots=True, kw_only=True)
class Desk:
    """The material, and what could not be said of it."""

    m: Material
    dropped: list[Dropped] = field(default_factory=list)

    def settle(self, texts: Sequence[str], records: Sequence[Record], *, more: Sequence[Note] = ()) -> Sentence | None:
        """The first of `texts` that the records' tellings support, fullest first; None = none, and it is noted why."""
        bare = [q for r in records for q in quotes(r, self.m)]
        wide = [q for r in records for q in quotes(r, self.m, context=True)]
        for text in map(finished, texts):
            if not check_text(text, [*bare, *more]):
                return said(text, [*bare, *more])
            if not check_text(text, [*wide, *more]):
                return said(text, [*tight(text, wide, lambda t, n: not check_text(t, [*n, *more])), *more])
        if texts:
            self._drop(finished(texts[0]), [*wide, *more])
        return None

    def first(self, texts: Sequence[str], notes: Sequence[Note]) -> Sentence | None:
        """The first of `texts` that these very notes support."""
        for text in map(finished, texts):
            if not check_text(text, notes):
                return said(text, notes)
        self._drop(finished(texts[0]), notes)
        return None

    def joined(self, runs: Sequence[Run]) -> Sentence | None:
        """A sentence made of runs with notes of their own, if they support it."""
        made = Sentence(runs=tuple(runs))
        faults = check(made)
        if faults:
            self.dropped.append(Dropped(text=made.text, reasons=tuple(str(f) for f in faults)))
            return None
        return made

    def stated(self, text: str, notes: Sequence[Note]) -> Sentence | None:
        """A sentence on rows or quotes that the caller chose, if they support it."""
        return self.joined([Run(text=finished(text), notes=tuple(dict.fromkeys(notes)))])

    def _drop(self, text: str, notes: Sequence[Note]) -> None:
        self.dropped.append(Dropped(text=text, reasons=tuple(str(f) for f in check_text(text, notes))))


def only(found: Sequence[Sentence | None]) -> tuple[Sentence, ...]:
    """Those that could be said."""
    return tuple(s for s in found if s is not None)


def capital_first(text: str) -> str:
    """The same with a capital first."""
    return text[:1].upper() + text[1:]
