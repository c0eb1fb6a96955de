"""Where does each sentence of a document begin and end?"""

import re
from collections.abc import Iterator

from marchland.model.annotated import Sentence
from marchland.model.document import Block, BlockKind, Document, Span

_END = re.compile(r"""[.!?…]+["'”’)\]]*(?=\s)|\n""")
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof gen col lt sgt maj capt cmdr adm brig sen rep gov pres amb hon rev fr st sr jr no nos vs "
        "jan feb mar apr aug sept sep oct nov dec mt ft inc corp co ltd bros dept est approx fig al etc cf ed eds vol p pp "
        "e.g i.e a.m p.m ca"
    ).split()
)
_INITIALS = re.compile(r"(?:^|[\s(\"“'])(?:[A-Z]\.)*[A-Z]$")
_OPENERS = frozenset(
    "The He She It But In They We This That These Those A An On At And However Its His Her Their".split()
)
_WORD_BEFORE = re.compile(r"[\w.’'-]+$")
_NEXT_WORD = re.compile(r"""\s+["'“‘(\[]*(\w+)""")


def sentences(doc: Document) -> Iterator[Sentence]:
    """Cut each block of `doc` into sentences; a title, heading or caption is one."""
    index = 0
    blocks = doc.blocks or (Block(span=Span(start=0, end=len(doc.text)), kind=BlockKind.PARAGRAPH),)
    for number, block in enumerate(blocks):
        whole = block.kind in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.PUBLICATION)
        spans = [block.span] if whole else _cut(doc.text, block.span)
        for span in spans:
            yield Sentence(index=index, span=span, block=block.kind, paragraph=number)
            index += 1


def _cut(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if match.group() == "\n":
            continue
        if _ends_here(text, match.start(), match.end(), block):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, block.end)


def _ends_here(text: str, mark: int, end: int, block: Span) -> bool:
    following = _NEXT_WORD.match(text, end, block.end)
    if not following:
        return text[end : block.end].strip() == "" or not text[mark:end].endswith(")")
    word = following.group(1)
    if not (word[0].isupper() or word[0].isdigit()):
        return False
    if text[mark] != ".":
        return True
    before = _WORD_BEFORE.search(text, block.start, mark)
    if before is None:
        return True
    last = before.group().strip("'’")
    if last.lower() in _ABBREVIATIONS:
        return False
    if _INITIALS.search(text[max(block.start, mark - 12) : mark]):
        return word in _OPENERS and "." in last + "."[: len(last) > 1]
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start=start, end=end)
