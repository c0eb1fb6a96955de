"""GDELT 1 and 2 event files: no header, CAMEO codes, CAMEO countries for actors and FIPS countries for places."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from marchland.exchange.cells import Cells, Meanings
from marchland.exchange.columns import Columns
from marchland.exchange.pages import Page
from marchland.exchange.quick import (
    BAD,
    LEFT,
    learned_codes,
    learned_days,
    learned_parties,
    learned_scores,
    swap,
)
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
_NUMBER, _DAY, _SIDES = 0, 1, ((7, 8), (17, 18))  # of each side the country and the known group


class Gdelt(Reader):
    """GDELT 2: 61 fields."""

    name: ClassVar[str] = "gdelt2"
    about: ClassVar[str] = "GDELT 2 events, 61 columns without header"
    width: ClassVar[int] = 61
    place: ClassVar[tuple[int, ...]] = (51, 52, 53, 56, 57, 58)  # ActionGeo: type, name, country, lat, lon, feature id

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self._meant: _Meant | None = None

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
        """All rows of a page, with the result of reading them one by one."""
        if b"\0" in page.raw:  # which would end a cell
            super().code(page, out, refused)
            return
        if self._meant is None:
            self._meant = self._learn(out)
        meant, cells = self._meant, Cells(page.raw, self.width)
        code, day = meant.codes.all(cells, _CODE), meant.days.all(cells, _DAY)
        score, key = meant.scores.all(cells, _SCORE), cells.ids(_NUMBER)
        a, b = (
            np.where(land == 0, group, land)
            for land, group in (
                (meant.countries.all(cells, country), meant.groups.all(cells, group)) for country, group in _SIDES
            )
        )
        sound = (day > 0) & (key >= 0) & ~np.isinf(score) & (code != BAD)
        good = np.flatnonzero(sound & (code != LEFT))
        left = np.flatnonzero(sound & (code == LEFT))
        for i in left.tolist():
            out.left[f"CAMEO {cells.text(i, _CODE)}"] += 1
        code = code[good]
        a, b = swap(a[good], b[good], code & 1 == 1)
        out.add_page(
            {
                "row": cells.rows[good].astype(np.uint32) + np.uint32(page.first),
                "a": a,
                "b": b,
                "day": day[good],
                "kind": code >> 1,
                "score": score[good],
                "key": key[good],
            }
        )
        out.rows += len(good) + len(left)
        doubtful = np.ones(len(page.rows), bool)
        doubtful[cells.rows[sound]] = False
        for at in np.flatnonzero(doubtful).tolist():
            self.one(page, at, page.rows[at], out, refused)

    def _learn(self, out: Columns) -> "_Meant":
        def country(code: str) -> str | None:
            found = cameo_countries().get(code)
            if code and found is None:
                self.unknown.add(code)
            return found

        return _Meant(
            codes=Meanings(learned_codes(out, cameo(), _HOST_VISIT), np.int32),
            days=Meanings(learned_days(), np.int32),
            scores=Meanings(learned_scores(), np.float32),
            countries=Meanings(learned_parties(out, country), np.uint16),
            groups=Meanings(learned_parties(out, cameo_groups().get), np.uint16),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """What the values of a file mean, by column."""

    codes: Meanings
    days: Meanings
    scores: Meanings
    countries: Meanings
    groups: Meanings


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
    raise ExchangeError(
        f"GDELT events: the first row has {count} fields; GDELT 2 has 61, GDELT 1 has 57 or 58. Give --format"
    )
