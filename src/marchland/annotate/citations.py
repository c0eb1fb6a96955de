"""Which sources does a text name in brackets, and of which day: "(Xinhua, June 16)", "[Kommersant, 12 June 2009]"?

A lost name stays lost: "(, July 9)" is a citation without a publication. A source that is named in the running text
("Xinhua reported") is a holder and no citation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from marchland.annotate import date_words as w
from marchland.annotate.bare_years import year_of_bare
from marchland.annotate.date_state import nearest, with_year
from marchland.lexicon import actors
from marchland.model import dates
from marchland.model.annotated import Sentence, SourceCitation
from marchland.model.dates import DateRange
from marchland.model.document import BlockKind, Document, Span

_BRACKETS = re.compile(r"\((?P<round>[^()\n]{2,240})\)|\[(?P<square>[^\[\]\n]{2,240})\]")
_DATE = re.compile(
    rf"(?P<lead>^|[,;:\s–—-]\s?)(?:(?:{w.WEEKDAY}|{w.SHORT_WEEKDAY}),?\s+)?(?P<date>"
    rf"(?P<m1>{w.ANY_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{w.DASH}\d{{1,2}})?(?:,?\s+(?P<y1>{w.YEAR}))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{w.ANY_MONTH})(?:,?\s+(?P<y2>{w.YEAR}))?"
    rf"|(?P<m3>{w.ANY_MONTH}),?\s+(?P<y3>{w.YEAR})"
    r"|(?P<y4>\d{4})[-/.](?P<m4>\d{1,2})[-/.](?P<d4>\d{1,2})|(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>\d{4})"
    rf"|(?P<y6>{w.YEAR}))(?:,?\s+in \w+|(?P<page>,?\s+pp?\.?\s?\d[\d–-]*|:\s?\d[\d–-]*))?[\s.,]*$"
)
_AMONG = r"(?:among (?:many )?others?|inter alia|e\.g\.|for (?:example|instance)|in particular|notably|most recently)"
_SEE = re.compile(
    rf"(?:(?:for (?:more|details|background|an?\s\w+),?\s+)?(?:please\s+)?(?P<points>see(?:\s+also)?|cf\.)(?:\s*,?\s+{_AMONG})?|{_AMONG}|"
    r"i\.e\.,?|via|also|citing)\s*[:,]?\s+",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?P<label>sources?|(?:file\s+)?photo(?:graph)?s?|images?|pictures?|(?:photo|image|picture)?\s?credits?|illustration|map|graphic|video)"
    r"\s*(?::|\bby\b|\bcourtesy of\b|©|/)\s*(?P<name>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PHOTO_AFTER = re.compile(r"(?P<name>[A-Z].{1,40}?)(?:\s+|/)(?:file\s+)?photos?(?:/.*)?", re.IGNORECASE)
_LOST = re.compile(r"\s*[,;]\s*$|\s*$")
_NAMELIKE = re.compile(
    r"[“\"'‘«]?(?:(?:[Tt]he|al-|el-)\s?)?(?:[A-ZÀ-ÞА-Я]|\d)|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}\b|(?:author|writer)['’]s\s"
)
_PRIVATE = re.compile(
    r"(?:personal|telephone|phone|email|author)\b.*\b(?:interview|communication|correspondence|conversation)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:in|on|at|since|from|until|till|before|after|by|during|between|as|of|born|died|effective|signed|founded|about|around|"
    r"circa|early|mid|late|then|now|formerly|previously|established|adopted|ratified|updated|accessed|posted|"
    r"(?:last|this|next) \w+|spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|"
    r"August|September|"
    r"October|November|December|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|"
    r"\b(?:was|were|is|are|has|had|have|will|held|took place|which|who|until|since|between)\b|\b(?:1[5-9]|20)\d\d\b",
    re.IGNORECASE,
)
_DAYS_OPEN = re.compile(  # "(11 to 14 July)": the name is the first day of several
    rf"(?:^|[\s,])\d{{1,2}}(?:st|nd|rd|th)?(?:\s+{w.ANY_MONTH})?\s*(?:\b(?:to|and|or|until|till|through)|[&–—-])$"
)
_OUTLET = re.compile(
    r"(?P<name>(?!(?:In|On|From|The|According|See|Both|And|But)\s)(?:[^\W\d_a-z][\w’'&.-]*\s+(?:(?:of|and|the|for|&|de|la)\s+){0,2}){1,5}"
    r"(?:Review|Times|Post|News|Monitor|Journal|Gazette|Courier|Herald|Tribune|Chronicle|Dispatch|Bulletin|Observer|Telegraph|"
    r"Digest|Weekly|Daily|Wire|Mail|Magazine|Newsletter|Today|Analyst|(?:News|Press|Telegraph|Information) Agency))"
    r"[”\"’*_]?\s$"
)
_NO_OUTLET = re.compile(
    r"\b(?:Border|Guard|Command|Police|Army|Customs|Observation|Military|Trading|Posture|Defen[cs]e) (?:Post|Review)$"
)
_DAY_ONLY = re.compile(
    rf"(?:{w.ANY_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{w.ANY_MONTH}|{w.ANY_MONTH}(?=,?\s+\d{{4}}))(?:,?\s+{w.YEAR})?"
)
_CREDIT_LINE = re.compile(
    r"(?:^|(?<=[\s.,;|/]))(?:(?:[Ff]ile\s+)?[Pp]hoto(?:graph)?s?|[Ii]mages?|[Pp]ictures?|[Ss]ources?|(?:(?:[Pp]hoto|[Ii]mage|[Pp]icture)\s)?[Cc]redits?)"
    r"\s*(?::|©|\bby\b|\bcourtesy of\b)\s*"
    r"(?P<name>[^\W\d_a-z][\w’'.&-]*(?:(?:\s*/\s*|,?\s+)(?:[^\W\d_a-z][\w’'.&-]*|of|the|and|de|la|von|van|al|&)){0,7}?)\s*\.?$"
)
_POINTERS = re.compile(
    r"(?:above|below|also|here|there|further|next|previous|figures?|fig|tables?|maps?|annex|appendix|chapters?|sections?|notes?|"
    r"footnotes?|endnotes?|pages?|box|part|photo|video)\b",
    re.IGNORECASE,
)
_DATELINE_AFTER = re.compile(r"\s*(?:-{1,2}|–|—)\s")
_LONGEST_NAME = 80  # characters of a publication's name
_NOT_TEXT = frozenset({BlockKind.PUBLICATION})
_HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class _Part:
    """One source as bracketed, its year perhaps still open."""

    span: Span
    sentence: int
    publication: str | None
    date: DateRange | None
    bare: tuple[int, int] | None = None  # month and day without a year
    credit: bool = False


def citations(doc: Document, sentences: Sequence[Sentence], written: date | None) -> list[SourceCitation]:
    """Find the bracketed sources of a document in order of offset.

    A date without a year is the latest such day on or before `written`; without `written`, it is of the latest year
    that the other citations and the text tell as past, or of the year after (`bare_years.py`). `year_inferred` marks both.
    """
    parts = [p for s in sentences if s.block not in _NOT_TEXT for p in _in_sentence(doc.text, s, sentences)]
    year = None
    bare = [p.bare for p in parts if p.bare]
    if written is None and bare:
        told = [p.date.start for p in parts if p.date and p.date.start and p.bare is None and not p.credit]
        year = year_of_bare(bare, told, doc.text, sentences, tuple(p.span for p in parts))
    return [_cited(p, written, year) for p in parts]


def _cited(p: _Part, written: date | None, latest: int | None) -> SourceCitation:
    told, inferred = p.date, False
    if p.bare is not None:
        told, inferred = _with_inferred_year(p, written, latest), True
    return SourceCitation(
        span=p.span,
        sentence=p.sentence,
        publication=p.publication,
        date=told,
        year_inferred=inferred and told is not None,
        credit=p.credit,
    )


def _with_inferred_year(p: _Part, written: date | None, latest: int | None) -> DateRange | None:
    assert p.bare is not None
    assert p.date is not None
    try:
        if written is not None:
            found = nearest(*p.bare, written, "past")
            return replace(found, text=p.date.text, anchor="published") if found else None
        return replace(with_year(*p.bare, latest), text=p.date.text, anchor="text") if latest else None
    except ValueError:  # 29 February of another year
        return None


def _in_sentence(text: str, sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[_Part]:
    if sentence.block is BlockKind.CAPTION:
        yield from _credit_line(text, sentence)
    for m in _BRACKETS.finditer(text, sentence.span.start, sentence.span.end):
        if beside := _beside(text, m, sentence):
            yield beside
            continue
        kind = "round" if m["round"] is not None else "square"
        named = _sources(m[kind], m.start(kind))
        if not named:
            continue
        bare_names = all(p.date is None and not p.credit for p in named)
        if bare_names and (sentence.block in _HEADS or _DATELINE_AFTER.match(text, m.end())):
            continue  # an agency in a headline or dateline
        index = _supported(text, m.start(), sentence, sentences)
        for number, p in enumerate(named):
            start = m.start() if number == 0 and p.span.start == m.start(kind) else p.span.start
            end = m.end() if number == len(named) - 1 else p.span.end
            yield replace(p, span=Span(start=start, end=end), sentence=index)


def _sources(inner: str, offset: int) -> list[_Part]:
    """All that a bracket names; none where a piece is prose. A piece that points elsewhere, "see our issue 8", spoils nothing."""
    found = list(_parts(inner, offset))
    if any(p is None and not _points(inner[s.start - offset : s.end - offset]) for p, s in found):
        return []
    return [p for p, _ in found if p is not None]


def _points(piece: str) -> bool:
    see = _SEE.match(piece.strip())
    return see is not None and see["points"] is not None


def _beside(text: str, bracket: re.Match[str], sentence: Sentence) -> _Part | None:
    """ "According to the Hill Review (June 5)": the name of an outlet, and in brackets the day alone."""
    inner = bracket["round"]
    if inner is None or not _DAY_ONLY.fullmatch(inner.strip()) or sentence.block in _HEADS:
        return None
    outlet = _OUTLET.search(text, max(sentence.span.start, bracket.start() - _LONGEST_NAME), bracket.start())
    dated = _DATE.search(inner.strip())
    if outlet is None or dated is None or _NO_OUTLET.search(outlet["name"]):
        return None
    part = _dated(Span(start=outlet.start("name"), end=bracket.end()), outlet["name"], dated)
    return replace(part, sentence=sentence.index) if part else None


def _credit_line(text: str, sentence: Sentence) -> Iterator[_Part]:
    """A caption's credit without brackets: "Credit: Hill Pictures" closes it."""
    m = _CREDIT_LINE.search(text[sentence.span.start : sentence.span.end])
    if m is not None:
        start = sentence.span.start
        span = Span(start=start + m.start(), end=start + m.end("name"))
        yield _Part(span, sentence.index, m["name"], None, credit=True)


def _supported(text: str, at: int, sentence: Sentence, sentences: Sequence[Sentence]) -> int:
    """The sentence that a bracket closes: the one before, where the bracket follows its full stop."""
    if sentence.index > 0 and not text[sentence.span.start : at].strip():
        for other in sentences:
            if other.index == sentence.index - 1 and other.paragraph == sentence.paragraph:
                return other.index
    return sentence.index


def _parts(inner: str, offset: int) -> Iterator[tuple[_Part | None, Span]]:
    """What each piece between semicolons names, and where it stands; None where it names no source."""
    at = 0
    for piece in re.split(r"(?<=;)", inner):
        if piece.strip(" ;"):
            span = Span(start=offset + at, end=offset + at + len(piece))
            yield _part(piece.rstrip("; ").strip(), span), span
        at += len(piece)


def _part(piece: str, span: Span) -> _Part | None:
    credit = _CREDIT.fullmatch(piece) or _PHOTO_AFTER.fullmatch(piece)
    if credit:
        return _credit(credit, span)
    see = _SEE.match(piece)
    told = piece[see.end() :] if see else piece
    if _POINTERS.match(told):
        return None
    dated = _DATE.search(told)
    if dated is None:
        name = told.strip(" ,.")
        known = name in _media() or (
            see is not None and see[0].lower().startswith("see") and name[:1].isupper() and _is_name(name)
        )
        return _Part(span, 0, name, None) if known else None
    name = told[: dated.start("date")]
    lost = _LOST.fullmatch(name) and ("," in name or (see is not None and see["points"] is not None))
    shown = _trimmed(name)
    if not lost and (not shown or not _is_name(shown) or (dated["y6"] and "," not in name and not dated["page"])):
        return None  # "(World Cup 2018)" is no source, "(Horvat 2020: 31)" is one: its page is told
    return _dated(span, None if lost else shown, dated)


def _credit(found: re.Match[str], span: Span) -> _Part | None:
    name = found["name"].strip(" ,.")
    label = (found.groupdict().get("label") or "photo").lower()
    dated = _DATE.search(name)
    if dated is None or dated["y6"]:
        return _Part(span, 0, name, None, credit=True) if name else None
    shown = _trimmed(name[: dated.start("date")])
    part = _dated(span, shown or None, dated)
    return replace(part, credit=not label.startswith("source")) if part else None


def _trimmed(name: str) -> str:
    """The name without what joins it to its date: ", on ", " of "."""
    bare = name.strip().rstrip(",;:–—- ").strip()
    return re.sub(
        r",?\s+(?:on|of|dated|from)(?:\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?)?$|,?\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$",
        "",
        bare,
    )


def _is_name(name: str) -> bool:
    if len(name) > _LONGEST_NAME or _NO_NAME.search(name) or _DAYS_OPEN.search(name):
        return False
    return bool(_NAMELIKE.match(name) and re.search(r"[^\W\d_]{2}", name)) or bool(_PRIVATE.match(name))


def _dated(span: Span, name: str | None, m: re.Match[str]) -> _Part | None:
    month, day, year = _fields(m)
    told = m["date"]
    try:
        if year is None:
            assert month is not None
            assert day is not None
            shown = replace(
                dates.day(date(2000, month, day)), text=told
            )  # a leap year: only to test that the day exists
            return _Part(span, 0, name, shown, bare=(month, day))
        found = dates.year(year) if month is None else with_year(month, day, year)
    except ValueError:
        return None
    return _Part(span, 0, name, replace(found, text=told))


def _fields(m: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    for n in "12345":
        month = m.groupdict().get(f"m{n}")
        if month:
            day, year = m.groupdict().get(f"d{n}"), m[f"y{n}"]
            number = int(month) if month.isdigit() else w.month_number(month)
            return number, int(day) if day else None, int(year) if year else None
    return None, None, int(m["y6"])


@cache
def _media() -> frozenset[str]:
    """Names of news outlets in the lexicon."""
    return frozenset(n for o in actors.organisations() if o.kind == "media" for n in (o.name, *o.aliases))
