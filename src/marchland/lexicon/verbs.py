"""The words that tell events: entries of `verbs/*.toml`, frames, grammar, noun classes."""

from difflib import get_close_matches
from functools import cache
from typing import Any

from marchland.errors import LexiconError
from marchland.lexicon.schema import STATUS_OR_NONE, ContextWord, Entry, Example, Frame, Grammar, Hedge, Slots
from marchland.lexicon.tables import cell_number, folder, rows, toml
from marchland.model.ontology import MODES, EventType

_KEYS = frozenset(
    "id verb noun adjective object not_object subject not_subject with_word not_with light needs strength strict complement "
    "event_type base joint mode contexts frame source fires near_miss".split()
)


@cache
def classes() -> dict[str, frozenset[str]]:
    """Noun classes by name, without the `@`."""
    out: dict[str, frozenset[str]] = {}
    for file in sorted(f.name for f in folder("ontology").iterdir() if f.name.startswith("classes")):
        for name, words in toml(f"ontology/{file}").get("classes", {}).items():
            out[name] = out.get(name, frozenset()) | frozenset(w.lower() for w in words)
    return out


@cache
def frames() -> dict[str, Frame]:
    """All frames by name."""
    out = {}
    for name, spec in toml("ontology/frames.toml")["frame"].items():
        verb, noun = (
            Slots(actor=tuple(spec[p]["actor"]), recipient=tuple(spec[p]["recipient"])) for p in ("verb", "noun")
        )
        out[name] = Frame(name=name, verb=verb, noun=noun, mutual=spec.get("mutual", False))
    return out


@cache
def default_frames() -> dict[EventType, str]:
    """The frame an entry has when it names none."""
    return {EventType(t): f for t, f in toml("ontology/frames.toml")["default"].items()}


@cache
def grammar() -> Grammar:
    """Closed-class words that carry, govern or modify acts."""
    spec = toml("ontology/grammar.toml")
    light, clause = spec["light"], {k: frozenset(v) for k, v in spec["clause"].items()}
    return Grammar(
        frames=frames(),
        light_acts=frozenset(light["subject_acts"]),
        light_suffers=frozenset(light["subject_suffers"]),
        governs={w: status for status, words in reversed(spec["governs"].items()) for w in words},
        noun_modifiers={w: status for status, words in spec["noun_modifier"].items() for w in words},
        together=frozenset(frozenset(pair) for pair in spec["together"]["pairs"]),
        **clause,
    )


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, checked.

    Raises:
        LexiconError: an unknown key, type, frame, mode or class; an id used twice.
    """
    out: list[Entry] = []
    seen: set[str] = set()
    for file in sorted(f.name for f in folder("verbs").iterdir() if f.name.endswith(".toml")):
        for raw in toml(f"verbs/{file}").get("entry", []):
            entry = _entry(raw, f"lexicon/verbs/{file}, entry {raw.get('id', '(no id)')}")
            if entry.id in seen:
                raise LexiconError(f"lexicon/verbs/{file}: entry {entry.id} stands twice; ids are unique")
            seen.add(entry.id)
            out.append(entry)
    return tuple(out)


def _entry(raw: dict[str, Any], where: str) -> Entry:
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        near = get_close_matches(unknown[0], sorted(_KEYS), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(f'{where}: "{unknown[0]}" is not a key of an entry.{hint}')
    try:
        event_type = EventType(raw["event_type"])
    except ValueError:
        near = get_close_matches(str(raw["event_type"]), list(EventType), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise LexiconError(
            f'{where}: "{raw["event_type"]}" is not an event type.{hint} List them: marchland ref events'
        ) from None
    except KeyError as err:
        raise LexiconError(f"{where}: {err} is missing") from None
    parts = [p for p in ("verb", "noun", "adjective") if p in raw]
    if len(parts) != 1:
        raise LexiconError(f"{where}: has {len(parts)} of verb, noun, adjective; give exactly one")
    _check_values(raw, event_type, where)
    fires = raw["fires"]
    return Entry(
        id=raw["id"],
        part=parts[0],
        words=tuple(tuple(w.lower().replace("-", " - ").split()) for w in raw[parts[0]]),
        event_type=event_type,
        frame=raw.get("frame") or default_frames()[event_type],
        source=raw["source"],
        fires=Example(text=fires["text"], actor=fires.get("actor"), recipient=fires.get("recipient")),
        near_miss=raw["near_miss"],
        base=EventType(raw["base"]) if "base" in raw else None,
        joint=EventType(raw["joint"]) if "joint" in raw else None,
        mode=raw.get("mode"),
        contexts=tuple(raw.get("contexts", ())),
        light=frozenset(raw["light"]) if "light" in raw else None,
        needs=raw.get("needs"),
        strength=float(raw.get("strength", 0.8)),
        strict=bool(raw.get("strict", False)),
        complement=raw.get("complement"),
        **{
            k: _expand(raw.get(k, ()), where)
            for k in ("object", "not_object", "subject", "not_subject", "with_word", "not_with")
        },
    )


def _check_values(raw: dict[str, Any], event_type: EventType, where: str) -> None:
    for key in ("id", "source", "fires", "near_miss"):
        if key not in raw:
            raise LexiconError(f"{where}: {key} is missing")
    allowed = {
        "frame": frozenset(frames()),
        "base": frozenset(EventType),
        "joint": frozenset(EventType),
        "mode": MODES.get(event_type, frozenset()),
        "needs": frozenset({"actor", "recipient", "both"}),
        "complement": STATUS_OR_NONE,
    }
    for key, values in allowed.items():
        if key in raw and raw[key] not in values:
            raise LexiconError(
                f'{where}: {key} "{raw[key]}" is unknown; it is one of {", ".join(sorted(values)) or "none"}'
            )


def _expand(words: list[str] | tuple[str, ...], where: str) -> frozenset[str]:
    out: set[str] = set()
    for word in words:
        if word.startswith("@") and word[1:] not in ("actor", "person", "place"):
            if word[1:] not in classes():
                raise LexiconError(f"{where}: {word} is no class of lexicon/ontology/classes_*.toml")
            out |= classes()[word[1:]]
        else:
            out.add(word if word.startswith("@") else word.lower())
    return frozenset(w if w.startswith("@") else w.replace("-", " ") for w in out)


@cache
def hedges() -> tuple[Hedge, ...]:
    """Hedge words and the probability they give, longest first."""
    found = []
    for where, row in rows("ontology/hedges.csv", ("phrase", "effect", "low", "high", "source")):
        found.append(
            Hedge(
                words=tuple(row["phrase"].lower().replace("'", " '").split()),
                effect=row["effect"],
                low=cell_number(row["low"], where),
                high=cell_number(row["high"], where),
            )
        )
    return tuple(sorted(found, key=lambda h: -len(h.words)))


@cache
def context_words() -> tuple[ContextWord, ...]:
    """Words that speak for a context."""
    return tuple(
        ContextWord(context=row["context"], words=tuple(row["word"].lower().split()), weight=int(row["weight"]))
        for _, row in rows("ontology/contexts.csv", ("context", "word", "weight", "source"))
    )
