"""The files behind the measure."""

import tomllib
from copy import deepcopy

import pytest

from marchland.errors import LexiconError
from marchland.lexicon.actors import countries
from marchland.lexicon.colours import colour, colours
from marchland.lexicon.registry import REGISTRY_ID, registry
from marchland.lexicon.tables import folder, rows
from marchland.lexicon.weights import load_weights, weights_from
from marchland.model.ontology import Domain, EventType, Precision, TieKind
from marchland.model.records import Tie


@pytest.fixture
def raw():
    """The shipped file, parsed."""
    return deepcopy(tomllib.loads(folder("ontology/weights.toml").read_text(encoding="utf-8")))


def test_every_kind_and_type_has_a_cited_weight():
    weights = load_weights()
    assert set(weights.stock) == set(TieKind)
    assert set(weights.flow) == set(EventType)
    assert all(w.source for w in weights.stock.values())
    assert all(w.source for w in weights.flow.values())


def test_every_named_context_is_one_that_documents_can_have():
    known = {row["context"] for _, row in rows("ontology/contexts.csv", ("context", "word", "weight", "source"))}
    assert set(load_weights().contexts) <= known


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: v.update(colour=1), 'unknown key "colour"'),
        (lambda v: v["stock"]["base"].update(wieght=1), 'stock.base: unknown key "wieght"'),
        (lambda v: v["stock"].pop("base"), "stock: base is missing"),
        (lambda v: v["stock"].update(fort=v["stock"]["base"]), '"fort" is no kind of tie'),
        (lambda v: v["stock"]["base"].update(domains={"security": 0.5}), "add up to 0.5"),
        (lambda v: v["stock"]["base"].update(source=""), "stock.base: no source"),
        (lambda v: v["flow"].pop("AID"), "flow: AID is missing"),
        (lambda v: v["flow"]["AID"].update(sign=0), "sign is 0"),
        (lambda v: v["flow"]["AID"].update(half_life_days=0), "half-life of 0 days"),
        (lambda v: v["flow"]["AID"].update(score="high"), "'high' is no number"),
        (lambda v: v["share"].pop("psi_flow"), '"psi_flow" is missing'),
        (lambda v: v["level"]["exposure"].pop("security"), "level.exposure"),
        (lambda v: v["contexts"].update(military={"war": 1.0}), '"war" is no domain'),
    ],
)
def test_a_slip_in_the_weights_is_named(raw, change, message):
    change(raw)
    with pytest.raises(LexiconError, match=message):
        weights_from(raw, "weights.toml")


def test_a_users_own_weights_are_read(tmp_path, raw):
    text = folder("ontology/weights.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace("psi_flow = 0.2", "psi_flow = 0.3"), encoding="utf-8")
    assert load_weights(own).psi_flow == 0.3
    own.write_text("not toml at all [", encoding="utf-8")
    with pytest.raises(LexiconError, match="cannot be read as weights"):
        load_weights(tmp_path / "none.toml")


def test_every_registry_tie_quotes_its_document():
    found = registry()
    assert len(found.ties) == len({t.id for t in found.ties})
    for tie in found.ties:
        [mention] = tie.mentions
        assert mention.doc_id == found.document.doc_id == REGISTRY_ID
        assert found.document.text[mention.start : mention.end] == mention.quote
        assert "Source: " in mention.quote


def test_the_registry_covers_the_world():
    table = list(rows("ties/registry.csv", tuple(_header())))
    assert len(table) >= 2000
    hosts = {t.host.country for t in registry().ties if t.host}
    regions = "TJK KGZ UZB TKM KAZ ARM AZE GEO UKR MDA BLR MLI NER BFA TCD DJI ETH ERI SOM SDN SAU QAT ARE BHR OMN KHM LAO MMR"
    assert set((regions + " VNM PHL THA SLB PNG KIR VUT FJI TON VEN CUB NIC COL PAN HND BOL ECU PER").split()) <= hosts
    assert {t.kind for t in registry().ties} == set(TieKind) - {TieKind.CLAIM_OF_SPHERE}


def _header() -> list[str]:
    return folder("ties/registry.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def test_a_share_that_changes_leaves_no_year_between_two_rows():
    stretches = [(t.kind, t.power, t.host, t.since, t.until) for t in registry().ties if t.power and not t.where]
    begins = {
        (kind, power, host, since.start.year) for kind, power, host, since, _ in stretches if since and since.start
    }
    gaps = [
        (kind, power, host, until)
        for kind, power, host, _, until in stretches
        if until and until.end and until.precision is Precision.YEAR and kind in (TieKind.TRADE, TieKind.ARMS_SUPPLY)
        if (kind, power, host, until.end.year + 1) in begins
    ]
    assert gaps == []  # a year stands at its middle, so that such a tie would be missing for a year


def test_registry_parties_are_known_states_or_the_union():
    known = {c.iso3 for c in countries()}
    for tie in registry().ties:
        for party in (tie.power, tie.host, *tie.members):
            if party:
                assert party.country in known or party.org == "EU"


def held(power: str, host: str, kind: TieKind) -> list[Tie]:
    """Ties of one kind between two countries."""
    return [
        t
        for t in registry().ties
        if t.kind == kind and t.power and t.host and (t.power.country, t.host.country) == (power, host)
    ]


def test_members_of_a_pact_are_hosts_while_they_belong():
    [uzbek_cst, *more] = sorted(
        (t for t in held("RUS", "UZB", TieKind.ALLIANCE) if "Collective Security" in t.mentions[0].quote),
        key=lambda t: t.since.start,
    )
    assert uzbek_cst.until.end.year == 1999
    assert [(t.since.start.year, t.until.end.year) for t in more] == [(2006, 2012)]
    assert held("USA", "EST", TieKind.ALLIANCE)[0].since.start.isoformat() == "2004-03-29"


def test_a_share_becomes_a_magnitude_in_typical_ties():
    [debt] = held("CHN", "TJK", TieKind.DEBT)
    weight = load_weights().stock[TieKind.DEBT]
    assert debt.magnitude * weight.typical == pytest.approx(8 * 0.45)


def test_what_has_ended_has_no_confirmation():
    [manas] = held("USA", "KGZ", TieKind.BASE)
    assert manas.until.end.isoformat() == "2014-06-03"
    assert manas.last_confirmed is None
    assert manas.where.name == "Manas"


def test_powers_of_the_table_have_fixed_distinct_colours():
    table = colours()
    assert len({c.light for c in table.values()}) == len({c.dark for c in table.values()}) == len(table)
    assert colour("RUS", 0) == colour("RUS", 5)
    assert colour("BTN", 0) != colour("BTN", 1)
    assert Domain.SECURITY.value == "security"
