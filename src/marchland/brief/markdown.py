"""A brief as Markdown with footnotes; what documents say is text there and never markup."""

import re
from collections.abc import Mapping
from typing import Final

from marchland.brief import english
from marchland.brief.model import Brief, Note, Quote, Sentence

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")


def markdown(brief: Brief, *, pictures: Mapping[str, str] | None = None) -> str:
    """The whole text.

    Args:
        pictures: Where each chart's drawing lies, by its key; None = they are left out.
    """
    numbers = brief.numbered()
    out = [
        f"# {plain(brief.title)}",
        "",
        f"*{english.day(brief.since)} to {english.day(brief.until)}. {count_line(brief)}*",
        "",
    ]
    for section in brief.sections:
        out += [f"## {section.title}", ""]
        if section.key == "leads":
            out += [line for c in brief.charts for line in _picture(c.title, c.caveat, (pictures or {}).get(c.key))]
        if not section.paragraphs:
            out += [section.empty, ""]
        mark = "> " if section.box else ""
        for i, paragraph in enumerate(section.paragraphs):
            if section.box and i:
                out.append(">")
            out.append(mark + " ".join(_sentence(s, numbers) for s in paragraph))
            if not section.box:
                out.append("")
        if section.box:
            out.append("")
    out += ["## Evidence", ""]
    out += [f"[^{n}]: {_note(note)}" for n, note in brief.notes()]
    return "\n".join(out) + "\n"


def count_line(brief: Brief) -> str:
    """What the brief rests on, under its title."""
    return f"{brief.documents} documents read; {len(brief.sentences)} sentences, each with its evidence."


def _picture(title: str, caveat: str, place: str | None) -> list[str]:
    return [f"![{plain(title)}]({place})", "", f"*{plain(caveat)}*", ""] if place else []


def _sentence(s: Sentence, numbers: Mapping[object, int]) -> str:
    out = []
    for run in s.runs:
        marks = "".join(f"[^{numbers[n.key]}]" for n in run.notes)
        out.append(plain(run.text) + marks)
    return "".join(out)


def _note(note: Note) -> str:
    if not isinstance(note, Quote):
        return f"{plain(note.text)} `{note.command}`"
    before = "".join(f"“{plain(c)}” … " for c in note.context)
    return f"{before}“{plain(note.text)}” {plain(source(note))}"


def source(note: Quote) -> str:
    """Outlet, date and document of a quote."""
    when = english.day(note.published) if note.published else None
    parts = [
        note.outlet or "publisher unknown",
        when or ("date unknown" if note.doc_id != "registry" else None),
        note.doc_id if note.doc_id != "registry" else None,
    ]
    return ", ".join(p for p in parts if p)


def plain(text: str) -> str:
    """Text that Markdown takes for nothing but text, on one line."""
    told = _MARKS.sub(r"\\\1", re.sub(r"\s+", " ", text))
    return re.sub(r"^(\d+)([.)])|^([-=])", lambda m: f"{m[1] or ''}\\{m[2] or m[3]}", told)
