"""Paths, folders, addresses and standard input into Documents, one at a time."""

import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from marchland.documents.build import Told, build
from marchland.documents.decode import decode_text
from marchland.documents.fetch import SCHEMES, Fetched, fetch
from marchland.documents.pdf import read_pdf
from marchland.documents.rows import UnknownKeys, read_rows
from marchland.documents.unread import Refusal, Unread, printable, quoted
from marchland.documents.web_page import read_page
from marchland.errors import DocumentError
from marchland.model.document import Document

STDIN = "-"
_LARGEST_FILE = 50 * 2**20  # bytes; JSON lines have no limit
_KINDS = {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".pdf": "pdf",
    ".jsonl": "rows",
    ".ndjson": "rows",
}
_MEDIA = {
    "text/plain": "text",
    "text/markdown": "text",
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/pdf": "pdf",
    "application/jsonl": "rows",
    "application/x-jsonl": "rows",
    "application/jsonlines": "rows",
    "application/x-ndjson": "rows",
    "application/ndjson": "rows",
}
_KNOWN = "marchland reads .txt .md .html .htm .pdf .jsonl .ndjson, folders, http(s) addresses and - (JSON lines)"
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")

Result = Document | Unread


def _say_nothing(_: str) -> None:
    """For callers that want no messages."""


def read(paths: Sequence[str], *, stdin: BinaryIO, talk: Callable[[str], None] = _say_nothing) -> Iterator[Result]:
    """Read every document of `paths`, in their order; what cannot be read comes as an `Unread` in its place.

    Args:
        paths: Files, folders (read through, sorted by name), http and https addresses, and `-` for `stdin`.
        stdin: JSON lines, read only where `-` is among the paths.
        talk: Takes each message meant for a person: what was ignored or left out.
    """
    reader = _Reader(stdin=stdin, talk=talk, unknown=UnknownKeys(talk=talk))
    for path in paths:
        yield from reader.read(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    stdin: BinaryIO
    talk: Callable[[str], None]
    unknown: UnknownKeys

    def read(self, path: str) -> Iterator[Result]:
        """The documents of one path as a person gave it."""
        if path == STDIN:
            yield from read_rows(self.stdin, place="standard input", unknown=self.unknown)
        elif match := _SCHEME.match(path):
            yield from self._address(path, match["scheme"].lower())
        else:
            yield from self._path(Path(path))

    def _path(self, path: Path) -> Iterator[Result]:
        place = printable(str(path))
        try:
            if path.is_dir():
                yield from self._folder(path)
                return
            kind = _kind_of(path)
        except DocumentError as error:
            yield Unread(place=place, reason=str(error))
        except (OSError, ValueError) as error:
            yield Unread(place=place, reason=_system(error))
        else:
            yield from self._file(path, kind)

    def _file(self, path: Path, kind: str) -> Iterator[Result]:
        place = printable(str(path))
        try:
            with path.open("rb") as stream:
                if kind == "rows":
                    yield from read_rows(stream, place=place, unknown=self.unknown)
                    return
                data = stream.read(_LARGEST_FILE + 1)
            if len(data) > _LARGEST_FILE:
                raise Refusal(
                    f"the file is larger than {_LARGEST_FILE >> 20} MB; split it, or give its texts as .jsonl"
                )
            if not data:
                raise Refusal("the file is empty; give one with text")
            yield self._document(data, kind, place=place)
        except DocumentError as error:
            yield Unread(place=place, reason=str(error))
        except OSError as error:
            yield Unread(place=place, reason=_system(error))

    def _document(
        self, data: bytes, kind: str, *, place: str, url: str | None = None, charset: str | None = None
    ) -> Document:
        if kind == "page":
            return read_page(data, url=url, charset=charset, say=lambda words: self.talk(f"{place}: {words}"))
        if kind == "pdf":
            return read_pdf(data, url=url)
        return build(decode_text(data, charset=charset), Told(url=url))

    def _address(self, url: str, scheme: str) -> Iterator[Result]:
        place = printable(url)
        try:
            if scheme not in SCHEMES:
                raise Refusal(f"{quoted(scheme)} is not fetched, only http and https; save the file and give its path")
            got = fetch(url)
            kind = _media_kind(got)
            if kind == "rows":
                yield from read_rows(io.BytesIO(got.data), place=place, unknown=self.unknown)
                return
            if not got.data:
                raise Refusal("the address answers with nothing; check it in a browser")
            yield self._document(got.data, kind, place=place, url=url, charset=got.charset)
        except DocumentError as error:
            yield Unread(place=place, reason=str(error))

    def _folder(self, folder: Path) -> Iterator[Result]:
        left: Counter[str] = Counter()
        found = 0
        for item in _walk(folder, folder.resolve(), left):
            found += 1
            if isinstance(item, Unread):
                yield item
            else:
                yield from self._file(item, _KINDS[item.suffix.lower()])
        place = printable(str(folder))
        if left:
            counts = ", ".join(f"{n} {printable(what)}" for what, n in sorted(left.items())[:20])
            self.talk(f"{place}: left out {counts}; {_KNOWN}")
        if not found:
            yield Unread(place=place, reason=f"the folder holds no file to read; {_KNOWN}")


def _walk(folder: Path, root: Path, left: Counter[str]) -> Iterator[Path | Unread]:
    """The files to read under a folder, sorted by name level by level; `left` counts what is left out."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda e: e.name)
    except OSError as error:
        yield Unread(place=printable(str(folder)), reason=_system(error))
        return
    for entry in ordered:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, left)
        elif entry.is_symlink() and not _may_follow(path, root):
            left["link"] += 1
        elif path.suffix.lower() not in _KINDS:
            left[path.suffix.lower() or "without suffix"] += 1
        elif path.is_file():
            yield path
        else:
            left["not a regular file"] += 1


def _may_follow(link: Path, root: Path) -> bool:
    """A link is followed to a file inside the folder that the walk does not reach by itself, and nowhere else."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # a link to nothing, or in a circle
        return False
    if not target.is_file() or not target.is_relative_to(root):
        return False
    inside = target.relative_to(root)
    return any(part.startswith(".") for part in inside.parts) or target.suffix.lower() not in _KINDS


def _kind_of(path: Path) -> str:
    """How a file that a person named is read.

    Raises:
        Refusal: it is missing, no regular file, or of a kind that is not read.
    """
    if not path.exists():
        raise Refusal("there is no such file; check the name and the folder you are in")
    if not path.is_file():
        raise Refusal("this is not a regular file; give a file, or pipe JSON lines into -")
    suffix = path.suffix.lower()
    if not suffix:
        return "text"
    if suffix not in _KINDS:
        raise Refusal(f"{quoted(suffix)} is a kind that is not read; {_KNOWN}")
    return _KINDS[suffix]


def _media_kind(got: Fetched) -> str:
    """How an answer is read: by its declared type, else by its first bytes, else by its address.

    Raises:
        Refusal: it is of a kind that is not read.
    """
    if kind := _MEDIA.get(got.kind):
        suffix_kind = _KINDS.get(PurePosixPath(got.path).suffix.lower())
        return suffix_kind if kind == "text" and suffix_kind == "rows" else kind
    if got.kind in ("", "application/octet-stream", "binary/octet-stream"):
        if got.data.startswith(b"%PDF-"):
            return "pdf"
        if kind := _KINDS.get(PurePosixPath(got.path).suffix.lower()):
            return kind
    raise Refusal(f"the address holds {quoted(got.kind or 'an undeclared type')}, which is not read; {_KNOWN}")


def _system(error: OSError | ValueError) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"it cannot be opened ({why}); check the name and your rights to it"
