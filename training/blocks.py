"""Reading the labelled blocks of `training/` and `eval/events/`: texts with the events they tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_PARTY = re.compile(r'\s*(?P<code>[\w/+-]+)(?::(?P<sector>[A-Z]{3}))?(?:\s+"(?P<text>[^"]*)")?\s*')
_OPTION = re.compile(r'(\w+)=("[^"]*"|[^\s]+)|(\boptional\b)')


@dataclass(frozen=True, slots=True)
class Party:
    """A labelled party."""

    country: str | None
    org: str | None
    sector: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled event."""

    event_type: str
    status: str
    trigger: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    base: str | None = None
    alternatives: tuple[str, ...] = ()
    where: str | None = None
    date: str | None = None  # the words that tell when
    optional: bool = False
    background: bool = False

    @property
    def types(self) -> frozenset[str]:
        """Every type that counts as right, the base of a planned act included."""
        return frozenset({self.event_type, *self.alternatives, *([self.base] if self.base else [])})


@dataclass(slots=True)
class LabelledText:
    """One block."""

    id: str
    title: str | None = None
    body: str = ""
    comment: str = ""
    date: str | None = None
    events: list[Told] = field(default_factory=list)
    reason: str | None = None  # why it tells no event

    @property
    def file(self) -> str:
        """The file it stands in, without its ending."""
        return self.id.rpartition("-")[0]

    @property
    def text(self) -> str:
        """What a coder reads: headline, line break, body."""
        return f"{self.title}\n{self.body}" if self.title else self.body


def parties(cell: str) -> tuple[Party, ...]:
    """Parties joined by `;`, each `CODE:SECTOR "words"`."""
    out = []
    for part in cell.split(";"):
        found = _PARTY.fullmatch(part)
        if not part.strip() or found is None:
            continue
        code, org = found["code"], None
        country: str | None = code
        if "/" in code:
            first, org = code.split("/", 1)
            country = None if first in ("org", "-") else first
        elif code == "-":
            country = None
        out.append(Party(country, org, found["sector"] or "UNK", found["text"]))
    return tuple(out)


def read_blocks(path: Path) -> Iterator[LabelledText]:
    """The labelled texts of one file, in order.

    Raises:
        ValueError: a line that is none of the kinds; names file and line.
    """
    current: LabelledText | None = None
    number = 0
    for line_number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line:
            if current and current.body:
                yield current
            current = None
            continue
        if current is None:
            number += 1
            current = LabelledText(id=f"{path.stem}-{number:03d}")
        key, _, value = line.partition(": ") if not line.startswith("#") else ("#", "", line[1:].strip())
        try:
            _take(current, key, value.strip())
        except (ValueError, IndexError) as err:
            raise ValueError(f"{path.name}, line {line_number}: {err}: {line[:80]}") from None
    if current and current.body:
        yield current


def _take(block: LabelledText, key: str, value: str) -> None:
    if key == "#":
        block.comment = value
    elif key == "I":
        block.id = value
    elif key == "H":
        block.title = value
    elif key == "D":
        block.date = value
    elif key == "S":
        block.body = value
    elif key == "N":
        block.reason = value or "other"
    elif key == "E":
        block.events.append(_event(value))
    else:
        raise ValueError(f'unknown line kind "{key}"')


def _event(value: str) -> Told:
    cells = [c.strip() for c in value.split(" | ")]
    head = cells[0].split()
    sides = cells[2].rstrip("|").strip().split(">") if len(cells) > 2 else [""]
    options = {}
    optional = False
    for m in _OPTION.finditer(" ".join(cells[3:])):
        if m.group(3):
            optional = True
        else:
            options[m.group(1)] = m.group(2).strip('"')
    return Told(
        event_type=head[0],
        status=head[1],
        trigger=cells[1],
        actors=parties(sides[0]),
        recipients=parties(sides[1]) if len(sides) > 1 else (),
        base=options.get("base"),
        alternatives=tuple(a for a in options.get("alt", "").split(",") if a),
        where=options.get("where"),
        date=options.get("date"),
        optional=optional,
        background=options.get("focus") == "background",
    )
