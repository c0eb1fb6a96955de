"""The served stores that the tests of the page share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marchland.store import Store
from marchland.web.writer import Writer
from tests.web.makers import Served, fill, served


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("web") / "small.marchland"
    with Store(path) as store:
        ids = fill(store)
    with served(path, ids) as found:
        yield found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("web") / "empty.marchland"
    Store(path).close()
    with served(path, {}) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    """A page on which records can be corrected, with a store of its own."""
    path = tmp_path / "desk.marchland"
    with Store(path) as store:
        ids = fill(store)
    with served(path, ids, Writer(path=path, by="Ann")) as found:
        yield found
