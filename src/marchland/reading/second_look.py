"""Is a faint act borne out by the words around it, so that it deserves a second look?

"The base came about after consultations with Moscow": a noun that tells an act under words that join two acts, with a party of
its own in its phrase, is taken for granted by the writer, however seldom the classifier has met it. What does not bear out an
act, measured: a twin of the same type and party elsewhere in the document. Of 39 faint acts with such a twin in the analyses of
training/d3 and e1, read with weights made without these, 6 were labelled; of all 489 faint ones 117.
"""

from dataclasses import replace

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Name
from marchland.model.ontology import EventType
from marchland.reading.features import Scene
from marchland.reading.joining import under_joining
from marchland.reading.roles import Roles
from marchland.reading.triggers import Trigger

FAINT_FROM = 0.02  # probability from which a word is looked at again
# Confidence in what is borne out: of such nouns in the texts named above and in the news of eval's dev part, 9 of 15 tell the act.
BORNE_OUT = 0.5


def borne_out(trigger: Trigger, scene: Scene) -> bool:
    """Is the act told by a noun under joining words, with a party in its own phrase?"""
    noun = scene.tree.tokens[trigger.head]
    if trigger.entry.part != "noun" or not noun.tag.startswith("NN") or not under_joining(scene.tree, noun):
        return False
    own = {t.index for t in scene.tree.subtree(noun.index)} - set(trigger.tokens)
    return any((n.country or n.org) for i in own for n in scene.names.get(i, ()) if n.kind != "pronoun")


def grounded(trigger: Trigger, roles: Roles, scene: Scene) -> Roles:
    """Parties that are named as ground alone: a neighbour behind a border is no actor; "investment in X" is made by another."""
    actors = tuple(n for n in roles.actors if not _behind_border(n, scene))
    recipients = roles.recipients
    if trigger.entry.part == "noun" and trigger.entry.event_type in _GIVEN:
        if len(actors) == 1 and len(recipients) < 2 and _under_in(actors[0], trigger, scene):
            actors, recipients = recipients, actors
    return replace(roles, actors=actors, recipients=recipients)


_GIVEN = frozenset({EventType.COOPERATE, EventType.AID})


def _behind_border(name: Name, scene: Scene) -> bool:
    """ "the border with Chad" """
    tokens = scene.tree.tokens
    t = tokens[name.head]
    prep = tokens[t.head]
    return t.dep == "pobj" and prep.lemma == "with" and tokens[prep.head].lemma in statement_classes()["border"]


def _under_in(name: Name, trigger: Trigger, scene: Scene) -> bool:
    """ "investment in Samoan roads": is the party in what the noun governs by "in"?"""
    for prep in scene.tree.having(trigger.head, "prep"):
        if prep.lemma in ("in", "into") and name.head in {t.index for t in scene.tree.subtree(prep.index)}:
            return True
    return False
