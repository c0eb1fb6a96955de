"""Addresses into Documents, against a server on this machine."""

import contextlib
import gzip
import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from marchland.documents import Unread, read

from .makers import PAGE, pdf

ANSWERS = {
    "/page": ("text/html; charset=utf-8", PAGE.encode()),
    "/text": ("text/plain; charset=windows-1252", "Où est-il ?".encode("cp1252")),
    "/a.pdf": ("application/octet-stream", pdf(["Troops crossed the pass."])),
    "/rows": ("application/x-ndjson", b'{"text": "One."}\n{"text": "Two."}\n'),
    "/rows.jsonl": ("text/plain", b'{"text": "One."}\n{"text": "Two."}\n'),
    "/picture": ("image/png", b"\x89PNG"),
    "/empty": ("text/plain", b""),
    "/large": ("text/plain", b"a" * (10 * 2**20 + 1)),
    "/bomb": ("text/plain", gzip.compress(b"a" * (11 * 2**20))),
    "/packed": ("text/html", gzip.compress(PAGE.encode())),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path in ("/out", "/moved"):
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd" if self.path == "/out" else "/page")
            self.end_headers()
            return
        kind, body = ANSWERS.get(self.path, (None, b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        if self.path in ("/bomb", "/packed"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(OSError):  # the reader has hung up on what is too large
            self.wfile.write(body)

    def log_message(self, *args):
        """Stay silent."""


@pytest.fixture(scope="module")
def server():
    with HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def get(address):
    return list(read([address], stdin=io.BytesIO()))


@pytest.mark.parametrize("path", ["/page", "/packed", "/moved"])
def test_page_is_fetched_and_keeps_the_address_it_was_asked_by(server, path):
    [got] = get(server + path)
    assert (got.title, got.url) == ("Drills in the valley", server + path)


def test_charset_of_the_server_is_honoured(server):
    [got] = get(server + "/text")
    assert (got.text, got.extracted) == ("Où est-il ?", False)


def test_undeclared_kind_is_told_by_its_bytes(server):
    [got] = get(server + "/a.pdf")
    assert got.text == "Troops crossed the pass."


@pytest.mark.parametrize("path", ["/rows", "/rows.jsonl"])
def test_rows_are_fetched(server, path):
    assert [d.text for d in get(server + path)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "answers 404"),
        ("/picture", '"image/png"'),
        ("/empty", "nothing"),
        ("/large", "larger than 10 MB"),
        ("/bomb", "larger than 10 MB"),
        ("/out", "only http and https"),
    ],
)
def test_what_cannot_be_fetched_is_told(server, path, words):
    [got] = get(server + path)
    assert isinstance(got, Unread)
    assert got.place == server + path
    assert words in got.reason


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "http://127.0.0.1:1/", "http://127.0.0.1:99999/", "http://a b/"]
)
def test_broken_addresses_are_told(address):
    [got] = get(address)
    assert isinstance(got, Unread)
