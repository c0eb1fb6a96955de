"""Measured answers as JSON: what changed, what comes next, how forecasts did, and the brief."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Query

from marchland.answers import Json, changed_json, next_json, odds_json, record_json
from marchland.brief.material import Asked
from marchland.brief.wire import brief_json
from marchland.model.ontology import EventType
from marchland.web import worked
from marchland.web.question import AskedWronglyError, code_of, day_of
from marchland.web.site import Site
from marchland.web.views.api import REFUSED, Limit, Offset, Rows
from marchland.web.worked import Ahead, Changing

_Host = Annotated[str, Path(max_length=80, description="A country, by code or name.")]
_Powers = Annotated[list[str] | None, Query(max_length=20, description="Only these outside powers.")]
_Day = Annotated[str, Query(max_length=20, description="A day, month or year: 2019-07-23, 2019-07, 2019.")]
_Party = Annotated[str, Query(max_length=80, description="A country or organisation, by code or name.")]
_Kind = Annotated[str, Query(max_length=40, description="quad, type, a quad class, an event type or a kind of tie.")]
_Days = Annotated[int, Query(ge=1, le=366)]


def routes(site: Site) -> APIRouter:
    """The addresses of measured answers."""
    router = APIRouter(prefix="/api/v1", responses=REFUSED)

    @router.get("/shifts/{host}", tags=["influence"])
    def shifts(  # noqa: PLR0917 - FastAPI hands them over by name
        host: _Host,
        power: _Powers = None,
        rival: Annotated[str, Query(max_length=80, description="With moves: inside whose sphere.")] = "",
        since: _Day = "",
        until: _Day = "",
        registry: bool = True,  # noqa: FBT001, FBT002 - a value of the address
        as_known_on: _Day = "",
        moves: bool = False,  # noqa: FBT001, FBT002 - a value of the address
        all: bool = False,  # noqa: A002, FBT001, FBT002 - the option's word
    ) -> Rows:
        """What changed in a host? As `marchland shifts`; `moves` adds moves inside a rival's sphere, `all` what is no alarm."""
        code = code_of(host)
        asked = Changing(
            host=code, power=_powers(power, code), rival=code_of(rival, what="rival") if rival.strip() else None,
            since=day_of(since, end=False, what="since"), until=day_of(until, end=True, what="until"), registry=registry,
            as_known_on=day_of(as_known_on, end=True, what="as_known_on"),
        )  # fmt: skip
        check_order(asked)
        found = worked.changes(site, asked)
        assert found is not None, "it was waited for"
        return _all(changed_json(found, with_moves=moves, everything=all))

    @router.get("/forecast/{host}", tags=["forecasts"])
    def forecast(
        host: _Host,
        power: _Powers = None,
        horizon: Annotated[list[_Days] | None, Query(max_length=8, description="Days ahead; 7 and 30.")] = None,
        type: _Kind = "quad",  # noqa: A002 - the contract's word
        on: _Day = "",
    ) -> Rows:
        """How likely are acts of outside powers towards a host, and why? As `marchland forecast`; nothing is kept."""
        code = code_of(host)
        asked = Ahead(
            host=code, power=_powers(power, code), horizon=tuple(dict.fromkeys(horizon or (7, 30))),
            kind=type.strip() or "quad", on=day_of(on, end=True, what="on"),
        )  # fmt: skip
        return _all(odds_json(row) for row in worked.odds(site, asked) or ())

    @router.get("/ledger", tags=["forecasts"])
    def ledger(offset: Offset = 0, limit: Limit = 100) -> Rows:
        """What became of earlier forecasts, and how good were they? As `marchland forecast --record`."""
        found = worked.ledger(site)
        assert found is not None, "it was waited for"
        rows = list(record_json(found))
        return Rows(count=len(rows), offset=offset, limit=limit, rows=rows[offset : offset + limit])

    @router.get("/next", tags=["forecasts"])
    def next_party(
        type: EventType,  # noqa: A002 - the contract's word
        actor: _Party = "",
        recipient: _Party = "",
        on: _Day = "",
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> Rows:
        """Who is the other party of the next such act? Give actor or recipient. As `marchland forecast --next`."""
        told = [code_of(p, what=w) if p.strip() else None for p, w in ((actor, "actor"), (recipient, "recipient"))]
        found = worked.who_next(
            site, actor=told[0], recipient=told[1], event_type=type, on=day_of(on, end=True, what="on"), limit=limit
        )
        return _all(next_json(found))

    @router.get("/brief/{host}", tags=["influence"])
    def brief(
        host: _Host,
        power: _Powers = None,
        since: _Day = "",
        until: _Day = "",
        registry: bool = True,  # noqa: FBT001, FBT002 - a value of the address
        as_of: _Day = "",
        as_known_on: _Day = "",
    ) -> Json:
        """Who holds sway in a host, in sentences with their evidence? As `marchland brief --json`."""
        code = code_of(host)
        asked = Asked(
            host=code, power=_powers(power, code), since=day_of(since, end=False, what="since"),
            until=day_of(until, end=True, what="until"), registry=registry, as_of=day_of(as_of, end=True, what="as_of"),
            as_known_on=day_of(as_known_on, end=True, what="as_known_on"),
        )  # fmt: skip
        check_order(asked)
        made = worked.brief(site, asked)
        assert made is not None, "it was waited for"
        return brief_json(made)

    return router


def _powers(told: Iterable[str] | None, host: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(code_of(p, what="power") for p in told or () if p.strip()))
    if host in found:
        raise AskedWronglyError(f"power {host}: it is the host; choose an outside power")
    return found


def check_order(asked: Changing | Asked) -> None:
    """Refuse days that run backwards.

    Raises:
        AskedWronglyError: they do.
    """
    if asked.since and asked.until and asked.since > asked.until:
        raise AskedWronglyError(
            f"since {asked.since} lies after until {asked.until}; the first day must not follow the last"
        )


def _all(found: Iterable[Json]) -> Rows:
    """The whole answer, which is never long."""
    rows = list(found)
    return Rows(count=len(rows), offset=0, limit=len(rows), rows=rows)
