"""What others say, in their own words: statements as quotations, with whose word it is, in which outlet and when."""

from collections.abc import Sequence
from typing import Final

from marchland.brief import english
from marchland.brief.acts import holder_name
from marchland.brief.desk import Desk, capital_first
from marchland.brief.model import Quote, Sentence
from marchland.brief.notes import quotes
from marchland.lexicon.brief_words import frames
from marchland.model.ontology import HolderKind
from marchland.model.records import KIND_OF, Forecast, Statement

LONGEST: Final = 260  # characters of a quotation; a longer one is cut at a word


def tell(desk: Desk, statement: Statement) -> Sentence | None:
    """A claim, judgement or forecast: who holds it, where it stood, and the words themselves."""
    found = quotes(statement, desk.m, most=1)
    if not found or found[0].outlet is None:
        return None
    q = found[0]
    forms = frames().said[KIND_OF[type(statement)]]
    holder = holder_name(statement.holder, q.text)
    kind = statement.holder.kind.value
    if statement.holder.kind in (HolderKind.SPEAKER, HolderKind.SOURCE) and holder is None:
        kind = HolderKind.GROUP.value
    form = forms[kind]
    if isinstance(statement, Forecast) and kind == HolderKind.AUTHOR and statement.probability:
        high = statement.probability[1]
        form = forms["even"] if 0.4 < high < 0.75 else forms["unlikely"] if high <= 0.4 else form
    return desk.stated(_spoken(form, q, holder or "others"), found)


def _spoken(form: str, q: Quote, holder: str) -> str:
    day = f" on {english.day(q.published)}" if q.published else ""
    return capital_first(
        form.format(outlet=english.outlet(q.outlet or ""), holder=holder, day=day, quote=quoted(q.text))
    )


def quoted(text: str) -> str:
    """The words between quotation marks; inner ones become single, and what is long is cut at a word."""
    told = " ".join(text.split())
    if len(told) > LONGEST:
        told = told[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{told}”"


def beside(desk: Desk, tellings: Sequence[Quote], lead: str) -> Sentence | None:
    """Tellings beside each other, each in its outlet's own words; None = there are not two different ones."""
    found = list({q.text: q for q in tellings}.values())[:3]
    if len(found) < 2:
        return None
    parts = [
        f"{english.outlet(q.outlet or '')} wrote{f' on {english.day(q.published)}' if q.published else ''} {quoted(q.text)}"
        for q in found
    ]
    return desk.stated(f"{lead}: {'; '.join(parts)}", found)
