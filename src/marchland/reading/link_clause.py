"""Which record does the clause tell that holds the words of a link?

Where it tells several, the one nearest above the words in the tree is meant, and an act before a statement about it.
"""

from collections.abc import Sequence

from marchland.model.ontology import EventType, Relation
from marchland.model.records import AnyRecord, Event, Statement
from marchland.reading.joining import joined
from marchland.reading.link_fit import OF_ACTS
from marchland.reading.link_scope import purpose
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import owner_of
from marchland.reading.told_at import Scene, Told

AGREEMENTS = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.SUPPORT})
OPENING = 3  # words at the head of a sentence that look back to the sentence before
_WEIGHED = frozenset({Relation.CONTRADICTS, Relation.RESPONDS_TO})  # words of these may tell a statement themselves


def first(found: list[Told]) -> AnyRecord | None:
    """Acts before ties before statements, then the order of the sentence."""
    best = first_told(found)
    return best.record if best is not None else None


def first_told(found: list[Told]) -> Told | None:
    """The same, with its word."""
    return min(found, key=lambda x: (x.rank, x.index), default=None)


def told_of(scene: Scene, found: Told | None) -> AnyRecord | None:
    """ "the agreement that both signed in May": of a noun and the verb that tells its making, the verb's act."""
    if found is None:
        return None
    if isinstance(found.record, Event) and found.record.event_type in AGREEMENTS:
        for clause in scene.tree.having(found.index, "relcl", "acl"):
            made = [x for x in scene.told if x.index == clause.index and isinstance(x.record, Event)]
            if made and made[0].record.event_type in AGREEMENTS:  # type: ignore[union-attr]  # an Event, by the line above
                return made[0].record
    return found.record


def modified(scene: Scene, match: Match) -> AnyRecord | None:
    """The act whose noun the words describe: "the agreed withdrawal"."""
    own = set(match.tokens)
    for above in scene.tree.ancestors(match.head):
        if above.tag.startswith("VB") and above.index not in own:
            return None
        found = [x for x in scene.told if x.index == above.index and x.index not in own]
        if found:
            return first(found)
    return None


def _framed_by(scene: Scene, told: Told, match: Match) -> bool:
    """Is a statement held by the words of the match: what a denial denies?"""
    owner = owner_of(scene.tree, told.index, scene.units)
    if owner is None or not isinstance(told.record, Statement):
        return False
    frame = scene.units[owner].frame
    return scene.units[owner].above == match.head or (frame is not None and frame.head == match.head)


def listed(scene: Scene, match: Match) -> AnyRecord | None:
    """ "built a post here and, before that, a post there": between two members of a list, the words belong to the second."""
    if "before" not in (match.entry.goes_from, match.entry.goes_to) or match.first <= OPENING:
        return None
    owner = owner_of(scene.tree, match.head, scene.units)
    if owner is None:
        return None
    mine = [x for x in scene.told if x.index in scene.units[owner].tokens and x.rank < 2]
    left = [x for x in mine if x.index < match.first]
    right = [x for x in mine if x.index > match.last and _joined(scene, x.index, owner, match.tokens)]
    known = {x.record.id for x in left}
    return next((x.record for x in right if left and x.record.id not in known), None)


def _joined(scene: Scene, index: int, owner: int, words: tuple[int, ...]) -> bool:
    """Does a word hang, inside its clause, under the words, or in a conjunct of something before them?"""
    tokens = scene.tree.tokens
    at = index
    while at != owner and tokens[at].head != at:
        if tokens[at].head in words or (tokens[at].dep in ("conj", "appos") and tokens[at].head < words[0]):
            return True
        at = tokens[at].head
    return False


def near(scene: Scene, match: Match, under: set[int], *, avoid: str | None = None) -> AnyRecord | None:
    """What the clause that holds the words tells, outside what stands under them."""
    acts, weighed = match.entry.relation in OF_ACTS, match.entry.relation in _WEIGHED
    start = scene.tree.tokens[match.first].start
    outside = [
        x
        for x in scene.told
        if x.index not in under
        and x.record.id != avoid
        and (weighed or x.index not in match.tokens or scene.tree.tokens[x.index].tag.startswith("VB"))
        and not (acts and isinstance(x.record, Statement))
        and (x.index in match.tokens or not x.trigger.start <= start < x.trigger.end)  # told by the words themselves
    ]
    at = [
        x
        for x in outside
        if (x.index in match.tokens and (weighed or x.rank < 2)) or (weighed and _framed_by(scene, x, match))
    ]
    above = _above(scene, match, [x for x in outside if x.index not in match.tokens])
    if at and not (above is not None and purpose(scene, match)):
        said = match.entry.relation is Relation.CONTRADICTS
        return min(at, key=lambda x: (isinstance(x.record, Statement) != said, x.rank, x.index)).record
    if above is not None:
        return above
    chain = [owner_of(scene.tree, match.head, scene.units)]
    while chain[-1] is not None and scene.units[chain[-1]].above is not None:
        chain.append(scene.units[chain[-1]].above)
    for head in chain:
        mine = [x for x in outside if head is not None and x.index in scene.units[head].tokens]
        free = [x for x in mine if not joined(scene.tree, x.index)]  # "since the coup" belongs to words of its own
        if free:
            return min(free, key=lambda x: (x.rank, abs(x.index - match.first))).record
    return None


def _above(scene: Scene, match: Match, free: Sequence[Told]) -> AnyRecord | None:
    """The act or tie told by the nearest word above the match, as far as its clause reaches."""
    owner = owner_of(scene.tree, match.head, scene.units)
    if scene.tree.tokens[match.head].dep == "parataxis":
        return None  # "Belgrade, the minister replied, had no such plan"
    for t in scene.tree.ancestors(match.head):
        found = first([x for x in free if x.index == t.index and x.rank < 2])
        if found is not None:
            return found
        if t.index == owner:
            break
    return None
