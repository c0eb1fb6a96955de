"""An HTML page into a Document: its main text, with what the page says of itself."""

import re
from typing import TYPE_CHECKING, Any

from marchland.documents.blocks import Hints
from marchland.documents.build import Told, build
from marchland.documents.decode import decode_page
from marchland.documents.hush import hushed
from marchland.documents.unread import Refusal
from marchland.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FEWEST_WORDS = 4  # in a row: a page of which no line has as many holds links and buttons, no text
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}  # told dates only, and no clock


def read_page(data: bytes, *, url: str | None, charset: str | None, say: "Callable[[str], None]") -> Document:
    """Take the main text out of a page.

    Args:
        url: Where the page was fetched; None = a file, which may name its own address.
        charset: What the server declared; None = nothing.

    Raises:
        Refusal: the bytes are no page, or the page holds no main text.
    """
    page, wrong = decode_page(data, charset=charset)
    if wrong:
        say(f"{wrong} bytes did not fit the declared charset and became U+FFFD")
    page = _XML_DECLARATION.sub("", page).replace("\0", "")
    try:
        with hushed("trafilatura", "htmldate"):
            found, language, captions = _extract(page)
    except RecursionError:
        raise Refusal("the page is nested too deeply to be read; save its text as .txt") from None
    lines = _lines(found)
    if not any(len(line.split()) >= _FEWEST_WORDS for line in lines):
        raise Refusal("the page holds no main text that can be told from its links and menus; save its text as .txt")
    title = " ".join((found.title or "").split()) or None
    if title and lines[0] == title and len(lines) > 1:
        lines = lines[1:]
    told = Told(
        title=title,
        publisher=found.sitename or None,
        url=url or (found.url if (found.url or "").startswith(("http://", "https://")) else None),
        date=found.date or None,
        date_reason="the date in the page's own metadata",
        language=language,
        extracted=True,
        hints=Hints(headings=_headings(found), captions=captions),
    )
    return build("\n\n".join(lines), told)


def _extract(page: str) -> tuple[Any, str | None, frozenset[str]]:
    import trafilatura  # a second to import, and only pages need it

    tree = trafilatura.load_html(page)
    if tree is None:
        raise Refusal("the file is not an HTML page; give one, or name it .txt if it is plain text")
    captions = _keep_captions(tree)
    told = (tree.get("lang") or tree.get("xml:lang") or "").split("-")[0].split("_")[0].strip().lower()
    language = told if len(told) == 2 and told.isascii() and told.isalpha() else None
    found: Any = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
    )
    if found is None or not (found.text or "").strip():
        raise Refusal("the page holds no main text that can be told from its links and menus; save its text as .txt")
    return found, language, captions


def _keep_captions(tree: Any) -> frozenset[str]:
    """Make paragraphs of picture captions, which the extraction would drop; their words tell them apart later."""
    captions = set()
    for caption in list(tree.iter("figcaption")):
        words = " ".join("".join(caption.itertext()).split())
        if words:
            captions.add(words)
            for inner in list(caption):
                inner.drop_tag()
            caption.tag = "p"
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
    return frozenset(captions)


def _lines(found: Any) -> list[str]:
    """The paragraphs of the main text, one a line."""
    stripped = (" ".join(line.split()) for line in (found.text or "").splitlines())
    return [line for line in stripped if line]


def _headings(found: Any) -> frozenset[str]:
    if found.body is None:
        return frozenset()
    return frozenset(" ".join("".join(head.itertext()).split()) for head in found.body.iter("head"))
