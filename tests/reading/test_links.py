import tomllib
from pathlib import Path
from typing import Any

import pytest

from marchland.lexicon.statement_words import StatementEntry, statement_entries
from marchland.model.ontology import Relation
from tests.reading.lines import cases
from tests.reading.said import Said, fires, said

ENTRY = pytest.mark.parametrize("entry", [e for e in statement_entries() if e.kind == "link"], ids=lambda e: e.id)

JOINED = tomllib.loads(Path(__file__).with_name("link_ends.toml").read_text(encoding="utf-8"))


def ends(found: Said, relation: Relation) -> list[tuple[str, str]]:
    return [
        (found.words(found.record(x.source)), found.words(found.record(x.target)))
        for x in found.links
        if x.relation is relation
    ]


@ENTRY
def test_entry_joins_two_records_of_its_own_sentence(entry: StatementEntry) -> None:
    assert fires(entry, entry.fires)
    assert any(x.relation is entry.relation for x in said(entry.fires).links)


@ENTRY
def test_entry_joins_nothing_on_its_near_miss(entry: StatementEntry) -> None:
    assert not any(x.relation is entry.relation for x in said(entry.near_miss).links)


@pytest.mark.parametrize(
    ("text", "relation", "source", "target"),
    [
        (
            "Israel released forty prisoners in return for talks with Egypt.",
            Relation.IN_RETURN_FOR,
            "released",
            "talks",
        ),
        (
            "Uganda expelled the Rwandan envoys in response to an attack on its troops.",
            Relation.RESPONDS_TO,
            "expelled",
            "attack",
        ),
        (
            "After talks with Ankara, Bulgaria withdrew its police from the Turkish border.",
            Relation.BEFORE,
            "talks",
            "withdrew",
        ),
        ("Chad withdrew its troops from Niger before France bombed the camp.", Relation.BEFORE, "withdrew", "bombed"),
        (
            "India arrested two Nepali envoys because of an attack on Indian police.",
            Relation.CAUSED_BY,
            "arrested",
            "attack",
        ),
    ],
)
def test_a_link_runs_from_one_record_to_the_other(text: str, relation: Relation, source: str, target: str) -> None:
    assert any(a.startswith(source) and b.startswith(target) for a, b in ends(said(text), relation))


def test_before_that_orders_two_acts_without_dates() -> None:
    found = said("France opened a base in Gabon. Before that, French troops attacked a camp in Chad.")
    [(first, _)] = ends(found, Relation.BEFORE)
    assert first.startswith("attacked")


def test_words_between_brackets_order_two_acts() -> None:
    found = said("Turkey arrested two Greek envoys and (before that) bombed a camp in Syria.")
    assert ends(found, Relation.BEFORE) == [("bombed", "arrested")]


def test_two_holders_set_against_each_other_contradict() -> None:
    found = said(
        "Paraguay's ministers insist that the dam is safe, while Bolivian officials claim that the wall is cracked."
    )
    [link] = [x for x in found.links if x.relation is Relation.CONTRADICTS]
    assert {found.record(link.source).holder.country, found.record(link.target).holder.country} == {"PRY", "BOL"}


def test_condemning_a_decision_responds_to_it() -> None:
    found = said("In May Malawi expelled two Mozambican envoys. Maputo condemned the decision.")
    assert [x.relation for x in found.links] == [Relation.RESPONDS_TO]


def test_a_first_is_contradicted_by_what_was_done_before() -> None:
    text = (
        "In 2016, Brunei and Vietnam held their first joint exercise. "
        "Photographs show a joint exercise of Brunei and Vietnam held in 2009."
    )
    found = said(text)
    [link] = [x for x in found.links if x.relation is Relation.CONTRADICTS]
    assert found.words(found.record(link.source)).startswith("their first")


def test_a_first_without_an_earlier_act_contradicts_nothing() -> None:
    found = said(
        "In 2016, Brunei and Vietnam held their first joint exercise. In 2018 they held another joint exercise."
    )
    assert not [x for x in found.links if x.relation is Relation.CONTRADICTS]


def test_links_join_records_that_are_there() -> None:
    for entry in statement_entries():
        found = said(entry.fires)
        known = {r.id for r in (*found.acts, *found.statements, *found.silences)}
        assert all({x.source, x.target} <= known and x.source != x.target for x in found.links)


@pytest.mark.parametrize("row", cases(JOINED["link"], lambda row: row["text"][:60]))
def test_words_join_the_records_of_the_clauses_on_their_two_sides(row: dict[str, Any]) -> None:
    found = said(row["text"])

    def tells(record_id: str, words: str) -> bool:
        start = row["text"].index(words)
        told = found.record(record_id).mentions
        return any(m.trigger.start < start + len(words) and start < m.trigger.end for m in told)

    joined = [x for x in found.links if x.relation == row["relation"]]
    assert any(tells(x.source, row["from"]) and tells(x.target, row["to"]) for x in joined)


@pytest.mark.parametrize("row", cases(JOINED["none"], lambda row: row["text"][:60]))
def test_the_same_words_without_a_relation_join_nothing(row: dict[str, Any]) -> None:
    found = said(row["text"])
    assert len(found.acts) + len(found.statements) > 1  # there are two records that could be joined
    assert not [x for x in found.links if x.relation == row["relation"]]


@pytest.mark.parametrize(
    ("first", "earlier"),
    [
        (
            "In 2016, Brunei and Vietnam held the only joint exercise in their history.",
            "Photographs show a joint exercise of Brunei and Vietnam held in 2009.",
        ),
        (
            "Oman and Iran will hold the first naval exercise of the two in May.",
            "In 2011 Omani and Iranian ships held a joint exercise off Muscat.",
        ),
    ],
)
def test_a_first_is_contradicted_by_an_earlier_act_of_its_own_sort(first: str, earlier: str) -> None:
    assert any(x.relation is Relation.CONTRADICTS for x in said(f"{first} {earlier}").links)


@pytest.mark.parametrize(
    "earlier", ["In 2006 Chad invested 40 million dollars in Niger.", "In 2006 Chad and Mali held a joint exercise."]
)
def test_a_first_is_not_contradicted_by_acts_of_another_sort_or_of_others(earlier: str) -> None:
    found = said(f"In 2016 Chad and Niger held their first joint exercise. {earlier}")
    assert not any(x.relation is Relation.CONTRADICTS for x in found.links)
