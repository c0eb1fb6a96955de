"""The marks by which a short line shows that it is no prose: publication lines, bylines, photo captions."""

import re
from dataclasses import dataclass

from marchland.documents.days import find_date, is_date_alone
from marchland.model import dates
from marchland.model.dates import DateRange

LONGEST_MARK = 300  # characters: a longer block is prose whatever it holds
_LONGEST_CAPTION = 500  # characters
_LONGEST_BYLINE = 120  # characters
_MOST_BYLINE_WORDS = 6  # beside the names and the date
_PARTING = " \t\n,;:|([)]/•·–—-"  # what parts a name from what follows it
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "on", "in", "de", "la", "le", "du", "des", "der", "die", "das", "&"}
)

LABEL = re.compile(
    r"(?P<label>publication(?: date)?|publisher|first published|published(?: on| at| by| in)?|date published|posted(?: on)?"
    r"|(?:last )?(?:updated|modified)(?: on)?|release date|date|issued|source|author|authors|byline|editor)"
    r"(?:\s*[:\uff1a]|(?=\s+(?:on\s+)?(?:\d|[A-Z][a-z]+\.?\s+\d)))\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
VOLUME = re.compile(r"\b(?:volume|vol\.?)\s*:?\s*\d+\W{0,4}(?:issue|no\.?|number|nr\.?)\s*:?\s*\d+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"[\s,;|(]*\b(?:volume|vol|issue|no|number|nr|date|published|edition)\b\.?\s*[:#]?\s*(?:\d.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_NAMING = frozenset({"publication", "publisher", "published by", "published in"})
_UPDATE = re.compile(r"updated|modified", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\s*[|•·]?\s*\b(?:volume|vol\.|issue|author|date|published|by)\s*:", re.IGNORECASE)

_WORD = r"[^\W\d_a-z][\w’'.-]*"  # names hold typographic apostrophes
_NAME = (
    rf"(?:(?:Dr|Prof|Col|Gen|Sir)\.?\s+)?{_WORD}(?:\s+(?:(?:de|van|von|der|al|bin|el|la|da|di|le)\s+)*{_WORD}){{1,4}}"
)
_BYLINE = re.compile(
    rf"(?i:by):?\s+(?P<names>{_NAME}(?:(?:,\s+|,?\s+and\s+|\s*&\s*){_NAME}){{0,4}}|{_WORD})"
    r"(?P<rest>\s*(?:[,|–—•·/(-]|\bin\b|\bfor\b|$).*)",  # dashes part name and date
    re.DOTALL,
)

_NO_NAME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Spring|Summer|Autumn|Fall|Winter|Then|Now|This|That|The|Then|Late|Early|Mid|Contrast|Comparison)\b"
)

_CAPTION_START = re.compile(
    r"(?:(?:file\s+)?(?:photo|photograph|picture|image|illustration|map|graphic|figure)s?\s*(?:credits?|courtesy|source)?\s*"
    r"(?:\d+\s*)?[:：]|\(?(?:photo|image|picture|illustration|photograph)s?\s+(?:by|courtesy|via|from|credits?)\b"
    r"|(?:caption|credit|photo credit|pictured|in this (?:file )?photo)\s*[:：]|file photo\b|in this (?:file )?(?:photo|image|picture)\b)",
    re.IGNORECASE,
)
_CREDIT_IN_BRACKETS = re.compile(
    r"[(\[]\s*(?:(?:photo|image|picture|file photo|illustration|map|graphic|photograph)s?\b[^()\[\]]{0,120}"
    r"|(?:source|credit|courtesy)s?\s*(?::|of\b)[^()\[\]]{1,120})[)\]]\s*\.?$",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:AFP|AP|EPA|EFE|DPA|ANSA|Reuters|REUTERS|Xinhua|TASS|ITAR-TASS|RIA Novosti|Sputnik|Kyodo|Yonhap|Anadolu(?: Agency)?|AA"
    r"|Getty(?: Images)?|Shutterstock|iStock|Alamy|Wikimedia(?: Commons)?|Flickr|Pixabay|Unsplash|Belga|Bloomberg|CCTV)"
)
_CREDIT_AT_END = re.compile(
    rf"(?:[(\[]\s*{_AGENCY}(?:\s*[/|–—-]\s*[^()\[\]]{{1,80}})?\s*[)\]]|\s[/|–—©]\s*{_AGENCY}(?:\s+Photo)?"
    rf"|\b(?:AP|AFP) Photo(?:/[\w .’'-]{{1,60}})?|\b(?:REUTERS|Reuters|Xinhua|AFP|EPA|Getty Images)/[\w .’'-]{{1,60}}"
    r"|\b[Pp]hoto(?:graph)?s?(?:\s*:|\s+by|\s+courtesy\s+of)\s+[\w .,’'/&-]{1,80}|\bvia (?:AP|Getty Images|Reuters))\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a publication line tells."""

    quote: str  # the line
    publisher: str | None = None  # None = the line names none
    date: DateRange | None = None  # None = the line tells none
    update: bool = False  # it dates a later change, not the first publication


def imprint(line: str, *, early: bool) -> Imprint | None:
    """What does a publication line, byline or lone date tell? None where the line is none of them.

    Args:
        early: The line stands among the first of its text, where a bare byline or date needs no label.
    """
    if len(line) > LONGEST_MARK:
        return None
    if (label := LABEL.match(line)) and _is_label_line(label):
        return _labelled(line, label)
    if numbered := VOLUME.search(line):
        return Imprint(quote=line, publisher=_name_of(line[: numbered.start()]), date=find_date(line))
    if is_byline(line) and (early or find_date(line)):
        return Imprint(quote=line, date=find_date(line))
    if early and (is_date_alone(line) or _is_outlet_and_day(line)):
        return Imprint(quote=line, date=find_date(line))
    return None


def _is_label_line(label: re.Match[str]) -> bool:
    """A label with a colon, or with a date right behind it; "Published 2019 figures show ..." is prose."""
    value = label["value"]
    if label.string[: label.start("value")].rstrip().endswith((":", "\uff1a")):
        return len(value) <= 200 and not value.rstrip().endswith((".", "!", "?"))
    return is_date_alone(re.sub(r"^\s*on\s+", "", value))


def _labelled(line: str, label: re.Match[str]) -> Imprint:
    word, value = " ".join(label["label"].lower().split()), label["value"].strip()
    when = find_date(line)
    if when is None and value.isascii() and value.isdigit() and len(value) == 4 and int(value) >= 1800:
        when = dates.year(int(value), text=value)
    publisher = _name_of(value) if word in _NAMING else None
    return Imprint(quote=line, publisher=publisher, date=when, update=bool(_UPDATE.search(word)))


def _name_of(value: str) -> str | None:
    """The name of a publication, without the volume, the issue and the date that follow it."""
    name = value
    if other := _OTHER_LABEL.search(name):
        name = name[: other.start()]
    if numbered := VOLUME.search(name):
        name = name[: numbered.start()]
    if (told := find_date(name)) and told.text:
        name = name[: name.index(told.text)]
    name = _NUMBERING.sub("", name).strip(_PARTING)  # dashes part name and date
    return name if any(c.isalpha() for c in name) and len(name) <= 120 else None


def is_byline(line: str) -> bool:
    """Is the line "By NAME", alone or with a date, a place or an outlet behind?"""
    match = _BYLINE.fullmatch(line) if len(line) <= _LONGEST_BYLINE else None
    if match is None or _NO_NAME.match(match["names"]):
        return False
    rest = match["rest"].strip(_PARTING)
    if not rest or is_date_alone(rest):
        return True
    if " " not in match["names"] or line.endswith((".", "?", "!")):
        return False
    told = find_date(rest)
    words = (rest.replace(told.text, " ") if told and told.text else rest).split()
    return len(words) <= _MOST_BYLINE_WORDS


def _is_outlet_and_day(line: str) -> bool:
    """ "The Diplomat | July 24, 2019": a name in capitals, a mark that parts, a full date and nothing else."""
    told = find_date(line)
    if told is None or told.text is None or told.start != told.end or len(line) > _LONGEST_BYLINE:
        return False
    before, _, after = line.partition(told.text)
    name = before.rstrip()
    words = name.strip(_PARTING).split()
    fits = 0 < len(words) <= _MOST_BYLINE_WORDS and all(w[0].isupper() or w in _SMALL_WORDS for w in words)
    return fits and not after.strip(_PARTING) and name.endswith(("|", "•", "·", ",", "–", "—", " -", "/"))


def opens_caption(line: str) -> bool:
    """Does the line begin as only captions and credits do?"""
    return bool(_CAPTION_START.match(line))


def is_caption(text: str) -> bool:
    """Is a short block the caption or the credit of a picture?

    A bracketed publication with a date, `(Xinhua, June 16)`, is a citation and not a credit.
    """
    if len(text) > _LONGEST_CAPTION:
        return False
    return opens_caption(text) or bool(_CREDIT_IN_BRACKETS.search(text)) or bool(_CREDIT_AT_END.search(text))
