"""Does an event noun only recall an act told elsewhere: "the coup", "that denunciation", "these drills"?"""

from collections.abc import Collection

from marchland.model.tree import Tree
from marchland.reading.triggers import Trigger

_POINTING_BACK = frozenset({"the", "that", "this", "these", "those"})


def recalls(tree: Tree, trigger: Trigger, told: Collection[int]) -> bool:
    """Is this a noun that points back, with nothing of its own: no party, no day, no place, no verb that carries it?

    Args:
        told: token indices at which the sentence names parties, days and places.
    """
    noun = tree.tokens[trigger.head]
    if trigger.entry.part != "noun" or noun.tag.startswith("VB") or trigger.carrier is not None:
        return False
    if not any(c.dep == "det" and c.lemma in _POINTING_BACK for c in tree.children[noun.index]):
        return False
    own = {t.index for t in tree.subtree(noun.index)}
    return not own & set(told)
