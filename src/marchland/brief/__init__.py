"""A brief: who holds sway in one country, in prose in which every sentence stands on quotes or measured rows.

The module is called like the verb: `marchland.brief("TJK", store=...)`, whether or not it was imported before.
"""

import sys
from types import ModuleType
from typing import Any

from marchland.brief.model import Brief


class _Verb(ModuleType):
    """A module that answers as the function of its name."""

    def __call__(self, host: str, **asked: Any) -> Brief:
        """The same as `marchland.brief.verb.brief`."""
        from marchland.brief.verb import brief  # the measures are slow to load

        return brief(host, **asked)


sys.modules[__name__].__class__ = _Verb

__all__ = ["Brief"]
