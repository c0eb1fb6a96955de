"""Who acts, on whom, and whose are they?"""

import pytest

from tests.reading.lines import Code, told


def test_a_demonym_names_the_state(coder: Code) -> None:
    assert told(coder("Chinese border guards detained two Vietnamese fishermen on Monday.")) == [
        "COERCE asserted CHN > VNM"
    ]


def test_a_capital_stands_for_its_government(coder: Code) -> None:
    assert told(coder("Tehran rejected Washington's proposal.")) == ["REJECT asserted IRN > USA"]


def test_a_seat_stands_for_its_government(coder: Code) -> None:
    assert told(coder("The Kremlin condemned the Polish decision.")) == ["ACCUSE asserted RUS > POL"]


def test_an_organisation_is_a_party_by_its_id(coder: Code) -> None:
    assert told(coder("NATO condemned Russia on Monday.")) == ["ACCUSE asserted NATO > RUS"]


def test_an_armed_group_keeps_its_id(coder: Code) -> None:
    assert told(coder("Hamas fired rockets at Israel on Sunday.")) == ["ASSAULT asserted HAMAS > ISR"]


def test_a_bare_agent_takes_the_country_of_the_place(coder: Code) -> None:
    assert told(coder("Police in Nairobi arrested ten students on Thursday.")) == ["COERCE asserted KEN > KEN"]


def test_a_bare_agent_takes_the_country_of_the_dateline(coder: Code) -> None:
    assert told(coder("KAMPALA (Reuters) - Police arrested 12 opposition supporters on Thursday.")) == [
        "COERCE asserted UGA > UGA"
    ]


def test_a_bare_agent_takes_the_country_of_the_headline(coder: Code) -> None:
    assert told(coder("The army killed 30 rebels on Monday.", title="Philippine army attacks rebels")) == [
        "ASSAULT asserted PHL > PHL"
    ]


def test_a_relative_pronoun_takes_its_noun(coder: Code) -> None:
    assert told(coder("Rebels who attacked the Indian embassy in Kabul wore uniforms.")) == [
        "ASSAULT asserted AFG > IND"
    ]


@pytest.mark.xfail(reason="the learned weights take piracy for coercion")
def test_a_reduced_passive_finds_its_agent(coder: Code) -> None:
    assert told(coder("A ship seized by Somali pirates reached Mombasa on Sunday.")) == ["ASSAULT asserted SOM"]


@pytest.mark.xfail(reason="the learned weights take the killing for a second act")
def test_a_by_phrase_of_a_noun_is_its_actor(coder: Code) -> None:
    assert told(coder("An attack by Turkish forces on a Syrian town killed 14 civilians.")) == [
        "ASSAULT asserted TUR > SYR"
    ]


def test_an_on_phrase_of_a_noun_is_its_recipient(coder: Code) -> None:
    assert told(coder("The US attack on Libya began at dawn.")) == ["ASSAULT asserted USA > LBY"]


def test_a_visitor_is_actor_and_the_host_recipient(coder: Code) -> None:
    assert told(coder("The Kenyan president visited Tanzania on Monday.")) == ["CONSULT asserted KEN > TZA"]


def test_met_with_is_mutual(coder: Code) -> None:
    assert told(
        coder(
            "US Secretary of State Antony Blinken met with Ukrainian President Volodymyr Zelensky in Kyiv.",
            date="2023-09-06",
        )
    ) == ["CONSULT asserted UKR+USA"]


def test_two_ministers_meet(coder: Code) -> None:
    assert told(coder("The foreign ministers of Peru and Chile met in Lima on Friday.")) == ["CONSULT asserted CHL+PER"]


def test_three_sides_meet(coder: Code) -> None:
    assert told(coder("Egypt, Ethiopia and Sudan held talks on the dam in Khartoum.")) == [
        "CONSULT asserted EGY+ETH+SDN"
    ]


def test_an_apposition_names_the_party(coder: Code) -> None:
    assert told(coder("Juan Guaido, the Venezuelan opposition leader, called for protests.", date="2019-02-10")) == [
        "REQUEST asserted VEN"
    ]


def test_a_title_names_the_country(coder: Code) -> None:
    assert told(coder("Turkish President Recep Tayyip Erdogan criticised Greece.", date="2021-03-01")) == [
        "ACCUSE asserted TUR > GRC"
    ]


def test_a_leader_is_known_without_his_country(coder: Code) -> None:
    assert told(coder("Angela Merkel urged Russia to release the activist.", date="2020-09-02")) == [
        "REQUEST asserted DEU > RUS"
    ]


def test_a_place_in_is_no_actor(coder: Code) -> None:
    assert told(coder("Gunmen killed three aid workers in Afghanistan on Monday.")) == ["ASSAULT asserted ? > AFG"]


def test_a_national_adjective_owns_the_rebels(coder: Code) -> None:
    assert told(coder("Congolese rebels attacked a Rwandan convoy.")) == ["ASSAULT asserted COD > RWA"]


def test_a_un_mission_is_the_un(coder: Code) -> None:
    assert told(coder("UN peacekeepers withdrew from Mali in December.")) == ["RETREAT asserted UN > MLI"]


def test_lenin_is_no_actor(coder: Code) -> None:
    assert told(coder("A statue of Lenin was attacked in Kharkiv on Sunday.")) == []


def test_stalin_is_no_actor(coder: Code) -> None:
    assert told(coder("Georgians marked the birthday of Stalin in Gori.")) == []


def test_us_led_forces_are_american(coder: Code) -> None:
    assert told(coder("US-led forces bombed Islamic State positions in Iraq.")) == ["ASSAULT asserted USA > ISIS"]


def test_the_object_of_against_is_recipient(coder: Code) -> None:
    assert told(coder("Protesters in Jakarta demonstrated against Myanmar on Friday.")) == [
        "PROTEST asserted IDN > MMR"
    ]


def test_the_one_who_was_helped_is_recipient(coder: Code) -> None:
    assert told(coder("Doctors from Cuba treated patients in Haiti.")) == ["AID asserted CUB > HTI"]


def test_an_envoy_of_the_eu(coder: Code) -> None:
    assert told(coder("The EU envoy met Iranian negotiators in Vienna.")) == ["CONSULT asserted EU+IRN"]


def test_afterwards_both_by_name(coder: Code) -> None:
    assert told(coder("India's Modi met Pakistan's Sharif in Kathmandu.", date="2014-11-26")) == [
        "CONSULT asserted IND+PAK"
    ]


def test_the_giver_and_taker_of_a_double_object(coder: Code) -> None:
    assert told(coder("South Korea lent Indonesia 300 million dollars.")) == ["AID asserted KOR > IDN"]


def test_a_relative_clause_with_which(coder: Code) -> None:
    assert told(coder("India, which shelled Pakistani posts on Sunday, blamed Islamabad.")) == [
        "ACCUSE asserted IND > PAK",
        "ASSAULT asserted IND > PAK",
    ]


@pytest.mark.xfail(reason="the learned weights give both acts both objects")
def test_the_subject_is_shared_by_coordinated_verbs(coder: Code) -> None:
    assert told(coder("Syria arrested two Lebanese and expelled a Jordanian diplomat.")) == [
        "COERCE asserted SYR > LBN",
        "SANCTION asserted SYR > JOR",
    ]


def test_a_country_of_an_agent_by_of(coder: Code) -> None:
    assert told(coder("The army of Myanmar burned a village in Kachin state.")) == ["ASSAULT asserted MMR > MMR"]


def test_a_rebel_group_by_name(coder: Code) -> None:
    assert told(coder("Boko Haram abducted 30 girls in northern Nigeria.")) == ["ASSAULT asserted BOKOHARAM > NGA"]


def test_two_recipients_are_one_act(coder: Code) -> None:
    assert told(coder("Ecuador expelled Cuban and Venezuelan diplomats.")) == ["SANCTION asserted ECU > CUB+VEN"]


def test_an_ambassador_to_the_un_speaks_for_his_state(coder: Code) -> None:
    assert told(coder("Syria's ambassador to the United Nations criticised Turkey.")) == ["ACCUSE asserted SYR > TUR"]


def test_the_police_of_a_city_are_of_its_state(coder: Code) -> None:
    assert told(coder("Lagos police fired tear gas at protesters on Tuesday.")) == ["ASSAULT asserted NGA > NGA"]


def test_the_opposition_is_a_party(coder: Code) -> None:
    assert told(coder("Zambia's opposition accused the president of corruption.")) == ["ACCUSE asserted ZMB > ZMB"]


def test_a_tribunal_is_a_party(coder: Code) -> None:
    assert told(coder("The International Criminal Court charged a Libyan commander with war crimes.")) == [
        "ACCUSE asserted ICC > LBY"
    ]


def test_african_union_is_a_party(coder: Code) -> None:
    assert told(coder("The African Union suspended Guinea on Friday.")) == ["SANCTION asserted AU > GIN"]


def test_a_minister_by_title_alone(coder: Code) -> None:
    assert told(coder("The Bolivian foreign minister rejected Chile's offer.")) == ["REJECT asserted BOL > CHL"]


def test_each_other_is_mutual(coder: Code) -> None:
    assert told(coder("Thailand and Cambodia accused each other of firing first.")) == ["ACCUSE asserted KHM+THA"]


def test_in_a_country_is_no_recipient_of_talks(coder: Code) -> None:
    assert told(coder("Israeli and Palestinian negotiators met in Egypt.")) == ["CONSULT asserted ISR+PSE"]


def test_germans_are_citizens(coder: Code) -> None:
    assert told(coder("Yemeni tribesmen kidnapped three Germans on Sunday.")) == ["ASSAULT asserted YEM > DEU"]


def test_an_infinitive_of_purpose_keeps_its_sides(coder: Code) -> None:
    assert told(coder("Brazil asked Argentina to extradite a banker.")) == ["REQUEST asserted BRA > ARG"]


def test_a_prepositional_passive(coder: Code) -> None:
    assert told(coder("Georgia was fired on by Russian ships in August.")) == ["ASSAULT asserted RUS > GEO"]


@pytest.mark.xfail(reason="the learned roles take the accused for the accuser")
def test_a_participle_after_a_noun(coder: Code) -> None:
    assert told(coder("A Kenyan judge accused of corruption resigned on Monday.")) == [
        "ACCUSE asserted ? > KEN",
        "RETREAT asserted KEN",
    ]


def test_a_fronted_place_is_no_party(coder: Code) -> None:
    assert told(coder("In Jordan, Egyptian and Israeli envoys met on Sunday.")) == ["CONSULT asserted EGY+ISR"]


def test_an_indirect_object_with_to(coder: Code) -> None:
    assert told(coder("Sweden lent 40 tents to Greece.")) == ["AID asserted SWE > GRC"]


def test_an_adjective_of_two_nations(coder: Code) -> None:
    assert told(coder("Indian and Chinese troops clashed in Ladakh in June.")) == ["ASSAULT asserted CHN+IND"]


def test_the_recipient_of_an_appeal_by_noun(coder: Code) -> None:
    assert told(coder("Haiti's appeal to Canada for police came on Friday.")) == ["REQUEST asserted HTI > CAN"]


def test_the_loser_of_seized_goods(coder: Code) -> None:
    assert told(coder("Iran seized a Greek tanker in the Gulf.")) == ["COERCE asserted IRN > GRC"]


def test_who_leaves_whose_land(coder: Code) -> None:
    assert told(coder("The withdrawal of Syrian troops from Lebanon ended in April.")) == ["RETREAT asserted SYR > LBN"]


def test_who_is_freed_by_whom(coder: Code) -> None:
    assert told(coder("Two Spanish journalists were released by Syrian rebels on Sunday.")) == [
        "RETREAT asserted SYR > ESP"
    ]


def test_a_critic_by_adjective(coder: Code) -> None:
    assert told(coder("Hungary is critical of the European Commission.")) == ["ACCUSE asserted HUN > EUCOMMISSION"]


def test_a_pronoun_takes_its_antecedent(coder: Code) -> None:
    assert told(coder("Iran rejected the plan. It expelled two British diplomats.")) == [
        "REJECT asserted IRN",
        "SANCTION asserted IRN > GBR",
    ]


def test_combining_forms_name_both_sides(coder: Code) -> None:
    assert told(coder("Sino-Russian talks opened in Moscow on Monday.")) == ["CONSULT asserted CHN+RUS"]


@pytest.mark.xfail(reason="the learned roles list host and visitor as two sides")
def test_a_host_is_recipient(coder: Code) -> None:
    assert told(coder("Egypt hosted the Sudanese president in Cairo.")) == ["CONSULT asserted SDN > EGY"]
