"""Who does what in a clause: logical arguments of a verb, with passives turned round and left-out subjects found."""

from marchland.lexicon.verbs import classes as noun_classes
from marchland.model.annotated import Token
from marchland.model.tree import Tree

_OBJECT_CONTROL = frozenset(
    (
        "urge ask order force tell help allow persuade press invite want call expect compel require enable encourage warn advise "
        "forbid let make force oblige coerce lead drive compel bring accuse request instruct command authorize authorise push "
        "pressure convince send appeal"
    ).split()
)
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def is_passive(tree: Tree, verb: Token) -> bool:
    """Does the verb's grammatical subject suffer the act?"""
    if tree.first(verb.index, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep in ("acl", "relcl", "amod", "advcl"):
        return tree.first(verb.index, "aux") is None
    if verb.dep == "conj":
        return is_passive(tree, tree.tokens[verb.head]) and tree.first(verb.index, "nsubj", "aux") is None
    return tree.first(verb.index, "agent") is not None or (
        verb.dep == "ROOT" and tree.first(verb.index, "nsubj", "aux") is None
    )


class Clauses:
    """Logical arguments of the verbs of one sentence."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._known: dict[int, dict[str, list[Token]]] = {}

    def arguments(self, verb: Token) -> dict[str, list[Token]]:
        """Slots of a verb: `subject`, `object`, `iobj` and each preposition, with coordinated phrases told apart."""
        if verb.index not in self._known:
            self._known[verb.index] = {}  # a cycle in control finds nothing
            self._known[verb.index] = self._arguments(verb)
        return self._known[verb.index]

    def _arguments(self, verb: Token) -> dict[str, list[Token]]:
        tree = self.tree
        passive = is_passive(tree, verb)
        out: dict[str, list[Token]] = {}
        surface = list(tree.having(verb.index, "nsubj", "nsubjpass", "csubj", "expl"))
        if surface and not self._under_agreement(verb):
            subject: Token | None = self._antecedent(surface[0], verb)
        else:
            subject = self._missing_subject(verb)
        objects = list(tree.having(verb.index, "dobj", "attr", "oprd"))
        if passive:
            if subject is not None:
                out["object"] = tree.conjuncts(subject.index)
            if objects:
                out["object2"] = [x for o in objects for x in tree.conjuncts(o.index)]
            for agent in tree.having(verb.index, "agent"):
                out.setdefault("subject", []).extend(
                    x for o in tree.having(agent.index, "pobj") for x in tree.conjuncts(o.index)
                )
            if "subject" not in out:
                out["subject"] = [x for p, o in tree.pobjs(verb.index, "by") for x in tree.conjuncts(o.index)]
        else:
            if subject is not None:
                out["subject"] = tree.conjuncts(subject.index)
            if objects:
                out["object"] = [self._plain(x, verb) for o in objects for x in tree.conjuncts(o.index)]
            elif verb.dep == "relcl" and surface and surface[0].lemma not in _RELATIVES and verb.tag != "VBN":
                out["object"] = [tree.tokens[verb.head]]
        out["iobj"] = [
            x for o in tree.having(verb.index, "dative") if o.tag not in ("IN", "TO") for x in tree.conjuncts(o.index)
        ]
        self._prepositions(verb, out)
        return {k: v for k, v in out.items() if v}

    def _under_agreement(self, verb: Token) -> bool:
        """ "signed a deal with Dushanbe pledging aid": the parser makes Dushanbe pledge, the signer does."""
        prep = self.tree.tokens[verb.head]
        return (
            verb.dep == "pcomp"
            and prep.lemma == "with"
            and self.tree.tokens[prep.head].lemma in noun_classes()["agreement"]
        )

    def _prepositions(self, verb: Token, out: dict[str, list[Token]]) -> None:
        tree = self.tree
        for prep, obj in tree.pobjs(verb.index):
            if prep != "by" or not is_passive(tree, verb):
                out.setdefault(prep, []).extend(tree.conjuncts(obj.index))
        for slot in ("object", "object2"):
            for obj in out.get(slot, []):
                for prep, inner in tree.pobjs(obj.index):
                    if prep != "of":
                        out.setdefault(f"~{prep}", []).extend(tree.conjuncts(inner.index))
        for clause in tree.having(verb.index, "xcomp", "advcl", "pcomp", "acl"):
            if clause.tag == "VBG" or clause.lemma == "be":
                for prep, obj in tree.pobjs(clause.index):
                    out.setdefault(f"~{prep}", []).extend(tree.conjuncts(obj.index))

    def _plain(self, t: Token, verb: Token) -> Token:
        return self._antecedent(t, verb)

    def _antecedent(self, t: Token, verb: Token) -> Token:
        """What a relative pronoun stands for."""
        if t.lemma in _RELATIVES and t.tag in ("WP", "WDT", "IN", "WP$"):
            clause = verb
            while clause.dep in ("conj", "xcomp", "ccomp") and clause.head != clause.index:
                clause = self.tree.tokens[clause.head]
            if clause.dep in ("relcl", "acl"):
                return self.tree.tokens[clause.head]
        return t

    def _missing_subject(self, verb: Token) -> Token | None:
        """The subject a clause leaves out, found where grammar puts it."""
        tree = self.tree
        head = tree.tokens[verb.head]
        if head.index == verb.index:
            return None
        if verb.dep in ("acl", "relcl"):
            return head
        if verb.dep == "amod":
            return head
        if verb.dep == "conj" and head.tag.startswith(("VB", "JJ")):
            args = self.arguments(head)
            found = args.get("object" if is_passive(tree, head) else "subject", [])
            return found[0] if found else None
        if verb.dep in ("xcomp", "ccomp", "advcl", "pcomp", "acomp"):
            return self._controller(verb, head)
        return None

    def _controller(self, verb: Token, head: Token) -> Token | None:
        if head.dep in ("prep", "agent", "dative") or head.tag in ("IN", "TO"):
            head = self.tree.tokens[head.head]
        if head.tag.startswith("NN"):
            inner = self.tree.tokens[head.head]
            owner = self.tree.first(head.index, "poss")
            return owner or (self._first(self.arguments(inner), "subject") if inner.tag.startswith("VB") else None)
        if not head.tag.startswith(("VB", "JJ")):
            return None
        args = self.arguments(head)
        if verb.dep != "advcl" and head.lemma in _OBJECT_CONTROL:
            return self._first(args, "object") or self._first(args, "on") or self._first(args, "subject")
        return self._first(args, "object" if is_passive(self.tree, head) else "subject") or self._first(args, "subject")

    @staticmethod
    def _first(args: dict[str, list[Token]], slot: str) -> Token | None:
        found = args.get(slot, [])
        return found[0] if found else None
