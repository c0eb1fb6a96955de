"""The map as one drawing: who leads where, how firmly, and acts as marks that say how precisely their place is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

from markupsafe import Markup

from marchland.charts.parts import joined, mark, svg, tag
from marchland.web.places import WORLD, Spot, regions
from marchland.web.shapes import Shape, Sheet, shapes, sheet_of
from marchland.web.standing import Post
from marchland.web.words import date_of, kind, name, percent

WIDE: Final = 960
_HIGH: Final = {True: 470, False: 560}  # px: of the world, of a region
_ROOM: Final = 26  # px: a smaller country gets no name and no ring
_DISPUTED: Final = frozenset(
    {"Kosovo", "N. Cyprus", "Somaliland", "Siachen Glacier", "W. Sahara", "Taiwan", "Palestine"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one country's fill says."""

    code: str
    power: str | None  # who leads, or the power asked for; None = not enough evidence
    share: float | None
    second: str | None = None
    contested: bool = False


@lru_cache(maxsize=48)
def ground(region: str) -> tuple[Sheet, tuple[Shape, ...]]:
    """The sheet and outlines of a region."""
    codes = regions()[region][1] if region != WORLD else ()
    sheet = sheet_of(codes, width=WIDE, height=_HIGH[region == WORLD])
    return sheet, shapes(sheet)


def draw(
    region: str,
    cells: Mapping[str, Cell],
    marks: Sequence[Spot],
    hues: Mapping[str, str],
    *,
    host: Callable[[str], str],
    opens: Callable[[str], str],
    posts: Sequence[Post] = (),
    label: str,
) -> Markup:
    """The whole map; countries lead to their host's page, marks to their sentences."""
    sheet, outlines = ground(region)
    land = [_country(s, cells.get(s.code or ""), hues, host) for s in outlines]
    names = [part for s in outlines for part in _name(s, cells.get(s.code or ""), hues, sheet, world=region == WORLD)]
    labels: dict[str | None, tuple[float, float]] = {s.code: s.label for s in outlines if s.code}
    dots = [_spot(s, sheet, hues, opens) for s in marks if s.point]
    badges = [b for s in marks if not s.point and (b := _badge(s, labels, sheet, opens, world=region == WORLD))]
    held = [p for post in posts if (p := _post(post, sheet, hues, opens))]
    layers = [
        tag("rect", class_="water", width=sheet.width, height=sheet.height),
        tag("g", joined(land), class_="land"),
        tag("g", joined(names), class_="names"),
        tag("g", joined([*held, *badges, *(d for d in dots if d)]), class_="marks"),
    ]
    return svg(sheet.width, sheet.height, [tag("g", joined(layers), class_="zoomed")], label=label, css="map")


def _country(shape: Shape, cell: Cell | None, hues: Mapping[str, str], host: Callable[[str], str]) -> Markup:
    css = "country" + (" disputed" if shape.name in _DISPUTED else "")
    if cell is None:
        return tag("path", tag("title", shape.name), class_=f"{css} beside", d=shape.path)
    if cell.power is None or cell.share is None:
        said = f"{name(cell.code)}: not enough evidence"
        path = tag("path", class_=f"{css} unknown", d=shape.path)
    else:
        said = f"{name(cell.code)}: {name(cell.power)} {percent(cell.share)}"
        if cell.contested and cell.second:
            said += f", contested by {name(cell.second)}"
        opacity = (0.12 + 0.75 * cell.share) * (0.5 if cell.contested else 1.0)
        path = tag("path", class_=f"{css} {hues[cell.power]}", d=shape.path, fill_opacity=f"{opacity:.2f}")
    return tag("a", joined([tag("title", said), path]), href=host(cell.code), aria_label=said, class_="host")


def _name(shape: Shape, cell: Cell | None, hues: Mapping[str, str], sheet: Sheet, *, world: bool) -> list[Markup]:
    """A country's name where there is room, with a ring in both hues where its lead is contested."""
    room = _ROOM * (2.2 if world else 1.0)
    if shape.size < room or not sheet.holds(shape.label, -14):
        return []
    x, y = shape.label
    out = (
        []
        if world
        else [tag("text", shape.name, class_="place" if cell else "place far", x=x, y=y - 10, text_anchor="middle")]
    )
    if cell and cell.contested and cell.power and cell.second:
        for power, turn in ((cell.power, 0), (cell.second, 180)):
            arc = f"M{x:.1f},{y - 7:.1f}a7,7 0 0 1 0,14"
            out.append(tag("path", class_=f"ring {hues[power]}", d=arc, transform=f"rotate({turn} {x:.1f} {y:.1f})"))
    return out


def _spot(spot: Spot, sheet: Sheet, hues: Mapping[str, str], opens: Callable[[str], str]) -> Markup | None:
    """A mark at a point; an area's is a broad ring around its middle."""
    assert spot.point is not None, "only places with a point are drawn as marks"
    x, y = sheet.at(spot.point)
    if not sheet.holds((x, y), -2):
        return None
    x += 0 if spot.cooperative else 9
    n = len(spot.events)
    size = 4.5 if n == 1 else min(17.0, 6.0 + 1.3 * sqrt(n))
    powers = [p for p in spot.powers if p in hues]
    hue = hues[powers[0]] if len(powers) == 1 else "hue-ink"
    css = f"mark {hue}" + ("" if spot.happened else " hatched")
    parts = [tag("title", f"{spot.name}{'' if spot.precise else ' (an area, not a point)'}: {_acts(spot)}")]
    if not spot.precise:
        parts.append(tag("circle", class_=f"area {hue}", cx=x, cy=y, r=size + 7))
    parts.append(mark(x, y, size, cooperative=spot.cooperative, class_=css, opacity=0.4 + 0.6 * spot.certainty))
    if n > 1:
        parts.append(tag("text", str(n), class_="number", x=x, y=y + 3.5, text_anchor="middle"))
    said = f"{spot.name}: {_acts(spot)}"
    return tag(
        "a",
        joined(parts),
        href=opens(f"place:{spot.key}"),
        data_pane="",
        data_x=x,
        data_y=y,
        class_="spot",
        aria_label=said,
    )


def _post(post: Post, sheet: Sheet, hues: Mapping[str, str], opens: Callable[[str], str]) -> Markup | None:
    """A standing tie at its place: a square where it is armed, a lozenge where not, beside the acts of that place."""
    x, y = sheet.at(post.point)
    if not sheet.holds((x, y), -2):
        return None
    y -= 9
    said = f"{post.name}: {name(post.power)}, {kind(post.tie.kind)}, {date_of(post.tie)}"
    turn = None if post.armed else f"rotate(45 {x:.1f} {y:.1f})"
    glyph = tag("rect", class_=f"post {hues[post.power]}", x=x - 3.4, y=y - 3.4, width=6.8, height=6.8, transform=turn)
    inside = joined([tag("title", said), glyph])
    link = opens(f"record:{post.tie.id}")
    return tag("a", inside, href=link, data_pane="", data_x=x, data_y=y + 9, class_="spot", aria_label=said)


def _acts(spot: Spot) -> str:
    n = len(spot.events)
    tone = "cooperation" if spot.cooperative else "conflict"
    planned = sum(not e.status.happened for e in spot.events)
    return f"{n} {'act' if n == 1 else 'acts'} of {tone}" + (
        f", {planned} of them not told as happened" if planned else ""
    )


def _badge(
    spot: Spot,
    labels: Mapping[str | None, tuple[float, float]],
    sheet: Sheet,
    opens: Callable[[str], str],
    *,
    world: bool,
) -> Markup | None:
    """A count on the country, for acts of which no closer place is told."""
    at = labels.get(spot.country)
    if at is None or not sheet.holds(at, -14):
        return None
    text = str(len(spot.events))
    wide = 22 + 6.5 * len(text)
    x, y = at[0] + (-wide - 2 if spot.cooperative else 2), at[1] + (-8 if world else 2)
    sign = mark(
        x + 10,
        y + 8.5,
        3.6,
        cooperative=spot.cooperative,
        class_="mark hue-ink" if spot.happened else "mark hatched hue-ink",
    )
    parts = [
        tag("title", f"{name(spot.country)}: {_acts(spot)}, no closer place told"),
        tag("rect", class_="badge", x=x, y=y, width=wide, height=17, rx=4),
        sign,
        tag("text", text, class_="number", x=x + 17, y=y + 12.5),
    ]
    said = f"{name(spot.country)}: {_acts(spot)}, no closer place told"
    return tag(
        "a",
        joined(parts),
        href=opens(f"place:{spot.key}"),
        data_pane="",
        data_x=at[0],
        data_y=at[1],
        class_="spot",
        aria_label=said,
    )
