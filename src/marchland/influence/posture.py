"""Posture: is a power's conduct towards the host cooperative or coercive? Kept apart from how much it holds."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def posture(signed: Array, flow: Array) -> Array:
    """Signed flow over flow: 1 = all acts cooperative, -1 = all coercive, nan = no act."""
    out = np.full(flow.shape, np.nan)
    np.divide(signed, flow, out=out, where=flow > 1e-12)
    return np.asarray(np.clip(out, -1.0, 1.0))
