"""ICEWS event files: 20 named columns, CAMEO codes, full English country names, mutual acts told from both sides."""

from functools import lru_cache
from operator import itemgetter
from typing import ClassVar, Final

import numpy as np

from marchland.exchange.columns import Columns
from marchland.exchange.pages import Page
from marchland.exchange.quick import (
    BAD,
    LEFT,
    Learned,
    ids,
    learned_codes,
    learned_days,
    learned_parties,
    learned_scores,
    swap,
)
from marchland.exchange.reader import Reader, cells_of
from marchland.exchange.refused import ExchangeError, Refusals, RowError
from marchland.exchange.told import (
    DAY_BITS,
    Told,
    blank,
    coding_in,
    day_in,
    field_span,
    key_of,
    key_on,
    number_in,
    place,
)
from marchland.lexicon.codes import body_of, cameo, country_of, sectors
from marchland.model.ontology import PlaceKind, Sector
from marchland.model.records import Participant, Place

COLUMNS: Final = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")
_HOST_VISIT: Final = "043"


class Icews(Reader):
    """ICEWS."""

    name: ClassVar[str] = "icews"
    header: ClassVar[bool] = True
    about: ClassVar[str] = "ICEWS events, 20 tab-separated columns with a header"

    def __init__(self, first: str) -> None:
        super().__init__(first)
        names = [n.strip().strip('"') for n in first.split("\t")]
        missing = [c for c in COLUMNS if c not in names]
        if missing:
            raise ExchangeError(
                f'ICEWS events: the header lacks "{", ".join(missing)}"; it names {", ".join(COLUMNS)}. '
                "One release of 2017 has no codes: take another release of that year"
            )
        self._width = len(names)
        self._at = [names.index(c) for c in COLUMNS]
        pick = [self._at[i] for i in (0, 1, 2, 4, 6, 7, 8, 10, 11, 12)]
        self._pick = itemgetter(*pick)
        self._learned: tuple[Learned, ...] = ()
        self._groups: dict[str, int] = {}  # of the kinds that are told from both sides

    def told(self, row: str) -> Told:
        """What one row tells."""
        raw = cells_of(row, self._width)
        cells = [raw[i] for i in self._at]
        when = day_in(cells[1], "Event Date")
        if not blank(cells[0]):
            raise RowError("Event ID", cells[0], "a row has an id", "Look for a shifted column")
        score = number_in(cells[7], "Intensity")
        coding = coding_in(cells[6], "CAMEO Code", cameo(), "CAMEO")
        sides = [self._side(*cells[2:5]), self._side(cells[8], cells[9], cells[10])]
        if cells[6] == _HOST_VISIT:
            sides.reverse()
        assert when.start is not None, "a day has a start"
        ordinal = when.start.toordinal()
        return Told(
            key=key_on(cells[0], ordinal),
            coding=coding,
            when=when,
            actors=sides[0],
            recipients=sides[1],
            where=_where(cells),
            score=score,
            trigger=field_span(raw, self._at[6]),
            twin=_twin(_group(coding.joint), cells[2], cells[8], cells[11], cells[12], ordinal),
        )

    def _side(self, name: str, words: str, country: str) -> tuple[Participant, ...]:
        told, land = blank(name), blank(country)
        if told is None and land is None:
            return ()
        code = country_of(land) if land else None
        if land and code is None:
            self.unknown.add(land)
        org = body_of(told) if told and code is None else None
        generic = bool(told and told.endswith(")"))  # Role (Country)
        return (
            Participant(
                country=code,
                org=org,
                sector=Sector.IGO if org else _sector(words, state=told == land),
                text=told,
                name=None if generic or org or told == land else told,
            ),
        )

    def code(self, page: Page, out: Columns, refused: Refusals) -> None:
        """All rows of a page, with the result of reading them one by one."""
        if not self._learned:
            self._learned = self._learn(out)
        codes, days, scores, countries, bodies = self._learned
        split = [row.split("\t") for row in page.rows]
        fine = [i for i, cells in enumerate(split) if len(cells) == self._width and page.rows[i] != self.first]
        doubtful = set(range(len(split))) - set(fine)
        if fine:
            picked = zip(*[self._pick(split[i]) for i in fine], strict=True)
            number, day_cell, who, land_a, code_cell, score_cell, whom, land_b, story, sentence = picked
            code, day = codes.all(code_cell, np.int32), days.all(day_cell, np.int32)
            score, key = scores.all(score_cell, np.float32), ids(number)
            a, b = countries.all(land_a, np.uint16), countries.all(land_b, np.uint16)
            for side, names in ((a, who), (b, whom)):
                for n in np.flatnonzero(side == 0).tolist():
                    side[n] = bodies[names[n]]
            sound = (day > 0) & (key >= 0) & ~np.isinf(score) & (code != BAD)
            good = np.flatnonzero(sound & (code != LEFT))
            left = np.flatnonzero(sound & (code == LEFT))
            out.left.update(f"CAMEO {code_cell[i]}" for i in left)
            twin = np.zeros(len(good), np.int64)
            groups = self._groups
            for to, i in enumerate(good.tolist()):
                joint = cameo()[code_cell[i]].joint
                if joint:
                    group = groups.get(joint) or groups.setdefault(joint, _group(joint))
                    twin[to] = _twin(group, who[i], whom[i], story[i], sentence[i], int(day[i]))
            code, day = code[good], day[good]
            a, b = swap(a[good], b[good], code & 1 == 1)
            out.add_page(
                {
                    "row": np.array(fine, np.uint32)[good] + page.first,
                    "a": a,
                    "b": b,
                    "day": day,
                    "kind": code >> 1,
                    "score": score[good],
                    "key": key[good] << DAY_BITS | day,
                    "twin": twin,
                }
            )
            out.rows += len(good) + len(left)
            doubtful |= {fine[i] for i in np.flatnonzero(~sound)}
        for at in sorted(doubtful):
            self.one(page, at, page.rows[at], out, refused)

    def _learn(self, out: Columns) -> tuple[Learned, ...]:
        def country(name: str) -> str | None:
            told = blank(name)
            found = country_of(told) if told else None
            if told and found is None:
                self.unknown.add(told)
            return found

        return (
            learned_codes(out, cameo(), _HOST_VISIT),
            learned_days(),
            learned_scores(),
            learned_parties(out, country),
            learned_parties(out, lambda name: body_of(name) if blank(name) else None),
        )


_LOW: Final = 2**61 - 1


def _group(joint: str | None) -> int:
    return key_of(joint) if joint else 0


def _twin(group: int, who: str, whom: str, story: str, sentence: str, day: int) -> int:
    """One number for both tellings of a mutual act in one sentence, but for the last bit.

    Python's own hash, which differs from run to run: it is compared within one run of rows and never kept.
    """
    if not group:
        return 0
    side = who > whom
    pair = (whom, who) if side else (who, whom)
    return (hash((group, *pair, story, sentence, day)) & _LOW) << 1 | side


@lru_cache(maxsize=4096)
def _sector(words: str, *, state: bool) -> Sector:
    """The first word that says more than that it is a government."""
    known = sectors("icews")
    found = [known[w.strip()] for w in words.split(",") if w.strip() in known]
    if not found:
        return Sector.GOV if state else Sector.UNK
    return next((s for s in found if s is not Sector.GOV), Sector.GOV)


def _where(cells: list[str]) -> Place | None:
    country = blank(cells[17])
    code = country_of(country) if country else None
    names = [(blank(cells[14]), PlaceKind.CITY), (blank(cells[16]), PlaceKind.ADMIN), (country, PlaceKind.COUNTRY)]
    for name, kind in names:
        if name:
            return place(name, kind, code, cells[18], cells[19])
    return None
