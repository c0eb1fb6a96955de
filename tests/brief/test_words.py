"""Every type, mode, kind and status has a sentence that reads right."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marchland.brief import english
from marchland.brief.acts import clause, phrases
from marchland.brief.material import Asked, Material, gather
from marchland.brief.standing import filled
from marchland.lexicon.brief_words import acts, check_words, frames, ties
from marchland.model.dates import DateRange, day, month, week, year
from marchland.model.ontology import MODES, Bound, EventType, Precision, Sector, Status, TieKind
from marchland.model.records import Event, Participant, Quantity
from marchland.store import Store
from tests.store.makers import CHN, TJK, document, event, reading

TEXT = "China and Tajikistan acted on one another near the river."


@pytest.fixture(scope="module")
def material() -> Material:
    doc = document("d", TEXT, publisher="Pamir Ledger")
    with Store.in_memory() as store:
        store.add(doc, reading(event(doc, "acted", when=day(date(2016, 10, 24)))))
        return gather(store, Asked(host="TJK", since=date(2016, 1, 1), until=date(2016, 12, 31)))


def act(text: str, trigger: str, **more: Any) -> Event:
    """An act of one sentence; China towards Tajikistan, unless told otherwise."""
    doc = document("d", text, publisher="Pamir Ledger")
    told: dict[str, Any] = {"actors": (named(CHN, "China"),), "recipients": (named(TJK, "Tajikistan"),), **more}
    return event(doc, trigger, **told)


def named(party: Participant, text: str, **more: Any) -> Participant:
    return replace(party, text=text, **more)


def figure(value: float, text: str, *, bound: Bound = Bound.EXACT, **more: Any) -> Quantity:
    told: dict[str, Any] = {"unit": None, "of": None, **more}
    return Quantity(value=value, low=None, high=None, bound=bound, text=text, **told)


def said(told: Event, m: Material, **how: Any) -> str:
    return clause(told, next(phrases(told, m)), m, **how)


MODED = [(t, m) for t in EventType for m in (None, *sorted(MODES.get(t, ())))]


@pytest.mark.parametrize(("kind", "mode"), MODED, ids=str)
@pytest.mark.parametrize("status", Status)
def test_every_type_mode_and_status_has_a_whole_sentence(
    kind: EventType, mode: str | None, status: Status, material: Material
) -> None:
    told = act(TEXT, "acted", event_type=kind, mode=mode, status=status)
    text = english.sentence(said(told, material))
    assert re.fullmatch(r"[A-Z][^{}_]*\.", text), text
    assert "China" in text
    assert "  " not in text
    assert text.isprintable()


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ASSERTED])
def test_every_status_but_an_assertion_shows_in_the_words(status: Status, material: Material) -> None:
    text = said(act(TEXT, "acted", status=status), material).lower()
    assert any(mark in text for mark in check_words().shows[status]), text


def test_the_statuses_of_one_act_read_as_they_stand_to_fact(material: Material) -> None:
    text = "China held a joint exercise with Tajikistan."
    told = {s: said(act(text, "held", status=s), material) for s in Status}
    assert told[Status.ASSERTED] == "China held an exercise with Tajikistan"
    assert told[Status.REPORTED] == "China is reported to have held an exercise with Tajikistan"
    assert told[Status.PLANNED] == "China plans to hold an exercise with Tajikistan"
    assert told[Status.ALLEGED] == "China is said to have held an exercise with Tajikistan"
    assert told[Status.DENIED] == "it is denied that China held an exercise with Tajikistan"


@pytest.mark.parametrize(
    ("text", "trigger", "more", "want"),
    [
        (
            "China and Tajikistan held a joint exercise near Ishkoshim, with about 10,000 servicemen.",
            "held",
            {
                "actors": (named(CHN, "China"), named(TJK, "Tajikistan")),
                "recipients": (),
                "quantities": (figure(10000, "about 10,000", bound=Bound.ABOUT, of="serviceman"),),
            },
            "China and Tajikistan held a joint exercise with about 10,000 servicemen",
        ),
        (
            "Chinese troops and Tajik troops held a drill.",
            "held",
            {
                "actors": (named(CHN, "Chinese troops", sector=Sector.MIL), named(TJK, "Tajik troops", sector=Sector.MIL)),
                "recipients": (),
            },
            "Chinese and Tajik forces held a joint exercise",
        ),
        (
            "China lent Tajikistan 200 million dollars.",
            "lent",
            {
                "event_type": EventType.AID,
                "quantities": (figure(2e8, "200 million dollars", unit="USD"),),
            },
            "China lent Tajikistan 200 million dollars",
        ),
        (
            "The United States signed an accord with Tajikistan.",
            "signed",
            {"event_type": EventType.SUPPORT, "actors": (Participant(country="USA", text="United States"),)},
            "the United States signed an accord with Tajikistan",
        ),
        (
            "Tajik border guards attacked Chinese troops.",
            "attacked",
            {
                "event_type": EventType.ASSAULT,
                "actors": (named(TJK, "Tajik border guards", sector=Sector.MIL),),
                "recipients": (named(CHN, "Chinese troops", sector=Sector.MIL),),
            },
            "Tajik border guards attacked Chinese forces",
        ),
        (
            "President Xi Jinping visited Tajikistan.",
            "visited",
            {
                "event_type": EventType.CONSULT,
                "mode": "visit",
                "actors": (named(CHN, "Xi Jinping", name="Xi Jinping", office="president", sector=Sector.GOV),),
            },
            "President Xi Jinping of China visited Tajikistan",
        ),
    ],
)  # fmt: skip
def test_acts_read_as_a_person_would_write_them(
    text: str, trigger: str, more: dict[str, Any], want: str, material: Material
) -> None:
    assert said(act(text, trigger, **more), material) == want


def test_an_act_of_somebody_unknown_is_not_told(material: Material) -> None:
    assert list(phrases(act(TEXT, "acted", actors=(Participant(),)), material)) == []


def test_a_patient_of_a_passive_is_not_made_the_one_who_acts(material: Material) -> None:
    told = act(
        "Chinese soldiers were killed in Tajikistan.", "killed", event_type=EventType.ASSAULT,
        actors=(named(CHN, "Chinese soldiers"),),
    )  # fmt: skip
    assert list(phrases(told, material)) == []


@pytest.mark.parametrize("kind", TieKind)
@pytest.mark.parametrize("form", ["stands", "plan", "ended", "denied", "many", "in_body", "members"])
def test_every_kind_of_tie_has_every_form(kind: TieKind, form: str) -> None:
    words = getattr(ties()[kind], form)
    if words is None:
        assert form in ("in_body", "members")
        return
    text = filled(
        words, "CHN", "TJK", n="three", body="the Shanghai Cooperation Organization", members="China and Russia"
    )
    assert "{" not in text
    assert re.search(r"China|Chinese|Tajikistan", text)
    assert not re.search(r"\b(\w+) \1\b|ss\b(?<!owess)tradess", text)


def test_ties_read_as_a_person_would_write_them() -> None:
    assert (
        filled(ties()[TieKind.BASE].stands, "RUS", "TJK", place=" at Dushanbe")
        == "Russia keeps a military base in Tajikistan at Dushanbe"
    )
    assert filled(ties()[TieKind.DEBT].stands, "CHN", "TJK") == "Tajikistan owes money to China"
    assert (
        filled(ties()[TieKind.ARMS_SUPPLY].stands, "USA", "NLD") == "the United States supplies arms to the Netherlands"
    )
    assert filled(ties()[TieKind.MEDIA].stands, "RUS", "TJK") == "Russian media reach Tajikistan"


@pytest.mark.parametrize("kind", ["claim", "judgement", "forecast"])
@pytest.mark.parametrize("holder", ["author", "speaker", "source", "group"])
def test_every_kind_of_statement_has_a_frame_for_every_kind_of_holder(kind: str, holder: str) -> None:
    assert "{quote}" in frames().said[kind][holder]


def test_every_act_ends_in_an_entry_without_words() -> None:
    for kind in EventType:
        assert any(kind in a.type and not a.mode and not a.words and not a.needs for a in acts()), kind


@pytest.mark.parametrize(
    ("code", "want"),
    [
        ("CHN", "China"), ("USA", "the United States"), ("NLD", "the Netherlands"), ("UN", "the United Nations"), ("NATO", "NATO"),
        ("PHL", "the Philippines"), ("EU", "the European Union"),
    ],
)  # fmt: skip
def test_names_have_their_articles(code: str, want: str) -> None:
    assert english.country(code) == want


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (day(date(2019, 7, 23)), "on 23 July 2019"),
        (month(2016, 8), "in August 2016"),
        (year(2016), "in 2016"),
        (week(date(2016, 7, 13)), "in mid-July 2016"),
        (DateRange(start=date(2016, 10, 20), end=date(2016, 10, 24), precision=Precision.RANGE), "from 20 to 24 October 2016"),
        (DateRange(start=date(2016, 5, 1), end=date(2016, 8, 31), precision=Precision.SEASON), "in mid-2016"),
        (
            DateRange(start=date(2017, 8, 21), end=date(2017, 8, 31), precision=Precision.RANGE, text="the end of August"),
            "in late August 2017",
        ),
        (DateRange(start=date(1990, 1, 1), end=date(1999, 12, 31), precision=Precision.RANGE), "between 1990 and 1999"),
        (DateRange(start=None, end=date(1999, 12, 31), precision=Precision.RANGE), None),
        (None, None),
    ],
)  # fmt: skip
def test_days_are_told_as_precisely_as_they_are_known(value: DateRange | None, want: str | None) -> None:
    assert english.when(value) == want


def test_lists_fold_parties_of_one_kind_and_cut_long_ones() -> None:
    many = [english.Name(text=english.country(c), country=c) for c in ("CHN", "RUS", "KAZ", "KGZ", "TJK")]
    assert english.names(many).text == "China, Russia, Kazakhstan and others"
    assert english.names(many[:3]).text == "China, Russia and Kazakhstan"


def test_the_words_of_a_brief_ship_with_a_source() -> None:
    for name in ("english", "acts", "ties", "frames", "check"):
        path = Path(english.__file__).parents[1] / "lexicon/brief" / f"{name}.toml"
        assert re.search(r'^source = "\w', path.read_text(encoding="utf-8"), re.MULTILINE), name
