"""Where things are: countries' cities and provinces, and named regions, seas, borders and sites."""

from functools import cache

from marchland.errors import LexiconError
from marchland.lexicon.schema import GazetteerPlace
from marchland.lexicon.tables import cell_list, cell_number, rows
from marchland.model.ontology import PlaceKind

_COLUMNS = tuple("name aliases country admin1 kind lat lon population also source".split())


@cache
def places() -> tuple[GazetteerPlace, ...]:
    """Every place, the hand-written regions first."""
    out = []
    for file in ("regions", "admin1", "cities"):
        for where, row in rows(f"places/{file}.csv", _COLUMNS):
            try:
                kind = PlaceKind(row["kind"])
            except ValueError:
                raise LexiconError(f'{where}: "{row["kind"]}" is no kind of place') from None
            country = row["country"] or None
            out.append(
                GazetteerPlace(
                    id=f"{file[:1]}:{country or '-'}:{row['admin1'] or '-'}:{row['name']}",
                    name=row["name"],
                    aliases=cell_list(row["aliases"]),
                    kind=kind,
                    country=country,
                    also=cell_list(row["also"]),
                    admin1=row["admin1"] or None,
                    lat=cell_number(row["lat"], where),
                    lon=cell_number(row["lon"], where),
                    population=int(row["population"] or 0),
                )
            )
    return tuple(out)
