"""Which party of an act does its own clause leave unsaid? Learned weights rank the states and bodies told before.

"Ankara sent engineers to Moroni in May. It also wrote off the debt": whose debt is told one sentence before. Asked of an act with one
side alone, or with none; the answer may be that nobody is missing. The weights are made by `training/train.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marchland.lexicon.linear import binary
from marchland.model.annotated import Name
from marchland.model.ontology import Sector
from marchland.model.records import Participant, Place
from marchland.reading.features import Scene
from marchland.reading.triggers import Trigger

MODEL = "unsaid"
_FAR = 5
_HOME = 0.7  # log-odds by which an act within one country must be likelier than any other reading: it changes what is measured least
_FIRST = 2  # parties of the act looked at
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj"})

_RULERS = frozenset({Sector.GOV, Sector.MIL, Sector.COP, Sector.JUD, Sector.LEG, Sector.SPY})

# Sectors of implied parties in the labels of `training/`, where another than the government is most frequent:
# by type, side, and whether the known side is of the same country.
_USUAL = {
    ("ASSAULT", "actor", False): Sector.MIL,
    ("ASSAULT", "actor", True): Sector.MIL,
    ("MOBILIZE", "actor", False): Sector.MIL,
    ("PROTEST", "actor", False): Sector.CVL,
    ("PROTEST", "actor", True): Sector.CVL,
    ("ACCUSE", "actor", True): Sector.JUD,
    ("SANCTION", "actor", True): Sector.JUD,
    ("ASSAULT", "other", True): Sector.CVL,
    ("COERCE", "other", True): Sector.CVL,
    ("CONCEDE", "other", True): Sector.CVL,
    ("MOBILIZE", "other", True): Sector.CVL,
}

type Key = tuple[str | None, str | None]  # country, organisation


@dataclass(frozen=True, slots=True)
class Heard:
    """One mention of a state or body before the act, or beside it."""

    key: Key
    sentence: int
    head: int
    slot: str
    kind: str  # of the name, or "place"
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An act that lacks a side."""

    side: str  # "actor" or "other"
    trigger: Trigger
    kind: str
    status: str
    scene: Scene
    sentence: int
    known: tuple[Participant, ...]
    where: Place | None
    ruled: Key | None  # what the rules would take


def object_word(gap: Gap) -> str:
    """The noun that the act is done to: "the contract", "its consulate"."""
    tree = gap.scene.tree
    at = gap.trigger.carrier if gap.trigger.carrier is not None else gap.trigger.head
    found = next((c for c in tree.children[at] if c.dep in _OBJECTS), None)
    if found is None or found.index == gap.trigger.head:
        return "-"
    determiner = next((c.lemma for c in tree.children[found.index] if c.dep in ("det", "poss")), "")
    return f"{determiner} {found.lemma}" if found.index not in gap.scene.names else "<party>"


def features(gap: Gap, key: Key, heard: Sequence[Heard], rank: int, context: "Context") -> Iterator[str]:
    """Features of one candidate."""
    last = heard[0]
    back = min(gap.sentence - last.sentence, _FAR)
    kind, side = gap.kind, gap.side
    sectors = {p.sector.value for p in gap.known if p.key}
    known = next(iter(sorted(sectors)), "-")
    entity = "body" if key[0] is None else "state's body" if key[1] else "state"
    ruled = gap.ruled == key if gap.ruled else "-"
    here = gap.where is not None and gap.where.country == key[0] and key[0] is not None
    pair = context.together(key, gap.known)
    ahead = last.sentence == gap.sentence and last.head > gap.trigger.head
    at = f"{back}{'>' if ahead else ''}"
    most = context.counts.get(key, 0) == max(context.counts.values(), default=0)
    told = f"{min(context.counts.get(key, 0), 3)},{most}"
    kinds = {h.kind == "place" for h in heard}
    yield f"side={side}"
    yield f"side,ruled={side},{ruled}"
    yield f"ruled,type={ruled},{kind}"
    yield f"at={at},{side}"
    yield f"at,type={at},{kind},{side}"
    yield f"at,slot={at},{last.slot},{side}"
    yield f"at,kind={at},{last.kind},{side}"
    yield f"rank={rank},{side}"
    yield f"rank,at={rank},{at},{side}"
    yield f"entity={entity},{kind},{side}"
    yield f"sector={last.sector},{kind},{side}"
    yield f"known={known},{last.sector},{side}"
    yield f"here={here},{side},{kind}"
    yield f"here,at={here},{at}"
    yield f"pair={pair},{side}"
    yield f"pair,type={pair},{kind},{side}"
    yield f"pair,at={pair},{at}"
    yield f"told={told},{side}"
    yield f"told,at={told},{at}"
    yield f"topic={context.topic == key},{side}"
    yield f"topic,at={context.topic == key},{at},{side}"
    yield f"subject={context.subject == key},{side},{kind}"
    yield f"places={sorted(kinds)},{side}"
    yield f"number={min(len(context.counts), 4)},{rank},{side}"
    yield f"object={object_word(gap)},{side}"
    yield f"status={gap.status},{side}"


def nobody(gap: Gap, candidates: int) -> Iterator[str]:
    """Features of "nobody is missing"."""
    yield from _of_act(gap, "none")
    yield f"none,frame={gap.trigger.entry.frame},{gap.side}"
    yield f"none,status={gap.status},{gap.side}"
    yield f"none,ruled={gap.ruled is not None},{gap.side}"
    yield f"none,number={min(candidates, 4)},{gap.side}"


def at_home(gap: Gap, country: str) -> Iterator[str]:
    """Features of "within the one country": a government and its people, rebels and their government."""
    here = gap.where is not None and gap.where.country == country
    yield from _of_act(gap, "own")
    yield f"own,here={here},{gap.side},{gap.kind}"
    for p in gap.known[:_FIRST]:
        yield f"own,sector={p.sector.value},{gap.side}"


def _of_act(gap: Gap, answer: str) -> Iterator[str]:
    """What the act itself says for an answer that no candidate gives."""
    side, kind = gap.side, gap.kind
    yield f"{answer},side={side}"
    yield f"{answer},type={kind},{side}"
    yield f"{answer},lemma={gap.scene.tree.tokens[gap.trigger.head].lemma},{side}"
    yield f"{answer},entry={gap.trigger.entry.id},{side}"
    yield f"{answer},object={object_word(gap)},{side}"
    yield f"{answer},political={min(gap.scene.political, 3)},{side},{kind}"
    yield f"{answer},long={gap.scene.long},{side}"
    for p in gap.known[:_FIRST]:
        yield f"{answer},known={p.sector.value},{kind},{side}"


@dataclass(frozen=True, slots=True)
class Context:
    """What the text has told up to the act."""

    heard: tuple[Heard, ...]  # the latest last
    counts: dict[Key, int]
    topic: Key | None  # whom the paragraph names first
    subject: Key | None  # the last subject before the act's sentence

    def together(self, key: Key, known: Sequence[Participant]) -> bool:
        """Has a sentence told the candidate beside a known party?"""
        mine = {h.sentence for h in self.heard if h.key == key}
        theirs = {
            h.sentence for h in self.heard for p in known if p.key and (h.key[0] or h.key[1]) in (p.country, p.org)
        }
        return bool(mine & theirs)


@dataclass(frozen=True, slots=True)
class Asked:
    """One gap's candidates with their features, "nobody" first."""

    gap: Gap
    keys: tuple[Key | None, ...]
    rows: tuple[tuple[str, ...], ...]


def asked(gap: Gap, context: Context) -> Asked:
    """The question of one gap."""
    taken = {k for p in gap.known for k in (p.country, p.org) if k}
    by_key: dict[Key, list[Heard]] = {}
    for h in sorted(context.heard, key=lambda h: (h.sentence, h.head), reverse=True):
        if not ({h.key[0], h.key[1]} & taken):
            by_key.setdefault(h.key, []).append(h)
    rows = [tuple(nobody(gap, len(by_key)))]
    rows += [tuple(features(gap, k, found, min(i, 3), context)) for i, (k, found) in enumerate(by_key.items())]
    keys: list[Key | None] = [None, *by_key]
    own = next((p.country for p in gap.known if p.country), None)
    if own is not None:
        keys.append((own, None))
        rows.append(tuple(at_home(gap, own)))
    return Asked(gap, tuple(keys), tuple(rows))


def learned(question: Asked) -> Key | None:
    """The likeliest party by the shipped weights; None = nobody is missing."""
    weights = binary(MODEL)
    scores = [weights.score(row) for row in question.rows]
    if question.rows[-1][0].startswith("own,"):
        scores[-1] -= _HOME
    return question.keys[max(range(len(scores)), key=scores.__getitem__)]


def participant(key: Key, names: Sequence[Name], gap: Gap) -> Participant:
    """The party that a text has told before: a body with its own sector, a state with the one that such an act has most often."""
    sector = next((n.sector for n in names if n.org is not None and n.org == key[1]), None)
    if sector is None:
        home = any(p.country == key[0] for p in gap.known)
        sector = _USUAL.get((gap.kind, gap.side, home), Sector.GOV)
        if sector is Sector.CVL and gap.side == "other" and not any(p.sector in _RULERS for p in gap.known):
            sector = Sector.GOV  # people against their own state
    return Participant(country=key[0], org=key[1], sector=sector, resolved="setting")
