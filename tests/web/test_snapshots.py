"""After a correction the page knows what reading the whole store again would tell it."""

import random
from pathlib import Path

import pytest

from marchland.store import Store
from marchland.web.reviewing import said
from marchland.web.site import site_of
from marchland.web.snapshot import taken
from marchland.web.writer import Writer
from tests.store.makers import crowd, drill
from tests.store.test_new_reading import corpus


@pytest.mark.parametrize("seed", range(12))
def test_picture_after_corrections_is_that_of_the_store_read_whole(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        for doc, read in (*crowd(chance), *corpus(chance, 8)):
            store.add(doc, read)
    with Store(path, read_only=True) as store:
        site, writer = site_of(store), Writer(path=path, by="Ann")
        assert len(site.now.events) > 0
        for turn in range(12):
            held = site.now
            records = [*held.events, *held.ties]
            if not records:
                said(site, writer, "undo", name="1", by="Ann")
                continue
            one = chance.choice(records)
            alike = [
                r
                for r in records
                if type(r) is type(one) and getattr(r, "kind", 0) == getattr(one, "kind", 0) and r is not one
            ]
            told = store.tellings(one.id)
            action = chance.choice(["accept", "reject", "edit", "merge", "split", "undo"])
            standing = [c for c in store.corrections() if c.standing]
            if action == "merge" and alike:
                said(site, writer, "merge", left=one.id, right=chance.choice(alike).id, by="Ann")
            elif action == "split" and len(told) > 1 and told[0].doc_id != told[-1].doc_id:
                said(site, writer, "split", left=told[0].id, right=told[-1].id, by="Ann")
            elif action == "undo" and standing:
                said(site, writer, "undo", name=str(chance.choice(standing).n), by="Ann")
            elif action == "edit":
                said(site, writer, "edit", record_id=one.id, changes={"where": chance.choice(["Khorog", ""])}, by="Ann")
            elif action == "accept":
                said(site, writer, "accept", record_id=one.id, by="Ann")
            else:
                said(site, writer, "reject", record_id=one.id, whole=turn % 2 == 0, by="Ann")
            whole = taken(store, site.now.state)
            assert site.now == whole


def test_what_another_process_wrote_in_between_is_seen_too(tmp_path: Path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        store.add(*drill(0))
    with Store(path, read_only=True) as store:
        site, writer = site_of(store), Writer(path=path, by="Ann")
        [seen] = site.now.events
        with Store(path) as other:
            other.add(*drill(1))
        said(site, writer, "accept", record_id=seen.id, by="Ann")
        assert site.now == taken(store, site.now.state)
        assert len(site.now.events[0].mentions) == 2
