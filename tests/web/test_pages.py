"""Every view answers, keeps to its own machine, and shows what documents say as text alone."""

import re
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.makers import HOSTILE, Served

VIEWS = (
    "/",
    "/?region=world&year=2016",
    "/?region=central-asia&year=2016&power=CHN&domain=security",
    "/?year=2016&open=place:c:TJK:-:Dushanbe",
    "/host/TJK",
    "/host/tajikistan?period=quarter&since=2016&power=RUS&ties=all",
    "/host/TJK?open=why:security:RUS:2016",
    "/host/KAZ",
    "/dyad/CHN/TJK",
    "/dyad/RUS/TJK?type=AID",
    "/record/{drill}",
    "/record/{base}",
    "/document/drill-0",
    "/search",
    "/search?q=drill&what=events&country=TJK",
    "/search?what=documents",
    "/data",
    "/data?what=influence&country=TJK",
    "/data?what=links",
    "/api",
)


class Tags(HTMLParser):
    """Start tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def path_of(page: Served, view: str) -> str:
    return view.format(**page.ids)


@pytest.mark.parametrize("view", VIEWS)
def test_view_answers(page: Served, view: str):
    answer = page.get(path_of(page, view))
    assert answer.status == 200
    assert "<h1" in answer.text


@pytest.mark.parametrize("view", ["/", "/host/TJK", "/dyad/CHN/TJK", "/search", "/data", "/api", "/?region=world"])
def test_view_of_an_empty_store_says_how_to_fill_it(empty: Served, view: str):
    answer = empty.get(view)
    assert answer.status == 200
    assert view not in ("/", "/host/TJK", "/dyad/CHN/TJK") or "marchland code" in answer.text


@pytest.mark.parametrize("view", VIEWS)
def test_view_has_nothing_inline_and_nothing_from_elsewhere(page: Served, view: str):
    answer = page.get(path_of(page, view))
    for tag, told in Tags(answer.text).found:
        assert tag not in ("style", "iframe", "object", "embed", "base")
        assert tag != "script" or told.get("src", "").startswith("/static/")
        assert not [name for name in told if name.startswith("on") or name == "style"], (tag, told)
        for name in ("src", "href", "action", "srcset"):
            assert re.match(r"^(/(?!/)|#)", told.get(name) or "/"), (tag, told)


@pytest.mark.parametrize("view", ["/", "/static/page.js", "/api/v1/events", "/nothing", "/host/zzz", "/hues.css"])
def test_answer_carries_the_policy(page: Served, view: str):
    headers = page.get(view).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "view",
    [
        "/document/bad%22%3E%3Cscript%3E",
        "/record/{pact}",
        "/search?q=pact",
        "/search?what=documents",
        "/?year=2016&open=place:c:TJK:-:Dushanbe",
        "/host/TJK?open=record:{pact}",
        "/data?what=documents",
        "/data?what=events",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/host/%3Cscript%3E",
        "/?open=%3Cscript%3E",
        "/%3Cscript%3E",
    ],
)
def test_what_documents_and_addresses_say_is_text(page: Served, view: str):
    answer = page.get(path_of(page, view))
    tags = Tags(answer.text).found
    assert not [t for t, told in tags if t == "script" and "src" not in told]
    assert not [t for t, _ in tags if t == "img"]
    assert HOSTILE not in answer.text
    assert "49" not in re.findall(r"& (\d+) a pact", answer.text)


def test_hostile_title_is_readable_as_it_was_written(page: Served):
    text = page.get("/document/bad%22%3E%3Cscript%3E").text
    assert "&lt;script&gt;document.title=" in text


def test_map_says_whose_borders_these_are(page: Served):
    text = page.get("/?region=central-asia&year=2016").text
    assert "Natural Earth" in text
    assert "Crimea" in text


def test_map_marks_an_area_as_an_area_and_a_country_as_a_count(page: Served):
    text = page.get("/?region=central-asia&year=2016").text
    assert "Pamir (an area, not a point)" in text
    assert "no closer place told" in text


def test_mark_leads_to_its_sentence(page: Served):
    text = page.get("/?region=central-asia&year=2016").text
    [link] = {
        t["href"]
        for n, t in Tags(text).found
        if n == "a" and "place%3Ar%3ATJK%3ATJ-GB%3APamir" in (t.get("href") or "")
    }
    opened = page.get(link.partition("#")[0])
    assert "joint drill near the river Murghab" in opened.text


def test_record_keeps_disagreement_and_says_why_tellings_are_one(page: Served):
    text = page.get(f"/record/{page.ids['drill']}").text
    assert "In what do the tellings differ?" in text
    assert "22 to 25 October 2016" in text
    assert "24 October 2016" in text
    assert "Why are they one?" in text


def test_number_opens_to_what_adds_up_to_it(page: Served):
    text = page.get("/host/TJK?since=2010&until=2016&open=why:security:RUS:2016").text
    assert "of the share" in text
    assert "Knowing nothing beforehand adds" in text


def test_planned_act_is_told_as_such(page: Served):
    text = page.get("/dyad/CHN/TJK").text
    assert "mark hatched" in text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/host/Atlantis", 400, "no such country"),
        ("/host/TJK?since=2020&until=2010", 400, "must not follow"),
        ("/host/TJK?power=TJK", 400, "host of this page"),
        ("/host/TJK?period=decade", 400, "no such period"),
        ("/host/TJK?since=0001&until=9999&period=month", 400, "periods"),
        ("/data?what=influence&country=TJK&since=0001&until=9999", 400, "periods"),
        ("/host/TJK?since=99999999999999", 400, "no date"),
        ("/host/TJK?since=2019-13", 400, "no date"),
        ("/host/%00", 400, "no such country"),
        ("/document/%00", 404, "not in this store"),
        ("/dyad/TJK/TJK", 400, "two different countries"),
        ("/?region=atlantis", 400, "no such region"),
        ("/?year=twenty", 400, "four digits"),
        ("/host/TJK?open=nonsense", 400, "record:ID"),
        ("/search?type=NOPE", 400, "no such type"),
        ("/search?what=secrets", 400, "one of"),
        ("/data?what=secrets", 400, "no such table"),
        ("/host/TJK?page=0", 422, "page"),
        ("/search?q=" + "x" * 300, 422, "q:"),
        ("/record/0123", 404, "no such record"),
        ("/document/none", 404, "not in this store"),
        ("/elsewhere", 404, "no such page"),
    ],
)
def test_refusal_says_what_to_do(page: Served, path: str, status: int, said: str):
    answer = page.get(path)
    assert answer.status == status
    assert said in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapi.py", "/document/../../etc/passwd"]
)
def test_path_never_leaves_its_folder(page: Served, path: str):
    answer = page.get(path)
    assert answer.status == 404
    assert "import" not in answer.text


def test_writing_methods_are_refused(page: Served):
    assert page.get("/", method="POST", body=b"x=1").status == 405
    assert page.get("/api/v1/events", method="DELETE").status == 405


def test_bodies_and_huge_addresses_are_refused(page: Served):
    assert page.get("/", body=b"x" * 10).status == 413
    assert page.get("/search?q=" + "x" * 5000).status == 414
    assert page.get("/search?" + "&".join(f"a{i}=1" for i in range(90))).status == 414


def test_other_names_for_this_machine_are_refused(page: Served):
    assert page.get("/", headers={"Host": "evil.example"}).status == 421
    assert page.get("/", headers={"Host": f"localhost:{page.port}"}).status == 200


ODD = st.one_of(
    st.sampled_from(
        [
            "TJK",
            "RUS",
            "2016",
            "2016-13",
            "AID",
            "denied",
            "-1",
            "",
            "\x00",
            "why:security:RUS:2016",
            "place:x",
            "../..",
        ]
    ),
    st.text(max_size=12),
)
NAMES = "country power type since until status as_of as_known_on offset limit q what page period region year domain open why".split()
PATHS = (
    "/ /host/{} /dyad/{}/TJK /record/{} /document/{} /search /data /data/{}.csv /api/v1/events /api/v1/search".split()
)
PATHS += "/api/v1/influence/{} /api/v1/map /api/v1/record/{} /api/v1/document/{} /api/v1/links".split()


@given(path=st.sampled_from(PATHS), part=ODD, values=st.lists(st.tuples(st.sampled_from(NAMES), ODD), max_size=3))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_makes_the_page_fail(page: Served, path: str, part: str, values: list[tuple[str, str]]):
    query = urlencode([(name, value.encode("utf-8", "replace")) for name, value in values])
    answer = page.get(path.format(quote(part.encode("utf-8", "replace"), safe="")) + (f"?{query}" if query else ""))
    assert answer.status < 500
