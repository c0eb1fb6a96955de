"""The calibration plot as an SVG that needs nothing else: of what was called 30 %, did 30 % come?"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from marchland.forecast.record import Bin

_SIDE, _LEFT, _TOP = 320, 56, 72
_MOST_R, _LEAST_R = 16.0, 3.0


def calibration_plot(bins: Sequence[Bin], *, title: str = "Of what was forecast, how much came?") -> str:
    """Dots on the diagonal are good; their area is the number of forecasts. Without closed forecasts it says so."""
    width, height = _SIDE + _LEFT + 40, _SIDE + _TOP + 64
    total = sum(b.forecasts for b in bins)
    caveat = f"{total:,} closed forecasts; area of a dot: how many" if bins else "no forecast is closed yet"
    most = max((b.forecasts for b in bins), default=1)
    body = [_mark(b, most) for b in bins]
    ticks = [_tick(i / 5) for i in range(6)]
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    font = 'font-family="sans-serif" font-size="12"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title caveat" {font}>',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="caveat">{escape(caveat)}</desc>',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="28" font-size="16" fill="#222">{escape(title)}</text>',
            f'<text x="{_LEFT}" y="50" fill="#555">{escape(caveat)}</text>',
            f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
            f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" stroke="#555" fill="none"/>',
            *ticks,
            *body,
            f'<text x="{_x(0.5)}" y="{_y(0) + 44}" text-anchor="middle" fill="#555">forecast, per cent</text>',
            f'<text transform="translate(14 {_y(0.5)}) rotate(-90)" text-anchor="middle" fill="#555">came, per cent</text>',
            "</svg>",
            "",
        ]
    )


def _x(share: float) -> float:
    return round(_LEFT + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)


def _tick(share: float) -> str:
    told = f"{100 * share:.0f}"
    return (
        f'<text x="{_x(share)}" y="{_y(0) + 20}" text-anchor="middle" fill="#555">{told}</text>'
        f'<text x="{_x(0) - 8}" y="{_y(share) + 4}" text-anchor="end" fill="#555">{told}</text>'
    )


def _mark(found: Bin, most: int) -> str:
    radius = max(_LEAST_R, _MOST_R * (found.forecasts / most) ** 0.5)
    told = f"{found.forecasts} forecasts of {100 * found.expected:.0f} per cent: {100 * found.came:.0f} per cent came"
    return (
        f'<circle cx="{_x(found.expected)}" cy="{_y(found.came)}" r="{radius:.1f}" fill="#1f6f8b" fill-opacity=".75">'
        f"<title>{escape(told)}</title></circle>"
    )
