"""A brief as one JSON object: its sentences by section, and its notes by number."""

from typing import Any

from marchland.brief.model import Brief, Note, Quote, Sentence


def brief_json(made: Brief) -> dict[str, Any]:
    """The brief without its drawings; `notes` of a sentence are numbers of `evidence`."""
    numbers = made.numbered()
    return {
        "record": "brief", "host": made.host, "title": made.title, "since": made.since.isoformat(),
        "until": made.until.isoformat(), "documents": made.documents,
        "sections": [
            {
                "key": s.key, "title": s.title, "empty": s.empty if not s.paragraphs else None,
                "paragraphs": [[_sentence(x, numbers) for x in p] for p in s.paragraphs],
            }
            for s in made.sections
        ],
        "evidence": [{"n": n, **_note(note)} for n, note in made.notes()],
        "dropped": [{"text": d.text, "reasons": list(d.reasons)} for d in made.dropped],
    }  # fmt: skip


def _sentence(value: Sentence, numbers: dict[object, int]) -> dict[str, Any]:
    return {"text": value.text, "notes": list(dict.fromkeys(numbers[n.key] for n in value.notes))}


def _note(note: Note) -> dict[str, Any]:
    if isinstance(note, Quote):
        return {
            "kind": "quote", "record": note.record_id, "doc_id": note.doc_id, "start": note.start, "end": note.end,
            "quote": note.text, "context": list(note.context), "outlet": note.outlet,
            "published": note.published.isoformat() if note.published else None, "status": note.status.value,
        }  # fmt: skip
    return {"kind": "row", "text": note.text, "command": note.command}
