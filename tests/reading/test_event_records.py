"""What a record of an event keeps: its words, day, place and figures; and what holds for every record of the demo corpus."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from marchland.documents import document
from marchland.model.document import Document
from marchland.pipeline import Coder
from tests.reading.lines import Code


def test_the_quote_is_the_whole_sentence(coder: Code) -> None:
    text = "Rain fell in Oslo. Ethiopia condemned Eritrea on Monday. Nobody answered."
    [event] = coder(text)
    mention = event.mentions[0]
    assert mention.quote == "Ethiopia condemned Eritrea on Monday."
    assert (mention.start, mention.end) == (19, 56)
    assert text[mention.trigger.start : mention.trigger.end] == "condemned"


def test_a_day_is_counted_from_the_day_of_writing(coder: Code) -> None:
    [event] = coder("Sweden expelled three Iranian diplomats on Monday.", date="2019-07-24")
    assert event.when is not None
    assert (event.when.start, event.when.end) == (date(2019, 7, 22), date(2019, 7, 22))


def test_without_a_day_told_there_is_no_when(coder: Code) -> None:
    [event] = coder("Sweden expelled three Iranian diplomats.")
    assert event.when is None


def test_where_is_the_narrowest_place_told(coder: Code) -> None:
    [event] = coder("Militants kidnapped two Chinese engineers near Quetta in Pakistan.")
    assert event.where is not None
    assert (event.where.name, event.where.country, event.where.kind.value) == ("Quetta", "PAK", "city")


def test_without_a_place_told_there_is_no_where(coder: Code) -> None:
    [event] = coder("Ethiopia accused Eritrea of treason.")
    assert event.where is None


def test_a_figure_of_the_act_is_kept(coder: Code) -> None:
    [event] = coder("Norway gave Malawi 20 million dollars for food.")
    [amount] = event.quantities
    assert (amount.value, amount.unit) == (20_000_000, "USD")


def test_the_same_text_gives_the_same_records(coder: Code) -> None:
    text = "India and Bangladesh exchanged prisoners. Canada imposed sanctions on Russia and Belarus on Thursday."
    assert coder(text) == coder(text)


def test_every_mention_of_the_demo_corpus_points_at_its_words() -> None:
    wrong = []
    mentions = 0
    for doc, reading in Coder()(_demo()):
        for record in reading.records:
            for m in record.mentions:
                mentions += 1
                inside = m.start <= m.trigger.start < m.trigger.end <= m.end
                if m.doc_id != doc.doc_id or doc.text[m.start : m.end] != m.quote or not inside:
                    wrong.append((doc.doc_id, record.id))
    assert wrong == []
    assert mentions > 500


def _demo() -> Iterator[Document]:
    """The shipped dispatches."""
    corpus = files("marchland.demo").joinpath("corpus.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, corpus.splitlines()):
        yield document(row["text"], title=row["title"], doc_id=row["id"], date=row["date"])
