"""Which tokens stand in which grammatical place around the words of a tie?"""

from marchland.model.annotated import Name, Token
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.tie_finder import DIRECTIONS, TieTrigger

NOMINAL = ("amod", "compound", "nmod", "npadvmod")
NOT_OWN = frozenset(
    {"place", "document", "dateline", "headline", "previous", "bare"}
)  # a country that its own words do not give


class SlotFinder:
    """Finds the slots of the ties of one sentence."""

    def __init__(self, tree: Tree, clauses: Clauses, names: dict[int, list[Name]]) -> None:
        self.tree = tree
        self.clauses = clauses
        self.names = names

    def of(self, trigger: TieTrigger) -> dict[str, list[Token]]:
        """Tokens by grammatical place around the words of the tie."""
        t = self.tree.tokens[trigger.head]
        if trigger.entry.part == "verb":
            return self._verb(t)
        if trigger.entry.part == "adjective":
            return self._adjective(t, trigger.tokens)
        out: dict[str, list[Token]] = {}
        self._noun(t, set(trigger.tokens), out)
        self._above(t, trigger, out)
        for i in trigger.tokens:
            if i != t.index:
                self._under(i, out, inside=trigger.tokens)
        return out

    def _under(self, index: int, out: dict[str, list[Token]], *, inside: tuple[int, ...] = ()) -> None:
        """Add what stands under the prepositions of a token."""
        for prep, obj in self.tree.pobjs(index):
            if obj.index not in inside:
                out.setdefault(prep, []).extend(self.tree.conjuncts(obj.index))

    def _above(self, t: Token, trigger: TieTrigger, out: dict[str, list[Token]]) -> None:
        """Add the slots of the act noun and of the verb over a tie noun."""
        g = trigger.governor
        if g.noun is not None and g.noun.index != t.index:
            inner: dict[str, list[Token]] = {}
            self._noun(g.noun, set(), inner)
            for k, v in inner.items():
                out.setdefault("subject" if k in ("poss", "adj", "by") else k, []).extend(v)
        if g.verb is not None:
            inside = {x.index for x in self.tree.subtree(t.index)}
            for k, v in self.clauses.arguments(g.verb).items():
                fresh = [x for x in v if x.index not in inside]
                name = k if k in ("subject", "object", "iobj", "object2") else f"v{k.lstrip('~')}"
                out.setdefault(name, []).extend(fresh)

    def _adjective(self, t: Token, words: tuple[int, ...]) -> dict[str, list[Token]]:
        out: dict[str, list[Token]] = {}
        for k, v in self.clauses.arguments(t).items():
            out.setdefault(k.lstrip("~"), []).extend(v)
        head = self.tree.tokens[t.head]
        if "subject" not in out and t.dep in ("amod", "acl"):
            out["subject"] = [head]
        if t.dep in ("acomp", "attr", "oprd") or t.tag == "IN":
            out.setdefault("subject", []).extend(self.clauses.arguments(head).get("subject", []))
        for w in words:
            self._under(w, out)
            token = self.tree.tokens[w]
            if token.tag in ("IN", "TO"):
                objects = (x for o in self.tree.having(w, "pobj") for x in self.tree.conjuncts(o.index))
                out.setdefault(token.lemma, []).extend(objects)
        return out

    def _verb(self, verb: Token) -> dict[str, list[Token]]:
        out: dict[str, list[Token]] = {}
        for k, v in self.clauses.arguments(verb).items():
            out.setdefault(k.lstrip("~"), []).extend(v)
        for s in out.get("subject", []):
            gathered = [o for _, o in self.tree.pobjs(s.index, "of")]  # "most of Rwanda's imports"
            out.setdefault("subjposs", []).extend(p for x in (s, *gathered) for p in self.tree.having(x.index, "poss"))
            out.setdefault("subjadj", []).extend(self.tree.having(s.index, *NOMINAL))
        out.setdefault("subject", []).extend(self._alike(out.get("subject", [])))
        for o in out.get("object", []):
            for prep, inner in self.tree.pobjs(o.index):
                out.setdefault(prep, []).extend(self.tree.conjuncts(inner.index))
                for deeper, x in self.tree.pobjs(inner.index):
                    out.setdefault(deeper, []).extend(self.tree.conjuncts(x.index))
            out.setdefault("objposs", []).extend(self.tree.having(o.index, "poss"))
            out.setdefault("objadj", []).extend(self.tree.having(o.index, "amod", "compound", "nmod"))
            out.setdefault("objposs", []).extend(
                x for _, i in self.tree.pobjs(o.index) for x in self.tree.having(i.index, "poss")
            )
        return out

    def _alike(self, subjects: list[Token]) -> list[Token]:
        """ "Kiribati, like Nauru, dropped ...": those who are said to do the same."""
        return [x for s in subjects for _, o in self.tree.pobjs(s.index, "like") for x in self.tree.conjuncts(o.index)]

    def _noun(self, t: Token, inside: set[int], out: dict[str, list[Token]]) -> None:
        tree = self.tree
        if any((n.country or n.org) and n.resolved not in NOT_OWN for n in self.names.get(t.index, ())):
            out.setdefault("self", []).append(t)
        self._modifiers(t, inside, out)
        self._under(t.index, out)
        if t.dep == "compound" and tree.tokens[t.head].lemma in DIRECTIONS:  # "a base south of Doha"
            objects = (x for _, o in tree.pobjs(t.head) for x in tree.conjuncts(o.index))
            out.setdefault("in", []).extend(objects)
        for clause in tree.having(t.index, "acl", "relcl"):
            for verb in tree.conjuncts(clause.index):
                self._clause(t, verb, out)
        out.setdefault("appos", []).extend(tree.having(t.index, "appos"))
        if t.dep == "appos":
            out["appos"].append(tree.tokens[t.head])

    def _modifiers(self, t: Token, inside: set[int], out: dict[str, list[Token]]) -> None:
        tree = self.tree
        for c in tree.children[t.index]:
            if c.index in inside or c.index > t.index:
                continue
            if c.dep == "poss":
                out.setdefault("poss", []).extend(tree.conjuncts(c.index))
            elif c.dep in NOMINAL:
                for x in tree.conjuncts(c.index):
                    out.setdefault("adj", []).extend((x, *tree.having(x.index, *NOMINAL)))
        for i in inside - {t.index}:
            if tree.tokens[i].dep in NOMINAL:
                out.setdefault("adj", []).extend(x for x in tree.having(i, *NOMINAL, "poss") if x.index not in inside)

    def _clause(self, t: Token, verb: Token, out: dict[str, list[Token]]) -> None:
        """ "The port that China leases", "a tunnel built by Iran"."""
        args = self.clauses.arguments(verb)
        if any(x.index == t.index for x in args.get("object", [])):
            out.setdefault("rel", []).extend(x for x in args.get("subject", []) if x.index != t.index)
        self._under(verb.index, out)
