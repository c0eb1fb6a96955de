"""What every answer passes through: limits on what may be asked, and headers that keep the page to itself.

Written for ASGI directly: each part is a few lines, and answers are passed on as they are made.
"""

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST: Final = 4096  # bytes of an address, query included
_MOST_VALUES: Final = 60  # parts of a query

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


class Guard:
    """Refuses what a page never asks for: writing methods, bodies, huge addresses, other machines' names for this one."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = ()) -> None:
        """Guard `app`; `hosts` are the names it may be asked by, none = any.

        A browser that is lured to another name for this machine (DNS rebinding) asks by that name and is refused.
        """
        self.app = app
        self.hosts = frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            said = f"{scope['method']}: this page only reads; use GET.\n"
            return PlainTextResponse(said, status_code=405, headers={"Allow": "GET, HEAD"})
        if headers.get("transfer-encoding") or headers.get("content-length", "0") != "0":
            return PlainTextResponse("A question has no body; put it into the address.\n", status_code=413)
        query = scope.get("query_string", b"")
        if len(scope.get("raw_path") or b"") + len(query) > _LONGEST or query.count(b"&") >= _MOST_VALUES:
            said = f"The address is too long; {_LONGEST} bytes and {_MOST_VALUES} values are the most.\n"
            return PlainTextResponse(said, status_code=414)
        if self.hosts and _bare(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse(
                "This page is served under another name; use the address that was printed.\n", status_code=421
            )
        return None


def _bare(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
