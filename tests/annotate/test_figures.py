"""Numbers in running text: value or bounds, unit, and what is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchland.annotate.figures import figures
from marchland.model.annotated import Sentence, Token

from .dates_of import counted, sentence

VALUES = [
    ("a force of about 10,000 men", "about 10,000", 10_000, "about", None, "man"),
    ("nearly 5,000 troops", "nearly 5,000", 5_000, "about", None, "troop"),
    ("some 200 people", "some 200", 200, "about", None, "people"),
    ("20 or so rockets", "20 or so", 20, "about", None, "rocket"),
    ("build eleven [border] outposts", "eleven", 11, "exact", None, "outpost"),
    ("a dozen lorries", "a dozen", 12, "exact", None, "lorry"),
    ("two helicopters", "two", 2, "exact", None, "helicopter"),
    ("one soldier died", "one", 1, "exact", None, "soldier"),
    ("twenty-five civilians", "twenty-five", 25, "exact", None, "civilian"),
    ("half a million people", "half a million", 500_000, "exact", None, "people"),
    ("two hundred and fifty thousand men", "two hundred and fifty thousand", 250_000, "exact", None, "man"),
    ("a loan of $1.2 billion", "$1.2 billion", 1.2e9, "exact", "USD", None),
    ("worth US$50 million", "US$50 million", 5e7, "exact", "USD", None),
    ("gave 10 million euros in aid", "10 million euros", 1e7, "exact", "EUR", "aid"),
    ("lent 3.5 billion yuan", "3.5 billion yuan", 3.5e9, "exact", "CNY", None),
    ("ceded 1,100 square km of land", "1,100 square km", 1_100, "exact", "km2", "land"),
    ("60 per cent of the debt", "60 per cent", 60, "exact", "%", "debt"),
    ("about 60% of the debt", "about 60%", 60, "about", "%", "debt"),
    ("a 10-km tunnel", "10-km", 10, "exact", "km", None),
    ("four Russian jets", "four", 4, "exact", None, "jet"),
]

BOUNDS = [
    ("rights to up to 30 to 40 posts", "up to 30 to 40", 30, 40, "up_to", "post"),
    ("at least 20 people died", "at least 20", 20, None, "at_least", "people"),
    ("more than 300 soldiers", "more than 300", 300, None, "at_least", "soldier"),
    ("200 or more fighters", "200 or more", 200, None, "at_least", "fighter"),
    ("up to 40 vehicles", "up to 40", None, 40, "up_to", "vehicle"),
    ("fewer than 40 vehicles", "fewer than 40", None, 40, "up_to", "vehicle"),
    ("between 20 and 30 tanks", "between 20 and 30", 20, 30, "exact", "tank"),
    ("10-15 vehicles", "10-15", 10, 15, "exact", "vehicle"),
    ("two or three soldiers", "two or three", 2, 3, "exact", "soldier"),
    ("dozens of protesters", "dozens", 24, None, "at_least", "protester"),
    ("hundreds of refugees", "hundreds", 200, None, "at_least", "refugee"),
    ("$3-4 million", "$3-4 million", 3e6, 4e6, "exact", None),
]

NONE = [
    "in 2016 and on 23 July 2019",
    "the G8, an F-15, a Boeing 737, the 201st division, S-300 missiles",
    "at 20:16 and 5 p.m., 2000 GMT",
    "Rahmon, 66, and a 45-year-old man aged 46",
    "one of the leaders, no one, one another, the first, two-thirds",
    "Resolution 1244, Article 5, phase 2, page 3",
    "in the 1990s, the Shanghai Five, one at Manas, 28 times as much",
    "",
]


@pytest.mark.parametrize(("text", "words", "value", "bound", "unit", "of"), VALUES)
def test_single_numbers(text, words, value, bound, unit, of):
    [f] = counted(text)
    assert (text[f.span.start : f.span.end], f.value, f.bound, f.unit, f.of) == (words, value, bound, unit, of)
    assert (f.low, f.high) == (None, None)


@pytest.mark.parametrize(("text", "words", "low", "high", "bound", "of"), BOUNDS)
def test_where_only_bounds_are_told_there_is_no_value(text, words, low, high, bound, of):
    [f] = counted(text)
    assert (text[f.span.start : f.span.end], f.value, f.low, f.high, f.bound) == (words, None, low, high, bound)
    assert f.of == of


@pytest.mark.parametrize("text", NONE)
def test_dates_ordinals_ages_and_names_are_no_figures(text):
    assert counted(text) == []


def test_an_amount_that_looks_like_a_year_is_a_figure():
    [f] = counted("In 2016, 2,016 troops came")
    assert (f.value, f.of) == (2016, "troop")


def parsed(*rows: tuple[str, str, str, str, int]) -> tuple[Sentence, str]:
    """A parsed sentence from (text, lemma, tag, dep, head) rows."""
    text = " ".join(r[0] for r in rows)
    tokens, at = [], 0
    for i, (word, lemma, tag, dep, head) in enumerate(rows):
        tokens.append(Token(index=i, start=at, end=at + len(word), text=word, lemma=lemma, tag=tag, dep=dep, head=head))
        at += len(word) + 1
    bare = sentence(text)
    return Sentence(index=0, span=bare.span, block=bare.block, paragraph=0, tokens=tuple(tokens)), text


def test_the_parse_tells_what_is_counted():
    s, text = parsed(
        ("eleven", "eleven", "CD", "nummod", 2),
        ("new", "new", "JJ", "amod", 2),
        ("outposts", "outpost", "NNS", "ROOT", 2),
    )
    [f] = figures(s, text)
    assert (f.value, f.of, f.head) == (11, "outpost", 0)


def test_a_force_of_many_counts_the_force():
    s, text = parsed(
        ("a", "a", "DT", "det", 1),
        ("force", "force", "NN", "nsubj", 5),
        ("of", "of", "IN", "prep", 1),
        ("about", "about", "RB", "advmod", 4),
        ("10,000", "10,000", "CD", "pobj", 2),
        ("drilled", "drill", "VBD", "ROOT", 5),
    )
    [f] = figures(s, text)
    assert (f.value, f.of, f.head) == (10_000, "force", 4)


PIECES = [
    "about",
    "up",
    "to",
    "30",
    "40",
    "1,000",
    "$",
    "€",
    "5",
    "million",
    "dozens",
    "of",
    "one",
    "two",
    "hundred",
    "-",
    "to",
    "and",
    "%",
    "km",
    "2016",
    "men",
    "3.5.1",
    "at",
    "least",
    "1st",
    "F-15",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_spans_that_quote_it(text):
    found = counted(text)
    for f in found:
        assert 0 <= f.span.start < f.span.end <= len(text)
        assert any(x is not None for x in (f.value, f.low, f.high))
        assert f.low is None or f.high is None or f.low < f.high
