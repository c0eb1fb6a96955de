"""The pages in a real browser: nothing from elsewhere, no complaint, and a sentence behind every mark."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.web.makers import Served

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; the browser is not driven")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on the path; the browser is not driven")

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
VIEWS = (
    "/?year=2016",
    "/?region=world&year=2016",
    "/?year=2016&open=place:c:TJK:-:Dushanbe",
    "/host/TJK",
    "/brief/TJK",
    "/dyad/CHN/TJK",
    "/record/{drill}",
    "/record/{pact}",
    "/document/mixed",
    "/document/bad%22%3E%3Cscript%3E",
    "/search?q=drill&what=events",
    "/data?what=documents",
    "/api",
    "/review",
)


@dataclass(kw_only=True)
class Seen:
    """A tab, what it asked for and what it complained of."""

    tab: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def opened(browser: Any, page: Served, *, wide: int = 1300, scripts: bool = True, scheme: str = "light") -> Seen:
    context = browser.new_context(
        base_url=page.address, viewport={"width": wide, "height": 900}, java_script_enabled=scripts, color_scheme=scheme
    )
    seen = Seen(tab=context.new_page())
    seen.tab.on("request", lambda r: seen.asked.append(r.url))
    seen.tab.on("console", lambda m: seen.said.append(m.text) if m.type in ("error", "warning") else None)
    seen.tab.on("pageerror", lambda e: seen.said.append(str(e)))
    seen.tab.on("dialog", lambda d: seen.said.append(f"dialog {d.message}"))
    return seen


@pytest.mark.parametrize("view", VIEWS)
def test_view_loads_without_outside_requests_and_complaints(browser: Any, page: Served, view: str):
    seen = opened(browser, page)
    seen.tab.goto(view.format(**page.ids))
    seen.tab.wait_for_selector("body[data-ready]")
    assert seen.said == []
    assert [u for u in seen.asked if not u.startswith(page.address)] == []
    assert seen.tab.title().endswith("marchland")


def test_mark_on_the_map_opens_its_sentence_with_one_click(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/?region=central-asia&year=2016")
    seen.tab.wait_for_selector("body[data-ready]")
    seen.tab.locator('a.spot[aria-label^="Pamir"]').click()
    seen.tab.locator("#evidence blockquote", has_text="joint drill near the river Murghab").wait_for()
    assert "open=place" in seen.tab.url
    assert seen.said == []


def test_mark_opens_its_sentence_without_scripts(browser: Any, page: Served):
    seen = opened(browser, page, scripts=False)
    seen.tab.goto("/?region=central-asia&year=2016")
    seen.tab.locator('a.spot[aria-label^="Pamir"]').click()
    assert "joint drill near the river Murghab" in seen.tab.locator("#evidence").inner_text()


def test_back_closes_what_was_opened(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/host/TJK")
    seen.tab.wait_for_selector("body[data-ready]")
    seen.tab.locator("#numbers ~ .scroll a[data-pane]").first.click()
    seen.tab.locator("#evidence", has_text="of the share").wait_for()
    seen.tab.go_back()
    seen.tab.locator("#evidence", has_text="Choose a point").wait_for()


def test_jump_within_a_page_does_not_load_it_again(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/document/mixed")
    seen.tab.wait_for_selector("body[data-ready]")
    seen.tab.locator("#evidence a", has_text="in the text").first.click()
    seen.tab.wait_for_timeout(300)
    assert "#t-" in seen.tab.url
    assert len([u for u in seen.asked if "/document/" in u]) == 1


def test_mark_is_reached_and_opened_by_keyboard(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/?region=central-asia&year=2016")
    seen.tab.wait_for_selector("body[data-ready]")
    seen.tab.locator('a.spot[aria-label^="Pamir"]').focus()
    seen.tab.keyboard.press("Enter")
    seen.tab.locator("#evidence blockquote", has_text="joint drill").wait_for()


def test_map_grows_and_marks_keep_their_size(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/?region=central-asia&year=2016")
    seen.tab.wait_for_selector("body[data-ready]")
    mark = seen.tab.locator('a.spot[aria-label^="Pamir"] .mark')
    before = mark.bounding_box()
    seen.tab.get_by_role("button", name="Magnify").click()
    seen.tab.wait_for_timeout(400)
    after = mark.bounding_box()
    assert after["width"] == pytest.approx(before["width"], rel=0.05)
    assert (after["x"], after["y"]) != (before["x"], before["y"])


@pytest.mark.parametrize(
    "view",
    [
        "/?year=2016",
        "/host/TJK",
        "/brief/TJK",
        "/dyad/CHN/TJK",
        "/record/{drill}",
        "/document/mixed",
        "/search",
        "/data",
        "/api",
    ],
)
def test_page_is_no_wider_than_a_phone(browser: Any, page: Served, view: str):
    seen = opened(browser, page, wide=390)
    seen.tab.goto(view.format(**page.ids))
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_paper_is_dark(browser: Any, page: Served):
    seen = opened(browser, page, scheme="dark")
    seen.tab.goto("/")
    assert seen.tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 26)"


def test_hostile_document_changes_nothing(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/document/bad%22%3E%3Cscript%3E")
    seen.tab.wait_for_selector("body[data-ready]")
    assert seen.tab.title() != "owned"
    assert seen.tab.locator("#text img").count() == 0
    assert "onerror" in seen.tab.locator("#text").inner_text()
    assert seen.said == []


def test_what_takes_long_comes_after_the_page(browser: Any, page: Served):
    seen = opened(browser, page)
    seen.tab.goto("/host/TJK?since=2006")
    seen.tab.wait_for_selector("body[data-settled]")
    assert seen.tab.locator("[data-later]").count() == 0
    assert seen.tab.locator(".shifted").count() > 0
    seen.tab.locator("#changes .pairs a[data-pane]").first.click()
    seen.tab.locator("#evidence blockquote").first.wait_for()
    seen.tab.locator(".shifted").first.focus()
    seen.tab.keyboard.press("Enter")
    seen.tab.locator("#evidence", has_text="registry").wait_for()
    assert "wait=" not in seen.tab.url
    assert seen.said == []


def test_what_takes_long_is_a_link_without_scripts(browser: Any, page: Served):
    seen = opened(browser, page, scripts=False)
    seen.tab.goto("/host/TJK?since=2007")
    seen.tab.locator("#changes").get_by_role("link", name="Work it out now").click()
    assert "moves by one power while another held most here" in seen.tab.locator("#changes").inner_text()
    seen.tab.goto("/brief/TJK?since=2007")
    seen.tab.get_by_role("link", name="Work it out now").click()
    assert "What stands" in seen.tab.locator("#brief").inner_text()


# ---- corrections ----


def test_rejection_by_button_moves_the_number_and_undo_moves_it_back(browser: Any, desk: Served):
    seen = opened(browser, desk)
    seen.tab.goto(f"/review/enter?token={desk.writer.token}")
    address = f"/dyad/CHN/TJK?open=record:{desk.ids['drill']}"
    asked = "/api/v1/influence/TJK?power=RUS&power=CHN&since=2016&until=2016&domain=security"

    def share() -> float:
        rows = seen.tab.evaluate("address => fetch(address).then(a => a.json()).then(a => a.rows)", asked)
        return float(next(r["share"]["value"] for r in rows if r["power"] == "CHN"))

    seen.tab.goto(address)
    before, marks = share(), seen.tab.locator("#evidence blockquote").count()
    assert marks > 0
    seen.tab.locator("#evidence").get_by_role("button", name="Reject").click()
    seen.tab.locator(".done", has_text="Kept as correction 1").wait_for()
    assert "open=record" in seen.tab.url
    assert "No record has the id" in seen.tab.locator("#evidence").inner_text()
    assert share() < before - 0.005
    seen.tab.locator(".done").get_by_role("button", name="Undo").click()
    seen.tab.locator(".done", has_text="Kept as correction 2").wait_for()
    assert share() == pytest.approx(before)
    assert seen.said == []


def test_keys_work_through_the_queue(browser: Any, desk: Served):
    seen = opened(browser, desk)
    seen.tab.goto(f"/review/enter?token={desk.writer.token}")
    seen.tab.goto("/review?host=TJK")
    seen.tab.wait_for_selector("[data-waits].here")
    count = seen.tab.locator("[data-waits]").count()
    second = seen.tab.locator("[data-waits] h3 a").nth(1).get_attribute("href")
    seen.tab.keyboard.press("j")
    seen.tab.keyboard.press("a")
    seen.tab.locator(".done", has_text="Kept as correction 1").wait_for()
    seen.tab.wait_for_selector("[data-waits].here")  # the keys of the page that came back work from here on
    assert seen.tab.locator("[data-waits]").count() == count - 1
    assert second not in [a.get_attribute("href") for a in seen.tab.locator("[data-waits] h3 a").all()]
    seen.tab.keyboard.press("u")
    seen.tab.locator(".done", has_text="Kept as correction 2").wait_for()
    seen.tab.wait_for_selector("[data-waits].here")
    assert seen.tab.locator("[data-waits]").count() == count
    seen.tab.keyboard.press("e")
    seen.tab.wait_for_url("**/record/*#edit")
    seen.tab.locator("input[name=to-when], input[name=to-since]").first.focus()
    seen.tab.keyboard.press("r")  # typed into the field, and no rejection
    assert seen.tab.locator(".done").count() == 0
    assert desk.get("/api/v1/review/log").json["count"] == 2
    assert seen.said == []


def test_correction_works_without_scripts(browser: Any, desk: Served):
    seen = opened(browser, desk, scripts=False)
    seen.tab.goto("/review")
    seen.tab.locator("input[name=token]").fill(desk.writer.token)
    seen.tab.get_by_role("button", name="Enter").click()
    seen.tab.goto(f"/record/{desk.ids['accused']}")
    seen.tab.locator("select[name=to-status]").select_option("denied")
    seen.tab.locator("input[name=note]").fill("Moscow says it did not")
    seen.tab.get_by_role("button", name="Keep the changes").click()
    assert "Kept as correction 1." in seen.tab.locator(".done").inner_text()
    assert "Moscow says it did not" in seen.tab.locator(".log").inner_text()
    assert seen.tab.locator("h1.struck").count() == 1


@pytest.mark.parametrize("view", ["/review?host=TJK", "/review?show=log", "/record/{drill}"])
def test_page_of_corrections_is_no_wider_than_a_phone(browser: Any, desk: Served, view: str):
    seen = opened(browser, desk, wide=390)
    seen.tab.goto(f"/review/enter?token={desk.writer.token}")
    desk.say("accept", id=desk.ids["base"], note="word" * 100)
    seen.tab.goto(view.format(**desk.ids))
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= 390
