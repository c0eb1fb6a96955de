"""Acts as columns: what the measure needs of each, whether it was read in a text or stands for a month of event data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.influence.flow import Act
from marchland.influence.months import KINDS, Months
from marchland.lexicon.weights import Weights
from marchland.model.ontology import Domain, EventType

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_FRESH: Final = 5  # half-lives after which an act no longer counts towards the floor of records


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """What acts share that rise and fall together in the draws."""

    event_type: EventType
    certainty: float
    outlets: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Acts in the order in which they enter, and their entries: one for each power of an act, in the order of acts."""

    at: Array  # day of each act
    enters: Array  # the day from which it is seen
    half: Array  # half-life of each act in days
    sign: Array  # 1 or -1
    luck: Places  # of each act its place in `lucks`
    lucks: tuple[Luck, ...]  # in the order in which they enter
    act: Places  # of each entry its act
    power: Places  # of each entry its column
    parts: Array  # entries x domains: score x split x part of the domain

    def fresh(self, days: Sequence[date]) -> Places:
        """How many acts are known and still weigh, days x domains."""
        on = ordinals(days)
        amount = np.zeros((len(self.at), self.parts.shape[1]))
        np.add.at(amount, self.act, self.parts)
        first = np.searchsorted(on, self.enters)
        after = np.searchsorted(on, self.at + _FRESH * self.half, side="right")
        out = np.zeros((len(days) + 1, self.parts.shape[1]), np.int64)
        for d, column in enumerate(amount.T):
            good = (column > 0) & (after > first)
            out[:, d] += np.bincount(first[good], minlength=len(out))
            out[:, d] -= np.bincount(after[good], minlength=len(out))
        return np.cumsum(out[:-1], axis=0)


def ordinals(days: Sequence[date]) -> Array:
    """Days as numbers."""
    return np.array([d.toordinal() for d in days], dtype=float)


def weighed(
    done: Sequence[Act],
    months: Months | None,
    *,
    column: Mapping[str, int],
    domains: Sequence[Domain],
    weights: Weights,
    foresight: bool,
) -> Weighed:
    """Put acts into columns.

    Args:
        column: The place of each named power; every other has the place after them.
        foresight: Acts enter when they are known, not when they happen.
    """
    lucks: dict[object, int] = {}
    own: list[Luck] = []
    parts = [_told(done, lucks, own, column=column, domains=domains)]
    if months is not None and len(months):
        parts.append(_counted(months, lucks, own, column=column, domains=domains))
    joined = {name: np.concatenate([p[name] for p in parts]) for name in parts[0] if name != "act"}
    first = np.cumsum([0, *(len(p["at"]) for p in parts)])
    act = np.concatenate([p["act"] + n for p, n in zip(parts, first[:-1], strict=True)])
    scores = np.array([weights.flow[k].score for k in KINDS])
    enters = joined["known"] if foresight else joined["at"]
    order = np.argsort(enters, kind="stable")  # on one day, what was read comes first
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    entries = np.argsort(place[act], kind="stable")
    kind = joined["kind"][order]
    luck, ranked = _ranked(joined["luck"][order], own)
    return Weighed(
        at=joined["at"][order],
        enters=enters[order],
        half=np.array([float(weights.flow[k].half_life_days) for k in KINDS])[kind],
        sign=np.array([float(weights.flow[k].sign) for k in KINDS])[kind],
        luck=luck,
        lucks=ranked,
        act=place[act][entries],
        power=joined["power"][entries],
        parts=(joined["parts"] * (scores[joined["kind"]] * joined["split"])[act, None])[entries],
    )


def _told(
    done: Sequence[Act],
    lucks: dict[object, int],
    own: list[Luck],
    *,
    column: Mapping[str, int],
    domains: Sequence[Domain],
) -> dict[str, NDArray[Any]]:
    """Acts that were read in texts.

    Those that are certain, of one type and told by the same outlets share their luck; others have one of their own.
    """
    place = {k: i for i, k in enumerate(KINDS)}
    luck = np.empty(len(done), np.int64)
    for i, a in enumerate(done):
        key = (a.event_type, a.outlets) if a.certainty >= 1 else i
        if key not in lucks:
            lucks[key] = len(own)
            own.append(Luck(event_type=a.event_type, certainty=a.certainty, outlets=a.outlets))
        luck[i] = lucks[key]
    pairs = [(i, column.get(p, len(column))) for i, a in enumerate(done) for p in a.powers]
    act, power = np.array(pairs, np.int64).reshape(len(pairs), 2).T
    shares = np.array([[a.domains.get(d, 0.0) for d in domains] for a in done]).reshape(len(done), len(domains))
    return {
        "at": ordinals([a.day for a in done]),
        "known": ordinals([a.known for a in done]),
        "kind": np.array([place[a.event_type] for a in done], np.int64),
        "split": np.array([a.split for a in done], dtype=float),
        "luck": luck,
        "act": act,
        "power": power,
        "parts": shares[act],
    }


def _counted(
    months: Months,
    lucks: dict[object, int],
    own: list[Luck],
    *,
    column: Mapping[str, int],
    domains: Sequence[Domain],
) -> dict[str, NDArray[Any]]:
    """Acts of event data; all of one type and format share their luck, and each has one power."""
    flat = months.kind * len(months.formats) + months.format
    shared = np.zeros(len(KINDS) * len(months.formats), np.int64)
    for value in np.flatnonzero(np.bincount(flat)).tolist():
        kind, outlet = KINDS[value // len(months.formats)], months.outlets[value % len(months.formats)]
        outlets = () if outlet is None else (outlet,)
        if (kind, outlets) not in lucks:
            lucks[kind, outlets] = len(own)
            own.append(Luck(event_type=kind, certainty=1.0, outlets=outlets))
        shared[value] = lucks[kind, outlets]
    every = tuple(Domain)
    columns = np.array([column.get(p, len(column)) for p in months.powers], np.int64)
    return {
        "at": months.day.astype(float),
        "known": months.day.astype(float),
        "kind": months.kind,
        "split": months.mass,
        "luck": shared[flat],
        "act": np.arange(len(months)),
        "power": columns[months.power],
        "parts": months.domains[:, [every.index(d) for d in domains]],
    }


def _ranked(luck: Places, own: Sequence[Luck]) -> tuple[Places, tuple[Luck, ...]]:
    """The same lucks numbered in the order in which they enter, so that the draws do not hang on how acts came in."""
    met, first = np.unique(luck, return_index=True)
    order = met[np.argsort(first)]
    place = np.zeros(len(own), np.int64)
    place[order] = np.arange(len(order))
    return place[luck], tuple(own[i] for i in order.tolist())
