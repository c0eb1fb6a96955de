"""The one who may write: a token made at start-up, and the store opened anew for each correction.

Programs send the token in a header. A browser shows it once and gets a cookie for it; its forms carry a second value, which
only a page of this address can have read.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Final

from starlette.requests import HTTPConnection

from marchland.errors import MarchlandError
from marchland.store import Correction, Store

COOKIE: Final = "marchland_review"
ENTER: Final = "/review/enter"
_WAIT_S: Final = 5.0  # for another process's transaction; a browser does not wait for long


class NoTokenError(MarchlandError):
    """A write without the token: 401."""


class ForeignError(MarchlandError):
    """A write that another page may have sent: 403."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who may correct the records of a served store, and how."""

    path: Path
    by: str  # the name that corrections bear where the writer gives none
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def _derived(self, use: str) -> str:
        return sha256(f"{use} {self.token}".encode()).hexdigest()

    @property
    def session(self) -> str:
        """The cookie's value."""
        return self._derived("session")

    @property
    def form(self) -> str:
        """The hidden value of forms."""
        return self._derived("form")

    def knows(self, token: str) -> bool:
        """Is it the token?"""
        return compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def entered(self, request: HTTPConnection) -> bool:
        """Has this browser shown the token?"""
        held = request.cookies.get(COOKIE, "")
        return compare_digest(held.encode("utf-8", "replace"), self.session.encode())

    def check_form(self, request: HTTPConnection, value: str) -> None:
        """Refuse a form that no page of ours was asked to send.

        Raises:
            NoTokenError: this browser has not shown the token.
            ForeignError: the form's hidden value is not ours.
        """
        if not self.entered(request):
            raise NoTokenError("this browser has not shown the token; open the address that was printed at start-up")
        if not compare_digest(value.encode("utf-8", "replace"), self.form.encode()):
            raise ForeignError("this form was not made by this page; open the page anew and send it again")

    def say(self, what: Callable[[Store, datetime], Correction]) -> tuple[Correction, frozenset[str]]:
        """Write one correction, as of now; one at a time. Gives the tellings of the records that it changed, too."""
        with self.lock, Store(self.path, wait=_WAIT_S) as store:
            store.watch()
            done = what(store, datetime.now(UTC))
            return done, store.stirred()
