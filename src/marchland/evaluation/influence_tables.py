"""The tables of `marchland eval influence`: public ties and events as the measure sees them, and FBIC as the criterion outside.

Expected under DIR, as gzip or plain CSV: licensed/atop_dyads_*, igo_dyads_*, sipri_tiv_*, china_dev_finance_gcdf3_*;
eval_only/icews_dyad_month_*, fbic_chn_rus_*.
"""

import csv
import gzip
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marchland.errors import DocumentError
from marchland.influence.sources import sources
from marchland.influence.stock import standings
from marchland.lexicon.actors import countries, organisations
from marchland.lexicon.registry import registry
from marchland.lexicon.weights import Weights, load_weights
from marchland.model.ontology import Domain, EventType, TieKind

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # host, power, year
Put = Callable[[str, str, int, TieKind, float], None]  # host, power, year, kind, amount
KINDS = list(TieKind)
TYPES = list(EventType)
DOMAINS = list(Domain)
YEARS = (2012, 2013, 2014, 2015, 2018)  # with flows; the last two are looked at last
POWERS = ("CHN", "RUS")  # of which FBIC is at hand
FIRST = 2011 * 12 + 9  # October 2011, the first month of events
IMPORTED = 0.1  # an event of a data set, which nobody has merged, is this much of an act
_IGO = 1 / 20  # of a shared body of about 21 members, each other member has this part
_DELIVERIES = 10  # years of arms deliveries that make a supplier's share

_QUADS = (5, 8, 13, 20)  # last CAMEO root of verbal and material cooperation, verbal and material conflict

# CAMEO roots as PLOVER event types, for the scores of ontology/weights.toml.
_ROOTS = (
    "CONSULT REQUEST AGREE CONSULT SUPPORT COOPERATE AID CONCEDE ACCUSE REQUEST ACCUSE REJECT THREATEN PROTEST "
    "MOBILIZE SANCTION COERCE ASSAULT ASSAULT ASSAULT"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Everything that the checks read."""

    weights: Weights
    hosts: tuple[str, ...]  # states
    fbic: dict[Key, float]
    economic: dict[Key, float]  # FBIC's economic bandwidth x dependence
    ties: dict[Key, Array]  # stock by kind of tie and domain, end of the year
    public: dict[Key, Array]  # the same from the public tables alone, without the registry
    acts: dict[Key, Array]  # faded acts by event type, end of the year
    netted: dict[Key, float]  # Goldstein sum of the year: cooperation less conflict
    quads: dict[Key, Array]  # plain number of events of the year by quad class, both directions
    even: dict[int, float]  # factor on the year's acts, to what they would be had every year been read alike
    months: dict[tuple[str, str], Array]  # acts by month, October 2011 to December 2015
    coercive: dict[tuple[str, str], Array]  # those of a coercive type
    covered: Array  # all acts of each month

    def stock(self, key: Key, kinds: frozenset[TieKind] | None = None) -> float:
        """S of a dyad and year, of some kinds alone where they are given."""
        return float(self.stocks(key, kinds).sum())

    def stocks(self, key: Key, kinds: frozenset[TieKind] | None = None) -> Array:
        """S by domain."""
        found = self.ties.get(key)
        if found is None:
            return np.zeros(len(DOMAINS))
        return np.asarray(found.sum(0) if kinds is None else sum(found[KINDS.index(k)] for k in kinds))

    def flow(self, key: Key) -> float:
        """F of a dyad and year."""
        return float(self.flows(key).sum())

    def flows(self, key: Key) -> Array:
        """F by domain, the domains of an act being those of its type."""
        found = self.acts.get(key)
        return np.zeros(len(DOMAINS)) if found is None else np.asarray(found @ scores(self.weights))

    def counted(self, key: Key) -> float:
        """Plain number of events of the year."""
        found = self.quads.get(key)
        return 0.0 if found is None else float(found.sum())

    def level(self, key: Key, kinds: frozenset[TieKind] | None = None, *, imported: float = IMPORTED) -> float:
        """The level as the measure prints it, had every year been read alike; mean of the domains."""
        part = self.weights.delta * imported * self.even[key[2]]
        deep = [self.weights.exposure[d] for d in DOMAINS]
        return float((np.log1p(self.stocks(key, kinds) + part * self.flows(key)) / np.log1p(deep)).mean())


def scores(weights: Weights) -> Array:
    """The score of each event type, by domain."""
    return np.array([[weights.flow[t].score * weights.flow[t].domains.get(d, 0.0) for d in DOMAINS] for t in TYPES])


def load(folder: Path) -> Tables:
    """Read the tables under `folder`."""
    weights = load_weights()
    hosts = tuple(sorted(c.iso3 for c in countries() if c.kind == "state"))
    fbic, economic = _criterion(folder, set(hosts))
    ties, forums = _registry(hosts, weights)
    public: dict[Key, Array] = {}
    for into in (ties, public):
        _public(folder, into, weights)
    for key, amount in forums.items():
        ties.setdefault(key, np.zeros((len(KINDS), len(DOMAINS))))[KINDS.index(TieKind.MEMBERSHIP)] += amount
    acts: dict[Key, Array] = defaultdict(lambda: np.zeros(len(TYPES)))
    netted: dict[Key, float] = defaultdict(float)
    quads: dict[Key, Array] = defaultdict(lambda: np.zeros(len(_QUADS)))
    read = dict.fromkeys(YEARS, 0.0)
    months: dict[tuple[str, str], Array] = defaultdict(lambda: np.zeros(51))
    coercive: dict[tuple[str, str], Array] = defaultdict(lambda: np.zeros(51))
    covered = np.zeros(51)
    half = [weights.flow[t].half_life_days for t in TYPES]
    for row in rows(folder, "eval_only/icews_dyad_month"):
        year, month = int(row["month"][:4]), int(row["month"][5:7])
        n, kind = float(row["n"]), TYPES.index(EventType(_ROOTS[int(row["root"]) - 1]))
        quad = bisect_left(_QUADS, int(row["root"]))
        if year in read:
            read[year] += n
        ages = {y: (date(y, 12, 31) - date(year, month, 15)).days for y in YEARS if y >= year}
        at = year * 12 + month - 1 - FIRST
        if 0 <= at < 51:
            covered[at] += n
        for host, power in ((row["src"], row["tgt"]), (row["tgt"], row["src"])):
            if host != power:
                for end, age in ages.items():
                    acts[host, power, end][kind] += n * 0.5 ** (age / half[kind])
                quads[host, power, year][quad] += n
                netted[host, power, year] += float(row["goldstein_sum"])
                if 0 <= at < 51:
                    months[host, power][at] += n
                    coercive[host, power][at] += n * (weights.flow[TYPES[kind]].sign < 0)
    mean = sum(read.values()) / len(read)
    return Tables(
        weights=weights,
        hosts=hosts,
        fbic=fbic,
        economic=economic,
        ties=dict(ties),
        public=public,
        acts=dict(acts),
        netted=dict(netted),
        quads=dict(quads),
        even={y: 2 * mean / (n + mean) if n + mean else 1.0 for y, n in read.items()},
        months=dict(months),
        coercive=dict(coercive),
        covered=covered,
    )


def rows(folder: Path, start: str) -> Iterator[dict[str, str]]:
    """Rows of the first table whose name begins so."""
    found = sorted((folder / start).parent.glob(Path(start).name + "*.csv*"))
    if not found:
        raise DocumentError(
            f"{folder}: no file {start}*.csv or .csv.gz; --data names the folder that holds licensed/ and eval_only/"
        )
    opener = gzip.open if found[0].suffix == ".gz" else open
    with opener(found[0], "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _criterion(folder: Path, hosts: set[str]) -> tuple[dict[Key, float], dict[Key, float]]:
    fbic, economic = {}, {}
    for row in rows(folder, "eval_only/fbic_chn_rus"):
        for power in POWERS:
            key, end = (row["iso3"], power, int(row["year"])), power.lower()
            if row["iso3"] in hosts and row["iso3"] not in POWERS and row[f"fbic_{end}"] not in ("", "NA"):
                fbic[key] = float(row[f"fbic_{end}"])
                economic[key] = float(row[f"econb_{end}"] or 0) * float(row[f"econd_{end}"] or 0)
    return fbic, economic


def _registry(hosts: tuple[str, ...], weights: Weights) -> tuple[dict[Key, Array], dict[Key, Array]]:
    """The stock of the shipped registry at the end of each year, as the measure reads it; forums without a charter apart.

    Tables of international bodies do not hold such forums, so that these are not told twice.
    """
    bodies: dict[Key, Array] = defaultdict(lambda: np.zeros((len(KINDS), len(DOMAINS))))
    forums: dict[Key, Array] = defaultdict(lambda: np.zeros(len(DOMAINS)))
    none = sources([], None, known_on=date.max)
    ties = registry().ties
    names = [f": {o.name}." for o in organisations() if o.kind == "mechanism"]
    loose = {t.id for t in ties if t.kind is TieKind.MEMBERSHIP and any(n in t.mentions[0].quote for n in names)}
    for host in hosts:
        for s in standings(ties, host, (), weights, none):
            size = weights.stock[s.kind].typical * s.magnitude * s.split
            parts = size * np.array([s.domains.get(d, 0.0) for d in DOMAINS])
            for year in YEARS:
                odds = s.probability(date(year, 12, 31), weights)
                if odds and s.record_id in loose:
                    forums[host, s.power, year] += odds * parts
                elif odds and parts.any():
                    bodies[host, s.power, year][KINDS.index(s.kind)] += odds * parts
    return bodies, forums


# Kinds of which the registry grades what a table only names: its word comes first, as before documents.
_GRADED = frozenset({TieKind.ALLIANCE, TieKind.CREDIT})


def _public(folder: Path, ties: dict[Key, Array], weights: Weights) -> None:
    """Add the public tables. Where the registry tells of one kind of tie too, its word or else the larger counts."""
    told = {(key, kind) for key, own in ties.items() for kind in _GRADED if own[KINDS.index(kind)].any()}

    def put(host: str, power: str, year: int, kind: TieKind, amount: float) -> None:
        key = (host, power, year)
        if amount > 0 and host != power and (key, kind) not in told:
            row = ties.setdefault(key, np.zeros((len(KINDS), len(DOMAINS))))[KINDS.index(kind)]
            if amount > row.sum():
                row[:] = [amount * weights.stock[kind].domains.get(d, 0.0) for d in DOMAINS]

    _pacts(folder, put, weights)
    _bodies(folder, put, weights)
    _arms(folder, put, weights)
    _loans(folder, put, weights)


def _pacts(folder: Path, put: Put, weights: Weights) -> None:
    """Defence and offence pacts whole, every weaker pact as one rung of a partnership."""
    whole, weak = weights.stock[TieKind.ALLIANCE].weight, weights.stock[TieKind.PARTNERSHIP].weight
    for row in rows(folder, "licensed/atop_dyads"):
        if int(row["year"]) in YEARS:
            told = {k: float(row[f"atop_{k}"] or 0) for k in ("defense", "offense", "neutral", "nonagg", "consul")}
            size = whole if told["defense"] or told["offense"] else weak * float(any(told.values()))
            for host, power in ((row["iso3_a"], row["iso3_b"]), (row["iso3_b"], row["iso3_a"])):
                put(host, power, int(row["year"]), TieKind.ALLIANCE, size)


def _bodies(folder: Path, put: Put, weights: Weights) -> None:
    """Shared bodies; the last year of the table, 2014, stands for what follows."""
    for row in rows(folder, "licensed/igo_dyads"):
        shared = weights.stock[TieKind.MEMBERSHIP].weight * _IGO * float(row["dyadigos"] or 0)
        for year in YEARS:
            if int(row["year"]) == min(year, 2014):
                put(row["iso3_a"], row["iso3_b"], year, TieKind.MEMBERSHIP, shared)
                put(row["iso3_b"], row["iso3_a"], year, TieKind.MEMBERSHIP, shared)


def _loans(folder: Path, put: Put, weights: Weights) -> None:
    """China's lending and aid so far: a billion dollars weighs log 2 of the typical credit, as no table tells the host's size."""
    lent: dict[tuple[str, int], float] = defaultdict(float)
    for row in rows(folder, "licensed/china_dev_finance_gcdf3"):
        for year in YEARS:
            if int(row["year"]) <= year:
                lent[row["iso3"], year] += sum(float(row[c] or 0) for c in ("oof_adj", "oda_adj", "vof_adj"))
    for (host, year), dollars in lent.items():
        put(host, "CHN", year, TieKind.CREDIT, weights.stock[TieKind.CREDIT].weight * log1p(dollars / 1e9))


def _arms(folder: Path, put: Put, weights: Weights) -> None:
    sold: dict[Key, float] = defaultdict(float)
    bought: dict[tuple[str, int], float] = defaultdict(float)
    for row in rows(folder, "licensed/sipri_tiv"):
        for year in YEARS:
            if year - _DELIVERIES < int(row["year"]) <= year and row["iso3_recipient"]:
                sold[row["iso3_recipient"], row["iso3_supplier"], year] += float(row["value"] or 0)
                bought[row["iso3_recipient"], year] += float(row["value"] or 0)
    for (host, power, year), value in sold.items():
        if value > 0 and power:
            put(
                host,
                power,
                year,
                TieKind.ARMS_SUPPLY,
                weights.stock[TieKind.ARMS_SUPPLY].weight * value / bought[host, year],
            )


def main_domain(weights: Weights, kind: TieKind) -> Domain:
    """The domain in which a kind of tie weighs most."""
    own = weights.stock[kind].domains
    return max(own, key=lambda d: own[d])
