"""The fixed colour of each power, the same in every chart, chip and map."""

from dataclasses import dataclass
from functools import cache

from marchland.lexicon.tables import rows

OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A hue for light and one for dark paper, as `#rrggbb`."""

    light: str
    dark: str


@cache
def colours() -> dict[str, Colour]:
    """Colours by country or organisation; `OTHER` is the grey of everybody else."""
    columns = ("power", "light", "dark", "source")
    return {
        row["power"]: Colour(light=row["light"], dark=row["dark"]) for _, row in rows("ontology/colours.csv", columns)
    }


def colour(power: str, place: int) -> Colour:
    """The power's own colour; one without takes a spare by its place among such powers."""
    known = colours()
    spare = sorted(name for name in known if name.startswith("spare"))
    return known.get(power) or known[spare[place % len(spare)]]
