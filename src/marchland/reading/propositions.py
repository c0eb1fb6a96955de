"""Which clauses of a sentence weigh, claim or foretell, on which words, and on whose word?

One statement at most for each clause: a forecast before a judgement before a claim. An announced act is a planned event and no
forecast; what could have been is a judgement and no forecast; a clause that only carries on what the one above it says is folded in.
"""

from collections.abc import Iterator, Sequence

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Name, Time
from marchland.model.ontology import EventType, HolderKind, Sector, Status, TieKind
from marchland.model.records import AnyRecord, Event, Holder, Tie
from marchland.model.tree import Tree
from marchland.reading.readings import Proposition, readings
from marchland.reading.statement_odds import hedged, inside, likely
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import Unit, framed, holder_of, inherited, named_holder, owner_of
from marchland.reading.told_at import Scene, Told
from marchland.reading.viewpoints import spoken_of, viewers

_KINDS = frozenset({"judgement", "claim", "forecast", "silence"})  # what is silent is no statement
_LOWER = frozenset({"advcl", "relcl", "acl", "ccomp", "pcomp", "csubj"})
_FREE = frozenset({"may", "might", "could", "would", "'d"})  # modals that foretell in a clause of its own alone
_WEAK = 0.6  # entries below this tell a statement only where no event or tie is told in the same clause
_BESIDE = 0.7  # weaker words beside a verb of saying weigh nothing of their own
_EXPERT = 0.65  # weaker words make what a group says no judgement but a claim
_PERSON = frozenset({"he", "she", "i", "we"})  # how a person calls himself and his side
_BODY = frozenset({"it", "they", "we"})  # how a state or body is called
_OFFICIALS = frozenset(
    {
        Sector.GOV,
        Sector.MIL,
        Sector.LEG,
        Sector.PTY,
        Sector.OPP,
        Sector.COP,
        Sector.SPY,
        Sector.JUD,
        Sector.REB,
        Sector.ELI,
    }
)


class Propositions:
    """Finds the propositions of one document, sentence after sentence; remembers who spoke last."""

    def __init__(self, times: dict[int, list[Time]]) -> None:
        self.times = times
        self.speaking: Holder | None = None  # whose quotation is still open
        self.body: Holder | None = None  # the state or body of which the last sentence spoke: "it says"
        self.last: Holder | None = None  # the person who was named last as a speaker: "in his view", "she expects"

    def of(self, scene: Scene, before: Sequence[Told]) -> Iterator[Proposition]:
        """The statements of one sentence; `before` is what the sentences before it told last."""
        for unit in scene.units.values():
            unit.frame, unit.holder, unit.matches = None, None, []
        matches = scene.finder.find(_KINDS)
        silent = {owner_of(scene.tree, m.head, scene.units) for m in matches if m.entry.kind == "silence"}
        holding = framed(scene.tree, scene.finder, scene.units, [m for m in matches if m.entry.frame])
        for match in matches:
            owner = owner_of(scene.tree, match.head, scene.units)
            if owner is None or owner in silent or _spent(scene, match, owner, holding):
                continue
            if match.entry.holder == "by" and not self._credits(scene, match, owner):
                continue
            scene.units[owner].matches.append(match)
        self._quotations(scene)
        for unit, holder in list(viewers(scene)):
            unit.holder = holder
        self._persons(scene)
        _groups(scene)
        inherited(scene.units)
        chosen = [p for u in scene.units.values() if (p := self._chosen(scene, u, before)) is not None]
        self._remembered(scene)
        for p in _unfolded(scene, chosen):
            yield from readings(scene, p)

    # ---- whose word ----

    def _credits(self, scene: Scene, match: Match, owner: int) -> bool:
        """ "according to X": X holds the clause; no claim where it tells an act, which carries X as its own holder."""
        holder = holder_of(scene.tree, scene.finder, match) or (
            self.last if any(t.tag == "PRP$" for t in scene.tree.tokens[match.first : match.last]) else None
        )
        if holder is None:
            return False
        unit = scene.units[owner]
        unit.holder = unit.holder or holder
        return not any(_core(scene, unit, x.index) for x in scene.told)

    def _quotations(self, scene: Scene) -> None:
        """A quotation that runs over several sentences keeps its speaker."""
        spoken = next((u.holder for u in scene.units.values() if u.holder is not None), None)
        texts = [t.text for t in scene.tree.tokens]
        if self.speaking is not None and spoken is None and "“" not in texts[:2]:
            for unit in scene.units.values():
                unit.holder = self.speaking
        opened = texts.count("“") - texts.count("”")
        if opened > 0:
            self.speaking = spoken or self.speaking
        elif opened < 0 or self.speaking is None or "”" in texts:
            self.speaking = None

    def _persons(self, scene: Scene) -> None:
        """Who "he" and "she" are: the person who spoke last."""
        for unit in scene.units.values():
            holder = unit.holder
            if holder is None or holder.kind is not HolderKind.SPEAKER or not holder.name:
                continue
            if holder.name.lower() in ("he", "she"):
                unit.holder = self.last or holder
            elif holder.name.lower() == "it":
                unit.holder = self.body or holder
            elif " " in holder.name and holder.name[0].isupper():
                self.last = holder

    def _remembered(self, scene: Scene) -> None:
        """Of whom a sentence speaks, for "she" and "it" of the next."""
        told = spoken_of(scene)
        if told is not None and told[1]:
            self.last = told[0]
        elif told is not None:
            self.body = told[0]

    # ---- what kind ----

    def _chosen(self, scene: Scene, unit: Unit, before: Sequence[Told]) -> Proposition | None:
        acts = self._acts(scene, unit)
        asks = any(
            c.dep == "mark" and c.lemma in ("whether", "if") and unit.dep == "ccomp"
            for c in scene.tree.children[unit.head]
        )
        fits = [m for m in unit.matches if m.entry.strength >= (_BESIDE if asks else _WEAK) or not (acts or asks)]
        if asks:
            fits = [m for m in fits if m.entry.kind == "judgement"]
        foretold = [m for m in fits if m.entry.kind == "forecast" and not self._scheduled(scene, unit, m, acts, before)]
        weighed = [m for m in fits if m.entry.kind == "judgement"]
        held = [m for m in fits if m.entry.kind == "claim"]
        frame = unit.frame
        if frame is not None and frame.entry.kind == "forecast":
            return _made("forecast", unit, frame)
        first = next((m for m in held if m.entry.id == "claim.first"), None)
        best = _best(foretold) if foretold else None
        if best is not None and (first is None or best.entry.id != "forecast.will"):
            unreal = best.entry.id == "forecast.would" and _counterfactual(scene.tree, unit)
            return _made("judgement" if unreal else "forecast", unit, best)
        if frame is not None and frame.entry.kind == "judgement":
            return None if asks else _made("judgement", unit, frame)
        if unit.holder is not None:
            return None if asks and not weighed else self._spoken(scene, unit, weighed, held)
        found = _best(weighed) if weighed else None
        claim = first or (_best(held) if held else None)
        if found is not None and (claim is None or found.entry.strength >= claim.entry.strength):
            return _made("judgement", unit, found)
        return _made("claim", unit, claim) if claim is not None else None

    @staticmethod
    def _acts(scene: Scene, unit: Unit) -> list[AnyRecord]:
        """Acts and ties told in a clause; what is agreed or announced is the act's own content."""
        acts = [x.record for x in scene.told if x.index in unit.tokens]
        if not acts and unit.dep == "ccomp" and unit.frame is None and unit.above is not None:
            above = scene.units[unit.above].tokens
            acts = [x.record for x in scene.told if x.index in above and x.record.status is Status.PLANNED]
        return acts

    def _spoken(self, scene: Scene, unit: Unit, weighed: list[Match], held: list[Match]) -> Proposition | None:
        """What somebody says: a judgement of who weighs for a living, else a claim; nothing where an act is told."""
        expert = self._weighs(scene, unit)
        told = any(_core(scene, unit, x.index) for x in scene.told)
        marked = [*held, *weighed]
        if told and not any(m.entry.strength >= _WEAK for m in marked):
            return None
        if weighed and expert and (expert == "person" or _best(weighed).entry.strength >= _EXPERT):
            return _made("judgement", unit, _best(weighed))
        if expert == "person" and unit.frame is not None and not held and not told:
            return _made("judgement", unit, unit.frame)
        match = unit.frame or (_best(marked) if marked else None)
        return _made("claim", unit, match) if match is not None else None

    @staticmethod
    def _weighs(scene: Scene, unit: Unit) -> str | None:
        """Is the holder a group, or a person without any office? Officials and states claim."""
        if unit.holder is None or unit.holder.kind is HolderKind.SOURCE:
            return None
        if unit.holder.kind is HolderKind.GROUP:
            return "group"
        frame = unit.frame
        subject = scene.finder.subject(scene.tree.tokens[frame.head]) if frame is not None else None
        found: list[Name] = scene.names.get(subject.index, []) if subject is not None else []
        if any(n.office or n.sector in _OFFICIALS for n in found) or not unit.holder.name:
            return None
        person = (
            any(n.kind == "person" for n in found) or (subject is not None and subject.tag == "NNP") or subject is None
        )
        return "person" if person and " " in unit.holder.name else None

    def _scheduled(
        self, scene: Scene, unit: Unit, match: Match, acts: Sequence[AnyRecord], before: Sequence[Told]
    ) -> bool:
        """Is what "will" happen an act that was announced, or pledged by its own subject? Then it is no forecast."""
        modal = scene.tree.tokens[match.first].lemma if len(match.tokens) == 1 else ""
        if modal in _FREE and unit.dep in ("relcl", "acl"):
            return True
        if any(_agrees(x) and x.index == unit.above for x in scene.told):
            return True  # "agreed that both will continue to ...": the agreement's own content
        planned = [
            r for r in acts if r.status is Status.PLANNED and not (isinstance(r, Tie) and r.kind is TieKind.DEPENDENCE)
        ]
        if unit.holder is not None and match.entry.id in ("forecast.will", "forecast.would"):
            if planned or _pledges(scene, unit):
                return True
        if not match.entry.scheduled:
            return unit.holder is not None and bool(planned)
        if planned and not likely(inside(hedged(scene.tree.tokens), unit.tokens)):
            return True
        verb = scene.tree.tokens[unit.head]
        if verb.lemma not in statement_classes()["program"]:
            return False
        dated = any(t.head in unit.tokens for t in self.times.get(scene.sentence.index, []))
        expected = any(x.record.status is Status.PLANNED for x in before)
        subject = scene.finder.subject(verb)
        again = subject is not None and any(
            c.lemma in ("this", "these", "the") for c in scene.tree.children[subject.index]
        )
        return dated or (expected and again)


# ---- small questions ----


def _groups(scene: Scene) -> None:
    """ "Few in Canberra believe him": what a group thinks is its own."""
    classes = statement_classes()
    for unit in scene.units.values():
        verb = scene.tree.tokens[unit.head]
        if unit.holder is None and verb.lemma in classes["think"] | classes["say"] | {"agree"}:
            subject = scene.finder.subject(verb)
            if subject is not None and subject.lemma in classes["analyst"]:
                holder = named_holder(scene.tree, scene.finder, subject)
                unit.holder = holder if holder is not None and holder.kind is HolderKind.GROUP else None


def _agrees(told: Told) -> bool:
    r = told.record
    return isinstance(r, Event) and r.event_type is EventType.AGREE and r.status is Status.PLANNED


def _best(found: Sequence[Match]) -> Match:
    return max(found, key=lambda m: (m.entry.strength, len(m.tokens), -m.first))


def _made(kind: str, unit: Unit, match: Match) -> Proposition:
    return Proposition(kind, unit, match, (match.first, match.last), match.entry.strength)


def _spent(scene: Scene, match: Match, owner: int, holding: list[Match]) -> bool:
    """Do the words only hold another clause, or stand beside words that do?"""
    if any(h is match for h in holding):
        return True
    if any(h.entry is match.entry and owner_of(scene.tree, h.head, scene.units) == owner for h in holding):
        return True
    if match.entry.frame and match.entry.holder != "author":
        if match.entry.kind == "forecast":  # "she expects the town to fall"
            return scene.tree.first(match.head, "xcomp", "ccomp") is None
        return match.entry.holder != "group" or len(match.tokens) < 2
    speaks = any(h.entry.holder == "subject" and h.head == owner for h in holding)
    return speaks and match.entry.strength <= _BESIDE


def _core(scene: Scene, unit: Unit, index: int) -> bool:
    """Is a word the verb of the proposition, or its object: what it mainly tells?"""
    t = scene.tree.tokens[index]
    return index == unit.head or (t.head == unit.head and t.dep in ("dobj", "nsubjpass", "attr"))


def _pledges(scene: Scene, unit: Unit) -> bool:
    """ "Chad says that it will stay out": the speaker tells what he will do himself."""
    subject = scene.finder.subject(scene.tree.tokens[unit.head])
    if subject is None or unit.frame is None:
        return False
    if subject.tag == "PRP":
        person = unit.holder is not None and unit.holder.name is not None and " " in unit.holder.name
        return subject.lemma in (_PERSON if person and _named(scene, unit) else _BODY)
    told = {n.country for n in scene.names.get(subject.index, []) if n.country}
    return unit.holder is not None and unit.holder.country in told


def _named(scene: Scene, unit: Unit) -> bool:
    """Is the holder a person by name, and no state or body?"""
    subject = scene.finder.subject(scene.tree.tokens[unit.frame.head]) if unit.frame is not None else None
    if subject is None:
        return False
    found = scene.names.get(subject.index, [])
    return any(n.kind == "person" for n in found) or (not found and subject.tag == "NNP")


def _counterfactual(tree: Tree, unit: Unit) -> bool:
    """ "Had it kept its word, it would ...", "if it had listened ...": what did not come to be."""
    for clause in tree.having(unit.head, "advcl"):
        unreal = clause.tag in ("VBD", "VBN") and any(c.lemma in ("if", "have") for c in tree.children[clause.index])
        if unreal:
            return True
    return bool(tree.tokens) and tree.tokens[0].text == "Had"


def _unfolded(scene: Scene, found: list[Proposition]) -> list[Proposition]:
    """Leave out a subordinate clause that only carries on what the clause above it says."""
    by_head = {p.unit.head: p for p in found}
    out = []
    for p in found:
        above = by_head.get(p.unit.above) if p.unit.above is not None else None
        above = above or next(
            (o for o in found if o is not p and o.unit.frame is not None and o.unit.above == p.unit.above), None
        )
        one = above is not None and above.unit.holder == p.unit.holder and p.unit.frame is None
        lower = p.unit.dep in _LOWER or (p.unit.dep == "conj" and not _own_subject(scene.tree, p.unit.head))
        said = above is not None and above.unit.holder is not None and p.unit.dep == "advcl"
        if not (one and ((lower and above is not None and above.kind == p.kind) or said)):
            out.append(p)
    return out


def _own_subject(tree: Tree, head: int) -> bool:
    return tree.first(head, "nsubj", "nsubjpass", "expl", "csubj") is not None
