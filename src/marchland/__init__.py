"""marchland: who holds sway where, open to the last sentence.

The verbs of the command line are functions here:

    import marchland as ml

    reading = ml.code("China handed over twelve vehicles to Tajik police.")
    with ml.Store("tajikistan.marchland") as store:
        ...
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marchland.api import code, documents, events, influence, ties
    from marchland.api_review import review
    from marchland.api_statements import links, silences, statements
    from marchland.documents import document
    from marchland.store import Store

__all__ = [
    "Store", "code", "document", "documents", "events", "export", "import_", "influence", "links", "review", "silences",
    "statements", "ties",
]  # fmt: skip

_HOME = {
    "Store": "marchland.store",
    "document": "marchland.documents",
    "export": "marchland.exchange.export",
    "import_": "marchland.exchange",
    "links": "marchland.api_statements",
    "review": "marchland.api_review",
    "silences": "marchland.api_statements",
    "statements": "marchland.api_statements",
}


def __getattr__(name: str) -> Any:
    """Load a verb when it is first used, so that importing marchland costs nothing."""
    if name in __all__:
        return getattr(import_module(_HOME.get(name, "marchland.api")), name)
    raise AttributeError(f"module 'marchland' has no attribute {name!r}")
