"""The words that tell standing ties: entries of `ties/*.toml`, verbs that open and end ties, known sites, sizes."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from marchland.errors import LexiconError
from marchland.lexicon.tables import cell_date, cell_list, folder, rows, toml
from marchland.lexicon.verbs import classes as noun_classes
from marchland.model.dates import DateRange
from marchland.model.ontology import TieKind

_NOT_ENTRIES = frozenset({"sizes.toml", "acts.toml", "frames.toml", "classes.toml"})
_LISTS = (
    "object",
    "not_object",
    "subject",
    "not_subject",
    "modifier",
    "not_modifier",
    "with_word",
    "not_with",
    "not_under",
)
_KEYS = frozenset(
    (
        "id kind verb noun adjective frame power host members body does needs strength source fires near_miss told "
        "bare " + " ".join(_LISTS)
    ).split()
)
_DOES = frozenset({"states", "opens", "confirms", "ends"})
_NEEDS = frozenset({"power", "host", "both", "members"})
_MARKS = frozenset(
    {"actor", "place", "body", "firm", "site", "number", "thing", "state", "demonym"}
)  # classes that names fill


@dataclass(frozen=True, slots=True, kw_only=True)
class TieExample:
    """A sentence on which an entry must fire, and with whom."""

    text: str
    power: str | None  # ISO3 or organisation id; None = the slot stays empty
    host: str | None
    members: frozenset[str]
    does: str | None  # what the sentence tells: opens, ends ...; None = not checked
    status: str | None  # None = not checked


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFrame:
    """Grammatical places to look for the sides of a tie in, best first."""

    power: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEntry:
    """Words that tell one kind of tie."""

    id: str
    kind: TieKind
    part: str  # verb, noun, adjective
    words: tuple[tuple[str, ...], ...]
    frame: TieFrame
    pair: bool  # the sides are equal in grammar; the one with more reach is the power
    does: str  # states, opens, confirms, ends: what the words do when nothing governs them
    needs: str  # power, host, both, members
    strength: float
    told: bool  # stands to fact as its clause does, even when it is a definite noun
    bare: bool  # a noun that tells the tie without any verb that opens, keeps or ends it
    source: str
    fires: TieExample
    near_miss: str
    body: tuple[str, ...] = ()  # slots in which an international body must stand
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    not_modifier: frozenset[str] = frozenset()
    with_word: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    not_under: frozenset[str] = frozenset()  # verbs over the noun under which it tells another kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TieActs:
    """Verbs and nouns that open, keep or end what a tie noun names."""

    verbs: dict[str, dict[str, str]]  # place of the noun (object, subject) -> verb, with its particle -> what it does
    nouns: dict[str, str]  # noun over the tie noun ("closure of the base") -> what it does
    grants: frozenset[str]  # verbs whose subject gives the tie away: it is the host
    light: frozenset[str]  # verbs that only say that the tie is there
    removes: frozenset[str]  # noun modifiers that say the tie is no more ("former")
    doubts: dict[str, str]  # noun modifiers and governing nouns -> status


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """A well-known base or work that texts name without saying whose it is."""

    name: str
    aliases: tuple[tuple[str, ...], ...]  # lower-case words
    kind: TieKind
    power: str
    host: str | None  # None = it stands in many states, as institutes of one name do
    since: DateRange | None
    until: DateRange | None


@cache
def tie_frames() -> dict[str, TieFrame]:
    """All frames by name."""
    out = {}
    for name, spec in toml("ties/frames.toml")["frame"].items():
        unknown = sorted(set(spec) - {"power", "host", "members"})
        if unknown:
            raise LexiconError(
                f'lexicon/ties/frames.toml, frame {name}: "{unknown[0]}" is no key; use power, host, members'
            )
        out[name] = TieFrame(**{k: tuple(v) for k, v in spec.items()})
    return out


@cache
def tie_classes() -> dict[str, frozenset[str]]:
    """Noun classes for ties, and those that events use."""
    own = {k: frozenset(w.lower() for w in v) for k, v in toml("ties/classes.toml")["classes"].items()}
    return {**noun_classes(), **own}


@cache
def tie_sizes() -> dict[TieKind, dict[str, float]]:
    """Size of a typical tie of a kind, by unit ("USD", "soldier"): what has magnitude 1."""
    sizes = toml("ties/sizes.toml")["size"]
    return {
        _kind(name, "lexicon/ties/sizes.toml"): {u: float(v) for u, v in spec.items()} for name, spec in sizes.items()
    }


@cache
def tie_acts() -> TieActs:
    """Verbs and nouns that open, keep or end ties."""
    spec = toml("ties/acts.toml")
    return TieActs(
        verbs={
            place: {w: does for does, words in table.items() for w in words} for place, table in spec["verbs"].items()
        },
        nouns={w: does for does, words in spec["nouns"].items() for w in words},
        grants=frozenset(spec["sides"]["grants"]),
        light=frozenset(spec["sides"]["light"]),
        removes=frozenset(spec["modifiers"]["removes"]),
        doubts={w: status for status, words in spec["doubts"].items() for w in words},
    )


@cache
def reach() -> dict[str, int]:
    """How far a state's arm reaches, 3 far to 1 near; states that are not listed have 1."""
    return {row["iso3"]: int(row["reach"]) for _, row in rows("ties/reach.csv", ("iso3", "reach", "source"))}


@cache
def known_sites() -> tuple[KnownSite, ...]:
    """Well-known sites, longest name first."""
    columns = ("name", "aliases", "kind", "power", "host", "from", "to", "source")
    out = []
    for where, row in rows("ties/sites.csv", columns):
        names = (row["name"], *cell_list(row["aliases"]))
        out.append(
            KnownSite(
                name=row["name"],
                aliases=tuple(tuple(n.lower().replace("-", " - ").split()) for n in names),
                kind=_kind(row["kind"], where),
                power=row["power"],
                host=row["host"] or None,
                since=cell_date(row["from"], where),
                until=cell_date(row["to"], where),
            )
        )
    return tuple(sorted(out, key=lambda s: -max(len(a) for a in s.aliases)))


@cache
def tie_entries() -> tuple[TieEntry, ...]:
    """Every entry, checked.

    Raises:
        LexiconError: an unknown key, kind, frame or class; an id used twice.
    """
    out: list[TieEntry] = []
    seen: set[str] = set()
    for file in sorted(
        f.name for f in folder("ties").iterdir() if f.name.endswith(".toml") and f.name not in _NOT_ENTRIES
    ):
        for raw in toml(f"ties/{file}").get("entry", []):
            entry = _entry(raw, f"lexicon/ties/{file}, entry {raw.get('id', '(no id)')}")
            if entry.id in seen:
                raise LexiconError(f"lexicon/ties/{file}: entry {entry.id} stands twice; ids are unique")
            seen.add(entry.id)
            out.append(entry)
    return tuple(out)


def _kind(name: str, where: str) -> TieKind:
    try:
        return TieKind(name)
    except ValueError:
        near = get_close_matches(name, list(TieKind), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(f'{where}: "{name}" is not a kind of tie.{hint} List them: marchland ref ties') from None


def _entry(raw: dict[str, Any], where: str) -> TieEntry:
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        near = get_close_matches(unknown[0], sorted(_KEYS), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(f'{where}: "{unknown[0]}" is not a key of an entry.{hint}')
    for key in ("id", "kind", "source", "fires", "near_miss"):
        if key not in raw:
            raise LexiconError(f"{where}: {key} is missing")
    parts = [p for p in ("verb", "noun", "adjective") if p in raw]
    if len(parts) != 1:
        raise LexiconError(f"{where}: has {len(parts)} of verb, noun, adjective; give exactly one")
    frame = _frame(raw, where)
    needs = raw.get("needs", "members" if frame.members and raw.get("frame") != "pair" else "both")
    for key, value, allowed in (("does", raw.get("does", "states"), _DOES), ("needs", needs, _NEEDS)):
        if value not in allowed:
            raise LexiconError(f'{where}: {key} "{value}" is unknown; it is one of {", ".join(sorted(allowed))}')
    return TieEntry(
        id=raw["id"],
        kind=_kind(raw["kind"], where),
        part=parts[0],
        words=tuple(tuple(w.lower().replace("-", " - ").replace(",", " ,").split()) for w in raw[parts[0]]),
        frame=frame,
        pair=bool(frame.members) and needs == "both",
        does=raw.get("does", "states"),
        needs=needs,
        strength=float(raw.get("strength", 0.8)),
        told=bool(raw.get("told", parts[0] != "noun")),
        bare=bool(raw.get("bare", True)),
        source=raw["source"],
        fires=_example(raw["fires"], where),
        near_miss=raw["near_miss"],
        body=tuple(raw.get("body", ())),
        **{k: _expand(raw.get(k, ()), where) for k in _LISTS},
    )


def _frame(raw: dict[str, Any], where: str) -> TieFrame:
    named = raw.get("frame")
    if named is not None and named not in tie_frames():
        near = get_close_matches(str(named), list(tie_frames()), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(f'{where}: "{named}" is no frame of lexicon/ties/frames.toml.{hint}')
    base = tie_frames()[named] if named else TieFrame()
    own = {k: tuple(raw[k]) if k in raw else getattr(base, k) for k in ("power", "host", "members")}
    if not any(own.values()):
        raise LexiconError(
            f"{where}: names no frame and no power, host or members; say where the sides of the tie stand"
        )
    return TieFrame(**own)


def _example(raw: dict[str, Any], where: str) -> TieExample:
    unknown = sorted(set(raw) - {"text", "power", "host", "members", "does", "status"})
    if unknown:
        raise LexiconError(f'{where}: "{unknown[0]}" is no key of fires; use text, power, host, members, does, status')
    return TieExample(
        text=raw["text"],
        power=raw.get("power"),
        host=raw.get("host"),
        members=frozenset(raw.get("members", ())),
        does=raw.get("does"),
        status=raw.get("status"),
    )


def _expand(words: list[str] | tuple[str, ...], where: str) -> frozenset[str]:
    out: set[str] = set()
    for word in words:
        if word.startswith("@") and word[1:] not in _MARKS:
            if word[1:] not in tie_classes():
                raise LexiconError(
                    f"{where}: {word} is no class of lexicon/ties/classes.toml or lexicon/ontology/classes_*.toml"
                )
            out |= tie_classes()[word[1:]]
        else:
            out.add(word if word.startswith("@") else word.lower())
    return frozenset(out)
