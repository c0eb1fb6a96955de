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
    r"(?i:(?:(?:news |guest )?(?:analysis|commentary|opinion|report|essay|text|story|words)\s+)?by):?\s+"
    rf"(?P<names>{_NAME}(?:(?:,\s+|,?\s+and\s+|\s*&\s*){_NAME}){{0,4}}|{_WORD})"
    r"(?P<rest>\s*(?:[,|–—•·/(-]|\bin\b|\bfor\b|$).*)",  # dashes part name and date
    re.DOTALL,
)

_NUMBERED = re.compile(
    r"\b(?:no|nr|nos|issue|number|volume|vol|edition|brief|briefing|bulletin|report|paper|dispatch|newsletter|series)\b\.?"
    r"(?:\s+(?:no|nr|number)\b\.?)?\s*[:#]?\s*\d+|#\s?\d+",
    re.IGNORECASE,
)
_SENT_OUT = re.compile(
    r"(?:(?:first|originally)\s+)?(?:posted|published|written|filed|uploaded|released)\b", re.IGNORECASE
)
_BESIDE_DAY = re.compile(
    r"\b(?:(?:for the\s+)?(?:fortnight|week|month|period)(?:\s+(?:ending|ended|of|to|beginning|from))?"
    r"|\d+(?:st|nd|rd|th)?\s+(?:to|and)|\d+[\s-]min(?:ute)?s?(?:\s+read)?"
    r"|on|issue|issues|volume|vol|no|nr|nos|number|edition|by|posted|published|filed|written|brief|report|analysis|"
    r"commentary|opinion|paper)\b\.?",
    re.IGNORECASE,
)
_NOT_SENT_OUT = re.compile(
    r"\b(?:accessed|retrieved|born|died|copyright|adopted|signed|entered into force|(?:resolution|decree|"
    r"law|act|article|order|treaty|protocol|directive|regulation|agreement|flight)\s+(?:(?:no|nr|number)\b\.?\s*)?\d+)\b|©",
    re.IGNORECASE,
)
_IN_THE_MAKING = re.compile(r"\b(?:submitted|received|revised|accepted)\b", re.IGNORECASE)  # days before it came out
_EDGE_BEFORE = re.compile(r"(?:[|•·,;:(\[/–—-]|\b(?:on|ending|ended|of|to|beginning|from))\s*$|^\s*$", re.IGNORECASE)
_EDGE_AFTER = re.compile(r"\s*(?:$|[|•·,;)\]/–—-])")
_BAR = re.compile(r"[|•·]")
_FIRST_SEGMENT = re.compile(r"[^|•·,;:(\[/–—]+")
_LONGEST_DATED = 160  # characters: a line that tells the day and little else
_MOST_SENT_OUT_WORDS = 14  # beside the date of "Posted by NAME on DATE in OUTLET"
_MOST_NUMBERED_WORDS = 12  # beside the date, where a number or a bar shows that the line is no prose

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
    r"|\b[Pp]hoto(?:graph)?s?(?:\s*:|\s+by|\s+courtesy\s+of)\s+[\w .,’'/&-]{1,80}"
    r"|(?:[.!?]\s+|^)[Cc]redits?\s*:\s*[\w .,’'/&-]{1,80}|\bvia (?:AP|Getty Images|Reuters))\s*$"
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
        made = _IN_THE_MAKING.search(line)
        told = find_date(line[: made.start()] if made else line)
        return Imprint(quote=line, publisher=_name_of(line[: numbered.start()]), date=told)
    if is_byline(line) and (early or find_date(line)):
        return Imprint(quote=line, date=find_date(line))
    if early and (is_date_alone(line) or _is_outlet_and_day(line) or _is_sent_out(line) or _is_day_and_byline(line)):
        return Imprint(quote=line, date=find_date(line))
    if early and _is_numbered_and_dated(line):
        return Imprint(quote=line, publisher=_first_name(line), date=find_date(line))
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
    if opens_caption(line) or _NOT_SENT_OUT.search(line):
        return False
    before, _, after = line.partition(told.text)
    name = before.rstrip()
    words = name.strip(_PARTING).split()
    fits = 0 < len(words) <= _MOST_BYLINE_WORDS and all(w[0].isupper() or w in _SMALL_WORDS for w in words)
    return fits and not after.strip(_PARTING) and name.endswith(("|", "•", "·", ",", "–", "—", " -", "/"))


def _is_day_and_byline(line: str) -> bool:
    """ "July 24, 2019, by Jane Roe": a full date opens the line, and a byline is all the rest."""
    told = find_date(line)
    if told is None or told.text is None or told.start != told.end or not line.startswith(told.text):
        return False
    return is_byline(line[len(told.text) :].strip(_PARTING))


def _is_sent_out(line: str) -> bool:
    """ "Posted by Jane Roe on 24 July 2019 in Hill Notes": a verb of sending out, a full date, and no sentence."""
    told = find_date(line)
    if told is None or told.text is None or told.start != told.end or not _SENT_OUT.match(line):
        return False
    rest = line.replace(told.text, " ").split()
    return (
        len(line) <= _LONGEST_DATED
        and not line.endswith((".", "!", "?", ";", ","))
        and len(rest) <= _MOST_SENT_OUT_WORDS
    )


def _is_numbered_and_dated(line: str) -> bool:
    """ "Hill Institute, Brief No. 4, July 24, 2019": names, a number or a bar, and a date that stands apart."""
    told = find_date(line)
    if told is None or told.text is None or len(line) > _LONGEST_DATED or line.endswith((".", "!", "?", ";", ",", ":")):
        return False
    if not (_NUMBERED.search(line) or _BAR.search(line)) or _NOT_SENT_OUT.search(line) or opens_caption(line):
        return False
    before, _, after = line.partition(told.text)
    if not (_EDGE_BEFORE.search(before) and _EDGE_AFTER.match(after)):
        return False
    words = _BESIDE_DAY.sub(" ", f"{before} {after}").replace("|", " ").split()
    named = [w.strip(_PARTING) for w in words if w.strip(_PARTING)]
    fits = all(not w[0].islower() or w in _SMALL_WORDS for w in named)
    return fits and len(named) <= _MOST_NUMBERED_WORDS


def _first_name(line: str) -> str | None:
    """The publication that opens a line: what stands before its first mark, where that is no number, byline or day."""
    first = _FIRST_SEGMENT.match(line)
    name = first[0].strip() if first else ""
    numbered = _NUMBERED.search(name) or name[:1].isdigit() or find_date(name) or is_byline(name)
    opens = _BESIDE_DAY.match(name)
    return None if numbered or not name or (opens and opens.end() == len(name)) or _SENT_OUT.match(name) else name


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
