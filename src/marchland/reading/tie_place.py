"""Where is a tie? The place named in its own phrase or beside its verb, in the host where that is known."""

from marchland.model.annotated import PlaceName
from marchland.model.ontology import PlaceKind, TieKind
from marchland.model.records import Place
from marchland.model.tree import Tree
from marchland.reading.tie_company import Sides
from marchland.reading.tie_finder import TieTrigger

_LOCATIVE = frozenset(
    ["in", "near", "at", "around", "outside", "inside", "across", "throughout", "along", "on", "within"]
)
_SITED = frozenset(
    {
        TieKind.BASE,
        TieKind.OUTPOST,
        TieKind.PRESENCE,
        TieKind.CONCESSION,
        TieKind.INFRASTRUCTURE,
        TieKind.TRAINING,
        TieKind.EDUCATION,
    }
)


def place_of(
    tree: Tree, places: dict[int, list[PlaceName]], trigger: TieTrigger, sides: Sides, text: str
) -> Place | None:
    """The place named in the tie's own phrase or beside its verb, in the host where that is known."""
    if trigger.entry.kind not in _SITED and trigger.entry.kind not in (
        TieKind.CLAIM_OF_SPHERE,
        TieKind.TERRITORY,
        TieKind.EXERCISE_SERIES,
        TieKind.SECURITY_FINANCE,
        TieKind.INVESTMENT,
    ):
        return None
    areas = [{x.index for x in tree.subtree(trigger.head)}]
    if trigger.governor.verb is not None:
        areas.append(
            {
                x.index
                for c in tree.having(trigger.governor.verb.index, "prep", "dobj", "agent")
                for x in tree.subtree(c.index)
            }
        )
    host = sides.host.country if sides.host else None
    for area in areas:
        fits = [
            p
            for i in sorted(area)
            for p in places.get(i, ())
            if (_located(tree, i) or p.kind is PlaceKind.SITE)
            and (host is None or p.country in (host, None) or host in p.also)
        ]
        if fits:
            best = min(
                fits,
                key=lambda p: (p.kind in (PlaceKind.REGION, PlaceKind.BORDER) and p.country is None, p.span.start),
            )
            return _place(best, text)
    inside = [(i, p) for i, found in places.items() for p in found if host and p.country == host]
    near = [(abs(i - trigger.head), p.span.start, p) for i, p in inside if _located(tree, i)]
    return _place(min(near, key=lambda x: x[:2])[2], text) if near else None


def _located(tree: Tree, index: int) -> bool:
    t = tree.tokens[index]
    while t.dep in ("appos", "conj", "compound", "poss", "amod", "nmod") and t.head != t.index:
        t = tree.tokens[t.head]
    return t.dep == "pobj" and tree.tokens[t.head].lemma in _LOCATIVE


def _place(p: PlaceName, text: str) -> Place:
    return Place(
        name=p.name, place_id=p.place_id, kind=p.kind, country=p.country, admin1=p.admin1, lat=p.lat, lon=p.lon,
        text=text[p.span.start : p.span.end], span=p.span,
    )  # fmt: skip
