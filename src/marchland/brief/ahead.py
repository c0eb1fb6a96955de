"""What was foretold, and what comes next: forecasts by their authors, plans that no act has met, and odds where there are any."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Protocol

from marchland.brief import english, spoken
from marchland.brief.acts import clause, phrases
from marchland.brief.desk import Desk, capital_first, only
from marchland.brief.happened import power_of
from marchland.brief.material import Material
from marchland.brief.model import Row, Section, Sentence
from marchland.brief.notes import quotes
from marchland.brief.standing import filled
from marchland.lexicon.brief_words import ties
from marchland.model.ontology import Status
from marchland.model.records import Event, Forecast, Tie

_FORECASTS: Final = 6
_PLANS: Final = 8
_RECENT: Final = timedelta(days=730)  # a plan told longer ago is history
_SURE: Final = 0.5


class Odds(Protocol):
    """One forecast of marchland's own, as a brief tells it."""

    @property
    def text(self) -> str:
        """What is forecast, as a clause: "China and Tajikistan hold an exercise by June 2020"."""

    @property
    def probability(self) -> float:
        """0..1."""

    @property
    def base(self) -> float:
        """How often such a thing comes anyway, 0..1."""

    @property
    def evidence(self) -> str:
        """What was worked out, with interval, base rate and reasons."""

    @property
    def command(self) -> str:
        """The command that shows its reasons."""


def foretold(desk: Desk) -> Section:
    """Forecasts in the texts, under their holders' names, the ones that name most of those concerned."""
    m = desk.m
    names = [
        n
        for p in (m.host, *m.powers)
        for n in (english.country(p).removeprefix("the "), english.adjective(p), english.capital(p))
        if n
    ]
    found = []
    for s in m.statements:
        days = [d for x in s.mentions if (d := m.told(x.doc_id))]
        parties = {p.country for p in s.parties} | {p.org for p in s.parties}
        if not isinstance(s, Forecast) or s.probability is None or not days or not m.since <= min(days) <= m.until:
            continue
        named = sum(n in s.mentions[0].quote for n in names)
        if named and m.host in parties:
            found.append((-min(named, 2), -min(days).toordinal(), s.id, s))
    unlike = {s.mentions[0].quote: (-day, i, s) for _, day, i, s in sorted(found, key=lambda f: f[:3], reverse=True)}
    best = list(unlike.values())[::-1][:_FORECASTS]
    told = only([spoken.tell(desk, s) for _, _, s in sorted(best, key=lambda f: f[:2])])
    return Section(
        key="foretold",
        title="What was foretold",
        paragraphs=(told,) if told else (),
        empty="No forecast about this country was found in the texts of this time.",
    )


def upcoming(desk: Desk, odds: Sequence[Odds] = ()) -> Section:
    """Plans that were told lately and that no act has met; then odds."""
    plans = only([_plan(desk, p) for p in _plans(desk.m)])
    own = only([_odds(desk, o) for o in odds])
    return Section(
        key="next",
        title="What comes next",
        paragraphs=tuple(p for p in (plans, own) if p),
        empty="No plan that is still open was told in the last two years of this time.",
    )


def _plans(m: Material) -> list[Event | Tie]:
    """Open plans, the latest told first."""
    out: list[tuple[date, str, Event | Tie]] = []
    own: tuple[Event | Tie, ...] = (*m.events, *(t for t in m.ties if t.host and t.host.country == m.host))
    for r in own:
        told = [d for x in r.mentions if (d := m.told(x.doc_id))]
        if r.status is not Status.PLANNED or not told or r.confidence < _SURE:
            continue
        carried = isinstance(r, Event) and m.stories.get(r.id, r.id) != r.id
        outside = power_of(r, m) if isinstance(r, Event) else r.power and r.power.key != m.host
        if outside and not carried and max(m.since, m.until - _RECENT) <= max(told) <= m.until:
            out.append((max(told), r.id, r))
    return [r for _, _, r in sorted(out, key=lambda x: (-x[0].toordinal(), x[1]))][:_PLANS]


def _plan(desk: Desk, record: Event | Tie) -> Sentence | None:
    """Who plans what, as told by whom and when."""
    m = desk.m
    told = quotes(record, m, most=1)
    if not told or not told[0].outlet or not told[0].published:
        return None
    by = f", {english.outlet(told[0].outlet)} reported on {english.day(told[0].published)}"
    texts = []
    if isinstance(record, Tie):
        if record.power and record.power.key and record.power.key != m.host:
            who = english.country(record.power.key)
            texts = [f"{who} plans to {filled(ties()[record.kind].plan, record.power.key, m.host)}{by}"]
    else:
        for phrase in (
            p for p in phrases(record, m) if p.words.words
        ):  # a plan "to cooperate" says less than its own words
            when = (
                english.when(record.when)
                if record.when and record.when.text and record.when.end and record.when.end > m.until
                else None
            )
            texts += [
                f"{clause(record, phrase, m, on=when or '')}{by}",
                f"{clause(record, phrase, m, figures=False, place=False)}{by}",
            ]
    q = told[0]
    spelt = (
        f"{english.outlet(q.outlet or '')} told of a plan on {english.day(told[0].published)}: {spoken.quoted(q.text)}"
    )
    return desk.settle([capital_first(t) for t in (*dict.fromkeys(texts), spelt)], [record])


def _odds(desk: Desk, odds: Odds) -> Sentence | None:
    row = Row(text=odds.evidence, command=odds.command)
    told = f"the odds worked out here that {odds.text} are {english.odds(odds.probability)}"
    return desk.stated(f"{told}; the base rate is {english.odds(odds.base)}", [row])
