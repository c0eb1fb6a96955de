"""The encoder itself: word pieces in, one vector for each, with what stands around it taken in.

Six layers of self-attention of the BERT kind (Devlin et al. 2019), in the size of MiniLM-L6 (Wang et al. 2020): 384 numbers a word, 12
heads.
"""

import numpy as np
from numpy.typing import NDArray

from marchland.encoder.weights import Array, weights, word_rows

LONGEST = 510  # pieces of one passage, the two marks at its ends left out
_HEADS = 12
_SMALL = 1e-12


def encoded(rows: NDArray[np.int64]) -> Array:
    """The vectors of one passage, marks at its ends included; shape (pieces, 384)."""
    w = weights()
    x = _normed(word_rows(rows) + w["position"][: len(rows)] + w["segment"], w, "embedding")
    layer = 0
    while f"{layer}.query" in w:
        x = _layer(x, w, layer)
        layer += 1
    return x


def _layer(x: Array, w: dict[str, Array], n: int) -> Array:
    length, size = x.shape
    query, key, value = (
        _affine(x, w, f"{n}.{part}").reshape(length, _HEADS, -1).transpose(1, 0, 2)
        for part in ("query", "key", "value")
    )
    odds = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(size / _HEADS))
    shares = np.exp(odds - odds.max(axis=2, keepdims=True))
    seen = (shares / shares.sum(axis=2, keepdims=True)) @ value
    gathered: Array = seen.transpose(1, 0, 2).reshape(length, size).astype(np.float32, copy=False)
    x = _normed(x + _affine(gathered, w, f"{n}.seen"), w, f"{n}.seen")
    return _normed(x + _affine(gelu(_affine(x, w, f"{n}.widened")), w, f"{n}.narrowed"), w, f"{n}.narrowed")


def _affine(x: Array, w: dict[str, Array], name: str) -> Array:
    out: Array = x @ w[name].T + w[f"{name} bias"]
    return out


def _normed(x: Array, w: dict[str, Array], name: str) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _SMALL)
    out: Array = (centred / spread * w[f"{name} norm"] + w[f"{name} norm bias"]).astype(np.float32, copy=False)
    return out


def gelu(x: Array) -> Array:
    """The activation of the published model: x times the normal distribution function at x."""
    from scipy.special import erf

    out: Array = x * (1 + erf(x * np.float32(np.sqrt(0.5)))) / 2
    return out
