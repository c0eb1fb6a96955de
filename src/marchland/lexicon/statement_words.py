"""The words that tell statements, silences and links: entries of `statements/*.toml`, as patterns over a sentence's words."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from marchland.errors import LexiconError
from marchland.lexicon.forms import irregular
from marchland.lexicon.tables import folder, toml
from marchland.model.ontology import Relation, Status

KINDS = frozenset({"judgement", "claim", "forecast", "silence", "link"})
_NOT_ENTRIES = frozenset({"classes.toml"})
_KEYS = frozenset(
    "id kind phrase polarity status frame holder subject object tag strength scheduled not_next not_before not_with relation from to "
    "source fires near_miss".split()
)
_HOLDERS = frozenset({"subject", "group", "author", "by"})
_SUBJECTS = frozenset({"party", "thing", "any"})
_OBJECTS = frozenset({"any", "none"})
_SIDES = frozenset({"clause", "object", "subject", "before", "self"})
_TAGS = frozenset({"VB", "NN", "JJ", "RB", "MD", "VBG", "VBN", "IN"})
GAP = 3  # words that `*` may stand for, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One place of a pattern."""

    words: frozenset[str] = frozenset()  # lemmas or lower-case forms; empty = a gap
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """Words that tell one kind of statement, a silence or a link."""

    id: str
    kind: str  # judgement, claim, forecast, silence, link
    phrases: tuple[tuple[Element, ...], ...]
    source: str
    fires: str  # a text on which the entry must fire
    near_miss: str  # the same words, telling nothing of the kind
    polarity: int = 1
    status: Status = Status.ASSERTED
    frame: bool = False  # the proposition is the clause below the words: "it is clear that"
    holder: str = (
        "author"  # author; subject = who stands as subject of the words; by = under "by", "of"; group = nobody by name
    )
    subject: str = "any"  # party, thing (no person, no party), any
    object: str = "any"  # none = the head word has no object: "talks followed", not "they followed the convoy"
    tag: str | None = None  # first letters of the head word's Penn tag
    strength: float = 0.75  # how surely the words tell a statement of the kind
    scheduled: bool = True  # of a forecast: may be an announced act, which is then no forecast
    not_next: frozenset[str] = frozenset()  # words that must not follow directly
    not_before: frozenset[str] = frozenset()  # ... precede directly
    not_with: frozenset[str] = frozenset()  # ... stand in the sentence
    relation: Relation | None = None  # of a link
    # Of a link, where its two records stand: clause, object, subject, before (the sentence before), self (the words).
    goes_from: str = "clause"
    goes_to: str = "object"


@cache
def statement_classes() -> dict[str, frozenset[str]]:
    """Word classes by name, without the `@`."""
    return {
        name: frozenset(w.lower() for w in words) for name, words in toml("statements/classes.toml")["classes"].items()
    }


@cache
def statement_entries() -> tuple[StatementEntry, ...]:
    """Every entry, checked.

    Raises:
        LexiconError: an unknown key, kind, class or relation; an id used twice.
    """
    out: list[StatementEntry] = []
    seen: set[str] = set()
    for file in sorted(
        f.name for f in folder("statements").iterdir() if f.name.endswith(".toml") and f.name not in _NOT_ENTRIES
    ):
        for raw in toml(f"statements/{file}").get("entry", []):
            where = f"lexicon/statements/{file}, entry {raw.get('id', '(no id)')}"
            entry = _entry(raw, where)
            if entry.id in seen:
                raise LexiconError(f"{where}: the id stands twice; ids are unique")
            seen.add(entry.id)
            out.append(entry)
    return tuple(out)


def _entry(raw: dict[str, Any], where: str) -> StatementEntry:
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        near = get_close_matches(unknown[0], sorted(_KEYS), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(f'{where}: "{unknown[0]}" is not a key of an entry.{hint}')
    for key in ("id", "kind", "phrase", "source", "fires", "near_miss"):
        if key not in raw:
            raise LexiconError(f"{where}: {key} is missing")
    if not raw["phrase"]:
        raise LexiconError(f"{where}: phrase is empty; give at least one")
    _check(raw, where)
    return StatementEntry(
        id=raw["id"],
        kind=raw["kind"],
        phrases=tuple(_pattern(p, where) for p in raw["phrase"]),
        source=raw["source"],
        fires=raw["fires"],
        near_miss=raw["near_miss"],
        polarity=raw.get("polarity", 1),
        status=Status(raw.get("status", "asserted")),
        frame=bool(raw.get("frame", False)),
        holder=raw.get("holder", "author"),
        subject=raw.get("subject", "any"),
        object=raw.get("object", "any"),
        tag=raw.get("tag"),
        strength=float(raw.get("strength", 0.75)),
        scheduled=bool(raw.get("scheduled", True)),
        relation=Relation(raw["relation"]) if "relation" in raw else None,
        goes_from=raw.get("from", "clause"),
        goes_to=raw.get("to", "object"),
        **{k: _words(raw.get(k, ()), where) for k in ("not_next", "not_before", "not_with")},
    )


def _check(raw: dict[str, Any], where: str) -> None:
    allowed: dict[str, frozenset[Any]] = {
        "kind": KINDS,
        "polarity": frozenset({1, -1}),
        "status": frozenset(Status),
        "holder": _HOLDERS,
        "subject": _SUBJECTS,
        "object": _OBJECTS,
        "tag": _TAGS,
        "relation": frozenset(Relation),
        "from": _SIDES,
        "to": _SIDES,
    }
    for key, values in allowed.items():
        if key in raw and raw[key] not in values:
            known = ", ".join(sorted(str(v) for v in values))
            raise LexiconError(f'{where}: {key} "{raw[key]}" is unknown; it is one of {known}')
    if (raw["kind"] == "link") != ("relation" in raw):
        raise LexiconError(f"{where}: a link names its relation, and nothing else does")


def _words(words: list[str] | tuple[str, ...], where: str) -> frozenset[str]:
    out: set[str] = set()
    for word in words:
        if word.startswith("@"):
            if word[1:] not in statement_classes():
                near = get_close_matches(word[1:], list(statement_classes()), 1)
                hint = f" Did you mean @{near[0]}?" if near else ""
                raise LexiconError(f"{where}: {word} is no class of lexicon/statements/classes.toml.{hint}")
            out |= statement_classes()[word[1:]]
        else:
            out.add(word.lower())
    return frozenset(out)


def _pattern(phrase: str, where: str) -> tuple[Element, ...]:
    """ "it be * clear|plain [that]": words, alternatives, `@class`, `*` for a few words, `[x]` where x may be missing."""
    out: list[Element] = []
    for part in phrase.replace("-", " - ").split():
        optional = part.startswith("[") and part.endswith("]")
        bare = part[1:-1] if optional else part
        out.append(
            Element(gap=True) if bare == "*" else Element(words=_words(bare.split("|"), where), optional=optional)
        )
    if not out or out[0].gap or out[0].optional or out[-1].gap:
        raise LexiconError(f'{where}: phrase "{phrase}" must begin with words and end with words')
    return tuple(out)


@cache
def telling_words() -> frozenset[str]:
    """Every form of a word with which an entry's phrase begins: a sentence without any of them tells no statement."""
    out: set[str] = set()
    for entry in statement_entries():
        for phrase in entry.phrases:
            firm = [e.words for e in phrase if e.words and not e.optional]
            rarest = min(firm, key=lambda words: bool(words & _COMMON))
            for word in rarest - _COMMON:
                out |= {word, *_regular(word), *irregular().get(word, frozenset())}
    return frozenset(out)


_COMMON = frozenset(
    "it be have do the a an of to in on at for by with from as that this these those no not will may might could can would should must or "
    "and than so its their there any all what who which more most how one other".split()
)


def _regular(word: str) -> set[str]:
    forms = {word + "s", word + "es", word + "ed", word + "d", word + "ing"}
    if word.endswith("e"):
        forms.add(word[:-1] + "ing")
    if word.endswith("y"):
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    return forms | ({word + word[-1] + "ed", word + word[-1] + "ing"} if word[-1:] not in "aeiouwxy" else set())
