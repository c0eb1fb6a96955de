"""English for a brief: names with their articles, lists, figures, and days as precisely as they were told."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from marchland.lexicon.actors import countries, organisations
from marchland.lexicon.brief_words import english
from marchland.lexicon.registry import country_name
from marchland.model.dates import DateRange
from marchland.model.ontology import Bound, Precision
from marchland.model.records import Participant, Quantity

MONTHS: Final = "January February March April May June July August September October November December".split()
_SMALL: Final = "no one two three four five six seven eight nine ten eleven twelve".split()
_BOUNDS: Final = {Bound.ABOUT: "about ", Bound.UP_TO: "up to ", Bound.AT_LEAST: "at least ", Bound.EXACT: ""}
_MONEY: Final = {"USD": "dollars", "EUR": "euros", "RUB": "roubles", "CNY": "yuan"}
_TITLES: Final = frozenset(
    {"president", "prime minister", "foreign minister", "defence minister", "king", "chancellor"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A noun phrase, and whether its verb is plural."""

    text: str
    plural: bool = False
    country: str | None = None
    frame: str = ""  # of a kind of force or office; parties of one frame are told together
    part: str = ""  # what the frame is filled with


@cache
def country(code: str) -> str:
    """A country or body as it stands inside a sentence: "China", "the United States", "the United Nations", "NATO"."""
    name = country_name(code)
    if code in _countries():
        return f"the {name}" if code in english().article else name
    if code in english().called:
        return english().called[code]
    head = re.split(r"\b(?:of|for|on|in|against)\b", name)[0].split()
    body = head[-1] if head else name
    return f"the {name}" if body in english().article_nouns and not name.startswith("The ") else name


@cache
def adjective(code: str) -> str:
    """Chinese, Tajik, American; the name itself where no demonym is known."""
    found = english().adjective.get(code)
    if found:
        return found
    own = _countries().get(code)
    return own[0] if own else country_name(code)


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for c in countries():
        if c.kind in ("state", "dependency") or c.iso3 not in out:
            out[c.iso3] = c.demonyms
    return out


@cache
def capital(code: str) -> str | None:
    """The seat of a government."""
    return next((c.capital for c in countries() if c.iso3 == code and c.kind == "state"), None)


@cache
def _plural_bodies() -> frozenset[str]:
    return frozenset(o.id for o in organisations() if o.name.endswith("Taliban"))


def possessive(name: str) -> str:
    """Tajikistan's; the United States'."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def party(value: Participant, evidence: str) -> Name | None:
    """A party by what the evidence calls it: a person, a body, a kind of force, else its country; None = it is not known."""
    code = value.country
    if value.name and code and _whole(value.name.split()[-1], evidence):
        title = value.office if value.office in _TITLES and value.office in evidence.lower() else ""
        part = f"{value.name} of {country(code)}"
        return Name(text=f"{title.title()} {part}".lstrip(), country=code, frame=title, part=part)
    if value.org:
        return Name(text=country(value.org), country=code, plural=value.org in _plural_bodies())
    if not code:
        return None
    low = evidence.lower()
    for row in english().parties:
        if value.sector in row.sector and any(
            _whole(w, (value.text or "").lower()) and _whole(w, low) for w in row.words
        ):
            said = row.say.format(adj=adjective(code), poss=possessive(country(code)))
            frame = row.several or (row.say if row.plural else "")
            return Name(text=_an(said), plural=row.plural, country=code, frame=frame, part=adjective(code))
    return Name(text=country(code), country=code)


def beside(value: Participant, evidence: str) -> bool:
    """Does the evidence use the party's name only of a border, a side, a language?"""
    if not value.text or value.org or value.name:
        return False
    after = re.findall(rf"(?<!\w){re.escape(value.text)}(?:-\w+)?\s+(\w+)", evidence)
    return bool(after) and all(word.lower() in english().beside for word in after)


def outlet(name: str) -> str:
    """An outlet inside a sentence: "the Pamir Ledger", "Xinhua"."""
    return (
        f"the {name}"
        if name.rsplit(maxsplit=1)[-1] in english().outlet_nouns and not name.lower().startswith("the ")
        else name
    )


def _whole(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _an(text: str) -> str:
    return re.sub(r"^a (?=[AEIOUaeiou])", "an ", text)


def article(noun: str) -> str:
    """A noun with "a" or "an"."""
    return f"an {noun}" if noun[:1].lower() in "aeio" else f"a {noun}"


def names(values: Sequence[Name], *, most: int = 4) -> Name:
    """A list as one noun phrase: "Chinese and Tajik forces", "China and Russia"; beyond `most` the rest are "others"."""
    frames = {v.frame for v in values}
    if len(values) > 1 and len(frames) == 1 and (frame := frames.pop()):
        parts = series([v.part for v in values])
        return Name(
            text=frame.format(adj=parts, poss=parts) if "{" in frame else f"{frame.title()}s {parts}", plural=True
        )
    if len({v.frame for v in values}) > 1 and all(
        (v.country and v.frame and "{" in v.frame) or not v.frame for v in values
    ):
        values = [Name(text=country(v.country), country=v.country) if v.country and v.frame else v for v in values]
    told = list(dict.fromkeys(v.text for v in values))
    if len(told) > most:
        told = [*told[: most - 1], "others"]
    return Name(text=series(told), plural=len(told) > 1 or any(v.plural for v in values))


def series(words: Sequence[str]) -> str:
    """One; one and two; one, two and three."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} and {words[-1]}"


def count(n: int) -> str:
    """Small numbers as words, large ones with commas."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def odds(value: float) -> str:
    """A chance, never rounded to certainty: "34 %", "2.1 %", "less than 0.1 %"."""
    told = 100 * value
    if told < 0.1:
        return "less than 0.1 %"
    if told > 99.9:
        return "more than 99.9 %"
    return f"{told:.1f} %" if told < 10 or told > 99 else f"{told:.0f} %"


def percent(share: float) -> str:
    """58 %, never "-0 %"."""
    return f"{abs(round(100 * share)):.0f} %"


def figure(value: Quantity) -> str | None:
    """A figure as readers write it: "about 10,000 troops", "at least 240 million dollars"; None = nothing firm to print."""
    number = value.value if value.value is not None else value.low if value.bound is Bound.AT_LEAST else value.high
    if number is None:
        return None
    unit = _MONEY.get(value.unit or "")
    if unit:
        return f"{_BOUNDS[value.bound]}{_large(number)} {unit}"
    return f"{_BOUNDS[value.bound]}{number:,.0f}" if number == int(number) else None


def _large(number: float) -> str:
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if number >= size:
            return f"{number / size:,.1f}".removesuffix(".0") + f" {word}"
    return f"{number:,.0f}"


# ---- days ----


def day(value: date) -> str:
    """23 July 2019."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def when(value: DateRange | None) -> str | None:
    """A day, month, season or year with its preposition, no finer than it was told; None = nothing to say."""
    if value is None or value.start is None or value.end is None:
        return None
    start, end = value.start, value.end
    if start == end:
        return f"on {day(start)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"in {start.year}" if start.year == end.year else f"between {start.year} and {end.year}"
    if _month(start, end):
        return f"in {MONTHS[start.month - 1]} {start.year}"
    if start.year != end.year:
        return f"between {start.year} and {end.year}"
    if start.month == end.month and (value.precision is Precision.WEEK or _VAGUE.search(value.text or "")):
        return f"in {_third((start.day + end.day) // 2)}{MONTHS[start.month - 1]} {start.year}"
    if value.precision is Precision.SEASON or (end - start).days > _LONG:
        return (
            f"in {_quarter(start, end)}{start.year}"
            if _quarter(start, end)
            else f"in {MONTHS[start.month - 1]} to {MONTHS[end.month - 1]} {end.year}"
        )
    first = f"{start.day}" if start.month == end.month else f"{start.day} {MONTHS[start.month - 1]}"
    return f"from {first} to {day(end)}"


_VAGUE: Final = re.compile(r"\b(?:early|mid|middle|late|end|beginning|start|turn)\b", re.IGNORECASE)
_LONG: Final = 45  # days; longer stretches of one year are told by months


def _third(number: int) -> str:
    return "early " if number <= 10 else "mid-" if number <= 20 else "late "


def _quarter(start: date, end: date) -> str:
    """ "early ", "mid-" or "late " for the thirds of a year."""
    middle = (start.month + end.month) / 2
    if (end - start).days > 160:
        return ""
    return "early " if middle <= 4 else "mid-" if middle <= 8.5 else "late "


def _month(start: date, end: date) -> bool:
    return (start.year, start.month, start.day) == (end.year, end.month, 1) and end.day == monthrange(
        end.year, end.month
    )[1]


def since(value: DateRange | None, *, inferred: bool = False) -> str | None:
    """ "since 1999", "since October 2004"; None where no start is told or it is vaguer than a year.

    Args:
        inferred: Whether a year counts that no words of a text tell, as in a table.
    """
    if value is None or value.start is None or value.end is None:
        return None
    start, end = value.start, value.end
    if start == end:
        return f"since {day(start)}"
    if _month(start, end):
        return f"since {MONTHS[start.month - 1]} {start.year}"
    if start.year == end.year and (inferred or value.text is not None):
        return f"since {start.year}"
    return None


def sentence(text: str) -> str:
    """A capital first and one full stop."""
    said = " ".join(text.split())
    said = said[:1].upper() + said[1:]
    return said if said.endswith((".", "?", "!", "”")) else said + "."
