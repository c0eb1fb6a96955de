"""Whose tie is it, and over whom? Finds power, host and members around the words of a tie."""

from marchland.lexicon.tie_words import reach, tie_acts
from marchland.model.annotated import Name, PlaceName, Token
from marchland.model.ontology import PlaceKind, Sector, TieKind
from marchland.model.records import Participant
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.roles import RoleFinder
from marchland.reading.tie_company import ARMED, Company, Sides, arm, plausible, who
from marchland.reading.tie_finder import TieTrigger
from marchland.reading.tie_slots import NOMINAL, NOT_OWN, SlotFinder

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
_UNSETTLED = (PlaceKind.SEA, PlaceKind.AIRSPACE)
_CEDED = frozenset(
    {TieKind.BASE, TieKind.OUTPOST, TieKind.PRESENCE, TieKind.CONCESSION, TieKind.TRANSIT, TieKind.INVESTMENT}
)  # what a host grants
_MENDED = frozenset({TieKind.TERRITORY, TieKind.SECURITY_FINANCE, TieKind.CONCESSION, TieKind.TRANSIT})
_VAGUE = frozenset(
    {"country", "state", "republic", "nation", "side", "neighbour", "neighbor", "latter", "former"}
)  # anaphors
_MENDED_CONFIDENCE = 0.6  # confidence that remains where only the reach of two states tells power from host
_FAR = 0.8  # confidence that remains where a side was found outside the grammar of the tie's own words


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
        self.slots = SlotFinder(tree, clauses, names)

    def find(self, trigger: TieTrigger, sentence: int) -> list[Sides]:
        """The sides of a tie; several powers in one phrase ("French and American bases") are several ties."""
        slots = self.slots.of(trigger)
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
            out += [
                Sides(power, host, (), weak * host_weak)
                for host in (hosts[:3] if len(powers) < 2 else hosts[:1])
                if power is None or plausible(e.kind, power, host, slot, weak * host_weak)
            ]
            if not hosts and not (power and e.kind is TieKind.CLAIM_OF_SPHERE and arm(power) < 2):
                out.append(Sides(power, None, (), weak))
        if e.kind in _MENDED and not any(s.power and s.host for s in out):
            return self._mended(trigger) or out
        return out

    def _mended(self, trigger: TieTrigger) -> list[Sides]:
        """Where grammar gives no sense and the sentence names two states of unequal reach: the larger has the tie."""
        states = self._others(trigger, set())
        if len(states) != 2 or arm(states[0]) == arm(states[1]):
            return []
        host, power = sorted(states, key=arm)
        return [Sides(power, host, (), _MENDED_CONFIDENCE)]

    def _power_by_host(
        self, trigger: TieTrigger, slots: dict[str, list[Token]], sentence: int
    ) -> tuple[list[Participant], float]:
        """The power of a tie whose words tell only the host: a party of the sentence that reaches at least as far."""
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
            states = self._others(trigger, set())
        weak = 1.0
        if trigger.entry.pair and len(states) < 2 and not bodies and "document" in trigger.entry.frame.members:
            extra = (
                self._others(trigger, {p.country for p in states})
                if states and "sentence" in trigger.entry.frame.members
                else []
            )
            states += extra[:1]
            missing = 0 if self._several() else 2 - len(states)
            more = self.company.partners({p.country for p in states}, sentence)[: max(missing, 0)]
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
        if trigger.entry.kind is TieKind.MEMBERSHIP and len(bodies) > 1 and trigger.entry.body:
            return [Sides(None, None, (*states, b), weak) for b in bodies]
        return [Sides(None, None, tuple(states + bodies[:1]), weak)]

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

    def _several(self) -> bool:
        """ "Six states sign": more than two sides, whom the sentence does not name."""
        counted = (t for t in self.tree.tokens if t.tag == "CD" and t.lemma not in ("two", "2", "one", "1"))
        return any(self.tree.tokens[t.head].lemma in _VAGUE for t in counted)

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
                if trigger.entry.kind in ARMED and self._in_region(trigger):
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
            names = [self._meant(n) for n in self.roles.parties(t) if self.usable(n)]
            out += [self.participant(n) for n in names]
            if place and not names:
                near = [t, *self.tree.having(t.index, *NOMINAL, "poss", "appos")]
                if t.tag == "CD":  # "ninety per cent of Mongolia's exports"
                    near += list(self.tree.subtree(t.index))
                under = [o for x in self.tree.having(t.index, "prep") for o in self.tree.having(x.index, "pobj")]
                near += [x for o in under for x in (o, *self.tree.having(o.index, "poss"))]
                out += [
                    self.from_place(p)
                    for x in near
                    for p in self.places.get(x.index, ())
                    if p.country and p.kind not in _UNSETTLED
                ][:1]
                if not out:
                    out += [
                        self.participant(n)
                        for x in near
                        for n in self.names.get(x.index, ())
                        if n.country and self.usable(n)
                    ][:1]
        return _distinct(out)

    def usable(self, n: Name) -> bool:
        """A state or body that may be a side: not the UN, nor "the country", which the document's subject settles."""
        if not (n.country or n.org) or n.org == "UN" or (n.kind == "pronoun" and not n.country):
            return False
        return not (n.kind == "agent" and n.resolved in NOT_OWN and self.tree.tokens[n.head].lemma in _VAGUE)

    def _of_border(self, t: Token) -> list[Participant]:
        """Whose border: its owner's; of "the Afghan border" alone that of the state the document is about."""
        if self.tree.first(t.index, "poss") or any(p == "with" for p, _ in self.tree.pobjs(t.index)):
            return [
                self.participant(self._meant(n))
                for c in self.tree.having(t.index, "poss", *NOMINAL)
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
        """Countries under a preposition of place: in the noun phrase, beside its verb, else in the sentence."""
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
                found += [self.from_place(p) for p in self.places.get(i, ()) if p.country and p.kind not in _UNSETTLED]
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
            found += [self.participant(n) for n in self.names.get(i, ()) if n.country and self.usable(n)]
            found += [self.from_place(p) for p in self.places.get(i, ()) if p.country and p.kind not in _UNSETTLED]
        return _distinct([p for p in found if p.country not in used])

    def from_place(self, p: PlaceName) -> Participant:
        """The state that a named place lies in, as a side of a tie."""
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


def _place_like(found: list[Participant]) -> bool:
    return all(p.resolved == "place" for p in found)


def _distinct(found: list[Participant]) -> list[Participant]:
    out: list[Participant] = []
    for p in found:
        if who(p) and not any(who(p) == who(o) for o in out):
            out.append(p)
    return out
