"""Which two records do words join: of the clause that holds them, under them, as their subject, or told before?

Where a clause tells several records, the one nearest above the words in the tree is meant, and an act before a statement about it.
"""

from collections.abc import Iterable

from marchland.lexicon.statement_words import statement_classes
from marchland.model.annotated import Annotated, Token
from marchland.model.document import BlockKind
from marchland.model.ontology import Relation
from marchland.model.records import AnyRecord, Event, Statement
from marchland.reading.joining import joined
from marchland.reading.link_clause import AGREEMENTS, OPENING, first, first_told, listed, modified, near, told_of
from marchland.reading.link_fit import grounds, joinable, keys, sort
from marchland.reading.link_scope import below, object_noun
from marchland.reading.statement_phrases import Match
from marchland.reading.statement_units import owner_of
from marchland.reading.told_at import Scene, Scenes, Told

_UNREAD = (BlockKind.PUBLICATION, BlockKind.DATELINE)
_BETWEEN = (Relation.CONTRADICTS, Relation.RESPONDS_TO)  # relations of two clauses, never inside one
_BACK = 3  # sentences in which "before that" may look back
_LOOK_BACK = ("before", "object")  # sides that may lie in sentences before
_POINTING = frozenset({"this", "that", "these", "those", "the", "such", "its", "their"})
_ONE = frozenset({"one", "former", "latter", "first", "second"})  # "the one in Qatar": one of those told before


class EndFinder:
    """Finds both ends of the links that words tell in one document."""

    def __init__(self, doc: Annotated, scenes: Scenes) -> None:
        self.doc = doc
        self.scenes = scenes

    def of(self, scene: Scene, match: Match) -> tuple[AnyRecord, AnyRecord] | None:
        """The records from which and to which the link runs; None where one is not told, or both cannot be joined."""
        under = below(scene, match)
        entry = match.entry
        names = sorted((entry.goes_from, entry.goes_to), key=lambda name: name in _LOOK_BACK)
        sides: dict[str, AnyRecord | None] = {}
        for name in names:  # what is looked for further back is looked for by what stands here
            sides[name] = self._side(name, scene, match, under, next(iter(sides.values()), None))
        source, target = sides[entry.goes_from], sides[entry.goes_to]
        if source is not None and target is not None and source.id == target.id:
            source, target = self._apart(scene, match, under, source)
        if target is not None and not _denies(scene, match, target):
            return None
        if source is None or target is None or not joinable(match, source, target):
            return None
        return source, target

    def _apart(
        self, scene: Scene, match: Match, under: set[int], both: AnyRecord
    ) -> tuple[AnyRecord | None, AnyRecord | None]:
        """Where both sides lead to one record: the clause may tell another beside it."""
        if match.entry.goes_from == "clause":
            return near(scene, match, under, avoid=both.id), both
        if match.entry.goes_to == "before":
            return both, self._earlier(scene, match, both, inside=match.first > OPENING)
        if match.entry.goes_from == "before":
            return self._earlier(scene, match, both, inside=match.first > OPENING), both
        return None, None

    def _side(
        self, name: str, scene: Scene, match: Match, under: set[int], beside: AnyRecord | None
    ) -> AnyRecord | None:
        if name == "object":
            return self._object(scene, match, under, beside)
        if name == "subject":
            return self._subject(scene, match)
        if name == "self":
            return first([x for x in scene.told if x.index in match.tokens]) or self._agreed(scene)
        if name == "before":
            return self._earlier(scene, match, beside, inside=match.first > OPENING)
        return (
            listed(scene, match)
            or near(scene, match, under)
            or (
                first([x for x in scene.told if x.index in under])
                if "object" not in (match.entry.goes_from, match.entry.goes_to)
                else None
            )
        )

    # ---- under the words ----

    def _object(self, scene: Scene, match: Match, under: set[int], beside: AnyRecord | None) -> AnyRecord | None:
        found = [x for x in scene.told if x.index in under]
        if match.entry.goes_to == "self":
            return modified(scene, match) or near(scene, match, set(match.tokens))
        if match.entry.relation is Relation.CONTRADICTS:
            found = [x for x in found if isinstance(x.record, Statement)] or found
        return told_of(scene, first_told(found)) or self._pointed(scene, match, under, beside)

    def _pointed(self, scene: Scene, match: Match, under: set[int], beside: AnyRecord | None) -> AnyRecord | None:
        """ "in response to the decision": a definite noun that names no record of its own points back."""
        tokens = scene.tree.tokens
        noun = object_noun(scene, match)
        if noun is not None:
            definite = any(c.lemma in _POINTING and c.lemma != "such" for c in scene.tree.children[noun])
            return self._agreed(scene) if definite and match.entry.relation is Relation.CARRIES_OUT else None
        words = [tokens[i] for i in sorted(under)][:3]
        plain = match.entry.relation in (Relation.IN_RETURN_FOR, Relation.RESPONDS_TO)
        nouns = [
            t
            for t in words
            if t.tag.startswith("NN")
            and t.index not in scene.names
            and (plain or t.lemma in statement_classes()["act_noun"])
        ]
        if nouns and any(t.lemma in _POINTING for t in words):
            named = self._named_before(scene, nouns[-1])
            if named is not None:
                return named
            return self._earlier(scene, match, beside, inside=False)
        return None

    def _named_before(self, scene: Scene, noun: Token) -> AnyRecord | None:
        """ "in return for the posts": what the sentence tells that spoke of posts before, nearest to that word."""
        start = max(scene.sentence.index - _BACK, 0)
        for sentence in reversed(self.doc.sentences[start : scene.sentence.index]):
            at = [t.index for t in sentence.tokens if t.lemma == noun.lemma and t.tag.startswith("NN")]
            told = [x for x in self.scenes.at(sentence).told if x.rank < 2] if at else []
            if told:
                return min(told, key=lambda x: (x.rank, abs(x.index - at[-1]))).record
        return None

    # ---- as their subject ----

    def _subject(self, scene: Scene, match: Match) -> AnyRecord | None:
        verb = scene.tree.tokens[match.head]
        subject = scene.tree.first(verb.index, "nsubjpass") or scene.finder.subject(verb)
        if subject is None:
            return None
        area = {t.index for t in scene.tree.subtree(subject.index)}
        own = first([x for x in scene.told if x.index in area])
        if own is not None:
            return own
        if subject.lemma in _ONE:
            return self._chosen(scene, subject, area)
        pointing = subject.lemma in _POINTING or any(c.lemma in _POINTING for c in scene.tree.children[subject.index])
        return self._earlier(scene, match, None, inside=False) if pointing else None

    def _chosen(self, scene: Scene, subject: Token, area: set[int]) -> AnyRecord | None:
        """ "the one in Qatar": of what was told last, the record with a party or a place named in the phrase."""
        told = [n.country for i in area for n in scene.names.get(i, ())] + [scene.finder.grounds.get(i) for i in area]
        countries = {c for c in told if c}
        for found in self._back(scene):
            for x in [x for x in found if x.index < subject.index or x not in scene.told]:
                if x.rank < 2 and countries & grounds(x.record):
                    return x.record
        return None

    # ---- before ----

    def _back(self, scene: Scene) -> Iterable[list[Told]]:
        """What this sentence tells and those before it in the paragraph, the nearest first; in each what was told last.

        What other words join to an act of its sentence ("in return for a loan") comes after that act.
        """
        yield _latest(scene)
        start = max(scene.sentence.index - _BACK, 0)
        for sentence in reversed(self.doc.sentences[start : scene.sentence.index]):
            if sentence.tokens and sentence.block not in _UNREAD and sentence.paragraph >= scene.sentence.paragraph - 1:
                yield _latest(self.scenes.at(sentence))

    def _agreed(self, scene: Scene) -> AnyRecord | None:
        """The agreement told last before a sentence."""
        for n, found in enumerate(self._back(scene)):
            for x in found if n else []:
                if isinstance(x.record, Event) and x.record.event_type in AGREEMENTS:
                    return x.record
        return None

    def _earlier(self, scene: Scene, match: Match, beside: AnyRecord | None, *, inside: bool) -> AnyRecord | None:
        """The record told last before these words, one with a party of the record `beside` them before others."""
        statements = match.entry.relation is Relation.CONTRADICTS
        if inside:
            here = self._before_in(scene, match, beside)
            if here is not None:
                return here
        back = [found for n, found in enumerate(self._back(scene)) if n]
        said = [[x for x in found if isinstance(x.record, Statement)] for found in back]
        acts = [[x for x in found if not isinstance(x.record, Statement)] for found in back]
        for ranked in (said, acts) if statements else (acts, said):
            free = [x for found in ranked for x in found if beside is None or x.record.id != beside.id]
            shared = (x for x in free if beside is None or keys(x.record) & keys(beside))
            best = next(shared, free[0] if free else None)
            if best is not None:
                return best.record
        return None

    def _before_in(self, scene: Scene, match: Match, beside: AnyRecord | None) -> AnyRecord | None:
        """In the sentence itself: what the clause that carries this one tells, else what was told last."""
        owner = owner_of(scene.tree, match.head, scene.units)
        unit = scene.units[owner] if owner is not None else None
        between = unit.tokens if unit is not None and match.entry.relation in _BETWEEN else set()
        statements = match.entry.relation is Relation.CONTRADICTS
        here = [
            x
            for x in scene.told
            if x.index < match.first
            and (x.rank < 2 or statements)
            and x.index not in between
            and (beside is None or x.record.id != beside.id)
        ]
        carried = scene.units[unit.above].tokens if unit is not None and unit.above is not None else set()
        above = [x for x in here if x.index in carried and x.rank < 2]
        if above:
            return min(above, key=lambda x: (scene.finder.depth[x.index], -x.index)).record
        preferred = [x for x in here if isinstance(x.record, Statement)] if statements else here
        return (preferred or here)[-1].record if here else None


def _latest(scene: Scene) -> list[Told]:
    return sorted(scene.told, key=lambda x: (joined(scene.tree, x.index), -x.index))


def _denies(scene: Scene, match: Match, target: AnyRecord) -> bool:
    """Could the record told before be what is denied: of the sort that the denial's own clause tells, where it tells any?"""
    if match.entry.relation is not Relation.CONTRADICTS or match.entry.goes_to != "before":
        return True
    clauses = {t.index for c in scene.tree.having(match.head, "ccomp") for t in scene.tree.subtree(c.index)}
    told = [x.record for x in scene.told if x.index in clauses and x.rank < 2]
    if isinstance(target, Statement):
        return not told or bool(set(target.about) & {r.id for r in told})
    return not told or sort(target) in {sort(r) for r in told}
