"""The checker holds a sentence against its notes, and finds what they do not hold."""

from dataclasses import replace
from datetime import date

import pytest

from marchland.brief.check import check_text
from marchland.brief.model import Quote, Row
from marchland.model.dates import day
from marchland.model.ontology import Status

TEXT = "The armed forces of China and Tajikistan held a joint exercise near Ishkoshim on Monday, with about 10,000 servicemen."
DRILL = Quote(
    record_id="e1", doc_id="d1", start=0, end=len(TEXT), text=TEXT, outlet="Pamir Ledger", published=date(2016, 10, 26),
    status=Status.ASSERTED, trigger=(TEXT.index("held"), TEXT.index("held") + 4), dates=(day(date(2016, 10, 24), text="Monday"),),
)  # fmt: skip
SHARES = Row(
    text="Share of measured exposure of Tajikistan, security, 2019, with 90 % intervals: Russia 58 % (41 to 74), China 25 % (12 to 40).",
    command="marchland influence TJK",
)


def quote(text: str, trigger: str, *, status: Status = Status.ASSERTED, **more: object) -> Quote:
    at = text.index(trigger)
    return replace(DRILL, text=text, end=len(text), trigger=(at, at + len(trigger)), status=status, **more)  # type: ignore[arg-type]


def kinds(text: str, *notes: Quote | Row) -> set[str]:
    """The kinds of fault that the checker finds."""
    return {f.kind for f in check_text(text, notes)}


@pytest.mark.parametrize(
    "text",
    [
        "On 24 October 2016, China and Tajikistan held a joint exercise near Ishkoshim with about 10,000 servicemen.",
        "In October 2016, Beijing and Dushanbe held a joint exercise.",
        "Chinese and Tajik forces held a drill in 2016.",
        "China and Tajikistan held an exercise with about ten thousand servicemen.",
        "The Pamir Ledger reported on 26 October 2016 that China and Tajikistan held a joint exercise.",
        "The Pamir Ledger wrote on 26 October 2016: “The armed forces of China and Tajikistan held a joint exercise near Ishkoshim”.",
    ],
)
def test_what_the_quote_holds_is_supported_under_other_names_too(text: str) -> None:
    assert check_text(text, [DRILL]) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("China and Tajikistan held a joint exercise.", "note"),
    ],
)
def test_a_sentence_without_a_footnote_fails(text: str, kind: str) -> None:
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On 24 October 2016, Russia and Tajikistan held a joint exercise.", "actor"),
        ("The Kremlin and Tajikistan held a joint exercise.", "actor"),
        ("China, Tajikistan and the Collective Security Treaty Organization held a joint exercise.", "actor"),
        ("Vladimir Putin and Tajikistan held a joint exercise.", "actor"),
        ("China and Tajikistan held a joint exercise in Beijing.", "place"),
        ("China and Tajikistan held a joint exercise near Murghab.", "actor"),
        ("China and Tajikistan held the exercise Cooperation.", "name"),
        ("China and Tajikistan held a joint exercise with about 12,000 servicemen.", "number"),
        ("China and Tajikistan held three joint exercises.", "number"),
        ("China and Tajikistan held a joint exercise with 10,000 servicemen.", "number"),
        ("On 24 October 2015, China and Tajikistan held a joint exercise.", "date"),
        ("On 25 October 2016, China and Tajikistan held a joint exercise.", "date"),
        ("On 26 October 2016, China and Tajikistan held a joint exercise.", "date"),
        ("China and Tajikistan held a joint exercise in September 2016.", "date"),
        ("China and Tajikistan signed a treaty.", "act"),
        ("China and Tajikistan cancelled an agreement.", "act"),
        ("The Pamir Ledger wrote on 26 October 2016: “The armed forces of China held a joint exercise”.", "quotation"),
    ],
)
def test_what_the_quote_does_not_hold_is_a_fault(text: str, kind: str) -> None:
    found = {k.replace("place", "actor") for k in kinds(text, DRILL)}
    assert kind.replace("place", "actor") in found


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ASSERTED])
def test_an_act_is_not_told_as_done_that_its_evidence_tells_less_firmly(status: Status) -> None:
    assert "status" in kinds("China and Tajikistan held a joint exercise.", replace(DRILL, status=status))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("According to China, Tajikistan held a joint exercise.", Status.REPORTED),
        ("China and Tajikistan plan to hold a joint exercise.", Status.PLANNED),
        ("China and Tajikistan are said to have held a joint exercise.", Status.ALLEGED),
        ("It is held possible that China and Tajikistan may hold a joint exercise.", Status.HYPOTHETICAL),
        ("China and Tajikistan are expected to hold a joint exercise.", Status.PREDICTED),
    ],
)
def test_words_that_show_the_status_are_enough(text: str, status: Status) -> None:
    assert check_text(text, [replace(DRILL, status=status)]) == ()


def test_a_plan_is_not_told_as_alleged_and_a_denial_is_not_told_as_a_plan() -> None:
    assert "status" in kinds(
        "China and Tajikistan plan to hold a joint exercise.", replace(DRILL, status=Status.ALLEGED)
    )
    assert "status" in kinds(
        "China and Tajikistan plan to hold a joint exercise.", replace(DRILL, status=Status.DENIED)
    )


def test_a_record_read_as_done_from_words_of_the_future_is_not_told_as_done() -> None:
    misread = quote("China will build a school for Tajikistan.", "build")
    assert "status" in kinds("China built a school for Tajikistan.", misread)
    assert check_text("China plans to build a school for Tajikistan.", [replace(misread, status=Status.PLANNED)]) == ()


def test_of_two_records_the_less_firm_one_decides() -> None:
    plan = replace(DRILL, record_id="e2", status=Status.PLANNED)
    assert "status" in kinds("China and Tajikistan held a joint exercise.", DRILL, plan)


def test_who_was_killed_in_every_telling_did_not_kill() -> None:
    told = quote("Seventeen soldiers of the Kazakh battalion were killed when Tajik fighters opened fire.", "killed")
    assert "side" in kinds("Kazakhstan killed people of Tajikistan.", told)
    under = quote(
        "Soldiers of the Kazakh battalion were killed when Tajik fighters brought their column under fire.", "fire"
    )
    assert "side" in kinds("Kazakhstan killed people of Tajikistan.", under)
    by = quote("Kazakh soldiers were killed by Tajik fighters.", "killed")
    assert "side" not in kinds("Tajikistan killed people of Kazakhstan.", by)


def test_a_border_named_after_a_nation_is_no_actor() -> None:
    told = quote("China and Tajikistan held a joint exercise on the Afghan border.", "held")
    assert kinds("China, Tajikistan and Afghanistan held a joint exercise.", told) == {"actor"}


def test_a_capital_as_a_place_needs_a_place_and_not_a_government() -> None:
    told = quote("Beijing held a joint exercise with Dushanbe.", "held")
    assert kinds("China held a joint exercise with Tajikistan in Beijing.", told) == {"place"}


def test_a_relative_day_counts_only_where_its_words_stand_in_the_quote() -> None:
    elsewhere = replace(DRILL, dates=(day(date(2016, 10, 24), text="last Monday morning"),))
    assert kinds("On 24 October 2016, China and Tajikistan held a joint exercise.", elsewhere) == {"date"}


def test_the_lines_before_a_quote_may_name_who_is_meant() -> None:
    told = quote("The two armies trained together.", "trained", dates=(), context=("China and Tajikistan hold drill",))
    assert check_text("China and Tajikistan held a joint exercise.", [told]) == ()
    assert "actor" in kinds("China and Tajikistan held a joint exercise.", replace(told, context=()))


def test_figures_of_a_row_must_be_those_of_the_sentence() -> None:
    good = "In the security domain, Russia leads with 58 % of the measured exposure, ahead of China with 25 %."
    assert check_text(good, [SHARES]) == ()
    assert kinds(good.replace("58", "85"), SHARES) == {"number"}
    assert kinds(good.replace("China", "Iran"), SHARES) == {"actor"}


def test_an_outlet_named_after_a_road_tells_of_no_road() -> None:
    told = replace(DRILL, outlet="Ferry Road News")
    assert (
        check_text(
            "Ferry Road News reported on 26 October 2016 that China and Tajikistan held a joint exercise.", [told]
        )
        == ()
    )
