"""Opening a silence: who tells it, what would have been answered, and whether the silent party's own outlets were read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from marchland.influence.sources import published
from marchland.influence.why import quoted
from marchland.lexicon.outlets import Outlets
from marchland.lexicon.registry import country_name
from marchland.model.document import Document
from marchland.model.records import AnyRecord, Citation, Silence


def silence_why(
    silence: Silence,
    record: Callable[[str], AnyRecord | None],
    documents: Sequence[Document],
    table: Outlets,
) -> list[str]:
    """A line for the silence, then its sentences, the act that went unanswered, and what was looked at.

    The word that nothing came is the text's own. Where outlets of the silent country were read in the window, they are counted;
    what they say has to be read there.
    """
    outlets: Mapping[str, str | None] = {d.doc_id: d.publisher for d in documents}
    who = country_name(silence.party.country) if silence.party.country else silence.party.text or "somebody"
    lines = [f"{who} is told to be silent{_window(silence)} [{silence.id}]"]
    lines += [f"  told: {quoted(m, outlets)}" for m in silence.mentions]
    if isinstance(silence.stimulus, str):
        stirred = record(silence.stimulus)
        if stirred is not None and not isinstance(stirred, Citation):
            lines.append(f"  on: {quoted(stirred.mentions[0], outlets)} [{silence.stimulus}]")
    lines.append(f"  {_looked(silence, documents, table)}")
    return lines


def _window(silence: Silence) -> str:
    if silence.window is None:
        return ""
    first, last = silence.window.start, silence.window.end
    return f" from {first or '?'} to {last or '?'}"


def _looked(silence: Silence, documents: Sequence[Document], table: Outlets) -> str:
    home = silence.party.country
    if home is None or silence.window is None:
        return "not looked for here: it names no country or no days"
    first, last = silence.window.start or date.min, silence.window.end or date.max
    own = [d for d in documents if table.home(d) == home and (day := published(d)) and first <= day <= last]
    if not own:
        return f"not looked for here: no document of an outlet of {home} from these days is in the store"
    names = ", ".join(sorted({d.publisher or d.doc_id for d in own})[:5])
    return f"looked for here in {len(own)} documents of outlets of {home} from these days: {names}"
