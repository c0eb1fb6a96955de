"""A brief as PDF, set by typst; the text goes in as data, so that none of it can be markup."""

import json
from calendar import timegm
from importlib.resources import files
from typing import Any, Literal

from marchland.brief import english
from marchland.brief.markdown import count_line, source
from marchland.brief.model import Brief, Note, Quote


def pdf(brief: Brief) -> bytes:
    """The file; the same brief is the same bytes."""
    made: bytes = _set(brief, "pdf")
    return made


def pages(brief: Brief) -> list[bytes]:
    """Each page as a PNG, to look at."""
    made = _set(brief, "png")
    return made if isinstance(made, list) else [made]


def _set(brief: Brief, form: Literal["pdf", "png"]) -> Any:
    import typst  # slow to load, and only PDF needs it

    source_text = files("marchland.brief").joinpath("templates/brief.typ").read_bytes()
    return typst.compile(
        source_text,
        format=form,
        ignore_system_fonts=True,
        timestamp=timegm(brief.until.timetuple()),
        sys_inputs={"brief": json.dumps(data(brief), ensure_ascii=False)},
    )


def data(brief: Brief) -> dict[str, Any]:
    """What the template sets."""
    numbers = brief.numbered()
    return {
        "title": brief.title,
        "line": f"{english.day(brief.since)} to {english.day(brief.until)}. {count_line(brief)}",
        "charts": [
            {
                "title": c.title,
                "caveat": c.caveat,
                "svg": c.svg.split("@media", 1)[0] + "</style>" + c.svg.split("</style>", 1)[1],
            }
            for c in brief.charts
        ],
        "sections": [
            {
                "key": s.key,
                "title": s.title,
                "empty": s.empty,
                "box": s.box,
                "paragraphs": [
                    [
                        [{"text": r.text, "notes": [numbers[n.key] for n in r.notes]} for r in sentence.runs]
                        for sentence in p
                    ]
                    for p in s.paragraphs
                ],
            }
            for s in brief.sections
        ],
        "notes": [{"number": n, **_note(note)} for n, note in brief.notes()],
    }


def _note(note: Note) -> dict[str, str]:
    if not isinstance(note, Quote):
        return {"text": note.text, "source": "", "command": note.command}
    before = "".join(f"“{' '.join(c.split())}” … " for c in note.context)
    return {"text": f"{before}“{' '.join(note.text.split())}”", "source": source(note), "command": ""}
