"""The brief's drawings: shares with intervals, ties as bars, acts by power; each as a file of its own and for a page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from marchland.brief import english
from marchland.brief.happened import power_of
from marchland.brief.leading import ordered
from marchland.brief.material import Material
from marchland.brief.model import Chart
from marchland.brief.standing import Held, standing
from marchland.charts.hues import hues
from marchland.charts.parts import Days, apart, axis, joined, points, svg, tag
from marchland.influence import InfluenceRow
from marchland.influence.periods import middle
from marchland.lexicon.brief_words import ties
from marchland.lexicon.colours import colours
from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.ontology import Domain

_WIDE: Final = 780
_HALF, _HIGH, _LABELS = 390, 190, 146
_POWERS: Final = 4  # lines in one panel
_TIES: Final = 14
_ROW: Final = 20
_OTHER: Final = "other"


def drawn(m: Material) -> tuple[Chart, ...]:
    """Every drawing that has something to show."""
    found = (_shares(m), _ties(m), _acts(m))
    return tuple(c for c in found if c is not None)


def _chart(key: str, title: str, caveat: str, inline: Markup) -> Chart:
    return Chart(key=key, title=title, caveat=caveat, svg=_alone(inline), inline=str(inline))


def _alone(inline: Markup) -> str:
    """A drawing with the style that a page would give it."""
    head, _, rest = str(inline).partition("\n")
    return f"{head}\n<style>{style()}</style>\n{rest}\n"


def style() -> str:
    """The inks of all drawings, on light and on dark paper, in plain CSS that every drawer of SVG knows."""
    plain = (
        "svg.chart text{font:12px Inter,'Helvetica Neue',Arial,'Liberation Sans','Libertinus Serif',sans-serif;fill:#22211f}"
        "svg.chart text.soft,svg.chart tspan.soft{fill:#5c5952}svg.chart .head{font-weight:600}"
        ".axis{stroke:#b9b4a8;stroke-width:1}.grid{stroke:#e2ded5;stroke-width:1}.interval{opacity:.14}"
        ".curve{fill:none;stroke-width:2;stroke-linejoin:round}"
        ".fading{stroke-width:1.5;stroke-dasharray:3 4;opacity:.6}.stop{stroke-width:2}"
    )
    light = _inks({n: c.light for n, c in colours().items()} | {"ink": "#5c5952"})
    dark = _inks({n: c.dark for n, c in colours().items()} | {"ink": "#aaa69d"})
    night = "svg.chart text{fill:#e6e3dc}svg.chart text.soft,svg.chart tspan.soft{fill:#aaa69d}.axis{stroke:#5a5c60}.grid{stroke:#34363a}"
    return f"{plain}{light}@media(prefers-color-scheme:dark){{{night}{dark}}}"


def _inks(told: Mapping[str, str]) -> str:
    return "".join(
        f".interval.hue-{n},.bar.hue-{n},.chip.hue-{n}{{fill:{c}}}.curve.hue-{n},.fading.hue-{n},.stop.hue-{n}{{stroke:{c}}}"
        for n, c in sorted(told.items())
    )


# ---- shares ----


def _shares(m: Material) -> Chart | None:
    panels = [d for d in ordered(m) if any(r.domain is d and r.share is not None for r in m.rows)][:2]
    if not panels:
        return None
    shades = hues(m.powers)
    parts: list[Markup] = []
    for i, domain in enumerate(panels):
        parts += _panel(m, domain, shades, i * _HALF)
    title = f"Who holds sway in {english.country(m.host)}?"
    drawing = svg(
        _WIDE,
        _HIGH + 28,
        parts,
        label=f"{title} Shares over time with intervals, {english.series([d.value for d in panels])} domain",
    )
    caveat = f"Share of measured exposure by {m.period}, {m.since.year} to {m.until.year}, with 90 % intervals."
    return _chart("shares", title, caveat, drawing)


def _panel(m: Material, domain: Domain, shades: Mapping[str, str], x: float) -> list[Markup]:
    own = [r for r in m.rows if r.domain is domain and r.share is not None]
    days = sorted({r.day for r in m.rows})
    left, right, base = x + 42, x + _HALF - _LABELS, _HIGH + 4
    scale = Days(first=days[0], last=days[-1], left=left, right=right)

    def high(part: float) -> float:
        return base - part * (base - 30)

    out = [tag("text", domain.value.capitalize(), class_="head", x=left, y=14)]
    for part in (0.0, 0.5, 1.0):
        out.append(tag("text", f"{100 * part:.0f} %", class_="soft", x=left - 5, y=high(part) + 4, text_anchor="end"))
        out.append(tag("line", class_="grid", x1=left, x2=right, y1=high(part), y2=high(part)))
    out += _few_years(scale, base)
    ends: list[tuple[InfluenceRow, float]] = []
    lines: list[Markup] = []
    for power in _largest(own):
        line = [r for r in own if r.power == power]
        up = [(scale.at(r.day), high(r.share_high or 0)) for r in line]
        down = [(scale.at(r.day), high(r.share_low or 0)) for r in line]
        out.append(tag("polygon", class_=f"interval {shades[power]}", points=points([*up, *down[::-1]])))
        lines.append(
            tag(
                "polyline",
                class_=f"curve {shades[power]}",
                points=points((scale.at(r.day), high(r.share or 0)) for r in line),
            )
        )
        ends.append((line[-1], high(line[-1].share or 0)))
    ends.sort(key=lambda e: -e[1])
    for (row, _), y in zip(ends, apart([y for _, y in ends], step=14, top=32, bottom=base), strict=True):
        name = english.country(row.power).removeprefix("the ")
        told = joined(
            [
                tag("tspan", f"{name} {english.percent(row.share or 0)}"),
                tag("tspan", f" ({100 * (row.share_low or 0):.0f}–{100 * (row.share_high or 0):.0f})", class_="soft"),
            ]
        )
        out.append(tag("rect", class_=f"chip {shades[row.power]}", x=right + 6, y=y - 5, width=8, height=8))
        out.append(tag("text", told, x=right + 18, y=y + 4))
    return out + lines


def _few_years(scale: Days, base: float) -> list[Markup]:
    """A line with the first, the middle and the last year under it."""
    out = [tag("line", class_="axis", x1=scale.left, x2=scale.right, y1=base, y2=base)]
    half = scale.first + (scale.last - scale.first) / 2
    marks = {
        d.year: (scale.at(d), anchor) for d, anchor in ((scale.first, "start"), (half, "middle"), (scale.last, "end"))
    }
    return [*out, *(tag("text", str(y), class_="soft", x=x, y=base + 15, text_anchor=a) for y, (x, a) in marks.items())]


def _largest(rows: Sequence[InfluenceRow]) -> list[str]:
    last: dict[str, float] = {r.power: r.share or 0.0 for r in rows if r.level is not None}
    return sorted(last, key=lambda p: (-last[p], p))[:_POWERS]


# ---- ties ----


def _ties(m: Material) -> Chart | None:
    order = {p: i for i, p in enumerate(m.powers)}
    found = sorted(
        standing(m)[:_TIES], key=lambda h: (order.get(h.power, len(order)), middle(h.tie.since) or date.min, h.tie.id)
    )
    if not found:
        return None
    shades = hues(m.powers)
    begins = [d for h in found if (d := middle(h.tie.since))]
    scale = Days(first=min([*begins, m.since]), last=m.until, left=234, right=_WIDE - 12)
    height = len(found) * _ROW + 30
    parts: list[Markup] = [*axis(scale, height - 22, top=4)]
    for i, h in enumerate(found):
        parts += _bar(h, i * _ROW + 6, scale, shades.get(h.power, "hue-ink"))
    title = f"Which ties weigh most in {english.country(m.host)}?"
    size = f"The {len(found)} largest ties on {english.day(m.until)}"
    caveat = f"{size}: solid while told or known to stand, dashed since the last word of them."
    return _chart("ties", title, caveat, svg(_WIDE, height, parts, label=f"{title} Bars from start to end"))


def _bar(held: Held, y: float, scale: Days, hue: str) -> list[Markup]:
    tie = held.tie
    begin, end, told = middle(tie.since), middle(tie.until), middle(tie.last_confirmed)
    first = begin or told or scale.first
    last = end or (scale.last if tie.doc_id == REGISTRY_ID else max(told or first, first))
    left, right = scale.at(first), scale.at(last)
    where = f", {tie.where.name}" if tie.where else ""
    name = f"{english.country(held.power).removeprefix('the ')}: {ties()[tie.kind].noun}{where}"
    out = [
        tag("text", name if len(name) <= 38 else name[:37] + "…", x=224, y=y + 9, text_anchor="end"),
        tag("rect", class_=f"bar {hue}", x=left, y=y + 1, width=max(3.0, right - left), height=9, rx=2),
    ]
    if end is None and right < scale.right - 2:
        out.append(tag("line", class_=f"fading {hue}", x1=right + 3, x2=scale.right, y1=y + 5.5, y2=y + 5.5))
    elif end is not None and end < scale.last:
        out.append(tag("line", class_=f"stop {hue}", x1=right, x2=right, y1=y - 1, y2=y + 12))
    return out


# ---- acts ----


def _acts(m: Material) -> Chart | None:
    counts: Counter[tuple[int, str]] = Counter()
    named = m.powers[:_POWERS]
    for e in m.events:
        day, power = m.day(e), power_of(e, m)
        if e.status.happened and day and power and m.since <= day <= m.until:
            counts[_quarter(day), power if power in named else _OTHER] += 1
    if not counts:
        return None
    first, last = _quarter(m.since), _quarter(m.until)
    totals = Counter({q: sum(n for (at, _), n in counts.items() if at == q) for q in range(first, last + 1)})
    most = max(totals.values())
    base, top, left, right = 150, 28, 36, _WIDE - 12
    scale = Days(first=m.since, last=m.until, left=left, right=right)
    wide = (right - left) / (last - first + 1)
    parts: list[Markup] = [*axis(scale, base)]
    parts += [
        tag("text", str(n), class_="soft", x=left - 5, y=base - (base - top) * n / most + 4, text_anchor="end")
        for n in sorted({0, most})
    ]
    shades = hues(named) | {_OTHER: f"hue-{_OTHER}"}
    for quarter in range(first, last + 1):
        floor = float(base)
        for power in (*named, _OTHER):
            high = (base - top) * counts[quarter, power] / most
            if high:
                floor -= high
                x = left + (quarter - first) * wide
                said = tag("title", f"{_name(power)}, {quarter // 4} Q{quarter % 4 + 1}: {counts[quarter, power]}")
                parts.append(
                    tag(
                        "rect",
                        said,
                        class_=f"bar {shades[power]}",
                        x=x + 0.5,
                        y=floor,
                        width=max(1.0, wide - 1),
                        height=high,
                    )
                )
    parts += _legend([p for p in (*named, _OTHER) if any(at == p for _, at in counts)], shades)
    title = f"Who acted in {english.country(m.host)}, and when?"
    whole = f"Acts told as done, by quarter and outside power; {sum(counts.values())} in all."
    caveat = f"{whole} Quarters of which little was read show little."
    return _chart("acts", title, caveat, svg(_WIDE, base + 24, parts, label=f"{title} Acts by quarter and power"))


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _name(power: str) -> str:
    return "Others" if power == _OTHER else english.country(power).removeprefix("the ")


def _legend(powers: Iterable[str], shades: Mapping[str, str]) -> list[Markup]:
    out, x = [], 36.0
    for power in powers:
        out.append(tag("rect", class_=f"chip {shades[power]}", x=x, y=4, width=9, height=9, rx=2))
        out.append(tag("text", _name(power), x=x + 14, y=13))
        x += 30 + 6.6 * len(_name(power))
    return out
