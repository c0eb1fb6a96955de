"""Does the measure hold still where it should, and move with something outside? Weight draws, coverage, copies, votes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from marchland.evaluation.influence_checks import keys_of, mean_rho, rho
from marchland.evaluation.influence_tables import DOMAINS, IMPORTED, KINDS, POWERS, TYPES, YEARS, Key, Tables, scores
from marchland.evaluation.line import Line
from marchland.exchange.ideal import ideal_points
from marchland.influence import influence
from marchland.model.dates import day
from marchland.model.document import Document, Published, Span, content_id
from marchland.model.ontology import EventType, Sector, Status
from marchland.model.records import Event, Mention, Participant

VOTES = "licensed/unga_idealpoints*.csv*"
_DRAWS = 200
_YEAR = 2015


def votes(t: Tables, folder: Path) -> Line | None:
    """Do hosts that a power holds more of vote nearer to it in the General Assembly? An outside criterion, without a bar."""
    found = sorted(folder.glob(VOTES))
    if not found:
        return None
    point = {(p.country, p.year): p.point for p in ideal_points(found[0])}
    told = []
    for power in POWERS:
        level, acts, net = (
            _near(t, power, point, score) for score in (t.level, t.flow, lambda k: t.netted.get(k, 0.0))
        )
        told.append(f"{power} {level:.2f} (acts alone {acts:.2f}, acts netted {net:.2f})")
    return Line(
        check="UN ideal points: rho of level with nearness",
        bar="",
        result=", ".join(told),
        met=None,
        beside="nearness: minus the distance of host and power in that year; voting is compliance, which the measure does not claim",
    )


def _near(t: Tables, power: str, point: Mapping[tuple[str, int], float], score: Callable[[Key], float]) -> float:
    out = []
    for year in YEARS:
        keys = [
            k for h in t.hosts if (k := (h, power, year)) in t.fbic and (h, year) in point and (power, year) in point
        ]
        if keys:
            near = [-abs(point[k[0], year] - point[power, year]) for k in keys]
            out.append(rho([score(k) for k in keys], near))
    return float(np.mean(out)) if out else 0.0


def first_rank(t: Tables) -> Line:
    """How often does the first power by level stay first when every weight is drawn anew (sigma as in weights.toml)?"""
    rng = np.random.default_rng(0)
    kinds = np.exp(t.weights.sigma * rng.standard_normal((_DRAWS, len(KINDS))))
    types = np.exp(t.weights.sigma * rng.standard_normal((_DRAWS, len(TYPES))))
    kinds[0], types[0] = 1.0, 1.0  # the reading itself
    part = t.weights.delta * IMPORTED * t.even[_YEAR]
    none, score = np.zeros(len(TYPES)), scores(t.weights)
    deep = np.log1p([t.weights.exposure[d] for d in DOMAINS])
    rates = []
    for host in t.hosts:
        powers = sorted({p for h, p, y in t.ties if h == host and y == _YEAR})
        if len(powers) < 2:
            continue
        held = np.array([t.ties[host, p, _YEAR] for p in powers])
        done = np.array([t.acts.get((host, p, _YEAR), none)[:, None] * score for p in powers])
        amount = np.einsum("nk,pkd->npd", kinds, held) + part * np.einsum("nt,ptd->npd", types, done)
        first = (np.log1p(amount) / deep).mean(2).argmax(1)
        rates.append(float((first[1:] == first[0]).mean()))
    got = float(np.mean(rates))
    steady = sum(r >= 0.9 for r in rates)
    return Line(
        check="first rank under weight draws",
        bar="unchanged in >= 90 %",
        result=f"{got:.1%}",
        met=got >= 0.9,
        beside=f"{len(rates)} hosts, end of {_YEAR}; {steady} hosts keep theirs in nine draws of ten",
    )


def coverage(t: Tables) -> Line:
    """Does the score follow what is written about the host rather than FBIC?"""
    total = {(h, y): 0.0 for h in t.hosts for y in YEARS}
    for (h, _, y), n in t.quads.items():
        if (h, y) in total:
            total[h, y] += float(n.sum())
    said, true = [], []
    for power in POWERS:
        said.append(
            np.mean(
                [
                    rho([t.level(k) for k in ks], [total[k[0], k[2]] for k in ks])
                    for y in YEARS
                    if (ks := keys_of(t, power, y))
                ]
            )
        )
        true.append(mean_rho(t, power, t.level))
    return Line(
        check="correlation with sheer coverage",
        bar="lower than with FBIC",
        result=", ".join(f"{p} {a:.2f} against {b:.2f}" for p, a, b in zip(POWERS, said, true, strict=True)),
        met=all(a < b for a, b in zip(said, true, strict=True)),
        beside="coverage: all events of the host that year",
    )


def doubling() -> Line:
    """Does any score move when an outlet's documents are all doubled, by itself at once and by others a day later?"""
    start = date(2018, 1, 1)
    told = [(start + timedelta(days=9 * i), ("CHN", "RUS")[i % 2], f"Outlet {i % 3}") for i in range(30)]
    docs = [_document(f"d{i}", d, outlet, f"Act {i} of {p}.") for i, (d, p, outlet) in enumerate(told)]
    copies: dict[str, list[Document]] = {}
    for i, (doc, (on, _, outlet)) in enumerate(zip(docs, told, strict=True)):
        if outlet == "Outlet 0":
            again, other = (
                _document(f"c{i}", on, outlet, doc.text),
                _document(f"b{i}", on + timedelta(days=1), f"Copyist {i}", doc.text),
            )
            copies[doc.doc_id] = [again, other]

    def read(more: dict[str, list[Document]]) -> list[tuple[float | None, ...]]:
        events = [_act(p, d, [doc, *more.get(doc.doc_id, ())]) for doc, (d, p, _) in zip(docs, told, strict=True)]
        found = [*docs, *(c for each in more.values() for c in each)]
        rows = influence(
            events, [], found, host="KGZ", powers=("CHN", "RUS"), since=start, until=date(2018, 12, 31), registry=False
        )
        return [(r.share, r.share_low, r.share_high, r.level, r.level_low, r.level_high, r.stock, r.flow) for r in rows]

    same = read({}) == read(copies)
    return Line(
        check="doubling one outlet's copies",
        bar="moves no score",
        result="no score moved" if same else "scores moved",
        met=same,
        beside=f"{sum(map(len, copies.values()))} copies of {len(copies)} of {len(docs)} made-up documents; "
        "shares and levels with their intervals",
    )


def _document(doc_id: str, on: date | None, publisher: str, text: str) -> Document:
    published = Published(range=day(on), best=on, reasons=()) if on else None
    return Document(doc_id=doc_id, text=text, sha256="", publisher=publisher, published=published)


def _act(power: str, on: date, docs: Sequence[Document]) -> Event:
    mentions = tuple(
        Mention(
            doc_id=d.doc_id,
            start=0,
            end=len(d.text),
            quote=d.text,
            trigger=Span(start=0, end=3),
            status=Status.ASSERTED,
            rule="made up",
        )
        for d in docs
    )
    return Event(
        id=content_id(power, on.isoformat()),
        doc_id=docs[0].doc_id,
        status=Status.ASSERTED,
        mentions=mentions,
        certainty=0.9,
        confidence=1.0,
        event_type=EventType.AID,
        actors=(Participant(country=power, sector=Sector.GOV),),
        recipients=(Participant(country="KGZ", sector=Sector.GOV),),
        when=day(on),
    )
