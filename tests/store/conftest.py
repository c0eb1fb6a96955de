"""A store with three drills."""

import pytest

from marchland.store import Store
from tests.store.makers import drill


@pytest.fixture
def store():
    with Store.in_memory() as made:
        for n in range(3):
            made.add(*drill(n))
        yield made
