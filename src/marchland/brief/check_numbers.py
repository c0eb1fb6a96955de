"""Which figures does a stretch of text hold? Digits and number words, scaled, each with whether it is only approximate."""

import re
from dataclasses import dataclass
from functools import cache

from marchland.lexicon.brief_words import check_words

_SCALES = ("thousand", "million", "billion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it stands in a text."""

    value: float
    about: bool  # told as approximate
    text: str


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted((w for w in check_words().numbers if w not in _SCALES), key=len, reverse=True))
    scale = rf"(?:[ -](?:{'|'.join(_SCALES)})s?)?"
    return re.compile(
        rf"(?<![\w.])(?:\d[\d,]*(?:\.\d+)?(?!\d)|(?:{words})s?(?:[ -](?:and )?(?:{words}))*){scale}\b", re.IGNORECASE
    )


def figures(text: str) -> list[Figure]:
    """Every figure; "one" and "zero" stand for too much else and are none."""
    out = []
    for m in _pattern().finditer(text):
        value = _value(m.group().lower())
        if value is not None and not (value <= 1 and m.group().isalpha()):
            out.append(Figure(value=value, about=_about(text[: m.start()]), text=m.group()))
    return out


def _about(before: str) -> bool:
    tail = before[-24:].lower().rstrip()
    return any(tail.endswith(w) and not tail[: -len(w)][-1:].isalpha() for w in check_words().about)


def _value(told: str) -> float | None:
    total, part = 0.0, 0.0
    for word in re.split(r"[ -]", told):
        if word[:1].isdigit():
            part += float(word.replace(",", "").rstrip("."))
            continue
        number = check_words().numbers.get(word, check_words().numbers.get(word.removesuffix("s")))
        if number is None:
            continue
        if word.removesuffix("s") in _SCALES:
            total, part = total + (part or 1) * number, 0.0
        elif number in (100, 12) and part:
            part *= number
        else:
            part += number
    return total + part
