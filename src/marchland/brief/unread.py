"""What was not looked at: whose outlets, which years, which records and which sentences are missing here."""

from collections import Counter
from typing import Final

from marchland.brief import english
from marchland.brief.desk import Desk, only
from marchland.brief.model import Row, Section, Sentence
from marchland.influence.sources import published
from marchland.lexicon.outlets import outlets
from marchland.model.document import Document

_YEARS: Final = 12  # years without documents that are named


def section(desk: Desk) -> Section:
    """Read after everything else, since it counts what the other sections had to drop."""
    m = desk.m
    read = [d for d in m.documents.values() if (day := published(d)) and m.since <= day <= m.until]
    told = only(
        [
            _documents(desk, read),
            _homes(desk, read),
            _years(desk, read),
            _undated(desk),
            _registry(desk),
            _dropped(desk),
        ]
    )
    return Section(key="unread", title="Not looked at", paragraphs=tuple((s,) for s in told), box=True)


def _documents(desk: Desk, read: list[Document]) -> Sentence | None:
    m = desk.m
    names = {d.publisher for d in read if d.publisher}
    row = Row(
        text=f"Documents of the store published from {m.since} to {m.until}: {len(read)}; outlets: {len(names)}. All are read as English.",
        command=f"marchland documents --since {m.since} --until {m.until}",
    )
    one = len(read) == 1
    what = f"{english.count(len(read))} document{'' if one else 's'}"
    whose = f"{english.count(len(names))} outlet{'' if len(names) == 1 else 's'}"
    text = f"This rests on {what} of {whose}, in English alone; what they do not tell is not here"
    return desk.stated(text, [row])


def _homes(desk: Desk, read: list[Document]) -> Sentence | None:
    """Powers of which no outlet was read."""
    m = desk.m
    table = outlets()
    homes = Counter(home for d in read if (home := table.home(d)))
    missing = [p for p in (m.host, *m.powers) if not homes[p]]
    if not missing:
        return None
    absent = [english.country(p) for p in missing]
    told = ", ".join(f"{english.country(h)} {n}" for h, n in sorted(homes.items(), key=lambda x: (-x[1], x[0])))
    row = Row(
        text=f"Documents by home of their outlet: {told or 'none known'}. None of outlets at home in: {', '.join(absent)}.",
        command=f"marchland documents --since {m.since} --until {m.until}",
    )
    return desk.stated(
        f"No outlet of {_either(absent)} was read, so that silence from there means nothing",
        [row],
    )


def _either(words: list[str]) -> str:
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} or {words[-1]}"


def _years(desk: Desk, read: list[Document]) -> Sentence | None:
    m = desk.m
    years = {d.year for doc in read if (d := published(doc))}
    gaps = [y for y in range(m.since.year, m.until.year + 1) if y not in years]
    if not gaps:
        return None
    spells = _spells(gaps)
    row = Row(
        text=f"Years between {m.since.year} and {m.until.year} without any document: {', '.join(spells)}.",
        command=f"marchland documents --since {m.since} --until {m.until}",
    )
    more = f" and {english.count(len(spells) - _YEARS)} further spells" if len(spells) > _YEARS else ""
    if more:
        row = Row(text=f"{row.text} Spells: {len(spells)}; not named: {len(spells) - _YEARS}.", command=row.command)
    return desk.stated(f"Nothing was read of {english.series(spells[:_YEARS])}{more}", [row])


def _spells(years: list[int]) -> list[str]:
    out: list[list[int]] = []
    for y in years:
        if out and out[-1][-1] == y - 1:
            out[-1].append(y)
        else:
            out.append([y])
    return [str(s[0]) if len(s) == 1 else f"{s[0]} to {s[-1]}" for s in out]


def _undated(desk: Desk) -> Sentence | None:
    m = desk.m
    left = [e for e in m.events if e.status.happened and m.day(e) is None]
    if not left:
        return None
    row = Row(
        text=f"Acts with {english.country(m.host)} without any date: {len(left)}.",
        command=f"marchland events --country {m.host}",
    )
    return desk.stated(
        f"{english.count(len(left))} act{'s' if len(left) > 1 else ''} without a date could not be placed in time",
        [row],
    )


def _registry(desk: Desk) -> Sentence | None:
    m = desk.m
    fact = "The lexicon’s registry of well-known standing ties was"
    if m.asked.registry:
        row = Row(text=f"{fact} counted beside the documents.", command=f"marchland influence {m.host} --no-registry")
        text = "The registry of well-known standing ties was counted beside the documents"
        text += "; it is a selection by hand, and no list of everything"
    else:
        row = Row(text=f"{fact} left out.", command=f"marchland influence {m.host}")
        text = "The registry of well-known standing ties was left out, so that only what the documents tell stands here"
    return desk.stated(text, [row])


def _dropped(desk: Desk) -> Sentence | None:
    n = len(desk.dropped)
    if not n:
        return None
    row = Row(
        text=f"Sentences that their evidence did not support and that were not written: {n}.",
        command=f"marchland brief {desk.m.host}",
    )
    text = "One sentence that its evidence did not support was not written"
    if n > 1:
        text = f"{english.count(n)} sentences that their evidence did not support were not written"
    return desk.stated(text, [row])
