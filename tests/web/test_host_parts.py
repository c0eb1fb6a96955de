"""What a host's page tells of change and of what is to come."""

import html
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import marchland as ml
from marchland.api_shifts import Changed
from marchland.influence import Move, Outcome, Shifts, Step
from marchland.model.dates import day
from marchland.model.ontology import Status, TieKind
from marchland.model.records import Silence
from marchland.store import Store
from marchland.web import outlook, words, worked
from marchland.web.site import site_of
from tests.store.makers import CHN, RUS, document, mention, reading, tie
from tests.web.makers import NOW, Served, fill, served

SENTENCE = "Russia has not answered the drill of China in Tajikistan."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A store with a patron, a newcomer's outpost in its sphere, and a text that tells of silence."""
    path: Path = tmp_path_factory.mktemp("parts") / "told.marchland"
    with Store(path) as store:
        ids = fill(store)
        text = f"China set up an outpost in Tajikistan. {SENTENCE}"
        doc = document("silent", text, on=date(2016, 10, 26), publisher="Vakhsh Dispatch", title=None)
        post = tie(doc, "set up", kind=TieKind.OUTPOST, power=CHN, since=day(date(2016, 10, 20)))
        silence = Silence(
            id="s1", doc_id=doc.doc_id, status=Status.ASSERTED, certainty=0.9, confidence=0.9,
            mentions=(mention(doc, "answered"),), party=RUS, stimulus=post.id,
        )  # fmt: skip
        store.add(doc, reading(post, silence), now=NOW)
        ids["outpost"] = post.id
    ml.forecast("TJK", store=path, power=["CHN"], horizon=(7,), on=date(2016, 10, 1), keep=True)
    with served(path, ids) as found:
        yield found


def test_page_comes_at_once_and_names_where_the_rest_is(told: Served):
    text = told.get("/host/TJK?since=2011").text
    assert re.search(r'<section id="changes" data-later="/host/TJK\?since=2011&amp;wait=changes#changes"', text)
    assert re.search(r'<section id="ahead" data-later="/host/TJK\?since=2011&amp;wait=ahead#ahead"', text)
    assert text.count("Work it out now") == 2


def test_what_was_worked_out_once_comes_with_the_page(told: Served):
    told.get("/host/TJK?since=2013&wait=changes,ahead")
    assert "data-later" not in told.get("/host/TJK?since=2013").text


def test_shift_is_a_dated_note_that_opens_its_sentence(told: Served):
    text = told.get("/host/TJK?since=2005&wait=changes").text
    found = re.search(
        r'<a href="(/host/TJK\?since=2005&amp;open=record%3A\w+)#evidence" data-pane="" class="shifted" '
        r'aria-label="2016: China, outpost began, stock 29\.5 → 34\.9">',
        text,
    )
    assert found
    assert "China: outpost began, stock 29.5 → 34.9</a></li>" in text
    assert "<blockquote>" in told.get(html.unescape(found[1])).text


def test_links_of_a_page_that_waited_do_not_wait(told: Served):
    text = told.get("/host/TJK?since=2005&wait=changes,ahead").text
    assert "wait=" not in text


def test_move_stands_beside_the_silence_that_a_text_tells_of(told: Served):
    text = told.get("/host/TJK?wait=changes").text
    pairs = re.findall(r'<li><div class="move">.*?</li>', text, re.DOTALL)
    [outpost] = [p for p in pairs if "China → Tajikistan: outpost" in p]
    assert "Russia: silent, as a text says" in outpost
    assert ">Russia: no answer found</a>" in outpost
    [drill] = [p for p in pairs if "China and Tajikistan: cooperate (troops)" in p]
    assert 'class="answer empty"' in drill
    assert "no document by an outlet of Russia was read from 24 October 2016 to 22 January 2017" in drill


def test_odds_open_their_reasons_and_the_acts_behind(told: Served):
    text = told.get("/host/TJK?power=CHN&wait=ahead").text
    assert "Odds of at least one act towards Tajikistan in the days from 27 October 2016" in text
    assert 'href="/host/TJK?power=CHN&amp;open=odds%3ACHN%3Amaterial-cooperation%3A30#evidence"' in text
    pane = told.get("/host/TJK?power=CHN&open=odds:CHN:material-cooperation:30").text
    assert "China towards Tajikistan, material cooperation:" in pane
    assert "Resolved by: At least one material cooperation act" in pane
    assert "held a joint drill near the river Murghab" in pane
    assert "base rate: of all active pairs" in pane


def test_odds_are_those_of_the_forecast(told: Served):
    week, month = (ml.forecast("TJK", store=told.path, power=["CHN"], horizon=[h]) for h in (7, 30))
    rows = [r for both in zip(week, month, strict=True) for r in both]
    text = told.get("/host/TJK?power=CHN&wait=ahead").text
    shown = re.findall(r'data-pane="" title="90 % interval [^"]*">([^<]+)</a>', text)
    assert [html.unescape(t) for t in shown] == [words.chance(r.probability) for r in rows]


def test_page_of_earlier_years_forecasts_from_their_end(told: Served):
    assert "in the days from 1 July 2016" in told.get("/host/TJK?until=2016-06&power=CHN&wait=ahead").text


def test_record_counts_what_was_kept(told: Served):
    text = told.get("/host/TJK?wait=ahead").text
    assert "marchland’s own forecasts on Tajikistan: " in text
    assert re.search(r"<td>marchland</td><td class=\"num\">7</td><td class=\"num\">4</td>", text)


def test_parts_without_anything_teach(empty: Served, page: Served):
    text = empty.get("/host/TJK?since=2000&until=2004&wait=changes,ahead").text
    assert "marchland import" in text
    assert "marchland forecast TJK --keep" in text
    text = page.get("/host/TJK?wait=ahead").text
    assert "No text here foretells anything of Tajikistan" in text


def test_unknown_parts_and_odds_are_refused_or_said_to_be_none(page: Served):
    assert page.get("/host/TJK?wait=everything").status == 400
    assert "No such forecast" in page.get("/host/TJK?open=odds:CHN:nonsense:30").text


def test_months_read_are_counted_under_the_shares(page: Served):
    assert "<title>2016-10: " in page.get("/host/TJK").text
    assert "documents read, at most 3 a month" in page.get("/host/TJK").text


def test_brief_comes_after_its_page(told: Served):
    first = told.get("/brief/TJK?since=2014").text
    assert 'id="brief" data-later="/brief/TJK?since=2014&amp;wait=true"' in first
    whole = told.get("/brief/TJK?since=2014&wait=true").text
    assert 'id="happened"' in whole
    assert told.get("/brief/TJK?since=2014").text.count('id="happened"') == 1


def test_two_that_ask_at_once_wait_for_the_same_answer(told: Served):
    made = []

    def make() -> int:
        made.append(1)
        both.wait(0.2)
        return len(made)

    with Store(told.path, read_only=True) as store:
        site = site_of(store)
        both = threading.Event()
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(lambda _: worked.once(site, "tried", "key", make), range(2)))
        assert worked.once(site, "tried", "other", make, wait=False) is None
    assert found == [1, 1]


# ---- which shifts are marked ----


def step(n: int, power: str, on: date, amount: float) -> Step:
    return Step(
        host="TJK", power=power, kind=TieKind.BASE, opens=True, day=on, first=on, last=on, amount=amount, before=1.0,
        after=1.0 + amount, domains={}, record_id=f"t{n}", also=(),
    )  # fmt: skip


def changed(*steps: Step, moves: tuple[Move, ...] = ()) -> Changed:
    first, last = date(2000, 1, 1), date(2010, 1, 1)
    found = Shifts(host="TJK", since=first, until=last, steps=steps, flows=(), tested=0, thin=0)
    return Changed(watch=None, shifts=found, moves=moves, rates=(), records={})


def test_largest_steps_are_marked_apart_from_each_other_and_in_order_of_time():
    found = changed(
        step(1, "RUS", date(2005, 1, 1), 5.0),
        step(2, "RUS", date(2005, 2, 1), 4.0),  # too near to the larger one
        step(3, "CHN", date(2002, 1, 1), 3.0),
        step(4, "IRN", date(2003, 1, 1), 9.0),  # not on the chart
    )
    told = outlook.notes(found, ["RUS", "CHN"], date(2000, 1, 1), date(2010, 1, 1))
    assert [(n.n, n.record, n.when) for n in told] == [(1, "t3", "1 January 2002"), (2, "t1", "1 January 2005")]


def test_no_power_takes_all_the_marks():
    steps = [step(n, "RUS", date(2000 + n, 1, 1), 10.0 - n) for n in range(6)]
    told = outlook.notes(
        changed(*steps, step(9, "CHN", date(2008, 1, 1), 0.5)), ["RUS", "CHN"], date(2000, 1, 1), date(2010, 1, 1)
    )
    assert [n.record for n in told] == ["t0", "t1", "t2", "t9"]


def move(power: str, outcome: Outcome, on: date, looked: int = 0) -> Move:
    return Move(
        host="TJK", power=power, rival="RUS", sort="military", code="COOPERATE", day=on, since=on,
        until=date(on.year + 1, on.month, on.day), record_id=f"e{on.year}", also=(), outcome=outcome, answers=(), told=(),
        looked=looked,
    )  # fmt: skip


def test_joint_act_is_one_pair_of_both_movers():
    on = date(2005, 1, 1)
    found = changed(moves=(move("CHN", Outcome.SILENT, on, 2), move("AFG", Outcome.SILENT, on, 2)))
    [pair] = outlook.pairs(found, everything=False)
    assert pair.powers == ("AFG", "CHN")
    assert pair.searched == "2 documents by outlets of Russia read, 1 January 2005 to 1 January 2006"


def test_moves_of_which_something_is_known_are_listed_before_the_rest_is_cut_off():
    looked = move("CHN", Outcome.SILENT, date(2000, 1, 1), 1)
    others = [move("CHN", Outcome.NOT_LOOKED, date(2001 + n, 1, 1)) for n in range(12)]
    told = outlook.pairs(changed(moves=(looked, *others)), everything=False)
    assert len(told) == outlook.MOVES
    assert told[-1].record == "e2000"
    assert len(outlook.pairs(changed(moves=(looked, *others)), everything=True)) == 13
