"""The ledger: issued once, never changed, resolved by what comes later."""

import json
import sqlite3
from datetime import date, timedelta
from importlib import import_module

import pytest
from click.testing import CliRunner

import marchland as ml
from marchland.cli import main
from marchland.errors import StoreError
from marchland.exchange import import_
from marchland.forecast.ask import foretell
from marchland.forecast.fit import fit, origins
from marchland.forecast.ledger import to_issue
from marchland.forecast.past import past, past_file
from marchland.forecast.plans import Fate, plans
from marchland.forecast.plot import calibration_plot
from marchland.forecast.record import record
from marchland.forecast.resolve import Outcome
from marchland.model.dates import day
from marchland.model.ontology import EventType, HolderKind, Status
from marchland.model.records import Forecast, Holder
from marchland.store import Store
from tests.exchange.samples import gdelt
from tests.forecast.makers import FIRST, made
from tests.store.makers import CHN, TJK, document, drill, event, mention, reading

DRILL = date(2016, 10, 24)
MORNING = date(2016, 11, 1)


def act(name: str, on: date, **more):
    """A document that tells of an act of China and Tajikistan on that day."""
    doc = document(name, f"Paper {name} says that China and Tajikistan held talks there.", on=on)
    return doc, reading(event(doc, "held", when=day(on), **more))


@pytest.fixture
def store():
    with Store.in_memory() as opened:
        opened.add(*drill(0))
        opened.add(*act("x", date(2016, 10, 30)))
        yield opened


def issue(store):
    rows = foretell(store, None, "TJK", on=MORNING, powers=("CHN",))
    return rows, store.issue(to_issue(rows, None))


def test_reasons_are_dated_events_and_sum_to_the_log_odds(store):
    rows = foretell(store, None, "TJK", on=MORNING, horizons=(30,), kind="COOPERATE", powers=("CHN",))
    [row] = rows
    own = next(r for r in row.reasons if r.family == "own")
    assert (own.support, own.days) == (2, (date(2016, 10, 30), DRILL))
    assert all(store.record(i) is not None for i in own.records)
    assert "At least one COOPERATE act with CHN acting and TJK as another party" in row.rule


def test_a_forecast_is_kept_once(store):
    rows, new = issue(store)
    assert new == len(rows) == 8  # four quad classes, two horizons
    assert issue(store)[1] == 0
    assert [i.probability for i in store.issued()] == [r.probability for r in rows]
    assert store.issued()[0].seen["last"] == "2016-10-30"


@pytest.mark.parametrize("sql", ["UPDATE foretold SET probability = 1", "DELETE FROM foretold"])
def test_an_issued_forecast_can_be_neither_changed_nor_taken_out(tmp_path, sql):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        store.add(*drill(0))
        issue(store)
    con = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="an issued forecast is never"):
        con.execute(sql)
    con.close()


def test_windows_stay_open_until_something_later_is_known_and_then_hit_or_miss(store):
    issue(store)
    assert {e.resolved.outcome for e in record(store, None).entries} == {Outcome.OPEN}
    store.add(*act("hit", MORNING + timedelta(days=2)))
    store.add(*act("later", MORNING + timedelta(days=9), event_type=EventType.AID))
    ends = {(e.event_class, e.horizon): e.resolved.outcome for e in record(store, None).entries}
    assert ends["material cooperation", 7] is Outcome.CAME
    assert ends["verbal conflict", 7] is Outcome.NOT
    assert ends["material cooperation", 30] is Outcome.OPEN
    [score] = [s for s in record(store, None).scores if s.event_class == "all"]
    assert (score.horizon, score.forecasts, score.came) == (7, 4, 1)


def test_resolving_never_rewrites_what_was_issued(store):
    issue(store)
    before = store.issued()
    store.add(*act("hit", MORNING + timedelta(days=40)))
    record(store, None)
    assert store.issued() == before


def foretold(name: str, *, on: date, until: date | None, polarity: int = 1, about: bool = True):
    """An author's forecast of an act of China and Tajikistan."""
    doc = document(name, f"Paper {name} will see China and Tajikistan held in talks.", on=on, publisher="Pamir Post")
    ahead = event(doc, "held", status=Status.PREDICTED, event_type=EventType.CONSULT)
    said = Forecast(
        id=f"f-{name}", doc_id=doc.doc_id, status=Status.ASSERTED, mentions=(mention(doc, "will"),), certainty=0.8,
        confidence=0.8, holder=Holder(kind=HolderKind.AUTHOR), about=(ahead.id,) if about else (), parties=(CHN, TJK),
        polarity=polarity, probability=(0.6, 0.9), horizon=day(until) if until else None,
    )  # fmt: skip
    return doc, reading(ahead, said)


@pytest.mark.parametrize(
    ("told", "outcome", "why"),
    [
        ({"until": date(2017, 3, 1)}, Outcome.CAME, "CONSULT among CHN, TJK on 2017-01-10"),
        ({"until": date(2017, 3, 1), "polarity": -1}, Outcome.NOT, "CONSULT among CHN, TJK on 2017-01-10"),
        ({"until": date(2017, 1, 5)}, Outcome.NOT, "no CONSULT among CHN, TJK until 2017-01-05 is known"),
        (
            {"until": date(2017, 3, 1), "about": False},
            Outcome.UNRESOLVED,
            "it is about no act that could be looked for",
        ),
        ({"until": date(2015, 3, 1)}, Outcome.UNRESOLVED, "the time it speaks of, until 2015-03-01, was over"),
    ],
)
def test_authors_forecasts_enter_under_their_name_and_resolve(told, outcome, why):
    with Store.in_memory() as store:
        store.add(*foretold("a", on=date(2016, 12, 1), **told))
        store.add(*act("b", date(2017, 1, 10), event_type=EventType.CONSULT))
        [entry] = record(store, None).entries
    assert (entry.holder, entry.low, entry.high) == ("Pamir Post", 0.6, 0.9)
    assert entry.resolved.outcome is outcome
    assert entry.resolved.reason.startswith(why)


def test_a_forecast_without_an_end_may_come_true_but_is_not_scored():
    with Store.in_memory() as store:
        store.add(*foretold("a", on=date(2016, 12, 1), until=None))
        store.add(*act("b", date(2017, 1, 10), event_type=EventType.CONSULT))
        found = record(store, None)
    assert [e.resolved.outcome for e in found.entries] == [Outcome.CAME]
    assert found.scores == ()


def planned(name: str, *, on: date, due: date | None, status: Status = Status.PLANNED, **more):
    doc = document(name, f"Paper {name} says that China and Tajikistan held to the drill.", on=on)
    told = {"event_type": EventType.AGREE, "base": EventType.COOPERATE, "when": day(due) if due else None, **more}
    return doc, reading(event(doc, "held", status=status, **told))


@pytest.mark.parametrize(
    ("later", "fate"),
    [
        (act("l", date(2017, 2, 3)), Fate.HELD),
        (act("l", date(2017, 3, 3)), Fate.LATE),
        (planned("l", on=date(2017, 1, 20), due=date(2017, 6, 1)), Fate.CHANGED),
        (planned("l", on=date(2017, 1, 20), due=None, status=Status.DENIED), Fate.CANCELLED),
        (act("l", date(2017, 1, 20), event_type=EventType.REJECT), Fate.CANCELLED),
        (act("l", date(2017, 1, 20), event_type=EventType.AID), Fate.UNKNOWN),
    ],
)
def test_plans_are_followed_to_their_end(later, fate):
    with Store.in_memory() as store:
        store.add(*planned("p", on=date(2017, 1, 2), due=date(2017, 2, 1)))
        store.add(*later)
        told = {"p": date(2017, 1, 2), "l": store.document("l").published.best}
        found = plans(store.events(), store.stories(), told, date(2018, 1, 1))
    assert found[0].fate is fate
    assert found[0].rule


def test_the_kept_history_takes_in_a_new_file_and_is_what_a_new_reading_gives(tmp_path):
    path = tmp_path / "s.marchland"
    files = []
    for months in (["01", "02"], ["03"]):
        rows = [gdelt(100 * int(m) + i, day=f"2019{m}{i:02d}", code="057") for m in months for i in range(1, 20)]
        files.append(tmp_path / f"{months[0]}.CSV")
        files[-1].write_text("\n".join(rows) + "\n", encoding="utf-8")
    with Store(path) as store:
        store.add(*drill(0))
        import_([files[0]], store=path)
        first = past(store, path).history
        import_([files[1]], store=path)
        grown = past(store, path).history
        past_file(path).unlink()
        anew = past(store, path).history
    assert (len(first), len(grown)) == (2 + 38 * 2, 2 + 57 * 2)  # the drill and agreements are joint: both directions
    for name in ("a", "b", "day", "known", "kind", "n"):
        assert sorted(getattr(grown, name).tolist()) == sorted(getattr(anew, name).tolist())


def test_keeping_a_forecast_does_not_forget_what_was_learned(tmp_path):
    path = tmp_path / "s.marchland"
    model = fit(made(), origins(FIRST, FIRST + 399, 7, 21, 90), "quad", 7)
    with Store(path) as store:
        store.add(*drill(0))
        found = past(store, path)
        found.models["quad.7"] = model
        found.save()
        issue(store)
        again = past(store, path)
        assert again.state != found.state
        assert again.models["quad.7"].weights.tolist() == model.weights.tolist()


def test_a_damaged_history_file_is_worked_out_again(tmp_path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        store.add(*drill(0))
    past_file(path).write_bytes(b"PK\x03\x04 broken")
    with Store(path, read_only=True) as store:
        assert len(past(store, path).history) == 2


def run(*words: str):
    return CliRunner().invoke(main, ["forecast", *words])


def test_the_command_prints_odds_keeps_them_and_shows_the_record(tmp_path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        store.add(*drill(0))
    where = ("--store", str(path))
    asked = run("TJK", *where, "--power", "CHN", "--horizon", "30", "--json")
    [first, *rest] = map(json.loads, asked.stdout.splitlines())
    assert (asked.exit_code, first["record"], first["first"], len(rest)) == (0, "odds", "2016-10-26", 3)
    with Store(path, read_only=True) as store:
        assert store.issued() == ()  # asking keeps nothing
    assert run("TJK", *where, "--power", "CHN", "--keep").exit_code == 0
    assert "base rate" in run("TJK", *where, "--power", "CHN", "--why").stdout
    with Store(path) as store:
        store.add(*act("later", date(2017, 3, 1)))
    plot = tmp_path / "c.svg"
    told = run("--record", *where, "--plot", str(plot))
    assert "8 did not come" in told.stdout
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    assert len(ml.forecast("TJK", store=path, power=("CHN",))) == 8


@pytest.mark.parametrize(
    "words", [(), ("TJK", "--record"), ("TJK", "--plot", "x.svg"), ("TJK", "--horizon", "0"), ("TJK", "--horizon", "a")]
)
def test_wrong_words_are_bad_usage(words):
    assert run(*words).exit_code == 2


def test_an_unknown_type_is_named_with_what_is_known(tmp_path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        store.add(*drill(0))
    told = run("TJK", "--store", str(path), "--type", "war")
    assert told.exit_code == 1
    assert 'type "war" is not known' in told.stderr


def test_a_missing_store_is_not_made(tmp_path):
    with pytest.raises(StoreError, match="there is no such file"):
        ml.forecast("TJK", store=tmp_path / "none", keep=True)
    assert not (tmp_path / "none").exists()


def test_a_tie_gets_odds_from_the_starts_of_its_kind(store):
    rows = foretell(store, None, "KGZ", on=date(2019, 1, 1), horizons=(365,), kind="base", powers=("CHN",))
    for row in rows:
        assert (row.level, row.event_class, row.basis) == ("tie", "base", "registry")
        assert 0 < row.low <= row.probability <= row.high < 0.2
    assert len(rows) == 1


def test_verbs_stay_functions_after_the_folders_of_their_name_are_imported():
    assert import_module("marchland.forecast.odds").odds is not None
    assert import_module("marchland.influence.measure").influence is not None
    assert (ml.forecast.__name__, ml.influence.__name__) == ("forecast", "influence")


def test_an_empty_record_draws_an_empty_plot():
    assert "no forecast is closed yet" in calibration_plot(())
