"""marchland: who holds sway where, open to the last sentence.

The verbs of the command line are functions here:

    import marchland as ml

    reading = ml.code("China handed over twelve vehicles to Tajik police.")
    with ml.Store("tajikistan.marchland") as store:
        ...
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marchland.api import code, documents, events, influence, ties
    from marchland.api_forecast import forecast
    from marchland.api_review import review
    from marchland.api_shifts import shifts
    from marchland.api_statements import links, silences, statements
    from marchland.brief.verb import brief
    from marchland.documents import document
    from marchland.store import Store

__all__ = [
    "Store", "brief", "code", "document", "documents", "events", "export", "forecast", "import_", "influence", "links",
    "review", "shifts", "silences", "statements", "ties",
]  # fmt: skip

_HOME = {
    "Store": "marchland.store",
    "brief": "marchland.brief.verb",
    "document": "marchland.documents",
    "export": "marchland.exchange.export",
    "forecast": "marchland.api_forecast",
    "import_": "marchland.exchange",
    "links": "marchland.api_statements",
    "review": "marchland.api_review",
    "shifts": "marchland.api_shifts",
    "silences": "marchland.api_statements",
    "statements": "marchland.api_statements",
}


def __getattr__(name: str) -> Any:
    """Load a verb when it is first used, so that importing marchland costs nothing."""
    if name in __all__:
        return getattr(import_module(_HOME.get(name, "marchland.api")), name)
    raise AttributeError(f"module 'marchland' has no attribute {name!r}")


class _Package(ModuleType):
    """Keeps `marchland.influence` and `marchland.forecast` the verbs: importing the folders of that name binds nothing here."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
