"""A page of rows at a time: each distinct value is judged once, the rest is looked up. Rows that need a second look are few."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.exchange.columns import Columns
from marchland.exchange.refused import RowError
from marchland.exchange.told import days_of, number_in
from marchland.lexicon.codes import Coding

LEFT: Final = -1  # a code without a counterpart
BAD: Final = -2  # a value that breaks a rule: the row is read one by one, and told so


class Learned(dict[str, Any]):
    """What a value means, worked out when it is met first."""

    def __init__(self, learn: Callable[[str], Any]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, value: str) -> Any:
        found = self[value] = self._learn(value)
        return found

    def all(self, values: Sequence[str], dtype: type) -> NDArray[Any]:
        """What each of the values means."""
        return np.fromiter(map(self.__getitem__, values), dtype, len(values))


def learned_codes(out: Columns, known: Mapping[str, Coding], swapped: str) -> Learned:
    """Codes as the index of their coding, doubled, plus 1 where actor and recipient change sides."""

    def learn(code: str) -> int:
        coding = known.get(code)
        if coding is None:
            return BAD
        return LEFT if coding.event_type is None else out.kinds(coding) << 1 | (code == swapped)

    return Learned(learn)


def learned_days() -> Learned:
    """Days as ordinals."""

    def learn(value: str) -> int:
        try:
            start = days_of(value).start
        except (ValueError, IndexError):
            return BAD
        return start.toordinal() if start else BAD

    return Learned(learn)


def learned_scores() -> Learned:
    """Scores; infinite where the cell holds no number."""

    def learn(value: str) -> float:
        try:
            score = number_in(value, "score")
        except RowError:
            return float("inf")
        return float("nan") if score is None else score

    return Learned(learn)


def learned_parties(out: Columns, code_of: Callable[[str], str | None]) -> Learned:
    """Parties as their index; 0 = unknown."""
    return Learned(lambda value: out.party(code_of(value)))


def ids(values: Sequence[str]) -> NDArray[np.int64]:
    """Ids that are whole numbers of at most twelve digits; what is none is BAD."""
    found = (int(v) if v.isdecimal() and len(v) < 13 else BAD for v in values)
    return np.fromiter(found, np.int64, len(values))


def swap(a: NDArray[Any], b: NDArray[Any], where: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both sides, changed where asked."""
    return np.where(where, b, a), np.where(where, a, b)
