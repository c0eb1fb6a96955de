"""Who holds how much over a host country: share, level and posture by power and domain, open to the ties and acts behind.

What changed is in `shifts`, what would have rung at the time in `alarms`, who has been busy lately in `momentum`, who moved and who
answered in `moves` and `rates`.
"""

from marchland.influence.alarm import Alarm, Watch, alarms
from marchland.influence.answers import Outcome
from marchland.influence.leader import Lead, Total, leaders, totals
from marchland.influence.leverage import Leverage, leverage
from marchland.influence.measure import influence
from marchland.influence.momentum import MomentumRow, momentum
from marchland.influence.moves import Move, moves
from marchland.influence.plot import plot
from marchland.influence.queue import ToReview, queue
from marchland.influence.responses import Rate, rates
from marchland.influence.rows import OTHERS, Evidence, InfluenceRow
from marchland.influence.shifts import FlowShift, Shifts, shifts
from marchland.influence.steps import Step
from marchland.influence.why import why

__all__ = [
    "OTHERS",
    "Alarm",
    "Evidence",
    "FlowShift",
    "InfluenceRow",
    "Lead",
    "Leverage",
    "MomentumRow",
    "Move",
    "Outcome",
    "Rate",
    "Shifts",
    "Step",
    "ToReview",
    "Total",
    "Watch",
    "alarms",
    "influence",
    "leaders",
    "leverage",
    "momentum",
    "moves",
    "plot",
    "queue",
    "rates",
    "shifts",
    "totals",
    "why",
]
