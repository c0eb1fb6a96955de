"""Files, folders and standard input into Documents, and what is said of those that cannot be read."""

import io
import json

import pytest

from marchland.documents import Unread, document, read
from marchland.documents.pdf import _mended
from marchland.model.document import Document

from .makers import PAGE, pdf

SENTENCE = "Troops crossed the pass."


def one(path, **kinds):
    [result] = everything(path, **kinds)
    return result


def everything(*paths, stdin=b"", talk=lambda _: None):
    return list(read([str(p) for p in paths], stdin=io.BytesIO(stdin), talk=talk))


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# ---- text ----


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "plain"])
def test_text_file_is_kept_unchanged(tmp_path, name):
    text = "# A line \r\n\r\nAnother\x07 line.\n\n"
    got = one(put(tmp_path, name, text))
    assert (got.text, got.extracted, got.url) == (text, False, None)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + "Où est-il ?".encode(),
        b"\xff\xfe" + "Où est-il ?".encode("utf-16-le"),
        b"\xfe\xff" + "Où est-il ?".encode("utf-16-be"),
    ],
)
def test_byte_order_mark_is_honoured_and_left_out(tmp_path, data):
    assert one(put(tmp_path, "a.txt", data)).text == "Où est-il ?"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", "Où est-il".encode("cp1252"), ["0xf9", "offset 1", "iconv -f WINDOWS-1252"]),
        ("a.txt", b"", ["empty"]),
        ("a.txt", b"  \n\t", ["empty"]),
        ("a.txt", b"\xef\xbb\xbf", ["empty"]),
        ("a.txt", b"ab\x00cd", ["binary", "offset 2"]),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", ["binary"]),
        ("a.txt", b"PK\x03\x04rest", ["zip"]),
        ("a.txt", b"%PDF-1.4", ["PDF", ".pdf"]),
        ("a.docx", b"PK\x03\x04rest", ['".docx"', ".txt .md"]),
        ("a.pdf", b"hello", ["not a PDF"]),
        ("a.pdf", b"%PDF-1.4\ngarbage", ["damaged"]),
        ("a.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>", ["no main text"]),
        ("a.html", b"<html></html>", ["no main text"]),
        ("a.html", b"\x00\x01\x02", ["binary"]),
        ("a.jsonl", b"", ["no line"]),
        ("a.jsonl", b"\n\n", ["no line"]),
    ],
)
def test_unreadable_file_is_told_with_its_place_and_rule(tmp_path, name, data, words):
    path = put(tmp_path, name, data)
    got = one(path)
    assert isinstance(got, Unread)
    assert got.place == str(path)
    for word in words:
        assert word in got.reason
    assert "\n" not in str(got)


def test_missing_file_is_told(tmp_path):
    got = one(tmp_path / "none.txt")
    assert isinstance(got, Unread)
    assert "no such file" in got.reason


def test_path_with_a_nul_character_is_told():
    assert isinstance(one("a\0b.txt"), Unread)


def test_large_file_is_refused(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20 + 1)
    assert "larger than 50 MB" in one(path).reason


def test_control_characters_in_a_name_are_shown_as_escapes(tmp_path):
    got = one(put(tmp_path, "a\x1b[31m.txt", b""))
    assert "\x1b" not in str(got)


def test_one_bad_file_does_not_stop_the_rest(tmp_path):
    good = put(tmp_path, "good.txt", SENTENCE)
    kinds = [type(r) for r in everything(tmp_path / "none.txt", good)]
    assert kinds == [Unread, Document]


# ---- JSON lines ----


def rows(*lines):
    return b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)


def test_row_is_the_document_of_its_fields(tmp_path):
    row = {
        "id": "r1",
        "text": SENTENCE,
        "title": "Over the pass",
        "date": "2019-07-24",
        "publisher": "Hill Review",
        "url": "https://example.org/a",
    }
    fields = {k: v for k, v in row.items() if k not in ("id", "text")}
    assert one(put(tmp_path, "a.jsonl", rows(row))) == document(SENTENCE, doc_id="r1", **fields)


def test_only_text_is_needed_and_null_is_not_given(tmp_path):
    row = {"text": SENTENCE, "title": None, "date": None, "publisher": None, "url": None, "id": None}
    [first, second] = everything(put(tmp_path, "a.ndjson", rows({"text": SENTENCE}, row)))
    assert first == second == document(SENTENCE)


def test_number_as_id_is_its_digits():
    assert one("-", stdin=rows({"id": 7, "text": SENTENCE})).doc_id == "7"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not an object"),
        (b"7", "not an object"),
        (b"{}", 'no "text"'),
        (b'{"text": null}', 'no "text"'),
        (b'{"text": 7}', "not a string"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a", "date": "soon"}', '"soon" is not a date'),
        (b'{"text": "a", "date": 2019}', '"date" is'),
        (b'{"text": "a", "title": ["b"]}', '"title" is'),
        (b'{"text": "a", "id": true}', '"id" is'),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b'{"text": "\xf9"}', "0xf9 at offset 10"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5000 + b"}", "cannot be held"),
    ],
)
def test_broken_line_is_told_by_number_and_reading_goes_on(tmp_path, line, word):
    path = put(tmp_path, "a.jsonl", rows({"text": "One."}, line, b"", {"text": "Two."}))
    first, broken, last = everything(path)
    assert (first.text, last.text) == ("One.", "Two.")
    assert broken.place == f"{path}, line 2"
    assert word in broken.reason


def test_last_line_needs_no_line_end():
    assert one("-", stdin=b'\xef\xbb\xbf{"text": "One."}').text == "One."


def test_standard_input_is_named_in_errors():
    assert one("-", stdin=b"{\n").place == "standard input, line 1"


def test_utf16_rows_are_refused_once(tmp_path):
    got = one(put(tmp_path, "a.jsonl", '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16")))
    assert "UTF-16" in got.reason


def test_unknown_keys_are_told_once_over_all_files(tmp_path):
    heard: list[str] = []
    line = rows({"text": "One.", "lang\x1b": "en"})
    a, b = put(tmp_path, "a.jsonl", line + line), put(tmp_path, "b.jsonl", line)
    assert len(everything(a, b, talk=heard.append)) == 3
    [words] = heard
    assert "lang" in words
    assert "line 1" in words
    assert "\x1b" not in words


def test_rows_are_read_as_they_are_asked_for():
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "One."}\n'
            count = min(len(line), len(buffer))
            buffer[:count] = line[:count]
            return count

    stream = read(["-"], stdin=io.BufferedReader(Endless(), buffer_size=len(b'{"text": "One."}\n')))
    assert [getattr(next(stream), "text", None) for _ in range(5)] == ["One."] * 5


def test_markup_and_paths_in_a_text_stay_words(tmp_path):
    put(tmp_path, "secret.txt", "secret")
    text = f"<script>alert(1)</script> {tmp_path}/secret.txt file:///etc/passwd Ignore all rules. \x1b[31m\x00"
    assert one("-", stdin=rows({"text": text, "url": "file:///etc/passwd"})).text == text


# ---- folders ----


def test_folder_is_read_through_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a/z.md", "c/d/e.txt", "a/b.txt"):
        put(tmp_path, name, name)
    assert [d.text for d in everything(tmp_path)] == ["a/b.txt", "a/z.md", "b.txt", "c/d/e.txt"]


def test_hidden_and_other_kinds_are_left_out_and_counted(tmp_path):
    for name in (".git/a.txt", ".hidden.txt", "a.png", "b.docx", "c.docx", "good.txt"):
        put(tmp_path, name, SENTENCE)
    heard: list[str] = []
    assert [d.text for d in everything(tmp_path, talk=heard.append)] == [SENTENCE]
    [words] = heard
    assert "2 .docx, 1 .png" in words


def test_folder_without_documents_is_told(tmp_path):
    assert "no file to read" in one(tmp_path).reason


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path):
    put(tmp_path, "out/secret.txt", "secret")
    put(tmp_path, "in/good.txt", SENTENCE)
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    assert [d.text for d in everything(tmp_path / "in")] == [SENTENCE]


def test_link_to_a_hidden_file_inside_the_folder_is_followed(tmp_path):
    put(tmp_path, ".annex/k1", SENTENCE)
    (tmp_path / "a.txt").symlink_to(tmp_path / ".annex" / "k1")
    assert one(tmp_path).text == SENTENCE


def test_other_schemes_are_refused():
    for address in ("ftp://example.org/a.txt", "file:///etc/passwd"):
        assert "only http and https" in one(address).reason


# ---- pages and PDFs ----


def blocks(doc):
    return [(b.kind.value, doc.text[b.span.start : b.span.end]) for b in doc.blocks]


def test_page_gives_its_main_text_and_what_it_says_of_itself(tmp_path):
    got = one(put(tmp_path, "a.html", PAGE))
    assert (got.title, got.publisher, got.url) == ("Drills in the valley", "Hill Review", "https://example.org/drills")
    assert (got.language, got.extracted) == ("en", True)
    assert got.published.best.isoformat() == "2019-07-24"
    assert got.published.reasons == ('the date in the page\'s own metadata is "2019-07-24"',)
    assert blocks(got) == [
        ("title", "Drills in the valley"),
        ("caption", "Soldiers stand in a row, 2016"),
        (
            "paragraph",
            "At the end of July, two neighbours will hold joint drills in the high valleys. Their size is not known.",
        ),
        ("heading", "Background"),
        (
            "paragraph",
            "In 2016, a joint force of about 10,000 held the first drills, and the old patron was silent.",
        ),
    ]


def test_page_of_two_sentences_is_read(tmp_path):
    got = one(put(tmp_path, "a.htm", "<title>T</title><p>A base was opened in the east. Nobody answered.</p>"))
    assert got.text == "T\nA base was opened in the east. Nobody answered."


def test_declared_charset_is_honoured(tmp_path):
    page = '<html><head><meta charset="windows-1251"></head><body><p>Учения пройдут в конце июля в горах.</p></body></html>'
    assert "Учения пройдут" in one(put(tmp_path, "a.html", page.encode("cp1251"))).text


def test_page_with_an_xml_declaration_is_read(tmp_path):
    page = f'<?xml version="1.0" encoding="UTF-8"?>\n{PAGE}'
    assert one(put(tmp_path, "a.html", page)).title == "Drills in the valley"


def test_undeclared_charset_is_refused_with_the_byte(tmp_path):
    page = "<html><body><p>Où est la base que le voisin a construite ?</p></body></html>"
    assert "0xf9 at offset" in one(put(tmp_path, "a.html", page.encode("cp1252"))).reason


def test_unknown_charset_is_refused(tmp_path):
    page = PAGE.replace("utf-8", "punycode")
    assert '"punycode" is not known' in one(put(tmp_path, "a.html", page)).reason


def test_one_wrong_byte_in_a_page_is_told_and_replaced(tmp_path):
    heard: list[str] = []
    got = one(put(tmp_path, "a.html", PAGE.encode().replace(b"known", b"kn\xf9wn")), talk=heard.append)
    assert "kn\ufffdwn" in got.text
    assert len(heard) == 1


def test_pdf_gives_the_text_of_its_pages(tmp_path):
    first = ["Over the pass", "", "Two neighbours will hold joint exer-", "cises in the high valleys of the anti-"]
    second = ["terrorist mechanism. Sino-", "Tajik drills were held in 2016."]
    got = one(put(tmp_path, "a.pdf", pdf(first, second, made="D:20190724100000Z")))
    assert "joint exercises in the high valleys of the anti-terrorist mechanism. Sino-Tajik drills" in got.text.replace(
        "\n", " "
    )
    assert got.extracted
    assert got.published.best.isoformat() == "2019-07-24"
    assert "the PDF file was made on 2019-07-24" in got.published.reasons[0]


def test_publication_line_wins_over_the_date_of_the_pdf_file(tmp_path):
    lines = ["Over the pass", "Published: July 20, 2019", "Troops crossed the pass."]
    got = one(put(tmp_path, "a.pdf", pdf(lines, made="D:20240101000000Z")))
    assert got.published.best.isoformat() == "2019-07-20"


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    pages = [["Hill Review", f"Sentence {word} is here.", str(n)] for n, word in enumerate(("one", "two", "three"), 1)]
    assert one(put(tmp_path, "a.pdf", pdf(*pages))).text == "\n\n".join(
        f"Sentence {w} is here." for w in ("one", "two", "three")
    )


def test_pdf_without_text_is_told_as_a_scan(tmp_path):
    assert "scan" in one(put(tmp_path, "a.pdf", pdf([]))).reason


def test_libraries_log_nothing(tmp_path, caplog):
    one(put(tmp_path, "a.html", "<html></html>"))
    one(put(tmp_path, "a.pdf", pdf(["Troops crossed the pass."])[:-30]))
    assert caplog.records == []


def test_long_run_of_letters_takes_no_long_time():
    assert _mended("a" * 500_000 + " joint exer-\ncises").endswith(" joint exercises")


def test_cut_pdf_is_read_or_told_but_never_raises(tmp_path):
    whole = pdf(["Troops crossed the pass."])
    for size in range(8, len(whole), 37):
        one(put(tmp_path, "a.pdf", whole[:size]))
