"""What charts share: a scale of days, its marks, hatching, and text that cannot be markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup, escape

_MARKS: Final = 8  # years written on an axis at most
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days from left to right."""

    first: date
    last: date
    left: float  # px
    right: float

    def at(self, day: date) -> float:
        """Where a day stands; days outside stand on the edge."""
        whole = (self.last - self.first).days or 1
        part = min(1.0, max(0.0, (day - self.first).days / whole))
        return self.left + part * (self.right - self.left)

    def years(self) -> list[tuple[int, float]]:
        """Years to write on the axis, with their places."""
        count = self.last.year - self.first.year + 1
        step = next((s for s in _STEPS if count / s <= _MARKS), _STEPS[-1])
        begin = -(-self.first.year // step) * step
        years = [y for y in range(begin, self.last.year + 1, step) if date(y, 1, 1) >= self.first]
        return [(y, self.at(date(y, 1, 1))) for y in years] or [(self.first.year, self.left)]


def tag(name: str, body: str = "", **told: object) -> Markup:
    """One element; values are escaped, `_` stands for `-`, a trailing one is dropped, None leaves the attribute out.

    `body` is escaped too unless it is Markup.
    """
    parts = [f' {k.rstrip("_").replace("_", "-")}="{escape(_short(v))}"' for k, v in told.items() if v is not None]
    made = f"<{name}{''.join(parts)}>{escape(body)}</{name}>"
    return Markup(made)  # noqa: S704 - every value in it is escaped


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def joined(parts: Iterable[str]) -> Markup:
    """Pieces of markup one after another."""
    return Markup("\n").join(escape(p) for p in parts)


def svg(width: float, height: float, parts: Sequence[str], *, label: str, css: str = "chart") -> Markup:
    """A whole drawing with the sentence that a screen reader says for it."""
    defs = Markup(
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-paper" width="5" height="5"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="5"/>'
        "</pattern></defs>"
    )
    return tag(
        "svg",
        joined([tag("title", label), defs, *parts]),
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        class_=css,
        role="group",
        aria_label=label,
        xmlns="http://www.w3.org/2000/svg",
    )


def axis(days: Days, y: float, *, top: float | None = None) -> list[Markup]:
    """A line with years under it, and faint lines up to `top`."""
    out = [tag("line", class_="axis", x1=days.left, x2=days.right, y1=y, y2=y)]
    for year, x in days.years():
        if top is not None:
            out.append(tag("line", class_="grid", x1=x, x2=x, y1=top, y2=y))
        if x <= days.right - 8:
            out.append(
                tag("text", str(year), class_="soft", x=x, y=y + 15, text_anchor="middle" if x > 14 else "start")
            )
    return out


def apart(wanted: Sequence[float], *, step: float, top: float, bottom: float) -> list[float]:
    """Heights at least `step` apart, in the order of `wanted` (from the lowest on paper up), as near as can be."""
    out: list[float] = []
    for y in wanted:
        out.append(min(y, out[-1] - step) if out else min(y, bottom))
    limit = top
    for i in range(len(out) - 1, -1, -1):
        out[i] = max(out[i], limit)
        limit = out[i] + step
    return out


def points(pairs: Iterable[tuple[float, float]]) -> str:
    """The `points` of a polygon or polyline."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def mark(x: float, y: float, r: float, *, cooperative: bool, class_: str, opacity: float | None = None) -> Markup:
    """A circle for cooperation, a triangle for conflict, of about the same weight."""
    if cooperative:
        return tag("circle", cx=x, cy=y, r=r, class_=class_, opacity=opacity)
    side = r * 1.25
    corners = ((x, y - side), (x + side * 0.95, y + side * 0.7), (x - side * 0.95, y + side * 0.7))
    return tag("polygon", points=points(corners), class_=class_, opacity=opacity)
