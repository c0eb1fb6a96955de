"""How does a telling of a tie stand to fact, and does it open, keep or end the tie?

What opens a tie stands as its verb does; a definite noun ("Russia's base in Tajikistan") takes the tie for granted,
whatever its clause says; an end that has not come leaves the tie standing.
"""

from dataclasses import dataclass, replace
from functools import cache

from marchland.lexicon.schema import Entry, Example
from marchland.lexicon.tie_words import tie_acts
from marchland.model.annotated import Name, Token
from marchland.model.ontology import EventType, Status, TieKind
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.status import Standing, StatusReader
from marchland.reading.tie_finder import TieTrigger
from marchland.reading.triggers import Trigger

_INDEFINITE = frozenset({"a", "an", "any", "no", "another", "some"})
_CONTRASTED = frozenset({"because", "only", "just", "merely", "simply"})
_BRINK = frozenset({"verge", "brink", "edge", "threshold"})
_NO_MORE = frozenset({"more", "longer"})
_WEAKER = (
    Status.ASSERTED,
    Status.REPORTED,
    Status.ALLEGED,
    Status.PLANNED,
    Status.PREDICTED,
    Status.HYPOTHETICAL,
    Status.DENIED,
)


@dataclass(frozen=True, slots=True)
class TieStanding:
    """What the sentence does to the tie, its status, and whose word it is."""

    does: str  # states, opens, confirms, ends
    status: Status
    standing: Standing


@cache
def _as_entry(part: str) -> Entry:
    """The little of an event's entry that reading a status asks for: the part of speech."""
    blank = Example(text="", actor=None, recipient=None)
    return Entry(
        id="tie",
        part=part,
        words=(),
        event_type=EventType.COOPERATE,
        frame="mutual",
        source="marchland's own",
        fires=blank,
        near_miss="",
    )


class TieStatusReader:
    """Reads the standing of the ties of one sentence."""

    def __init__(self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]]) -> None:
        self.tree = tree
        self.acts = tie_acts()
        self.reader = StatusReader(_without_contrast(tree), clauses, names, {})

    def read(self, trigger: TieTrigger) -> TieStanding | None:
        """The standing of one tie; None where the text says that it is not there."""
        if trigger.entry.part == "noun":
            return self._noun(trigger)
        full = self._at(self.tree.tokens[trigger.head], "verb" if trigger.entry.part == "verb" else "adjective")
        does = trigger.entry.does
        if does == "ends" and (full.status is None or not full.status.happened):
            return TieStanding("confirms", Status.ASSERTED, full) if full.status in (None, Status.PLANNED) else None
        return TieStanding(does, full.status, full) if full.status is not None else None

    def _at(self, t: Token, part: str, carrier: int | None = None) -> Standing:
        found = self.reader.read(Trigger(_as_entry(part), t.index, (t.index,), carrier))
        above = self.tree.tokens[t.head].lemma
        if found.status is None or t.dep not in ("xcomp", "ccomp", "acl") or above not in self.acts.doubts:
            return found
        return replace(found, status=_weaker(found.status, Status(self.acts.doubts[above])))  # "applied to join"

    def _noun(self, trigger: TieTrigger) -> TieStanding | None:
        t = self.tree.tokens[trigger.head]
        g = trigger.governor
        does = trigger.entry.does if trigger.entry.does != "states" else g.does or "states"
        modifiers = {
            c.lemma for c in self.tree.children[t.index] if c.dep in ("amod", "compound", "det", "nmod", "advmod")
        }
        if modifiers & self.acts.removes:
            return None
        doubt = self._doubt(trigger, t)
        full = self._full(trigger, t)
        if "no" in modifiers:
            return self._absent(full, does)
        if does == "ends":
            return self._ended(full, doubt)
        if trigger.entry.told or does == "opens" or self._told(t, trigger, modifiers):
            if full.status is None and trigger.entry.kind is TieKind.DEPENDENCE:  # "could not live without their wages"
                return TieStanding(does, Status.ASSERTED, full)
            if full.status is None:
                return None
            status = _weaker(full.status, doubt)
            return TieStanding(does, status, full)
        if full.status is None and not trigger.entry.bare:  # "are not coming back", "have not stayed"
            return None
        taken = Status.REPORTED if full.status is Status.REPORTED else Status.ASSERTED
        return TieStanding(does, _weaker(taken, doubt), full)

    def _full(self, trigger: TieTrigger, t: Token) -> Standing:
        g = trigger.governor
        if g.noun is not None:
            return self._at(
                g.noun,
                "noun",
                g.verb.index
                if g.verb is not None and g.verb.lemma in ("complete", "begin", "be", "finish", "carry")
                else None,
            )
        if g.verb is not None and g.place is not None:
            return self._at(g.verb, "verb")
        return self._at(t, "noun")

    def _told(self, t: Token, trigger: TieTrigger, modifiers: set[str]) -> bool:
        """Does the clause itself say that the tie is there, rather than take it for granted?"""
        verb = trigger.governor.verb
        if modifiers & _INDEFINITE:
            return True
        owned = any(c.dep == "poss" for c in self.tree.children[t.index]) or "the" in modifiers
        return not owned and verb is not None and trigger.governor.place == "object" and verb.lemma in self.acts.light

    def _absent(self, full: Standing, does: str) -> TieStanding | None:
        low = {t.text.lower() for t in self.tree.tokens}
        if low & _NO_MORE:
            return TieStanding("ends", Status.ASSERTED, full)
        said = full.holder is not None or full.holder_words is not None or full.status is Status.DENIED
        return TieStanding(does, Status.DENIED, full) if said else None

    @staticmethod
    def _ended(full: Standing, doubt: Status | None) -> TieStanding | None:
        if full.status is not None and full.status.happened and doubt is None:
            return TieStanding("ends", full.status, full)
        return TieStanding("confirms", _weaker(Status.ASSERTED, doubt if doubt is not Status.PLANNED else None), full)

    def _doubt(self, trigger: TieTrigger, t: Token) -> Status | None:
        """The weakest status that modifiers and governing nouns give: "alleged base", "plans for a base"."""
        found: list[str] = []
        inside = set(trigger.tokens)
        for i in inside:
            for c in self.tree.children[i]:
                if c.dep in ("amod", "nmod", "compound", "advmod") and c.index < i:
                    found += [self.acts.doubts[w] for w in (c.lemma, c.text.lower()) if w in self.acts.doubts][:1]
                    found += self._hyphened(c)
        at = t
        for _ in range(4):
            head = self.tree.tokens[at.head]
            if at.dep == "pobj" and self.tree.tokens[head.head].tag.startswith("NN"):
                at = self.tree.tokens[head.head]
            elif at.dep in ("compound", "nmod", "conj") and head.tag.startswith("NN"):
                at = head
            else:
                break
            if at.lemma in self.acts.doubts and head.lemma in ("of", "for", "on", "about", "over", "to", at.lemma):
                found.append(self.acts.doubts[at.lemma])
        for a in self.tree.ancestors(t.index):
            if a.lemma in _BRINK:
                found.append("hypothetical")
        return max((Status(f) for f in found), key=_WEAKER.index, default=None)

    def _hyphened(self, c: Token) -> list[str]:
        """ "self-proclaimed", cut into three words."""
        if c.index >= 2 and self.tree.tokens[c.index - 1].text == "-":
            whole = f"{self.tree.tokens[c.index - 2].text}-{c.text}".lower()
            return [self.acts.doubts[whole]] if whole in self.acts.doubts else []
        return []


def _without_contrast(tree: Tree) -> Tree:
    """The tree without a "not" that denies only a reason or a limit: "not because it is rich", "not only"."""
    out = Tree(tree.tokens)
    for t, after in zip(tree.tokens, tree.tokens[1:], strict=False):
        if t.dep == "neg" and after.text.lower() in _CONTRASTED:
            out.children[t.head] = [c for c in out.children[t.head] if c.index != t.index]
    return out


def _weaker(a: Status, b: Status | None) -> Status:
    return a if b is None else max(a, b, key=_WEAKER.index)
