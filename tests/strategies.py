"""Hypothesis strategies for documents and records, valid by construction: every mention quotes its document."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from marchland.model.dates import DateRange
from marchland.model.document import Block, BlockKind, Document, Published, Span, content_id
from marchland.model.ontology import (
    MODES,
    Bound,
    Domain,
    EventType,
    HolderKind,
    PlaceKind,
    Precision,
    Relation,
    Sector,
    Status,
    TieKind,
)
from marchland.model.records import (
    AnyRecord,
    Citation,
    Claim,
    Event,
    Forecast,
    Holder,
    Judgement,
    Link,
    Mention,
    Participant,
    Place,
    Quantity,
    Reading,
    Silence,
    Tie,
)

COUNTRIES = ("TJK", "CHN", "RUS", "KGZ")
ORGS = ("SCO", "CSTO")
WORDS = (
    *("troops", "drill", "border", "signed", "loan", "summit", "road", "base"),
    *("talks", "river", "guards", "accord", "10", "first", "valley"),
)
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2016, 6, 30)  # a narrow window, so that tellings meet

shares = st.integers(0, 100).map(lambda n: n / 100)
sentences = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(lambda w: " ".join(w).capitalize() + ".")
texts = st.lists(sentences, min_size=1, max_size=4).map(" ".join)


@st.composite
def date_ranges(draw: st.DrawFn) -> DateRange:
    """Closed intervals of a day, a few days or a year, and half-open ones."""
    start = draw(st.dates(FIRST_DAY, LAST_DAY))
    length = draw(st.sampled_from([1, 1, 1, 3, 7, 31, 365]))
    end = start + timedelta(days=length - 1)
    precision = Precision.DAY if length == 1 else Precision.RANGE
    shape = draw(st.sampled_from(["closed", "closed", "closed", "from", "until"]))
    return DateRange(
        start=None if shape == "until" else start, end=None if shape == "from" else end, precision=precision
    )


participants: st.SearchStrategy[Participant] = st.builds(
    Participant,
    country=st.none() | st.sampled_from(COUNTRIES),
    org=st.none() | st.none() | st.sampled_from(ORGS),
    sector=st.sampled_from([Sector.GOV, Sector.MIL, Sector.UNK]),
    text=st.none() | st.sampled_from(WORDS),
    name=st.none() | st.sampled_from(["A. Known", "B. Known"]),
)

places: st.SearchStrategy[Place] = st.sampled_from(
    [
        Place(name="Dushanbe", place_id="TJK.dushanbe", kind=PlaceKind.CITY, country="TJK", lat=38.56, lon=68.77),
        Place(name="Khorog", place_id="TJK.khorog", kind=PlaceKind.CITY, country="TJK", lat=37.49, lon=71.55),
        Place(name="Tajikistan", place_id="TJK", kind=PlaceKind.COUNTRY, country="TJK"),
        Place(name="China", place_id="CHN", kind=PlaceKind.COUNTRY, country="CHN"),
    ]
)

quantities: st.SearchStrategy[Quantity] = st.builds(
    Quantity,
    value=st.integers(1, 5).map(lambda n: n * 1000.0),
    low=st.none(),
    high=st.none(),
    bound=st.sampled_from(list(Bound)),
    unit=st.none(),
    of=st.sampled_from(["troop", None]),
    text=st.just("thousands"),
)

holders: st.SearchStrategy[Holder] = st.builds(
    Holder,
    kind=st.sampled_from(list(HolderKind)),
    name=st.none() | st.sampled_from(["A. Known", "The Ledger"]),
    country=st.none() | st.sampled_from(COUNTRIES),
)


@st.composite
def documents(draw: st.DrawFn, doc_id: str | None = None) -> Document:
    """A document with a few sentences, one block, and mostly a publication day."""
    title = draw(st.none() | sentences)
    body = draw(texts)
    text = f"{title}\n{body}" if title else body
    day = draw(st.none() | st.dates(FIRST_DAY, LAST_DAY))
    published = None
    if day:
        interval = DateRange(start=day, end=day, precision=Precision.DAY)
        published = Published(range=interval, best=day, reasons=("told in the file",))
    publisher = draw(st.none() | st.sampled_from(["Hill Review", "River Post"]))
    return Document(
        doc_id=doc_id or content_id(text, publisher, str(day)),
        text=text,
        sha256=content_id(text),
        title=title,
        publisher=publisher,
        published=published,
        blocks=(Block(span=Span(start=0, end=len(text)), kind=BlockKind.PARAGRAPH),),
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences that `sentences` made stand."""
    stops = [-1, *(i for i, c in enumerate(text) if c == "."), len(text)]
    spans = [(a + 1, b + 1) for a, b in pairwise(stops) if text[a + 1 : b + 1].strip()]
    return [(a + (text[a] in " \n"), min(b, len(text))) for a, b in spans]


@st.composite
def mentions(draw: st.DrawFn, document: Document, status: Status | None = None) -> Mention:
    """One sentence of the document, with a word of it as trigger."""
    start, end = draw(st.sampled_from(sentence_spans(document.text)))
    begin = draw(st.integers(start, max(start, end - 2)))
    return Mention(
        doc_id=document.doc_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        trigger=Span(start=begin, end=begin + 1),
        status=status or draw(st.sampled_from(list(Status))),
        rule="test.rule",
        holder=draw(st.none() | holders),
        hedges=draw(st.sampled_from([(), ("reportedly",)])),
        coder="test",
    )


@st.composite
def events(draw: st.DrawFn, document: Document, number: int = 0) -> Event:
    """An act that the document tells; types are few, so that documents tell the same acts."""
    told = draw(st.lists(mentions(document), min_size=1, max_size=2))
    event_type = draw(st.sampled_from([EventType.COOPERATE, EventType.CONSULT]))
    return Event(
        **_shared(draw, document, "event", number, told),
        event_type=event_type,
        mode=draw(st.none() | st.sampled_from(sorted(MODES[event_type]))) if event_type in MODES else None,
        contexts=draw(st.sampled_from([(), ("military",), ("economic", "military")])),
        actors=tuple(draw(st.lists(participants, min_size=1, max_size=3))),
        recipients=tuple(draw(st.lists(participants, max_size=2))),
        when=draw(st.none() | date_ranges()),
        where=draw(st.none() | places),
        quantities=tuple(draw(st.lists(quantities, max_size=2))),
    )


@st.composite
def ties(draw: st.DrawFn, document: Document, number: int = 0) -> Tie:
    """A base or infrastructure of a power in a host, or a membership."""
    told = draw(st.lists(mentions(document), min_size=1, max_size=2))
    kind = draw(st.sampled_from([TieKind.BASE, TieKind.INFRASTRUCTURE, TieKind.MEMBERSHIP]))
    many = kind is TieKind.MEMBERSHIP
    return Tie(
        **_shared(draw, document, "tie", number, told),
        kind=kind,
        power=None if many else draw(participants),
        host=None if many else draw(participants),
        members=tuple(draw(st.lists(participants, min_size=2, max_size=4))) if many else (),
        since=draw(st.none() | date_ranges()),
        until=draw(st.none() | st.none() | date_ranges()),
        last_confirmed=draw(st.none() | date_ranges()),
        domains=draw(st.sampled_from([{}, {Domain.SECURITY: 1.0}])),
        magnitude=draw(st.sampled_from([0.5, 1.0, 2.0])),
        where=draw(st.none() | places),
    )


@st.composite
def statements(
    draw: st.DrawFn, document: Document, number: int = 0, about: Sequence[str] = ()
) -> Claim | Judgement | Forecast:
    """A claim, a judgement or a forecast."""
    told = [draw(mentions(document))]
    kind = draw(st.sampled_from(["claim", "judgement", "forecast"]))
    common: dict[str, Any] = {
        **_shared(draw, document, kind, number, told),
        "holder": draw(holders),
        "about": tuple(draw(st.lists(st.sampled_from(list(about)), unique=True, max_size=2))) if about else (),
        "parties": tuple(draw(st.lists(participants, max_size=2))),
        "polarity": draw(st.sampled_from([1, -1])),
    }
    if kind == "forecast":
        odds = draw(st.none() | st.just((0.2, 0.6)))
        return Forecast(probability=odds, horizon=draw(st.none() | date_ranges()), **common)
    return Claim(**common) if kind == "claim" else Judgement(**common)


@st.composite
def silences(draw: st.DrawFn, document: Document, number: int = 0, about: Sequence[str] = ()) -> Silence:
    """An absence that the document tells of."""
    told = [draw(mentions(document))]
    stimuli: tuple[str | Span | None, ...] = (None, Span(start=0, end=1), *about)
    return Silence(
        **_shared(draw, document, "silence", number, told),
        party=draw(participants),
        stimulus=draw(st.sampled_from(stimuli)),
        window=draw(st.none() | date_ranges()),
    )


@st.composite
def links(draw: st.DrawFn, document: Document, about: Sequence[str], number: int = 0) -> Link:
    """A relation between two of the document's records."""
    told = [draw(mentions(document))]
    return Link(
        **_shared(draw, document, "link", number, told),
        relation=draw(st.sampled_from(list(Relation))),
        source=draw(st.sampled_from(list(about))),
        target=draw(st.sampled_from(list(about))),
    )


def _shared(draw: st.DrawFn, document: Document, kind: str, number: int, told: list[Mention]) -> dict[str, Any]:
    return {
        "id": content_id(document.doc_id, kind, str(number)),
        "doc_id": document.doc_id,
        "status": draw(st.sampled_from(list(Status))),
        "mentions": tuple(told),
        "certainty": draw(shares),
        "confidence": draw(shares),
    }


@st.composite
def readings(draw: st.DrawFn, document: Document) -> Reading:
    """What the document says: up to three events, two ties, and what stands on them."""
    found: list[AnyRecord] = []
    found.extend(draw(events(document, number)) for number in range(draw(st.integers(0, 3))))
    found.extend(draw(ties(document, number)) for number in range(draw(st.integers(0, 2))))
    ids = [r.id for r in found]
    if draw(st.booleans()):
        found.append(draw(statements(document, about=ids)))
    if draw(st.booleans()):
        found.append(draw(silences(document, about=ids)))
    linked = draw(st.booleans())
    if ids and linked:
        found.append(draw(links(document, ids)))
    start, end = draw(st.sampled_from(sentence_spans(document.text)))
    citation = Citation(
        id=content_id(document.doc_id, "citation"),
        doc_id=document.doc_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        publication=draw(st.none() | st.just("The Ledger")),
        date=draw(st.none() | date_ranges()),
        year_inferred=draw(st.booleans()),
        supports=tuple(ids[:1]),
    )
    return Reading(citations=draw(st.sampled_from([(), (citation,)])), records=tuple(found))


@st.composite
def corpora(draw: st.DrawFn, max_size: int = 5) -> list[tuple[Document, Reading]]:
    """Several documents with their readings, ids all different."""
    count = draw(st.integers(1, max_size))
    docs = [draw(documents(doc_id=f"doc-{n}")) for n in range(count)]
    return [(d, draw(readings(d))) for d in docs]
