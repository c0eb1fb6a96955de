"""Opening a number: the ties and acts behind a row, each with the sentence that tells it."""

from collections.abc import Iterable, Mapping, Sequence

from marchland.influence.rows import OTHERS, Evidence, InfluenceRow
from marchland.lexicon.registry import REGISTRY_ID, country_name
from marchland.lexicon.registry import registry as shipped
from marchland.model.document import Document
from marchland.model.records import Event, Mention, Tie

_TELLING = 0.005  # a level that coverage changes by less is not told again
_QUOTE = 220  # characters of a quote that are shown; the record holds the whole


def why(
    row: InfluenceRow,
    events: Iterable[Event],
    ties: Iterable[Tie],
    documents: Iterable[Document] = (),
    *,
    most: int = 12,
) -> list[str]:
    """What makes this number? A line for the row, then one for each of its largest ties and acts with its quote.

    The last line adds up what was left out, so that the amounts shown still make the whole.
    """
    records: dict[str, Event | Tie] = {t.id: t for t in shipped().ties}
    records |= {t.id: t for t in ties}
    records |= {e.id: e for e in events}
    outlets = {d.doc_id: d.publisher for d in documents}
    found = row.evidence
    lines = [headline(row)]
    for e in found[:most]:
        lines.append(_line(e))
        lines += [f"      {quoted(m, outlets)}" for m in _mentions(e, records)]
    rest = found[most:]
    if rest:
        parts = sum(e.share for e in rest if e.share is not None)
        told = f", {parts:.1%} of the share" if row.enough else ""
        lines.append(f"  {len(rest)} smaller ties and acts add {sum(e.amount for e in rest):.2f}{told}")
    if row.prior is not None:
        lines.append(f"  knowing nothing beforehand adds {row.prior:.1%} of the share")
    return lines


def headline(row: InfluenceRow) -> str:
    """The row as one sentence, with its unit, its day and its interval."""
    who = row.power if row.power == OTHERS else country_name(row.power)
    start = f"{who} in {country_name(row.host)}, {row.domain.value}, {row.day.isoformat()}: "
    if row.share is None or row.share_low is None or row.share_high is None:
        return start + f"not enough evidence ({row.records} ties and acts of all outsiders)"
    out = f"{start}share {row.share:.0%} ({row.share_low:.0%} to {row.share_high:.0%})"
    if row.level is not None and row.level_low is not None and row.level_high is not None:
        out += f", level {row.level:.2f} ({row.level_low:.2f} to {row.level_high:.2f})"
    out += f"; stock {row.stock:.2f}, flow {row.flow:.2f}"
    if row.posture is not None:
        out += f", posture {row.posture:+.2f}"
    out += f"; {row.read} documents read of the year before"
    if row.level_even is not None and row.level is not None and abs(row.level_even - row.level) >= _TELLING:
        out += f", level {row.level_even:.2f} had all been read alike"
    worst = max(row.doubt, key=lambda name: row.doubt[name])
    return f"{out}; doubt mostly from {worst} ({row.doubt[worst]:.0%})"


def _line(e: Evidence) -> str:
    share = f" ({e.share:.1%} of the share)" if e.share is not None else ""
    factors = f"weight {e.weight:g}"
    if e.kind == "stock":
        factors += f" x magnitude {e.size:.2g} x probability {e.sure:.2f}"
    else:
        factors += f" x certainty {e.sure:.2f} x age {e.fade:.2f}"
    if e.split != 1:
        factors += f" x {e.split:.2f} for one of several parties"
    factors += f" x domain {e.domain:.2f}"
    also = f", told by {len(e.also)} more" if e.also else ""
    return f"  +{e.amount:.2f} {e.kind}{share} {e.code}, {e.power}: {factors} [{e.record_id}{also}]"


def _mentions(e: Evidence, records: dict[str, Event | Tie]) -> Sequence[Mention]:
    """The first sentence of the record, and one of each further record."""
    out = []
    for identity in (e.record_id, *e.also[:2]):
        if identity in records:
            told = [m for m in records[identity].mentions if m.status.happened]
            out += told[:1]
    return out


def quoted(mention: Mention, outlets: Mapping[str, str | None]) -> str:
    """A sentence with whose it is."""
    text = " ".join(mention.quote.split())
    if len(text) > _QUOTE:
        text = text[: _QUOTE - 1].rstrip() + "…"
    place = "registry" if mention.doc_id == REGISTRY_ID else outlets.get(mention.doc_id) or mention.doc_id
    return f"“{text}” ({place}, {mention.doc_id} {mention.start}-{mention.end})"
