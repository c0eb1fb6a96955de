"""How regular a pair is, and how busy its two parties are elsewhere: what plain fading counts cannot tell."""

from typing import Final

import numpy as np

from marchland.forecast.columns import Columns
from marchland.forecast.history import QUAD_OF_TYPE, QUADS, Floats, Ints

_WEEKS: Final = (4, 8, 13, 26)
_KINDS: Final = 32  # more than there are event types
_RECENT: Final = 90  # days in which kinds of acts and partners are counted
_CROSS: Final = (15, 60)  # half-lives in days
_REST: Final = (7, 30)
_USUAL: Final = 120  # the half-life that a trend is measured against
_THIRD: Final = 30


def add_weeks(build: Columns, span: int) -> None:
    """In which share of the last weeks was there such an act, and any act? Steady pairs differ from one burst of news.

    Args:
        span: Days that are known at all; weeks before them say nothing.
    """
    week = (build.age[build.own_rows] - 1) // 7
    kind = build.kind[build.own_rows]
    for weeks in _WEEKS:
        known = max(1, min(weeks, span // 7))
        recent = week < weeks
        cell = _distinct((build.own_at[recent] * (build.size + 1) + kind[recent]) * weeks + week[recent]) // weeks
        found = _table(build, cell)[:, : build.size]
        build.add(f"weeks.{weeks}", "own", np.log((found + 0.3) / (known + 0.6)))
        any_of_them = _distinct(build.own_at[recent] * weeks + week[recent]) // weeks
        total = np.bincount(any_of_them, minlength=len(build.pairs))[:, None]
        build.add(f"weeks.any.{weeks}", "pair", np.log((total + 0.3) / (known + 0.6)))


def add_rhythm(build: Columns, span: int) -> None:
    """How long ago was the last act beside the usual gap, and how many kinds of act does the class hold lately?"""
    rows, at, kind = build.own_rows, build.own_at, build.kind[build.own_rows]
    age = build.age[rows]
    top = int(age.max(initial=0)) + 1
    cell = _distinct((at * (build.size + 1) + kind) * top + age)
    days = _table(build, cell // top)[:, : build.size]
    last = np.full(len(build.pairs) * (build.size + 1), 400)
    np.minimum.at(last, cell // top, cell % top)
    since = last.reshape(-1, build.size + 1)[:, : build.size]
    build.add("gap", "own", np.log1p(since) - np.log((span + 10) / (days + 0.5)))
    recent = age <= _RECENT
    sorts = _distinct((at * (build.size + 1) + kind)[recent] * _KINDS + build.past.kind[rows][recent]) // _KINDS
    build.add("kinds", "own", np.log1p(_table(build, sorts)[:, : build.size]))


def add_cross(build: Columns) -> None:
    """Acts of each quad class by the same pair: words lead to deeds, and quarrels to blows, or away from them."""
    quads = len(QUADS) + 1
    cell = build.own_at * quads + QUAD_OF_TYPE[build.past.kind[build.own_rows]]
    for life in _CROSS:
        flat = np.bincount(cell, build.fade(life)[build.own_rows], len(build.pairs) * quads)
        for quad, column in enumerate(flat.reshape(-1, quads).T):
            build.add(f"cross.{quad}.{life}", "pair", np.log1p(column)[:, None])


def add_elsewhere(build: Columns) -> None:
    """What each side does to others, whether that is more than usual, and with how many it deals."""
    past, rows = build.past, len(build.past.actors)
    usual = [np.bincount(side, build.fade(_USUAL), rows) for side in (past.a, past.b)]
    own = dict(build.between(build.keys, build.pairs, _REST))
    for life in _REST:
        for name, side, at, long in (("a", past.a, build.a, usual[0]), ("b", past.b, build.b, usual[1])):
            found = build.table(side, rows, life)[at]
            rest = np.maximum(found - own[life], 0)
            build.add(f"{name}.rest.{life}", "side", np.log1p(rest[:, : build.size]))
            trend = (found.sum(1) + 0.5) / (long[at] * life / _USUAL + 0.5)
            build.add(f"{name}.trend.{life}", "side", np.log(trend)[:, None])
    partners = _distinct(build.keys[build.age <= _RECENT])
    for name, side, at in (("a", partners // rows, build.a), ("b", partners % rows, build.b)):
        build.add(f"{name}.partners", "side", np.log1p(np.bincount(side, minlength=rows)[at])[:, None])


def add_third(build: Columns) -> None:
    """What do those do who deal with one side: partners of the power towards the host, the power towards the host's?"""
    from scipy.sparse import csr_matrix

    past, rows = build.past, len(build.past.actors)
    faded = build.fade(_THIRD)
    acts = csr_matrix((faded, (past.a, past.b)), shape=(rows, rows))
    ties = (acts + acts.T).sqrt()
    near = csr_matrix(ties.multiply(1 / (np.asarray(ties.sum(1)).reshape(-1, 1) + 1)))
    powers, of_power = np.unique(build.a, return_inverse=True)
    hosts, of_host = np.unique(build.b, return_inverse=True)
    by_power, by_host = np.zeros((2, len(build.pairs), build.size))
    for k in range(build.size):
        of_class = build.kind == k
        such = csr_matrix((faded[of_class], (past.a[of_class], past.b[of_class])), shape=(rows, rows))
        by_power[:, k] = _cells(near[powers] @ such.tocsc()[:, hosts], of_power, of_host)
        by_host[:, k] = _cells(such[powers] @ near[hosts].T, of_power, of_host)
    build.add("third.a", "side", np.log1p(3 * by_power))
    build.add("third.b", "side", np.log1p(3 * by_host))


def _cells(product: object, row: Ints, column: Ints) -> Floats:
    from scipy.sparse import csr_matrix

    return np.asarray(csr_matrix(product)[row, column], np.float64).ravel()


def _table(build: Columns, cell: Ints) -> Floats:
    """How many distinct things each pair and class has; the last column is for acts of no class."""
    found = np.bincount(cell, minlength=len(build.pairs) * (build.size + 1))
    return np.asarray(found.reshape(-1, build.size + 1), np.float64)


def _distinct(cell: Ints) -> Ints:
    """Each value once, in order; by sorting, which takes a tenth of the time of a hash table on a million acts."""
    ordered = np.sort(cell, kind="stable")
    return ordered[np.diff(ordered, prepend=-1) > 0]
