"""Where countries are on a sheet of paper: outlines from the vendored atlas, projected on the server.

The atlas is Natural Earth's (public domain) as `world-atlas` packs it: TopoJSON, outlines shared by neighbours. Pages draw
without scripts, so the arcs are joined and projected here, once for each view.
"""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import Any, Final

Point = tuple[float, float]  # degrees (longitude, latitude), or px (x, y)

_ATLAS: Final = "static/vendor/world-atlas-2.0.2-countries-50m.json"
_LEAP: Final = 180.0  # degrees between neighbours of a ring that crosses the 180th meridian
_FAR: Final = radians(75)  # outlines that lie wholly beyond this angle from a region's centre are left out
_EDGE: Final = radians(100)  # points beyond are drawn at this angle, off the sheet
_SMALL: Final = 0.7  # px: a ring that is smaller both ways is not drawn
_STEP: Final = 0.8  # px: points nearer to the last one drawn are skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One country or territory of the atlas, in degrees."""

    code: str | None  # ISO 3166-1 alpha-3; None = the atlas gives it no code
    name: str
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An outline drawn: the `d` of an SVG path, and where its label goes."""

    code: str | None
    name: str
    path: str
    label: Point
    size: float  # px: the square root of the area of its largest ring


@cache
def outlines() -> tuple[Outline, ...]:
    """Everything the atlas draws, by its own order."""
    folder = files("marchland.web")
    rows = csv.DictReader(folder.joinpath("numeric.csv").read_text(encoding="utf-8").splitlines())
    codes = {row["numeric"]: row["iso3"] for row in rows}
    atlas = json.loads(folder.joinpath(_ATLAS).read_text(encoding="utf-8"))
    arcs = _arcs(atlas)
    out = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = str(shape["properties"]["name"])
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = tuple(_ring(ring, arcs) for polygon in polygons for ring in polygon)
        out.append(Outline(code=codes.get(shape.get("id") or name), name=name, rings=rings))
    return tuple(out)


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """Undo TopoJSON's differences and whole numbers."""
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    out = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        out.append(line)
    return out


def _ring(numbers: Sequence[int], arcs: Sequence[list[Point]]) -> tuple[Point, ...]:
    """Arcs joined end to end; a negative number is an arc run backwards."""
    out: list[Point] = []
    for n in numbers:
        line = arcs[n] if n >= 0 else arcs[~n][::-1]
        out += line[1:] if out else line
    return _unwrapped(out)


def _unwrapped(ring: list[Point]) -> tuple[Point, ...]:
    """A ring over the 180th meridian without the leap from 180 to -180; it then reaches beyond 180."""
    turn, out = 0.0, [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        if abs(lon - before) > _LEAP:
            turn += 360.0 if lon < before else -360.0
        out.append((lon + turn, lat))
    middle = sum(lon for lon, _ in out) / len(out)
    home = -360.0 if middle > 180 else 360.0 if middle < -180 else 0.0
    return tuple((lon + home, lat) for lon, lat in out)


# ---- projections ----

_EQUAL_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(point: Point) -> Point:
    """The whole world with true areas; x and y upwards, in radians.

    Source: Savric, Patterson and Jenny 2019.
    """
    a, b, c, d = _EQUAL_EARTH
    lon, lat = radians(point[0]), radians(point[1])
    t = asin(sqrt(3) / 2 * sin(lat))
    s = t * t
    s3 = s * s * s
    x = lon * cos(t) / (sqrt(3) / 2 * (a + 3 * b * s + s3 * (7 * c + 9 * d * s)))
    return x, t * (a + b * s + s3 * (c + d * s))


def around(centre: Point) -> Callable[[Point], Point]:
    """A region with true areas, seen from above its centre (Lambert's azimuthal projection)."""
    lon0, lat0 = radians(centre[0]), radians(centre[1])
    sin0, cos0 = sin(lat0), cos(lat0)

    def project(point: Point) -> Point:
        lon, lat = radians(point[0]) - lon0, radians(point[1])
        near = sin0 * sin(lat) + cos0 * cos(lat) * cos(lon)
        x, y = cos(lat) * sin(lon), cos0 * sin(lat) - sin0 * cos(lat) * cos(lon)
        if near < cos(_EDGE):
            k = 2 * sin(_EDGE / 2) / (hypot(x, y) or 1)
        else:
            k = sqrt(2 / (1 + near))
        return x * k, y * k

    return project


def distance(a: Point, b: Point) -> float:
    """The angle between two places, in radians."""
    la, lb = radians(a[1]), radians(b[1])
    value = sin(la) * sin(lb) + cos(la) * cos(lb) * cos(radians(a[0] - b[0]))
    return pi / 2 - asin(max(-1.0, min(1.0, value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A projection with its scale: degrees in, px out."""

    project: Callable[[Point], Point]
    scale: float
    middle: Point  # projected coordinates of the sheet's centre
    width: float
    height: float
    centre: Point | None  # degrees; None = the whole world

    def at(self, point: Point) -> Point:
        """Where a place lies, in px."""
        x, y = self.project(point)
        return self.width / 2 + (x - self.middle[0]) * self.scale, self.height / 2 - (y - self.middle[1]) * self.scale

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Is this px point on the sheet?"""
        return -margin <= point[0] <= self.width + margin and -margin <= point[1] <= self.height + margin


def sheet_of(codes: Iterable[str], *, width: float, height: float) -> Sheet:
    """The sheet that shows these countries whole; none, or countries all over the world, give the whole world."""
    wanted = set(codes)
    rings = [_largest(o.rings) for o in outlines() if o.code in wanted]
    points = [p for ring in rings for p in ring]
    if not points:
        return Sheet(
            project=equal_earth, scale=width / 5.55, middle=(0.0, 0.14), width=width, height=height, centre=None
        )
    centre = _centre(points)
    project = around(centre)
    placed = [project(p) for p in points]
    left, right = min(x for x, _ in placed), max(x for x, _ in placed)
    low, high = min(y for _, y in placed), max(y for _, y in placed)
    scale = 0.86 * min(width / (right - left), height / (high - low))
    middle = (left + right) / 2, (low + high) / 2
    return Sheet(project=project, scale=scale, middle=middle, width=width, height=height, centre=centre)


def _largest(rings: Sequence[Sequence[Point]]) -> Sequence[Point]:
    return max(rings, key=lambda r: abs(_area(r)))


def _centre(points: Sequence[Point]) -> Point:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def shapes(sheet: Sheet) -> tuple[Shape, ...]:
    """Every outline that reaches the sheet."""
    out = []
    for outline in outlines():
        if outline.name == "Antarctica" or (sheet.centre and _all_far(outline, sheet.centre)):
            continue
        rings = [[sheet.at(p) for p in ring] for ring in outline.rings]
        rings = [r for r in rings if _reaches(r, sheet)]
        path = "".join(_path(r) for r in rings)
        if path:
            largest = _largest(rings)
            out.append(
                Shape(
                    code=outline.code,
                    name=outline.name,
                    path=path,
                    label=_balance(largest),
                    size=sqrt(abs(_area(largest))),
                )
            )
    return tuple(out)


def _all_far(outline: Outline, centre: Point) -> bool:
    return all(distance(p, centre) > _FAR for ring in outline.rings for p in ring[::12])


def _reaches(ring: Sequence[Point], sheet: Sheet) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    if max(xs) - min(xs) < _SMALL and max(ys) - min(ys) < _SMALL:
        return False
    return max(xs) >= 0 and min(xs) <= sheet.width and max(ys) >= 0 and min(ys) <= sheet.height


def _path(ring: Sequence[Point]) -> str:
    """Straight lines, with points that would lie on one another left out."""
    kept = [ring[0]]
    for p in ring[1:-1]:
        if abs(p[0] - kept[-1][0]) + abs(p[1] - kept[-1][1]) >= _STEP:
            kept.append(p)
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z"


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _balance(ring: Sequence[Point]) -> Point:
    """The point on which the ring would balance."""
    area = _area(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    if abs(area) < 1e-9:
        return ring[0]
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return x, y
