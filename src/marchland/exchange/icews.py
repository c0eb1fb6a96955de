"""ICEWS event files: 20 named columns, CAMEO codes, full English country names, mutual acts told from both sides."""

from functools import lru_cache
from typing import ClassVar, Final

from marchland.exchange.columns import Columns
from marchland.exchange.pages import Page
from marchland.exchange.reader import Reader, cells_of
from marchland.exchange.refused import ExchangeError, Refusals, RowError
from marchland.exchange.told import Told, blank, coding_in, day_in, field_span, key_of, key_on, number_in, place
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
        self._codes: dict[str, tuple[int, int, int]] = {}  # index of the coding, 1 where sides change, number of its group
        self._days: dict[str, int] = {}
        self._scores: dict[str, float] = {}
        self._parties: dict[str, int] = {}
        self._bodies: dict[str, int] = {}

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
            twin=_twin(coding.joint, cells[2], cells[8], cells[11], cells[12], ordinal),
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
        """All rows of a page. What `told` has accepted once is looked up the next time."""
        codes, days, scores, parties, bodies = self._codes, self._days, self._scores, self._parties, self._bodies
        own = out.own
        add_row, add_a, add_b, add_day = own["row"].append, own["a"].append, own["b"].append, own["day"].append
        add_kind, add_score, add_key = own["kind"].append, own["score"].append, own["key"].append
        add_weight, add_twin = own["weight"].append, own["twin"].append
        i_id, i_day, i_who, _, i_a, _, i_code, i_score, i_whom, _, i_b, i_story, i_sent = self._at[:13]
        width, first, slow = self._width, page.first, 0
        for at, row in enumerate(page.rows):
            cells = row.split("\t")
            try:
                kind, swap, group = codes[cells[i_code]]
                day, score, who, whom = days[cells[i_day]], scores[cells[i_score]], cells[i_who], cells[i_whom]
                a, b = parties[cells[i_a]] or bodies[who], parties[cells[i_b]] or bodies[whom]
                number = cells[i_id]
                fine = len(cells) == width and number.isdecimal() and len(number) < 13
            except (KeyError, IndexError):
                fine = False
            if not fine:
                slow += 1
                if self.one(page, at, row, out, refused):
                    self._learn(cells, out)
                elif len(cells) == width and cells[i_code] in cameo() and cameo()[cells[i_code]].event_type is None:
                    codes[cells[i_code]] = (-1, 0, 0)
                continue
            if kind < 0:
                out.left[f"CAMEO {cells[i_code]}"] += 1
                continue
            if swap:
                a, b = b, a
            add_row(first + at)
            add_a(a)
            add_b(b)
            add_day(day)
            add_kind(kind)
            add_score(score)
            add_weight(1.0)
            add_key(int(number) << 20 | day)
            if group:
                side = who > whom
                pair = (whom, who) if side else (who, whom)
                told = hash((group, *pair, cells[i_story], cells[i_sent], day))
                add_twin((told & _LOW) << 1 | side)
            else:
                add_twin(0)
        out.rows += len(page.rows) - slow

    def _learn(self, raw: list[str], out: Columns) -> None:
        cells = [raw[i] for i in self._at]
        coding = cameo()[cells[6]]
        self._codes[cells[6]] = (out.kinds(coding), int(cells[6] == _HOST_VISIT), _group(coding.joint))
        found = day_in(cells[1], "Event Date").start
        assert found is not None, "a day has a start"
        self._days[cells[1]] = found.toordinal()
        score = number_in(cells[7], "Intensity")
        self._scores[cells[7]] = float("nan") if score is None else score
        for name, country in ((cells[2], cells[4]), (cells[8], cells[10])):
            land = blank(country)
            self._parties[country] = out.party(country_of(land) if land else None)
            self._bodies[name] = out.party(body_of(name) if blank(name) else None)


_LOW: Final = 2**61 - 1


def _group(joint: str | None) -> int:
    return key_of(joint) if joint else 0


def _twin(joint: str | None, who: str, whom: str, story: str, sentence: str, day: int) -> int:
    """One number for both tellings of a mutual act in one sentence, but for the last bit.

    Python's own hash, which differs from run to run: it is compared within one run of rows and never kept.
    """
    if not joint:
        return 0
    side = who > whom
    pair = (whom, who) if side else (who, whom)
    return (hash((_group(joint), *pair, story, sentence, day)) & _LOW) << 1 | side


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
