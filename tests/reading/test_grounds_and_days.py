"""Where and when an act happened: the candidates, and how a judge's word is taken."""

from marchland.model.annotated import Annotated, Time
from marchland.model.records import Event
from marchland.reading import dating, whereabouts
from marchland.reading.events import EventReader
from tests.annotate.parties import Annotate
from tests.reading.lines import Code

TEXT = "Chad's envoys landed in Niamey in 2014. A year later Mali condemned the talks held in Togo on 3 May 2016."


def read(doc: Annotated, where: str | None, when: str | None) -> list[Event]:
    """The events of a text whose every act happened there and then, where the text tells both."""
    reader = EventReader(doc, "test")

    def day(question: dating.Asked) -> Time | None:
        return next((t for t in question.times if t is not None and t.range.text == when), None)

    reader.ground.judge = lambda _question: where
    reader.days.judge = day
    return [d.event for d in reader.drafts()]


def accusation(events: list[Event]) -> Event:
    """The one accusation."""
    [found] = [e for e in events if e.event_type == "ACCUSE"]
    return found


def test_a_place_of_the_sentence_is_taken_with_its_words(annotated: Annotate) -> None:
    where = accusation(read(annotated(TEXT), "TGO", None)).where
    assert where is not None
    assert (where.country, where.text) == ("TGO", "Togo")


def test_a_place_of_the_sentence_before_is_taken_with_its_words(annotated: Annotate) -> None:
    where = accusation(read(annotated(TEXT), "NER", None)).where
    assert where is not None
    assert (where.name, where.country) == ("Niamey", "NER")


def test_nowhere_leaves_the_place_open(annotated: Annotate) -> None:
    assert accusation(read(annotated(TEXT), None, None)).where is None


def test_a_date_of_the_sentence_before_may_hold(annotated: Annotate) -> None:
    when = (
        accusation(read(annotated(TEXT), None, "in 2014")).when or accusation(read(annotated(TEXT), None, "2014")).when
    )
    assert when is not None
    assert str(when.start) == "2014-01-01"


def test_no_day_leaves_the_date_open(annotated: Annotate) -> None:
    assert accusation(read(annotated(TEXT), None, None)).when is None


def test_each_country_is_one_candidate_and_nowhere_the_first(annotated: Annotate) -> None:
    seen: list[whereabouts.Asked] = []

    def judge(question: whereabouts.Asked) -> str | None:
        seen.append(question)
        return None

    reader = EventReader(annotated(TEXT), "test")
    reader.ground.judge = judge
    list(reader.drafts())
    [question] = [q for q in seen if q.act.kind == "ACCUSE"]
    assert question.countries[0] is None
    assert sorted(filter(None, question.countries)) == ["MLI", "NER", "TCD", "TGO"]
    assert len(question.rows) == len(question.countries)


def test_arms_sold_have_no_ground_and_a_siege_has(coder: Code) -> None:
    sold = coder("Norway condemned the election in Belarus as a fraud.")
    shot = coder("Rebels attacked an army post near Goma on Tuesday.")
    assert [e.where.country for e in shot if e.where] == ["COD"]
    assert all(e.where is None or e.where.country == "BLR" for e in sold)
