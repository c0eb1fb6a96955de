"""Coverage beside each score: how much was read, and the level had all been read alike."""

from dataclasses import replace
from datetime import date
from math import log1p

import pytest

from marchland.answers import influence_json
from marchland.influence import influence, why
from marchland.influence.coverage import coverage
from marchland.influence.sources import sources
from marchland.lexicon.weights import load_weights
from marchland.model.document import Document
from marchland.model.ontology import Domain
from tests.influence.makers import document, event

WEIGHTS = replace(load_weights(), floor_records=1, floor_amount=0.0, draws=40)


def year(number: int, count: int) -> list[Document]:
    return [document(f"{number}-{i}", date(number, 6, 1 + i)) for i in range(count)]


def read(docs, *years):
    return coverage(sources(docs, None, known_on=date.max), [date(y, 12, 31) for y in years])


def test_documents_of_the_year_before_are_counted_and_copies_once():
    docs = [*year(2010, 2), *year(2011, 6)]
    copy = replace(docs[0], doc_id="copy")
    assert [r.documents for r in read([*docs, copy], 2010, 2011)] == [2, 6]


def test_half_of_the_correction_is_held_back():
    first, second = read([*year(2010, 2), *year(2011, 6)], 2010, 2011)
    assert (first.factor, second.factor) == (pytest.approx(8 / 6), pytest.approx(8 / 10))


def test_where_nothing_was_read_nothing_is_corrected():
    assert [r.factor for r in read([], 2010, 2011)] == [1.0, 1.0]


@pytest.fixture(scope="module")
def rows():
    docs = [*year(2010, 2), *year(2011, 6)]
    acts = [event([d], "CHN", recipients=("TJK",), on=d.published.best) for d in docs]
    found = influence(
        acts, [], docs, host="TJK", powers=("CHN",), since=date(2010, 1, 1), until=date(2011, 12, 31),
        domains=(Domain.ECONOMIC,), weights=WEIGHTS, registry=False,
    )  # fmt: skip
    return [r for r in found if r.power == "CHN"], docs, acts


def test_each_row_has_its_coverage_and_its_corrected_level(rows):
    (thin, thick), _, _ = rows
    assert (thin.read, thick.read) == (2, 6)
    assert thin.level_even > thin.level
    assert thick.level_even < thick.level
    even = log1p(thin.stock + WEIGHTS.delta * 8 / 6 * thin.flow) / log1p(WEIGHTS.exposure[Domain.ECONOMIC])
    assert thin.level_even == pytest.approx(even)


def test_json_and_why_tell_the_coverage(rows):
    (thin, _), docs, acts = rows
    assert influence_json(thin, with_evidence=False)["coverage"] == {"documents": 2, "level": thin.level_even}
    headline = why(thin, acts, (), docs)[0]
    assert "; 2 documents read of the year before, level" in headline
    assert "had all been read alike" in headline
