"""Where words of a label stand in a text."""

import re


def spans(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where the words stand, as whole words."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def overlaps(a: tuple[int, int], many: list[tuple[int, int]]) -> bool:
    """Does the span share a character with one of many?"""
    return any(a[0] < e and s < a[1] for s, e in many)
