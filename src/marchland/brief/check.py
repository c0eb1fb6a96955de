"""Does the evidence of a sentence hold what the sentence says? Read anew from the words, without any help of the writer.

An actor, place, figure or day that no note holds is a fault, and so are an act told more firmly than its evidence tells it, an act of
which the evidence has no word, and a sentence without a note. Other names for the same thing count: "Beijing" supports "China", and a
relative day supports the day that it was resolved to. Whether the sides of an act are the right way round it sees only where a
passive gives them away.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from marchland.brief.check_dates import Named, dates, without
from marchland.brief.check_names import holds, known, names, strangers
from marchland.brief.check_numbers import figures
from marchland.brief.model import Note, Quote, Sentence
from marchland.lexicon.brief_words import CheckWords, check_words
from marchland.model.ontology import STATUS_STRENGTH

_SPOKEN: Final = re.compile(r"“([^”]*)”")
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|being|is|are|be)(?: \w+ly)? $")
_NEAR: Final = 100  # characters before a date in which a word of reporting may stand
_CLAUSE: Final = 60  # characters before a trigger in which a modal may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that the evidence does not hold."""

    kind: str  # note | actor | place | name | number | date | status | act | side | quotation
    said: str  # what the sentence says
    rule: str

    def __str__(self) -> str:
        return f"{self.kind} “{self.said}”: {self.rule}" if self.said else f"{self.kind}: {self.rule}"


def check(sentence: Sentence) -> tuple[Fault, ...]:
    """Everything in a sentence that its notes do not support; none = it is supported."""
    return check_text(sentence.text, sentence.notes)


def check_text(text: str, notes: Sequence[Note]) -> tuple[Fault, ...]:
    """The same for a rendered sentence and its notes."""
    if not notes:
        return (Fault(kind="note", said="", rule="the sentence has no footnote; every sentence stands on one"),)
    plain = _SPOKEN.sub(lambda m: " " * len(m.group()), text)
    words = check_words()
    told = _Evidence.of(notes)
    named_days = dates(plain)
    rest = without(plain, named_days)
    return (
        *_quotations(text, notes),
        *_days(plain, named_days, told, words),
        *_names(rest, told, words),
        *_figures(rest, told),
        *_status(text, plain, notes, words),
        *_deeds(plain, told, words),
        *_sides(plain, notes, words),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    text: str  # all quotes, contexts and rows
    outlets: str
    days: tuple[Named, ...]  # told in the texts, or resolved from words that stand in them
    published: tuple[date, ...]
    quoted: bool

    @classmethod
    def of(cls, notes: Sequence[Note]) -> "_Evidence":
        quotes = [n for n in notes if isinstance(n, Quote)]
        parts = [p for n in notes for p in ((n.text, *n.context) if isinstance(n, Quote) else (n.text,))]
        text = "\n".join(parts)
        days = list(dates(text))
        for q in quotes:
            own = "\n".join((q.text, *q.context)).casefold()
            days += [
                Named(start=0, end=0, first=d.start, last=d.end)
                for d in q.dates
                if d.start and d.end and d.text and d.text.casefold() in own
            ]
        return cls(
            text=text,
            outlets="\n".join(q.outlet or "" for q in quotes),
            days=tuple(days),
            published=tuple(q.published for q in quotes if q.published),
            quoted=bool(quotes),
        )


def _quotations(text: str, notes: Sequence[Note]) -> Iterable[Fault]:
    """What stands between quotation marks stands so in a document."""
    told = [" ".join(part.split()) for n in notes if isinstance(n, Quote) for part in (n.text, *n.context)]
    for spoken in _SPOKEN.findall(text):
        pieces = [" ".join(p.split()) for p in spoken.split("…") if p.strip()]
        if not any(all(p in t for p in pieces) for t in told):
            yield Fault(kind="quotation", said=spoken, rule="no quoted document holds these words")


def _days(plain: str, named: Sequence[Named], told: _Evidence, words: CheckWords) -> Iterable[Fault]:
    for day in named:
        before = plain[max(0, day.start - _NEAR) : day.start].lower()
        pool = list(told.days)
        if re.search(rf"\b(?:{'|'.join(words.reporting)})\b|\bby $", before):
            pool += [Named(start=0, end=0, first=d, last=d) for d in told.published]
        if not any(day.holds(d) for d in pool):
            yield Fault(kind="date", said=plain[day.start : day.end], rule="no note tells this day, or one inside it")


def _names(rest: str, told: _Evidence, words: CheckWords) -> Iterable[Fault]:
    given = known(told.text)
    found = names(rest)
    everything = f"{told.text}\n{told.outlets}"
    for name in found:
        if not name.keys & given and not holds(told.outlets, name.text):
            kind = "place" if name.place else "actor"
            yield Fault(kind=kind, said=name.text, rule="no note names it, under this or another name")
    for word in strangers(rest, found, words.plain):
        if not holds(everything, word):
            yield Fault(kind="name", said=word, rule="no note holds this name")


def _figures(rest: str, told: _Evidence) -> Iterable[Fault]:
    bare = rest
    for name in sorted(names(rest), key=lambda n: -n.start):
        bare = bare[: name.start] + " " * (name.end - name.start) + bare[name.end :]
    evidence = figures(without(told.text, dates(told.text)))
    for figure in figures(bare):
        same = [e for e in evidence if abs(e.value - figure.value) <= 1e-6 * max(1.0, figure.value)]
        if not same:
            yield Fault(kind="number", said=figure.text, rule="no note holds this figure")
        elif not figure.about and all(e.about for e in same):
            yield Fault(kind="number", said=figure.text, rule="the notes tell it as approximate, the sentence as exact")


def _status(text: str, plain: str, notes: Sequence[Note], words: CheckWords) -> Iterable[Fault]:
    quotes = [n for n in notes if isinstance(n, Quote)]
    if not quotes or _SPOKEN.search(text):
        return  # a figure has no status; a quotation says by itself whose word it is
    low = plain.lower()
    shown = [s for s, marks in words.shows.items() if any(m in low for m in marks)]
    firmest = _least_told(quotes)
    weakest = max((STATUS_STRENGTH.index(s) for s in shown), default=0)
    if weakest < firmest:
        rule = f"the sentence tells it as {STATUS_STRENGTH[weakest]}, its evidence as {STATUS_STRENGTH[firmest]}"
        yield Fault(kind="status", said="", rule=rule)
    elif not shown and all(_coming(q, words) for q in quotes):
        yield Fault(
            kind="status", said="", rule="told as done; the evidence speaks of what is to come, may be, or is not"
        )


def _least_told(quotes: Sequence[Quote]) -> int:
    """How firmly that record is told which is told least firmly; of one record's tellings the firmest counts."""
    best: dict[str, int] = {}
    for q in quotes:
        told = STATUS_STRENGTH.index(q.status)
        best[q.record_id] = min(best.get(q.record_id, told), told)
    return max(best.values(), default=0)


def _coming(quote: Quote, words: CheckWords) -> bool:
    """Does a word of the future, of doubt or of denial govern the trigger?"""
    start = quote.trigger[0]
    clause = re.split(r"[,;:.()]", quote.text[max(0, start - _CLAUSE) : start])[-1]
    tail = " ".join(clause.lower().split()[-4:])
    return any(re.search(rf"\b{re.escape(w)}\b", tail) for w in words.coming)


def _deeds(plain: str, told: _Evidence, words: CheckWords) -> Iterable[Fault]:
    """An act of which the evidence has no word was read into it."""
    if not told.quoted:
        return
    for outlet in told.outlets.splitlines():
        plain = plain.replace(outlet, " ") if outlet else plain  # "the Ferry Road News" tells of no road
    low, evidence = f" {plain.lower()} ", told.text.lower()
    for name, (says, needs) in words.deeds.items():
        if any(_begins(w, low) for w in says) and not any(_begins(w, evidence) for w in needs):
            yield Fault(kind="act", said=name, rule="the evidence has no word for this")


def _sides(plain: str, notes: Sequence[Note], words: CheckWords) -> Iterable[Fault]:
    """Whoever "was killed" in every telling is not the one who killed."""
    verb = re.search(rf"\b(?:{'|'.join(words.harms)})\b", plain)
    quotes = [n for n in notes if isinstance(n, Quote)]
    doers = names(plain[: verb.start()]) if verb else []
    if not verb or not quotes or not doers:
        return
    if all(_suffers(doers[-1].keys, q, verb.group()) for q in quotes):
        yield Fault(
            kind="side",
            said=doers[-1].text,
            rule=f"in the evidence it suffers what “{verb.group()}” says, or is not told to do it",
        )


def _suffers(keys: frozenset[str], quote: Quote, verb: str) -> bool:
    """Is the verb, or the act's own trigger, a passive there, with nobody of `keys` behind "by"?"""
    ends = [
        m.end()
        for m in re.finditer(rf"(?<!\w){re.escape(verb)}(?!\w)", quote.text)
        if _PASSIVE.search(quote.text[: m.start()])
    ]
    if _PASSIVE.search(quote.text[: quote.trigger[0]]):
        ends.append(quote.trigger[1])
    return bool(ends) and not any(keys & known(quote.text[end:].partition(" by ")[2]) for end in ends)


def _begins(word: str, text: str) -> bool:
    return (
        re.search(rf"(?<!\w){re.escape(word.strip())}{'(?!' + chr(92) + 'w)' if word.endswith(' ') else ''}", text)
        is not None
    )


def supported(sentences: Iterable[Sentence]) -> bool:
    """Do all sentences hold?"""
    return not any(check(s) for s in sentences)
