"""The page of a brief: prose with evidence that leads to records, and the same as files."""

import re

from tests.web.makers import HOSTILE, Served


def test_brief_has_its_sections_and_every_mark_has_its_note(page: Served) -> None:
    got = page.get("/brief/TJK?wait=true")
    assert got.status == 200
    for key in ("happened", "stands", "leads", "disputed", "unread", "evidence"):
        assert f'id="{key}"' in got.text
    assert set(re.findall(r'href="#(note-\d+)"', got.text)) == set(re.findall(r'id="(note-\d+)"', got.text))


def test_notes_lead_to_the_record_behind_them(page: Served) -> None:
    got = page.get("/brief/TJK?since=2016&until=2016&wait=true")
    links = set(re.findall(r'href="(/record/[^"]+)"', got.text))
    assert f"/record/{page.ids['drill']}" in links
    assert all(page.get(link).status == 200 for link in links)


def test_host_leads_to_its_brief(page: Served) -> None:
    assert 'href="/brief/TJK"' in page.get("/host/TJK").text


def test_hostile_text_stays_text(page: Served) -> None:
    got = page.get("/brief/TJK?wait=true")
    assert HOSTILE not in got.text
    assert "<img src=x" not in got.text


def test_files_come_with_their_types(page: Served) -> None:
    for name, kind in (("md", "text/markdown; charset=utf-8"), ("html", "text/html; charset=utf-8")):
        got = page.get(f"/brief/TJK?as={name}")
        assert (got.status, got.headers["content-type"]) == (200, kind)
        assert got.headers["content-disposition"] == f'attachment; filename="brief-TJK.{name}"'


def test_wrong_questions_say_what_to_do(page: Served) -> None:
    assert page.get("/brief/TJK?as=doc").status == 400
    assert page.get("/brief/TJK?power=TJK").status == 400
    assert page.get("/brief/NOWHERE").status == 400


def test_empty_store_teaches(empty: Served) -> None:
    got = empty.get("/brief/TJK")
    assert got.status == 200
    assert "the registry of standing ties answers alone" in got.text
