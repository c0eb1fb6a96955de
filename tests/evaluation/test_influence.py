"""The validation table works on tables that this test makes up."""

import csv
import gzip
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import spearmanr

from marchland.errors import DocumentError
from marchland.evaluation import (
    influence_breaks,
    influence_checks,
    influence_held_out,
    influence_robust,
    influence_tables,
)
from marchland.evaluation.influence import lines
from marchland.evaluation.influence_tables import DOMAINS, IMPORTED, KINDS, YEARS, load
from marchland.evaluation.line import Line, markdown
from marchland.model.ontology import EventType, TieKind

HOSTS = "KAZ KGZ TJK TKM UZB ARM AZE GEO MDA MNG NPL PAK LKA BGD KHM LAO".split()

POINTS = {"CHN": 0.0, "RUS": 3.0}


def write(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header.split(","), *rows])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Hosts in order of how much China (forwards) and Russia (backwards) hold in them."""
    root = tmp_path_factory.mktemp("tables")
    rng = np.random.default_rng(0)
    order = list(enumerate(HOSTS))
    write(
        root / "licensed/atop_dyads_made.csv.gz",
        "iso3_a,iso3_b,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul",
        [("RUS", h, y, int(i < 5), 0, 0, 1, 1) for i, h in order for y in YEARS],
    )
    write(
        root / "licensed/igo_dyads_made.csv",
        "iso3_a,iso3_b,year,dyadigos",
        [("RUS", h, y, 80 - 4 * i) for i, h in order for y in range(2012, 2015)],
    )
    write(
        root / "licensed/sipri_tiv_made.csv",
        "supplier,recipient,iso3_supplier,iso3_recipient,year,value",
        [("", "", p, h, 2011, i + 1 if p == "CHN" else 16 - i) for i, h in order for p in ("CHN", "RUS")],
    )
    write(
        root / "licensed/china_dev_finance_gcdf3_made.csv",
        "iso3,year,oof_adj,oda_adj,vof_adj",
        [(h, 2010, 1e9 * i, 0, "") for i, h in order],
    )
    write(
        root / "eval_only/fbic_chn_rus_made.csv",
        "iso3,year,econb_chn,econd_chn,fbic_chn,econb_rus,econd_rus,fbic_rus",
        [(h, y, 1, i, 0.02 * i, 1, 16 - i, 0.02 * (16 - i)) for i, h in order for y in YEARS],
    )
    months = [f"{y}-{m:02d}" for y in range(2011, 2016) for m in range(1, 13) if (y, m) >= (2011, 10)] + ["2018-03"]
    dyads = [*((p, h) for h in HOSTS for p in ("CHN", "RUS")), ("RUS", "UKR"), ("SAU", "YEM"), ("USA", "CUB")]
    starts = {("RUS", "UKR"): "2014-01", ("SAU", "YEM"): "2015-03", ("USA", "CUB"): "2014-11"}
    rows = [
        (m, p, h, "04", "pol", int(rng.poisson(12 if m >= starts.get((p, h), "2999") else 3)) or 1, 2.0)
        for m in months
        for p, h in dyads
    ]
    points = [*POINTS.items(), *((h, 0.1 * (16 - i)) for i, h in order)]
    write(
        root / "licensed/unga_idealpoints_made.csv",
        "iso3c,year,IdealPoint",
        [(c, y, p) for c, p in points for y in YEARS],
    )
    write(root / "eval_only/icews_dyad_month_made.csv.gz", "month,src,tgt,root,dom,n,goldstein_sum", rows)
    return root


@pytest.fixture(scope="module")
def tables(folder):
    return load(folder)


def test_ranks_correlate_as_spearman_says():
    a, b = [3.0, 1.0, 1.0, 7.0, 2.0], [0.1, 0.4, 0.2, 0.9, 0.2]
    assert influence_checks.rho(a, b) == pytest.approx(spearmanr(a, b).statistic)


def test_registry_and_tables_count_one_kind_of_tie_once(tables):
    key, kind = ("TJK", "RUS", 2015), KINDS.index(TieKind.MEMBERSHIP)
    both, public = tables.ties[key][kind].sum(), tables.public[key][kind].sum()
    assert public == pytest.approx(2 * 72 / 20)  # 72 shared bodies, each of about 21 members
    assert both == pytest.approx(public)  # no more for the bodies that the registry names
    assert tables.stock(key) > tables.public[key].sum()


def test_the_registry_grades_a_pact_that_a_table_only_names(tables):
    key, kind = ("UZB", "RUS", 2015), KINDS.index(TieKind.ALLIANCE)
    assert tables.public[key][kind].sum() == 8.0  # a pact of defence, in the made-up table
    assert tables.ties[key][kind].sum() == pytest.approx(0.6 * 0.95 * 8.0)  # .6 of one in the registry, certainty .95


def test_forums_without_a_charter_count_beside_the_table_of_bodies(tables):
    kind = KINDS.index(TieKind.MEMBERSHIP)
    assert ("BEN", "CHN", 2015) not in tables.public
    assert tables.ties["BEN", "CHN", 2015][kind].sum() == pytest.approx(2 * 0.6 * 0.95)  # China and Africa, since 2000
    assert tables.ties["LTU", "CHN", 2018][kind].sum() == pytest.approx(2 * 0.6 * 0.95)  # 16+1, left in 2021


def test_the_level_is_the_mean_of_the_domains_had_every_year_been_read_alike(tables):
    key = ("KGZ", "CHN", 2018)
    part = tables.weights.delta * IMPORTED * tables.even[2018]
    by_domain = [
        np.log1p(s + part * f) / np.log1p(tables.weights.exposure[d])
        for d, s, f in zip(DOMAINS, tables.stocks(key), tables.flows(key), strict=True)
    ]
    assert tables.level(key) == pytest.approx(sum(by_domain) / 4)
    assert tables.even[2018] > 1 > tables.even[2014]  # one month of 2018 is in the table, all twelve of 2014


def test_acts_add_where_they_alone_know_the_criterion(tables):
    own = {k: float(np.exp(np.log1p(tables.flow(k)))) for k in tables.fbic}
    adding = influence_held_out.lines(replace(tables, fbic=own))[1]
    assert adding.met
    assert float(adding.result) > 0.1


def test_hosts_that_are_read_are_not_fitted_on(tables):
    names = sorted({k[0] for k in tables.fbic})

    def own(key):  # a column for each host: perfect where its host was fitted on, silent where not
        return [float(key[0] == name) for name in names]

    by_host = replace(tables, fbic={k: 1.0 + names.index(k[0]) for k in tables.fbic})
    assert influence_held_out.fit(by_host, own, influence_held_out.Protocol()) < 0.1


def test_a_criterion_that_is_the_level_itself_is_met_in_full(tables):
    own = replace(tables, fbic={k: tables.level(k) for k in tables.fbic})
    assert [float(line.result.split()[0]) for line in influence_checks.by_host(own)] == [1.0, 1.0]
    assert influence_robust.coverage(own).met
    assert float(influence_checks.demeaned(own).result) > 0.9


def test_breaks_that_the_data_holds_are_found(tables):
    assert influence_breaks.known(tables).met


def test_acts_of_earlier_years_fade_and_do_not_vanish(folder, tables):
    earlier = tables.acts["TJK", "CHN", 2015].sum()
    half = tables.weights.flow[EventType.CONSULT].half_life_days
    [now] = [
        float(r["n"])
        for r in influence_tables.rows(folder, "eval_only/icews_dyad_month")
        if (r["month"], r["src"], r["tgt"]) == ("2018-03", "CHN", "TJK")
    ]
    years, spring = 0.5 ** ((3 * 365 + 1) / half), now * 0.5 ** ((date(2018, 12, 31) - date(2018, 3, 15)).days / half)
    assert tables.acts["TJK", "CHN", 2018].sum() == pytest.approx(spring + earlier * years)


def test_votes_that_follow_the_level_correlate(tables, folder):
    near = {
        (h, p, y): -abs(0.1 * (16 - i) - at) for i, h in enumerate(HOSTS) for y in YEARS for p, at in POINTS.items()
    }
    own = replace(tables, ties={k: np.full((len(KINDS), len(DOMAINS)), 4 + v) for k, v in near.items()}, acts={})
    line = influence_robust.votes(own, folder)
    assert line.met is None  # no bar: voting is compliance
    assert line.result.startswith("CHN 1.00")
    assert "RUS 1.00" in line.result


def test_votes_are_left_out_where_there_is_no_table(tables, tmp_path):
    assert influence_robust.votes(tables, tmp_path) is None


def test_the_running_alarm_is_set_beside_its_stated_rate(tables):
    line = influence_breaks.running(tables)
    assert line.met
    assert line.bar == "<= 0.1 a host and year, as stated"
    assert "never" not in line.beside


def test_steady_counts_lie_in_their_intervals(tables):
    assert float(influence_breaks.intervals(tables).result.split()[0]) > 0.87


def test_copies_move_no_score():
    assert influence_robust.doubling().met


def test_a_missed_bar_is_said(tables):
    line = Line(check="c", bar=">= 1", result="0", met=False)
    assert markdown(line) == "| c | >= 1 | 0 | **missed** |  |"


def test_a_folder_without_the_tables_is_named(tmp_path):
    with pytest.raises(DocumentError, match="eval_only/fbic"):
        list(lines(tmp_path))
