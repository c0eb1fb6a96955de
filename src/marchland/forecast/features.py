"""What is seen of a pair of parties on the day a forecast is made: readable counts, faded with age."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.columns import Columns, coverage
from marchland.forecast.history import History, Ints, width
from marchland.forecast.regular import add_cross, add_elsewhere, add_rhythm, add_third, add_weeks

Only = Callable[[Ints, Ints], NDArray[np.bool_]]  # chooses pairs by their two parties

ACTIVE: Final = 90  # days: a pair without an act in them, in this direction, gets no odds of its own
_MEMORY: Final = 1100  # days: older acts weigh less than a twelfth at the longest half-life, and are left out

FAMILIES: Final = ("own", "pair", "back", "group", "side", "volume")  # what a reason speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Features of every active pair and class: `values[pair, class, feature]`."""

    origin: int
    pairs: Ints  # sorted
    names: tuple[str, ...]
    families: tuple[str, ...]  # of each feature
    values: NDArray[np.float64]


def active(past: History, origin: int, only: Only | None = None) -> Ints:
    """Ordered pairs with an act in the last 90 days; `only` chooses among them by their parties."""
    recent = past.pairs()[(past.day >= origin - ACTIVE) & (past.day < origin)]
    found = np.unique(recent)
    if only is not None and len(found):
        found = found[only(found // len(past.actors), found % len(past.actors))]
    return found


def features(whole: History, origin: int, level: str, pairs: Ints | None = None, *, only: Only | None = None) -> Frame:
    """Features on the morning of `origin`; nothing known on that day or later is looked at.

    Args:
        pairs: Those that are asked for, sorted; None = all active ones that `only` chooses.
    """
    past = whole.before(origin).since(origin - _MEMORY)
    found = active(past, origin, only) if pairs is None else pairs
    if not len(found):
        return Frame(origin=origin, pairs=found, names=(), families=(), values=np.empty((0, width(level), 0)))
    known = coverage(past, origin)
    grouped = len(np.unique(past.group)) < len(past.actors)
    if pairs is not None and not grouped:
        past = _touching(past, pairs)
    build = Columns(past, origin, level, found)
    build.own()
    build.back()
    if grouped:
        build.groups()
    build.sides()
    build.recency()
    span = min(known.span, _MEMORY)
    add_weeks(build, span)
    add_rhythm(build, span)
    add_cross(build)
    add_elsewhere(build)
    add_third(build)
    build.volume(known.rates)
    shape = (len(found), width(level))
    values = np.stack([np.broadcast_to(c, shape) for c in build.columns], -1)
    return Frame(origin=origin, pairs=found, names=tuple(build.names), families=tuple(build.families), values=values)


def _touching(past: History, pairs: Ints) -> History:
    """Acts that a party of these pairs takes part in: the others add nothing to their features."""
    touched = np.zeros(len(past.actors), bool)
    touched[pairs // len(past.actors)] = touched[pairs % len(past.actors)] = True
    return past.part(touched[past.a] | touched[past.b])
