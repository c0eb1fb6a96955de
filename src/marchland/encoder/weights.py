"""The shipped weights: matrices in eight bits with a scale for each row, everything else in sixteen."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marchland.lexicon.tables import folder

type Array = NDArray[np.float32]

_FILE = "weights.npz"


@cache
def encoder_available() -> bool:
    """Are the weights there? Without them long texts are read as news leads are."""
    return folder("models").joinpath("encoder", _FILE).is_file()


@cache
def weights() -> dict[str, Array]:
    """Every array by name, as single floats; the word table stays packed (`word_rows`)."""
    packed = _packed()
    names = {n.rpartition(":")[0] if ":" in n else n for n in packed}
    return {n: unpacked(packed, n) for n in names if n != "word"}


def word_rows(rows: NDArray[np.int64]) -> Array:
    """The vectors of word pieces."""
    packed = _packed()
    return packed["word:q"][rows].astype(np.float32) * packed["word:s"][rows].astype(np.float32)[:, None]


def unpacked(packed: dict[str, NDArray[Any]], name: str) -> Array:
    """One array as single floats: a matrix is kept as bytes `name:q` with scales of its rows `name:s`."""
    if name in packed:
        return packed[name].astype(np.float32)
    out: Array = packed[f"{name}:q"].astype(np.float32) * packed[f"{name}:s"].astype(np.float32)[:, None]
    return out


@cache
def _packed() -> dict[str, NDArray[Any]]:
    with folder("models").joinpath("encoder", _FILE).open("rb") as file, np.load(file, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}
