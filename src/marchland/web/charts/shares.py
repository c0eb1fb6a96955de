"""Shares over time: all domains stacked, and each domain as lines in their 90 % intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from marchland.charts.parts import Days, apart, axis, joined, points, svg, tag
from marchland.influence import OTHERS, InfluenceRow, Total, totals
from marchland.model.ontology import Domain
from marchland.web.words import name, percent

_WIDE, _HIGH = 760, 316
_LEFT, _TOP, _BOTTOM, _LABELS = 38, 20, 26, 196
_SMALL_WIDE, _SMALL_HIGH, _SMALL_LABELS = 400, 196, 124
_LINES: Final = 4  # powers drawn in a small chart; the table beside it has them all
_STEP: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A dated note on the chart."""

    n: int
    day: date
    said: str
    link: str


Link = Callable[[str, str, str], str]  # domain, power, period -> address of the evidence


def scale_of(rows: Sequence[InfluenceRow]) -> Days:
    """The scale of the large chart, which the strip under it shares."""
    days = [r.day for r in rows]
    return Days(first=min(days), last=max(days), left=_LEFT, right=_WIDE - _LABELS)


def stacked(rows: Sequence[InfluenceRow], hues: dict[str, str], notes: Sequence[Mark] = ()) -> Markup:
    """Every power's share over all domains, from the bottom up, other outsiders on top; `notes` are marked on their days."""
    days = {r.period: r.day for r in rows}
    scale = scale_of(rows)
    found = totals(rows)
    powers = list(dict.fromkeys(t.power for t in found))
    by_key = {(t.power, t.period): t for t in found}
    base = _HIGH - _BOTTOM

    def high(part: float) -> float:
        return base - part * (base - _TOP)

    out: list[Markup] = [*_levels(high, _LEFT)]
    floor = dict.fromkeys(days, 0.0)
    told = [p for p in days if by_key[powers[0], p].share is not None]
    bands = []
    for power in powers:
        low = [(scale.at(days[p]), high(floor[p])) for p in told]
        for p in told:
            floor[p] += by_key[power, p].share or 0.0
        top = [(scale.at(days[p]), high(floor[p])) for p in told]
        if len(told) == 1:
            low, top = (
                [(scale.left, low[0][1]), (scale.right, low[0][1])],
                [(scale.left, top[0][1]), (scale.right, top[0][1])],
            )
        shape = tag(
            "polygon", tag("title", name(power)), class_=f"band {hues[power]}", points=points([*top, *low[::-1]])
        )
        bands.append((power, (low[-1][1] + top[-1][1]) / 2 if told else base))
        if told:
            out.append(shape)
    out += axis(scale, base)
    if told:
        out += _names(bands, by_key, told[-1], hues, top=_TOP + 4, bottom=base)
    else:
        out.append(tag("text", "not enough evidence", class_="soft", x=_LEFT + 12, y=_HIGH / 2))
    for mark in notes:
        out.append(_note(mark, scale.at(mark.day), base))
    return svg(_WIDE, _HIGH, out, label="Shares of measured exposure over time, all domains")


def _note(mark: Mark, x: float, base: float) -> Markup:
    parts = [
        tag("title", mark.said),
        tag("line", class_="shift", x1=x, x2=x, y1=_TOP, y2=base),
        tag("circle", class_="shift-mark", cx=x, cy=_TOP, r=8),
        tag("text", str(mark.n), class_="shift-number", x=x, y=_TOP + 3.5, text_anchor="middle"),
    ]
    return tag("a", joined(parts), href=mark.link, data_pane="", class_="shifted", aria_label=mark.said)


def _levels(
    high: Callable[[float], float], left: float, parts: Sequence[float] = (0, 0.25, 0.5, 0.75, 1)
) -> list[Markup]:
    return [tag("text", f"{100 * p:.0f} %", class_="soft", x=left - 5, y=high(p) + 4, text_anchor="end") for p in parts]


def _names(
    bands: Sequence[tuple[str, float]],
    by_key: dict[tuple[str, str], Total],
    period: str,
    hues: dict[str, str],
    *,
    top: float,
    bottom: float,
) -> list[Markup]:
    """Names beside the last bands."""
    out = []
    x = _WIDE - _LABELS + 8
    for (power, _), y in zip(bands, apart([y for _, y in bands], step=_STEP, top=top, bottom=bottom), strict=True):
        total = by_key[power, period]
        said = f"{name(power)} {percent(total.share)}"
        interval = f" ({100 * (total.low or 0):.0f}–{100 * (total.high or 0):.0f})"
        out.append(tag("rect", class_=f"chip {hues[power]}", x=x, y=y - 5, width=9, height=9, rx=2))
        out.append(tag("text", joined([tag("tspan", said), tag("tspan", interval, class_="soft")]), x=x + 14, y=y + 4))
    return out


def domain(rows: Sequence[InfluenceRow], which: Domain, hues: dict[str, str], link: Link) -> Markup:
    """One domain: a line in its interval for each of the largest powers; every point leads to its evidence."""
    own = [r for r in rows if r.domain is which]
    days = {r.period: r.day for r in own}
    right = _SMALL_WIDE - _SMALL_LABELS
    scale = Days(first=min(days.values()), last=max(days.values()), left=34, right=right)
    base = _SMALL_HIGH - 24

    def high(part: float) -> float:
        return base - part * (base - 12)

    out: list[Markup] = [*_levels(high, 34, (0, 0.5, 1))]
    out += [tag("line", class_="grid", x1=34, x2=right, y1=high(p), y2=high(p)) for p in (0.5, 1)]
    out += axis(scale, base)
    largest = _largest(own)
    ends = []
    lines: list[Markup] = []
    for power in largest:
        line = [r for r in own if r.power == power and r.share is not None]
        if not line:
            continue
        up = [(scale.at(r.day), high(r.share_high or 0)) for r in line]
        down = [(scale.at(r.day), high(r.share_low or 0)) for r in line]
        out.append(tag("polygon", class_=f"interval {hues[power]}", points=points([*up, *down[::-1]])))
        lines.append(
            tag(
                "polyline",
                class_=f"curve {hues[power]}",
                points=points((scale.at(r.day), high(r.share or 0)) for r in line),
            )
        )
        lines += [_point(r, scale.at(r.day), high(r.share or 0), hues[power], link) for r in line]
        if line[-1].day == scale.last:
            ends.append((line[-1], high(line[-1].share or 0)))
    out += lines
    out += _ends(ends, right, base, hues)
    if not lines:
        out.append(tag("text", "not enough evidence", class_="soft", x=46, y=_SMALL_HIGH / 2))
    return svg(_SMALL_WIDE, _SMALL_HIGH, out, label=f"Shares in the {which.value} domain over time", css="chart small")


def _largest(rows: Sequence[InfluenceRow]) -> list[str]:
    """Named powers by their last share."""
    last: dict[str, float] = {r.power: r.share or 0.0 for r in rows if r.power != OTHERS}
    return sorted(last, key=lambda p: (-last[p], p))[:_LINES]


def _point(row: InfluenceRow, x: float, y: float, hue: str, link: Link) -> Markup:
    said = (
        f"{name(row.power)}, {row.period}: {percent(row.share)} ({percent(row.share_low)} to {percent(row.share_high)})"
    )
    dot = tag("circle", tag("title", said), class_=f"dot {hue}", cx=x, cy=y, r=4)
    return tag("a", dot, href=link(row.domain.value, row.power, row.period), tabindex=-1, data_pane="")


def _ends(ends: list[tuple[InfluenceRow, float]], right: float, base: float, hues: dict[str, str]) -> list[Markup]:
    ends.sort(key=lambda e: -e[1])
    out = []
    for (row, _), y in zip(ends, apart([y for _, y in ends], step=_STEP, top=14, bottom=base), strict=True):
        said = joined([
            tag("tspan", f"{name(row.power)} {percent(row.share)}"),
            tag("tspan", f" ({100 * (row.share_low or 0):.0f}–{100 * (row.share_high or 0):.0f})", class_="soft"),
        ])  # fmt: skip
        out.append(tag("text", said, class_=f"name {hues[row.power]}", x=right + 8, y=y + 4))
    return out
