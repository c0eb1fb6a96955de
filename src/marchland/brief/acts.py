"""One event as a clause: who acts, in which words, how firmly, where and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from marchland.brief import english
from marchland.brief.english import Name
from marchland.brief.material import Material
from marchland.brief.notes import evidence, quotes
from marchland.lexicon.brief_words import ActWords, acts, frames
from marchland.model.ontology import EventType, HolderKind, PlaceKind
from marchland.model.records import Event, Holder, Participant, Place, Quantity

_PEOPLE: Final = {
    "troop": "troops", "soldier": "soldiers", "man": "men", "men": "men", "people": "people", "serviceman": "servicemen",
    "fighter": "fighters", "guard": "guards", "personnel": "personnel", "person": "people", "troops": "troops",
}  # fmt: skip
_RECENT: Final = timedelta(days=550)  # a plan told longer ago is told in the past
_MOST: Final = 4  # names in a list
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|being|is|are|be)(?: \w+ly)? $")
_BREAK: Final = re.compile(r"[,;:](?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An event in words, without its day."""

    subject: Name
    words: ActWords
    predicate: str  # after the verb
    figures: str  # "with about 10,000 troops"; may be empty
    place: str
    side: str  # whom it is done to; empty = together or alone
    parties: frozenset[str]  # who acts, by country or body

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two acts the same kind of act by the same parties."""
        return " ".join(sorted(self.parties)), self.words.id, self.side


def phrases(event: Event, m: Material) -> Iterator[Phrase]:
    """The ways to tell an event, the most telling first."""
    text = evidence(quotes(event, m, context=True))
    own = evidence(quotes(event, m)).lower()
    around = _clauses(event, m) if event.recipients else own  # of a joint act nobody can be put on the wrong side
    kind = (
        event.base
        if event.event_type is EventType.AGREE and event.base and not event.status.happened
        else event.event_type
    )
    for words in acts():
        if kind not in words.type or (words.mode and event.mode not in words.mode):
            continue
        thing = _thing(words, own)
        if not _fits(words, around, own, thing) or (words.coming and event.status.happened):
            continue
        made = _phrase(event, words, thing, text, m)
        if made is not None:
            yield made


def _clauses(event: Event, m: Material) -> str:
    """The clauses that hold the triggers: what stands elsewhere in a sentence may be another act."""
    out = []
    for q in quotes(event, m):
        start = max((x.end() for x in _BREAK.finditer(q.text, 0, q.trigger[0])), default=0)
        found = _BREAK.search(q.text, q.trigger[1])
        out.append(q.text[start : found.start() if found else len(q.text)].lower())
    return "\n".join(out)


def _fits(words: ActWords, clauses: str, text: str, thing: str | None) -> bool:
    if words.words and not any(_whole(w, clauses) for w in words.words):
        return False
    if words.needs and not any(_whole(w, text) for w in words.needs):
        return False
    return not words.also or thing is not None


def _thing(words: ActWords, text: str) -> str | None:
    """The word of `also` that the evidence holds, in the singular."""
    return next((w for w in words.also if re.search(rf"(?<!\w){re.escape(w)}s?(?!\w)", text)), None)


def _whole(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _phrase(event: Event, words: ActWords, thing: str | None, text: str, m: Material) -> Phrase | None:
    actors = _named(event.actors, text)
    # who is only implied is not named as a side of a conflict
    suffering = [p for p in event.recipients if p.text or "conflict" not in event.quad]
    other = _named([p for p in suffering if not _among(p, event.actors)], text)
    if words.guest:
        actors, other = _guests(event, text)
    if not actors or (words.clash and not other) or (words.guest and not other):
        return None
    if any(p.key is None for p in event.actors) or (other and not _leads(event, m)):
        return None  # somebody who acts is unknown, or may be on the other side
    sides = {n.country or n.text for n in (*actors, *other)}
    if m.host not in sides or len(sides) < 2:
        return None  # one of the two is named only by its border, or not at all
    joined = english.names(other, most=_MOST).text if other else ""
    money = next((f for q in event.quantities if q.unit and (f := english.figure(q)) and "dollars" in f), None)
    shape = _shape(words, event, several=len(actors) > 1, toward=bool(other), money=money)
    if shape is None:
        return None
    thing = thing or ""
    if len(actors) > _MOST:  # whom the brief is about is named, whoever is left for "others"
        actors.sort(key=lambda a: a.country != m.host and a.country not in m.powers[:2])
    subject = english.names(actors, most=_MOST)
    predicate = shape.format(b=joined, q=money or "", thing=thing, an_thing=_an(thing))
    return Phrase(
        subject=subject,
        words=words,
        predicate=predicate,
        figures=_figures(words, event.quantities, predicate, money),
        place="" if words.nowhere else _place(event.where, (subject.text, predicate), evidence(quotes(event, m))),
        side=joined,
        parties=frozenset(a.country or a.text for a in actors),
    )


def _leads(event: Event, m: Material) -> bool:
    """Does an actor stand before the act, or behind "by", in one of its tellings?"""
    told = [p.text for p in event.actors if p.text]
    if not told:
        return "conflict" not in event.quad
    for q in quotes(event, m):
        before, after = q.text[: q.trigger[0]], q.text[q.trigger[1] :]
        suffers = _PASSIVE.search(before) is not None
        if any(
            (not suffers and _whole(t, q.text[: q.trigger[1]]))
            or re.search(rf"\bby (?:\w+ ){{0,3}}{re.escape(t)}", after)
            for t in told
        ):
            return True
    return False


def _an(thing: str) -> str:
    return thing if thing.endswith("s") or thing == "papers" else english.article(thing)


def _shape(words: ActWords, event: Event, *, several: bool, toward: bool, money: str | None) -> str | None:
    if toward and words.toward_org and any(p.org and not p.country for p in event.recipients):
        return words.toward_org
    if toward and money and words.money_toward:
        return words.money_toward
    if toward:
        return words.toward
    return words.together if several else words.alone


def _among(party: Participant, others: Sequence[Participant]) -> bool:
    return party.key is None or any(o.key == party.key or o.country == party.country for o in others if o.country)


def _named(parties: Sequence[Participant], text: str) -> list[Name]:
    out: dict[str, Name] = {}
    for p in parties:
        name = None if english.beside(p, text) else english.party(p, text)
        if name is not None:
            out.setdefault(name.text, name)
    finer = {n.country for n in out.values() if n.country and n.text != english.country(n.country)}
    return [n for n in out.values() if n.country not in finer or n.text != english.country(n.country or "")]


def _guests(event: Event, text: str) -> tuple[list[Name], list[Name]]:
    """Who came, and to which country or city; nobody where the sides cannot be told apart."""
    to = event.where.country if event.where and event.where.country else None
    hosts = {p.country for p in event.recipients if p.country}
    to = to or (next(iter(hosts)) if len(hosts) == 1 else None)
    if to is None or (hosts and to not in hosts):
        return [], []
    came = [p for p in event.actors if p.country != to]
    if not came or any(p.country == to for p in event.actors):
        return [], []
    where = event.where.name if event.where and event.where.kind is PlaceKind.CITY else english.country(to)
    return _named(came, text), [Name(text=where, country=to)]


def _figures(words: ActWords, told: Sequence[Quantity], predicate: str, money: str | None) -> str:
    if words.people:
        for q in told:
            noun = _PEOPLE.get((q.of or "").lower()) if q.unit is None else None
            number = english.figure(q) if noun else None
            if number:
                return words.people.format(q=f"{number} {noun}")
    if words.money and money and money not in predicate:
        return words.money.format(q=money)
    return ""


_PREPOSITION: Final = {PlaceKind.SITE: "at", PlaceKind.BORDER: "on"}
_AREA: Final = r"(?: (?:area|region|district|valley|province|mountains|gorge|range))"


def _place(where: Place | None, said: tuple[str, str], text: str) -> str:
    """ "near Murghab", "in the Pamirs"; empty where no place is told, or the sentence names it already."""
    if where is None or any(where.name in s for s in said):
        return ""
    if where.kind is PlaceKind.COUNTRY:
        name = english.country(where.country) if where.country else where.name
        return "" if any(name in s for s in said) else f"in {name}"
    name = re.escape(where.text if where.text and where.text[:1].isupper() and _whole(where.text, text) else where.name)
    found = re.search(
        rf"\b(?:(in|near|at|around|outside|on|off|over) )?((?:the )?(?:\w+ region of )?{name}(?!\w){_AREA}?)", text
    )
    if not found or (where.kind is PlaceKind.CITY and found[2].startswith("the ") and not re.search(_AREA, found[2])):
        return ""  # "the Panj" is the river and not the town
    return f"{found[1] or _PREPOSITION.get(where.kind, 'in')} {found[2]}"


# ---- firmness ----


def clause(event: Event, phrase: Phrase, m: Material, *, on: str = "", figures: bool = True, place: bool = True) -> str:
    """The whole clause: the phrase in the frame of its status, with figures, place and day."""
    parts = [phrase.predicate, phrase.figures if figures else "", phrase.place if place else "", on]
    tail = " ".join(p for p in parts if p)
    verb, past, part = phrase.words.verb
    plural = phrase.subject.plural
    told = frames().status[event.status]
    holder = whose(event, m)
    recent = (m.day(event) or date.min) >= m.until - _RECENT
    form = "held" if holder and "held" in told else "gone" if "gone" in told and not recent else "plain"
    out = told[form].format(
        A=phrase.subject.text,
        past=f"{past} {tail}".rstrip(),
        inf=f"{verb} {tail}".rstrip(),
        part=f"{part} {tail}".rstrip(),
        is_="are" if plural else "is",
        plan="plan" if plural else "plans",
        holder=holder or "",
        **{"is": "are" if plural else "is", "has": "have" if plural else "has"},
    )
    return out + (frames().disputed if event.disputed and event.status.happened else "")


def whose(event: Event, m: Material) -> str | None:
    """Whose word the event is, by a name that the text gives; None = the publisher's, or nobody's in particular."""
    first = quotes(event, m)[:1]
    mention = next(
        (x for x in event.mentions if first and x.doc_id == first[0].doc_id and x.start == first[0].start), None
    )
    return holder_name(mention.holder, mention.quote) if mention and mention.holder else None


def holder_name(holder: Holder, quote: str) -> str | None:
    """A holder as a noun phrase that the quote supports; None = not to be named."""
    if holder.kind is HolderKind.SPEAKER and holder.country:
        if holder.name and len(holder.name.split()) > 1 and all(w[:1].isupper() for w in holder.name.split()):
            return holder.name
        return (
            "officials of " + english.country(holder.country) if "fficial" in quote else english.country(holder.country)
        )
    if holder.kind is HolderKind.SOURCE and holder.name and holder.name[:1].isupper():
        return holder.name
    return None
