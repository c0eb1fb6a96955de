"""A headline in the case of running text, which the parser was trained on."""

from dataclasses import replace

from marchland.annotate.gazetteer import Mark
from marchland.annotate.parse import Raw, known_word

_SHARE = 0.6  # of words with a capital, from which on capitals say nothing


def running_text(raws: list[Raw], marks: list[Mark]) -> list[Raw]:
    """Lower the capitals that only the headline style put there; names that the gazetteer knows keep theirs."""
    letters = [r for r in raws if r.text[:1].isalpha()]
    capitals = [r for r in letters if r.text[0].isupper()]
    if not letters or len(capitals) < _SHARE * len(letters):
        return raws
    keep = [(m.start, m.end) for m in marks if m.entities[0].kind != "agent"]
    out = []
    for i, r in enumerate(raws):
        named = any(a <= r.start and r.end <= b for a, b in keep)
        out.append(r if named or (i == 0 and named) else replace(r, shown=_shown(r.text)))
    return out


def _shown(text: str) -> str:
    low = text.lower()
    if text.isupper() and 1 < len(text) <= 4 and not known_word(low):
        return text  # an abbreviation
    if known_word(low):
        return low
    return text.capitalize() if text.isupper() and len(text) > 4 else text
