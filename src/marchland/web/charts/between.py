"""What passed between two countries: three lanes of marks over time, by quad class."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from marchland.charts.parts import Days, axis, mark, svg, tag
from marchland.influence.periods import middle
from marchland.model.ontology import QuadClass, Status
from marchland.model.records import Event
from marchland.web.words import cooperative, kind, line, name, when

_WIDE, _LEFT, _LANE = 900, 128, 128
_CELL: Final = 9  # px a mark takes
_DEEP: Final = 12  # marks in one column; the rest is told as a number
_MATERIAL: Final = (QuadClass.MATERIAL_COOPERATION, QuadClass.MATERIAL_CONFLICT)


def lane_of(event: Event, one: str, other: str) -> int | None:
    """0: `one` acts on `other`; 1: together; 2: `other` acts on `one`. None = they do not meet in it."""
    actors = {k for p in event.actors for k in (p.country, p.org) if k}
    recipients = {k for p in event.recipients for k in (p.country, p.org) if k}
    if one in actors and other in actors:
        return 1
    if one in actors and other in recipients:
        return 0
    if other in actors and one in recipients:
        return 2
    return 1 if {one, other} <= actors | recipients else None


def timeline(
    events: Sequence[Event],
    one: str,
    other: str,
    days: tuple[date, date],
    hues: dict[str, str],
    link: Callable[[str], str],
) -> Markup:
    """Acts of `one` towards `other` above, together in the middle, and back below."""
    scale = Days(first=days[0], last=days[1], left=_LEFT, right=_WIDE - 16)
    height = 3 * _LANE + 34
    names = (f"{name(one)} → {name(other)}", "together", f"{name(other)} → {name(one)}")
    out: list[Markup] = [*axis(scale, 3 * _LANE + 8, top=4)]
    for lane, told in enumerate(names):
        y = lane * _LANE + _LANE / 2 + 4
        out.append(
            tag("line", class_="grid", x1=_LEFT, x2=scale.right, y1=y + _LANE / 2, y2=y + _LANE / 2)
            if lane < 2
            else Markup()
        )
        out += _lane_name(told, y)
    columns: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        lane_number, day = lane_of(event, one, other), middle(event.when)
        if lane_number is not None and day:
            columns[lane_number, round(scale.at(day) / _CELL)].append(event)
    for (lane, column), found in sorted(columns.items()):
        hue = (hues[one], "hue-ink", hues[other])[lane]
        out += _column(found, column * _CELL, lane * _LANE + _LANE / 2 + 4, hue, link)
    return svg(_WIDE, height, out, label=f"Acts between {name(one)} and {name(other)} over time")


def _lane_name(told: str, y: float) -> list[Markup]:
    first, arrow, second = told.partition(" → ")
    if not arrow:
        return [tag("text", told, class_="lane", x=0, y=y + 4)]
    return [tag("text", first, class_="lane", x=0, y=y - 4), tag("text", f"→ {second}", class_="lane", x=0, y=y + 12)]


def _column(found: Sequence[Event], x: float, y: float, hue: str, link: Callable[[str], str]) -> list[Markup]:
    """Marks of one stretch of days, from the lane's middle outwards: cooperation up, conflict down."""
    out = []
    for sign, side in ((-1, True), (1, False)):
        mine = [e for e in found if cooperative(e.quad) is side]
        for i, event in enumerate(mine[: _DEEP if sign < 0 else _DEEP // 2]):
            out.append(_mark(event, x, y + sign * (5 + i * _CELL * 0.5 if len(mine) > 6 else 5 + i * _CELL), hue, link))
        rest = len(mine) - (_DEEP if sign < 0 else _DEEP // 2)
        if rest > 0:
            out.append(
                tag("text", f"+{rest}", class_="soft tiny", x=x, y=y + sign * (_LANE / 2 - 4), text_anchor="middle")
            )
    return out


def _mark(event: Event, x: float, y: float, hue: str, link: Callable[[str], str]) -> Markup:
    css = "mark" if event.quad in _MATERIAL else "mark hollow"
    if not event.status.happened:
        css = "mark denied" if event.status is Status.DENIED else "mark hatched"
    said = f"{when(event.when)}: {line(event)} ({event.status.value}, {event.quad.value})"
    shape = mark(
        x, y, 3.8, cooperative=cooperative(event.quad), class_=f"{css} {hue}", opacity=0.4 + 0.6 * event.certainty
    )
    return tag("a", Markup("").join([tag("title", said), shape]), href=link(event.id), data_pane="")


def counts(events: Sequence[Event], one: str, other: str) -> list[tuple[str, list[int]]]:
    """Acts by quad class, happened only: a row for each class, a column for each lane."""
    total: Counter[tuple[QuadClass, int]] = Counter()
    for event in events:
        lane = lane_of(event, one, other)
        if lane is not None and event.status.happened:
            total[event.quad, lane] += 1
    return [(kind(q.value), [total[q, lane] for lane in range(3)]) for q in QuadClass]
