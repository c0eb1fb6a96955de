"""Who holds how much over a host country: share, level and posture by power and domain, open to the ties and acts behind."""

from marchland.influence.leader import Lead, Total, leaders, totals
from marchland.influence.measure import influence
from marchland.influence.plot import plot
from marchland.influence.rows import OTHERS, Evidence, InfluenceRow
from marchland.influence.why import why

__all__ = ["OTHERS", "Evidence", "InfluenceRow", "Lead", "Total", "influence", "leaders", "plot", "totals", "why"]
