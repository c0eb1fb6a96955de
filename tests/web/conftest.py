"""The served stores that the tests of the page share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marchland.store import Store
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
