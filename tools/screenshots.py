"""Screenshots of every view in light, dark and at a phone's width: `python tools/screenshots.py [--store S] [--out FOLDER]`.

Needs Chromium on the path and playwright in the environment; the pages are served from this process.
"""

import argparse
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from marchland.store import Store
from marchland.web.app import make_app

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
VIEWS = {
    "map": "/?year=2016",
    "map-open": "/?year=2016&open=place:country-TJK",
    "map-share": "/?year=2016&power=CHN",
    "world": "/?region=world&year=2019",
    "host": "/host/TJK",
    "host-open": "/host/TJK?open=why:security:CHN:2019",
    "host-odds": "/host/TJK?until=2016&open=odds:CHN:material-cooperation:30",
    "brief": "/brief/TJK?since=2005",
    "dyad": "/dyad/CHN/TJK",
    "record": "{record}",
    "document": "{document}",
    "search": "/search?q=exercise&what=ties&country=TJK",
    "review": "/review?host=TJK",
    "data": "/data?what=events&country=TJK",
}
SIZES = {"light": (1440, 900, "light"), "dark": (1440, 900, "dark"), "phone": (390, 844, "light")}


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The store as a page on a free port, for as long as the block lasts."""
    server = uvicorn.Server(uvicorn.Config(make_app(store), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def told_most(store: Store) -> dict[str, str]:
    """The record that most tell, and the document it was first read in."""
    event = max(store.events(), key=lambda e: (len(e.mentions), e.id))
    return {"record": f"/record/{event.id}", "document": f"/document/{event.doc_id}"}


def take(browser: Browser, address: str, pages: dict[str, str], sizes: list[str], out: Path, *, whole: bool) -> None:
    """One picture of each view in each size."""
    for size in sizes:
        wide, high, scheme = SIZES[size]
        context = browser.new_context(
            viewport={"width": wide, "height": high},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=2 if size == "phone" else 1,
        )
        page = context.new_page()
        for name, path in pages.items():
            page.goto(address + path)
            page.wait_for_selector("body[data-settled]")
            file = out / f"{name}-{size}.png"
            page.screenshot(path=file, full_page=whole)
            print(file)
        context.close()


def main() -> None:
    """Read the arguments, serve, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="The store to show; without it the shipped corpus is read first.")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--only", nargs="*", choices=list(VIEWS), help="Only these views.")
    parser.add_argument("--sizes", nargs="*", choices=list(SIZES), default=list(SIZES), help="Only these sizes.")
    parser.add_argument("--whole", action="store_true", help="The whole page, not only the first screen.")
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("screenshots: chromium is not on the path; install Debian's package chromium")
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.store or demo_store(Path(folder))
        with Store(path, read_only=True) as store, served(store) as address, sync_playwright() as playwright:
            found = told_most(store)
            pages = {n: p.format(**found) for n, p in VIEWS.items() if not asked.only or n in asked.only}
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            take(browser, address, pages, asked.sizes, asked.out, whole=asked.whole)
            browser.close()


def demo_store(folder: Path) -> Path:
    """The shipped corpus, read into a store."""
    from click.testing import CliRunner

    from marchland.cli.demo import demo

    CliRunner().invoke(demo, ["--folder", str(folder)], catch_exceptions=False)
    return folder / "demo.marchland"


if __name__ == "__main__":
    main()
