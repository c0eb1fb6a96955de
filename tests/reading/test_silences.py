from datetime import date

import pytest

from marchland.lexicon.statement_words import StatementEntry, statement_entries
from marchland.model.document import Span
from marchland.model.records import Event, Judgement
from tests.reading.said import WRITTEN, fires, said

ENTRY = pytest.mark.parametrize("entry", [e for e in statement_entries() if e.kind == "silence"], ids=lambda e: e.id)


@ENTRY
def test_entry_fires_on_its_own_sentence(entry: StatementEntry) -> None:
    assert fires(entry, entry.fires)
    assert said(entry.fires).silences


@ENTRY
def test_entry_tells_no_silence_on_its_near_miss(entry: StatementEntry) -> None:
    assert not said(entry.near_miss).silences


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ethiopia built the dam. Egypt has not yet responded.", "EGY"),
        ("Thailand has yet to comment on the Cambodian note.", "THA"),
        ("There has been no reaction from Chile to the Bolivian march.", "CHL"),
        ("Ottawa has kept silent about the Danish patrol.", "CAN"),
        ("The Georgian government did not respond to the Russian proposal.", "GEO"),
        ("So far, the response of Serbia has been silence.", "SRB"),
        ("Morocco said nothing about the Spanish decision.", "MAR"),
    ],
)
def test_the_silent_party_is_who_would_have_spoken(text: str, country: str) -> None:
    [silence] = said(text).silences
    assert silence.party.country == country


def test_two_readings_stay_two() -> None:
    found = said("So far, the Malaysian answer to the Philippine patrols has been silence or acquiescence.").silences
    assert len(found) == 2
    assert {f.party.country for f in found} == {"MYS"}


def test_a_silence_answers_the_act_that_is_told_before_it() -> None:
    found = said("On 3 May 2020, India closed its border with Nepal. Kathmandu has not responded.")
    [silence] = found.silences
    assert isinstance(silence.stimulus, str)
    assert isinstance(found.record(silence.stimulus), Event)
    assert silence.window is not None
    assert (silence.window.start, silence.window.end) == (date(2020, 5, 3), WRITTEN)


def test_a_stimulus_that_is_no_record_stays_as_its_words() -> None:
    found = said("The size of the Turkish contingent has not yet been announced.")
    [silence] = found.silences
    assert isinstance(silence.stimulus, Span)
    told = found.doc.document.text[silence.stimulus.start : silence.stimulus.end]
    assert told == "The size of the Turkish contingent"


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan ministry declined to comment.",
        "Uganda rejected the Rwandan request.",
        "Guinea passed the villages without anybody being able to stop it.",
        "Silence fell over the square in Bissau.",
    ],
)
def test_a_refusal_or_a_quiet_square_is_no_silence(text: str) -> None:
    assert not said(text).silences


def test_a_silence_is_no_statement_and_no_act() -> None:
    found = said("Thailand has remained silent about the Cambodian note.")
    assert len(found.silences) == 1
    assert not found.of(Judgement)
    assert not any(isinstance(a, Event) and "THA" in {p.country for p in a.actors} for a in found.acts)
