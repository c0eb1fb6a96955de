"""Where does one paragraph end and the next begin? Blank lines say so, or single line ends, never a hard wrap."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from marchland.documents.marks import imprint, opens_caption

MARKUP_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")  # full-width stops end Chinese sentences
_BULLET = re.compile(r"[-*•·‣▪–][ \t]+(?=\S)")  # en dashes open list items too
_NUMBERED = re.compile(r"\(?\d{1,2}[.)][ \t]+(?=\S)")
_OPEN_END = re.compile(
    r"(?:[,;–—-]|\b(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|that|its|their|as))$", re.IGNORECASE
)

_WIDEST_WRAP = 132  # characters: longer lines are paragraphs, not wrapped lines
_NARROWEST_WRAP = 40  # characters: nobody wraps news narrower than this
_FULL = 0.85  # of the width: a line this full, next word included, was ended by the wrap
_LONGEST_HEADING = 100  # characters
_LONG_WORD = 5  # letters: in a headline that writes its words with capitals, words this long have one
_FEWEST_TITLE_WORDS = 3  # of them, or chance decides
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line without the white space around it; offsets into the document's text."""

    start: int
    end: int
    text: str

    @property
    def bullet(self) -> bool:
        """Does a list item start here?"""
        return bool(_BULLET.match(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Lines that belong together, and what their markup says of them."""

    start: int
    end: int
    level: int = 0  # of a markdown heading; 0 = none
    item: bool = False  # an item of a list


def stretches(text: str, start: int) -> Iterator[Stretch]:
    """Cut `text` from offset `start` on into paragraphs, headings and items, in order, without white space around."""
    groups = list(_groups(_lines(text, start)))
    single = len(groups) < 2  # no blank line anywhere: line ends part the paragraphs
    for group in groups:
        for part in _cut(group, single=single):
            yield _stretch(part)


def _lines(text: str, start: int) -> Iterator[Line | None]:
    """The lines; None for a blank one or a rule such as `---`, which no word crosses."""
    offset = start
    for raw in text[start:].splitlines(keepends=True):
        shown = raw.strip()
        if any(c.isalnum() for c in shown):
            left = offset + len(raw) - len(raw.lstrip())
            yield Line(start=left, end=left + len(shown), text=shown)
        else:
            yield None
        offset += len(raw)


def _groups(lines: Iterable[Line | None]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line is not None:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _cut(group: list[Line], *, single: bool) -> Iterator[list[Line]]:
    width = _wrap_width(group)
    part, alone = [group[0]], _stands_alone(group[0])
    for above, below in pairwise(group):
        was_alone, alone = alone, _stands_alone(below)
        if was_alone or alone or _parts(above, below, width=width, single=single):
            yield part
            part = []
        part.append(below)
    yield part


def _wrap_width(group: list[Line]) -> int | None:
    """The width at which the lines were wrapped by hand or by a program; None = they were not."""
    lengths = sorted(len(line.text) for line in group)
    width = lengths[(len(lengths) - 1) * 9 // 10] if len(lengths) >= 10 else lengths[-1]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    wrapped = any(_runs_on(a, b) or (_full(a, b, width) and not _stops(a)) for a, b in pairwise(group))
    return width if wrapped else None


def _parts(above: Line, below: Line, *, width: int | None, single: bool) -> bool:
    """Does the line end between the two part paragraphs, where neither is a line of its own kind?"""
    if below.bullet:
        return True
    if _NUMBERED.match(below.text) and (_stops(above) or above.text.endswith(":")):
        return True
    if _runs_on(above, below):
        return False
    if width is not None:
        return not _full(above, below, width)
    return single or (len(above.text) <= _LONGEST_HEADING and not _stops(above))


def _stands_alone(line: Line) -> bool:
    text = line.text
    if MARKUP_HEADING.match(text):
        return True
    return len(text) <= _WIDEST_WRAP and (opens_caption(text) or imprint(text, early=True) is not None)


def _runs_on(above: Line, below: Line) -> bool:
    """Is the sentence above unfinished, by its own words or by the small letter below?"""
    return not _stops(above) and (below.text[0].islower() or bool(_OPEN_END.search(above.text)))


def _full(above: Line, below: Line, width: int) -> bool:
    """Did the wrap end the line above, since the next word had no room? A headline over prose ends by itself."""
    if _in_title_case(above.text) and not _in_title_case(below.text):
        return False
    return len(above.text) + 1 + len(below.text.split(maxsplit=1)[0]) >= _FULL * width


def _in_title_case(text: str) -> bool:
    long = [word for word in _WORD.findall(text) if len(word) >= _LONG_WORD]
    return len(long) >= _FEWEST_TITLE_WORDS and not any(word[0].islower() for word in long)


def _stops(line: Line) -> bool:
    return bool(SENTENCE_END.search(line.text)) or line.text.endswith(":")


def _stretch(part: list[Line]) -> Stretch:
    first, last = part[0], part[-1]
    if heading := MARKUP_HEADING.match(first.text):
        return Stretch(start=first.start + heading.end(), end=last.end, level=len(heading["level"]))
    if bullet := _BULLET.match(first.text):
        return Stretch(start=first.start + bullet.end(), end=last.end, item=True)
    return Stretch(start=first.start, end=last.end, item=bool(_NUMBERED.match(first.text)))
