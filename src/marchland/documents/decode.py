"""Bytes into text, or a refusal that says what the bytes are and how to convert them."""

import codecs
import re

from marchland.documents.unread import Refusal, quoted

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAGIC = (
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"PK\x03\x04", "a zip archive (perhaps .docx or .odt)", "save it as text, HTML or PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it as text, HTML or PDF"),
    (b"\x1f\x8b", "compressed", "unpack it with gunzip"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape", "unicode-escape", "utf-7"}
)
_HEAD = 4096  # bytes of a page in which it declares its charset
_BAD_SHARE = 0.001  # of the characters: more wrong ones than this, and the declared charset is not the page's


def decode_text(data: bytes, *, charset: str | None = None) -> str:
    """Read UTF-8, UTF-16 with its mark, or the charset that a server declares; the mark itself is left out.

    Raises:
        Refusal: the bytes are empty, binary or in another encoding.
    """
    _refuse_other_formats(data)
    if not data.strip():
        raise Refusal("the file is empty; give one with text")
    bom = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None)
    name = bom[1] if bom else _known(charset or "utf-8")
    body = data[len(bom[0]) :] if bom else data
    if not name.startswith("utf-16"):
        _refuse_nul(body)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        raise _not_decodable(error, name, len(bom[0]) if bom else 0) from None
    if name.startswith("utf-16") and "\0" in text:
        raise Refusal("the file is binary (it holds NUL characters); give text, HTML, PDF or JSONL")
    if not text.strip():
        raise Refusal("the file is empty; give one with text")
    return text


def decode_page(data: bytes, *, charset: str | None = None) -> tuple[str, int]:
    """Read an HTML page by its mark, its server's charset or its own declaration, else as UTF-8.

    Returns:
        The page, and how many wrong bytes were replaced by U+FFFD (0 unless a charset was declared).

    Raises:
        Refusal: as `decode_text`, or the declared charset does not fit.
    """
    declared = _DECLARED.search(data[:_HEAD])
    name = charset or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
    if name and name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        name = "cp1252"  # what every browser reads under these names
    if name and name.lower().startswith("utf-16"):
        name = "utf-8"  # an ASCII declaration of UTF-16 refutes itself; browsers read UTF-8
    try:
        return decode_text(data, charset=name), 0
    except Refusal:
        if name is None or not data.strip() or b"\0" in data:
            raise
        text = data.decode(_known(name), "replace")
        wrong = text.count("\ufffd")
        if wrong > max(1, _BAD_SHARE * len(text)):
            raise
        return text, wrong


def _known(charset: str) -> str:
    """The charset, if text can be written in it."""
    try:
        known = codecs.lookup(charset)
    except (LookupError, ValueError):
        known = None
    if known is None or known.name in _NO_CHARSETS or not getattr(known, "_is_text_encoding", True):
        raise Refusal(f"the declared charset {quoted(charset)} is not known; convert the file to UTF-8")
    return known.name


def _refuse_other_formats(data: bytes) -> None:
    for magic, what, step in _MAGIC:
        if data.startswith(magic):
            raise Refusal(f"the file is {what}, not text; {step}")


def _refuse_nul(data: bytes) -> None:
    if (at := data.find(b"\0")) >= 0:
        raise Refusal(f"the file is binary (a NUL byte at offset {at}); give text, HTML, PDF or JSONL")


def _not_decodable(error: UnicodeDecodeError, name: str, skipped: int) -> Refusal:
    at = error.start + skipped
    byte = error.object[error.start]
    if name.lower().replace("_", "-") not in ("utf-8", "utf8"):
        return Refusal(f"byte 0x{byte:02x} at offset {at} is not {name[:40]}; convert the file to UTF-8")
    return Refusal(
        f"byte 0x{byte:02x} at offset {at} is not UTF-8; text is read as UTF-8, or UTF-16 with a byte order mark."
        " If it is Western European, convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )
