"""The whole brief: its sections in the order of reading, each sentence checked, and its charts."""

from collections.abc import Sequence
from pathlib import Path

from marchland.brief import ahead, answered, charts, disputed, english, happened, leading, shifted, standing, unread
from marchland.brief.ahead import Odds
from marchland.brief.desk import Desk, only
from marchland.brief.material import Asked, Material, gather
from marchland.brief.model import Brief, Section
from marchland.brief.own_odds import own_odds
from marchland.influence.sources import published
from marchland.store import Store


def compose(store: Store, asked: Asked, *, home: Path | None = None, odds: Sequence[Odds] | None = None) -> Brief:
    """Write the brief on one host.

    Args:
        home: Where the store lies, for event data imported beside it.
        odds: Forecasts of marchland's own, told beside the plans; None = they are worked out.

    Raises:
        DocumentError: nothing in the store has a date, and no days are given.
    """
    m = gather(store, asked, home=home)
    return written(m, odds=own_odds(store, m, home=home) if odds is None else odds)


def written(m: Material, *, odds: Sequence[Odds] = ()) -> Brief:
    """The same from gathered material. What its evidence does not support is dropped, and listed."""
    desk = Desk(m=m)
    sections = [
        happened.section(desk),
        standing.section(desk),
        leading.section(desk),
        shifted.section(desk),
        answered.section(desk),
        ahead.foretold(desk),
        ahead.upcoming(desk, odds),
        disputed.section(desk),
    ]
    sections.append(unread.section(desk))
    return Brief(
        host=m.host,
        name=english.country(m.host),
        since=m.since,
        until=m.until,
        documents=sum(1 for d in m.documents.values() if (day := published(d)) and m.since <= day <= m.until),
        sections=(_short(desk, sections), *sections),
        charts=charts.drawn(m),
        dropped=tuple(desk.dropped),
    )


def _short(desk: Desk, sections: Sequence[Section]) -> Section:
    """The answer in a few sentences: who leads, and the first word of the sections that tell of change, answers and plans."""
    by_key = {s.key: s for s in sections}
    told = [leading.short(desk)]
    for key, paragraph in (("shifted", 0), ("answered", -1), ("next", 0)):
        found = by_key[key].paragraphs
        plain = [s for s in found[paragraph] if "“" not in s.text] if found else []
        told += plain[:1]
    return Section(key="short", title="In short", paragraphs=(only(told),) if only(told) else ())
