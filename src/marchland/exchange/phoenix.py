"""Phoenix event files: 26 tab-separated fields without header, CAMEO codes and country codes."""

from typing import ClassVar, Final

from marchland.exchange.reader import Reader, cells_of
from marchland.exchange.told import Told, blank, coding_in, day_in, field_span, key_of, number_in, place
from marchland.lexicon.codes import cameo, cameo_countries, cameo_groups, country_of, sectors
from marchland.model.ontology import PlaceKind, Sector
from marchland.model.records import Participant

WIDTH: Final = 26


class Phoenix(Reader):
    """Phoenix."""

    name: ClassVar[str] = "phoenix"
    about: ClassVar[str] = "Phoenix events, 26 tab-separated columns without header"

    def told(self, row: str) -> Told:
        """What one row tells."""
        cells = cells_of(row, WIDTH)
        when = day_in(cells[1], "date")
        score = number_in(cells[16], "goldstein")
        coding = coding_in(cells[13], "code", cameo(), "CAMEO")
        sides = [self._side(*cells[6:8]), self._side(*cells[10:12])]
        if cells[13] == "043":
            sides.reverse()
        name, region, land = blank(cells[20]), blank(cells[21]), blank(cells[22])
        kind = PlaceKind.CITY if name else PlaceKind.ADMIN if region else PlaceKind.COUNTRY
        return Told(
            key=key_of(row),
            coding=coding,
            when=when,
            actors=sides[0],
            recipients=sides[1],
            where=place(name or region or land, kind, country_of(land) if land else None, cells[18], cells[19]),
            score=score,
            trigger=field_span(cells, 13),
        )

    def _side(self, root: str, agent: str) -> tuple[Participant, ...]:
        """Root is a country or a group, agent a role."""
        code, role = blank(root), blank(agent)
        if code is None and role is None:
            return ()
        country = cameo_countries().get(code or "")
        org = None if country else cameo_groups().get(code or "")
        if code and not country and not org:
            self.unknown.add(code)
        sector = sectors("cameo").get((role or "")[:3])
        other = Sector.IGO if org else Sector.UNK
        return (Participant(country=country, org=org, sector=sector or other, text=code),)
