"""Are the labels of the articles sound? Sentences stand in their texts, ids resolve, codes exist, dates are in order.

Usage: python eval/articles/check.py [LABELS...]
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ACTORS = HERE.parents[1] / "src" / "marchland" / "lexicon" / "actors"
Label = dict[str, Any]

CODES = """
type: AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
type: COERCE ASSAULT
sector: GOV MIL COP JUD LEG SPY PTY OPP REB PRM UAF CRM CVL REF BUS MNC JRN EDU MED REL SOC LAB ELI IGO NGO UNK
tie: base outpost presence alliance membership partnership exercise_series arms_supply training security_finance debt
tie: credit investment trade transit concession customs_union infrastructure currency territory media education embassy
tie: recognition claim_of_sphere dependence
status: asserted reported alleged denied planned hypothetical predicted
relation: in_return_for carries_out before caused_by responds_to contradicts part_of same_as
holder: author speaker source group
bound: exact about up_to at_least
"""


def codes(name: str) -> set[str]:
    """The codes listed under one name."""
    lines = [line.split() for line in CODES.strip().splitlines()]
    return {code for first, *rest in lines if first == f"{name}:" for code in rest}


TYPES, SECTORS, TIES = codes("type"), codes("sector"), codes("tie")
STATUSES, RELATIONS, HOLDERS, BOUNDS = codes("status"), codes("relation"), codes("holder"), codes("bound")
STATEMENTS = ("claim", "judgement", "forecast")
KINDS = ("event", "tie", *STATEMENTS, "silence", "link")


def column(path: Path, name: str) -> set[str]:
    """The values of one column of a lexicon table."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row[name] for row in csv.DictReader(rows)}


COUNTRIES = column(ACTORS / "countries.csv", "iso3")
ORGANISATIONS = column(ACTORS / "organisations.csv", "id")


def party_faults(party: Label | None) -> Iterator[str]:
    """What is wrong with one party."""
    if party is None:
        return
    if party["country"] is not None and party["country"] not in COUNTRIES:
        yield f"unknown country {party['country']}"
    if party["org"] is not None and party["org"] not in ORGANISATIONS:
        yield f"unknown organisation {party['org']}"
    if party["sector"] not in SECTORS:
        yield f"unknown sector {party['sector']}"
    if party["country"] is None and party["org"] is None and party["sector"] != "UNK":
        yield "a party without country and organisation has sector UNK"


def interval_faults(interval: Label | None) -> Iterator[str]:
    """What is wrong with one interval of days."""
    if interval is None:
        return
    start, end = interval["start"], interval["end"]
    if start is None and end is None:
        yield "an interval without start and end is null"
    if start and end and start > end:
        yield f"interval {start}..{end} runs backwards"
    for day in (start, end):
        if day and not "1900-01-01" <= day <= "2099-12-31":
            yield f"day {day} is out of range"


def code_faults(record: Label) -> Iterator[str]:
    """Which codes of a record do not exist."""
    kind = record["kind"]
    wanted: list[tuple[str, set[str]]] = []
    if kind == "event":
        wanted = [(t, TYPES) for t in (record["event_type"], *record["alt_types"])]
        wanted += [(record["base"], TYPES)] if record["base"] else []
        wanted += [(record["where"], COUNTRIES)] if record["where"] else []
    elif kind == "tie":
        wanted = [(t, TIES) for t in (record["tie_kind"], *record["alt_kinds"])]
        if not record["members"] and not (record["power"] and record["host"]):
            yield "a tie has power and host, or members"
    elif kind in STATEMENTS:
        wanted = [(record["holder"]["kind"], HOLDERS)]
        wanted += [(p, COUNTRIES | ORGANISATIONS) for p in record["parties"]]
    elif kind == "link":
        wanted = [(record["relation"], RELATIONS)]
    elif kind not in KINDS:
        yield f"unknown kind {kind}"
    if "status" in record:
        wanted.append((record["status"], STATUSES))
    wanted += [(q["bound"], BOUNDS) for q in record.get("quantities", [])]
    yield from (f"unknown code {code}" for code, known in wanted if code not in known)


def record_faults(record: Label, text: str, ids: set[str]) -> Iterator[str]:
    """What is wrong with one record."""
    for sentence in (record["sentence"], *record["also"]):
        if text.count(sentence) != 1:
            yield f"stands {text.count(sentence)} times in the text: {sentence[:60]}"
    yield from code_faults(record)
    for slot in ("actors", "recipients", "members", "party"):
        for party in record.get(slot, []):
            yield from party_faults(party)
    for slot in ("power", "host"):
        yield from party_faults(record.get(slot))
    for slot in ("when", "since", "until", "last_confirmed", "window", "horizon"):
        yield from interval_faults(record.get(slot))
    pointers = [*record.get("about", []), *(record[k] for k in ("from", "to") if k in record)]
    yield from (f"id {pointer} does not exist" for pointer in pointers if pointer not in ids)
    if record["kind"] == "silence" and record["stimulus"] not in ids and record["stimulus"] not in text:
        yield "the stimulus is neither an id nor words of the text"
    odds = record.get("probability")
    if odds and not 0 <= odds["low"] <= odds["high"] <= 1:
        yield f"probability {odds} is not an interval within 0..1"


def citation_faults(citation: Label, text: str, ids: set[str]) -> Iterator[str]:
    """What is wrong with one citation."""
    if text.count(citation["quote"]) != 1:
        yield "the quote does not stand once in the text"
    if citation["publication"] is not None and citation["publication"] not in citation["quote"]:
        yield "the publication is not in the quote"
    yield from interval_faults(citation["date"])
    yield from (f"id {pointer} does not exist" for pointer in citation["supports"] if pointer not in ids)


def faults(path: Path) -> Iterator[str]:
    """What is wrong with one file of labels; each line names the place."""
    labels = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_name(f"{labels['doc']}.txt").read_text(encoding="utf-8")
    records = labels["records"]
    counts = Counter(record["id"] for record in records)
    yield from (f"{path.name}: id {name} is used {n} times" for name, n in counts.items() if n > 1)
    groups = Counter(r["alternative_group"] for r in records if r.get("alternative_group"))
    yield from (f"{path.name}: alternative group {name} has one reading" for name, n in groups.items() if n == 1)
    yield from (f"{path.name}: published: {fault}" for fault in interval_faults(labels["published"]))
    for record in records:
        yield from (f"{path.name}: {record['id']}: {fault}" for fault in record_faults(record, text, set(counts)))
    for citation in labels["citations"]:
        yield from (
            f"{path.name}: {citation['quote']}: {fault}" for fault in citation_faults(citation, text, set(counts))
        )


def summary(path: Path) -> str:
    """How many labels of each kind a file holds, and of them how many optional ones."""
    labels = json.loads(path.read_text(encoding="utf-8"))
    everything = Counter(record["kind"] for record in labels["records"])
    optional = Counter(record["kind"] for record in labels["records"] if record["optional"])
    parts = [f"{kind} {everything[kind]} ({optional[kind]})" for kind in KINDS]
    return f"{labels['doc']}: {', '.join(parts)}, citation {len(labels['citations'])}"


def main() -> int:
    """Print the counts and every fault; 1 where there is one."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(HERE.glob("*.labels.json"))
    found = [fault for path in paths for fault in faults(path)]
    for path in paths:
        print(summary(path))
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
