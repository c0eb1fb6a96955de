"""Which candidates are acts, and which parties take part? The learned weights, laid over the rules.

The rules propose: every word of the lexicon with every type it may tell, and the parties its frame finds. The models
dispose: a probability that the word tells an act of that type here, and for each party whether it acts, is acted on, or neither.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from marchland.lexicon.linear import binary, classes, logistic
from marchland.lexicon.verbs import grammar
from marchland.model.annotated import Name
from marchland.reading.features import (
    Scene,
    coordination,
    role_features,
    scene_features,
    trigger_features,
    word_features,
)
from marchland.reading.roles import RoleFinder, Roles
from marchland.reading.second_look import BORNE_OUT, FAINT_FROM, borne_out
from marchland.reading.sensed import Sensed
from marchland.reading.status import Standing, StatusReader
from marchland.reading.triggers import Trigger, TriggerFinder

FIRES_FROM = 0.4  # probability from which a candidate is an act
HOPELESS = -4.6  # log-odds of the word alone below which its surroundings are not looked at: of acts found, 4 in 1,000
LONG_FROM = 0.46  # ... in a text of many sentences, where more is told that is no act
SEEN_FROM = 0.25  # ... and where the encoder has seen the text: chosen, as LONG_FROM, on the development articles
SECOND_FROM = 0.6  # ... and a second type at the same word
FIRST_ROLE_FROM = 0.28  # probability from which the likeliest party takes a role
ROLE_FROM = 0.52  # ... and from which a further one joins it
LISTED_FROM = 0.05  # ... and from which one shares the role of the party that it is listed with


GUESSED = frozenset(
    {"headline", "dateline", "previous", "place", "document"}
)  # countries that no word of the phrase tells


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may tell an act of one type, with what the rules make of it."""

    trigger: Trigger
    roles: Roles
    standing: Standing
    features: tuple[str, ...]  # the word's own; those of its sentence are `scene_features`


def candidates(
    scene: Scene, finder: TriggerFinder, roles: RoleFinder, keep: Callable[[Trigger], bool] | None = None
) -> Iterator[Candidate]:
    """All candidates of a sentence, or those worth a closer look."""
    found = finder.candidates()
    governors = {
        t.head: t.entry.complement for t in finder.settle([t for t in found if t.allowed]) if t.entry.complement
    }
    status = StatusReader(scene.tree, scene.clauses, scene.names, governors)
    for trigger in found:
        if keep is not None and not keep(trigger):
            continue
        parties, standing = roles.find(trigger), status.read(trigger)
        yield Candidate(trigger, parties, standing, tuple(trigger_features(trigger, found, parties, standing, scene)))


def acts(scene: Scene, finder: TriggerFinder, roles: RoleFinder) -> list[tuple[Candidate, float]]:
    """Candidates that the model takes for acts, with their probability: at one word the likeliest type, or two that go together."""
    weights = binary("triggers")
    best: dict[int, list[tuple[Candidate, float]]] = {}
    sensed = Sensed(scene)
    from_ = SEEN_FROM if scene.passages else LONG_FROM if scene.long else FIRES_FROM

    def hopeful(trigger: Trigger) -> bool:
        alone = weights.score(word_features(trigger, scene.tree.tokens[trigger.head]))
        return alone > HOPELESS or sensed.odds(trigger) > 0

    around: dict[str, float] = {}  # what the sentence says for a type
    for c in candidates(scene, finder, roles, hopeful):
        kind = c.trigger.entry.event_type.value
        if kind not in around:
            around[kind] = weights.score(scene_features(kind, scene))
        p = logistic(sensed.act(c.trigger, weights.score(c.features) + around[kind]))
        if FAINT_FROM <= p < BORNE_OUT and borne_out(c.trigger, scene):
            p = BORNE_OUT
        if p >= from_:
            best.setdefault(c.trigger.head, []).append((c, p))
    for found in best.values():
        found.sort(key=lambda x: -x[1])
    first_at = {head: found[0][0].trigger for head, found in best.items()}
    out = []
    for found in best.values():
        if finder.completed(found[0][0].trigger, first_at):
            continue
        first = found[0][0].trigger.entry.event_type
        pairs = grammar().together
        out += [
            x
            for i, x in enumerate(found)
            if i == 0 or (x[1] >= SECOND_FROM and frozenset({first, x[0].trigger.entry.event_type}) in pairs)
        ]
    out.sort(key=lambda x: x[0].trigger.head)
    return out


def rule_role(name: Name, roles: Roles) -> str:
    """What the frame says of a party."""
    if name in roles.actors:
        return "actor"
    return "recipient" if name in roles.recipients else "none"


def assigned(c: Candidate, scene: Scene) -> Roles:
    """The parties of an act as the role model sees them.

    Each country or body takes one role, where it is likeliest; whom the frame makes the actor stays it.
    """
    weights = classes("roles")
    mutual = grammar().frames[c.trigger.entry.frame].mutual
    near = [n for n in _names(scene) if scene.stretch[n.head] == scene.stretch[c.trigger.head]]
    by_words = [weights.probabilities(role_features(c.trigger, n, rule_role(n, c.roles), c.roles, scene)) for n in near]
    scored: list[tuple[float, str, Name]] = []
    for name, p in zip(near, Sensed(scene).sides(c.trigger, near, by_words), strict=True):
        if mutual:
            scored.append((p[1] + p[2], "actor", name))
        else:
            scored += [(p[1], "actor", name), (p[2], "recipient", name)]
    scored.sort(key=lambda x: -x[0])
    taken: list[tuple[str, Name]] = []
    for odds, role, name in scored:
        if odds < (ROLE_FROM if any(r == role for r, _ in taken) else FIRST_ROLE_FROM):
            continue
        clash = [x for x in taken if _same_party(name, x[1])]
        if role == "actor" == rule_role(name, c.roles) and clash and all(_yields(x, name) for x in clash):
            taken = [x for x in taken if x not in clash]
            clash = []
        if not clash:
            taken.append((role, name))
    if not taken:
        return c.roles  # the model is sure of no one: what the frame found stands
    taken += _coordinated(taken, scored, scene)
    if mutual:
        taken += [
            ("actor", n)
            for n in c.roles.actors
            if _in_compound(n, c, scene) and not any(_same_party(n, o) for _, o in taken)
        ]
        taken = _well_named(taken)
    taken.sort(key=lambda x: x[1].span.start)
    return replace(
        c.roles,
        actors=tuple(n for role, n in taken if role == "actor"),
        recipients=tuple(n for role, n in taken if role == "recipient"),
    )


def _names(scene: Scene) -> list[Name]:
    return [n for found in scene.names.values() for n in found]


def _yields(taken: tuple[str, Name], name: Name) -> bool:
    """Turkey that shut "its embassy" is no recipient of its own act."""
    return taken[0] == "recipient" and taken[1].head != name.head


def _coordinated(
    taken: list[tuple[str, Name]], scored: list[tuple[float, str, Name]], scene: Scene
) -> list[tuple[str, Name]]:
    """Parties coordinated with one that has a role share it."""
    roots = {
        coordination(name, scene): role
        for odds, role, name in reversed(scored)
        if odds >= ROLE_FROM and any(r == role and _same_party(name, n) for r, n in taken)
    }
    out: list[tuple[str, Name]] = []
    for odds, role, name in scored:
        shared = roots.get(coordination(name, scene))
        if shared == role and odds >= LISTED_FROM and not any(_same_party(name, other) for _, other in (*taken, *out)):
            out.append((role, name))
    return out


def _in_compound(name: Name, c: Candidate, scene: Scene) -> bool:
    """ "Sino-Russian talks": nations joined before the event noun are its sides."""
    tokens = scene.tree.tokens
    near = tokens[max(name.head - 2, 0) : name.head + 3]
    return (
        name.kind in ("combining", "demonym", "country")
        and any(t.text == "-" for t in near)
        and abs(name.head - c.trigger.head) <= 4
    )


def _well_named(taken: list[tuple[str, Name]]) -> list[tuple[str, Name]]:
    """A joint act with two named sides needs no third that is only guessed at."""
    sure = {n.org or n.country for _, n in taken if n.resolved not in GUESSED and (n.org or n.country)}
    if len(sure) < 2:
        return taken
    return [(role, n) for role, n in taken if n.resolved not in GUESSED or (n.org or n.country) in sure]


def _same_party(a: Name, b: Name) -> bool:
    """Two mentions of one party; two bodies of one state count as two only where both are named as such."""
    if (a.head, a.country, a.org) == (b.head, b.country, b.org):
        return True
    if (a.org, a.country) != (b.org, b.country) or (a.org is None and a.country is None):
        return False
    return a.sector is b.sector or bool(
        {"pronoun", "country", "capital", "demonym", "combining", "seat"} & {a.kind, b.kind}
    )
