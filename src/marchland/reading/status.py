"""How does a telling stand to fact: done, reported, planned, possible, alleged, denied, refused, foretold?

Walks from the trigger to the root of its sentence and lets each verb, modal, negation and governing noun on the way speak.
"""

from dataclasses import dataclass

from marchland.lexicon.verbs import grammar
from marchland.model.annotated import Name, Token
from marchland.model.ontology import Status
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.joining import connects, joining_noun
from marchland.reading.triggers import Trigger

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl", "acl", "pcomp", "relcl", "conj", "acomp", "parataxis", "dep"})
_FUTURE_PHRASES = frozenset(
    {
        "going",
        "set",
        "due",
        "scheduled",
        "slated",
        "expected",
        "poised",
        "about",
        "planned",
        "bound",
        "ready",
        "likely",
        "supposed",
        "prepared",
    }
)
_ARRANGED = frozenset({"plan", "schedule", "slate", "expect", "set", "due"})
_AHEAD = frozenset({"ahead", "eve", "run-up", "advance"})
_BACKGROUND = frozenset(
    {"after", "since", "following", "despite", "before", "over", "during", "amid", "because"}
)  # "after the attack" tells it as fact
_HEARSAY = {
    "allegedly": "alleged", "purportedly": "alleged", "supposedly": "alleged", "reportedly": "reported", "apparently": "reported",
}  # fmt: skip
_GUARDING = frozenset(
    "defend guard protect insure hedge shield brace secure safeguard defense defence protection safeguard insurance".split()
)
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
_SETTING_OUT = frozenset(
    "arrive fly travel head leave go come depart set prepare gear convene gather return sail invite".split()
)
_WEAKER = {
    s: i
    for i, s in enumerate(("asserted", "reported", "planned", "predicted", "alleged", "hypothetical", "denied", "none"))
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A status, or None for an act that the text says is not done; whose word; the words that say so."""

    status: Status | None
    holder: Name | None = None
    holder_words: str | None = None
    hedges: tuple[str, ...] = ()
    governor: int | None = None  # the trigger-like word in whose complement the act stands


class StatusReader:
    """Reads the standing of acts in one sentence."""

    def __init__(self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]], governors: dict[int, str]) -> None:
        self.tree = tree
        self.clauses = clauses
        self.names = names
        self.governors = governors  # token index -> complement status that an entry at this word declares
        self.grammar = grammar()

    def read(self, trigger: Trigger) -> Standing:
        """The standing of one act."""
        marks: list[tuple[str, int]] = []
        hedges: list[str] = []
        holder: Token | None = None
        governor: int | None = None
        at: Token | None = self.tree.tokens[trigger.head]
        assert at is not None
        if trigger.entry.part == "noun" and not at.tag.startswith("VB"):
            if connects(self.tree, at):
                return Standing(None)
            self._noun_marks(at, marks, hedges)
            at = self._climb_noun(at, trigger, marks, hedges)
        seen: set[int] = set()
        while at is not None and at.index not in seen:
            seen.add(at.index)
            if at.tag.startswith(("VB", "MD")) or at.dep == "ROOT" or at.tag.startswith("JJ"):
                self._clause_marks(at, marks, hedges, own=at.index in (trigger.head, trigger.carrier))
            head = self.tree.tokens[at.head]
            if self._on_the_way(at, head):
                marks.append(("planned", head.index))
            if head.index == at.index or self._stands_alone(at):
                break
            status = self._governed(at, head)
            if status:
                marks.append((status, head.index))
                if status in ("reported", "alleged", "denied", "predicted") and holder is None:
                    holder = self._speaker(head)
                if status not in ("asserted", "reported") and governor is None:
                    governor = head.index
            at = head
        attributed = self._attribution()
        if attributed is not None and holder is None:
            holder = attributed
            marks.append(("reported", attributed.index))
        return self._settle(marks, hedges, holder, governor)

    def _on_the_way(self, verb: Token, noun: Token) -> bool:
        """ "arrived for a tour that includes talks": what a journey is to hold has not been held yet."""
        if verb.dep != "relcl" or verb.tag not in ("VBZ", "VBP"):
            return False
        prep = self.tree.tokens[noun.head]
        going = self.tree.tokens[prep.head]
        return noun.dep == "pobj" and prep.lemma in ("for", "on") and going.lemma in _SETTING_OUT

    # ---- marks on the way ----

    def _noun_marks(self, t: Token, marks: list[tuple[str, int]], hedges: list[str]) -> None:
        for c in self.tree.children[t.index]:
            status = self.grammar.noun_modifiers.get(c.lemma) or self.grammar.noun_modifiers.get(c.text.lower())
            if status and c.dep in ("amod", "det", "nmod", "compound", "advmod"):
                marks.append((status, c.index))
                hedges.append(c.text.lower())
            elif c.dep in ("acl", "amod") and c.index > t.index and c.lemma in _ARRANGED:
                marks.append(("planned", c.index))  # "talks set for Monday"
                hedges.append(c.text.lower())

    def _climb_noun(self, t: Token, trigger: Trigger, marks: list[tuple[str, int]], hedges: list[str]) -> Token | None:
        """From an event noun to the verb or noun that governs it; None where the noun stands as fact ("after the attack")."""
        at = t
        while True:
            head = self.tree.tokens[at.head]
            if head.index == at.index:
                return at
            if trigger.carrier is not None and head.index == trigger.carrier:
                return head
            prep = head.lemma if at.dep == "pobj" else ""
            above = self.tree.tokens[head.head] if at.dep == "pobj" else head
            if prep == "of" and above.lemma in _AHEAD:
                marks.append(("planned", above.index))  # "ahead of a meeting"
                return None
            status = self._noun_governed(at, above, prep)
            if status:
                marks.append((status, above.index))
                if status in ("planned", "none", "hypothetical"):
                    hedges.append(above.text.lower())
            if above.tag.startswith(("VB", "MD")):
                return self._verb_above(at, above, prep, marks, hedges)
            if at.dep in ("relcl", "acl", "appos"):
                return None
            if above.index == at.index or not above.tag.startswith(("NN", "JJ")):
                return above
            if prep in _BACKGROUND:
                return None
            at = above
            if not self.names.get(at.index):
                self._noun_marks(at, marks, hedges)

    def _verb_above(
        self, noun: Token, verb: Token, prep: str, marks: list[tuple[str, int]], hedges: list[str]
    ) -> Token | None:
        """The verb that governs a noun; none for a background, of which hearsay tells only what was not known before.

        "It reportedly came about after talks with Rabat" reports the talks as well; "after the attack" tells a fact.
        """
        if prep not in _BACKGROUND:
            return verb
        known = any(c.tag == "PRP$" or c.dep == "poss" or c.lemma in _KNOWN for c in self.tree.children[noun.index])
        for c in self.tree.having(verb.index, "advmod") if not known else ():
            status = _HEARSAY.get(c.text.lower())
            if status:
                marks.append((status, c.index))
                hedges.append(c.text.lower())
        return None

    def _noun_governed(self, noun: Token, above: Token, prep: str) -> str | None:
        if noun.dep in ("nsubj", "poss") or prep in (
            "after",
            "since",
            "following",
            "during",
            "over",
            "despite",
            "with",
            "by",
            "from",
            "before",
            "at",
            "because",
        ):
            return None
        if joining_noun(self.tree, above):
            return None  # "in return for the release"
        if prep == "against" and above.lemma in _GUARDING:
            return "none"  # "built to guard against attacks": none is told
        declared = self.governors.get(above.index)
        if prep == "for" and above.lemma in _SETTING_OUT:
            return "planned"  # "arrived for talks"
        if above.tag.startswith("VB"):
            if noun.dep not in ("dobj", "nsubjpass", "pobj", "attr", "oprd"):
                return None
            status = declared or self.grammar.governs.get(above.lemma)
            if noun.dep == "pobj" and prep not in ("for", "to", "on", "about", "of", "in", "against"):
                return None
            return None if status in ("asserted", "reported") else status
        if above.tag.startswith("NN") and noun.dep in ("pobj", "compound", "nmod"):
            status = self.grammar.governs.get(above.lemma) or declared
            return None if status in ("asserted", "reported") else status
        return None

    def _clause_marks(self, verb: Token, marks: list[tuple[str, int]], hedges: list[str], *, own: bool) -> None:
        g = self.grammar
        if self._counterfactual(verb):
            marks.append(("none", verb.index))
        for c in self.tree.children[verb.index]:
            low = c.text.lower()
            if c.dep == "neg" or (c.dep in ("advmod", "det", "preconj") and low in g.negations):
                marks.append(("none", c.index))
                hedges.append(low)
            elif c.dep == "aux" and c.tag == "MD":
                self._modal(c, low, verb, marks, hedges)
            elif c.dep == "aux" and c.tag == "TO" and verb.dep == "ROOT":
                marks.append(("planned", c.index))  # headline style: "UN to send observers"
            elif c.dep == "mark" and low in g.hypothetical_marks:
                marks.append(("hypothetical", c.index))
                hedges.append(low)
            elif c.dep == "advmod" and low in _HEARSAY:
                marks.append((_HEARSAY[low], c.index))
                hedges.append(low)
            elif c.dep == "advmod" and low in ("possibly", "perhaps", "maybe", "potentially"):
                marks.append(("hypothetical", c.index))
                hedges.append(low)
            elif c.dep in ("nsubj", "nsubjpass", "dobj") and own and self._empty(c):
                marks.append(("none", c.index))

    def _counterfactual(self, verb: Token) -> bool:
        """ "Had the alliance come to Oman's aid": an auxiliary before its subject, without a question, tells what was not."""
        subject = self.tree.first(verb.index, "nsubj", "nsubjpass")
        if subject is None or verb.dep not in ("advcl", "ccomp", "conj", "ROOT") or self.tree.tokens[-1].text == "?":
            return False
        return any(
            c.dep in ("aux", "auxpass") and c.text.lower() in ("had", "were") and c.index < subject.index
            for c in self.tree.children[verb.index]
        )

    def _empty(self, t: Token) -> bool:
        return t.lemma in ("nobody", "none") or any(
            c.lemma in ("no", "neither") and c.dep == "det" for c in self.tree.children[t.index]
        )

    def _modal(self, modal: Token, low: str, verb: Token, marks: list[tuple[str, int]], hedges: list[str]) -> None:
        g = self.grammar
        perfect = any(c.lemma == "have" and c.dep == "aux" for c in self.tree.children[verb.index])
        hedges.append(low)
        if low in g.future_modals:
            marks.append(("planned", modal.index))
        elif low in g.would_modals:
            marks.append(("hypothetical" if perfect or self._conditional(verb) else "planned", modal.index))
        elif low in g.possible_modals:
            marks.append(("hypothetical", modal.index))
        elif low in g.must_modals:
            marks.append(("hypothetical" if not perfect else "none", modal.index))

    def _conditional(self, verb: Token) -> bool:
        return any(
            c.dep == "advcl"
            and any(
                m.dep == "mark" and m.text.lower() in self.grammar.hypothetical_marks
                for m in self.tree.children[c.index]
            )
            for c in self.tree.children[verb.index]
        )

    def _governed(self, at: Token, head: Token) -> str | None:
        """What the word above says of the clause below it."""
        if at.dep in ("advcl", "relcl", "conj") or at.dep not in _COMPLEMENTS:
            if at.dep == "advcl" and self._is_purpose(at):
                return "planned"
            return None
        verb = head
        if head.dep in ("prep", "agent") or head.tag in ("IN", "TO"):
            if head.lemma in ("after", "before", "since", "by", "while", "despite", "following"):
                return None
            verb = self.tree.tokens[head.head]
        to_infinitive = self._is_infinitive(at)
        if verb.lemma == "have" and to_infinitive and self._not_yet(verb, at):
            return "none"
        if verb.lemma == "be" or verb.text.lower() in _FUTURE_PHRASES:
            if to_infinitive and at.dep in ("xcomp", "acl", "ccomp"):
                return "planned"
        status = self.governors.get(verb.index) or self.grammar.governs.get(verb.lemma)
        if status is None and to_infinitive and verb.tag.startswith("NN"):
            return "planned"
        if status == "asserted" and verb.lemma in ("stop", "finish"):
            return "none"
        if status == "none" and not to_infinitive and verb.lemma in ("tell", "warn", "order") and at.dep == "ccomp":
            return "none" if self._has_future(at) else "reported"  # "warned that it would bomb" is the warning alone
        if status == "reported" and to_infinitive and verb.lemma not in ("report", "say", "believe", "know", "show"):
            return "planned"
        return status

    def _stands_alone(self, at: Token) -> bool:
        """A relative, participial or adverbial clause is told as fact whatever the clause above it says."""
        if at.dep in ("relcl", "appos"):
            return True
        low, high = sorted((at.index, at.head))
        if any(t.text in (";", ":") for t in self.tree.tokens[low:high]):
            return True  # clauses set side by side
        if at.dep in ("acl", "advcl"):
            return not self._is_infinitive(at) and not any(
                c.dep == "mark" and c.text.lower() in self.grammar.hypothetical_marks
                for c in self.tree.children[at.index]
            )
        return at.dep == "conj" and any(self.tree.having(at.index, "nsubj", "nsubjpass"))

    def _is_infinitive(self, t: Token) -> bool:
        return any(c.dep == "aux" and c.tag == "TO" for c in self.tree.children[t.index])

    def _not_yet(self, verb: Token, at: Token) -> bool:
        """ "has yet to sign" """
        return any(c.lemma == "yet" for c in (*self.tree.children[verb.index], *self.tree.children[at.index]))

    def _has_future(self, t: Token) -> bool:
        g = self.grammar
        return any(
            c.dep == "aux" and c.text.lower() in (g.future_modals | g.would_modals) for c in self.tree.children[t.index]
        )

    def _is_purpose(self, t: Token) -> bool:
        return self._is_infinitive(t) and t.tag == "VB"

    # ---- whose word ----

    def _speaker(self, verb: Token) -> Token | None:
        if not verb.tag.startswith("VB"):
            return None
        found = self.clauses.arguments(verb).get("subject", [])
        return found[0] if found else None

    def _attribution(self) -> Token | None:
        """ "according to the ministry", "state media said" beside the clause."""
        for t in self.tree.tokens:
            if t.lemma == "accord" and t.text.lower() == "according":
                for _, obj in self.tree.pobjs(t.index, "to"):
                    return obj
        return None

    def _settle(
        self, marks: list[tuple[str, int]], hedges: list[str], holder: Token | None, governor: int | None
    ) -> Standing:
        names = self.names.get(holder.index, []) if holder else []
        words = holder.text if holder else None
        statuses = [m for m, _ in marks]
        if "none" in statuses:
            denied = "denied" in statuses
            return Standing(
                Status.DENIED if denied else None, names[0] if names else None, words, tuple(hedges), governor
            )
        worst = max(statuses, key=lambda s: _WEAKER[s], default="asserted")
        return Standing(Status(worst), names[0] if names else None, words, tuple(hedges), governor)
