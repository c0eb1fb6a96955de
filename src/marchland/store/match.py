"""Are two tellings one occurrence? A score, and the reasons for it."""

from dataclasses import dataclass
from typing import Final

from marchland.store.shapes import Shape

# Origin of the numbers: chosen by reasoning and checked on the labelled tellings of the demo corpus, where tellings of
# one act by different outlets, days or weeks later, should come together, and acts of one pair in one week should not.
MERGE_AT: Final = 0.55  # score from which two tellings are one
_SAME_TYPE: Final = 0.3
_SAME_PARTIES: Final = 0.2
_FEWER_PARTIES: Final = 0.1  # one names some of the other's parties
_TIME: Final = 0.25  # times the share of days that the two have in common
_TIME_FLOOR: Final = 0.1  # for a vague told time that holds the exact one
_NEWS_TIME: Final = 0.08  # a time that only the publication gives
_SAME_POINT: Final = 0.1
_SAME_COUNTRY: Final = 0.05
_WORDS: Final = 0.3  # times the share of words in common
_FIGURE: Final = 0.05  # an equal figure of one thing
_MODE: Final = 0.05
_CONTEXT: Final = 0.05
_FEW_WORDS: Final = 5  # sentences with fewer words count as if they had five
_SIDELINES: Final = 0.2  # below this share of words, two of many parties acted beside the others, not with them
_TIE_WORDS: Final = 0.25  # share of words by which two works of one kind are the same work


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two tellings that may be one."""

    score: float  # 0..1
    reasons: tuple[str, ...]


def match(left: Shape, right: Shape) -> Match | None:
    """How well do two tellings agree? None where something told forbids that they are one. Symmetric."""
    if left.kind != right.kind or left.type != right.type:
        return None
    found = _match_events(left, right) if left.kind == "event" else _match_ties(left, right)
    return found if found and found.score >= MERGE_AT else None


def _match_events(left: Shape, right: Shape) -> Match | None:
    if left.coming != right.coming or (left.base and right.base and left.base != right.base):
        return None
    if left.when is None or right.when is None or not _overlap(left, right) or not _places_agree(left, right):
        return None
    parties = _parties(left, right)
    if parties is None:
        return None
    parts = [(_SAME_TYPE, f"both are {left.type}"), parties, _time(left, right), _place(left, right)]
    shared = shared_words(left, right)
    if left.parties != right.parties and shared < _SIDELINES:
        return None
    parts.append((_WORDS * shared, f"{shared:.0%} of the words agree"))
    parts += _extras(left, right)
    return _summed(parts)


def _match_ties(left: Shape, right: Shape) -> Match | None:
    if not _places_agree(left, right) or _after(left, right) or _after(right, left):
        return None
    if left.orgs and right.orgs and not set(left.orgs) & set(right.orgs):
        return None
    shared = shared_words(left, right)
    same_start = bool(left.when and right.when and _overlap(left, right))
    alike = same_start or (bool(left.words) and shared >= _TIE_WORDS)
    if left.members and right.members:
        return _match_members(left, right, shared=shared, same_start=same_start)
    if (left.first, left.second) != (right.first, right.second) or left.members or right.members:
        return None
    parts = [(0.7, f"both are {left.type} of the same power and host"), _place(left, right)]
    if left.words or right.words:
        if not alike:
            return None
        parts.append((0.2 * shared, f"{shared:.0%} of the words agree"))
    if same_start:
        parts.append((0.1, "both begin at the same time"))
    return _summed(parts)


def _match_members(left: Shape, right: Shape, *, shared: float, same_start: bool) -> Match | None:
    """Two bonds of many: states share several of them, so members alone do not tell which one is meant."""
    a, b = set(left.members) - set(left.orgs), set(right.members) - set(right.orgs)
    overlap = len(a & b) / len(a | b) if a | b else 0.0
    same_org = bool(left.orgs and right.orgs)
    if overlap < 0.5 and not (same_org and overlap):
        return None
    if left.when and right.when and not same_start and not same_org:
        return None
    if not (same_org or same_start or (a == b and shared >= _TIE_WORDS)):
        return None
    parts = [(0.6, f"both are {left.type}"), (0.2 * overlap, f"{overlap:.0%} of the members agree")]
    if same_org:
        parts.append((0.2, "both name the same organisation"))
    if same_start:
        parts.append((0.1, "both begin at the same time"))
    return _summed(parts)


def _summed(parts: list[tuple[float, str]]) -> Match:
    told = tuple(f"{why} ({value:+.2f})" for value, why in parts if round(value, 2))
    return Match(score=round(min(1.0, max(0.0, sum(v for v, _ in parts))), 4), reasons=told)


def shared_words(left: Shape, right: Shape) -> float:
    """Share of the shorter telling's words that the other has too."""
    a, b = set(left.words), set(right.words)
    return len(a & b) / max(_FEW_WORDS, min(len(a), len(b)))


def _overlap(left: Shape, right: Shape) -> bool:
    assert left.when is not None, "asked only of dated shapes"
    assert right.when is not None, "asked only of dated shapes"
    return left.when[0] <= right.when[1] and right.when[0] <= left.when[1]


def _after(left: Shape, right: Shape) -> bool:
    """Does the one tie begin after the other has ended?"""
    return bool(left.when and right.until and left.when[0] > right.until[1])


def _places_agree(left: Shape, right: Shape) -> bool:
    if left.country and right.country and left.country != right.country:
        return False
    return not (left.point and right.point and left.place != right.place)


def _parties(left: Shape, right: Shape) -> tuple[float, str] | None:
    a, b = left.parties, right.parties
    if _reversed(left, right):
        return None
    if not a and not b:
        near = left.point and left.place == right.place and left.told and right.told
        return (0.1, "both name nobody, at one place") if near else None
    if a == b:
        return _SAME_PARTIES, "the same parties"
    small = a if len(a) < len(b) else b
    if len(small) >= 2 and (a <= b or b <= a):
        return _FEWER_PARTIES, f"one names {len(small)} of the other's parties"
    return None


def _reversed(left: Shape, right: Shape) -> bool:
    """Does the one do to the other what the other does to the one?"""
    a, b = set(left.first), set(right.first)
    if a & b:
        return False
    return bool(a & set(right.second)) or bool(b & set(left.second))


def _time(left: Shape, right: Shape) -> tuple[float, str]:
    assert left.when is not None, "asked only of dated shapes"
    assert right.when is not None, "asked only of dated shapes"
    common = min(left.when[1], right.when[1]) - max(left.when[0], right.when[0]) + 1
    union = max(left.when[1], right.when[1]) - min(left.when[0], right.when[0]) + 1
    if left.told and right.told:
        return max(_TIME_FLOOR, _TIME * common / union), f"their told times share {common} of {union} days"
    return _NEWS_TIME, "they came out within the same days, or one came out when the other says it happened"


def _place(left: Shape, right: Shape) -> tuple[float, str]:
    if left.point and right.point:
        return _SAME_POINT, "the same place"
    if left.country and left.country == right.country:
        return _SAME_COUNTRY, "the same country"
    return 0.0, ""


def _extras(left: Shape, right: Shape) -> list[tuple[float, str]]:
    found = []
    if left.mode and right.mode:
        same = left.mode == right.mode
        found.append((_MODE if same else -2 * _MODE, "the same mode" if same else "different modes"))
    if left.contexts and right.contexts:
        shared = bool(set(left.contexts) & set(right.contexts))
        found.append((_CONTEXT if shared else -_CONTEXT, "a shared field" if shared else "different fields"))
    if left.figures and right.figures and set(left.figures) & set(right.figures):
        found.append((_FIGURE, "an equal figure"))
    return found
