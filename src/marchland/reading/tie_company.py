"""Which states does a document name, how far does each reach, and whom may a tie join?"""

from collections import Counter
from dataclasses import dataclass

from marchland.lexicon.tie_words import reach
from marchland.model.annotated import Annotated
from marchland.model.ontology import TieKind
from marchland.model.records import Participant

ARMED = frozenset(
    {TieKind.BASE, TieKind.OUTPOST, TieKind.PRESENCE, TieKind.TRAINING, TieKind.SECURITY_FINANCE, TieKind.DEBT,
     TieKind.CREDIT, TieKind.CONCESSION,
     TieKind.INFRASTRUCTURE, TieKind.INVESTMENT, TieKind.ARMS_SUPPLY}
)  # fmt: skip
_IN_PLACE = frozenset({"in", "at", "across", "through"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands where; `weak` < 1 where a side was found far from the words."""

    power: Participant | None = None
    host: Participant | None = None
    members: tuple[Participant, ...] = ()
    weak: float = 1.0


def who(p: Participant) -> str | None:
    """What makes two sides the same one: the country, else the organisation."""
    return p.country or p.org


def arm(p: Participant) -> int:
    """How far a side reaches, 1 to 3; an international body reaches as far as a large state."""
    return reach().get(p.country, 1) if p.country else 2 if p.org else 1


class Company:
    """Which states a document names, where; for sides that a sentence leaves out."""

    def __init__(self, doc: Annotated) -> None:
        told = [(n.sentence, n.country) for n in doc.names if n.country] + [
            (p.sentence, p.country) for p in doc.places if p.country
        ]
        self.told = sorted(told)
        self.counts = Counter(c for _, c in told)

    def partners(self, used: set[str | None], sentence: int) -> list[str]:
        """The states a document is about, most named first, those up to this sentence before the rest."""
        seen = Counter(c for s, c in self.told if s <= sentence)
        return [c for c in sorted(self.counts, key=lambda c: (-seen[c], -self.counts[c], c)) if c not in used]

    def power_for(self, sentence: int) -> str | None:
        """The far-reaching state named last or most before this sentence."""
        fits = [c for c in self.partners(set(), sentence) if reach().get(c, 1) > 1]
        return fits[0] if fits else None

    def host_for(self, power: str | None, sentence: int) -> str | None:
        """The state within the power's reach that the document is most about."""
        far = reach().get(power, 1) if power else 3
        fits = {c for c in self.counts if c != power and (reach().get(c, 1) < far or far == 1)}
        if not fits:
            return None
        near = [c for s, c in self.told if sentence - 2 <= s <= sentence and c in fits]
        return max(fits, key=lambda c: ((self.counts[c] + 0.5 * near.count(c)) / reach().get(c, 1), c))


def plausible(kind: TieKind, power: Participant, host: Participant, slot: str, sure: float) -> bool:
    """May this side reach that far? A smaller state only where the text itself places its tie in the larger one."""
    if who(power) == who(host) or (kind is TieKind.CLAIM_OF_SPHERE and arm(power) < 2):
        return False
    if arm(power) == 1 and sure < 1:
        return False
    return kind not in ARMED or arm(power) >= arm(host) or (slot in _IN_PLACE and sure == 1.0)
