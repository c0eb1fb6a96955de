"""Whose tie is it, and over whom? Finds power, host and members around the words of a tie."""

from collections import Counter
from dataclasses import dataclass

from marchland.lexicon.tie_words import reach, tie_acts
from marchland.model.annotated import Annotated, Name, PlaceName, Token
from marchland.model.ontology import PlaceKind, Sector, TieKind
from marchland.model.records import Participant
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.roles import RoleFinder
from marchland.reading.tie_finder import DIRECTIONS, TieTrigger

_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")
_LOCATIVE = frozenset(
    ["in", "near", "at", "around", "outside", "inside", "across", "throughout", "along", "on", "within", "into"]
)
_PARTS = frozenset(
    [
        "east",
        "west",
        "north",
        "south",
        "part",
        "centre",
        "center",
        "outskirts",
        "soil",
        "mountain",
        "capital",
        "district",
        "region",
        "border",
        "coast",
        "edge",
        "half",
    ]
)
_BORDERS = frozenset({"border", "frontier"})
_PAIR_WORDS = frozenset(
    {"two", "both", "side", "neighbour", "neighbor", "country", "state", "they", "their", "bilateral", "mutual"}
)
_IN_PLACE = frozenset({"in", "at", "across", "through"})
_ARMED = frozenset(
    {TieKind.BASE, TieKind.OUTPOST, TieKind.PRESENCE, TieKind.TRAINING, TieKind.SECURITY_FINANCE, TieKind.DEBT, TieKind.CREDIT, TieKind.CONCESSION,
     TieKind.INFRASTRUCTURE, TieKind.INVESTMENT, TieKind.ARMS_SUPPLY}
)  # fmt: skip
_UNSETTLED = (PlaceKind.SEA, PlaceKind.AIRSPACE)
_CEDED = frozenset(
    {TieKind.BASE, TieKind.OUTPOST, TieKind.PRESENCE, TieKind.CONCESSION, TieKind.TRANSIT, TieKind.INVESTMENT}
)  # what a host grants
_NOT_OWN = frozenset(
    {"place", "document", "dateline", "headline", "previous", "bare"}
)  # a country that its own words do not give
_MENDED = frozenset({TieKind.TERRITORY, TieKind.SECURITY_FINANCE, TieKind.CONCESSION, TieKind.TRANSIT})
_VAGUE = frozenset(
    {"country", "state", "republic", "nation", "side", "neighbour", "neighbor", "latter", "former"}
)  # anaphors
_MENDED_CONFIDENCE = 0.6  # confidence that remains where only the reach of two states tells power from host
_FAR = 0.8  # confidence that remains where a side was found outside the grammar of the tie's own words


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands where; `weak` < 1 where a side was found far from the words."""

    power: Participant | None = None
    host: Participant | None = None
    members: tuple[Participant, ...] = ()
    weak: float = 1.0


def who(p: Participant) -> str | None:
    """What makes two sides the same one: the country, else the organisation."""
    return p.country or p.org


def arm(p: Participant) -> int:
    """How far a side reaches, 1 to 3; an international body reaches as far as a large state."""
    return reach().get(p.country, 1) if p.country else 2 if p.org else 1


class Company:
    """Which states a document names, where; for sides that a sentence leaves out."""

    def __init__(self, doc: Annotated) -> None:
        told = [(n.sentence, n.country) for n in doc.names if n.country] + [
            (p.sentence, p.country) for p in doc.places if p.country
        ]
        self.told = sorted(told)
        self.counts = Counter(c for _, c in told)

    def partners(self, used: set[str | None], sentence: int) -> list[str]:
        """The states a document is about, most named first, those up to this sentence before the rest."""
        seen = Counter(c for s, c in self.told if s <= sentence)
        return [c for c in sorted(self.counts, key=lambda c: (-seen[c], -self.counts[c], c)) if c not in used]

    def power_for(self, sentence: int) -> str | None:
        """The far-reaching state named last or most before this sentence."""
        fits = [c for c in self.partners(set(), sentence) if reach().get(c, 1) > 1]
        return fits[0] if fits else None

    def host_for(self, power: str | None, sentence: int) -> str | None:
        """The state within the power's reach that the document is most about."""
        far = reach().get(power, 1) if power else 3
        fits = {c for c in self.counts if c != power and (reach().get(c, 1) < far or far == 1)}
        if not fits:
            return None
        near = [c for s, c in self.told if sentence - 2 <= s <= sentence and c in fits]
        return max(fits, key=lambda c: (self.counts[c] + 0.5 * near.count(c), c))


class SideFinder:
    """Finds the sides of the ties of one sentence."""

    def __init__(
        self,
        tree: Tree,
        clauses: Clauses,
        names: dict[int, list[Name]],
        places: dict[int, list[PlaceName]],
        text: str,
        company: Company,
    ) -> None:
        self.tree = tree
        self.names = names
        self.places = places
        self.text = text
        self.clauses = clauses
        self.company = company
        self.roles = RoleFinder(tree, clauses, names)

    def find(self, trigger: TieTrigger, sentence: int) -> list[Sides]:
        """The sides of a tie; several powers in one phrase ("French and American bases") are several ties."""
        slots = self.slots(trigger)
        e = trigger.entry
        if e.frame.members:
            return self._members(trigger, slots, sentence)
        slots = self._by_grant(trigger, slots)
        powers, weak, _ = self._fill(e.frame.power, slots, trigger, set(), sentence, None)
        if not powers and "sentence" in e.frame.power:
            powers, weak = self._power_by_host(trigger, slots, sentence)
        if trigger.site and (
            not powers or weak < 1 or _place_like(powers) or {who(p) for p in powers} == {trigger.site.host}
        ):
            powers, weak = [Participant(country=trigger.site.power, sector=Sector.GOV, resolved="site")], 1.0
        seats = {who(p) for p in self._where(trigger)} if len(powers) > 1 else set()
        powers = [p for p in powers if who(p) not in seats] or powers
        out = []
        candidates: list[Participant | None] = [*powers[:4]] or [None]
        for power in candidates:
            used = {who(power)} if power else set()
            hosts, host_weak, slot = self._fill(
                e.frame.host, slots, trigger, used | {who(p) for p in powers if len(powers) > 1}, sentence, power
            )
            if (
                trigger.site
                and trigger.site.host
                and trigger.site.power == (power and power.country)
                and (not hosts or host_weak < 1)
            ):
                hosts, host_weak = [Participant(country=trigger.site.host, sector=Sector.GOV, resolved="site")], 1.0
            for host in hosts[:3] if len(powers) < 2 else hosts[:1]:
                if power is None or plausible(e.kind, power, host, slot, weak * host_weak):
                    out.append(Sides(power, host, (), weak * host_weak))
            if not hosts and not (power and e.kind is TieKind.CLAIM_OF_SPHERE and arm(power) < 2):
                out.append(Sides(power, None, (), weak))
        if e.kind in _MENDED and not any(s.power and s.host for s in out):
            return self._mended(trigger) or out
        return out

    def _mended(self, trigger: TieTrigger) -> list[Sides]:
        """Where the grammar gives no sense and the sentence names two states of unequal reach: the larger has the tie."""
        states = self._others(trigger, set())
        if len(states) != 2 or arm(states[0]) == arm(states[1]):
            return []
        host, power = sorted(states, key=arm)
        return [Sides(power, host, (), _MENDED_CONFIDENCE)]

    def _power_by_host(
        self, trigger: TieTrigger, slots: dict[str, list[Token]], sentence: int
    ) -> tuple[list[Participant], float]:
        """The power of a tie whose own words tell only the host: another party of the sentence that reaches as far or farther."""
        near = tuple(s for s in trigger.entry.frame.host if s not in ("sentence", "document"))
        hosts, _, _ = self._fill(near, slots, trigger, set(), sentence, Participant())
        if not hosts:
            country = self.company.host_for(None, sentence)
            hosts = [Participant(country=country)] if country else []
        others = self._others(trigger, {who(h) for h in hosts})
        best = [p for p in others if all(arm(p) >= arm(h) for h in hosts)]
        return sorted(best, key=lambda p: -arm(p))[:1], _FAR

    # ---- equal sides ----

    def _members(self, trigger: TieTrigger, slots: dict[str, list[Token]], sentence: int) -> list[Sides]:
        found: list[Participant] = []
        for slot in trigger.entry.frame.members:
            for p in self._parties(slots.get(slot, []), place=slot in ("between", "in")):
                if not any(who(p) == who(f) for f in found):
                    found.append(p)
        bodies = [
            p
            for slot in trigger.entry.body
            for p in self._parties(slots.get(slot, []), place=False)
            if p.org and not p.country
        ]
        states = [p for p in found if p.country]
        if not states and not bodies and "sentence" in trigger.entry.frame.members:
            states = [p for p in self._others(trigger, set())]
        weak = 1.0
        if trigger.entry.pair and len(states) < 2 and not bodies and "document" in trigger.entry.frame.members:
            extra = (
                self._others(trigger, {p.country for p in states})
                if states and "sentence" in trigger.entry.frame.members
                else []
            )
            states += extra[:1]
            more = (
                self.company.partners({p.country for p in states}, sentence)[: 2 - len(states)]
                if len(states) < 2
                else []
            )
            states += [Participant(country=c, sector=Sector.GOV, resolved="document") for c in more]
            weak = _FAR if more else 1.0
        bodies += [p for p in found if p.org and not p.country and who(p) not in {who(b) for b in bodies}]
        if trigger.entry.pair or trigger.entry.needs == "members":
            if len(states) == 2 and not (bodies or trigger.entry.body):
                first, second = sorted(states, key=lambda p: -arm(p))
                if arm(first) > arm(second):
                    return [Sides(first, second, (), weak)]
            if len(states) + len(bodies) == 2 and trigger.entry.pair and bodies:
                return [Sides(bodies[0], states[0])]
        return [Sides(None, None, tuple(states + bodies[:1]), weak)]

    # ---- slots ----

    def slots(self, trigger: TieTrigger) -> dict[str, list[Token]]:
        """Tokens by grammatical place around the words of the tie."""
        t = self.tree.tokens[trigger.head]
        if trigger.entry.part == "verb":
            return self._verb_slots(t)
        out: dict[str, list[Token]] = {}
        if trigger.entry.part == "adjective":
            for k, v in self.clauses.arguments(t).items():
                out.setdefault(k.lstrip("~"), []).extend(v)
            if "subject" not in out and t.dep in ("amod", "acl"):
                out["subject"] = [self.tree.tokens[t.head]]
            if t.dep in ("acomp", "attr", "oprd") or t.tag == "IN":
                out.setdefault("subject", []).extend(
                    self.clauses.arguments(self.tree.tokens[t.head]).get("subject", [])
                )
            for w in trigger.tokens:
                for prep, o in self.tree.pobjs(w):
                    out.setdefault(prep, []).extend(self.tree.conjuncts(o.index))
                if self.tree.tokens[w].tag in ("IN", "TO"):
                    for o in self.tree.having(w, "pobj"):
                        out.setdefault(self.tree.tokens[w].lemma, []).extend(self.tree.conjuncts(o.index))
            return out
        self._noun_slots(t, set(trigger.tokens), out)
        g = trigger.governor
        if g.noun is not None and g.noun.index != t.index:
            inner: dict[str, list[Token]] = {}
            self._noun_slots(g.noun, set(), inner)
            for k, v in inner.items():
                out.setdefault("subject" if k in ("poss", "adj", "by") else k, []).extend(v)
        if g.verb is not None:
            inside = {x.index for x in self.tree.subtree(t.index)}
            for k, v in self.clauses.arguments(g.verb).items():
                fresh = [x for x in v if x.index not in inside]
                name = k if k in ("subject", "object", "iobj", "object2") else f"v{k.lstrip('~')}"
                out.setdefault(name, []).extend(fresh)
        for i in trigger.tokens:
            if i != t.index:
                for prep, o in self.tree.pobjs(i):
                    if o.index not in trigger.tokens:
                        out.setdefault(prep, []).extend(self.tree.conjuncts(o.index))
        return out

    def _verb_slots(self, verb: Token) -> dict[str, list[Token]]:
        out: dict[str, list[Token]] = {}
        for k, v in self.clauses.arguments(verb).items():
            out.setdefault(k.lstrip("~"), []).extend(v)
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

    def _noun_slots(self, t: Token, inside: set[int], out: dict[str, list[Token]]) -> None:
        tree = self.tree
        if any((n.country or n.org) and n.resolved not in _NOT_OWN for n in self.names.get(t.index, ())):
            out.setdefault("self", []).append(t)
        for c in tree.children[t.index]:
            if c.index in inside or c.index > t.index:
                continue
            if c.dep == "poss":
                out.setdefault("poss", []).extend(tree.conjuncts(c.index))
            elif c.dep in _MODIFIERS:
                for x in tree.conjuncts(c.index):
                    out.setdefault("adj", []).append(x)
                    out["adj"].extend(tree.having(x.index, *_MODIFIERS))
        for i in inside - {t.index}:
            if tree.tokens[i].dep in _MODIFIERS:
                out.setdefault("adj", []).extend(
                    x for x in tree.having(i, *_MODIFIERS, "poss") if x.index not in inside
                )
        for prep, obj in tree.pobjs(t.index):
            out.setdefault(prep, []).extend(tree.conjuncts(obj.index))
        if t.dep == "compound" and tree.tokens[t.head].lemma in DIRECTIONS:  # "a base south of Doha"
            for _, obj in tree.pobjs(t.head):
                out.setdefault("in", []).extend(tree.conjuncts(obj.index))
        for clause in tree.having(t.index, "acl", "relcl"):
            for verb in tree.conjuncts(clause.index):
                args = self.clauses.arguments(verb)
                if any(x.index == t.index for x in args.get("object", [])):
                    out.setdefault("rel", []).extend(x for x in args.get("subject", []) if x.index != t.index)
                for prep, obj in tree.pobjs(verb.index):
                    out.setdefault(prep, []).extend(tree.conjuncts(obj.index))
        out.setdefault("appos", []).extend(tree.having(t.index, "appos"))
        if t.dep == "appos":
            out["appos"].append(tree.tokens[t.head])

    def _by_grant(self, trigger: TieTrigger, slots: dict[str, list[Token]]) -> dict[str, list[Token]]:
        """ "Sudan granted Russia a base": the subject is the host."""
        verb = trigger.governor.verb
        if verb is None or trigger.entry.part != "noun":
            return slots
        follow = [
            verb.lemma,
            *(f"{verb.lemma} {c.lemma}" for c in self.tree.children[verb.index] if c.dep in ("prt", "prep")),
        ]
        acts = tie_acts()
        owned = any(self._parties(slots.get(k, []), place=False) for k in ("self", "adj", "poss", "by"))
        if (
            trigger.entry.kind in _CEDED
            and not owned
            and any(f in acts.grants for f in follow)
            and trigger.governor.does == "opens"
        ):
            given = slots.get("iobj", []) + slots.get("vto", [])
            if given:
                return {**slots, "self": given, "in": slots.get("in", []) + slots.get("subject", []), "subject": []}
        return slots

    # ---- filling ----

    def _fill(
        self,
        order: tuple[str, ...],
        slots: dict[str, list[Token]],
        trigger: TieTrigger,
        used: set[str | None],
        sentence: int,
        power: Participant | None,
    ) -> tuple[list[Participant], float, str]:
        for slot in order:
            if slot == "where":
                found = [p for p in self._where(trigger) if who(p) not in used]
            elif slot == "sentence" and power is None:
                continue
            elif slot == "sentence":
                found = [p for p in self._in_sentence(trigger, power) if who(p) not in used][:1]
                if found:
                    return found, _FAR, slot
                continue
            elif slot == "document":
                if trigger.entry.kind in _ARMED and self._in_region(trigger):
                    continue
                country = self.company.host_for(power.country, sentence) if power else self.company.power_for(sentence)
                if country and country not in used:
                    return [Participant(country=country, sector=Sector.GOV, resolved="document")], _FAR, slot
                continue
            else:
                tokens = slots.get(slot) or slots.get(f"v{slot}", [])
                found = [
                    p
                    for p in self._parties(tokens, place=power is not None or slot in ("in", "at"))
                    if who(p) not in used
                ]
                if not found and power is not None and slot == "in" and any(t.lemma in _VAGUE for t in tokens):
                    country = self.company.host_for(power.country, sentence)
                    found = [Participant(country=country, sector=Sector.GOV, resolved="document")] if country else []
            if found:
                return _distinct(found), 1.0, slot
        return [], 1.0, ""

    def _in_region(self, trigger: TieTrigger) -> bool:
        """ "its bases in Central Asia": the place is told, and it is no state."""
        inside = {x.index for x in self.tree.subtree(trigger.head)}
        return any(
            p.country is None and p.kind is PlaceKind.REGION and self._located(i)
            for i in inside
            for p in self.places.get(i, ())
        )

    def _parties(self, tokens: list[Token], *, place: bool) -> list[Participant]:
        out: list[Participant] = []
        for t in tokens:
            if t.lemma in _BORDERS and place:
                out += self._of_border(t)
                continue
            names = [self._meant(n) for n in self.roles.parties(t) if self._usable(n)]
            out += [self.participant(n) for n in names]
            if place and not names:
                near = [t, *self.tree.having(t.index, *_MODIFIERS, "poss", "appos")]
                near += [o for x in self.tree.having(t.index, "prep") for o in self.tree.having(x.index, "pobj")]
                out += [
                    self._from_place(p)
                    for x in near
                    for p in self.places.get(x.index, ())
                    if p.country and p.kind not in _UNSETTLED
                ][:1]
                if not out:
                    out += [
                        self.participant(n)
                        for x in near
                        for n in self.names.get(x.index, ())
                        if n.country and self._usable(n)
                    ][:1]
        return _distinct(out)

    def _usable(self, n: Name) -> bool:
        """A side with a state or body; the UN is no outside power, and "the country" is settled by what the document is about."""
        if not (n.country or n.org) or n.org == "UN" or (n.kind == "pronoun" and not n.country):
            return False
        return not (n.kind == "agent" and n.resolved in _NOT_OWN and self.tree.tokens[n.head].lemma in _VAGUE)

    def _of_border(self, t: Token) -> list[Participant]:
        """Whose border: its owner's; of "the Afghan border" alone that of the state the document is about."""
        if self.tree.first(t.index, "poss") or any(p == "with" for p, _ in self.tree.pobjs(t.index)):
            return [
                self.participant(self._meant(n))
                for c in self.tree.having(t.index, "poss", *_MODIFIERS)
                for n in self.names.get(c.index, ())
                if n.country
            ]
        named = [n for x in self.tree.subtree(t.index) for n in self.names.get(x.index, ()) if n.country]
        beyond = {n.country for n in named}
        main = [c for c in self.company.partners(set(), 10**6) if reach().get(c, 1) < 3]
        if main and (main[0] not in beyond or len(beyond) > 1):
            return [Participant(country=main[0], sector=Sector.GOV, resolved="document")]
        return [self.participant(n) for n in named]

    def _meant(self, n: Name) -> Name:
        """ "The ministry of X denied that it ...": a pronoun in reported speech is the speaker."""
        if n.kind != "pronoun" or self.tree.tokens[n.head].tag != "PRP" or self.tree.tokens[n.head].lemma != "it":
            return n
        for a in self.tree.ancestors(n.head):
            above = self.tree.tokens[a.head]
            if a.dep == "ccomp" and above.tag.startswith("VB"):
                for t in self.clauses.arguments(above).get("subject", []):
                    for speaker in self.roles.parties(t):
                        if speaker.country:
                            return speaker
        return n

    def _where(self, trigger: TieTrigger) -> list[Participant]:
        """Countries under a preposition of place: in the noun phrase, beside its verb, else anywhere in the sentence."""
        verb = trigger.governor.verb
        areas = [{x.index for x in self.tree.subtree(trigger.head)}]
        if verb is not None:
            areas.append(
                {
                    x.index
                    for c in self.tree.having(verb.index, "prep", "agent", "advmod")
                    for x in self.tree.subtree(c.index)
                }
            )
        areas.append(set(range(len(self.tree.tokens))))
        for area in areas:
            found: list[Participant] = []
            for i in sorted(area):
                if not self._located(i):
                    continue
                found += [self._from_place(p) for p in self.places.get(i, ()) if p.country and p.kind not in _UNSETTLED]
                found += [
                    self.participant(n)
                    for n in self.names.get(i, ())
                    if n.country and n.kind in ("country", "capital", "pronoun", "demonym")
                ]
            if found:
                return sorted(_distinct(found), key=lambda p: -self.company.counts[p.country or ""])
        return []

    def _located(self, index: int) -> bool:
        t = self.tree.tokens[index]
        while t.dep in ("appos", "conj", "compound", "poss", "amod", "nmod") and t.head != t.index:
            t = self.tree.tokens[t.head]
        if t.dep != "pobj":
            return False
        prep = self.tree.tokens[t.head]
        if prep.lemma == "of":
            return self.tree.tokens[prep.head].lemma in _PARTS
        return prep.lemma in _LOCATIVE and t.lemma not in _BORDERS

    def _in_sentence(
        self, trigger: TieTrigger, power: Participant | None, *, same_reach: bool = False
    ) -> list[Participant]:
        far = arm(power) if power else 9
        found = self._others(trigger, {power.country} if power else set())
        return [p for p in found if same_reach or arm(p) < far or far == 1]

    def _others(self, trigger: TieTrigger, used: set[str | None]) -> list[Participant]:
        """Every state the sentence names but those in `used`, nearest first."""
        found: list[Participant] = []
        for i in sorted({*self.names, *self.places}, key=lambda i: abs(i - trigger.head)):
            found += [self.participant(n) for n in self.names.get(i, ()) if n.country and self._usable(n)]
            found += [self._from_place(p) for p in self.places.get(i, ()) if p.country and p.kind not in _UNSETTLED]
        return _distinct([p for p in found if p.country not in used])

    def _from_place(self, p: PlaceName) -> Participant:
        return Participant(
            country=p.country,
            sector=Sector.GOV,
            text=self.text[p.span.start : p.span.end],
            span=p.span,
            resolved="place",
        )

    def participant(self, n: Name) -> Participant:
        """A named party as a side of a tie; the state, where a body's state is known."""
        told = self.text[n.span.start : n.span.end]
        return Participant(
            country=n.country,
            org=n.org,
            sector=n.sector,
            text=told,
            span=n.span,
            name=n.person,
            office=n.office,
            resolved=n.resolved,
        )


def plausible(kind: TieKind, power: Participant, host: Participant, slot: str, sure: float) -> bool:
    """May this side reach that far? A smaller state only where the text itself places its tie in the larger one."""
    if who(power) == who(host) or (kind is TieKind.CLAIM_OF_SPHERE and arm(power) < 2):
        return False
    if arm(power) == 1 and sure < 1:
        return False
    return kind not in _ARMED or arm(power) >= arm(host) or (slot in _IN_PLACE and sure == 1.0)


def _place_like(found: list[Participant]) -> bool:
    return all(p.resolved == "place" for p in found)


def _distinct(found: list[Participant]) -> list[Participant]:
    out: list[Participant] = []
    for p in found:
        if who(p) and not any(who(p) == who(o) for o in out):
            out.append(p)
    return out
