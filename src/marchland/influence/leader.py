"""Who leads, by how much, and is it contested? And one number over all domains, with how far it hangs on their weights."""

from collections.abc import Sequence
from dataclasses import dataclass

from marchland.influence.rows import OTHERS, InfluenceRow
from marchland.model.ontology import Domain

_HEAVY = 3.0  # how many times the others one domain weighs, in turn, when the range of a total is worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The first power of a domain and period; "other outsiders" are many and lead nothing."""

    domain: Domain
    period: str
    power: str | None  # None = not enough evidence, or no named power with any
    margin: float | None  # share over the second's
    second: str | None
    contested: bool  # the second's interval reaches into the leader's


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A power's share over all domains that have enough evidence, each counting the same."""

    power: str
    period: str
    share: float | None
    low: float | None  # the lowest and highest it gets when one domain in turn weighs three times the others
    high: float | None
    domains: tuple[Domain, ...]  # those that entered


def leaders(rows: Sequence[InfluenceRow]) -> list[Lead]:
    """The leader of each domain and period, in the order of `rows`."""
    groups: dict[tuple[str, Domain], list[InfluenceRow]] = {}
    for row in rows:
        groups.setdefault((row.period, row.domain), []).append(row)
    out = []
    for (period, domain), group in groups.items():
        named = [r for r in group if r.power != OTHERS and r.share is not None and r.stock + r.flow > 0]
        best = sorted(named, key=lambda r: (-(r.share or 0.0), r.power))
        first = best[0] if best else None
        second = best[1] if len(best) > 1 else None
        if first is None or first.share is None:
            out.append(Lead(domain=domain, period=period, power=None, margin=None, second=None, contested=False))
            continue
        out.append(
            Lead(
                domain=domain,
                period=period,
                power=first.power,
                margin=first.share - (second.share or 0.0) if second else None,
                second=second.power if second else None,
                contested=bool(second and (second.share_high or 0.0) >= (first.share_low or 0.0)),
            )
        )
    return out


def totals(rows: Sequence[InfluenceRow]) -> list[Total]:
    """Each power's share over all domains, with the range over weightings of the domains."""
    groups: dict[tuple[str, str], list[InfluenceRow]] = {}
    for row in rows:
        groups.setdefault((row.period, row.power), []).append(row)
    out = []
    for (period, power), group in groups.items():
        shares = [(r.domain, r.share) for r in group if r.share is not None]
        values = [s for _, s in shares]
        heavy = [(sum(values) + (_HEAVY - 1) * v) / (len(values) + _HEAVY - 1) for v in values]
        out.append(
            Total(
                power=power,
                period=period,
                share=sum(values) / len(values) if values else None,
                low=min(heavy, default=None),
                high=max(heavy, default=None),
                domains=tuple(d for d, _ in shares),
            )
        )
    return out
