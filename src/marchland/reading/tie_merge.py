"""Inside one document, which tellings are of one tie? Each record keeps all its mentions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from marchland.model.dates import DateRange
from marchland.model.ontology import STATUS_STRENGTH, PlaceKind, Precision, Status, TieKind
from marchland.model.records import Participant, Place, Tie

_FACILITIES = frozenset({TieKind.BASE, TieKind.OUTPOST})
_MANY = frozenset({TieKind.INFRASTRUCTURE, TieKind.TERRITORY})  # one pair may have several
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.BORDER})
_FINENESS = {
    p: i
    for i, p in enumerate(
        (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.RANGE)
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling of a tie."""

    tie: Tie
    sentence: int
    does: str  # states, opens, confirms, ends
    what: str  # lemma of its main word, for a verb of its object
    part: str = "noun"  # part of speech of the words that told it
    title: bool = False  # told in the headline, which sums up what the body tells
    site: str | None = None  # the known site it names


def joined(tellings: Iterable[Told]) -> list[Told]:
    """Join tellings of one tie, in order of the first."""
    out: list[Told] = []
    for told in tellings:
        for i, known in enumerate(out):
            if same_tie(known, told):
                out[i] = _join(known, told)
                break
        else:
            out.append(told)
    return [t for t in out if not _lone(t.tie)]


def _lone(tie: Tie) -> bool:
    """Is one state alone told to have a customs union, of which the document names neither body nor other member?"""
    return tie.kind is TieKind.CUSTOMS_UNION and tie.power is None and len(tie.members) < 2


def same_tie(a: Told, b: Told) -> bool:
    """Could both tell one tie: kind, sides, place and named site agree as far as told?"""
    x, y = a.tie, b.tie
    if x.kind is not y.kind and not {x.kind, y.kind} <= _FACILITIES:
        return False
    if a.site != b.site and (
        (a.site and b.site)
        or (
            a.sentence == b.sentence
            and x.mentions[0].trigger != y.mentions[0].trigger
            and "verb" not in (a.part, b.part)
        )
    ):
        return False
    if (
        x.kind in _MANY
        and a.what != b.what
        and not (a.title or b.title)
        and not (x.where and y.where and x.where.place_id == y.where.place_id)
    ):
        return False
    if not _members_agree(x, y, loose=a.title or b.title):
        return False
    return _side(x.power) == _side(y.power) and _side(x.host) == _side(y.host) and _places_agree(x.where, y.where)


def _side(p: Participant | None) -> str | None:
    return (p.country or p.org) if p else None


def _members_agree(x: Tie, y: Tie, *, loose: bool) -> bool:
    if not x.members and not y.members:
        return True
    bodies_x, bodies_y = ({p.org for p in t.members if p.org and not p.country} for t in (x, y))
    states_x, states_y = ({p.country for p in t.members if p.country} for t in (x, y))
    if bodies_x and bodies_y and not (loose and states_x & states_y):
        return bool(bodies_x & bodies_y) and (bool(states_x & states_y) or not states_x or not states_y)
    return bool(states_x) and bool(states_y) and (states_x <= states_y or states_y <= states_x)


def _places_agree(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.place_id == b.place_id:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if a.admin1 and b.admin1 and a.admin1 == b.admin1 and PlaceKind.ADMIN in (a.kind, b.kind):
        return True
    return a.kind in _WIDE or b.kind in _WIDE


def _join(a: Told, b: Told) -> Told:
    x, y = a.tie, b.tie
    strongest = min(
        (s for s in (x.status, y.status) if s is not Status.DENIED), key=STATUS_STRENGTH.index, default=Status.DENIED
    )
    seen = {(m.start, m.trigger) for m in x.mentions}
    fresh = tuple(m for m in y.mentions if (m.start, m.trigger) not in seen)
    known = {(q.value, q.low, q.high, q.unit, q.of) for q in x.quantities}
    tie = replace(
        x,
        kind=TieKind.BASE if x.kind is not y.kind else x.kind,
        domains=(x if x.kind is TieKind.BASE else y).domains if x.kind is not y.kind else x.domains,
        status=strongest,
        mentions=x.mentions + fresh,
        certainty=max(x.certainty, y.certainty),
        confidence=max(x.confidence, y.confidence),
        members=_union(x.members, y.members),
        since=_earlier(x.since, y.since),
        until=_end(a, b),
        last_confirmed=x.last_confirmed or y.last_confirmed,
        magnitude=x.magnitude if x.magnitude != 1.0 else y.magnitude,
        where=_narrower(x.where, y.where),
        quantities=x.quantities + tuple(q for q in y.quantities if (q.value, q.low, q.high, q.unit, q.of) not in known),
    )
    does = "ends" if "ends" in (a.does, b.does) else "opens" if "opens" in (a.does, b.does) else b.does
    if does == "ends":
        tie = replace(tie, last_confirmed=None)
    return replace(a, tie=tie, does=does, site=a.site or b.site, title=a.title and b.title)


def _union(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> tuple[Participant, ...]:
    known = {_side(p) for p in a}
    return a + tuple(p for p in b if _side(p) not in known)


def _earlier(a: DateRange | None, b: DateRange | None) -> DateRange | None:
    told = [d for d in (a, b) if d]
    return min(told, key=lambda d: (d.start is None, d.start, _FINENESS[d.precision]), default=None)


def _end(a: Told, b: Told) -> DateRange | None:
    """A reported end outweighs a date until which the tie was to last; of two dates told, the later telling's."""
    for told in (b, a):
        if told.does == "ends" and told.tie.until:
            return told.tie.until
    return b.tie.until or a.tie.until


def _narrower(a: Place | None, b: Place | None) -> Place | None:
    told = [p for p in (a, b) if p]
    return min(told, key=lambda p: p.kind in _WIDE, default=None)
