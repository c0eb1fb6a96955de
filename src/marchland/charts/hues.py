"""One hue for each power, the same on every page: names of CSS classes, and the style sheet that gives them colours."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from marchland.influence import OTHERS
from marchland.lexicon.actors import countries, organisations
from marchland.lexicon.colours import OTHER, colours

_SPARE: Final = "spare"


@cache
def _spares() -> tuple[str, ...]:
    return tuple(sorted(name for name in colours() if name.startswith(_SPARE)))


@cache
def _places() -> dict[str, int]:
    """Powers without a colour of their own, each with its place among them."""
    names = sorted({c.iso3 for c in countries()} | {o.id for o in organisations()})
    return {name: i for i, name in enumerate(n for n in names if n not in colours())}


def hue(power: str) -> str:
    """The class of one power, whatever stands beside it."""
    if power == OTHERS:
        return f"hue-{OTHER}"
    if power in colours():
        return f"hue-{power}"
    spares = _spares()
    return f"hue-{spares[_places().get(power, 0) % len(spares)]}"


def hues(powers: Iterable[str]) -> dict[str, str]:
    """Classes for the powers of one chart; two powers without a colour of their own do not share one while spares last."""
    out: dict[str, str] = {}
    spares = _spares()
    for power in powers:
        name = hue(power)
        place = _places().get(power, 0)
        for step in range(len(spares)):
            if name not in out.values() or not name.startswith(f"hue-{_SPARE}"):
                break
            name = f"hue-{spares[(place + step + 1) % len(spares)]}"
        out[power] = name
    return out


@cache
def style_sheet() -> str:
    """`--hue` for every class, on light and on dark paper."""
    lines = [f".hue-{name}{{--hue:light-dark({c.light},{c.dark})}}" for name, c in sorted(colours().items())]
    return "\n".join(lines) + "\n"
