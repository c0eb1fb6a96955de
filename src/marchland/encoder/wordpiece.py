"""Cutting a text into the pieces of words that the encoder knows (WordPiece, lower case, without accents)."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from marchland.lexicon.tables import folder

FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_ASCII_MARKS = ((33, 47), (58, 64), (91, 96), (123, 126))


@cache
def vocabulary() -> Mapping[str, int]:
    """The row of each piece."""
    lines = folder("models").joinpath("encoder", "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    return {piece: row for row, piece in enumerate(lines) if piece}


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Runs of letters and digits, and single marks, as offsets of the text."""
    begun: int | None = None
    stop = len(text) if end is None else end
    for i in range(start, stop):
        space, mark = text[i].isspace(), _is_mark(text[i])
        if begun is None and not (space or mark):
            begun = i
        elif begun is not None and (space or mark):
            yield begun, i
            begun = None
        if mark:
            yield i, i + 1
    if begun is not None:
        yield begun, stop


def _is_mark(c: str) -> bool:
    code = ord(c)
    return any(low <= code <= high for low, high in _ASCII_MARKS) or unicodedata.category(c).startswith("P")


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[int, ...]:
    """The rows of the longest pieces that make up one word; the unknown piece where there are none."""
    known = vocabulary()
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    out: list[int] = []
    at = 0
    while at < len(plain):
        mark = "##" if at else ""
        end = next((e for e in range(len(plain), at, -1) if mark + plain[at:e] in known), None)
        if end is None:
            return (known[UNKNOWN],)
        out.append(known[mark + plain[at:end]])
        at = end
    return tuple(out)
