"""How well do ties and acts tell FBIC of hosts that a regression has not seen, and what do acts add?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from marchland.evaluation.influence_checks import LAST, ROUNDING, keys_of
from marchland.evaluation.influence_tables import KINDS, POWERS, YEARS, Array, Key, Tables
from marchland.evaluation.line import Line
from marchland.model.ontology import TieKind

Features = Callable[[Key], Sequence[float]]
# Kinds of tie that enter the regression together; single kinds are too many for 190 hosts.
_GROUPS = (
    "alliance",
    "membership",
    "arms_supply",
    "credit",
    "trade debt investment dependence",
    "partnership",
    "customs_union",
    "base outpost presence exercise_series training security_finance territory",
    "media education",
    "concession infrastructure currency transit",
    "embassy recognition",
)
_STUDIED = (TieKind.ALLIANCE, TieKind.MEMBERSHIP, TieKind.ARMS_SUPPLY)  # of public tables, in the study beforehand
_PENALTY = 0.1
_DRAWN = 5  # ways to part the hosts where a difference of hundredths is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Who is fitted on and read on; hosts that are read are never fitted on."""

    fitted: Sequence[int] = YEARS[:-2]
    read: Sequence[int] = LAST
    added: float = ROUNDING  # to FBIC before the logarithm
    folds: int = 10
    seed: int = 0


def lines(t: Tables) -> list[Line]:
    """R2 of log FBIC, what acts add to it, and the same by the protocol of the study that the bar comes from."""
    features = _Features(t)
    ties, acts, level = features.ties, features.acts, features.level

    def r2(*parts: Features, **how: object) -> float:
        return fit(t, lambda k: [v for part in parts for v in part(k)], Protocol(**how))  # type: ignore[arg-type]  # passed on

    both, alone = r2(ties, acts), r2(ties)
    small, last = ROUNDING / 10, {"fitted": LAST[-1:], "read": LAST[-1:]}
    beside = (
        f"power alone {r2():.2f}, + acts {r2(acts):.2f}, + ties {alone:.2f}, + the unfitted level alone {r2(level):.2f}; "
        f"fitted on other hosts in 2012-14, read on 2015 and 2018; FBIC + {ROUNDING:g} in the logarithm "
        f"(with + {small:g}: {r2(ties, acts, added=small):.2f})"
    )
    none = {p: np.mean([t.flow(k) == 0 for y in YEARS[:-1] for k in keys_of(t, p, y)]) for p in POWERS}
    adding = (
        f"fitted and read on {LAST[-1]} alone, other hosts: {r2(ties, acts, **last) - r2(ties, **last):+.3f} "
        f"(acts without ties {r2(acts, **last):.2f}); in 2012-15 the events hold no act at all with "
        + ", ".join(f"{p} for {share:.0%} of hosts" for p, share in none.items())
    )
    return [
        Line(
            check="held-out-host R2, log FBIC, ties + acts",
            bar=">= 0.72",
            result=f"{both:.2f}",
            met=both >= 0.72,
            beside=beside,
        ),
        Line(
            check="what acts add to that over ties",
            bar=">= 0.02",
            result=f"{both - alone:+.3f}",
            met=both - alone >= 0.02,
            beside=adding,
        ),
        _studied(t, features),
    ]


def _studied(t: Tables, features: "_Features") -> Line:
    """The same as the study beforehand seems to have it: one year, four quad classes, pacts, bodies and arms of public tables."""

    def r2(*parts: Features) -> float:
        how = [
            Protocol(fitted=LAST[-1:], read=LAST[-1:], added=ROUNDING / 10, folds=5, seed=seed)
            for seed in range(_DRAWN)
        ]
        return float(np.mean([fit(t, lambda k: [v for part in parts for v in part(k)], h) for h in how]))

    quads, public, ties = features.quads, features.public, features.ties
    power, acts, alone, both = r2(), r2(quads), r2(public), r2(public, quads)
    whole, more = r2(ties), r2(ties, quads)
    return Line(
        check=f"the same in {LAST[-1]} alone: public pacts, bodies and arms; acts by quad class",
        bar="",
        result=f"power {power:.2f}, + acts {acts:.2f}, + ties {alone:.2f}, + both {both:.2f} ({both - alone:+.3f})",
        met=None,
        beside=f"the study of the bar: .21, .52, .71, .74; all ties that the measure knows {whole:.2f}, + acts {more:.2f} "
        f"({more - whole:+.3f}); FBIC + {ROUNDING / 10:g}, mean of {_DRAWN} ways to part the hosts",
    )


def fit(t: Tables, features: Features, how: Protocol) -> float:
    """R2 of log FBIC by ridge regression, with each power's own constant and slopes, on hosts not fitted on."""
    keys = [k for p in POWERS for y in YEARS for k in keys_of(t, p, y)]
    hosts = sorted({k[0] for k in keys})
    fold = dict(zip(hosts, np.random.default_rng(how.seed).permutation(len(hosts)) % how.folds, strict=True))
    truth = {k: log(t.fbic[k] + how.added) for k in keys}
    rows = {k: _row(k, features(k)) for k in keys}
    told: list[tuple[float, float]] = []
    for f in range(how.folds):
        train = [k for k in keys if fold[k[0]] != f and k[2] in how.fitted]
        x = np.array([rows[k] for k in train])
        slopes = np.linalg.solve(x.T @ x + _PENALTY * np.eye(x.shape[1]), x.T @ np.array([truth[k] for k in train]))
        told += [(truth[k], float(rows[k] @ slopes)) for k in keys if fold[k[0]] == f and k[2] in how.read]
    y, guess = np.array(told).T
    return 1 - float(((y - guess) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def _row(key: Key, features: Sequence[float]) -> Array:
    own, china = [1.0, *features], float(key[1] == "CHN")
    return np.array(own + [china * v for v in own])


@dataclass(frozen=True, slots=True)
class _Features:
    """What may enter the regression, as logarithms."""

    t: Tables

    def level(self, key: Key) -> list[float]:
        """The measure's own level."""
        return [self.t.level(key)]

    def ties(self, key: Key) -> list[float]:
        """Stock by groups of kinds, of registry and tables."""
        return [float(np.log1p(self.t.stock(key, frozenset(map(TieKind, group.split()))))) for group in _GROUPS]

    def public(self, key: Key) -> list[float]:
        """Stock of public pacts, bodies and arms, the registry left out."""
        found = self.t.public.get(key)
        return [0.0 if found is None else float(np.log1p(found[KINDS.index(kind)].sum())) for kind in _STUDIED]

    def acts(self, key: Key) -> list[float]:
        """The flow, had every year been read alike."""
        return [float(np.log1p(self.t.even[key[2]] * self.t.flow(key)))]

    def quads(self, key: Key) -> list[float]:
        """The year's events by quad class."""
        found = self.t.quads.get(key)
        return [0.0] * 4 if found is None else np.log1p(found).tolist()
