"""Bytes from an http or https address, within a time and a size."""

import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import urlsplit

from marchland.documents.unread import Refusal, quoted

LONGEST_WAIT = 20  # seconds without a byte
_LONGEST_FETCH = 60  # seconds in all, so that a server that drips cannot hold a run
LARGEST_FETCH = 10 * 2**20  # bytes
SCHEMES = ("http", "https")
_CHUNK = 2**16  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent."""

    data: bytes
    kind: str  # media type, small letters; "" = not declared
    charset: str | None  # None = not declared
    path: str  # of the address that answered, whose suffix tells the kind where the server does not


class _SameSchemes(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in SCHEMES:
            raise Refusal(f"the address redirects to {quoted(newurl)}; only http and https are followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type] # typeshed: HTTPMessage


def fetch(url: str) -> Fetched:
    """Get what an address holds.

    Raises:
        Refusal: it is no http or https address, does not answer in time, answers with an error or with too much.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        _SameSchemes,
    ):
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(  # noqa: S310  # the opener above holds no handler but for http and https
            url, headers={"User-Agent": "marchland", "Accept-Encoding": "identity"}
        )
        with opener.open(request, timeout=LONGEST_WAIT) as answer:
            return _body(answer)
    except urllib.error.HTTPError as error:
        if 300 <= error.code < 400:  # urllib itself turns down the schemes that it does not know, and endless circles
            raise Refusal(
                "the address redirects in a circle or away from http and https; only http and https are followed"
            ) from None
        raise Refusal(
            f"the server answers {error.code}; check the address, or save the page and give the file"
        ) from None
    except TimeoutError:
        raise Refusal(
            f"the server sent nothing for {LONGEST_WAIT} s; try again, or save the page and give the file"
        ) from None
    except (OSError, HTTPException, ValueError) as error:  # URLError is an OSError; ValueError: a malformed address
        why = getattr(error, "reason", error)
        if isinstance(why, TimeoutError):
            why = f"nothing came for {LONGEST_WAIT} s"
        raise Refusal(
            f"the address cannot be fetched ({quoted(str(why))}); check it and the network, or save the page and give the file"
        ) from None


def _body(answer: Any) -> Fetched:
    until = time.monotonic() + _LONGEST_FETCH
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        _within(len(data))
        if time.monotonic() > until:
            raise Refusal(f"the page did not arrive within {_LONGEST_FETCH} s; save it and give the file")
    coding = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    declared = answer.headers.get("Content-Type")
    return Fetched(
        data=_unpacked(bytes(data), coding),
        kind=answer.headers.get_content_type() if declared else "",
        charset=answer.headers.get_content_charset() if declared else None,
        path=urlsplit(answer.geturl()).path,
    )


def _unpacked(data: bytes, coding: str) -> bytes:
    """What was sent, without the gzip that some servers use unasked."""
    if coding == "identity":
        return data
    if coding not in ("gzip", "x-gzip"):
        raise Refusal(
            f"the server packed the page as {quoted(coding)}, which was not asked for; save it and give the file"
        )
    try:
        plain = zlib.decompressobj(wbits=31).decompress(data, LARGEST_FETCH + 1)
    except zlib.error:
        raise Refusal("the server sent a broken gzip; save the page and give the file") from None
    _within(len(plain))
    return plain


def _within(size: int) -> None:
    if size > LARGEST_FETCH:
        raise Refusal(f"the page is larger than {LARGEST_FETCH >> 20} MB; save it and give the file")
