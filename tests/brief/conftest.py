"""The stores that the tests of briefs share: the demo's, and three made-up ones."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from marchland.api import read_all
from marchland.brief.compose import compose
from marchland.brief.material import Asked
from marchland.brief.model import Brief
from marchland.pipeline import Coder
from marchland.store import Store
from tests.brief.worlds import WORLDS, documents

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the shipped dispatches."""
    path = tmp_path_factory.mktemp("brief") / "demo.marchland"
    with as_file(files("marchland.demo").joinpath("corpus.jsonl")) as corpus, Store(path) as store:
        for document, reading in read_all([str(corpus)], unread=[], talk=lambda _: None):
            store.add(document, reading, now=NOW)
    return path


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A store for each made-up world, by host."""
    out = {}
    coder = Coder()
    for world in WORLDS:
        path = tmp_path_factory.mktemp("brief") / f"{world.host}.marchland"
        with Store(path) as store:
            for document, reading in coder(documents(world)):
                store.add(document, reading, now=NOW)
        out[world.host] = path
    return out


@pytest.fixture(scope="session")
def tajikistan(demo: Path) -> Iterator[Brief]:
    """The brief that the demo writes."""
    with Store(demo, read_only=True) as store:
        yield compose(store, Asked(host="TJK"), home=demo)
