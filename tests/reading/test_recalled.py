"""An event noun that only points back tells no further act; one with anything of its own does."""

import pytest

from tests.reading.lines import Code

_BEFORE = "Gabon arrested its president in August. Nobody wept. "

_POINTS_BACK = [
    ("Those who see a foreign hand behind the coup have shown no proof.", "COERCE"),
    ("A rival hailed the putsch all the same.", "COERCE"),
    ("Nobody in the region had foreseen the attack.", "ASSAULT"),
    ("The neighbours never understood that bombardment.", "ASSAULT"),
    ("Few believed in the apology.", "CONCEDE"),
    ("Observers took the denunciation for a bluff.", "ACCUSE"),
    ("Both papers wrote about the drills for a week.", "MOBILIZE"),
    ("Economists counted the cost of the embargo.", "SANCTION"),
    ("The price of bread doubled during the blockade.", "COERCE"),
    ("Historians disagree about the invasion.", "ASSAULT"),
]
_TELLS = [
    ("The attack on Kidal by Malian troops was its answer.", "ASSAULT"),
    ("The bombing of Sanaa surprised everyone.", "ASSAULT"),
    ("The visit of the Omani sultan to Tehran followed.", "CONSULT"),
    ("The withdrawal of French troops from Chad was quick.", "RETREAT"),
    ("The shelling of Goma by Rwanda went on.", "ASSAULT"),
    ("The arrest of two Thai officers by Laos angered Bangkok.", "COERCE"),
]


@pytest.mark.parametrize(("sentence", "kind"), _POINTS_BACK)
def test_a_noun_that_points_back_with_nothing_of_its_own_tells_no_further_act(
    coder: Code, sentence: str, kind: str
) -> None:
    read = [e for e in coder(_BEFORE + sentence) if any(m.quote == sentence for m in e.mentions)]
    assert kind not in [e.event_type for e in read]


@pytest.mark.parametrize(("sentence", "kind"), _TELLS)
def test_a_noun_with_parties_of_its_own_tells_one(coder: Code, sentence: str, kind: str) -> None:
    read = [e for e in coder(_BEFORE + sentence) if any(m.quote == sentence for m in e.mentions)]
    assert kind in [e.event_type for e in read]
