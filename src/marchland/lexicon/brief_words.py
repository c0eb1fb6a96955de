"""How a brief puts records into English: the words of `lexicon/brief/`, checked and typed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from marchland.errors import LexiconError
from marchland.lexicon.tables import toml
from marchland.model.ontology import EventType, Sector, Status, TieKind

_ENGLISH: Final = "brief/english.toml"
_ACTS: Final = "brief/acts.toml"
_TIES: Final = "brief/ties.toml"
_FRAMES: Final = "brief/frames.toml"
_CHECK: Final = "brief/check.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyWords:
    """What parties of some sectors are called where the evidence holds one of the words."""

    sector: frozenset[Sector]
    words: tuple[str, ...]
    say: str  # {adj} Tajik, {poss} Tajikistan's
    several: str = ""  # of more than one country, with {adj}; empty = `say` where that is plural
    plural: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """Names in running text."""

    article: frozenset[str]  # ISO3 of countries with "the"
    article_nouns: frozenset[str]
    outlet_nouns: frozenset[str]
    beside: tuple[str, ...]  # words that make the nationality before them no party
    called: Mapping[str, str]  # by organisation id: the name where the table's is too long
    adjective: Mapping[str, str]  # by ISO3, where the table's first demonym is another
    parties: tuple[PartyWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """One way to tell an act; {b} are the recipients, {thing} and {an_thing} the word of `also` that the evidence holds."""

    id: str
    type: frozenset[EventType]
    mode: frozenset[str] = frozenset()  # empty = any
    words: tuple[str, ...] = ()  # the evidence must hold one; empty = any
    also: tuple[str, ...] = ()  # and one of these
    needs: tuple[str, ...] = ()  # and one of these
    verb: tuple[str, str, str]  # infinitive, past, participle
    together: str | None = None  # after the verb; None = cannot be told so
    toward: str | None = None
    toward_org: str | None = None  # of a body that is joined
    alone: str | None = None
    people: str | None = None  # with a number of people as {q}
    money: str | None = None  # with a sum as {q}, after the rest
    money_toward: str | None = None  # with a sum, in place of `toward`
    again: tuple[str, str] | None = None  # one further act, several
    guest: bool = False  # actors go to recipients
    coming: bool = False  # serves only what is still to come
    nowhere: bool = False  # a place told with it is not where it happened
    clash: bool = False  # needs a known side that suffers it


@dataclass(frozen=True, slots=True, kw_only=True)
class TieWords:
    """How one kind of tie is told."""

    stands: str
    plan: str
    ended: str
    denied: str
    many: str
    noun: str
    members: str | None = None
    in_body: str | None = None  # where the evidence names the organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """How firmly a sentence tells what it tells."""

    status: Mapping[Status, Mapping[str, str]]
    disputed: str
    said: Mapping[str, Mapping[str, str]]  # by kind of statement, then by kind of holder


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """What the checker goes by."""

    deeds: Mapping[
        str, tuple[tuple[str, ...], tuple[str, ...]]
    ]  # what a sentence may say, what its evidence then needs
    shows: Mapping[Status, tuple[str, ...]]
    coming: tuple[str, ...]
    harms: tuple[str, ...]
    reporting: tuple[str, ...]
    about: tuple[str, ...]
    plain: frozenset[str]
    numbers: Mapping[str, int]


@cache
def english() -> English:
    """The shipped names."""
    told = _file(_ENGLISH, ("article", "article_nouns", "outlet_nouns", "beside", "called", "adjective", "party"))
    parties = []
    for i, row in enumerate(told["party"]):
        where = f"lexicon/{_ENGLISH}, party {i + 1}"
        values = _row(row, PartyWords, where)
        values["sector"] = frozenset(_member(Sector, s, where) for s in row["sector"])
        parties.append(PartyWords(**values))
    return English(
        article=frozenset(told["article"]),
        article_nouns=frozenset(told["article_nouns"]),
        outlet_nouns=frozenset(told["outlet_nouns"]),
        beside=tuple(told["beside"]),
        called=told["called"],
        adjective=told["adjective"],
        parties=tuple(parties),
    )


@cache
def acts() -> tuple[ActWords, ...]:
    """The shipped ways to tell an act, in the order in which they are tried.

    Raises:
        LexiconError: an unknown key or type.
    """
    out = []
    for row in _file(_ACTS, ("act",))["act"]:
        where = f"lexicon/{_ACTS}, act {row.get('id', '?')}"
        values = _row(row, ActWords, where)
        values["type"] = frozenset(_member(EventType, t, where) for t in row["type"])
        values["mode"] = frozenset(row.get("mode", ()))
        if len(row["verb"]) != 3:
            raise LexiconError(f"{where}: verb has {len(row['verb'])} forms; give infinitive, past and participle")
        out.append(ActWords(**values))
    return tuple(out)


@cache
def ties() -> Mapping[TieKind, TieWords]:
    """The shipped ways to tell a tie, one for each kind.

    Raises:
        LexiconError: a kind is missing or unknown.
    """
    told = _file(_TIES, tuple(TieKind))
    return {kind: TieWords(**_row(told[kind], TieWords, f"lexicon/{_TIES}, {kind}")) for kind in TieKind}


@cache
def frames() -> Frames:
    """The shipped frames of status and of statements."""
    told = _file(_FRAMES, (*Status, "tail", "said"))
    return Frames(status={s: told[s] for s in Status}, disputed=told["tail"]["disputed"], said=told["said"])


@cache
def check_words() -> CheckWords:
    """What the shipped checker goes by."""
    told = _file(_CHECK, ("deeds", "shows", "coming", "harms", "reporting", "about", "plain", "numbers"))
    numbers = {word: n for n, word in enumerate(told["numbers"]["words"])}
    numbers |= {k: int(v) for k, v in told["numbers"].items() if k != "words"}
    return CheckWords(
        deeds={k: (tuple(v["says"]), tuple(v["needs"])) for k, v in told["deeds"].items()},
        shows={_member(Status, k, f"lexicon/{_CHECK}"): tuple(v) for k, v in told["shows"].items()},
        coming=tuple(told["coming"]),
        harms=tuple(told["harms"]),
        reporting=tuple(told["reporting"]),
        about=tuple(told["about"]),
        plain=frozenset(told["plain"]),
        numbers=numbers,
    )


def _file(path: str, keys: tuple[str, ...]) -> dict[str, Any]:
    told = toml(path)
    if odd := sorted(set(told) ^ {*keys, "source"}):
        raise LexiconError(f"lexicon/{path}: {', '.join(odd)} unknown or missing; it holds source, {', '.join(keys)}")
    return told


def _row(row: Mapping[str, Any], shape: type, where: str) -> dict[str, Any]:
    known = {f.name for f in fields(shape)}
    if odd := sorted(set(row) - known):
        raise LexiconError(f"{where}: unknown key {', '.join(odd)}; it may hold {', '.join(sorted(known))}")
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}


def _member[E: (EventType, Sector, Status)](kind: type[E], value: str, where: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise LexiconError(f'{where}: "{value}" is no {kind.__name__}; it is one of {", ".join(kind)}') from None
