"""What an agency puts around its words: "BAGHDAD, Iraq (Reuters) - ", "AFP - ", "(AP)" at a headline's end."""

import re
from dataclasses import dataclass

from marchland.model.annotated import Sentence
from marchland.model.document import BlockKind, Document, Span

_AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|UPI|dpa|DPA|IPS|BBC|CNN|Xinhua|XINHUA|TASS|ITAR-TASS|Interfax|RIA Novosti|Kyodo|Yonhap"
    r"|ANI|PTI|IRNA|SANA|KCNA|[A-Z][\w.&' -]{1,30})"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = r"[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.'’ -]{2,30}?)?"
_DASH = r"\s*(?:-{1,2}|—|–)\s+"
_OPENINGS = (
    re.compile(r"(?P<place>[A-Z][a-z]+)/[A-Z][a-z]+\s*-{1,2}\s+"),
    re.compile(rf"(?P<place>{_PLACE}) ?:\s+(?=[A-Z\"“'])"),
    re.compile(rf"(?P<place>{_PLACE})(?:, {_MONTH} \d{{1,2}})?\s*\({_AGENCY}\){_DASH}"),
    re.compile(rf"(?P<place>{_PLACE})(?:, {_MONTH} \d{{1,2}})?{_DASH}"),
    re.compile(rf"(?P<place>{_PLACE}), {_MONTH} \d{{1,2}}\s*(?:\({_AGENCY}\))?{_DASH[:-1]}*(?=[A-Z\"“'])"),
    re.compile(rf"(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?:, [A-Z][\w.'’ -]{{2,30}}?)?) \({_AGENCY}\){_DASH}"),
    re.compile(rf"(?:AP|AFP|Reuters|REUTERS|UPI|dpa|SPACE\.com|[A-Z][\w.]+\.com|[A-Z]\w+(?: [A-Z]\w+){{0,3}}){_DASH}"),
)
_HEADLINE_END = re.compile(rf"\s*\({_AGENCY}\)\s*$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Characters that are no sentence, and the place that the dateline names."""

    hidden: tuple[Span, ...]
    place: Span | None


def furniture(doc: Document, sentences: tuple[Sentence, ...]) -> Furniture:
    """Find the dateline of the first body sentence and the agency at the end of a headline."""
    hidden: list[Span] = []
    place = None
    body_seen = False
    for sentence in sentences:
        if sentence.block in (BlockKind.TITLE, BlockKind.HEADING):
            found = _HEADLINE_END.search(doc.text, sentence.span.start, sentence.span.end)
            if found:
                hidden.append(Span(start=found.start(), end=found.end()))
        elif not body_seen and sentence.block is BlockKind.PARAGRAPH:
            body_seen = True
            for opening in _OPENINGS:
                found = opening.match(doc.text, sentence.span.start, sentence.span.end)
                if found:
                    hidden.append(Span(start=found.start(), end=found.end()))
                    if "place" in found.groupdict() and found.group("place"):
                        place = Span(start=found.start("place"), end=found.end("place"))
                    break
    return Furniture(tuple(hidden), place)
