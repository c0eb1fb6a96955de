"""In which country did an act happen? Learned weights rank the countries that the text has told around it.

A place told beside the act, the ground of one of its sides, the ground of the sentences before, or none of these ("condemned",
"sold arms"): each country gets features of how it is told and of its part in the act. The weights are made by `training/train.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marchland.lexicon.linear import binary
from marchland.model.annotated import Name
from marchland.model.records import Place
from marchland.reading.features import Scene, path
from marchland.reading.roles import Roles
from marchland.reading.triggers import Trigger

MODEL = "where"
_NAMED, _NAMED_LONG = (
    0.5,
    1.0,
)  # log-odds by which a country must be less likely than none to stay unnamed: a lost place costs more
_FAR = 4  # sentences back beyond which distance no longer counts


@dataclass(frozen=True, slots=True)
class Hint:
    """One way in which a country is told: by a place, a party, or in a sentence before."""

    country: str
    how: str  # place, party, before, dateline, headline
    head: int | None  # token in the act's sentence
    back: int  # sentences back
    located: bool  # under a preposition of place
    together: bool  # in the same stretch of the sentence as the act
    place: Place | None
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What of the act bears on its ground."""

    trigger: Trigger
    roles: Roles
    kind: str
    status: str
    scene: Scene
    ruled: Place | None


def _part(country: str, names: Sequence[Name]) -> str:
    return next((n.sector.value for n in names if n.country == country), "-")


def features(act: Act, hints: Sequence[Hint], rank: int, number: int) -> Iterator[str]:
    """Features of one country; `hints` are all ways in which it is told, the nearest first."""
    country = hints[0].country
    best = hints[0]
    kind, lemma = act.kind, act.scene.tree.tokens[act.trigger.head].lemma
    frame = act.trigger.entry.frame
    actor, recipient = _part(country, act.roles.actors), _part(country, act.roles.recipients)
    part = f"{actor != '-'},{recipient != '-'}"
    ruled = act.ruled is not None and act.ruled.country == country
    how = f"{best.how}{'+' if best.located else ''}{'' if best.together else '~'}{min(best.back, _FAR) or ''}"
    ways = {f"{g.how}{'+' if g.located else ''}" for g in hints}
    single = f"{len({n.country for n in act.roles.actors})},{len({n.country for n in act.roles.recipients})}"
    yield f"ruled={ruled}"
    yield f"ruled,type={ruled},{kind}"
    yield f"ruled,how={ruled},{how}"
    yield f"ruled,part={ruled},{part}"
    yield f"how={how}"
    yield f"how,type={how},{kind}"
    yield f"how,part={how},{part}"
    yield f"how,part,type={how},{part},{kind}"
    yield f"part={part},{single}"
    yield f"part,type={part},{kind}"
    yield f"part,frame={part},{frame}"
    yield f"part,lemma={part},{lemma}"
    yield f"part,entry={part},{act.trigger.entry.id}"
    yield f"actor={actor},{kind}"
    yield f"recipient={recipient},{kind}"
    yield f"sides={actor},{recipient},{kind}"
    yield f"part,status={part},{act.status}"
    yield f"part,single={part},{single},{kind}"
    yield f"slot={best.slot},{kind}"
    yield f"slot,part={best.slot},{part}"
    yield f"rank={rank},{how}"
    yield f"number={min(number, 4)},{part}"
    yield f"long={act.scene.long},{how}"
    yield f"long,type={act.scene.long},{kind},{part}"
    for way in ways:
        yield f"way={way},{kind}"
        yield f"way,part={way},{part}"
    if best.head is not None:
        way_to = path(act.scene.tree, act.trigger.head, best.head)
        yield f"path={way_to}"
        yield f"path,type={way_to},{kind}"
    for n in act.roles.actors[:1]:
        yield f"first actor={n.sector.value},{part},{kind}"
    for n in act.roles.recipients[:1]:
        yield f"first recipient={n.sector.value},{part},{kind}"


def nowhere(act: Act, number: int) -> Iterator[str]:
    """Features of "no country that could be named"."""
    kind, lemma = act.kind, act.scene.tree.tokens[act.trigger.head].lemma
    yield "none"
    yield f"none,type={kind}"
    yield f"none,lemma={lemma}"
    yield f"none,entry={act.trigger.entry.id}"
    yield f"none,status={act.status}"
    yield f"none,status,type={act.status},{kind}"
    yield f"none,ruled={act.ruled is not None},{kind}"
    yield f"none,number={min(number, 4)}"
    yield f"none,long={act.scene.long},{kind}"
    yield f"none,sides={len(act.roles.actors)},{len(act.roles.recipients)},{kind}"
    for side, names in (("actor", act.roles.actors), ("recipient", act.roles.recipients)):
        for n in names[:1]:
            yield f"none,{side}={n.sector.value},{kind}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One act's countries with their features, "nowhere" first."""

    act: Act
    countries: tuple[str | None, ...]
    rows: tuple[tuple[str, ...], ...]


def asked(act: Act, hints: Sequence[Hint]) -> Asked:
    """The question of one act."""
    by_country: dict[str, list[Hint]] = {}
    for h in sorted(hints, key=lambda h: (h.back, not h.together, not h.located, h.how != "place")):
        by_country.setdefault(h.country, []).append(h)
    told = [tuple(features(act, found, min(i, 3), len(by_country))) for i, found in enumerate(by_country.values())]
    return Asked(act, (None, *by_country), (tuple(nowhere(act, len(by_country))), *told))


def learned(question: Asked) -> str | None:
    """The likeliest country by the shipped weights."""
    weights = binary(MODEL)
    scores = [weights.score(row) for row in question.rows]
    scores[0] -= _NAMED_LONG if question.act.scene.long else _NAMED
    return question.countries[max(range(len(scores)), key=scores.__getitem__)]
