"""A picture of shares over time, as an SVG that needs nothing else: stacked by power, one panel for each domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from marchland.errors import MarchlandError
from marchland.influence.rows import OTHERS, InfluenceRow
from marchland.lexicon.colours import OTHER, Colour, colour, colours
from marchland.lexicon.registry import country_name
from marchland.model.ontology import Domain

_WIDE, _HIGH = 300, 170  # of a panel's drawing area, in px
_LEFT, _TOP, _LABELS, _GAP = 44, 92, 178, 58
_STEP = 15  # px between labels
_FEW = 9  # marks on the time axis at most


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    domain: Domain
    labels: tuple[str, ...]  # periods
    powers: tuple[str, ...]  # from the bottom up, OTHERS on top
    rows: dict[tuple[str, str], InfluenceRow]  # by power and period
    x: float
    y: float

    def at(self, i: int) -> float:
        """Where the i-th period stands."""
        return self.x + (_WIDE / 2 if len(self.labels) == 1 else _WIDE * i / (len(self.labels) - 1))

    def edges(self, i: int) -> list[float] | None:
        """Heights between the powers, bottom first; None = not enough evidence."""
        low, out = 0.0, [self.y + _HIGH]
        for power in self.powers:
            share = self.rows[power, self.labels[i]].share
            if share is None:
                return None
            low += share
            out.append(self.y + _HIGH * (1 - low))
        return out


def plot(rows: Sequence[InfluenceRow], *, documents: int | None = None, registry: bool = True) -> str:
    """Draw who holds which share over time. `documents` is how many were read, for the caveat under the title.

    Raises:
        MarchlandError: there are no rows, or rows of several hosts.
    """
    if not rows or len({r.host for r in rows}) != 1:
        raise MarchlandError("a plot shows one host; give the rows of a single call of influence()")
    panels = _panels(rows)
    hues = _hues(panels[0].powers)
    columns = min(2, len(panels))
    lines = -(-len(panels) // columns)
    width = _LEFT + columns * (_WIDE + _LABELS) + 8
    height = _TOP + lines * (_HIGH + _GAP) + 14
    name = country_name(rows[0].host)
    title = f"Who holds sway in {name}?"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    body = [_panel(p, hues) for p in panels]
    source = f"marchland; {'documents and the registry of standing ties' if registry else 'documents alone'}"
    source += "; capacity from exposure, not compliance"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title caveat">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="caveat">{escape(_caveat(rows, documents))}</desc>',
            _style(hues),
            f'<rect class="paper" width="{width}" height="{height}"/>',
            f'<text class="title" x="{_LEFT}" y="34">{escape(title)}</text>',
            f'<text class="soft" x="{_LEFT}" y="54">{escape(_caveat(rows, documents))}</text>',
            *body,
            f'<text class="soft" x="{_LEFT}" y="{height - 12}">Source: {escape(source)}</text>',
            "</svg>",
            "",
        ]
    )


def _caveat(rows: Sequence[InfluenceRow], documents: int | None) -> str:
    read = f"; {documents:,} documents read" if documents is not None else ""
    first, last = min(r.day for r in rows), max(r.day for r in rows)
    return f"Share of measured exposure, {first} to {last}, 90 % interval beside the last value{read}"


def _panels(rows: Sequence[InfluenceRow]) -> list[_Panel]:
    labels = tuple(dict.fromkeys(r.period for r in rows))
    domains = tuple(dict.fromkeys(r.domain for r in rows))
    powers = (*(p for p in dict.fromkeys(r.power for r in rows) if p != OTHERS), OTHERS)
    by_key = {(r.domain, r.power, r.period): r for r in rows}
    out = []
    for i, domain in enumerate(domains):
        column, line = i % 2, i // 2
        out.append(
            _Panel(
                domain=domain,
                labels=labels,
                powers=powers,
                rows={(p, n): by_key[domain, p, n] for p in powers for n in labels},
                x=_LEFT + column * (_WIDE + _LABELS),
                y=_TOP + line * (_HIGH + _GAP),
            )
        )
    return out


def _hues(powers: Sequence[str]) -> dict[str, Colour]:
    known = colours()
    spare = [p for p in powers if p not in known and p != OTHERS]
    return {p: known[OTHER] if p == OTHERS else colour(p, spare.index(p) if p in spare else 0) for p in powers}


def _style(hues: dict[str, Colour]) -> str:
    light = "".join(f".p{i}{{fill:{c.light}}}" for i, c in enumerate(hues.values()))
    dark = "".join(f".p{i}{{fill:{c.dark}}}" for i, c in enumerate(hues.values()))
    return (
        "<style>text{font:12px system-ui,sans-serif;fill:#222;font-variant-numeric:tabular-nums}"
        ".title{font-size:19px;font-weight:600}.head{font-size:13px;font-weight:600}.soft{fill:#595959}"
        ".paper{fill:#fdfcf9}.line{stroke:#fdfcf9;stroke-width:1}.axis{stroke:#8a8a8a;stroke-width:1}"
        f"{light}@media(prefers-color-scheme:dark){{text{{fill:#e8e6e1}}.soft{{fill:#b3b0a9}}.paper{{fill:#191a1c}}"
        f".line{{stroke:#191a1c}}{dark}}}</style>"
    )


def _panel(panel: _Panel, hues: dict[str, Colour]) -> str:
    out = [f'<g><text class="head" x="{panel.x}" y="{panel.y - 10}">{escape(panel.domain.value.capitalize())}</text>']
    runs = _runs(panel)
    for power in panel.powers:
        out += [_area(panel, run, power, list(hues).index(power)) for run in runs]
    if not runs:
        out.append(f'<text class="soft" x="{panel.x + 12}" y="{panel.y + _HIGH / 2}">not enough evidence</text>')
    elif sum(len(r) for r in runs) < len(panel.labels):
        first = next(i for i in range(len(panel.labels)) if panel.edges(i) is None)
        out.append(f'<text class="soft" x="{panel.at(first) + 4:.1f}" y="{panel.y + 14}">not enough evidence</text>')
    out += _axes(panel)
    out += _labels(panel, hues)
    return "\n".join([*out, "</g>"])


def _runs(panel: _Panel) -> list[list[int]]:
    """Stretches of periods with enough evidence."""
    out: list[list[int]] = []
    for i in range(len(panel.labels)):
        if panel.edges(i) is not None:
            if out and out[-1][-1] == i - 1:
                out[-1].append(i)
            else:
                out.append([i])
    return out


def _area(panel: _Panel, run: list[int], power: str, hue: int) -> str:
    layer = panel.powers.index(power)
    points = [(panel.at(i), panel.edges(i) or []) for i in run]
    if len(run) == 1:  # a lone period is a bar
        x, edges = points[0]
        points = [(x - 5, edges), (x + 5, edges)]
    top = [f"{x:.1f},{e[layer + 1]:.1f}" for x, e in points]
    bottom = [f"{x:.1f},{e[layer]:.1f}" for x, e in reversed(points)]
    first, last = panel.rows[power, panel.labels[run[0]]], panel.rows[power, panel.labels[run[-1]]]
    told = (
        f"{_name(power)}, {panel.domain.value}: {first.share:.0%} in {first.period}, {last.share:.0%} in {last.period}"
    )
    shape = f'<polygon class="p{hue} line" points="{" ".join(top + bottom)}">'
    return f"{shape}<title>{escape(told)}</title></polygon>"


def _axes(panel: _Panel) -> list[str]:
    y = panel.y + _HIGH
    out = [f'<line class="axis" x1="{panel.x}" y1="{y}" x2="{panel.x + _WIDE}" y2="{y}"/>']
    for part in (0.0, 0.5, 1.0):
        at = y - _HIGH * part
        out.append(f'<text class="soft" text-anchor="end" x="{panel.x - 6}" y="{at + 4:.1f}">{part:.0%}</text>')
    every = -(-len(panel.labels) // _FEW)
    wide = max(len(n) for n in panel.labels) > 4
    for i in range(0, len(panel.labels), every * 2 if wide else every):
        if panel.at(i) <= panel.x + _WIDE - 12 or i == len(panel.labels) - 1:
            label = escape(panel.labels[i])
            out.append(f'<text class="soft" text-anchor="middle" x="{panel.at(i):.1f}" y="{y + 16}">{label}</text>')
    return out


def _labels(panel: _Panel, hues: dict[str, Colour]) -> list[str]:
    """Names beside the last bands, moved apart where bands are thin."""
    edges = panel.edges(len(panel.labels) - 1)
    if edges is None:
        return []
    wanted = [(edges[i] + edges[i + 1]) / 2 for i in range(len(panel.powers))]
    places = _apart(wanted, panel.y + 4, panel.y + _HIGH)
    out = []
    for power, y in zip(panel.powers, places, strict=True):
        row = panel.rows[power, panel.labels[-1]]
        text = f"{_name(power)} {row.share:.0%} ({row.share_low:.0%}–{row.share_high:.0%})"
        x = panel.x + _WIDE + 8
        out.append(f'<rect class="p{list(hues).index(power)}" x="{x}" y="{y - 5:.1f}" width="9" height="9"/>')
        out.append(f'<text x="{x + 13}" y="{y + 4:.1f}">{escape(text)}</text>')
    return out


def _apart(wanted: list[float], top: float, bottom: float) -> list[float]:
    """Places from the bottom up at least a step apart, as near as can be to those wanted."""
    out: list[float] = []
    for y in wanted:
        out.append(min(y, out[-1] - _STEP) if out else min(y, bottom))
    limit = top
    for i in range(len(out) - 1, -1, -1):
        out[i] = max(out[i], limit)
        limit = out[i] + _STEP
    return out


def _name(power: str) -> str:
    return "Others" if power == OTHERS else country_name(power)
