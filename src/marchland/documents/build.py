"""One text and what is known about it into one Document."""

import hashlib
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  # a type; `date` is the argument

from marchland.documents.blocks import Hints, Layout, layout
from marchland.documents.days import read_date
from marchland.documents.marks import Imprint
from marchland.documents.unread import Refusal, quoted
from marchland.errors import DocumentError
from marchland.model.document import Document, Published, content_id

DATE_RULE = "a date is YYYY-MM-DD, YYYY-MM, YYYY, an ISO date and time, or a written date such as 24 July 2019"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came with a text from outside it."""

    title: str | None = None
    doc_id: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    date_reason: str = "the date given with the document"  # who told `date`; ends before the quoted date
    language: str | None = None
    extracted: bool = False
    hints: Hints | None = None


def document(
    text: str,
    *,
    title: str | None = None,
    doc_id: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    date: str | Day | None = None,
) -> Document:
    r"""Make a Document of plain text.

    Where a title is given, offsets count in `title + "\n" + text`; neither is altered. An empty title, id, publisher,
    address or date is one that is not given.

    Args:
        date: When it came out: an ISO day, date and time, month or year, or a written date. None = looked for in the
            text's publication lines, and nowhere else.

    Raises:
        DocumentError: `date` is no date, or a text holds half of a surrogate pair, which no UTF-8 file can hold.
    """
    day = date.isoformat() if isinstance(date, Day) else date
    return build(text, Told(title=title, doc_id=doc_id, publisher=publisher, url=url, date=day))


def build(text: str, told: Told) -> Document:
    """Make a Document of a text and all that came with it.

    Raises:
        DocumentError: see `document`.
    """
    title, publisher, url, day = (_given(v) for v in (told.title, told.publisher, told.url, told.date))
    whole = text if title is None else f"{title}\n{text}"
    given_id = _given(told.doc_id)
    for name, value in (("text", whole), ("id", given_id), ("publisher", publisher), ("url", url)):
        _must_encode(name, value)
    plan = layout(whole, title_length=None if title is None else len(title), hints=told.hints)
    found = plan.title()
    named = next((i.publisher for i in plan.imprints if i.publisher), None)
    return Document(
        doc_id=given_id or content_id(whole, publisher, url, day),
        text=whole,
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        title=title if title is not None else (" ".join(whole[found.start : found.end].split()) if found else None),
        publisher=publisher or named,
        url=url,
        language=told.language,
        published=_published(day, told.date_reason, plan),
        blocks=plan.blocks,
        extracted=told.extracted,
    )


def _given(value: str | None) -> str | None:
    return value if value and value.strip() else None


def _must_encode(name: str, value: str | None) -> None:
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        raise Refusal(
            f"the {name} holds half of a surrogate pair at character {error.start}, which no UTF-8 text can hold;"
            " repair the escape or the program that wrote it"
        ) from None


def _published(day: str | None, reason: str, plan: Layout) -> Published | None:
    """Weigh the dates that came with the text and inside it; the given one is the most decisive."""
    told = sorted(
        (i for i in plan.imprints if i.date), key=lambda i: i.update
    )  # stable: first publication, then updates
    reasons = tuple(_says(i) for i in told)
    if day is not None:
        try:
            given = read_date(day)
        except ValueError:
            raise DocumentError(f"date {quoted(day)} is not a date; {DATE_RULE}") from None
        range_, reasons = given, (f"{reason} is {quoted(day)}", *reasons)
    elif told and told[0].date:
        range_ = told[0].date
    else:
        return None
    best = range_.start if range_.start == range_.end else None
    return Published(range=range_, best=best, reasons=reasons)


def _says(told: Imprint) -> str:
    word = "update" if told.update else "publication"
    return f"its {word} line says {quoted(told.quote)}"
