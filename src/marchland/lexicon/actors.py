"""Who can act: countries, leaders by date, organisations and their members, agent nouns."""

from functools import cache

from marchland.errors import LexiconError
from marchland.lexicon.schema import Agent, Country, Leader, Membership, Organisation
from marchland.lexicon.tables import cell_date, cell_list, folder, rows
from marchland.model.ontology import Sector

_COUNTRY_COLUMNS = tuple(
    "iso3 iso2 name aliases demonyms combining capital capital_aliases seats kind parent from to fips cow ambiguous source".split()
)
_LEADER_COLUMNS = ("iso3", "name", "aliases", "office", "from", "to", "source")
_PEOPLE_COLUMNS = ("org", *_LEADER_COLUMNS)
_ORG_COLUMNS = tuple("id name aliases kind country sector from to ambiguous source".split())
_MEMBER_COLUMNS = ("org", "iso3", "from", "to", "source")
_AGENT_COLUMNS = ("noun", "plural", "sector", "kind", "political", "source")


@cache
def countries() -> tuple[Country, ...]:
    """States, dependencies, disputed territories and former states."""
    return tuple(
        Country(
            iso3=row["iso3"],
            name=row["name"],
            aliases=cell_list(row["aliases"]),
            demonyms=cell_list(row["demonyms"]),
            combining=cell_list(row["combining"]),
            capital=row["capital"] or None,
            capital_aliases=cell_list(row["capital_aliases"]),
            seats=cell_list(row["seats"]),
            kind=row["kind"],
            parent=row["parent"] or None,
            ambiguous=frozenset(cell_list(row["ambiguous"])),
            fips=row["fips"] or None,
            cow=row["cow"] or None,
            since=cell_date(row["from"], where),
            until=cell_date(row["to"], where),
        )
        for where, row in rows("actors/countries.csv", _COUNTRY_COLUMNS)
    )


@cache
def leaders() -> tuple[Leader, ...]:
    """Terms of office, of states and of organisations."""
    out = []
    for file in sorted(f.name for f in folder("actors/leaders").iterdir() if f.name.endswith(".csv")):
        columns = _PEOPLE_COLUMNS if file == "organisations_people.csv" else _LEADER_COLUMNS
        for where, row in rows(f"actors/leaders/{file}", columns):
            out.append(
                Leader(
                    iso3=row["iso3"] or None,
                    org=row.get("org") or None,
                    name=row["name"],
                    aliases=cell_list(row["aliases"]),
                    office=row["office"],
                    since=cell_date(row["from"], where),
                    until=cell_date(row["to"], where),
                    source=row["source"],
                )
            )
    return tuple(out)


def _sector(value: str, where: str) -> Sector:
    try:
        return Sector(value)
    except ValueError:
        raise LexiconError(f'{where}: "{value}" is no sector; it is one of {", ".join(Sector)}') from None


@cache
def organisations() -> tuple[Organisation, ...]:
    """Bodies that act, by id."""
    return tuple(
        Organisation(
            id=row["id"],
            name=row["name"],
            aliases=cell_list(row["aliases"]),
            kind=row["kind"],
            country=row["country"] or None,
            sector=_sector(row["sector"], where),
            ambiguous=frozenset(cell_list(row["ambiguous"])),
            since=cell_date(row["from"], where),
            until=cell_date(row["to"], where),
        )
        for where, row in rows("actors/organisations.csv", _ORG_COLUMNS)
    )


@cache
def memberships() -> tuple[Membership, ...]:
    """Who was in which organisation, when."""
    return tuple(
        Membership(
            org=row["org"],
            iso3=row["iso3"],
            since=cell_date(row["from"], where),
            until=cell_date(row["to"], where),
            source=row["source"],
        )
        for where, row in rows("actors/memberships.csv", _MEMBER_COLUMNS)
    )


@cache
def seat_sectors() -> dict[str, Sector]:
    """Seats that stand for something else than the government: a parliament, a general staff."""
    return {
        row["name"]: _sector(row["sector"], where)
        for where, row in rows("actors/seats.csv", ("name", "sector", "source"))
    }


@cache
def body_seats() -> dict[tuple[str, str], str]:
    """(city, its country) -> the organisation that the city's name stands for where its country is not in play."""
    return {
        (row["city"], row["country"]): row["org"]
        for _, row in rows("actors/body_seats.csv", ("city", "country", "org", "source"))
    }


@cache
def agents() -> tuple[Agent, ...]:
    """Common nouns for parties."""
    return tuple(
        Agent(
            words=tuple(row["noun"].lower().split()),
            plural=tuple(row["plural"].lower().split()),
            sector=_sector(row["sector"], where),
            kind=row["kind"],
            political=row["political"] == "1",
        )
        for where, row in rows("actors/agents.csv", _AGENT_COLUMNS)
    )
