"""The registry of well-known standing ties, as ties with the rendered row as their evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256

from marchland.errors import LexiconError
from marchland.lexicon.actors import countries, memberships, organisations
from marchland.lexicon.tables import cell_date, cell_list, cell_number, rows
from marchland.lexicon.weights import load_weights
from marchland.model.dates import DateRange, day
from marchland.model.document import Document, Span, content_id
from marchland.model.ontology import Domain, PlaceKind, Sector, Status, TieKind
from marchland.model.records import Mention, Participant, Place, Tie

REGISTRY_ID = "registry"
_FILE = "ties/registry.csv"
_COLUMNS = (
    "kind",
    "power",
    "host",
    "members",
    "since",
    "until",
    "domains",
    "share",
    "magnitude",
    "place",
    "certainty",
    "source",
    "note",
)
_REVIEWED = "ties/reviewed.csv"

# How a row is told as a sentence; {0} is the power, {1} the host.
_WORDS: Mapping[TieKind, str] = {
    TieKind.BASE: "{0} has a base in {1}",
    TieKind.OUTPOST: "{0} has an outpost in {1}",
    TieKind.PRESENCE: "{0} has forces in {1}",
    TieKind.ALLIANCE: "{0} is bound to the defence of {1}",
    TieKind.MEMBERSHIP: "{0} and {1} share a body",
    TieKind.PARTNERSHIP: "{0} has a declared partnership with {1}",
    TieKind.EXERCISE_SERIES: "{0} holds regular exercises with {1}",
    TieKind.ARMS_SUPPLY: "{0} supplies arms to {1}",
    TieKind.TRAINING: "{0} trains forces of {1}",
    TieKind.SECURITY_FINANCE: "{0} pays for forces of {1}",
    TieKind.DEBT: "{1} owes external debt to {0}",
    TieKind.CREDIT: "{0} has opened credit for {1}",
    TieKind.INVESTMENT: "{0} holds investment in {1}",
    TieKind.TRADE: "{1} trades with {0}",
    TieKind.TRANSIT: "{1} depends on passage with {0}",
    TieKind.CONCESSION: "{0} holds a concession in {1}",
    TieKind.CUSTOMS_UNION: "{0} is in a trade agreement or customs union with {1}",
    TieKind.INFRASTRUCTURE: "{0} built or feeds infrastructure of {1}",
    TieKind.CURRENCY: "{1} uses or follows the currency of {0}",
    TieKind.TERRITORY: "{0} holds territory that is or is claimed as part of {1}",
    TieKind.MEDIA: "media of {0} reach {1}",
    TieKind.EDUCATION: "{0} has schools or cultural institutes in {1}",
    TieKind.EMBASSY: "{0} has an embassy in {1}",
    TieKind.RECOGNITION: "{0} has taken a stand on recognition in {1}",
    TieKind.CLAIM_OF_SPHERE: "{0} claims {1} for its sphere",
    TieKind.DEPENDENCE: "{1} depends on {0}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The ties, and the document that their quotes are taken from."""

    ties: tuple[Tie, ...]
    document: Document
    reviewed: DateRange  # the day to which rows without an end are known to stand


@cache
def registry() -> Registry:
    """Every row of the shipped registry, one tie for each power and host it joins.

    Raises:
        LexiconError: a row breaks the schema in lexicon/README.md.
    """
    reviewed = _reviewed()
    sentences: list[str] = []
    ties: list[Tie] = []
    at = 0
    for where, row in rows(_FILE, _COLUMNS):
        for tie, sentence in _ties(where, row, reviewed):
            mention = replace(
                tie.mentions[0], start=at, end=at + len(sentence), trigger=Span(start=at, end=at + len(sentence))
            )
            ties.append(replace(tie, mentions=(mention,)))
            sentences.append(sentence)
            at += len(sentence) + 1
    text = "\n".join(sentences)
    document = Document(
        doc_id=REGISTRY_ID,
        text=text,
        sha256=sha256(text.encode("utf-8")).hexdigest(),
        publisher="marchland registry of standing ties",
        language="en",
    )
    return Registry(ties=tuple(ties), document=document, reviewed=reviewed)


def _reviewed() -> DateRange:
    for where, row in rows(_REVIEWED, ("reviewed", "note")):
        found = cell_date(row["reviewed"], where)
        if found:
            return found
    raise LexiconError(f"lexicon/{_REVIEWED}: no day of review; give the day to which the rows were checked")


def _ties(where: str, row: Mapping[str, str], reviewed: DateRange) -> Iterator[tuple[Tie, str]]:
    kind = _kind(row["kind"], where)
    since, until = cell_date(row["since"], where), cell_date(row["until"], where)
    magnitude = _magnitude(row, kind, where)
    certainty = cell_number(row["certainty"], where)
    if certainty is None or not 0 < certainty <= 1:
        raise LexiconError(f'{where}: certainty is "{row["certainty"]}"; give a number above 0 and up to 1')
    if not row["source"]:
        raise LexiconError(f"{where}: no source; every row cites where it can be checked")
    if bool(row["members"]) == bool(row["power"]):
        raise LexiconError(f"{where}: give either power and host, or members")
    for power, host, members, first, last in _pairs(row, since, until, where):
        sentence = _sentence(kind, row, power, host, members, first, last)
        mention = Mention(
            doc_id=REGISTRY_ID,
            start=0,
            end=len(sentence),
            quote=sentence,
            trigger=Span(start=0, end=len(sentence)),
            status=Status.ASSERTED,
            rule="lexicon/ties/registry.csv",
        )
        identity = (kind.value, power, host, "|".join(members), row["since"], _iso(first), row["place"], row["note"])
        place = row["place"]
        yield (
            Tie(
                id=content_id(REGISTRY_ID, *identity),
                doc_id=REGISTRY_ID,
                status=Status.ASSERTED,
                mentions=(mention,),
                certainty=certainty,
                confidence=1.0,
                kind=kind,
                power=_party(power) if power else None,
                host=_party(host) if host else None,
                members=tuple(_party(m) for m in members),
                since=first,
                until=last,
                last_confirmed=None if last else reviewed,
                domains=_domains(row["domains"], where),
                magnitude=magnitude,
                where=Place(name=place, place_id=None, kind=PlaceKind.SITE, country=host or None) if place else None,
            ),
            sentence,
        )


_Pair = tuple[str, str, tuple[str, ...], DateRange | None, DateRange | None]


def _pairs(row: Mapping[str, str], since: DateRange | None, until: DateRange | None, where: str) -> Iterator[_Pair]:
    """Power and host, or members, with dates; `@ORG` is every other member while it and the power were in."""
    if row["members"]:
        yield "", "", tuple(_country(m, where) for m in cell_list(row["members"])), since, until
        return
    power, host = _country(row["power"], where), row["host"]
    if not host.startswith("@"):
        yield power, _country(host, where), (), since, until
        return
    joined = [m for m in memberships() if m.org == host[1:]]
    own = [m for m in joined if m.iso3 == power]
    if not own:
        raise LexiconError(f"{where}: {power} is in no row of {host[1:]} in lexicon/actors/memberships.csv")
    for m in joined:
        for mine in own:
            if m.iso3 != power:
                first = _later(m.since, mine.since)
                last = _earlier(m.until, mine.until)
                if not (first and last and first.start and last.end and first.start > last.end):
                    yield power, m.iso3, (), first, last


def _later(a: DateRange | None, b: DateRange | None) -> DateRange | None:
    if a is None or b is None:
        return a or b
    return max(a, b, key=lambda d: d.start or date.min)


def _earlier(a: DateRange | None, b: DateRange | None) -> DateRange | None:
    if a is None or b is None:
        return a or b
    return min(a, b, key=lambda d: d.end or date.max)


def _magnitude(row: Mapping[str, str], kind: TieKind, where: str) -> float:
    """In units of the kind's typical tie, as the model has it; a share is turned into that unit."""
    share, magnitude = cell_number(row["share"], where), cell_number(row["magnitude"], where)
    typical = load_weights().stock[kind].typical_share
    if share is None:
        return 1.0 if magnitude is None else magnitude
    if typical is None or magnitude is not None or not 0 < share <= 1:
        raise LexiconError(
            f"{where}: share {share:g}: only arms_supply, debt, investment and trade have one, above 0 and up to 1"
        )
    return share / typical


def _domains(value: str, where: str) -> dict[Domain, float]:
    out = {}
    for part in cell_list(value):
        name, _, weight = part.partition(":")
        number = cell_number(weight, where)
        if name not in set(Domain) or number is None:
            raise LexiconError(f'{where}: domains "{value}"; write security:0.7|political:0.3')
        out[Domain(name)] = number
    if out and abs(sum(out.values()) - 1) > 1e-9:
        raise LexiconError(f'{where}: domains "{value}" do not add up to 1')
    return out


def _kind(value: str, where: str) -> TieKind:
    if value not in set(TieKind):
        raise LexiconError(f'{where}: "{value}" is no kind of tie; it is one of {", ".join(TieKind)}')
    return TieKind(value)


@cache
def _names() -> dict[str, str]:
    out = {o.id: o.name for o in organisations()}
    for c in countries():
        if c.kind in ("state", "dependency") or c.iso3 not in out:
            out[c.iso3] = c.name
    return out


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(c.iso3 for c in countries())


def _country(value: str, where: str) -> str:
    if value not in _names():
        raise LexiconError(f'{where}: "{value}" is neither a country code (ISO 3166-1 alpha-3) nor an organisation id')
    return value


def _party(code: str) -> Participant:
    if code in _country_codes():  # first: NAM is Namibia here, not the movement
        return Participant(country=code, sector=Sector.GOV, resolved="registry")
    return Participant(org=code, sector=Sector.IGO, resolved="registry")


def _sentence(
    kind: TieKind,
    row: Mapping[str, str],
    power: str,
    host: str,
    members: tuple[str, ...],
    since: DateRange | None,
    until: DateRange | None,
) -> str:
    names = _names()
    if members:
        head = f"{', '.join(names[m] for m in members)} share a bond of kind {kind.value}"
    else:
        head = _WORDS[kind].format(names[power], names[host])
    told = [
        f" ({row['place']})" if row["place"] else "",
        f", share about {float(row['share']):.0%}" if row["share"] else "",
        f", since {_iso(since)}" if since else "",
        f", until {_iso(until)}" if until else "",
        f": {row['note']}" if row["note"] else f": {names[row['host'][1:]]}" if row["host"].startswith("@") else "",
        f". Source: {row['source']}.",
    ]
    return head[:1].upper() + head[1:] + "".join(told)


def _iso(value: DateRange | None) -> str:
    """The date as the row gives it: a day, a month or a year."""
    if value is None or value.start is None or value.end is None:
        return ""
    if value == day(value.start):
        return value.start.isoformat()
    return value.start.isoformat()[: 4 if value.days and value.days > 31 else 7]


def country_name(code: str) -> str:
    """The English name of a country or organisation; the code itself where none is known."""
    return _names().get(code, code)
