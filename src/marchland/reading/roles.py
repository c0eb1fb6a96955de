"""Who stands in which slot around a trigger? Frames say where to look; this module looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from marchland.lexicon.schema import Entry, Frame
from marchland.lexicon.verbs import grammar
from marchland.model.annotated import Name, Token
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses, is_passive
from marchland.reading.triggers import Trigger

_MODIFIERS = ("amod", "compound", "nmod", "poss", "npadvmod")
_GATHERERS = frozenset(
    "two three four five several both leader side member group number dozens hundreds thousands scores".split()
)
_JOINING = frozenset({"for", "in", "to", "into", "on", "during", "at", "of"})
_AFTER = frozenset(
    {"after", "before", "following", "upon", "despite", "without"}
)  # a joint act is also the clause subject's
_PLACE_KINDS = frozenset({"in", "at"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Names in the actor and recipient slots, in order, and how they were found."""

    actors: tuple[Name, ...]
    recipients: tuple[Name, ...]
    tokens: tuple[Token, ...]  # argument heads, parties or not: where figures and victims stand
    weak: bool = False  # a slot was filled from far away


class RoleFinder:
    """Resolves the frames of one sentence."""

    def __init__(self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]]) -> None:
        self.tree = tree
        self.clauses = clauses
        self.names = names
        self.frames = grammar().frames

    def find(self, trigger: Trigger) -> Roles:
        """The parties of an act."""
        frame = self.frames[trigger.entry.frame]
        token = self.tree.tokens[trigger.head]
        if trigger.entry.part == "noun" and not token.tag.startswith("VB"):
            slots, weak = self._noun_slots(token, trigger)
            spec = frame.noun
        else:
            slots, weak = self.clauses.arguments(token), False
            spec = frame.verb
        if frame.mutual:
            return self._mutual(spec.actor, slots, weak=weak)
        actors = self._fill(spec.actor, slots, frame, set())
        recipients = self._fill(spec.recipient, slots, frame, {n.head for n in actors})
        if trigger.suffers and not recipients:
            actors, recipients = self._fill(("by", "from"), slots, frame, set()), actors
        tokens = tuple(t for s in (*spec.actor, *spec.recipient) for t in slots.get(s, []))
        return Roles(tuple(actors), tuple(recipients), tokens, weak)

    def _mutual(self, order: tuple[str, ...], slots: dict[str, list[Token]], *, weak: bool) -> Roles:
        found: list[Name] = []
        for slot in order:
            for key in (slot, f"~{slot}"):
                for t in slots.get(key, []):
                    for name in self.parties(t, deep=slot not in ("of", "object")):
                        if not any(_same(name, f) for f in found):
                            found.append(name)
        tokens = tuple(t for s in order for t in slots.get(s, []))
        return Roles(tuple(found), (), tokens, weak)

    def _fill(self, order: tuple[str, ...], slots: dict[str, list[Token]], frame: Frame, used: set[int]) -> list[Name]:
        for slot in order:
            for key in (slot, f"~{slot}"):
                found = [n for t in slots.get(key, []) for n in self.parties(t) if n.head not in used]
                if slot in _PLACE_KINDS and frame.name not in ("visit", "host"):
                    found = [n for n in found if n.kind != "capital"]
                if found:
                    return _distinct(found)
        return []

    # ---- a noun's slots ----

    def _noun_slots(self, t: Token, trigger: Trigger) -> tuple[dict[str, list[Token]], bool]:
        tree = self.tree
        out: dict[str, list[Token]] = {}
        inside = set(trigger.tokens)
        for c in tree.children[t.index]:
            if c.index in inside or c.dep not in _MODIFIERS:
                continue
            slot = "poss" if c.dep == "poss" else "adj"
            joined = [m for m in tree.having(c.index, "amod", "compound", "nmod") if slot == "adj"]  # "Sino-Russian"
            out.setdefault(slot, []).extend(x for x in (*joined, *tree.conjuncts(c.index)) if x.index not in inside)
        for prep, obj in tree.pobjs(t.index):
            out.setdefault(prep, []).extend(tree.conjuncts(obj.index))
        for clause in tree.having(t.index, "acl"):
            if clause.tag == "VBN":
                for prep, obj in tree.pobjs(clause.index):
                    out.setdefault(prep, []).extend(tree.conjuncts(obj.index))
            elif clause.tag == "VBG":
                out.setdefault("involving", []).extend(self.clauses.arguments(clause).get("object", []))
        weak = False
        if trigger.carrier is not None:
            for slot, found in self.clauses.arguments(tree.tokens[trigger.carrier]).items():
                clean = slot.lstrip("~")
                out.setdefault(clean, []).extend(x for x in found if x.index != t.index and x not in out.get(clean, []))
        elif "poss" not in out and "by" not in out:
            weak = self._from_verb_above(t, out, joint=self.frames[trigger.entry.frame].mutual and "with" in out)
        return out, weak

    def _from_verb_above(self, t: Token, out: dict[str, list[Token]], *, joint: bool) -> bool:
        """ "arrived for talks", "failed to agree at a meeting": the clause's subject takes part, with less confidence."""
        at = t
        for _ in range(4):
            head = self.tree.tokens[at.head]
            if at.dep == "pobj" and (head.lemma in _JOINING or (joint and head.lemma in _AFTER)):
                above = self.tree.tokens[head.head]
            elif at.dep in ("dobj", "nsubjpass"):
                above = head
            else:
                return False
            if above.tag.startswith("VB"):
                args = self.clauses.arguments(above)
                out.setdefault("subject", []).extend(
                    args.get("object" if is_passive(self.tree, above) else "subject", [])
                )
                for prep in ("with", "by"):
                    out.setdefault(prep, []).extend(args.get(prep, []))
                return True
            at = above
        return False

    # ---- parties of a phrase ----

    def parties(self, t: Token, *, deep: bool = True) -> list[Name]:
        """The parties a phrase names: its head's, else those that own or describe its head."""
        own = self.names.get(t.index)
        if own:
            return list(own)
        found: list[Name] = []
        if t.tag == "CD" or t.lemma in _GATHERERS or t.tag.startswith("NN") or t.tag in ("DT", "JJ", "JJS"):
            for child in self.tree.children[t.index]:
                if child.dep == "prep" and child.lemma == "of":
                    found += [
                        n
                        for o in self.tree.having(child.index, "pobj")
                        for x in self.tree.conjuncts(o.index)
                        for n in self.names.get(x.index, [])
                    ]
            for child in self.tree.having(t.index, "appos"):
                found += self.names.get(child.index, [])
        if found or not deep or not t.tag.startswith("NN"):
            return found
        for child in self.tree.children[t.index]:
            if child.dep in _MODIFIERS and child.index < t.index:
                for x in self.tree.conjuncts(child.index):
                    found += self.names.get(x.index, [])
                    if not self.names.get(x.index):
                        found += [
                            n for c in self.tree.having(x.index, *_MODIFIERS) for n in self.names.get(c.index, [])
                        ]
        return found


def _same(a: Name, b: Name) -> bool:
    """One party told twice, as "China" and "the Chinese side"."""
    if a.head == b.head and a.sentence == b.sentence and a.country == b.country:
        return True
    key_a, key_b = a.org or a.country, b.org or b.country
    return (
        key_a is not None
        and key_a == key_b
        and (a.sector == b.sector or "country" in (a.kind, b.kind) or "demonym" in (a.kind, b.kind))
    )


def _distinct(found: Iterable[Name]) -> list[Name]:
    out: list[Name] = []
    for n in found:
        if not any(n.head == o.head and n.country == o.country and n.org == o.org for o in out):
            out.append(n)
    return out


def needs_met(entry: Entry, roles: Roles) -> bool:
    """Do political parties fill the slots the entry insists on?"""
    actor = any(n.political for n in roles.actors)
    recipient = any(n.political for n in roles.recipients)
    if entry.needs == "actor":
        return actor
    if entry.needs == "recipient":
        return recipient
    if entry.needs == "both":
        return (actor and recipient) or len(roles.actors) > 1
    return actor or recipient
