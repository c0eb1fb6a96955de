"""What the measure gives: a row for each power, domain and period, and the evidence that adds up to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from marchland.model.ontology import Domain

OTHERS: Final = "other outsiders"  # every outside power that is not named in the question
DOUBTS: Final = ("outlets", "claims", "weights", "dirichlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One tie's or act's part of a number. `amount` is the product of the factors beside it."""

    record_id: str
    also: tuple[str, ...] = ()  # further records told of the same tie
    kind: str  # stock | flow
    code: str  # kind of tie or event type
    power: str
    amount: float  # part of S or F
    share: float | None  # part of the power's share; None = not enough evidence for shares
    weight: float  # typical tie's weight, or the type's score
    size: float  # magnitude of the tie; 1 for an act
    split: float  # 1 / (participants - 1)
    sure: float  # probability that the tie stands that day, or certainty of the act
    fade: float  # of an act by its age; 1 for a tie
    domain: float  # part that falls to the domain
    sign: int  # 1 or -1: enters posture alone


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceRow:
    """What exposes `host` to `power` in one domain on the last day of a period."""

    host: str
    power: str  # country, organisation, or OTHERS
    domain: Domain
    period: str  # 2016, 2016-Q3, 2016-07
    day: date  # the day of the reading
    share: float | None  # 0..1, sums to 1 with OTHERS; None = not enough evidence
    share_low: float | None
    share_high: float | None
    level: float | None  # 1 = as deep as the reference dyad; None also for OTHERS, which is no dyad
    level_low: float | None
    level_high: float | None
    stock: float  # S
    flow: float  # F
    prior: float | None  # the part of the share that stands for knowing nothing
    posture: float | None  # -1 all coercive .. 1 all cooperative; None = no act
    enough: bool
    records: int  # ties and acts of all outsiders in this domain
    read: int  # documents of the year before the day, copies once: how much was looked at
    level_even: float | None  # the level had every day's year been read alike; None also where event data was imported
    doubt: Mapping[str, float] = field(
        hash=False
    )  # part of the share's variance by DOUBTS; adds up to 1; empty = no share
    find: Callable[[], tuple[Evidence, ...]] = field(repr=False, compare=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The ties and acts behind the row, largest first.

        Stock parts add up to `stock`, flow parts to `flow`, and their shares with `prior` to `share`.
        """
        return self.find()
