"""Sources named in brackets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .dates_of import WRITTEN, cited

NAMED = [
    ("They met (Xinhua, June 16).", "Xinhua", "2019-06-16", True),
    ("They met (, July 9).", None, "2019-07-09", True),
    ("They met (, August 4, 2016).", None, "2016-08-04", False),
    ("They met (see EDM, January 24, 2011).", "EDM", "2011-01-24", False),
    ("They met (The Wall Street Journal, June 18).", "The Wall Street Journal", "2019-06-18", True),
    ("They met (Belt and Road News, February 26, 2019).", "Belt and Road News", "2019-02-26", False),
    ("They met (ASIA-Plus—Tajikistan, February 21).", "ASIA-Plus—Tajikistan", "2019-02-21", True),
    ("They met (TASS, Interfax, July 3).", "TASS, Interfax", "2019-07-03", True),
    ("They met (author's interview, Dushanbe, May 2018).", "author's interview, Dushanbe", "2018-05-01", False),
    ("They met [Kommersant, 12 June 2009].", "Kommersant", "2009-06-12", False),
    ("They met (Kommersant 12.06.2009).", "Kommersant", "2009-06-12", False),
    ("They met (The News, 2018-07-17).", "The News", "2018-07-17", False),
    ("They met (Gazeta.ru, December 5).", "Gazeta.ru", "2018-12-05", True),
    ("They met (al-Jazeera, 5 May).", "al-Jazeera", "2019-05-05", True),
    ("They met (see Jamestown Brief).", "Jamestown Brief", None, False),
    ("They met (see, among others, Hill Review, November 18, 2018).", "Hill Review", "2018-11-18", False),
    ("They met (see, for example, Hill Review, June 5).", "Hill Review", "2019-06-05", True),
    ("They met (Ito and Brandt 2014: 77).", "Ito and Brandt", "2014-01-01", False),
    ("They met [Ito 2014, pp. 77–79].", "Ito", "2014-01-01", False),
    ("They met (for an overview see Moreau 2016: 12–14).", "Moreau", "2016-01-01", False),
    ("They met (cf. Salt & Co., March 2018).", "Salt & Co.", "2018-03-01", False),
]

NOT_SOURCES = [
    "(in 2002)", "(before that)", "(see above)", "(see Figure 2)", "(BRI)", "(NATO)", "(10 km)", "[12]",
    "(since July 2016)", "(born May 5, 1950)", "(1992-1997)", "(July 9)", "(2016)",
    "(signed on 5 May 2014)", "()", "( )",
    "(March 2018)",
    "(held in Dushanbe, July 23, 2018)",
    "(11 to 14 July)", "(27 May to 4 June)", "(Suva, 11 to 14 July)", "(12 and 13 July 2018)",
    "(World Cup 2018)", "(Eurovision 2014)", "(by late 2014: 12)",
    "(for example, July 2016)", "(see our issue 80)", "(July 5 to 9)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "publication", "day", "inferred"), NAMED)
def test_bracketed_sources(text, publication, day, inferred):
    [c] = cited(text)
    assert (c.publication, c.year_inferred, c.credit) == (publication, inferred, False)
    assert (c.date.start.isoformat() if c.date else None) == day
    assert text[c.span.start : c.span.end] == text[text.index("They met ") + 9 : -1]


@pytest.mark.parametrize("bracket", NOT_SOURCES)
def test_brackets_without_a_source_are_no_citations(bracket):
    assert cited(f"They met {bracket} again.") == []


def test_a_source_in_the_running_text_is_no_citation():
    assert cited("Xinhua reported on June 16 that they met.") == []


def test_two_sources_in_one_bracket_share_its_characters():
    text = "They met (Reuters, 5 May 2014; AFP, May 6)."
    first, second = cited(text)
    assert (first.publication, second.publication) == ("Reuters", "AFP")
    assert second.date is not None
    assert second.date.start == date(2019, 5, 6)
    assert text[first.span.start : first.span.end] == "(Reuters, 5 May 2014;"
    assert text[second.span.start : second.span.end] == " AFP, May 6)"


@pytest.mark.parametrize(
    ("bracket", "name"), [("(Source: Hill Review)", "Hill Review"), ("(Photo: A. Name)", "A. Name")]
)
def test_photo_credits_are_marked(bracket, name):
    [c] = cited(f"Soldiers stand in a row {bracket}", caption=True)
    assert (c.publication, c.credit, c.date) == (name, True, None)


def test_a_caption_may_end_with_a_credit_without_brackets():
    text = "Workers on the pass road in 2019. Credit: Hill Pictures"
    [c] = cited(text, caption=True)
    assert (c.publication, c.credit, c.date) == ("Hill Pictures", True, None)
    assert text[c.span.start : c.span.end] == "Credit: Hill Pictures"


@pytest.mark.parametrize(
    "text", ["Image: a guard post", "Workers on the pass road", "Photo: Soldiers wait at the gate"]
)
def test_a_caption_that_only_describes_credits_nobody(text):
    assert cited(text, caption=True) == []


@pytest.mark.parametrize(
    ("text", "publication", "quote"),
    [
        ("It is due, according to the Hill Review (June 5).", "Hill Review", "Hill Review (June 5)"),
        ("So wrote River Post (5 June 2018).", "River Post", "River Post (5 June 2018)"),
        ("So said Valley News Agency (June 5), in passing.", "Valley News Agency", "Valley News Agency (June 5)"),
    ],
)
def test_an_outlet_named_in_the_sentence_with_its_day_in_brackets_is_cited(text, publication, quote):
    [c] = cited(text)
    assert (c.publication, text[c.span.start : c.span.end], c.credit) == (publication, quote, False)
    assert c.date is not None


@pytest.mark.parametrize(
    "text",
    ["They left the Border Post (June 5).", "They met in Hill Town (June 5).", "They read the news (June 5)."],
)
def test_a_day_in_brackets_behind_another_name_is_no_citation(text):
    assert cited(text) == []


def test_a_pointer_to_another_page_does_not_spoil_the_source_beside_it():
    text = "They met [see our issue 80; , 25 March]."
    [c] = cited(text)
    assert (c.publication, c.date and c.date.start) == (None, date(2019, 3, 25))
    assert text[c.span.start : c.span.end] == " , 25 March]"


def test_an_agency_in_a_dateline_is_no_citation():
    assert cited("MOSCOW (Reuters) - They met.") == []


def test_a_bracket_after_the_full_stop_closes_the_sentence_before():
    [c] = cited("They met. (Xinhua, June 16) Then they left.")
    assert c.sentence == 0


def test_without_a_day_of_writing_the_latest_year_told_as_past_is_taken():
    found = cited("They met (Alpha, June 18). It was so in 2016 (Beta, July 17, 2018). It will end in 2030.", None)
    assert [(c.date.start, c.year_inferred) for c in found if c.date] == [
        (date(2018, 6, 18), True), (date(2018, 7, 17), False)
    ]  # fmt: skip


def test_without_any_year_the_date_stays_unknown():
    [c] = cited("They met (Alpha, June 18).", None)
    assert (c.publication, c.date, c.year_inferred) == ("Alpha", None, False)


PIECES = [
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    "see",
    "Xinhua",
    "TASS",
    "June",
    "16",
    "31",
    "2019",
    "February",
    "29",
    "Source:",
    "Photo:",
    "The",
    "News",
    "in",
    "12.06.2009",
    ".",
    "0000-00-00",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_spans_inside_it(text):
    for written in (None, WRITTEN, date.min):
        for c in cited(text, written):
            assert 0 <= c.span.start < c.span.end <= len(text)
            assert c.publication is None or c.publication in text
