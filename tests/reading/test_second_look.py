import pytest

from marchland.model.ontology import Status
from tests.reading.lines import Code, told

_LONG = (
    "Tunis has looked south with unease for years. Few there believe that the desert can be fenced. "
    "Its officers speak of patience, and its ministers of money. The road to the border is new. "
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The camp came about after extensive consultations with Algiers.", "DZA"),
        ("Tunisia established its camp only after prolonged discussions with Algeria.", "DZA"),
        ("The line was drawn on the heels of conversations with Libyan officers.", "LBY"),
        ("The fence was moved in response to consultations with Tripoli.", "LBY"),
        ("The gate was opened after a walk and deliberations with the Libyan elders.", "LBY"),
    ],
)
def test_a_noun_under_joining_words_with_a_party_of_its_own_tells_an_act(coder: Code, text: str, line: str) -> None:
    events = [e for e in coder(_LONG + text) if e.event_type == "CONSULT"]
    assert [line in {p.key for p in e.parties} for e in events] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The camp came about after extensive consultations.",
        "The camp is a matter of discussion in Algiers.",
        "The discussions with Algeria in this book are the author's own.",
        "The line was drawn with the exchange rate of Libya in mind.",
        "In exchange, Libya built a road.",
    ],
)
def test_a_faint_noun_without_both_stays_untold(coder: Code, text: str) -> None:
    assert not [e for e in coder(_LONG + text) if e.event_type == "CONSULT"]


def test_talks_told_twice_are_one_record_with_two_mentions_of_different_status(coder: Code) -> None:
    text = (
        _LONG + "Tunisia established its camp in Chad only after prolonged discussions with Algeria. Nobody says so. "
        "The new camp reportedly came about after extensive consultations with Algiers."
    )
    [event] = [e for e in coder(text) if e.event_type == "CONSULT"]
    assert [m.status for m in event.mentions] == [Status.ASSERTED, Status.REPORTED]
    assert event.status is Status.ASSERTED


def test_hearsay_about_what_followed_leaves_a_known_act_a_fact(coder: Code) -> None:
    [event] = [
        e for e in coder("The Omani army reportedly withdrew after the attack on Muscat.") if e.event_type == "ASSAULT"
    ]
    assert event.mentions[0].status is Status.ASSERTED


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "The Sudanese army released nine soldiers of Ethiopia in exchange for the release of two Sudanese officers.",
            2,
        ),
        ("Bolivia expelled a Chilean consul after Chile had expelled two Bolivian diplomats.", 2),
        ("Ghana first expelled the Nigerian consul and then arrested two Nigerian officers.", 2),
    ],
)
def test_acts_that_a_sentence_joins_are_two_records(coder: Code, text: str, lines: int) -> None:
    events = coder(text)
    kinds = {e.event_type for e in events}
    assert max(len([e for e in events if e.event_type is k]) for k in kinds) == lines or len(events) >= lines
    assert all(len({m.trigger for m in e.mentions}) == 1 for e in events)


def test_a_retelling_in_the_next_sentence_is_still_one_record(coder: Code) -> None:
    lines = told(coder("Ghana expelled the Nigerian consul. The expulsion of the Nigerian consul came on Monday."))
    assert len([x for x in lines if x.startswith("SANCTION")]) == 1


@pytest.mark.xfail(reason="the learned roles take the investor for the host")
def test_an_investment_in_a_country_is_made_by_another(coder: Code) -> None:
    events = coder(
        _LONG + "In 2014 Algiers forced Tunis to cede a strip of desert in return for investment in Tunisian railways."
    )
    assert [({p.key for p in e.recipients}) for e in events if e.mentions[0].rule == "cooperate.investment"] == [
        {"TUN"}
    ]


def test_a_neighbour_behind_a_border_is_no_actor(coder: Code) -> None:
    events = coder(
        _LONG
        + "A series of secret agreements reached in 2015 gave Paris the use of huts along Chad's border with Libya."
    )
    assert not any(p.key == "LBY" for e in events for p in e.actors)


def test_what_is_guarded_against_has_not_been_done(coder: Code) -> None:
    assert not [e for e in coder("The fort was built to defend against threats from Eritrea.") if e.status.happened]


def test_a_merged_act_keeps_the_sides_of_its_joint_telling(coder: Code) -> None:
    events = coder("In June the presidents of Chad and Niger met and agreed that they will respect Niger's interests.")
    assert all(not {p.key for p in e.actors} & {p.key for p in e.recipients} for e in events)
