"""Pages packed on a second thread, in order: zlib lets go of the interpreter while it works, so that reading goes on."""

import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from marchland.exchange.pages import Page

_LEVEL: Final = 1  # of compression: the fastest
_AHEAD: Final = 16  # pages that may wait, half a megabyte each


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A page as it is kept."""

    number: int
    sizes: bytes  # characters of each row, little-endian 32 bits
    text: bytes  # zlib


class Packer:
    """A queue of pages."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[tuple[Page, Future[bytes]]] = deque()

    def put(self, page: Page) -> Iterator[Packed]:
        """Take a page in; what is ready and must make room comes out."""
        self._waiting.append((page, self._pool.submit(zlib.compress, page.raw, _LEVEL)))
        return self._out(_AHEAD)

    def rest(self) -> Iterator[Packed]:
        """All that is left."""
        return self._out(0)

    def _out(self, left: int) -> Iterator[Packed]:
        while len(self._waiting) > left:
            page, text = self._waiting.popleft()
            sizes = np.fromiter(map(len, page.rows), "<u4", len(page.rows)).tobytes()
            yield Packed(number=page.number, sizes=sizes, text=text.result())

    def close(self) -> None:
        """Forget what was not asked for, and let the thread end."""
        self._waiting.clear()
        self._pool.shutdown(cancel_futures=True)
