"""Every entry fires on its own sentence and keeps still on its near miss, on the rules alone."""

from functools import cache

import pytest

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.lexicon.schema import Entry
from marchland.lexicon.verbs import entries
from marchland.model.annotated import Annotated, Name
from marchland.model.tree import Tree
from marchland.reading.clauses import Clauses
from marchland.reading.roles import RoleFinder, Roles
from marchland.reading.triggers import Trigger, TriggerFinder

ENTRIES = entries()


@cache
def annotated() -> dict[str, Annotated]:
    """All example sentences, parsed together."""
    texts = [(f"{e.id}+", e.fires.text) for e in ENTRIES] + [(f"{e.id}-", e.near_miss) for e in ENTRIES]
    docs = Annotator()(document(text) for _, text in texts)
    return {key: doc for (key, _), doc in zip(texts, docs, strict=True)}


def allowed(doc: Annotated) -> list[tuple[Trigger, Roles]]:
    """What the rules propose with every restriction met, with the parties they find."""
    out = []
    for sentence in doc.sentences:
        tree = Tree(sentence.tokens)
        clauses = Clauses(tree)
        names: dict[int, list[Name]] = {}
        for name in doc.names:
            if name.sentence == sentence.index:
                names.setdefault(name.head, []).append(name)
        roles = RoleFinder(tree, clauses, names)
        found = TriggerFinder(tree, names, clauses.arguments).candidates()
        out += [(t, roles.find(t)) for t in found if t.allowed]
    return out


def test_entries_fire_on_their_own_sentence() -> None:
    silent = [
        e.id
        for e in ENTRIES
        if not any(t.entry.event_type is e.event_type for t, _ in allowed(annotated()[f"{e.id}+"]))
    ]
    assert silent == []


def codes(roles: Roles) -> set[str]:
    """Countries and bodies in either slot."""
    return {code for n in (*roles.actors, *roles.recipients) for code in (n.country, n.org) if code}


def wanted(entry: Entry) -> set[str]:
    """The parties that the example names."""
    return {code for code in (entry.fires.actor, entry.fires.recipient) if code}


def test_entries_find_a_party_of_their_example() -> None:
    lost = []
    for e in ENTRIES:
        found = [codes(r) for t, r in allowed(annotated()[f"{e.id}+"]) if t.entry.event_type is e.event_type]
        if wanted(e) and not any(wanted(e) & f for f in found):
            lost.append(e.id)
    assert lost == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_near_miss_is_no_event_of_that_type(entry: Entry) -> None:
    from marchland.reading.events import EventReader

    drafts = EventReader(annotated()[f"{entry.id}-"], "test", learned=False).drafts()
    hits = [d.event for d in drafts if d.event.event_type is entry.event_type and d.event.status.happened]
    assert hits == []
