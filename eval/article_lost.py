"""Which labels of the analysis articles were missed, what was read in their place, and what was invented?"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eval.article_match import (
    STATEMENTS,
    Judge,
    Label,
    Pairing,
    country_right,
    date_right,
    roles_right,
    told_there,
)
from marchland.model.records import KIND_OF, Citation, Event, Link, Participant, Silence, Statement, Tie


def lost(name: str, text: str, reads: Sequence[Any], pairing: Pairing) -> Iterator[str]:
    """What was missed, with what was read in the same sentences instead; what was invented; events that are partly right."""
    for x in pairing.missed:
        instead = "; ".join(_brief(r) for r in reads if told_there(x, r, text)) or "nothing"
        yield f"MISSED   {name} {_asked(x)} | read there: {instead} | {x.get('quote') or x['sentence']}"
    for r in pairing.invented:
        yield f"INVENTED {name} {_brief(r)} | {r.quote if isinstance(r, Citation) else r.mentions[0].quote}"
    for x, r in pairing.pairs:
        wrong = [aspect for aspect, right in _ASPECTS.items() if not right(x, r)] if isinstance(r, Event) else []
        if wrong:
            yield f"PARTLY   {name} {_asked(x)} | wrong {', '.join(wrong)}: {_brief(r)} | {x['sentence']}"


_ASPECTS: dict[str, Judge] = {
    "roles": roles_right,
    "status": lambda x, e: bool(x["status"] == e.status),
    "date": date_right,
    "country": country_right,
}


def _parties(parties: Iterable[Participant | None]) -> str:
    return "+".join((p.country or p.org or "?") if p else "-" for p in parties)


def _told_parties(parties: Iterable[Label | None]) -> str:
    return "+".join((p["country"] or p["org"] or "?") if p else "-" for p in parties)


def _asked(label: Label) -> str:
    kind, own = label["kind"], label.get("id", "")
    if kind == "event":
        types = "/".join((label["event_type"], *label["alt_types"]))
        when = "..".join(str(label["when"][k]) for k in ("start", "end")) if label["when"] else "undated"
        sides = f"{_told_parties(label['actors'])}>{_told_parties(label['recipients'])}"
        return f"event {own} {types} {sides} {label['status']} {when} {label['where'] or 'nowhere'}"
    if kind == "tie":
        sides = _told_parties((label["power"], label["host"], *label["members"]))
        return f"tie {own} {'/'.join((label['tie_kind'], *label['alt_kinds']))} {sides} {label['status']}"
    if kind in STATEMENTS:
        return f"{kind} {own} {label['holder']['kind']} {label['holder']['name']}"
    told = [str(label[k]) for k in ("relation", "from", "to", "stimulus", "publication") if k in label]
    return " ".join((kind, own, *told))


def _brief(r: Any) -> str:
    if isinstance(r, Citation):
        return f"citation {r.kind} {r.publication} {r.quote}"
    rule = f"{r.status} [{r.mentions[0].rule}]"
    if isinstance(r, Event):
        when = f"{r.when.start}..{r.when.end}" if r.when else "undated"
        where = (r.where.country or r.where.name) if r.where else "nowhere"
        return f"{r.event_type} {_parties(r.actors)}>{_parties(r.recipients)} {when} {where} {rule}"
    if isinstance(r, Tie):
        return f"{r.kind} {_parties((r.power, r.host, *r.members))} {rule}"
    if isinstance(r, Statement):
        return f"{KIND_OF[type(r)]} {r.holder.kind} {r.holder.name} {rule}"
    if isinstance(r, Silence):
        return f"silence {_parties([r.party])} {rule}"
    return f"{r.relation} {rule}" if isinstance(r, Link) else str(r)
