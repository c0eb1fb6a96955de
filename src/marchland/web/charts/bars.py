"""Ties as bars from start to end, and documents read as a strip of counts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from marchland.charts.parts import Days, axis, svg, tag
from marchland.influence.periods import middle
from marchland.lexicon.registry import REGISTRY_ID
from marchland.model.records import Participant, Tie
from marchland.web.words import kind, name, when

_WIDE, _NAMES, _ROW = 760, 214, 20


def scale_of(first: date, last: date) -> Days:
    """The scale that the bars and the strip of one page share."""
    return Days(first=first, last=last, left=_NAMES, right=_WIDE - 12)


def power_of(tie: Tie, host: str) -> Participant | None:
    """Who reaches for `host` by this tie; None for a bond of many."""
    if tie.power is not None:
        return tie.power
    others = [m for m in tie.members if m.country != host]
    return others[0] if len(others) == 1 else None


def ties(found: Sequence[Tie], host: str, days: Days, hues: Mapping[str, str], link: Callable[[str], str]) -> Markup:
    """A row for each tie: solid while it was told to stand, dashes after its last confirmation, a stop at its end."""
    height = len(found) * _ROW + 30
    out: list[Markup] = [*axis(days, height - 22, top=4)]
    for i, tie in enumerate(found):
        out.append(_bar(tie, host, i * _ROW + 6, days, hues, link))
    return svg(_WIDE, height, out, label=f"Standing ties of {name(host)} from start to end")


def _bar(tie: Tie, host: str, y: float, days: Days, hues: Mapping[str, str], link: Callable[[str], str]) -> Markup:
    power = power_of(tie, host)
    code = (power.country or power.org) if power else None
    hue = hues.get(code or "", "hue-ink")
    begin, end, confirmed = middle(tie.since), middle(tie.until), middle(tie.last_confirmed)
    told_from = begin or confirmed or end or days.first
    solid = end or max(confirmed or told_from, told_from)
    left, right, edge = days.at(told_from), days.at(solid), days.right
    place = f", {tie.where.name}" if tie.where else ""
    who = name(code) if code else f"{len(tie.members)} members"
    parts = [
        tag("rect", class_="row", x=0, y=y - 4, width=_WIDE, height=_ROW),
        tag(
            "text",
            _cut(f"{who}: {kind(tie.kind)}{place}"),
            class_="bar-name",
            x=_NAMES - 10,
            y=y + 9,
            text_anchor="end",
        ),
        tag(
            "rect",
            class_=f"bar {hue}",
            x=left,
            y=y + 1,
            width=max(3.0, right - left),
            height=9,
            rx=2,
            opacity=_sure(tie),
        ),
    ]
    if end is None and right < edge - 2:
        parts.append(tag("line", class_=f"fading {hue}", x1=right + 3, x2=edge, y1=y + 5.5, y2=y + 5.5))
    elif end is not None:
        parts.append(tag("line", class_=f"stop {hue}", x1=right, x2=right, y1=y - 1, y2=y + 12))
    if begin is None:
        parts.append(tag("text", "?", class_="soft", x=left - 9, y=y + 9))
    said = f"{who}, {kind(tie.kind)}: {_dates(tie)}{'; registry' if tie.doc_id == REGISTRY_ID else ''}"
    return tag("a", Markup("").join([tag("title", said), *parts]), href=link(tie.id), data_pane="", class_="tie")


def _dates(tie: Tie) -> str:
    told = f"since {when(tie.since)}" if tie.since else "start not told"
    if tie.until:
        return f"{told}, until {when(tie.until)}"
    return f"{told}, last confirmed {when(tie.last_confirmed)}" if tie.last_confirmed else told


def _sure(tie: Tie) -> float:
    return 0.35 + 0.65 * tie.certainty * tie.confidence


def _cut(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def strip(counts: Mapping[tuple[int, int], int], days: Days, *, what: str) -> Markup:
    """A count for each month, as bars on the scale of the chart above it."""
    height, base, top = 72, 38, 6
    most = max(counts.values(), default=0)
    label = f"{what}, at most {most} a month"
    out: list[Markup] = []
    for (year, month), n in sorted(counts.items()):
        begin, end = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
        if end <= days.first or begin > days.last:
            continue
        left = days.at(begin)
        out.append(
            tag(
                "rect",
                tag("title", f"{year}-{month:02}: {n} {what}"),
                class_="count",
                x=left,
                y=base - (base - top) * n / most,
                width=max(1.0, days.at(end) - left),
                height=(base - top) * n / most,
            )
        )
    out += axis(days, base)
    out.append(tag("text", label, class_="soft", x=days.left, y=base + 30))
    return svg(_WIDE, height, out, label=f"Number of {what} by month")
