"""Coverage: how much was read of the time before a day, and what the flow would be had all days been read alike."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marchland.influence.sources import Sources

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of the year before one day."""

    documents: int  # copies once
    factor: float  # on flow, to what it would be at mean coverage; 1 where nothing is known


def coverage(found: Sources, days: Sequence[date]) -> list[Read]:
    """Documents of the year up to each day, beside the mean over the days.

    Half of the correction is held back, as texts tell of other years too: a day of which nothing was read has twice its flow, not
    endlessly more.
    """
    told = sorted(found.day_of.values())
    counts = [bisect_right(told, day) - bisect_left(told, day - _YEAR + timedelta(days=1)) for day in days]
    mean = sum(counts) / max(len(counts), 1)
    return [Read(documents=n, factor=2 * mean / (n + mean) if mean else 1.0) for n in counts]
