"""The words and signs of numbers: how they are written, what bounds them, and in which units they are told."""

import re

from marchland.model.ontology import Bound

_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SMALL |= {"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17}
_SMALL |= {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_SMALL |= {"seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "score": 20.0,
}
_SHORT_SCALES = {"mn": 1e6, "mln": 1e6, "m": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "k": 1e3}
_VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6, "billions": 2e9}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,4})?)"
_WORD = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_SCALE = "(?:" + "|".join(_SCALES) + ")"
NUMBER = (
    rf"(?:{_DIGITS}(?:\s?(?:{_SCALE}|mn|mln|bn|bln|tn|[mk])\b)?(?!(?:st|nd|rd|th)\b)"
    rf"|(?:tens|hundreds|dozens)\s+of\s+(?:thousands|millions)\b(?=\s+of\b)?|(?:dozens|scores|hundreds|thousands|millions|billions)\b(?=\s+of\b)"
    rf"|\bhalf\s+a\s+(?:million|billion|dozen)\b"
    rf"|\b(?:{_WORD}|an?(?=\s+{_SCALE}\b))(?:[-\s]{_WORD})?(?:\s{_SCALE})*(?:\s+and\s+{_WORD}(?:[-\s]{_WORD})?(?=\s{_SCALE}))?(?:\s{_SCALE})*\b"
    r"(?![-–](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|thirds?|fifths?|quarters?)\b))"
)

BOUNDS_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        Bound.UP_TO,
        (
            r"\b(?:up to|as (?:many|much) as|at (?:the )?most|not? more than|(?:less|fewer|lower) than|under|"
            r"below|a maximum of)\s+$"
        ),
    ),
    (
        Bound.AT_LEAST,
        (
            r"\b(?:(?:at (?:the very )?least|(?:no|not) (?:fewer|less) than|(?:well )?(?:more|greater|"
            r"higher) than|upwards? of|(?:well )?over|"
            r"above|exceeding|a minimum of)\s+(?:some\s+|about\s+)?)$"
        ),
    ),
    (
        Bound.ABOUT,
        (
            r"(?:\b(?:(?:only |just )?(?:about|around|roughly|approximately|approx\.?|circa|nearly|almost|"
            r"close to|just under|just over|"
            r"(?:an )?estimated|some|(?:a|an) (?:total|average|estimated) of about))\s+|[~≈]\s?)$"
        ),
    ),
)
BOUNDS_AFTER: tuple[tuple[Bound, str], ...] = (
    (Bound.AT_LEAST, r"\+(?!\w)|\s+or more\b|\s+and more\b"),
    (Bound.UP_TO, r"\s+or (?:fewer|less)\b"),
    (Bound.ABOUT, r"\s+or so\b"),
)

CURRENCY_SIGNS = {"US$": "USD", "$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP"}
CURRENCY_SIGNS |= {
    "₽": "RUB",
    "RUB": "RUB",
    "₹": "INR",
    "¥": "CNY",
    "RMB": "CNY",
    "CNY": "CNY",
    "A$": "AUD",
    "C$": "CAD",
}
CURRENCIES: tuple[tuple[str, str], ...] = (
    (r"[\s-](?:US|U\.S\.|American)?\s?dollars?\b|\sUSD\b", "USD"),
    (r"[\s-]euros?\b|\sEUR\b", "EUR"),
    (r"[\s-](?:British )?pounds?(?: sterling)?\b(?! of\b)|\sGBP\b", "GBP"),
    (r"[\s-](?:Russian )?rou?bles?\b|\sRUB\b", "RUB"),
    (r"[\s-](?:Chinese )?yuan\b|\s(?:RMB|renminbi|CNY)\b", "CNY"),
    (r"[\s-](?:Japanese )?yen\b", "JPY"),
    (r"[\s-]Indian rupees?\b", "INR"),
    (r"[\s-](?:Tajik )?somoni\b", "TJS"),
    (r"[\s-](?:Kazakh )?tenge\b", "KZT"),
    (r"[\s-]Kyrgyz soms?\b", "KGS"),
    (r"[\s-](?:Swiss )?francs?\b", "CHF"),
)
UNITS: tuple[tuple[str, str], ...] = (
    (r"\s?%|\s?per\s?cent\b|\spct\b|\spercentage points?\b", "%"),
    (r"[\s-](?:square|sq\.?)[\s-](?:km|kilomet(?:er|re)s?)\b|\s?km(?:2|²)", "km2"),
    (r"[\s-](?:square|sq\.?)[\s-]miles?\b", "mi2"),
    (r"[\s-](?:square|sq\.?)[\s-](?:m|met(?:er|re)s?)\b|\s?m²", "m2"),
    (r"[\s-](?:cubic|cu\.?)[\s-](?:m|met(?:er|re)s?)\b|\s?m³", "m3"),
    (r"[\s-]?(?:km|kilomet(?:er|re)s?)\b(?![²/])", "km"),
    (r"[\s-]miles?\b", "mi"),
    (r"[\s-]nautical miles?\b", "nmi"),
    (r"[\s-](?:met(?:er|re)s?|m)\b(?!\w)", "m"),
    (r"[\s-](?:hectares?|ha)\b", "ha"),
    (r"[\s-]acres?\b", "acre"),
    (r"[\s-](?:tons?|tonnes?|metric tons?)\b", "t"),
    (r"[\s-]?(?:kg|kilogram(?:me)?s?|kilos?)\b", "kg"),
    (r"[\s-]?(?:MW|megawatts?)\b", "MW"),
    (r"[\s-]?(?:GW|gigawatts?)\b", "GW"),
    (r"[\s-]?(?:kWh|kilowatt[\s-]hours?)\b", "kWh"),
    (r"[\s-]barrels?\b(?! bomb)", "barrel"),
    (r"[\s-](?:decades?)\b", "decade"),
    (r"[\s-]years?\b(?![-\s]old)", "year"),
    (r"[\s-]months?\b", "month"),
    (r"[\s-]weeks?\b", "week"),
    (r"[\s-]days?\b", "day"),
    (r"[\s-]hours?\b", "hour"),
    (r"[\s-]minutes?\b", "minute"),
)

_PIECE = re.compile(rf"{_DIGITS}|[a-z]+", re.IGNORECASE)


def value_of(told: str) -> float | None:
    """The number that is written; "hundreds" is the least it may mean, 200. None = not a number."""
    pieces = [p.lower() for p in _PIECE.findall(told)]
    if not pieces:
        return None
    if pieces[-1] in _VAGUE and (len(pieces) == 1 or pieces[0] in ("tens", "hundreds", "dozens")):
        factor = {"tens": 20.0, "dozens": 24.0, "hundreds": 200.0}.get(pieces[0], 1.0) if len(pieces) > 1 else 1.0
        return factor * (_VAGUE[pieces[-1]] / 2 if len(pieces) > 1 else _VAGUE[pieces[-1]])
    return _sum(pieces)


def _sum(pieces: list[str]) -> float | None:
    total, group = 0.0, 0.0
    for piece in pieces:
        scale = _SCALES.get(piece) or _SHORT_SCALES.get(piece)
        if piece[0].isdigit():
            group += float(piece.replace(",", ""))
        elif piece in _SMALL:
            group += _SMALL[piece]
        elif piece == "half":
            group = 0.5
        elif scale is not None and scale < 1000:
            group = (group or 1.0) * scale
        elif scale is not None:
            total, group = total + (group or 1.0) * scale, 0.0
        elif piece not in ("a", "an", "and", "of"):
            return None
    return total + group
