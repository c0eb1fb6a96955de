"""Every view can be read and used by everyone: axe-core finds no serious violation, in light and in dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from marchland.cli.demo import demo
from marchland.store import Store
from marchland.web.writer import Writer
from tests.web.makers import Served, served
from tests.web.test_browser import CHROMIUM, FLAGS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the browser is not driven")
axe_package = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on the path; the browser is not driven")

VIEWS = (
    "/?year=2016",
    "/?year=2016&open=place:country-TJK",
    "/?region=world&year=2016&power=CHN",
    "/host/TJK",
    "/host/TJK?open=why:security:CHN:2019",
    "/host/TJK?until=2016&open=odds:CHN:material-cooperation:30",
    "/brief/TJK?since=2010",
    "/dyad/CHN/TJK",
    "{record}",
    "{document}",
    "/search?q=exercise&what=ties&country=TJK",
    "/data?what=events&country=TJK",
    "/review?host=TJK",
    "/review?show=log",
    "/api",
    "/nowhere",
)
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped corpus, served for corrections."""
    folder: Path = tmp_path_factory.mktemp("shipped")
    CliRunner().invoke(demo, ["--folder", str(folder)], catch_exceptions=False)
    path = folder / "demo.marchland"
    with Store(path, read_only=True) as store:
        told = max(store.events(), key=lambda e: (len(e.mentions), e.id))
    ids = {"record": f"/record/{told.id}", "document": f"/document/{told.doc_id}"}
    with served(path, ids, Writer(path=path, by="Ann")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_view_has_no_serious_violation(browser: Any, shipped: Served, view: str, scheme: str):
    context = browser.new_context(
        base_url=shipped.address, viewport={"width": 1300, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(f"/review/enter?token={shipped.writer.token}")  # with its buttons
    tab.goto(view.format(**shipped.ids))
    tab.wait_for_selector("body[data-settled]")
    only = {} if scheme == "light" else {"runOnly": ["color-contrast"]}  # the rest is the same in both
    answer = axe_package.Axe().run(tab, options={"resultTypes": ["violations", "passes"], **only}).response
    found = answer["violations"]
    context.close()
    assert "color-contrast" in {p["id"] for p in answer["passes"]}
    told = [
        f"{v['id']} ({v['impact']}): {n['html'][:200]} {n.get('failureSummary', '')[:200]}"
        for v in found
        if v["impact"] in GRAVE
        for n in v["nodes"][:3]
    ]
    assert told == []
