"""The words that may point to a kind of tie: `ties/cues.toml`, broad on purpose; the learned judge decides."""

from dataclasses import dataclass
from functools import cache

from marchland.errors import LexiconError
from marchland.lexicon.tables import toml
from marchland.model.ontology import TieKind


@dataclass(frozen=True, slots=True)
class CueWords:
    """Lemma, or two lemmas joined by a blank, to the kinds it may point to."""

    plain: dict[str, tuple[TieKind, ...]]  # proposes a tie alone
    faint: dict[str, tuple[TieKind, ...]]  # only beside another cue of its kind


@cache
def cue_words() -> CueWords:
    """All cues.

    Raises:
        LexiconError: a table that is no kind of tie, or an unknown key.
    """
    found: dict[str, dict[str, list[TieKind]]] = {"plain": {}, "faint": {}}
    for name, spec in toml("ties/cues.toml").items():
        if name == "source":
            continue
        if name not in TieKind or set(spec) - set(found):
            raise LexiconError(f"lexicon/ties/cues.toml, {name}: a kind of tie with lists plain and faint is wanted")
        for strength, words in spec.items():
            for word in words:
                kinds = found[strength].setdefault(word, [])
                if TieKind(name) not in kinds:
                    kinds.append(TieKind(name))
    return CueWords(*({w: tuple(k) for w, k in found[s].items()} for s in ("plain", "faint")))
