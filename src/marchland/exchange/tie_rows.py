"""A tie drafted from rows: kept as JSON, and made a tie with its rows as mentions when it is asked for."""

import json
from datetime import date
from typing import Final

from marchland.exchange.dyads import Draft
from marchland.model.dates import DateRange, day
from marchland.model.document import content_id
from marchland.model.ontology import Sector, Status, TieKind
from marchland.model.records import Mention, Participant, Tie

CONFIDENCE: Final = 0.95  # marchland judgement: a table that scholars made by hand


def draft_json(value: Draft) -> str:
    """All but the rows."""
    return json.dumps(
        [
            value.kind.value,
            value.power,
            value.host,
            value.mutual,
            _iso(value.since),
            _iso(value.until, end=True),
            _iso(value.confirmed, end=True),
            value.magnitude,
        ]
    )


def tie_from(told: str, mentions: tuple[Mention, ...]) -> Tie:
    """The tie, with its rows; its id is that of what it says."""
    kind, power, host, mutual, since, until, confirmed, magnitude = json.loads(told)
    sides = [Participant(country=c, sector=Sector.GOV, resolved="table") for c in (power, host)]
    return Tie(
        id=content_id("import", mentions[0].doc_id, told),
        doc_id=mentions[0].doc_id,
        status=Status.REPORTED,
        mentions=mentions,
        certainty=1.0,
        confidence=CONFIDENCE,
        kind=TieKind(kind),
        power=None if mutual else sides[0],
        host=None if mutual else sides[1],
        members=tuple(sides) if mutual else (),
        since=_day(since),
        until=_day(until),
        last_confirmed=_day(confirmed),
        magnitude=magnitude,
    )


def _iso(value: DateRange | None, *, end: bool = False) -> str | None:
    told = (value.end if end else value.start) if value else None
    return told.isoformat() if told else None


def _day(value: str | None) -> DateRange | None:
    return day(date.fromisoformat(value), anchor="table") if value else None
