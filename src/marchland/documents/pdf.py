"""A PDF into a Document: the text of its pages, with broken words made whole."""

import io
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from marchland.documents.build import Told, build
from marchland.documents.hush import hushed
from marchland.documents.unread import Refusal, quoted
from marchland.model import dates
from marchland.model.document import Document, Published

_BROKEN = re.compile(r"(?<![^\W\d_])(?P<left>[^\W\d_]{1,40})[-\u00ad\u2010][ \t]*\r?\n[ \t]*(?P<right>[^\W\d_]+)")
_SOFT_HYPHEN = "\u00ad"
_HYPHENATED = ("anti", "pro", "non", "self", "ex", "co", "pre", "post", "counter", "cross", "semi", "multi", "quasi")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:/|of)\s*\d{1,4})?", re.IGNORECASE)  # dashes
_RUNNING_HEAD = 3  # pages whose first or last line is the same: a running head, not text
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")  # typographic quotes close sentences


def read_pdf(data: bytes, *, url: str | None = None) -> Document:
    """Take the text out of a PDF.

    Args:
        url: Where it was fetched; None = a file.

    Raises:
        Refusal: the file is no PDF, is damaged or locked, or holds pictures of text only.
    """
    if b"%PDF-" not in data[:1024]:
        raise Refusal("the file is not a PDF (it does not begin with %PDF-); export it again or name it by its kind")
    with hushed("pypdf"):
        pages, made = _pages(data)
    text = _joined(pages)
    if not pages:
        raise Refusal("the PDF is damaged (it has no page); open it in a viewer and print it into a new PDF")
    if not any(c.isalnum() for c in text):
        raise Refusal(
            f"the PDF holds no text (pages: {len(pages)}), so it is probably a scan; run a text recognition such as ocrmypdf"
        )
    read = build(text, Told(url=url, extracted=True))
    return replace(read, published=made) if read.published is None else read


def _pages(data: bytes) -> tuple[list[str], Published | None]:
    import pypdf  # half a second to import, and only PDFs need it

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal("the PDF is locked with a password; save a copy without one")  # noqa: TRY301  # passed on below
        return [_encodable(page.extract_text()) for page in reader.pages], _made(reader)
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - a broken PDF makes pypdf fail in any way at all; the reason is passed on
        why = quoted(str(error) or type(error).__name__)
        raise Refusal(f"the PDF is damaged ({why}); open it in a viewer and print it into a new PDF") from None


def _encodable(text: str) -> str:
    """A damaged font table can give halves of surrogate pairs, which are no characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _made(reader: Any) -> Published | None:
    """The day on which the file was made, the weakest of all reasons for a date."""
    try:
        made = reader.metadata.creation_date if reader.metadata else None
    except (ValueError, TypeError, AttributeError):  # a date in no known shape tells nothing
        made = None
    if made is None:
        return None
    day = made.date()
    reason = f"the PDF file was made on {day.isoformat()} by its own metadata; the text tells no date"
    return Published(range=dates.day(day), best=day, reasons=(reason,))


def _joined(pages: list[str]) -> str:
    """One text of all pages: running heads and page numbers left out, sentences joined over page ends."""
    heads = _running_heads(pages)
    text = ""
    for lines in map(_lines, pages):
        page = "\n".join(_without_edges(lines, heads)).strip()
        if not page:
            continue
        runs_on = bool(text) and not _ENDS.search(text)
        text += ("\n" if runs_on else "\n\n" if text else "") + page
    return _mended(text)


def _lines(page: str) -> list[str]:
    return [line.rstrip() for line in page.strip().splitlines()]


def _running_heads(pages: list[str]) -> frozenset[str]:
    edges = Counter(line.strip() for page in pages if (lines := _lines(page)) for line in {lines[0], lines[-1]})
    return frozenset(line for line, count in edges.items() if count >= _RUNNING_HEAD and line)


def _without_edges(lines: list[str], heads: frozenset[str]) -> list[str]:
    for edge in (0, -1, 0, -1):  # twice: a page number may stand beside a running head
        if len(lines) > 1 and (lines[edge].strip() in heads or _PAGE_NUMBER.fullmatch(lines[edge].strip())):
            del lines[edge]
    return lines


def _mended(text: str) -> str:
    """Words that a line end broke, made whole; a hyphen that belongs to the word stays."""
    whole = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def mend(match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        hyphenated, plain = f"{left}-{right}".lower(), f"{left}{right}".lower()
        soft = _SOFT_HYPHEN in match[0]
        keep = (
            right[0].isupper() or whole[hyphenated] > whole[plain] or (not whole[plain] and left.lower() in _HYPHENATED)
        )
        return f"{left}{right}" if soft or not keep else f"{left}-{right}"

    return _BROKEN.sub(mend, text)
