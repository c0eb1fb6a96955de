"""POLECAT event files: PLOVER types and modes, read by the names of their columns."""

from collections.abc import Callable
from typing import ClassVar, Final

from marchland.exchange.reader import Reader, cells_of, named
from marchland.exchange.refused import ExchangeError, RowError
from marchland.exchange.told import Told, blank, day_in, field_span, key_of, number_in, place
from marchland.lexicon.codes import Coding, body_of, country_of
from marchland.model.ontology import MODES, EventType, PlaceKind, Sector
from marchland.model.records import Participant, Place

COLUMNS: Final = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
    "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")
_NEEDED: Final = ("Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country")
_PLACES: Final = (("City", PlaceKind.CITY), ("District", PlaceKind.ADMIN), ("Province", PlaceKind.ADMIN))


class Polecat(Reader):
    """POLECAT, also with `Event Intensity` for `Intensity`, and with further columns."""

    name: ClassVar[str] = "polecat"
    header: ClassVar[bool] = True
    about: ClassVar[str] = "POLECAT events, tab-separated with a header"

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self._names = [n.strip() for n in first.split("\t")]
        self._at = {n: i for i, n in enumerate(self._names)}
        missing = [n for n in _NEEDED if n not in self._at]
        if missing:
            raise ExchangeError(
                f'POLECAT events: the header lacks "{", ".join(missing)}"; it must name {", ".join(_NEEDED)}'
            )

    def told(self, row: str) -> Told:
        """What one row tells."""
        cells = cells_of(row, len(self._names))
        at = self._at

        def get(*names: str) -> str:
            return named(cells, at, *names)

        number, when = get("Event ID"), day_in(get("Event Date"), "Event Date")
        if not blank(number):
            raise RowError("Event ID", number, "a row has an id", "Look for a shifted column")
        score = number_in(get("Intensity", "Event Intensity"), "Intensity")
        kind = _type(get("Event Type"))
        mode = (blank(get("Event Mode")) or "").lower() or None
        contexts = tuple(c.strip().lower().replace(" ", "_") for c in _list(get("Contexts")))
        return Told(
            key=key_of(number),
            coding=Coding(event_type=kind, mode=mode if mode in MODES.get(kind, ()) else None, contexts=contexts),
            when=when,
            actors=self._side(get, "Actor"),
            recipients=self._side(get, "Recipient"),
            where=_where(get),
            score=score,
            trigger=field_span(cells, at["Event Type"]),
            twin=(key_of(number.removesuffix("_R")) >> 2 << 1) | number.endswith("_R"),
        )

    def _side(self, get: Callable[..., str], side: str) -> tuple[Participant, ...]:
        """Parties of one side; lists of the same length are read as one party each."""
        names, lands = _list(get(f"{side} Name")), _list(get(f"{side} Country"))
        words = _list(get(f"Primary {side} Sector"))
        if not names and not lands:
            return ()
        out = []
        for i in range(max(len(lands), 1)):
            land = lands[i] if lands else None
            code = country_of(land) if land else None
            if land and code is None:
                self.unknown.add(land)
            name = names[i] if len(names) == len(lands) or (names and i == 0) else None
            org = body_of(name) if name and code is None else None
            word = words[i] if i < len(words) else words[0] if words else ""
            sector = Sector(word) if word in set(Sector) else Sector.IGO if org else Sector.UNK
            out.append(Participant(country=code, org=org, sector=sector, text=name))
        return tuple(out)


def _list(value: str) -> list[str]:
    """Values joined by `; ` or `|`."""
    if not blank(value):
        return []
    return [v for v in (x.strip() for x in value.replace("|", ";").split(";")) if blank(v)]


def _type(value: str) -> EventType:
    try:
        return EventType(value.strip().upper())
    except ValueError:
        raise RowError(
            "Event Type", value, "the type is one of PLOVER's sixteen", "List them: marchland ref events"
        ) from None


def _where(get: Callable[..., str]) -> Place | None:
    country = blank(get("Country"))
    code = country_of(country) if country else None
    lat, lon, number = get("Latitude"), get("Longitude"), blank(get("GeoNames ID"))
    for column, kind in _PLACES:
        name = blank(get(column))
        if name:
            return place(name, kind, code, lat, lon, number)
    name = blank(get("Placename")) or country
    return place(name, PlaceKind.COUNTRY if name == country else PlaceKind.REGION, code, lat, lon, number)
