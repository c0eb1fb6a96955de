"""The additive ranker: a score is a sum of weight times feature, so that each feature's part can be read."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.graph import Floats
from marchland.forecast.ranking.sample import Sample, conditional_logit

RIDGE: Final = 1e-3  # pull of the weights towards zero, for standardised features and the mean loss of a query
_STEPS: Final = 80
QUERY: Final = "query: "  # features that are the same for all parties of a query cancel in a sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What makes scores: each row's parts and the constant sum to its score."""

    by_feature: NDArray[np.float64]  # [row, feature]
    constant: float  # the same for all parties


@dataclass(frozen=True, slots=True, kw_only=True)
class Additive:
    """Fitted weights, by feature as it comes."""

    names: tuple[str, ...]
    weights: Floats  # zero for what is known of the query alone
    centre: Floats  # a feature counts from here, so that usual values add nothing

    def parts(self, values: Floats) -> Parts:
        """What each feature adds to each row's score."""
        return Parts(by_feature=(values - self.centre).astype(np.float64) * self.weights, constant=0.0)

    def score(self, values: Floats) -> NDArray[np.float64]:
        """The score of each row: the sum of its parts."""
        even = values.astype(np.float64) @ self.weights - self.centre.astype(np.float64) @ self.weights
        return np.asarray(even, np.float64)


def fit_additive(names: tuple[str, ...], rows: Sample) -> Additive:
    """Weights that make the answers of the sample most likely."""
    from scipy.optimize import minimize

    used = np.array([not n.startswith(QUERY) for n in names])
    centre, spread = rows.values.mean(0, dtype=np.float64), rows.values.std(0, dtype=np.float64)
    used &= spread > 1e-9
    even = ((rows.values[:, used] - centre[used]) / spread[used]).astype(np.float32)
    queries = max(1, len(rows.count))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope = conditional_logit(rows, (even @ weights.astype(np.float32)).astype(np.float64))
        gradient = (slope.first.astype(np.float32) @ even).astype(np.float64) / queries + RIDGE * weights
        return slope.loss / queries + RIDGE / 2 * float(weights @ weights), gradient

    found = minimize(loss, np.zeros(int(used.sum())), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    weights = np.zeros(len(names), np.float32)
    weights[used] = found.x / spread[used]
    return Additive(names=names, weights=weights, centre=centre.astype(np.float32))


def thinned(rows: Sample, queries: int) -> Sample:
    """At most so many queries, spread evenly over the sample."""
    if len(rows.count) <= queries:
        return rows
    taken = np.zeros(len(rows.count), bool)
    taken[np.linspace(0, len(taken) - 1, queries).astype(np.int64)] = True
    kept = np.repeat(taken, rows.count)
    return replace(
        rows,
        values=rows.values[kept],
        answer=rows.answer[kept],
        log_weight=rows.log_weight[kept],
        count=rows.count[taken],
    )
