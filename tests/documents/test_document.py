"""One text into a Document: its text, id, date, publisher and blocks."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.documents import document
from marchland.errors import DocumentError
from marchland.model.document import BlockKind, Document
from marchland.model.ontology import Precision

ARTICLE = """Quiet Drills: The Newest Step Into an Old Patron\u2019s \u2018Back Yard\u2019

Publication: Highland Monitor Volume: 4 Issue: 12

Recruits stand in a row at an earlier drill (Source: Valley Daily)

At the end of July, two neighbours will hold drills in the high valleys. Their size is not known (, July 9). A first drill was held in 2016.

What the patron says

So far the answer has been silence (Hill News, July 17, 2018)."""


def told(doc: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, doc.text[block.span.start : block.span.end]) for block in doc.blocks]


def test_text_without_title_is_kept_as_it_came():
    text = "  \ufeffA line.\r\n\r\nAnother\x07 line.\t\n"
    assert document(text).text == text


def test_offsets_count_in_title_and_text():
    doc = document(" Troops crossed the pass. ", title="Over the pass ")
    assert doc.text == "Over the pass \n Troops crossed the pass. "
    assert told(doc) == [("title", "Over the pass"), ("paragraph", "Troops crossed the pass.")]
    assert doc.title == "Over the pass "


def test_empty_title_is_no_title():
    assert document("Troops crossed the pass.", title="").text == "Troops crossed the pass."


def test_given_id_wins_over_the_hash():
    assert document("a", doc_id="row-1").doc_id == "row-1"


def test_same_content_gets_the_same_id_and_another_outlet_another():
    one, two = document("a b", publisher="X"), document("a b", publisher="X")
    assert one.doc_id == two.doc_id
    assert document("a b", publisher="Y").doc_id != one.doc_id


def test_sha256_is_of_the_whole_text():
    doc = document("é", title="t")
    assert doc.sha256 == hashlib.sha256("t\né".encode()).hexdigest()


def test_article_is_parted_into_its_kinds():
    assert [kind for kind, _ in told(document(ARTICLE))] == [
        "title",
        "publication",
        "caption",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_article_names_its_title_and_publisher():
    doc = document(ARTICLE)
    assert doc.title == "Quiet Drills: The Newest Step Into an Old Patron\u2019s \u2018Back Yard\u2019"
    assert doc.publisher == "Highland Monitor"
    assert doc.published is None


def test_given_publisher_wins_over_the_line():
    assert document(ARTICLE, publisher="Mine").publisher == "Mine"


@pytest.mark.parametrize(
    ("value", "start", "end", "best", "precision"),
    [
        ("2019-07-24", date(2019, 7, 24), date(2019, 7, 24), date(2019, 7, 24), Precision.DAY),
        ("2019-07-24T23:30:00-05:00", date(2019, 7, 24), date(2019, 7, 24), date(2019, 7, 24), Precision.DAY),
        ("2019-07-24 10:00:00", date(2019, 7, 24), date(2019, 7, 24), date(2019, 7, 24), Precision.DAY),
        ("Wed, 24 Jul 2019 10:00:00 GMT", date(2019, 7, 24), date(2019, 7, 24), date(2019, 7, 24), Precision.DAY),
        ("July 24, 2019", date(2019, 7, 24), date(2019, 7, 24), date(2019, 7, 24), Precision.DAY),
        ("2019-07", date(2019, 7, 1), date(2019, 7, 31), None, Precision.MONTH),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), None, Precision.YEAR),
    ],
)
def test_given_date_is_read(value, start, end, best, precision):
    published = document("a", date=value).published
    assert published is not None
    assert (published.range.start, published.range.end, published.best) == (start, end, best)
    assert published.range.precision is precision
    assert published.reasons == (f'the date given with the document is "{value}"',)


@pytest.mark.parametrize(
    "value", ["yesterday", "2019-13-01", "2019-02-30", "24/07/19", "1", "2019-07-24 of sorts", "٢٠١٩"]
)
def test_given_date_that_is_none_is_refused(value):
    with pytest.raises(DocumentError, match="is not a date"):
        document("a", date=value)


def test_day_object_is_taken():
    published = document("a", date=date(2019, 7, 24)).published
    assert published is not None
    assert published.best == date(2019, 7, 24)


@pytest.mark.parametrize(
    "line",
    [
        "Published: July 24, 2019",
        "Published on 24 July 2019",
        "By Jane Roe, July 24, 2019",
        "By Jane Roe and Ann Doe | The Hill Review | 24 July 2019",
        "Wednesday, July 24, 2019, 10:30 am",
        "2019-07-24",
        "The Hill Review, July 24, 2019",
        "Posted: 2019/07/24",
        "Published 2019-07-24",
        "Hill Institute, Brief No. 41, July 24, 2019",
        "Issue 88 | fortnight ending 24 July 2019",
        "Hill Monitor | Issue 88 | week of 18 to 24 July 2019",
        "Posted by Jane Roe on 24 July 2019 in Hill Notes",
        "By A. Roe | 24 July 2019",
        "Analysis by Ann Doe, 24 July 2019",
        "Hill Monitor, No. 12 (24 July 2019)",
        "24 July 2019 | The Hill Review | 5 min read",
        "July 24, 2019 by Jane Roe",
        "The Law Review, July 24, 2019",
    ],
)
def test_date_of_a_publication_line_is_the_documents(line):
    doc = document(f"Drills in the valley\n\n{line}\n\nTroops crossed the pass.")
    assert told(doc)[1] == ("publication", line)
    assert doc.published is not None
    assert doc.published.best == date(2019, 7, 24)
    assert doc.published.reasons == (f'its publication line says "{line}"',)


def test_numbered_line_names_its_publication_and_a_month_is_an_interval():
    doc = document("Drills in the valley\n\nHill Monitor, Vol. 9, Issue 2, June 2014\n\nTroops crossed the pass.")
    assert doc.publisher == "Hill Monitor"
    assert doc.published is not None
    assert (doc.published.range.start, doc.published.range.end) == (date(2014, 6, 1), date(2014, 6, 30))
    assert doc.published.best is None


def test_line_below_the_last_sentence_tells_the_day():
    body = "\n\n".join(f"Troops crossed pass {n}." for n in range(8))
    doc = document(f"Drills in the valley\n\n{body}\n\nHill Institute, Brief No. 41, July 24, 2019")
    assert doc.published is not None
    assert doc.published.best == date(2019, 7, 24)


@pytest.mark.parametrize(
    "line",
    [
        "Posted by the pass on 3 July 2019, the guards saw nobody.",
        "Brigade No. 41 left the valley, July 3, 2019",
        "Treaty No. 5, signed 3 July 2019",
        "Resolution No. 1244 (10 June 1999)",
        "Photo: Jane Roe | 3 July 2019",
        "Brief No. 41 was sent on 3 July 2019",
    ],
)
def test_a_dated_line_that_tells_of_something_else_is_no_publication_line(line):
    assert document(f"Drills in the valley\n\n{line}\n\nTroops crossed the pass.").published is None


def test_given_date_wins_and_the_line_is_told_as_a_reason():
    published = document("Published: July 25, 2019\n\nTroops crossed the pass.", date="2019-07-24").published
    assert published is not None
    assert published.best == date(2019, 7, 24)
    assert len(published.reasons) == 2


def test_first_publication_wins_over_the_update():
    published = document("Updated: 26 July 2019\n\nPublished: 24 July 2019\n\nTroops crossed the pass.").published
    assert published is not None
    assert published.best == date(2019, 7, 24)


@pytest.mark.parametrize(
    "prose",
    [
        "By Wednesday, July 3, 2019, the troops had left the base.",
        "Published 2019 figures show that one power is first.",
        "Date palms grow at the river, and nobody guards them.",
        "By land and by sea the troops came in July 2019.",
        "Publication of the report on July 3, 2019 led to protests.",
    ],
)
def test_prose_is_no_publication_line(prose):
    doc = document(prose)
    assert told(doc) == [("paragraph", prose)]
    assert doc.published is None


@pytest.mark.parametrize(
    "line",
    [
        "Soldiers stand at attention (Source: Valley Daily)",
        "A convoy near the pass. (Photo: Ministry of Defence)",
        "Photo by Jane Roe",
        "Image: a guard post",
        "Two leaders shake hands in the capital. REUTERS/Jane Roe",
        "Two leaders shake hands (Xinhua/Li Ming)",
        "Two leaders shake hands in the capital / AFP",
        "Workers on the pass road in 2019. Credit: Hill Pictures",
    ],
)
def test_captions_are_told_by_their_credit(line):
    doc = document(f"Troops crossed the pass.\n\n{line}\n\nNobody answered.")
    assert told(doc)[1] == ("caption", line)


@pytest.mark.parametrize("line", ["A base was built (Xinhua, June 16).", "A base was built, the agency Reuters said."])
def test_cited_sentences_are_no_captions(line):
    assert told(document(f"Troops crossed the pass.\n\n{line}"))[1] == ("paragraph", line)


def test_lone_sentence_with_a_source_is_no_caption():
    assert told(document("Two neighbours will hold drills (Source: TASS)"))[0][0] == "paragraph"


def test_lead_of_two_sentences_is_one_paragraph():
    lead = "DUSHANBE, July 3 (Reuters) - A base was opened. Nobody answered."
    assert told(document(lead)) == [("paragraph", lead)]


def test_line_ends_part_paragraphs_where_no_line_is_blank():
    doc = document("A base was opened in the east.\nNobody answered.\n")
    assert [text for _, text in told(doc)] == ["A base was opened in the east.", "Nobody answered."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hard_wrapped_paragraph_stays_one(end):
    lines = [
        "Two neighbours will hold joint drills in the high valleys of the",
        "Pamir range at the end of July, the ministry of defence of the host",
        "said on Wednesday. It did not say how many soldiers would come.",
    ]
    second = "Nobody in the old patron's capital has answered so far."
    wrapped = end.join(lines)
    assert [t for _, t in told(document(wrapped + end + end + second))] == [wrapped, second]
    assert [t for _, t in told(document(wrapped))] == [wrapped]


def test_headline_over_a_shorter_lead_is_a_title():
    doc = document("Northern Power Opens Second Mountain Base\nNobody has answered so far.")
    assert told(doc)[0] == ("title", "Northern Power Opens Second Mountain Base")


def test_title_that_ends_in_initials_is_a_title():
    assert told(document("Two Powers and the U.S.\n\nThey agreed to talk."))[0][0] == "title"


def test_markdown_marks_are_left_out_of_the_blocks():
    doc = document("# Over the pass\n\n## Why now\n\nThe snow is gone.\n\n* one base\n* two posts\n\n---\n\nAn end.")
    assert told(doc) == [
        ("title", "Over the pass"),
        ("heading", "Why now"),
        ("paragraph", "The snow is gone."),
        ("paragraph", "one base"),
        ("paragraph", "two posts"),
        ("paragraph", "An end."),
    ]


def test_front_matter_is_a_publication_block():
    doc = document("---\ntitle: Over the pass\ndate: 2019-07-24\n---\n\n# Over the pass\n\nThe snow is gone.")
    assert [kind for kind, _ in told(doc)] == ["publication", "title", "paragraph"]
    assert doc.published is not None
    assert doc.published.best == date(2019, 7, 24)


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(DocumentError, match="surrogate"):
        document("a \ud800 b")


FRAGMENTS = st.sampled_from(
    [
        "# ",
        "Published: ",
        "By Ann Roe",
        "July 24, 2019",
        "(Photo: ",
        ")",
        "\n",
        "\n\n",
        "\r\n",
        "---",
        "* ",
        "\u2029",
        "\0",
        ". ",
        "Troops crossed the pass",
        "Volume: 1 Issue: 2",
        "and",
        "\x1b[31m",
        "\u202e",
        " ",
        "\t",
        "中国",
        "9999",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=30).map("".join))


@given(TEXTS, st.none() | TEXTS)
def test_any_text_gives_blocks_in_order_disjoint_and_not_empty(text, title):
    doc = document(text, title=title)
    end = 0
    for block in doc.blocks:
        assert end <= block.span.start < block.span.end <= len(doc.text)
        words = doc.text[block.span.start : block.span.end]
        assert words == words.strip() != ""
        end = block.span.end


@given(TEXTS)
def test_every_letter_of_a_text_lies_in_a_block(text):
    doc = document(text)
    inside = {i for b in doc.blocks for i in range(b.span.start, b.span.end)}
    assert all(
        i in inside for i, c in enumerate(text) if c.isalnum() and doc.blocks[0].kind is not BlockKind.PUBLICATION
    )
