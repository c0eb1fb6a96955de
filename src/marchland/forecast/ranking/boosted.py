"""The boosted ranker: trees that correct the additive score where features matter together."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from marchland.forecast.ranking.additive import Additive, Parts
from marchland.forecast.ranking.graph import Floats
from marchland.forecast.ranking.sample import Sample, conditional_logit

ROUNDS: Final = 100
SETTINGS: Final[dict[str, Any]] = {  # chosen on the valid days
    "num_leaves": 31,
    "learning_rate": 0.12,
    "min_data_in_leaf": 200,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "objective": "none",  # ours is handed over round by round
    "num_threads": 1,  # a second thread waits more than it helps where other work runs, and one gives the same trees always
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Boosted:
    """The additive score, and trees on top."""

    base: Additive
    trees: Any  # lightgbm.Booster

    def score(self, values: Floats) -> NDArray[np.float64]:
        """The score of each row."""
        corrected = self.trees.predict(values, raw_score=True, num_threads=1)
        return self.base.score(values) + np.asarray(corrected, np.float64)

    def parts(self, values: Floats) -> Parts:
        """What each feature adds to each row's score: its additive part and its Shapley value in the trees.

        Source: S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees", 2020.
        """
        shapley = np.asarray(self.trees.predict(values, pred_contrib=True, num_threads=1))
        own = self.base.parts(values)
        return Parts(by_feature=own.by_feature + shapley[:, :-1], constant=own.constant + float(shapley[0, -1]))


def fit_boosted(base: Additive, rows: Sample, rounds: int = ROUNDS) -> Boosted:
    """Trees that make the answers of the sample more likely than the additive score does."""
    import lightgbm

    first = base.score(rows.values)
    held = lightgbm.Dataset(
        rows.values, label=rows.answer.astype(np.float32), init_score=first, params=SETTINGS, free_raw_data=True
    )
    trees = lightgbm.Booster(SETTINGS, held)

    def slope(score: NDArray[np.float64], _: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        found = conditional_logit(rows, score)
        return found.first, np.maximum(found.second, 1e-4)

    for _ in range(rounds):
        trees.update(fobj=slope)
    return Boosted(base=base, trees=trees)
