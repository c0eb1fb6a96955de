"""GDELT 1 and 2 event files: no header, CAMEO codes, CAMEO countries for actors and FIPS countries for places."""

from datetime import date
from typing import ClassVar, Final

from marchland.exchange.columns import Columns
from marchland.exchange.pages import Page
from marchland.exchange.reader import Reader, cells_of, whole_number
from marchland.exchange.refused import ExchangeError, Refusals
from marchland.exchange.told import Told, blank, coding_in, day_in, field_span, number_in, place
from marchland.lexicon.codes import cameo, cameo_countries, cameo_groups, fips_countries, sectors
from marchland.model.ontology import PlaceKind, Sector
from marchland.model.records import Participant

_KINDS: Final = {
    "1": PlaceKind.COUNTRY,
    "2": PlaceKind.ADMIN,
    "3": PlaceKind.CITY,
    "4": PlaceKind.CITY,
    "5": PlaceKind.ADMIN,
}
_CODE, _SCORE, _HOST_VISIT = 26, 30, "043"  # fields from 0; the one code whose actor is visited
_LEFT: Final = -1  # a code without a counterpart


class Gdelt(Reader):
    """GDELT 2: 61 fields."""

    name: ClassVar[str] = "gdelt2"
    about: ClassVar[str] = "GDELT 2 events, 61 columns without header"
    width: ClassVar[int] = 61
    place: ClassVar[tuple[int, ...]] = (51, 52, 53, 56, 57, 58)  # ActionGeo: type, name, country, lat, lon, feature id

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self._codes: dict[str, int] = {}  # of accepted rows: index of the coding, doubled, plus 1 where sides change
        self._days: dict[str, int] = {}
        self._scores: dict[str, float] = {}
        self._parties: dict[str, int] = {}
        self._groups: dict[str, int] = {}

    def told(self, row: str) -> Told:
        """What one row tells."""
        cells = cells_of(row, self.width)
        key = whole_number(cells[0], "GLOBALEVENTID")
        when = day_in(cells[1], "SQLDATE")
        score = number_in(cells[_SCORE], "GoldsteinScale")
        coding = coding_in(cells[_CODE], "EventCode", cameo(), "CAMEO")
        sides = [_party(cells[5:15]), _party(cells[15:25])]
        if cells[_CODE] == _HOST_VISIT:
            sides.reverse()
        kind, name, country, lat, lon, feature = (cells[i] for i in self.place)
        where = place(
            blank(name), _KINDS.get(kind, PlaceKind.REGION), fips_countries().get(country), lat, lon, blank(feature)
        )
        return Told(
            key=key,
            coding=coding,
            when=when,
            actors=sides[0],
            recipients=sides[1],
            where=where,
            score=score,
            trigger=field_span(cells, _CODE),
        )

    def code(self, page: Page, out: Columns, refused: Refusals) -> None:
        """All rows of a page. What `told` has accepted once is looked up the next time."""
        codes, days, scores, parties, groups = self._codes, self._days, self._scores, self._parties, self._groups
        own = out.own
        add_row, add_a, add_b, add_day = own["row"].append, own["a"].append, own["b"].append, own["day"].append
        add_kind, add_score, add_key = own["kind"].append, own["score"].append, own["key"].append
        tabs, first, begun, slow = self.width - 1, page.first, len(out), 0
        for at, row in enumerate(page.rows):
            cells = row.split("\t", 31)
            try:
                known = codes[cells[26]]
                day, score = days[cells[1]], scores[cells[30]]
                a, b = parties[cells[7]] or groups[cells[8]], parties[cells[17]] or groups[cells[18]]
                key = int(cells[0])
                fine = row.count("\t") == tabs and cells[0].isdecimal()
            except (KeyError, IndexError, ValueError):
                fine = False
            if not fine:
                slow += 1
                self._pad(out, begun)
                if self.one(page, at, row, out, refused):
                    self._learn(row, out)
                elif len(cells) > _SCORE and cells[_CODE] in cameo() and cameo()[cells[_CODE]].event_type is None:
                    codes[cells[_CODE]] = _LEFT
                begun = len(out)
                continue
            if known < 0:
                out.left[f"CAMEO {cells[26]}"] += 1
                continue
            if known & 1:
                a, b = b, a
            add_row(first + at)
            add_a(a)
            add_b(b)
            add_day(day)
            add_kind(known >> 1)
            add_score(score)
            add_key(key)
        self._pad(out, begun)
        out.rows += len(page.rows) - slow

    @staticmethod
    def _pad(out: Columns, begun: int) -> None:
        """A dyad's weight is 1, and GDELT does not tell an act from both sides under one id."""
        more = len(out.own["row"]) - len(out.own["weight"])
        assert begun + more == len(out.own["row"]), "columns have one length"
        out.own["weight"].extend([1.0] * more)
        out.own["twin"].extend([0] * more)

    def _learn(self, row: str, out: Columns) -> None:
        cells = row.split("\t")
        swap = int(cells[_CODE] == _HOST_VISIT)
        self._codes[cells[_CODE]] = out.kinds(cameo()[cells[_CODE]]) << 1 | swap
        self._days[cells[1]] = date(int(cells[1][:4]), int(cells[1][4:6]), int(cells[1][6:8])).toordinal()
        score = number_in(cells[_SCORE], "GoldsteinScale")
        self._scores[cells[_SCORE]] = float("nan") if score is None else score
        for at in (7, 17):
            country, group = cells[at], cells[at + 1]
            self._parties[country] = out.party(cameo_countries().get(country))
            if country and country not in cameo_countries():
                self.unknown.add(country)
            self._groups[group] = out.party(cameo_groups().get(group))


class Gdelt1(Gdelt):
    """GDELT 1 before April 2013: 57 fields."""

    name: ClassVar[str] = "gdelt1-57"
    about: ClassVar[str] = "GDELT 1 events, 57 columns without header"
    width: ClassVar[int] = 57
    place: ClassVar[tuple[int, ...]] = (49, 50, 51, 53, 54, 55)


class Gdelt1Daily(Gdelt1):
    """GDELT 1 daily files: 58 fields, the last a URL."""

    name: ClassVar[str] = "gdelt1"
    about: ClassVar[str] = "GDELT 1 daily events, 58 columns without header"
    width: ClassVar[int] = 58


def _party(cells: list[str]) -> tuple[Participant, ...]:
    """One side: code, name, country, known group, ethnic, two religions, three types."""
    if not any(cells):
        return ()
    country = cameo_countries().get(cells[2])
    org = None if country else cameo_groups().get(cells[3])
    roles = [sectors("cameo")[c] for c in cells[7:10] if c in sectors("cameo")]
    state = Sector.IGO if org else Sector.GOV if country and cells[0] == cells[2] else Sector.UNK
    return (Participant(country=country, org=org, sector=roles[0] if roles else state, text=blank(cells[1])),)


def gdelt_for(first: str) -> type[Gdelt]:
    """The version by the number of fields.

    Raises:
        ExchangeError: no version has that many.
    """
    count = first.count("\t") + 1
    for version in (Gdelt, Gdelt1, Gdelt1Daily):
        if version.width == count:
            return version
    raise ExchangeError(f"GDELT events: the first row has {count} fields; GDELT 2 has 61, GDELT 1 has 57 or 58. Give --format")
