"""A small text encoder: what each word of a passage means where it stands, in plain numpy.

Its lower part is the published MiniLM model; `training/encoder.py` tunes it, together with the heads that read acts, parties, days
and grounds off it, on the texts of `training/`. It reads texts of many sentences only: news leads do without.
"""

from marchland.encoder.passages import Passages, Spot, is_long, passages
from marchland.encoder.weights import encoder_available

__all__ = ["Passages", "Spot", "encoder_available", "is_long", "passages"]
