"""How the candidates for a bare party are laid out, and how a judge's word is taken."""

import pytest

from marchland.annotate import Annotator
from marchland.annotate.infer import Judge
from marchland.annotate.whose import NOBODY, Choice, Past, Phrase, Told
from marchland.documents import document
from marchland.model.annotated import Annotated
from marchland.model.document import Span
from tests.annotate.parties import Annotate, one

CHAD, MALI, UNION = ("TCD", None), ("MLI", None), (None, "EU")


def told(key: tuple[str | None, str | None], sentence: int, head: int, slot: str = "object") -> Told:
    """A mention in paragraph 0."""
    return Told(key, sentence, head, slot, "country", "GOV", paragraph=0)


def phrase(sentence: int, head: int) -> Phrase:
    """A bare "army" there."""
    return Phrase(
        word="army", sort="MIL", slot="subject", determiner="the", plural=False, sentence=sentence, paragraph=0, head=head,
        title=False, first=False,
    )  # fmt: skip


@pytest.fixture
def past() -> Past:
    """Chad told first, then Mali; the Union twice in sentence 2, with room between."""
    out = Past()
    for x in (told(CHAD, 0, 1, "subject"), told(MALI, 0, 4), told(UNION, 2, 0), told(UNION, 2, 9)):
        out.add(x)
    return out


def test_the_nearest_candidate_before_comes_first_and_one_behind_last(past: Past) -> None:
    assert list(past.by_key(phrase(2, 5))) == [UNION, MALI, CHAD]
    assert list(past.by_key(phrase(0, 3))) == [CHAD, MALI]


def test_what_later_sentences_tell_is_no_candidate(past: Past) -> None:
    assert UNION not in past.by_key(phrase(1, 3))


def test_a_paragraph_opens_with_its_first_subject(past: Past) -> None:
    assert (past.opener(0), past.opener(7)) == (CHAD, None)


def test_the_last_subject_stands_before_the_phrase(past: Past) -> None:
    assert past.last_subject(phrase(2, 5)) == CHAD
    assert past.last_subject(phrase(0, 0)) is None


def judged(text: str, judge: Judge) -> Annotated:
    """A text in which a judge decides."""
    [doc] = Annotator(judge=lambda _doc: judge)([document(text)])
    return doc


def for_key(key: tuple[str | None, str | None]) -> Judge:
    """A judge that is sure of one candidate."""

    def judge(asked: Choice, _span: Span) -> list[float]:
        return [float(k == key) for k in asked.keys]

    return judge


TEXT = "Chad and Mali disagreed over the pasture near Abeche. The army closed the road."


def test_a_bare_party_is_whose_the_judge_says() -> None:
    army = one(judged(TEXT, for_key(MALI)), "army")
    assert (army.country, army.resolved) == ("MLI", "previous")


def test_a_bare_party_stays_bare_where_the_judge_says_nobody() -> None:
    army = one(judged(TEXT, for_key(NOBODY)), "army")
    assert (army.country, army.resolved) == (None, "bare")


def test_both_sides_are_the_two_likeliest_states() -> None:
    text = "Chad and Mali disagreed with Niger. The two sides met."

    def judge(asked: Choice, _span: Span) -> list[float]:
        return [{NOBODY: 0.9, CHAD: 0.3, MALI: 0.1, ("NER", None): 0.2}.get(k, 0.0) for k in asked.keys]

    sides = [n.country for n in judged(text, judge).names if n.sentence == 1]
    assert sides == ["TCD", "NER"]


def test_a_pronoun_that_stands_for_nobody_is_no_party() -> None:
    doc = judged("Iran rejected a plan. It closed the strait.", for_key(NOBODY))
    assert [n for n in doc.names if n.sentence == 1] == []


def test_nobody_is_always_among_the_candidates() -> None:
    seen: list[Choice] = []

    def judge(asked: Choice, _span: Span) -> list[float]:
        seen.append(asked)
        return [1.0, *(0.0 for _ in asked.keys[1:])]

    judged(TEXT, judge)
    assert seen
    assert all(c.keys[0] == NOBODY and len(c.keys) == len(c.rows) for c in seen)


def test_the_weights_give_a_country_its_own_neighbours(annotated: Annotate) -> None:
    doc = annotated("Uganda shut the crossing at Katuna in March. The government said that the closure would last.")
    assert one(doc, "government").country == "UGA"
