"""From columns to what is kept: repeats and second tellings out, and for each host what every power did, by day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
FLOW: Final = np.dtype(
    [("power", "<u2"), ("day", "<i4"), ("kind", "<u2"), ("n", "<u4"), ("weight", "<f4"), ("score", "<f4")]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One run of rows after what stands twice was taken out."""

    arrays: Arrays  # without `twin`; in the order of rows
    repeated: int  # rows whose id is in the store, or earlier in the file
    mirrored: int  # rows that tell a mutual act from its other side
    taken: int  # rows that stay


def keep(arrays: Arrays, known: NDArray[np.int64]) -> Kept:
    """Take out rows whose key is known or met before, and second sides of mutual acts."""
    rows, keys = arrays["row"], arrays["key"]
    head = np.ones(len(rows), bool)
    head[1:] = rows[1:] != rows[:-1]  # entries of one row stand together
    which = np.flatnonzero(head)
    order = np.argsort(keys[which], kind="stable")
    ranked = keys[which][order]
    again = np.zeros(len(which), bool)
    again[order[1:]] = ranked[1:] == ranked[:-1]
    if len(known):
        again |= np.isin(keys[which], known)
    other = _mirrored(arrays["twin"][which], again)
    good = ~(again | other)
    mask = good[np.cumsum(head) - 1] if len(rows) else head
    kept = {name: values[mask] for name, values in arrays.items() if name != "twin"}
    return Kept(arrays=kept, repeated=int(again.sum()), mirrored=int(other.sum()), taken=int(good.sum()))


def _mirrored(twin: NDArray[np.int64], gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows whose other side is there too; the side with the even number stays."""
    out = np.zeros(len(twin), bool)
    even = np.unique(twin[(twin != 0) & (twin % 2 == 0) & ~gone])
    odd = np.flatnonzero((twin % 2 == 1) & ~gone)
    out[odd] = np.isin(twin[odd] - 1, even)
    return out


def flows(arrays: Arrays) -> Iterator[tuple[int, NDArray[Any]]]:
    """For each host, what stands between it and every other party: a row for each power, day and kind of act.

    An act of two countries is exposure of each to the other, so that it is counted for both.
    """
    a, b = arrays["a"], arrays["b"]
    both = np.flatnonzero((a != 0) & (b != 0) & (a != b))
    host = np.concatenate([a[both], b[both]])
    if not len(host):
        return
    rest = {name: np.concatenate([arrays[name][both]] * 2) for name in ("day", "kind", "score", "weight")}
    power = np.concatenate([b[both], a[both]])
    order = _order(host, power, rest["day"], rest["kind"])
    host, power = host[order], power[order]
    rest = {name: values[order] for name, values in rest.items()}
    new = np.ones(len(host), bool)
    new[1:] = (
        (host[1:] != host[:-1])
        | (power[1:] != power[:-1])
        | (rest["day"][1:] != rest["day"][:-1])
        | (rest["kind"][1:] != rest["kind"][:-1])
    )
    at = np.flatnonzero(new)
    out = np.zeros(len(at), FLOW)
    out["power"], out["day"], out["kind"] = power[at], rest["day"][at], rest["kind"][at]
    out["n"] = np.diff(at, append=len(host))
    out["weight"] = np.add.reduceat(rest["weight"], at)
    out["score"] = np.add.reduceat(np.nan_to_num(rest["score"]), at)
    owner = host[at]
    bounds = [0, *(np.flatnonzero(owner[1:] != owner[:-1]) + 1).tolist(), len(owner)]
    for low, high in pairwise(bounds):
        yield int(owner[low]), out[low:high]


def _order(*columns: NDArray[Any]) -> NDArray[np.int64]:
    """Where each row goes when rows are sorted by the columns, the first most; equal ones stay as they stand.

    Values and place of a row are packed into one number where they fit: numbers sort in a quarter of the time.
    """
    low = [int(c.min()) for c in columns]
    bits = [(int(c.max()) - least).bit_length() for c, least in zip(columns, low, strict=True)]
    place = len(columns[0]).bit_length()
    if sum(bits) + place > 64:
        return np.lexsort(columns[::-1])
    key = np.zeros(len(columns[0]), np.uint64)
    for column, least, width in zip(columns, low, bits, strict=True):
        key <<= np.uint64(width)
        key |= (column.astype(np.int64) - least).astype(np.uint64)
    key <<= np.uint64(place)
    key |= np.arange(len(key), dtype=np.uint64)
    key.sort()
    key &= np.uint64((1 << place) - 1)
    return key.view(np.int64)
