"""Streaming a file as pages of raw rows: plain, .gz or .zip; UTF-8, else ISO-8859-1 for the rows that are not."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final, cast

from marchland.exchange.refused import ExchangeError

PAGE: Final = 1024  # rows of a page, which is what a row's evidence is opened with
_BLOCK: Final = 1 << 18  # bytes read at a time; larger ones cost more in fresh memory than they save in calls
_ROW: Final = 8 << 20  # bytes after which an unclosed quotation mark is taken to be a broken file
Progress = Callable[[int, int], None]  # bytes done, bytes in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows in a run, without line ends."""

    number: int
    rows: list[str]  # exactly as in the file, the header too
    lines: list[int]  # the line on which each row begins, from 1
    raw: bytes = field(init=False, repr=False)  # the rows in UTF-8 with a line break between them

    def __post_init__(self) -> None:
        object.__setattr__(self, "raw", "\n".join(self.rows).encode("utf-8", "surrogatepass"))

    @property
    def first(self) -> int:
        """Number of the first row in the file, from 0."""
        return self.number * PAGE


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The bytes of a file, unpacked where it is packed, and the stream that tells how far it has been read.

    Raises:
        ExchangeError: it is missing, unreadable, or an archive of several files.
    """
    try:
        with path.open("rb") as raw:
            magic = raw.read(4)
            raw.seek(0)
            if magic[:2] == b"\x1f\x8b":
                with gzip.open(raw) as unpacked:
                    yield cast(BinaryIO, unpacked), raw
            elif magic == b"PK\x03\x04":
                with zipfile.ZipFile(raw) as archive:
                    names = [n for n in archive.namelist() if not n.endswith("/")]
                    if len(names) != 1:
                        raise ExchangeError(
                            f"{path}: the archive holds {len(names)} files; one is read at a time. Unpack it first"
                        )
                    with archive.open(names[0]) as member:
                        yield cast(BinaryIO, member), raw
            else:
                yield raw, raw
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise ExchangeError(
            f"{path}: cannot be read: {error}. Check that the file is there, whole and readable"
        ) from error


def fingerprint(path: Path) -> str:
    """SHA-256 of the file as it lies."""
    try:
        with path.open("rb") as raw:
            digest = sha256()
            while block := raw.read(_BLOCK):
                digest.update(block)
            return digest.hexdigest()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be read: {error}. Check that the file is there and readable") from error


def first_rows(path: Path, count: int = 3) -> list[str]:
    """The rows a file begins with, to tell its format."""
    with opened(path) as (stream, _):
        block = stream.read(1 << 18)
    return [_text(line) for line in block.split(b"\n")[:count] if line]


def pages(path: Path, *, quoted: bool, progress: Progress | None = None) -> Iterator[Page]:
    """All rows of a file in order; empty lines are skipped.

    Args:
        quoted: Fields may stand between double quotes and hold line breaks (CSV); otherwise every line is a row.
    """
    total = path.stat().st_size if path.exists() else 0
    number, line, rest = 0, 1, b""
    rows: list[str] = []
    lines: list[int] = []
    with opened(path) as (stream, raw):
        while True:
            block = stream.read(_BLOCK)
            rest += block
            cut = rest.rfind(b"\n") + 1 if block else len(rest)
            found, heights, used = _rows(rest[:cut], quoted=quoted)
            if not block and used < len(rest):
                found, heights = [*found, _text(rest[used:])], [*(heights or [1] * len(found)), 1]
            elif quoted and len(rest) - used > _ROW:
                raise ExchangeError(
                    f"{path}, line {line}: a quotation mark is never closed; a field ends with one. Mend the file"
                )
            rest = rest[used:] if block else b""
            rows += found
            begins = accumulate(heights, initial=line) if heights else range(line, line + len(found) + 1)
            lines += begins
            line = lines.pop()
            if "" in found:
                full = [i for i, row in enumerate(rows) if row]
                rows, lines = [rows[i] for i in full], [lines[i] for i in full]
            whole = len(rows) - len(rows) % PAGE
            for first in range(0, whole, PAGE):
                yield Page(number=number, rows=rows[first : first + PAGE], lines=lines[first : first + PAGE])
                number += 1
            rows, lines = rows[whole:], lines[whole:]
            if progress:
                progress(min(raw.tell(), total), total)
            if not block:
                break
    if rows:
        yield Page(number=number, rows=rows, lines=lines)


def _rows(block: bytes, *, quoted: bool) -> tuple[list[str], list[int], int]:
    """Rows, the lines each takes (none = one each), and how many bytes they use up."""
    if not block:
        return [], [], 0
    lines = _text(block).split("\n")
    if b"\r" in block:
        lines = [x.removesuffix("\r") for x in lines]
    if block.endswith(b"\n"):
        lines.pop()
    if not quoted or b'"' not in block:
        return lines, [], len(block)
    out: list[str] = []
    heights: list[int] = []
    held: list[str] = []
    odd = False
    for text in lines:
        held.append(text)
        odd ^= text.count('"') % 2 == 1
        if not odd:
            out.append("\n".join(held))
            heights.append(len(held))
            held = []
    return out, heights, _offset(block, sum(heights)) if held else len(block)


def _offset(block: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        at = block.index(b"\n", at) + 1
    return at


def _text(block: bytes) -> str:
    try:
        return block.decode("utf-8-sig" if block.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        return "\n".join(_line(x) for x in block.split(b"\n"))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("iso-8859-1")
