"""Which of a sentence's dates is the day of an act? Its own clause's first; one told of another act is none of its."""

from itertools import pairwise

from marchland.lexicon.verbs import grammar
from marchland.model.annotated import Time, Token
from marchland.model.tree import Tree
from marchland.reading.triggers import Trigger

_OWN, _NEAR, _INHERITED, _LENT = range(4)  # how surely a date is the act's: lower is surer
_NAMING = frozenset({"compound", "nmod", "poss", "amod", "nummod"})  # "the 2014 treaty": the treaty's date alone
_APART = frozenset(
    {"after", "before", "since", "because", "until", "till", "although", "though", "than", "if", "unless"}
)
_TOGETHER = frozenset({"when", "as", "while", "once"})
_MEANS = frozenset({"with", "by", "through"})
_LASTING = frozenset({"since", "until", "till"})
_OF_TIME = frozenset("night evening morning afternoon day eve dawn week weekend month year beginning end".split())
_SETTING = frozenset({"at", "in", "during", "with", "for", "by", "through", "via", "amid", "on", "to"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Dater:
    """Finds the dates of the acts of one sentence."""

    def __init__(self, tree: Tree, times: list[Time], stretch: tuple[int, ...]) -> None:
        self.tree = tree
        self.times = times
        self.stretch = stretch

    def find(self, trigger: Trigger) -> Time | None:
        """The date told of an act; None where the sentence dates only other things."""
        ranked = []
        here = self.stretch[trigger.head] if self.times else 0
        for time in self.times:
            if self.stretch[time.head] == here:
                rank = self._rank(time, trigger)
                if rank is not None:
                    ranked.append((rank, abs(time.head - trigger.head), time))
        if ranked:
            return min(ranked, key=lambda x: x[:2])[2]
        if here and not any(self.stretch[t.head] == here for t in self.times):
            return next((t for t in self.times if self._opens(t)), None)
        return None

    def _opens(self, time: Time) -> bool:
        """ "On 20 May A closed the border; B put its troops on alert": a date that opens the sentence is for all of it."""
        top = self.tree.tokens[self._top(time)]
        phrase = top.head if top.dep == "pobj" else top.index
        return {t.index for t in self.tree.subtree(phrase)} >= set(range(top.index + 1))

    def _rank(self, time: Time, trigger: Trigger) -> int | None:
        """How surely this date is the act's, or None where it is not."""
        path = self._path(trigger.head)
        down = self._path(self._top(time))
        meet = next((i for i in down if i in path), None)
        if meet is None:
            return None
        fallen = self._below(down[: down.index(meet)], meet, trigger)
        if fallen is None:
            return None
        risen = _OWN
        for low, high in pairwise(path[: path.index(meet) + 1]):
            step = self._up(self.tree.tokens[low], self.tree.tokens[high], time, trigger)
            if step is None:
                return None
            risen = max(risen, step)
        return max(fallen, risen)

    def _path(self, index: int) -> list[int]:
        return [index, *(a.index for a in self.tree.ancestors(index))]

    def _top(self, time: Time) -> int:
        """The highest word of the date's own phrase."""
        own = [t.index for t in self.tree.tokens if time.span.start <= t.start and t.end <= time.span.end]
        return min(own, key=lambda i: (len(self._path(i)), i), default=time.head)

    # ---- from the date up to where it meets the act ----

    def _below(self, way: list[int], meet: int, trigger: Trigger) -> int | None:
        """The date hangs below a word over the act: in its clause, on a noun of it, or in a clause of its own?"""
        tokens = self.tree.tokens
        rank = _OWN
        for i in way:
            t = tokens[i]
            head = tokens[t.head]
            if t.tag.startswith(("VB", "MD")) and t.dep not in ("prep", "amod", "compound"):
                own = head.index == meet == trigger.head and t.dep in (
                    "relcl",
                    "acl",
                )  # "the barter that they concluded in 2008"
                if not (own or self._infinitive(t) or self._at_once(t)):
                    return None
                rank = max(rank, _LENT)  # "agreed to withdraw by June", "when it fell due in 2021, they refused"
                continue
            if t.dep in _NAMING and head.tag.startswith("NN") and not self._own_noun(head.index, trigger):
                return None
            if (
                t.dep == "prep"
                and head.tag.startswith("NN")
                and i != way[-1]
                and not self._own_noun(head.index, trigger)
            ):
                if t.lemma in ("of", "since") and tokens[meet].index != head.index and head.lemma not in _OF_TIME:
                    return None
                rank = max(rank, _NEAR)
        return rank

    def _own_noun(self, index: int, trigger: Trigger) -> bool:
        return index == trigger.head or index in trigger.tokens

    # ---- from the act up to where it meets the date ----

    def _up(self, low: Token, high: Token, time: Time, trigger: Trigger) -> int | None:
        """May an act in the lower word take a date told of the higher one?"""
        if low.tag.startswith("NN") or high.dep == "prep" or low.dep == "prep":
            return self._from_noun(low, high, trigger)
        if low.dep in (
            "xcomp",
            "acomp",
            "pcomp",
            "aux",
            "auxpass",
            "prt",
            "advmod",
            "oprd",
            "attr",
            "amod",
            "compound",
        ):
            return _INHERITED
        if low.dep == "conj":
            return self._from_conjunct(low, high, time)
        if low.dep == "advcl":
            return self._from_adverbial(low)
        if low.dep == "ccomp":
            return None if self._looks_elsewhere(low) else _INHERITED
        if low.dep == "acl" and (low.tag == "VBG" or self._infinitive(low)):
            return _INHERITED
        if low.dep == "relcl" and any(c.text.lower() == "when" for c in self.tree.children[low.index]):
            return _INHERITED
        if low.dep == "acl" and low.tag == "VBN":
            return (
                _LENT if self.tree.tokens[high.head].lemma in _MEANS else None
            )  # "ended it with a pact signed in Asmara"
        return None if low.dep in ("acl", "relcl", "appos", "parataxis") else _LENT

    def _from_noun(self, low: Token, high: Token, trigger: Trigger) -> int | None:
        if low.index == trigger.head and high.index == trigger.carrier:
            return _OWN
        if low.dep == "prep":
            return (
                _NEAR
                if low.lemma in _SETTING or high.index == trigger.carrier
                else None
                if high.tag[:2] == "VB"
                else _LENT
            )
        if low.dep in ("dobj", "nsubjpass", "attr") and high.tag.startswith("VB"):
            return None if high.lemma in grammar().governs else _LENT
        if low.dep == "appos":
            return _LENT  # "on 3 May they staged Peace 2006, a joint exercise"
        return None if low.dep == "relcl" else _NEAR

    def _from_conjunct(self, low: Token, high: Token, time: Time) -> int | None:
        lasting = self.tree.tokens[self._top(time)].lemma in _LASTING  # a date of how long the first act lasts
        if time.head > low.index or lasting:
            return None
        own_subject = self.tree.first(low.index, "nsubj", "nsubjpass", "expl") is not None
        return _LENT if own_subject and time.head > high.index else _INHERITED

    def _from_adverbial(self, low: Token) -> int | None:
        marks = {c.text.lower() for c in self.tree.children[low.index] if c.dep in ("mark", "advmod", "prep")}
        if marks & _APART or self._past_perfect(low):
            return None
        return _INHERITED

    def _looks_elsewhere(self, low: Token) -> bool:
        """ "said on Monday that it had paid", "... that it would pay": not on Monday."""
        return self._past_perfect(low) or any(c.dep == "aux" and c.tag == "MD" for c in self.tree.children[low.index])

    def _at_once(self, t: Token) -> bool:
        """A clause that tells the time of the one above it: "when", "as", "while"."""
        if t.dep != "advcl" or self._past_perfect(t):
            return False
        return any(c.text.lower() in _TOGETHER for c in self.tree.children[t.index] if c.dep in ("advmod", "mark"))

    def _past_perfect(self, t: Token) -> bool:
        return any(c.dep == "aux" and c.text.lower() in ("had", "having") for c in self.tree.children[t.index])

    def _infinitive(self, t: Token) -> bool:
        return t.tag == "VB" or any(c.dep == "aux" and c.tag == "TO" for c in self.tree.children[t.index])
