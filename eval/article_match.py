"""When does a read record meet a label of an analysis article, and what of a met one is right?

The rules are those of `eval/articles/README.md`. Each label is met once and each read record used once, in the pairing that meets
most labels, then most optional ones; of equal pairings the one whose records agree most in type, parties and status is taken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from marchland.model.dates import DateRange
from marchland.model.ontology import Status
from marchland.model.records import (
    AnyRecord,
    Citation,
    Event,
    Holder,
    Link,
    Participant,
    Record,
    Silence,
    Statement,
    Tie,
)

Label = dict[str, Any]
Read = AnyRecord | Citation
Judge = Callable[[Label, Any], bool]

STATEMENTS = ("claim", "judgement", "forecast")
_TWO_SIDED = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
_OF_TROOPS = frozenset({"MOBILIZE", "RETREAT"})
_FIRM, _OPTIONAL = 1e8, 1e4  # worth of a pair; agreement adds a few points and never outweighs either
_WORD = 4  # letters from which a shared word of two names says that they name the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What met what in one article; `neutral` are the pairs with optional labels, which count nowhere."""

    pairs: tuple[tuple[Label, Any], ...] = ()
    neutral: tuple[tuple[Label, Any], ...] = ()
    missed: tuple[Label, ...] = ()
    invented: tuple[Any, ...] = ()


# ---- does it meet? ----


def spans(label: Label, text: str) -> list[tuple[int, int]]:
    """Where the sentences (of a citation: the quote) of a label stand."""
    words = [label["quote"]] if "quote" in label else [label["sentence"], *label["also"]]
    starts = [text.find(w) for w in words]
    if -1 in starts:
        raise ValueError(f"{words[starts.index(-1)][:60]!r} is not in the text; run eval/articles/check.py")
    return [(start, start + len(w)) for start, w in zip(starts, words, strict=True)]


def told_there(label: Label, read: Read, text: str) -> bool:
    """Does a mention of the record overlap a sentence of the label?"""
    found = read.mentions if isinstance(read, Record) else (read,)
    return any(m.start < end and start < m.end for start, end in spans(label, text) for m in found)


def accepts(label: Label, event: Event) -> bool:
    """Is the type the labelled one, an accepted one, or the base of a plan that was read as planned?"""
    kind = event.event_type.value
    return kind in (label["event_type"], *label["alt_types"]) or (
        kind == label["base"] and event.status is Status.PLANNED
    )


def is_unknown(party: Label) -> bool:
    """Does the label name neither country nor organisation?"""
    return party["country"] is None and party["org"] is None


def same_party(label: Label, read: Participant) -> bool:
    """Are country or organisation the same?"""
    return (label["country"] is not None and label["country"] == read.country) or (
        label["org"] is not None and label["org"] == read.org
    )


def shares_party(labels: Sequence[Label], reads: Sequence[Participant]) -> bool:
    """Is a party in common? An unknown labelled party is met by any or none."""
    return any(is_unknown(p) or any(same_party(p, r) for r in reads) for p in labels)


def meets_event(label: Label, event: Event) -> bool:
    """Are type and a party right?"""
    return accepts(label, event) and shares_party(label["actors"] + label["recipients"], event.parties)


def tie_sides(tie: Tie) -> list[Participant]:
    """Power, host and members."""
    return [p for p in (tie.power, tie.host, *tie.members) if p is not None]


def label_sides(label: Label) -> list[Label]:
    """Power, host and members of a label."""
    return [p for p in (label["power"], label["host"], *label["members"]) if p is not None]


def meets_tie(label: Label, tie: Tie) -> bool:
    """Are kind and a side right?"""
    kinds = (label["tie_kind"], *label["alt_kinds"])
    return tie.kind.value in kinds and shares_party(label_sides(label), tie_sides(tie))


def meets(label: Label, read: Read) -> bool:
    """Do the fields of the kind agree, place in the text aside?"""
    if isinstance(read, Event):
        return meets_event(label, read)
    if isinstance(read, Tie):
        return meets_tie(label, read)
    if isinstance(read, Link):
        return bool(label["relation"] == read.relation.value)
    if isinstance(read, Citation):
        return bool((label["kind"] == "credit") == (read.kind == "credit"))
    return True


def agreement(label: Label, read: Read) -> float:
    """How much more than needed is alike? Only to choose between pairings that meet equally many labels."""
    if isinstance(read, Event):
        sides = ((label["actors"], read.actors), (label["recipients"], read.recipients))
        shared = sum(any(same_party(p, r) for r in reads) for labels, reads in sides for p in labels)
        return float(shared + (read.event_type.value == label["event_type"]) + (read.status.value == label["status"]))
    if isinstance(read, Tie):
        shared = sum(any(same_party(p, r) for r in tie_sides(read)) for p in label_sides(label))
        return float(shared + (read.kind.value == label["tie_kind"]) + (read.status.value == label["status"]))
    if isinstance(read, Statement):
        alike = type(read).__name__.lower() == label["kind"]
        return float(2 * holder_right(label["holder"], read.holder) + alike + (read.polarity == label["polarity"]))
    if isinstance(read, Silence):
        return float(any(same_party(p, read.party) for p in label["party"]))
    return 0.0


def paired(labels: Sequence[Label], reads: Sequence[Any], text: str, fits: Judge = meets) -> Pairing:
    """Pair labels and read records of one kind."""
    worth = np.zeros((len(labels), len(reads)))
    for i, label in enumerate(labels):
        for j, read in enumerate(reads):
            if told_there(label, read, text) and fits(label, read):
                worth[i, j] = (_OPTIONAL if label["optional"] else _FIRM) + agreement(label, read)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    met = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0]
    used = {j for _, j in met}
    found = {i for i, _ in met}
    return Pairing(
        pairs=tuple((labels[i], reads[j]) for i, j in met if not labels[i]["optional"]),
        neutral=tuple((labels[i], reads[j]) for i, j in met if labels[i]["optional"]),
        missed=tuple(x for i, x in enumerate(labels) if i not in found and not x["optional"]),
        invented=tuple(r for j, r in enumerate(reads) if j not in used),
    )


# ---- what of a met one is right? ----


def status_alike(label: Label, read: Record) -> bool:
    """Is the status the same, asserted and reported (both happened) taken as one?"""
    return (Status(label["status"]).happened and read.status.happened) or label["status"] == read.status.value


def inside(told: Label, read: DateRange | None) -> bool:
    """Does the read date lie inside the labelled interval? A date that was not read does not."""
    if read is None or (read.start is None and read.end is None):
        return False
    start, end = told["start"], told["end"]
    return (start is None or (read.start is not None and read.start.isoformat() >= start)) and (
        end is None or (read.end is not None and read.end.isoformat() <= end)
    )


def holder_right(told: Label, read: Holder) -> bool:
    """The same kind of holder and, where one is named, the same country or (country untold) a shared word of the name."""
    if told["kind"] != read.kind.value:
        return False
    if told["country"] and read.country:
        return bool(told["country"] == read.country)
    mine, theirs = _words(told["name"]), _words(read.name)
    return not mine or bool(mine & theirs)


def _words(name: str | None) -> set[str]:
    return {w for w in (name or "").lower().replace("’s", "").split() if len(w) >= _WORD}


def _same_parties(labels: Sequence[Label], reads: Sequence[Participant]) -> bool:
    """Is every known party of the one also in the other? An unknown labelled party stands for any number."""
    known = [r for r in reads if r.key is not None]
    left = [r for r in known if not any(same_party(p, r) for p in labels)]
    lost = [p for p in labels if not is_unknown(p) and not any(same_party(p, r) for r in known)]
    return not lost and (not left or any(is_unknown(p) for p in labels))


def roles_right(label: Label, event: Event) -> bool:
    """Are actors and recipients the labelled ones, joint acts taken without sides?"""
    types = {label["event_type"], event.event_type.value}
    actors, recipients, received = label["actors"], label["recipients"], event.recipients
    if types & _TWO_SIDED:
        return _same_parties(actors + recipients, event.parties)
    if types & _OF_TROOPS:  # the country that troops enter or leave may stand as recipient or be left out
        ground = {label["where"]} if label["where"] else {p["country"] for p in recipients}
        recipients = [p for p in recipients if p["country"] not in ground]
        received = tuple(p for p in received if p.country not in ground)
    return _same_parties(actors, event.actors) and _same_parties(recipients, received)


def date_right(label: Label, event: Event) -> bool:
    """Is the day inside the labelled interval, where one is labelled?"""
    return label["when"] is None or inside(label["when"], event.when)


def country_right(label: Label, event: Event) -> bool:
    """Is the act placed in the labelled country, where one is labelled?"""
    return label["where"] is None or (event.where is not None and event.where.country == label["where"])


def wholly_right(label: Label, event: Event) -> bool:
    """Type (by the pairing), roles, status, date and country together."""
    return (
        roles_right(label, event)
        and label["status"] == event.status.value
        and date_right(label, event)
        and country_right(label, event)
    )
