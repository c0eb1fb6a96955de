"""Which phrases of a sentence name political parties, and whose are they?

A phrase takes its country from its own words first ("Chinese border guards", "Israel's army", "police in Nairobi"), then
from what stands near it; `resolved` says from where. Phrases without any country stay bare for `infer`.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from marchland.annotate.gazetteer import Entity, Mark
from marchland.annotate.laid import Placed, embodied, lay, namesake
from marchland.annotate.offices import ended, sector_of, term_meant
from marchland.lexicon.actors import seat_sectors
from marchland.lexicon.schema import Leader
from marchland.lexicon.verbs import classes
from marchland.model.annotated import Name, Sentence, Token
from marchland.model.document import Span
from marchland.model.ontology import Sector
from marchland.model.tree import NAME_MODIFIERS, Tree

_OF_PREPOSITIONS = ("of", "in", "from", "for", "at", "near", "on")
_LOCATIVES = frozenset(
    {"in", "near", "at", "from", "to", "of", "around", "outside", "into", "on", "across", "toward", "towards"}
)
_PLAIN_SECTORS = frozenset(
    {Sector.GOV, Sector.CVL, Sector.UNK, Sector.EDU, Sector.PTY, Sector.UAF}
)  # a body's own people take its sector
_GENERIC = frozenset(
    "leader chief head official member spokesman spokeswoman commander representative delegate figure source group".split()
)
_GROUP_WORDS = {
    "military": Sector.MIL, "rebel": Sector.REB, "militant": Sector.REB, "guerrilla": Sector.REB, "insurgent": Sector.REB,
    "opposition": Sector.OPP, "police": Sector.COP, "religious": Sector.REL, "tribal": Sector.SOC, "union": Sector.LAB,
    "business": Sector.BUS, "separatist": Sector.REB, "parliamentary": Sector.LEG, "judicial": Sector.JUD, "intelligence": Sector.SPY,
}  # fmt: skip
_TITLED = frozenset(
    {Sector.LEG, Sector.MIL, Sector.OPP, Sector.REL, Sector.JUD, Sector.REB, Sector.PTY}
)  # a title's own word goes before the office
_WITHIN = frozenset("in between over near through across along throughout around off inside within above".split())
_COUNTRY_KINDS = ("country", "demonym", "combining", "capital", "seat")


@dataclass(slots=True)
class Memory:
    """What a document has named so far."""

    when: date | None
    countries: frozenset[str] = frozenset()  # every country the document names
    states: frozenset[str] = frozenset()  # those told by their own name or their people's, not by a capital alone
    people: dict[str, Name] = field(default_factory=dict)  # surname -> the fuller mention
    named: list[Name] = field(default_factory=list)  # every name with a country, in order


class Namer:
    """Builds the names of one sentence."""

    def __init__(self, sentence: Sentence, marks: list[Mark], memory: Memory) -> None:
        self.sentence = sentence
        marks = [m for m in (namesake(m, memory.countries) for m in marks) if m]
        self.tree = Tree(sentence.tokens)
        self.memory = memory
        laid = [embodied(p, self.tree, memory.states) for p in lay(marks, self.tree)]
        self.placed = [p for p in laid if self._plausible(p)]
        self.at: dict[int, Placed] = {i: p for p in self.placed for i in range(p.first, p.last + 1)}
        self.absorbed: set[int] = set()  # heads of marks that only describe another party

    # ---- which marks are meant as names ----

    def _plausible(self, p: Placed) -> bool:
        tokens = self.tree.tokens
        head, first = tokens[p.head], tokens[p.first]
        entity = p.mark.entities[0]
        if entity.kind == "agent":
            return head.tag.startswith(("NN", "JJ")) or head.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "compound")
        before = tokens[p.first - 1] if p.first else None
        stranger = before is not None and before.tag == "NNP" and before.text[:1].isupper() and before.head == p.head
        if entity.kind == "place":
            return self._plausible_place(p, entity, before, stranger=stranger)
        if entity.ambiguous and stranger and p.first == p.last and not self._is_title(before):
            return entity.kind == "person" and any(before is not None and before.text in x.name for x in entity.leaders)
        if entity.kind == "person" and entity.ambiguous:
            return first.tag.startswith("NN") and head.tag != "NNS"
        return not entity.ambiguous or first.tag.startswith(("NNP", "JJ")) or first.text[:1].isupper()

    def _plausible_place(self, p: Placed, entity: Entity, before: Token | None, *, stranger: bool) -> bool:
        if not self.tree.tokens[p.first].text[:1].isupper():
            return False
        if entity.ambiguous or stranger:
            return before is not None and before.text.lower() in _LOCATIVES
        return True

    @staticmethod
    def _is_title(token: Token | None) -> bool:
        return token is not None and token.text.lower() in (
            "president", "minister", "premier", "chancellor", "king", "general", "secretary", "ambassador", "envoy", "leader",
        )  # fmt: skip

    # ---- building names ----

    def names(self) -> list[Name]:
        """All parties of the sentence, in order of offset."""
        out: list[Name] = []
        out += self._agents_and_people()
        for p in self.placed:
            if p.head in self.absorbed:
                continue
            entity = p.mark.get(*_COUNTRY_KINDS, "org", "person")
            if entity is None or p.mark.entities[0].kind in ("agent", "place"):
                continue
            if any(n.head == p.head for n in out) or self._is_ground(p):
                continue
            out.append(self._from_mark(p, p.mark.entities[0]))
        out.sort(key=lambda n: (n.span.start, n.span.end))
        return out

    def _is_ground(self, p: Placed) -> bool:
        """ "in Japanese airspace": an adjective that only says whose ground it is names no party."""
        token = self.tree.tokens[p.head]
        head = self.tree.tokens[token.head]
        if token.dep == "conj":
            token, head = head, self.tree.tokens[head.head]
        if token.dep not in NAME_MODIFIERS or head.dep != "pobj" or head.lemma not in classes()["ground"]:
            return False
        return self.tree.tokens[head.head].lemma in _WITHIN

    def _agents_and_people(self) -> list[Name]:
        out: list[Name] = []
        tokens = self.tree.tokens
        for t in tokens:
            here = self.at.get(t.index)
            if here and here.head != t.index:
                continue
            if not t.tag.startswith(("NN", "JJ")) or not self._is_nominal(t):
                continue
            if here and here.mark.entities[0].kind == "agent":
                if not self._is_title_of_other(t):
                    out += self._agent(t, here.mark.entities[0])
            elif t.tag == "NNP" and (here is None or here.mark.entities[0].kind == "person"):
                found = self._person(t, here)
                if found:
                    out.append(found)
            elif here and here.mark.entities[0].kind == "org":
                entity = here.mark.entities[0]
                self._absorb_modifiers(t.index)
                out.append(self._from_mark(here, entity))
        return out

    @staticmethod
    def _is_nominal(t: Token) -> bool:
        return t.tag.startswith("NN") or t.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos")

    def _is_title_of_other(self, t: Token) -> bool:
        """Is this agent noun only the title or the kind of another party ("President Putin", "government troops")?"""
        if t.dep not in ("compound", "nmod", "amod", "appos"):
            return False
        head = self.tree.tokens[t.head]
        there = self.at.get(head.index)
        if t.dep == "appos":
            return head.tag == "NNP" and (there is None or there.mark.entities[0].kind == "person")
        if there is not None:
            return there.mark.entities[0].kind in ("agent", "person", "org") and head.index > t.index
        return head.tag == "NNP" and head.index > t.index

    def _span(self, index: int, left: int | None = None) -> Span:
        tokens = self.tree.tokens
        edge = self.tree.left_edge(index) if left is None else left
        here = self.at.get(index)
        last = here.last if here else index
        while edge < index and tokens[edge].dep == "det":
            edge += 1
        return Span(start=tokens[edge].start, end=tokens[max(last, index)].end)

    def _agent(self, t: Token, entity: Entity) -> list[Name]:
        agent = entity.agent
        assert agent is not None
        found = self._owner(t.index)
        sector = self._group_sector(t) if agent.words[-1] in _GENERIC else agent.sector
        sector = sector or agent.sector
        if found.org_sector is not None and sector in _PLAIN_SECTORS:
            sector = found.org_sector
        elif found.seat and sector in (Sector.EDU, Sector.UNK, Sector.LAB):
            sector = Sector.GOV
        base = Name(
            span=self._span(t.index),
            sentence=self.sentence.index,
            head=t.index,
            kind="agent",
            country=None,
            org=found.org,
            sector=sector,
            office=" ".join(agent.words) if agent.kind == "person" and not entity.plural else None,
            resolved="bare",
            political=agent.political or bool(found.countries) or bool(found.org),
        )
        if not found.countries:
            return [replace(base, resolved="named" if found.org else "bare")]
        return [replace(base, country=c, resolved=found.how) for c in found.countries]

    def _group_sector(self, t: Token) -> Sector | None:
        """A leader, official or member takes the sector of the group before the word: "rebel commander", "police chief"."""
        for child in self.tree.having(t.index, *NAME_MODIFIERS):
            here = self.at.get(child.index)
            entity = here.mark.get("agent") if here else None
            if entity is not None and entity.agent is not None:
                return entity.agent.sector
            if child.lemma in _GROUP_WORDS:
                return _GROUP_WORDS[child.lemma]
        return None

    def _person(self, t: Token, here: Placed | None) -> Name | None:
        """A personal name: a known leader, a titled stranger, or someone the document has named before."""
        tokens = self.tree.tokens
        left = self.tree.left_edge(t.index)
        title = self._title(t)
        if here is not None:
            leaders = here.mark.entities[0].leaders
            agent = title.mark.entities[0].agent if title else None
            term = term_meant(leaders, " ".join(agent.words) if agent else None, self.memory.when)
            self._absorb_modifiers(t.index)
            return self._leader(t, here, term, title)
        surname = t.text
        if title is None:
            known = self.memory.people.get(surname)
            if known is None or t.dep in ("compound", "amod", "nmod"):
                return None
            return replace(
                known,
                span=self._span(t.index, left),
                sentence=self.sentence.index,
                head=t.index,
                resolved="coreference",
            )
        agent = title.mark.entities[0].agent
        assert agent is not None
        owner = self._owner(t.index)
        if not owner.countries and title.head != t.index:
            owner = self._owner(title.head)
        self.absorbed.add(title.head)
        words = [x.text for x in tokens[left : t.index + 1] if x.tag == "NNP" and x.index not in self.at]
        sector = owner.org_sector if owner.org_sector is not None and agent.sector in _PLAIN_SECTORS else agent.sector
        name = Name(
            span=self._span(t.index, left),
            sentence=self.sentence.index,
            head=t.index,
            kind="person",
            country=owner.countries[0] if owner.countries else None,
            org=owner.org,
            sector=sector,
            person=" ".join(words) or surname,
            office=" ".join(agent.words),
            resolved=owner.how if owner.countries or owner.org else "bare",
            political=True,
        )
        self.memory.people[surname] = name
        return name

    def _title(self, t: Token) -> Placed | None:
        """The agent noun that titles a person: before the name, in apposition, or as what the name stands in apposition to."""
        near = [c.index for c in self.tree.children[t.index] if c.dep in (*NAME_MODIFIERS, "appos", "nsubj")]
        if t.dep == "appos":
            near.append(t.head)
        for i in near:
            here = self.at.get(i)
            if here and here.mark.entities[0].kind == "agent":
                agent = here.mark.entities[0].agent
                if agent and agent.kind == "person":
                    return here
        return None

    def _leader(self, t: Token, here: Placed, term: Leader, title: Placed | None) -> Name:
        day = self.memory.when
        former = day is not None and ended(term, day)
        sector = sector_of(term)
        told = title.mark.entities[0].agent if title else None
        if told is not None and told.sector in _TITLED:
            sector, former = told.sector, False
        name = Name(
            span=Span(start=self.tree.tokens[here.first].start, end=self.tree.tokens[here.last].end),
            sentence=self.sentence.index,
            head=t.index,
            kind="person",
            country=term.iso3,
            org=term.org,
            sector=Sector.ELI if former else sector,
            person=term.name,
            office=None if former else term.office,
            resolved="office" if day else "named",
        )
        self.memory.people[term.name.split()[-1]] = name
        return name

    def _from_mark(self, p: Placed, entity: Entity) -> Name:
        sector = entity.org.sector if entity.kind == "org" and entity.org else Sector.GOV
        if entity.kind == "seat":
            sector = seat_sectors().get(p.mark.text, Sector.GOV)
        token = self.tree.tokens[p.head]
        if entity.kind == "demonym" and token.tag in ("NNPS", "NNS"):
            sector = Sector.CVL
        elif token.dep in NAME_MODIFIERS and self.tree.tokens[token.head].lemma in _arms():
            sector = Sector.MIL
        return Name(
            span=Span(start=self.tree.tokens[p.first].start, end=self.tree.tokens[p.last].end),
            sentence=self.sentence.index,
            head=p.head,
            kind=entity.kind,
            country=entity.country,
            org=entity.org.id if entity.org else None,
            sector=sector,
            resolved="named",
            political=not (entity.org and entity.org.kind == "media"),
        )

    # ---- whose is it ----

    @dataclass(slots=True)
    class Owner:
        """The countries and the organisation that a phrase's own words give it."""

        countries: list[str] = field(default_factory=list)
        org: str | None = None
        org_sector: Sector | None = None
        how: str = "named"
        seat: bool = False  # told by a seat of government

    def _absorb_modifiers(self, index: int) -> None:
        for t in self.tree.subtree(index):
            here = self.at.get(t.index)
            if here and t.index != index and t.dep in NAME_MODIFIERS:
                self.absorbed.add(here.head)

    def _owner(self, index: int) -> "Namer.Owner":
        owner = Namer.Owner()
        self._owner_left(index, owner)
        pronoun = any(c.tag == "PRP$" for c in self.tree.children[index])  # "its embassy in Honiara" is not Honiara's
        if not owner.countries and not owner.org and not pronoun:
            self._owner_right(index, owner)
        return owner

    def _owner_left(self, index: int, owner: "Namer.Owner") -> None:
        for child in self.tree.children[index]:
            if child.dep not in NAME_MODIFIERS or child.index > index:
                continue
            for t in self.tree.conjuncts(child.index):
                here = self.at.get(t.index)
                if here is not None:
                    self._take(here, owner, "possessive" if child.dep == "poss" else "adjective")
                elif "-" in t.text:
                    self._led(t, owner)
                self._owner_left(t.index, owner)

    def _led(self, t: Token, owner: "Namer.Owner") -> None:
        """ "U.S.-led", "Saudi-backed": the first part is the owner only where it leads or is the whole."""
        from marchland.annotate.gazetteer import gazetteer, words

        stem, _, tail = t.text.rpartition("-")
        if tail.lower() in ("led", "based", "born", "registered", "flagged", "owned", "run"):
            for mark in gazetteer().find(words(stem, 0, len(stem))):
                entity = mark.get(*_COUNTRY_KINDS, "org")
                if entity:
                    if entity.country:
                        owner.countries.append(entity.country)
                    elif entity.org:
                        owner.org, owner.org_sector = entity.org.id, entity.org.sector

    def _owner_right(self, index: int, owner: "Namer.Owner") -> None:
        for prep in self.tree.having(index, "prep"):
            if prep.lemma not in _OF_PREPOSITIONS:
                continue
            for obj in self.tree.having(prep.index, "pobj"):
                for t in self.tree.conjuncts(obj.index):
                    here = self.at.get(t.index)
                    if here is not None and here.mark.entities[0].kind != "agent":
                        how = "possessive" if prep.lemma == "of" else "place"
                        self._take(here, owner, how, absorb=prep.lemma in ("of", "from"))
            if owner.countries or owner.org:
                return

    def _take(self, here: Placed, owner: "Namer.Owner", how: str, *, absorb: bool = True) -> None:
        entity = here.mark.entities[0]
        if entity.kind == "agent":
            return
        if absorb:
            self.absorbed.add(here.head)
        if entity.org is not None and owner.org is None and entity.org.kind != "media":
            owner.org, owner.org_sector = entity.org.id, entity.org.sector
        owner.seat = owner.seat or entity.kind == "seat"
        country = entity.country
        if entity.kind == "person" and entity.leaders:
            country = term_meant(entity.leaders, None, self.memory.when).iso3
        if country and country not in owner.countries:
            owner.countries.append(country)
            owner.how = "place" if entity.kind == "place" else how


@cache
def _arms() -> frozenset[str]:
    """Nouns whose owner acts as a military: "Turkish warplanes", "Israeli army outposts"."""
    known = classes()
    return frozenset().union(
        *(
            known.get(c, frozenset())
            for c in ("weapon", "force", "ground_force", "missile", "munition", "warcraft", "aircraft")
        )
    )
