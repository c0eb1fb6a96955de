"""JSON lines into Documents, one line at a time, so that memory does not grow with the file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from marchland.documents.build import Told, build
from marchland.documents.unread import Refusal, Unread, printable, quoted
from marchland.errors import DocumentError
from marchland.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("id", "text", "title", "date", "publisher", "url")
_LONGEST_LINE = 50 * 2**20  # bytes
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True, kw_only=True)
class UnknownKeys:
    """Warns once, however many files and lines hold keys that marchland does not know."""

    talk: "Callable[[str], None]"
    told: bool = field(default=False)

    def meet(self, place: str, row: dict[str, Any]) -> None:
        """Look at one row's keys."""
        unknown = [] if self.told else [k for k in row if k not in KEYS]
        if unknown:
            self.told = True
            names = ", ".join(quoted(k) for k in unknown[:10]) + (" ..." if len(unknown) > 10 else "")
            self.talk(f"{place}: unknown keys are ignored, here {names}; known are {', '.join(KEYS)} (said once)")


def read_rows(stream: IO[bytes], *, place: str, unknown: UnknownKeys) -> Iterator[Document | Unread]:
    """A Document or an Unread for each line of `stream` that is not blank."""
    number = rows = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        here = f"{place}, line {number}"
        if len(line) > _LONGEST_LINE:
            _skip_line(stream, line)
            rows += 1
            yield Unread(place=here, reason=f"the line is longer than {_LONGEST_LINE >> 20} MB; split the document")
            continue
        if number == 1:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield Unread(
                    place=place, reason="the file is UTF-16; JSON lines are UTF-8: iconv -f UTF-16 -t UTF-8 OLD > NEW"
                )
                return
            line = line.removeprefix(_BOM)
        if not line.strip():
            continue
        rows += 1
        try:
            row = _row(line)
            unknown.meet(here, row)
            yield _document(row)
        except DocumentError as error:
            yield Unread(place=here, reason=str(error))
    if not rows:
        yield Unread(place=place, reason='there is no line in it; give one {"text": "..."} a line')


def _skip_line(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(2**20)


def _row(line: bytes) -> dict[str, Any]:
    """One line's object.

    Raises:
        Refusal: the line is not UTF-8, not JSON or not an object.
    """
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise Refusal(
            f"byte 0x{line[error.start]:02x} at offset {error.start} of the line is not UTF-8; JSON lines are UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        shown = quoted(line[max(0, error.pos - 10) :].decode(errors="replace").strip()[:30])
        raise Refusal(
            f"the line is not JSON ({printable(error.msg)} at character {error.pos + 1}, near {shown}); write one object a line"
        ) from None
    except (ValueError, RecursionError):
        raise Refusal("the line is JSON that cannot be held (nested too deeply, or a number too long)") from None
    if not isinstance(row, dict):
        raise Refusal(f'{quoted(row)} is not an object; write {{"text": "..."}}')
    return row


def _document(row: dict[str, Any]) -> Document:
    text = row.get("text")
    if text is None:
        raise Refusal(
            f'there is no "text" (keys: {", ".join(map(quoted, list(row)[:8])) or "none"}); every line needs one'
        )
    if not isinstance(text, str):
        raise Refusal(f'"text" is {quoted(text)}, not a string; put the document\'s text in quotes')
    if not text.strip():
        raise Refusal('"text" is empty; give the document\'s text or leave the line out')
    told = Told(
        title=_string(row, "title"),
        doc_id=_identity(row),
        publisher=_string(row, "publisher"),
        url=_string(row, "url"),
        date=_string(row, "date"),
    )
    return build(text, told)


def _string(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value
    raise Refusal(f'"{key}" is {quoted(value)}, not a string; put it in quotes or leave it out')


def _identity(row: dict[str, Any]) -> str | None:
    """An id; a whole number is taken by its digits, since many exports number their rows."""
    value = row.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(row, "id")
