"""What every answer passes through: limits on what may be asked, and headers that keep the page to itself.

Written for ASGI directly: each part is a few lines, and answers are passed on as they are made.
"""

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST: Final = 4096  # bytes of an address, query included
_MOST_VALUES: Final = 60  # parts of a query
BODY: Final = 64 * 1024  # bytes of a correction
API: Final = "/api/v1/"
# Where corrections are sent, and as what.
_CALLS: Final = {
    f"/api/v1/review/{verb}": "application/json" for verb in "accept reject edit merge split add undo".split()
}
_WRITES: Final = _CALLS | dict.fromkeys(("/review/say", "/review/enter"), "application/x-www-form-urlencoded")

# Nothing inline, nothing from elsewhere, no frames; `connect-src` lets a page's own scripts fetch its own pages.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_Refused = tuple[int, str, dict[str, str]]


class Guard:
    """Refuses what a page never asks for: writing where nothing is written, bodies, huge addresses, other machines' names."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), writes: bool = False) -> None:
        """Guard `app`; `hosts` are the names it may be asked by, none = any.

        A browser that is lured to another name for this machine (DNS rebinding) asks by that name and is refused.

        Args:
            writes: Whether corrections may be sent. Then a browser must be able to say which page sent a form, which it
                does not where it sends no referrer at all.
        """
        self.app = app
        self.hosts = frozenset(h.lower() for h in hosts)
        self.writes = writes
        self.headers = _HEADERS | ({"Referrer-Policy": "same-origin"} if writes else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        refused = self._refusal(scope)
        await (_told(scope, *refused) if refused else self.app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> _Refused | None:
        headers = Headers(scope=scope)
        query = scope.get("query_string", b"")
        if len(scope.get("raw_path") or b"") + len(query) > _LONGEST or query.count(b"&") >= _MOST_VALUES:
            return 414, f"The address is too long; {_LONGEST} bytes and {_MOST_VALUES} values are the most.", {}
        if self.hosts and _bare(headers.get("host", "")) not in self.hosts:
            return 421, "This page is served under another name; use the address that was printed.", {}
        if scope["method"] in ("GET", "HEAD") and not (self.writes and scope["path"] in _CALLS):
            if headers.get("transfer-encoding") or headers.get("content-length", "0") != "0":
                return 413, "A question has no body; put it into the address.", {}
            return None
        return self._refusal_to_write(scope, headers)

    def _refusal_to_write(self, scope: Scope, headers: Headers) -> _Refused | None:
        kind = _WRITES.get(scope["path"])
        if not self.writes or kind is None or scope["method"] != "POST":
            allowed = "POST" if self.writes and kind else "GET, HEAD"
            return 405, f"{scope['method']}: not here; this address takes {allowed}.", {"Allow": allowed}
        length = headers.get("content-length", "")
        if headers.get("transfer-encoding") or not (length.isascii() and length.isdigit()):
            return 411, "A correction says beforehand how long it is; send Content-Length.", {}
        if int(length[:12]) > BODY:
            return 413, f"A correction has at most {BODY} bytes; this one has {length[:12]}.", {}
        if headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            return 415, f"Send it as {kind}.", {}
        if not _from_here(headers):
            return (
                403,
                "Another page sent this; corrections are taken from this page's own forms and from programs.",
                {},
            )
        return None


def _from_here(headers: Headers) -> bool:
    """Did a page of this address send it, or a program, which is no page at all?"""
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == headers.get("host", "").lower()


def _told(scope: Scope, status: int, said: str, headers: dict[str, str]) -> Response:
    """A refusal: JSON for programs, a line for people."""
    if scope["path"].startswith(API):
        return JSONResponse({"error": said}, status_code=status, headers=headers)
    return PlainTextResponse(f"{said}\n", status_code=status, headers=headers)


def _bare(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
