"""Whose is a party that the text leaves bare?"""

from marchland.model.annotated import Annotated
from tests.annotate.parties import Annotate, one


def whose(doc: Annotated, words: str) -> tuple[str | None, str]:
    """Country and way of finding it of the party told with these words."""
    found = one(doc, words)
    return found.country, found.resolved


def test_a_bare_police_is_of_the_only_country_named(annotated: Annotate) -> None:
    assert whose(annotated("Protesters in Lima shouted slogans. Police fired tear gas."), "Police")[0] == "PER"


def test_a_bare_army_is_of_the_dateline(annotated: Annotate) -> None:
    assert whose(annotated("KHARTOUM (AFP) - The army shot dead two rebels."), "army") == ("SDN", "dateline")


def test_a_bare_army_is_of_the_headline(annotated: Annotate) -> None:
    doc = annotated("The army shot dead two rebels.", title="Philippine army attacks rebels")
    assert next(n for n in doc.names if n.sentence == 1).country == "PHL"


def test_its_envoy_is_of_the_subject(annotated: Annotate) -> None:
    assert whose(annotated("Chad and Mali disagreed. Chad recalled its envoy."), "its envoy") == ("TCD", "coreference")


def test_a_pronoun_stands_for_the_last_subject(annotated: Annotate) -> None:
    doc = annotated("Iran rejected a plan by Oman. It closed the strait.")
    found = next(n for n in doc.names if n.sentence == 1)
    assert (found.country, found.kind, found.resolved) == ("IRN", "pronoun", "coreference")


def test_he_stands_for_the_person(annotated: Annotate) -> None:
    doc = annotated("Zambian Foreign Minister Mwila Tembo met the Malawian ambassador. He rejected the claim.")
    found = next(n for n in doc.names if n.sentence == 1 and n.kind == "pronoun")
    assert (found.country, found.person) == ("ZMB", "Mwila Tembo")


def test_they_stand_for_the_group(annotated: Annotate) -> None:
    doc = annotated("Kenyan soldiers entered Somalia. They attacked a camp.")
    found = next(n for n in doc.names if n.sentence == 1 and n.kind == "pronoun")
    assert (found.country, found.sector.value) == ("KEN", "MIL")


def test_it_is_clear_stands_for_nobody(annotated: Annotate) -> None:
    doc = annotated("Iran rejected the plan. It is clear that talks failed.")
    assert [n for n in doc.names if n.sentence == 1 and n.kind == "pronoun"] == []


def test_the_troops_are_those_named_before(annotated: Annotate) -> None:
    doc = annotated("Turkish troops entered Syria on Monday. The troops shelled a village.")
    assert next(n for n in doc.names if n.sentence == 1 and n.kind == "agent").country == "TUR"


def test_unknown_gunmen_stay_without_a_country(annotated: Annotate) -> None:
    assert whose(annotated("Gunmen shot dead a judge in Bogota."), "Gunmen")[0] is None


def test_residents_are_of_the_place(annotated: Annotate) -> None:
    assert whose(annotated("Residents of Goma fled. Uganda and Rwanda denied it."), "Residents")[0] == "COD"


def test_where_nothing_is_named_nothing_is_guessed(annotated: Annotate) -> None:
    assert whose(annotated("The police arrested two men."), "police") == (None, "bare")
